package frontline.ui

import androidx.compose.runtime.*
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.ui.text.input.KeyboardType
import frontline.ffi.*
import frontline.model.*
import frontline.model.api.Fix
import java.math.BigDecimal
import java.math.RoundingMode

/** What a control needs to know, of a run's item or of a quiz's question. */
data class Asked(
    val id: String, val control: Control, val kind: String, val label: String, val unit: String? = null, val min: String? = null,
    val max: String? = null, val choices: List<Named> = emptyList(), val rows: List<Named> = emptyList(), val answer: Answer? = null,
    val says: String? = null, val gaps: Int = 0, val step: String? = null,
    val notLive: List<String> = emptyList(), val most: Int = 1,
)

fun ItemDetail.asked() = Asked(
    id, control, kind, label.text, unit, min, max, choices, rows, answer, says, gaps.toInt(), step, notLive, files?.max?.toInt() ?: 1,
)

fun QuestionDetail.asked() = Asked(item, control, kind, label.text, unit, min, max, choices, rows, answer, says, gaps.toInt())

/** What a control can do: give an answer, and what the phone and the lists have for it. */
class Gives(
    val give: (Given) -> Unit,
    val draft: DraftKeeper? = null,
    val choices: (suspend (words: String, after: String?) -> Load<ChoicePage>)? = null,
    val scan: (suspend () -> String?)? = null,
    val place: (suspend () -> Fix?)? = null,
    val drawn: (Strokes) -> Unit = {},
    val photo: (album: Boolean) -> Unit = {},
    val shown: @Composable (id: String, name: String) -> Unit = { _, _ -> },
    val album: Boolean = true,
    val sounds: Sounds? = null,
) {
    fun number(number: Int) = give(Given.Number("$number"))
}

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
        Control.YES_NO -> YesNo((answer as? Answer.Yes)?.yes, { gives.give(if (it == null) Given.Nothing else Given.Yes(it)) })
        Control.PASS_FAIL -> PassFail((answer as? Answer.Yes)?.yes, {
            gives.give(if (it == null) Given.Nothing else Given.Text(if (it) "pass" else "fail"))
        })
        Control.ACKNOWLEDGE -> (answer is Answer.Yes).let { on ->
            Choices(listOf(Option("yes", words.itemAcknowledge)), if (on) setOf("yes") else emptySet(), true, {
                gives.give(if (on) Given.Nothing else Given.Yes(true))
            })
        }
        Control.ONE -> Choices(asked.choices.options(), setOfNotNull((answer as? Answer.Choice)?.id), false, { gives.give(Given.Text(it)) })
        Control.SEVERAL -> (answer as? Answer.Choices)?.ids.orEmpty().let { chosen ->
            Choices(asked.choices.options(), chosen.toSet(), true, {
                gives.give(Given.Many(if (it in chosen) chosen - it else chosen + it))
            })
        }
        Control.LOOKUP, Control.PERSON, Control.SITE, Control.ASSET -> Lookup(asked, gives)
        Control.RANKING -> Ranked(asked, gives)
        Control.GRID, Control.PAIRS -> Gridded(asked, gives)
        Control.GAPS -> Gapped(asked, gives)
        Control.STARS -> Rating(number(answer), asked.max?.toIntOrNull() ?: 5, gives::number)
        Control.SMILEYS ->
            Faces(if (asked.kind == "csat4") words.faces4() else words.faces5(), number(answer), gives::number, size = Space.xxl + Space.s)
        Control.SCALE -> {
            val (low, high) = if (asked.kind == "ces") words.itemCesLow to words.itemCesHigh else words.itemNpsLow to words.itemNpsHigh
            val range = (asked.min?.toIntOrNull() ?: 0)..(asked.max?.toIntOrNull() ?: 10)
            Scale(range, number(answer), low, high, gives::number)
        }
        Control.DAY, Control.MONTH, Control.TIME, Control.DATE_TIME, Control.DURATION -> Moments(asked, gives)
        Control.CAMERA -> Photos(asked, gives)
        Control.SIGNATURE, Control.SKETCH -> Drawn(asked, gives)
        Control.SCANNER -> Scanned(asked, gives)
        Control.PLACE -> Placed(asked, gives)
        Control.COMPUTED -> asked.says?.let { Said(it, Type.heading) } ?: Muted(words.itemCalculatedMissing)
        Control.MICROPHONE -> Recordings(asked, gives)
        // Kinds that nothing published has yet: said, and never in the way.
        Control.VIDEO, Control.FILE, Control.SPOT -> Notice(Tone.Neutral, words.itemNotYet)
    }
}

fun List<Named>.options() = map { Option(it.id, it.label.text) }

private fun number(answer: Answer?) = (answer as? Answer.Number)?.digits?.toDoubleOrNull()?.toInt()

/** What is typed and not given yet: what was begun comes back, and giving it is one button that appears only then. */
@Composable
private fun typing(asked: Asked, gives: Gives, standing: String): kotlin.Pair<String, (String) -> Unit> {
    var text by remember(asked.id, standing) { mutableStateOf(standing) }
    LaunchedEffect(asked.id) { gives.draft?.begun()?.takeIf { it.isNotEmpty() }?.let { text = it } }
    return text to { text = it; gives.draft?.keep(it) }
}

