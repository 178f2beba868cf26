package frontline.ui

import androidx.compose.foundation.layout.*
import androidx.compose.material3.Text
import androidx.compose.runtime.*
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.text.input.KeyboardType
import androidx.compose.ui.unit.dp
import frontline.ffi.*
import frontline.model.Load
import frontline.model.drawing
import java.time.Instant
import java.time.LocalDateTime
import java.time.ZoneId
import java.time.temporal.ChronoUnit
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch

@Composable
fun RankRow(spoken: String, name: String, up: Boolean, down: Boolean, onMove: (Int) -> Unit) =
    Row(Modifier.fillMaxWidth().heightIn(min = 56.dp).padding(Space.l, Space.xs), verticalAlignment = Alignment.CenterVertically) {
        Text(spoken, Modifier.weight(1f), palette.ink, style = Type.body)
        AppIconButton(Icons.up, "${words.actionUp}: $name", { onMove(-1) }, enabled = up)
        AppIconButton(Icons.down, "${words.actionDown}: $name", { onMove(1) }, enabled = down)
    }

/** A list too long to show: searched by the beginnings of words, a page at a time. What stands is said above. */
@Composable
fun Lookup(asked: Asked, gives: Gives) {
    var typed by remember(asked.id) { mutableStateOf("") }
    var open by remember(asked.id) { mutableStateOf(asked.answer == null) }
    var found by remember(asked.id) { mutableStateOf<Load<ChoicePage>>(Load.Loading) }
    val more = rememberCoroutineScope()
    val ask = gives.choices ?: return Notice(Tone.Neutral, words.itemNotYet)
    if (asked.says != null) StatusChip(asked.says, Tone.Accent, Icons.check)
    if (!open) return AppButton(words.actionEdit, { open = true }, weight = Weight.Quiet)
    LaunchedEffect(asked.id, typed, asked.answer) { delay(TYPED_MS); found = ask(typed, null) }
    Field(words.itemLookup, typed, { typed = it })
    when (val page = found) {
        Load.Loading, Load.Empty -> Text(words.stateLoading, color = palette.inkMuted, style = Type.label)
        is Load.Failed -> Notice(Tone.Wrong, words.say(page.problem))
        is Load.Ready -> page.value.let { rows ->
            val why = rows.whyNot ?: words.itemToCome.takeIf { rows.toCome }
            if (why != null) Notice(Tone.Info, why)
            else if (rows.items.isEmpty()) Text(words.countResults(0), color = palette.inkMuted, style = Type.label)
            else Choices(rows.items.map { Option(it.id, it.label.text, it.says.joinToString(" · ").ifEmpty { null }) }, setOfNotNull(id(asked.answer)), false, { gives.give(Given.Text(it)); open = false; typed = "" })
            if (rows.next != null) AppButton(words.actionMore, {
                more.launch { ask(typed, rows.next).let { found = if (it is Load.Ready) Load.Ready(it.value.copy(items = rows.items + it.value.items)) else it } }
            }, weight = Weight.Quiet)
        }
    }
}

private const val TYPED_MS = 150L

private fun id(answer: Answer?) = (answer as? Answer.Choice)?.id ?: (answer as? Answer.Person)?.id ?: (answer as? Answer.Site)?.id

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
    var typed by remember(asked.id, standing) { mutableStateOf(standing?.takeIf { it.size == names.size } ?: List(names.size) { "" }) }
    FlowRow(horizontalArrangement = Arrangement.spacedBy(Space.s), verticalArrangement = Arrangement.spacedBy(Space.s)) {
        names.forEachIndexed { at, name ->
            Field(name, typed[at], { typed = typed.toMutableList().apply { this[at] = it } }, Modifier.width(if (name == words.itemYear) 96.dp.besideWords else 84.dp.besideWords), keyboard = KeyboardType.Number, centred = true)
        }
    }
    val now = { parts(LocalDateTime.now(zone)) }
    FlowRow(horizontalArrangement = Arrangement.spacedBy(Space.s)) {
        if (asked.control != Control.DURATION) AppButton(if (asked.control == Control.DAY || asked.control == Control.MONTH) words.itemToday else words.itemNow, {
            typed = when (asked.control) {
                Control.DAY -> now().take(3)
                Control.MONTH -> now().subList(1, 3)
                Control.TIME -> now().drop(3)
                else -> now()
            }
        }, weight = Weight.Quiet, icon = Icons.clock)
        if (typed != standing && typed.all { it.isNotBlank() }) AppButton(words.actionSave, { gives.give(given(asked.control, typed, zone)) }, weight = Weight.Secondary, icon = Icons.check)
    }
}

