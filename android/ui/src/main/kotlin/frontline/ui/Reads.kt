package frontline.ui

import androidx.compose.runtime.Composable
import frontline.ffi.*
import frontline.model.Strings

/** An answer of the history in words. The standing ones come with words of the core's; these do not. */
@Composable
fun reads(answer: Answer, item: ItemDetail?): String {
    val choices = item?.choices.orEmpty()
    return when (answer) {
        is Answer.NotApplicable -> listOfNotNull(words.itemNa, answer.reason).joinToString(": ")
        is Answer.Text -> answer.text
        is Answer.Number -> listOfNotNull(answer.digits, item?.unit).joinToString(" ")
        is Answer.Yes -> when {
            item?.control == Control.PASS_FAIL -> if (answer.yes) words.itemPass else words.itemFail
            else -> if (answer.yes) words.itemYes else words.itemNo
        }
        is Answer.Choice -> name(choices, answer.id)
        is Answer.Choices -> words.list(answer.ids.map { name(choices, it) })
        is Answer.Ranked -> words.list(answer.ids.map { name(choices, it) })
        is Answer.Pairs -> words.list(answer.pairs.map { "${name(item?.rows.orEmpty(), it.name)}: ${name(choices, it.value)}" })
        is Answer.Texts -> words.list(answer.texts)
        is Answer.Day -> answer.iso
        is Answer.Time -> answer.iso
        is Answer.Moment -> timed(answer.ms)
        is Answer.Duration -> words.timerFace(answer.seconds.toInt() / 60, answer.seconds.toInt() % 60)
        is Answer.Photos -> words.countPhotos(answer.ids.size)
        is Answer.Files -> words.countItems(answer.ids.size)
        is Answer.Signature -> words.itemSigned
        is Answer.Person, is Answer.Site -> item?.says.orEmpty()
        is Answer.Place -> words.itemPlaceFound(answer.withinM.toInt())
        is Answer.Spot -> "${answer.x}, ${answer.y}"
    }
}

/** In a row, as the language writes one. */
fun Strings.list(of: List<String>) = of.joinToString("$labelComma ")

private fun name(of: List<Named>, id: String) = of.firstOrNull { it.id == id }?.label?.text ?: id
