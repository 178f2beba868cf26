package frontline.ui

import androidx.compose.foundation.layout.*
import androidx.compose.material3.Text
import androidx.compose.runtime.*
import androidx.compose.ui.Modifier
import androidx.compose.ui.text.input.KeyboardType
import frontline.ffi.*
import frontline.model.DraftKeeper
import frontline.model.Load
import frontline.model.api.Fix

/** What a control needs to know, of a run's item or of a quiz's question. */
data class Asked(
    val id: String, val control: Control, val kind: String, val label: String, val unit: String?, val min: String?, val max: String?,
    val choices: List<Named>, val rows: List<Named>, val answer: Answer?, val says: String?,
)

fun ItemDetail.asked() = Asked(id, control, kind, label.text, unit, min, max, choices, rows, answer, says)

fun QuestionDetail.asked() = Asked(item, control, kind, label.text, unit, null, null, choices, rows, answer, null)

/** What a control can do: give an answer, and what the phone and the lists have for it. */
class Gives(
    val give: (Given) -> Unit,
    val draft: DraftKeeper? = null,
    val choices: (suspend (words: String, after: String?) -> Load<ChoicePage>)? = null,
    val scan: (suspend () -> String?)? = null,
    val place: (suspend () -> Fix?)? = null,
    val picture: (ByteArray) -> Unit = {},
    val photo: (album: Boolean) -> Unit = {},
    val show: suspend (String) -> ByteArray? = { null },
    val album: Boolean = true,
)

/** The control for every kind. Without an else: a kind that a newer core has is a compile error here. */
@Composable
fun AnswerControl(asked: Asked, gives: Gives) {
    val answer = asked.answer
    when (asked.control) {
        Control.READING -> Unit
        Control.LINE -> Typed(asked, gives, 1)
        Control.LINES -> Typed(asked, gives, 3)
        Control.NUMBER -> Numbered(asked, gives)
        Control.COUNTER -> Counted(asked, gives)
        Control.SLIDER -> Slid(asked, gives)
        Control.YES_NO -> YesNo((answer as? Answer.Yes)?.let { if (it.yes) "yes" else "no" }, { gives.give(if (it == null) Given.Nothing else Given.Yes(it == "yes")) })
        Control.PASS_FAIL -> PassFail((answer as? Answer.Yes)?.let { if (it.yes) "pass" else "fail" }, { gives.give(if (it == null) Given.Nothing else Given.Text(it)) })
        Control.ACKNOWLEDGE -> Choices(listOf(Option("yes", words.itemAcknowledge)), if (answer is Answer.Yes) setOf("yes") else emptySet(), true, { gives.give(if (answer is Answer.Yes) Given.Nothing else Given.Yes(true)) })
        Control.ONE -> Choices(asked.options(), setOfNotNull((answer as? Answer.Choice)?.id), false, { gives.give(Given.Text(it)) })
        Control.SEVERAL -> (answer as? Answer.Choices)?.ids.orEmpty().let { chosen ->
            Choices(asked.options(), chosen.toSet(), true, { gives.give(Given.Many(if (it in chosen) chosen - it else chosen + it)) })
        }
        Control.LOOKUP, Control.PERSON, Control.SITE, Control.ASSET -> Lookup(asked, gives)
        Control.RANKING -> Ranked(asked, gives)
        Control.GRID, Control.PAIRS -> Gridded(asked, gives)
        Control.GAPS -> Gapped(asked, gives)
        Control.STARS -> Rating(number(answer), asked.max?.toIntOrNull() ?: 5, { gives.give(Given.Number("$it")) })
        Control.SMILEYS -> Faces(if (asked.kind == "csat4") words.faces4() else words.faces5(), number(answer), { gives.give(Given.Number("$it")) }, size = Space.xxl + Space.s)
        Control.SCALE -> Scale(
            (asked.min?.toIntOrNull() ?: 0)..(asked.max?.toIntOrNull() ?: 10), number(answer),
            if (asked.kind == "ces") words.itemCesLow else words.itemNpsLow, if (asked.kind == "ces") words.itemCesHigh else words.itemNpsHigh, { gives.give(Given.Number("$it")) },
        )
        Control.DAY, Control.MONTH, Control.TIME, Control.DATE_TIME, Control.DURATION -> Moments(asked, gives)
        Control.CAMERA -> Photos(asked, gives)
        Control.SIGNATURE, Control.SKETCH -> Drawn(asked, gives)
        Control.SCANNER -> Scanned(asked, gives)
        Control.PLACE -> Placed(asked, gives)
        Control.COMPUTED -> Text(asked.says ?: words.itemCalculatedMissing, color = if (asked.says == null) palette.inkMuted else palette.ink, style = if (asked.says == null) Type.body else Type.heading)
        // Kinds that nothing published has yet: said, and never in the way.
        Control.VIDEO, Control.MICROPHONE, Control.FILE, Control.SPOT -> Notice(Tone.Neutral, words.itemNotYet)
    }
}

fun Asked.options() = choices.map { Option(it.id, it.label.text) }

private fun number(answer: Answer?) = (answer as? Answer.Number)?.digits?.toDoubleOrNull()?.toInt()

