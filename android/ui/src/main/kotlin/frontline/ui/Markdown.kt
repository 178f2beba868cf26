package frontline.ui

import androidx.compose.foundation.layout.*
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.*
import androidx.compose.ui.text.*
import androidx.compose.ui.text.font.*

/** Headings, lists, bold and slanted words, links by their words: what a card is written with. Anything else reads as it is. */
@Composable
fun Markdown(text: String) {
    Stack {
        for (block in text.trim().split(Regex("\n\\s*\n"))) {
            val head = block.takeWhile { it == '#' }.length
            val style = if (head == 1) Type.title else Type.heading
            if (head > 0) Text(spans(block.drop(head).trim()), Modifier.semantics { heading() }, palette.ink, style = style)
            else for (line in lines(block)) Line(line)
        }
    }
}

/** Lines of a paragraph flow together; one that begins a list's item begins anew. */
private fun lines(block: String) = block.lines().fold(emptyList<String>()) { all, line ->
    if (all.isEmpty() || listed.containsMatchIn(line)) all + line.trim() else all.dropLast(1) + "${all.last()} ${line.trim()}"
}

private val listed = Regex("^\\s*([-*]|\\d+\\.)\\s+")

@Composable
private fun Line(line: String) {
    val mark = listed.find(line)?.value?.trim() ?: return Text(spans(line), color = palette.ink, style = Type.body)
    Row(Modifier.padding(start = Space.xs), Arrangement.spacedBy(Space.s)) {
        Text(if (mark.first().isDigit()) mark else "•", color = palette.accent, style = Type.strong)
        Text(spans(line.replaceFirst(listed, "")), Modifier.weight(1f), palette.ink, style = Type.body)
    }
}

private val marks = Regex("""\*\*(.+?)\*\*|[*_](.+?)[*_]|\[(.+?)]\(.+?\)""")

private fun spans(text: String): AnnotatedString = buildAnnotatedString {
    var from = 0
    for (found in marks.findAll(text)) {
        append(text.substring(from, found.range.first))
        val (bold, slanted, link) = found.destructured
        when {
            bold.isNotEmpty() -> withStyle(SpanStyle(fontWeight = FontWeight.SemiBold)) { append(bold) }
            slanted.isNotEmpty() -> withStyle(SpanStyle(fontStyle = FontStyle.Italic)) { append(slanted) }
            else -> append(link)
        }
        from = found.range.last + 1
    }
    append(text.substring(from))
}
