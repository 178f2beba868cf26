package frontline.ui

import androidx.compose.runtime.*
import frontline.model.Strings
import java.time.Instant
import java.time.LocalDateTime
import java.time.ZoneId
import java.time.format.DateTimeFormatter
import java.util.Locale

/** The phone's zone, given so that a picture of a screen is the same everywhere. */
val LocalZone = staticCompositionLocalOf<ZoneId> { ZoneId.systemDefault() }

/** Names of months in the person's language, digits as in all of the app. */
private val Strings.locale: Locale get() = if (rightToLeft) Locale.forLanguageTag("ar-u-nu-latn") else Locale.UK

@Composable
@ReadOnlyComposable
fun timed(ms: Long): String = dayed(ms) + words.labelComma + at(ms, " HH:mm")

@Composable
@ReadOnlyComposable
fun dayed(ms: Long): String = at(ms, "d\u00a0MMM")

@Composable
@ReadOnlyComposable
private fun at(ms: Long, pattern: String) =
    DateTimeFormatter.ofPattern(pattern, words.locale).format(LocalDateTime.ofInstant(Instant.ofEpochMilli(ms), LocalZone.current))

/** As long as it matters: nobody reads the seconds of an hour. */
@Composable
@ReadOnlyComposable
fun lasting(seconds: Int): String = if (seconds < 60) words.runSeconds(seconds) else words.runMinutes(seconds / 60)