/** What is typed and not given yet: what was begun comes back, and giving it is one button that appears only then. */
@Composable
private fun typing(asked: Asked, gives: Gives, standing: String): kotlin.Pair<String, (String) -> Unit> {
    var text by remember(asked.id, standing) { mutableStateOf(standing) }
    LaunchedEffect(asked.id) { gives.draft?.begun()?.takeIf { it.isNotEmpty() }?.let { text = it } }
    return text to { text = it; gives.draft?.keep(it) }
}

@Composable
private fun Save(shown: Boolean, onSave: () -> Unit) {
    if (shown) AppButton(words.actionSave, onSave, Modifier.fillMaxWidth(), Weight.Secondary, Icons.check)
}

@Composable
private fun Typed(asked: Asked, gives: Gives, lines: Int, keyboard: KeyboardType = KeyboardType.Text) {
    val standing = (asked.answer as? Answer.Text)?.text.orEmpty()
    val (text, type) = typing(asked, gives, standing)
    Field(asked.label, text, type, lines = lines, hideLabel = true, keyboard = keyboard)
    Save(text != standing) { gives.draft?.drop(); gives.give(Given.Text(text)) }
}

@Composable
private fun Numbered(asked: Asked, gives: Gives) {
    val standing = (asked.answer as? Answer.Number)?.digits.orEmpty()
    val (text, type) = typing(asked, gives, standing)
    NumberField(
        asked.label, text, { type(it.replace(',', '.')) }, { by -> type(((text.toBigDecimalOrNull() ?: asked.min?.toBigDecimalOrNull() ?: java.math.BigDecimal.ZERO) + by.toBigDecimal()).toPlainString()) },
        unit = asked.unit, hint = asked.min?.let { low -> asked.max?.let { words.itemRange(low, it) } }, hideLabel = true,
    )
    Save(text != standing) { gives.draft?.drop(); gives.give(if (text.isBlank()) Given.Nothing else Given.Number(text)) }
}

/** Each touch counts at once: hands that count hold something else. */
@Composable
private fun Counted(asked: Asked, gives: Gives) {
    val now = number(asked.answer)
    NumberField(asked.label, now?.toString().orEmpty(), { gives.give(if (it.isBlank()) Given.Nothing else Given.Number(it)) }, { by -> gives.give(Given.Number("${(now ?: 0) + by}")) }, unit = asked.unit, hideLabel = true)
}

@Composable
private fun Slid(asked: Asked, gives: Gives) {
    val standing = (asked.answer as? Answer.Number)?.digits
    var at by remember(asked.id, standing) { mutableStateOf(standing?.toFloatOrNull()) }
    val (low, high) = (asked.min?.toFloatOrNull() ?: 0f) to (asked.max?.toFloatOrNull() ?: 100f)
    SliderField(asked.label, at, low..high, 1f, at?.let { listOfNotNull(plain(it), asked.unit).joinToString(" ") }, { at = it }, onDone = { gives.give(Given.Number(plain(it))) })
}

private fun plain(value: Float) = value.toBigDecimal().setScale(0, java.math.RoundingMode.HALF_UP).toPlainString()

/** Put in order by two buttons a row, as dragging asks for a steady hand. */
@Composable
private fun Ranked(asked: Asked, gives: Gives) {
    val standing = (asked.answer as? Answer.Ranked)?.ids
    var order by remember(asked.id, standing) { mutableStateOf(standing ?: asked.choices.map { it.id }) }
    fun move(at: Int, by: Int) {
        order = order.toMutableList().apply { add(at + by, removeAt(at)) }
    }
    Group {
        order.forEachIndexed { at, id ->
            if (at > 0) GroupLine()
            val name = asked.choices.firstOrNull { it.id == id }?.label?.text ?: id
            RankRow(words.itemRankAt(at + 1, name), name, at > 0, at < order.size - 1) { move(at, it) }
        }
    }
    Save(order != standing) { gives.give(Given.Many(order)) }
}

/** One of the columns for each row, given when each has one: half a grid is no answer. */
@Composable
private fun Gridded(asked: Asked, gives: Gives) {
    val standing = (asked.answer as? Answer.Pairs)?.pairs.orEmpty().associate { it.name to it.value }
    var cells by remember(asked.id, standing) { mutableStateOf(standing) }
    for (row in asked.rows) Column(verticalArrangement = Arrangement.spacedBy(Space.xs)) {
        Text(row.label.text, color = palette.ink, style = Type.strong)
        Choices(asked.options(), setOfNotNull(cells[row.id]), false, { cells = cells + (row.id to it) })
    }
    Save(cells != standing && cells.keys.containsAll(asked.rows.map { it.id })) { gives.give(Given.Pairs(asked.rows.map { Pair(it.id, cells.getValue(it.id)) })) }
}

@Composable
private fun Gapped(asked: Asked, gives: Gives) {
    val standing = (asked.answer as? Answer.Texts)?.texts
    val gaps = asked.label.split(Regex("_{3,}")).size - 1
    var texts by remember(asked.id, standing) { mutableStateOf(standing ?: List(gaps.coerceAtLeast(1)) { "" }) }
    texts.forEachIndexed { at, text -> Field(words.itemBlank(at + 1), text, { typed -> texts = texts.toMutableList().apply { this[at] = typed } }) }
    Save(texts != standing && texts.none { it.isBlank() }) { gives.give(Given.Many(texts)) }
}
