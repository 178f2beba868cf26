package frontline.ui

import androidx.compose.foundation.*
import androidx.compose.foundation.layout.*
import androidx.compose.foundation.lazy.*
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.semantics.*
import androidx.compose.ui.text.TextStyle
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.Dp
import frontline.model.*

/** What all screens are put together from: words, columns and lists with the distances that all pages have. */
@Composable
fun Said(text: String, style: TextStyle = Type.body, modifier: Modifier = Modifier, ink: Color = palette.ink) =
    Text(text, modifier, ink, style = style)

/** What stands beside that which matters. */
@Composable
fun Muted(text: String, style: TextStyle = Type.body, modifier: Modifier = Modifier) = Said(text, style, modifier, palette.inkMuted)

@Composable
fun Heading(text: String, style: TextStyle = Type.heading, modifier: Modifier = Modifier, align: TextAlign? = null) =
    Text(text, modifier.semantics { heading() }, palette.ink, style = style, textAlign = align)

/** What is known of several parts. */
fun joined(by: String, vararg parts: String?) = parts.filterNotNull().joinToString(by)

/** Why the last act was not done. */
@Composable
fun Wrong(problem: Problem?, modifier: Modifier = Modifier) {
    if (problem != null) Notice(Tone.Wrong, words.say(problem), modifier)
}

@Composable
fun Stack(space: Dp = Space.s, modifier: Modifier = Modifier, content: @Composable ColumnScope.() -> Unit) =
    Column(modifier, Arrangement.spacedBy(space), content = content)

/** Side by side as far as there is room. */
@Composable
fun Flow(modifier: Modifier = Modifier, space: Dp = Space.s, content: @Composable () -> Unit) =
    FlowRow(modifier, Arrangement.spacedBy(space), Arrangement.spacedBy(space)) { content() }

/** A column that scrolls. */
@Composable
fun Scrolled(modifier: Modifier = Modifier, space: Dp = Space.m, content: @Composable ColumnScope.() -> Unit) =
    Stack(space, modifier.verticalScroll(rememberScrollState()).padding(horizontal = Space.l).padding(bottom = Space.xl), content)

/** A list of any length. */
@Composable
fun Rows(list: LazyListState = rememberLazyListState(), space: Dp = Space.s, content: LazyListScope.() -> Unit) = LazyColumn(
    state = list, contentPadding = PaddingValues(Space.l, Space.xs, Space.l, Space.xl), verticalArrangement = Arrangement.spacedBy(space),
    content = content,
)

/**
 * A list with what it is looked through by above it. Head and search go away with the rows: in a large type they would leave no room
 * for them. Where one left off is found again once the rows are there, so nothing is laid out before.
 */
@Composable
fun <S> Sought(
    state: Load<S>, onRetry: () -> Unit, empty: @Composable () -> Unit, head: @Composable ColumnScope.() -> Unit,
    rows: LazyListScope.(S) -> Unit,
) {
    if (state == Load.Loading) return StateOf(state, onRetry) {}
    Rows {
        item("head") { Stack(content = head) }
        val there = state.ready
        if (there != null) rows(there)
        else item("state") { Box(Modifier.fillParentMaxHeight(0.6f)) { StateOf(state, onRetry, empty) {} } }
    }
}

/** Each row of a list on a surface of its own. */
fun <T> LazyListScope.groups(rows: List<T>, row: @Composable (T) -> Unit) = items(rows.size) { at -> Group { row(rows[at]) } }

/** The next page, where there is one. */
fun LazyListScope.more(there: Boolean, onMore: () -> Unit) {
    if (there) item { WideButton(words.actionMore, onMore, Weight.Secondary) }
}

/** A few rows on one surface, with lines between them. */
@Composable
fun <T> GroupOf(rows: List<T>, row: @Composable (at: Int, T) -> Unit) = Group {
    rows.forEachIndexed { at, one ->
        if (at > 0) GroupLine()
        row(at, one)
    }
}

/** In a row, as the language writes one. */
fun Strings.list(of: List<String>) = of.joinToString("$labelComma ")
