package frontline.ui

import androidx.compose.foundation.layout.*
import androidx.compose.material3.Text
import androidx.compose.runtime.*
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.ui.*
import androidx.compose.ui.platform.LocalLayoutDirection
import androidx.compose.ui.text.input.KeyboardType
import androidx.compose.ui.unit.*
import frontline.ffi.*
import frontline.model.*
import java.time.Instant
import java.time.LocalDateTime
import java.time.ZoneId
import java.time.temporal.ChronoUnit
import kotlinx.coroutines.*

@Composable
fun RankRow(spoken: String, name: String, up: Boolean, down: Boolean, onMove: (Int) -> Unit) =
    Row(Modifier.fillMaxWidth().heightIn(min = 56.dp).padding(Space.l, Space.xs), verticalAlignment = Alignment.CenterVertically) {
        Text(spoken, Modifier.weight(1f), palette.ink, style = Type.body)
        AppIconButton(Icons.up, "${words.actionUp}: $name", { onMove(-1) }, enabled = up)
        AppIconButton(Icons.down, "${words.actionDown}: $name", { onMove(1) }, enabled = down)
    }

/** A list too long to show: searched by the beginnings of words, a page at a time. What stands is said above. [begun]: shown at once. */
@Composable
fun Lookup(asked: Asked, gives: Gives, begun: Boolean = asked.answer == null) {
    var typed by remember(asked.id) { mutableStateOf("") }
    var open by remember(asked.id) { mutableStateOf(begun) }
    var found by remember(asked.id) { mutableStateOf<Load<ChoicePage>>(Load.Loading) }
    val more = rememberCoroutineScope()
    val ask = gives.choices ?: return Notice(Tone.Neutral, words.itemNotYet)
    if (asked.says != null) StatusChip(asked.says, Tone.Accent, Icons.check)
    if (!open) return Quiet(words.actionEdit) { open = true }
    LaunchedEffect(asked.id, typed, asked.answer) { delay(TYPED_MS); found = ask(typed, null) }
    Field(words.itemLookup, typed, { typed = it })
    val chosen = setOfNotNull(id(asked.answer))
    when (val page = found) {
        Load.Loading, Load.Empty -> Muted(words.stateLoading, Type.label)
        is Load.Failed -> Wrong(page.problem)
        is Load.Ready -> page.value.let { rows ->
            val why = rows.whyNot ?: words.itemToCome.takeIf { rows.toCome }
            if (why != null) Notice(Tone.Info, why)
            else if (rows.items.isEmpty()) Muted(words.countResults(0), Type.label)
            else Choices(rows.items.map { Option(it.id, it.label.text, it.says.joinToString(" · ").ifEmpty { null }) }, chosen, false, {
                gives.give(Given.Text(it))
                open = false
                typed = ""
            })
            if (rows.next != null) Quiet(words.actionMore) {
                more.launch {
                    val next = ask(typed, rows.next)
                    found = next.ready?.let { Load.Ready(it.copy(items = rows.items + it.items)) } ?: next
                }
            }
        }
    }
}

private const val TYPED_MS = 150L

private fun id(answer: Answer?) = when (answer) {
    is Answer.Choice -> answer.id
    is Answer.Person -> answer.id
    is Answer.Site -> answer.id
    else -> null
}

