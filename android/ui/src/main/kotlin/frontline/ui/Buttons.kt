package frontline.ui

import androidx.compose.foundation.*
import androidx.compose.foundation.layout.*
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material3.*
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.dp
import androidx.compose.ui.window.Dialog

enum class Weight { Primary, Secondary, Quiet, Destructive }

/** One primary button a screen. A destructive one asks first: see [Confirm]. */
@Composable
fun AppButton(
    label: String, onClick: () -> Unit, modifier: Modifier = Modifier, weight: Weight = Weight.Primary, icon: ImageVector? = null,
    enabled: Boolean = true,
) {
    val (fill, ink) = when (weight) {
        Weight.Primary -> palette.accent to palette.onAccent
        Weight.Destructive -> palette.wrong to palette.onWrong
        Weight.Secondary, Weight.Quiet -> Color.Transparent to palette.accent
    }
    Button(
        onClick,
        modifier.heightIn(min = TouchTarget),
        enabled,
        shape = RoundedCornerShape(Radius.m),
        colors = ButtonDefaults.buttonColors(fill, ink, if (fill == Color.Transparent) fill else palette.sunken, palette.inkMuted),
        border = if (weight == Weight.Secondary) BorderStroke(1.dp, palette.outline) else null,
        contentPadding = PaddingValues(if (weight == Weight.Quiet) Space.s else Space.l, Space.s),
    ) {
        if (icon != null) {
            Icon(icon, null, Modifier.size(20.dp.besideWords))
            Spacer(Modifier.width(Space.s))
        }
        Text(label, style = Type.strong, textAlign = TextAlign.Center)
    }
}

/** A button as wide as its page. */
@Composable
fun WideButton(label: String, onClick: () -> Unit, weight: Weight = Weight.Primary, icon: ImageVector? = null, enabled: Boolean = true) =
    AppButton(label, onClick, Modifier.fillMaxWidth(), weight, icon, enabled)

/** One of several small acts beside each other. */
@Composable
fun Quiet(label: String, icon: ImageVector? = null, enabled: Boolean = true, onClick: () -> Unit) =
    AppButton(label, onClick, weight = Weight.Quiet, icon = icon, enabled = enabled)

/** Gives what was typed, drawn or picked. */
@Composable
fun Save(label: String = words.actionSave, enabled: Boolean = true, onSave: () -> Unit) =
    WideButton(label, onSave, Weight.Secondary, Icons.check, enabled)

/** Back and forth through pages; in a large type under each other, the way on first. What cannot be done is not there. */
@Composable
fun StepButtons(onPrevious: (() -> Unit)?, next: String, onNext: () -> Unit, enabled: Boolean = true) {
    if (largeType) Stack {
        WideButton(next, onNext, enabled = enabled)
        if (onPrevious != null) WideButton(words.actionPrevious, onPrevious, Weight.Secondary)
    } else Row(horizontalArrangement = Arrangement.spacedBy(Space.s)) {
        if (onPrevious != null) AppButton(words.actionPrevious, onPrevious, Modifier.weight(1f), Weight.Secondary)
        AppButton(next, onNext, Modifier.weight(1f), enabled = enabled)
    }
}

/** A picture alone, so its [name] is what a screen reader says. */
@Composable
fun AppIconButton(icon: ImageVector, name: String, onClick: () -> Unit, enabled: Boolean = true, tint: Color = palette.ink) =
    IconButton(onClick, Modifier.size(TouchTarget), enabled) {
        Icon(icon, name, tint = if (enabled) tint else palette.inkMuted.copy(alpha = 0.5f))
    }

/** Says what would be lost. The way back needs no aim: touching beside the dialog is the same as its Cancel. */
@Composable
fun Confirm(title: String, detail: String, act: String, onAct: () -> Unit, onCancel: () -> Unit, lost: String? = null) =
    Dialog(onDismissRequest = onCancel) { ConfirmCard(title, detail, act, onAct, onCancel, lost) }

@Composable
internal fun ConfirmCard(title: String, detail: String, act: String, onAct: () -> Unit, onCancel: () -> Unit, lost: String? = null) {
    Surface(shape = RoundedCornerShape(Radius.l), color = palette.surface, shadowElevation = Elevation.over) {
        Column(Modifier.verticalScroll(rememberScrollState()).padding(Space.xl), Arrangement.spacedBy(Space.m)) {
            Heading(title, Type.title)
            Muted(detail)
            if (lost != null) Notice(Tone.Attention, lost)
            Spacer(Modifier.size(Space.xs))
            WideButton(act, onAct, Weight.Destructive)
            WideButton(words.actionCancel, onCancel, Weight.Secondary)
        }
    }
}