@Composable
private fun Typed(asked: Asked, gives: Gives, lines: Int, keyboard: KeyboardType = KeyboardType.Text) {
    val standing = (asked.answer as? Answer.Text)?.text.orEmpty()
    val (text, type) = typing(asked, gives, standing)
    Field(asked.label, text, type, lines = lines, hideLabel = true, keyboard = keyboard)
    if (text != standing) Save { gives.draft?.drop(); gives.give(Given.Text(text)) }
}

@Composable
private fun Numbered(asked: Asked, gives: Gives) {
    val standing = (asked.answer as? Answer.Number)?.digits.orEmpty()
    val (text, type) = typing(asked, gives, standing)
    fun step(by: Int) {
        val from = text.toBigDecimalOrNull() ?: asked.min?.toBigDecimalOrNull() ?: BigDecimal.ZERO
        type((from + by.toBigDecimal()).toPlainString())
    }
    val hint = asked.min?.let { low -> asked.max?.let { words.itemRange(low, it) } }
    NumberField(asked.label, text, { type(it.replace(',', '.')) }, ::step, unit = asked.unit, hint = hint, hideLabel = true)
    if (text != standing) Save { gives.draft?.drop(); gives.give(if (text.isBlank()) Given.Nothing else Given.Number(text)) }
}

/** Each touch counts at once: hands that count hold something else. */
@Composable
private fun Counted(asked: Asked, gives: Gives) {
    val now = number(asked.answer)
    NumberField(asked.label, now?.toString().orEmpty(), {
        gives.give(if (it.isBlank()) Given.Nothing else Given.Number(it))
    }, { by -> gives.number((now ?: 0) + by) }, unit = asked.unit, hideLabel = true)
}

@Composable
private fun Slid(asked: Asked, gives: Gives) {
    val standing = (asked.answer as? Answer.Number)?.digits
    var at by remember(asked.id, standing) { mutableStateOf(standing?.toFloatOrNull()) }
    val (low, high) = (asked.min?.toFloatOrNull() ?: 0f) to (asked.max?.toFloatOrNull() ?: 100f)
    val step = asked.step?.toBigDecimalOrNull() ?: BigDecimal.ONE
    val digits = maxOf(step.scale(), asked.min?.toBigDecimalOrNull()?.scale() ?: 0)
    fun plain(value: Float) = value.toBigDecimal().setScale(digits, RoundingMode.HALF_UP).toPlainString()
    val shown = at?.let { joined(" ", plain(it), asked.unit) }
    SliderField(asked.label, at, low..high, step.toFloat(), shown, { at = it }, onDone = { gives.give(Given.Number(plain(it))) })
}

/** Put in order by two buttons a row, as dragging asks for a steady hand. */
@Composable
private fun Ranked(asked: Asked, gives: Gives) {
    val standing = (asked.answer as? Answer.Ranked)?.ids
    var order by rememberSaveable(asked.id, standing) { mutableStateOf(standing ?: asked.choices.map { it.id }) }
    fun move(at: Int, by: Int) {
        order = order.toMutableList().apply { add(at + by, removeAt(at)) }
    }
    GroupOf(order) { at, id ->
        val name = asked.choices.firstOrNull { it.id == id }?.label?.text ?: id
        RankRow(words.itemRankAt(at + 1, name), name, at > 0, at < order.size - 1) { move(at, it) }
    }
    if (order != standing) Save { gives.give(Given.Many(order)) }
}

/** One of the columns for each row, given when each has one: half a grid is no answer. */
@Composable
private fun Gridded(asked: Asked, gives: Gives) {
    val standing = (asked.answer as? Answer.Pairs)?.pairs.orEmpty().associate { it.name to it.value }
    var cells by rememberSaveable(asked.id, standing) { mutableStateOf(standing) }
    for (row in asked.rows) Stack(Space.xs) {
        Said(row.label.text, Type.strong)
        Choices(asked.choices.options(), setOfNotNull(cells[row.id]), false, { cells = cells + (row.id to it) })
    }
    val whole = cells.keys.containsAll(asked.rows.map { it.id })
    if (whole && cells != standing) Save { gives.give(Given.Pairs(asked.rows.map { Pair(it.id, cells.getValue(it.id)) })) }
}

@Composable
private fun Gapped(asked: Asked, gives: Gives) {
    val standing = (asked.answer as? Answer.Texts)?.texts
    var texts by rememberSaveable(asked.id, standing) { mutableStateOf(standing ?: List(asked.gaps) { "" }) }
    texts.forEachIndexed { at, text -> Field(words.itemBlank(at + 1), text, { texts = texts.with(at, it) }) }
    if (texts != standing && texts.none { it.isBlank() }) Save { gives.give(Given.Many(texts)) }
}

/** The same but for one of them. */
fun <T> List<T>.with(at: Int, one: T) = toMutableList().apply { this[at] = one }