/** Days and times in parts that are typed: quicker than a wheel in a glove, and the same in every language. */
@Composable
fun Moments(asked: Asked, gives: Gives) {
    val zone = LocalZone.current
    val standing = when (val answer = asked.answer) {
        is Answer.Day -> answer.iso.split('-').reversed()
        is Answer.Time -> answer.iso.split(':')
        is Answer.Moment -> LocalDateTime.ofInstant(Instant.ofEpochMilli(answer.ms), zone).let(::parts)
        is Answer.Duration -> answer.seconds.toInt().let { listOf("${it / 3600}", "${it / 60 % 60}", "${it % 60}") }
        else -> null
    }
    val (day, time) = listOf(words.itemDay, words.itemMonth, words.itemYear) to listOf(words.itemHours, words.itemMinutes)
    val names = when (asked.control) {
        Control.DAY -> day
        Control.MONTH -> day.drop(1)
        Control.TIME -> time
        Control.DURATION -> time + words.itemSeconds
        else -> day + time
    }
    var typed by rememberSaveable(asked.id, standing) {
        mutableStateOf(standing?.takeIf { it.size == names.size } ?: List(names.size) { "" })
    }
    val way = LocalLayoutDirection.current
    val part: @Composable (String) -> Unit = { name ->
        val at = names.indexOf(name)
        val width = if (name == words.itemYear) 96.dp else 84.dp
        val type = { text: String -> typed = typed.with(at, text) }
        CompositionLocalProvider(LocalLayoutDirection provides way) {
            Field(name, typed[at], type, Modifier.width(width.besideWords), keyboard = KeyboardType.Number, centred = true)
        }
    }
    val (days, clock) = names.partition { it in day }
    if (days.isNotEmpty()) Flow { for (name in days) part(name) }
    // A clock is read from its hours on in every language.
    CompositionLocalProvider(LocalLayoutDirection provides LayoutDirection.Ltr) { Flow { for (name in clock) part(name) } }
    Flow {
        val now = if (asked.control == Control.DAY || asked.control == Control.MONTH) words.itemToday else words.itemNow
        if (asked.control != Control.DURATION) Quiet(now, Icons.clock) { typed = parts(LocalDateTime.now(zone)).of(asked.control) }
        val whole = typed != standing && typed.all { it.isNotBlank() }
        if (whole) AppButton(words.actionSave, {
            gives.give(given(asked.control, typed, zone))
        }, weight = Weight.Secondary, icon = Icons.check)
    }
}

/** Day, month, year, hour and minute. */
private fun parts(at: LocalDateTime) = at.truncatedTo(ChronoUnit.MINUTES).run {
    listOf(dayOfMonth, monthValue, year, hour, minute).map { two("$it") }
}

private fun List<String>.of(control: Control) = when (control) {
    Control.DAY -> take(3)
    Control.MONTH -> subList(1, 3)
    Control.TIME -> drop(3)
    else -> this
}

private fun two(part: String) = part.trim().padStart(2, '0')

/** As the core reads it; whether there is such a day is its to say. */
private fun given(control: Control, parts: List<String>, zone: ZoneId): Given {
    val p = parts.map(::two)
    return when (control) {
        Control.DAY -> Given.Text("${p[2]}-${p[1]}-${p[0]}")
        Control.MONTH -> Given.Text("${p[1]}-${p[0]}")
        Control.TIME -> Given.Text("${p[0]}:${p[1]}")
        Control.DURATION -> Given.Number("${p.fold(0L) { sum, part -> sum * 60 + (part.toLongOrNull() ?: 0) }}")
        else -> {
            val at = "${p[2]}-${p[1]}-${p[0]}" + 'T' + "${p[3]}:${p[4]}"
            Given.Text(at + runCatching { "${LocalDateTime.parse(at).atZone(zone).offset}" }.getOrDefault("Z"))
        }
    }
}

/** The answer is the photos themselves. */
@Composable
fun Photos(asked: Asked, gives: Gives) {
    val ids = (asked.answer as? Answer.Photos)?.ids.orEmpty()
    ids.forEachIndexed { at, id ->
        val name = words.itemPhotoNth(at + 1)
        Thumbnail(name, id in asked.notLive, { gives.shown(id, name) }) {
            gives.give(if (ids.size == 1) Given.Nothing else Given.Many(ids - id))
        }
    }
    PhotoButtons(gives.album, gives.photo)
}