private fun parts(at: LocalDateTime) = at.truncatedTo(ChronoUnit.MINUTES).run { listOf(dayOfMonth, monthValue, year, hour, minute).map { two("$it") } }

private fun two(part: String) = part.trim().padStart(2, '0')

/** As the core reads it; whether there is such a day is its to say. */
private fun given(control: Control, parts: List<String>, zone: ZoneId): Given = parts.map(::two).let { p ->
    when (control) {
        Control.DAY -> Given.Text("${p[2]}-${p[1]}-${p[0]}")
        Control.MONTH -> Given.Text("${p[1]}-${p[0]}")
        Control.TIME -> Given.Text("${p[0]}:${p[1]}")
        Control.DURATION -> Given.Number("${p.map { it.toLongOrNull() ?: 0 }.let { (h, m, s) -> (h * 60 + m) * 60 + s }}")
        else -> ("${p[2]}-${p[1]}-${p[0]}" + 'T' + "${p[3]}:${p[4]}").let { at -> Given.Text(at + runCatching { "${LocalDateTime.parse(at).atZone(zone).offset}" }.getOrDefault("Z")) }
    }
}

/** The answer is the photos themselves. */
@Composable
fun Photos(asked: Asked, gives: Gives) {
    val ids = (asked.answer as? Answer.Photos)?.ids.orEmpty()
    var off by remember { mutableStateOf<String?>(null) }
    ids.forEachIndexed { at, id ->
        val name = words.itemPhotoNth(at + 1)
        Thumbnail(name, { gives.show(id) }) { off = id }
    }
    PhotoButtons(gives.album, gives.photo)
    off?.let { id -> Confirm(words.itemPhotoRemove, words.itemPhotoOff, words.actionRemove, { off = null; gives.give(if (ids.size == 1) Given.Nothing else Given.Many(ids - id)) }, { off = null }) }
}

@Composable
fun PhotoButtons(album: Boolean, onPhoto: (album: Boolean) -> Unit) = FlowRow(horizontalArrangement = Arrangement.spacedBy(Space.s), verticalArrangement = Arrangement.spacedBy(Space.s)) {
    AppButton(words.itemPhotoTake, { onPhoto(false) }, weight = Weight.Secondary, icon = Icons.camera)
    if (album) AppButton(words.itemPhotoPick, { onPhoto(true) }, weight = Weight.Quiet, icon = Icons.photo)
}

@Composable
fun Thumbnail(name: String, bytes: suspend () -> ByteArray?, onRemove: (() -> Unit)?) = Row(verticalAlignment = Alignment.CenterVertically) {
    Column(Modifier.weight(1f)) { Picture(name, Modifier.widthIn(max = 160.dp), bytes) }
    if (onRemove != null) AppIconButton(Icons.delete, "${words.itemPhotoRemove}: $name", onRemove)
}

/** Drawn here, kept as a picture. Whoever cannot draw types their name, and that is drawn for them. */
@Composable
fun Drawn(asked: Asked, gives: Gives) {
    var strokes by remember(asked.id, asked.answer) { mutableStateOf<Strokes>(emptyList()) }
    val signature = asked.control == Control.SIGNATURE
    if (asked.answer != null) StatusChip(if (signature) words.itemSigned else words.itemSketched, Tone.Good)
    SignaturePad(if (signature) words.itemSignHere else words.itemSketch, strokes, { strokes = it })
    if (strokes.isNotEmpty()) AppButton(words.actionSave, { gives.picture(drawing(strokes.map { line -> line.map { it.x to it.y } })) }, Modifier.fillMaxWidth(), Weight.Secondary, Icons.check)
}

@Composable
fun Scanned(asked: Asked, gives: Gives) {
    val standing = (asked.answer as? Answer.Text)?.text.orEmpty()
    var text by remember(asked.id, standing) { mutableStateOf(standing) }
    val scans = rememberCoroutineScope()
    gives.scan?.let { scan -> AppButton(words.itemScan, { scans.launch { scan()?.let { gives.give(Given.Text(it)) } } }, weight = Weight.Secondary, icon = Icons.barcode) }
    Field(words.itemScanType, text, { text = it }, keyboard = KeyboardType.Ascii)
    if (text != standing) AppButton(words.actionSave, { gives.give(Given.Text(text)) }, Modifier.fillMaxWidth(), Weight.Secondary, Icons.check)
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
            if (fix != null) gives.give(Given.Pairs(listOf(Pair("lat", "${fix.lat}"), Pair("lon", "${fix.lon}"), Pair("within", "${fix.withinM}"))))
        }
    }, weight = Weight.Secondary, icon = Icons.place)
}
