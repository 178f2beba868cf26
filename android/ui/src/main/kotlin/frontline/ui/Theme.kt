package frontline.ui

import androidx.compose.foundation.isSystemInDarkTheme
import androidx.compose.material3.*
import androidx.compose.runtime.*
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.platform.*
import androidx.compose.ui.unit.*
import frontline.model.*

private val LocalStrings = staticCompositionLocalOf<Strings> { En }
private val LocalPalette = staticCompositionLocalOf { LightPalette }

/** Off where the person asked their phone for no moving pictures. */
val LocalMotion = staticCompositionLocalOf { true }

val words: Strings @Composable @ReadOnlyComposable get() = LocalStrings.current
val palette: Palette @Composable @ReadOnlyComposable get() = LocalPalette.current

/** Beyond this the wide arrangements break words, so parts are laid one under the other. */
val largeType: Boolean @Composable @ReadOnlyComposable get() = LocalDensity.current.fontScale > 1.3f

/** Pictures grow with the words beside them, though less: at 200 % the words need the room. */
val Dp.besideWords: Dp @Composable @ReadOnlyComposable get() = this * LocalDensity.current.fontScale.coerceIn(1f, 1.5f)

/** Words that have room to grow as far as [most] and no further. */
@Composable
fun Capped(most: Float, content: @Composable () -> Unit) {
    val here = LocalDensity.current
    CompositionLocalProvider(LocalDensity provides Density(here.density, here.fontScale.coerceAtMost(most)), content)
}

/** The direction follows the words, not the phone: a person may choose another language here. */
@Composable
fun FrontlineTheme(
    strings: Strings, dark: Boolean = isSystemInDarkTheme(), fontScale: Float? = null, content: @Composable () -> Unit,
) {
    val density = LocalDensity.current
    val colours = if (dark) DarkPalette else LightPalette
    CompositionLocalProvider(
        LocalStrings provides strings,
        LocalPalette provides colours,
        LocalDensity provides Density(density.density, (fontScale ?: density.fontScale).coerceAtMost(2f)),
        LocalLayoutDirection provides if (strings.rightToLeft) LayoutDirection.Rtl else LayoutDirection.Ltr,
    ) {
        MaterialTheme(colorScheme = scheme(colours), typography = typography, content = content)
    }
}

private fun scheme(p: Palette) = (if (p.dark) darkColorScheme() else lightColorScheme()).copy(
    primary = p.accent, onPrimary = p.onAccent, primaryContainer = p.accentSoft, onPrimaryContainer = p.ink,
    secondary = p.accent, onSecondary = p.onAccent, secondaryContainer = p.accentSoft, onSecondaryContainer = p.ink,
    background = p.ground, onBackground = p.ink, surface = p.surface, onSurface = p.ink,
    surfaceVariant = p.sunken, onSurfaceVariant = p.inkMuted, surfaceContainerHighest = p.sunken,
    error = p.wrong, onError = p.onWrong, errorContainer = p.wrongSoft, onErrorContainer = p.ink,
    outline = p.outline, outlineVariant = p.line, surfaceTint = p.surface,
)

private val typography = Typography(
    displayLarge = Type.display, titleLarge = Type.title, titleMedium = Type.heading, bodyLarge = Type.body,
    bodyMedium = Type.body, bodySmall = Type.small, labelLarge = Type.strong, labelMedium = Type.label, labelSmall = Type.small,
)

/** What a colour means. It is never shown without its icon and words. */
enum class Tone(val icon: ImageVector, private val of: (Palette) -> Pair<Color, Color>) {
    Neutral(Icons.remove, { it.inkMuted to it.sunken }),
    Accent(Icons.remove, { it.accent to it.accentSoft }),
    Good(Icons.good, { it.good to it.goodSoft }),
    Attention(Icons.attention, { it.attention to it.attentionSoft }),
    Wrong(Icons.wrong, { it.wrong to it.wrongSoft }),
    Info(Icons.info, { it.info to it.infoSoft });

    val ink: Color @Composable @ReadOnlyComposable get() = of(palette).first
    val soft: Color @Composable @ReadOnlyComposable get() = of(palette).second
}