@Composable
fun PhotoButtons(album: Boolean, onPhoto: (album: Boolean) -> Unit) = Flow {
    AppButton(words.itemPhotoTake, { onPhoto(false) }, weight = Weight.Secondary, icon = Icons.camera)
    if (album) Quiet(words.itemPhotoPick, Icons.photo) { onPhoto(true) }
}

/** A small picture, whether the camera took it at that moment, and the way to take it off, which asks first. */
@Composable
fun Thumbnail(
    name: String, notLive: Boolean, picture: @Composable () -> Unit, why: String = words.itemPhotoOff, onRemove: () -> Unit,
) {
    var asking by remember { mutableStateOf(false) }
    Row(verticalAlignment = Alignment.CenterVertically) {
        Stack(Space.xs, Modifier.weight(1f)) {
            Box(Modifier.widthIn(max = 160.dp.besideWords)) { picture() }
            if (notLive) StatusChip(words.runNotLive, Tone.Attention, Icons.photo)
        }
        AppIconButton(Icons.delete, "${words.itemPhotoRemove}: $name", { asking = true })
    }
    if (asking) Confirm(words.itemPhotoRemove, why, words.actionRemove, { asking = false; onRemove() }, { asking = false })
}

/** Drawn here, and kept: what was begun is there again after a turn of the phone and the app's end. What stands is shown first. */
@Composable
fun Drawn(asked: Asked, gives: Gives) {
    var saved by rememberSaveable(asked.id, "${asked.answer}") { mutableStateOf("") }
    var again by rememberSaveable(asked.id, "${asked.answer}") { mutableStateOf(false) }
    val strokes = remember(saved) { strokes(saved) }
    val signature = asked.control == Control.SIGNATURE
    val name = if (signature) words.itemSigned else words.itemSketched
    if (asked.answer != null) StatusChip(name, Tone.Good)
    drawnIn(asked.answer)?.takeIf { !again }?.let {
        gives.shown(it, name)
        return Quiet(words.actionEdit, Icons.edit) { again = true }
    }
    SignaturePad(if (signature) words.itemSignHere else words.itemSketch, strokes, { saved = it.saved() })
    if (strokes.isNotEmpty()) Save { gives.drawn(strokes) }
}

/** The drawing that an answer names. */
internal fun drawnIn(answer: Answer?) = (answer as? Answer.Signature)?.id ?: (answer as? Answer.Photos)?.ids?.firstOrNull()

@Composable
fun Scanned(asked: Asked, gives: Gives) {
    val standing = (asked.answer as? Answer.Text)?.text.orEmpty()
    var text by rememberSaveable(asked.id, standing) { mutableStateOf(standing) }
    val scans = rememberCoroutineScope()
    val scan = gives.scan
    if (scan != null) AppButton(words.itemScan, {
        scans.launch { scan()?.let { gives.give(Given.Text(it)) } }
    }, weight = Weight.Secondary, icon = Icons.barcode)
    Field(words.itemScanType, text, { text = it }, keyboard = KeyboardType.Ascii)
    if (text != standing) Save { gives.give(Given.Text(text)) }
}

@Composable
fun Placed(asked: Asked, gives: Gives) {
    var none by remember(asked.id) { mutableStateOf(false) }
    val looks = rememberCoroutineScope()
    (asked.answer as? Answer.Place)?.let { StatusChip(words.itemPlaceFound(it.withinM.toInt()), Tone.Good, Icons.place) }
    if (none) Notice(Tone.Attention, words.itemPlaceNone)
    AppButton(words.itemPlaceTake, {
        looks.launch {
            val fix = gives.place?.invoke()
            none = fix == null
            val pairs = fix?.run { listOf(Pair("lat", "$lat"), Pair("lon", "$lon"), Pair("within", "$withinM"), Pair("mock", "$mock")) }
            if (pairs != null) gives.give(Given.Pairs(pairs))
        }
    }, weight = Weight.Secondary, icon = Icons.place)
}
