package frontline.ui

import androidx.compose.foundation.*
import androidx.compose.foundation.layout.*
import androidx.compose.foundation.selection.*
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material3.*
import androidx.compose.runtime.Composable
import androidx.compose.ui.*
import androidx.compose.ui.draw.clip
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.semantics.*
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.dp

data class Destination(val key: String, val label: String, val icon: ImageVector)

/**
 * A bar below on a phone, a rail beside on a tablet, and from [Layout.twoPanes] on the list stays while [detail] is open.
 * With one pane the detail covers the list and the bar, so that its own buttons lie under the thumb.
 */
@Composable
fun AppScaffold(
    places: List<Destination>, current: String, onGo: (String) -> Unit, detail: (@Composable () -> Unit)? = null,
    list: @Composable () -> Unit,
) {
    BoxWithConstraints(Modifier.fillMaxSize().background(palette.ground)) {
        val wide = maxWidth >= Layout.twoPanes * if (largeType) 1.5f else 1f
        if (maxWidth < Layout.rail) {
            Column {
                Box(Modifier.weight(1f)) { (detail ?: list)() }
                if (detail == null) BottomBar(places, current, onGo)
            }
        } else {
            Row {
                Rail(places, current, onGo)
                VerticalDivider(color = palette.line)
                if (wide) {
                    Box(Modifier.width(Layout.listPane)) { list() }
                    VerticalDivider(color = palette.line)
                }
                Box(Modifier.weight(1f)) {
                    if (detail != null) detail() else if (!wide) list() else EmptyState(words.stateEmpty, icon = Icons.procedures)
                }
            }
        }
    }
}

@Composable
private fun BottomBar(places: List<Destination>, current: String, onGo: (String) -> Unit) {
    HorizontalDivider(color = palette.line)
    // In a large type five words do not fit beside each other: the chosen place alone keeps its word.
    val short = largeType
    Row(Modifier.fillMaxWidth().background(palette.surface).padding(Space.xs).selectableGroup()) {
        for (place in places) {
            val chosen = place.key == current
            val modifier = if (!short || chosen) Modifier.weight(1f) else Modifier.width(52.dp)
            Place(place, chosen, onGo, modifier, named = !short || chosen)
        }
    }
}

@Composable
private fun Rail(places: List<Destination>, current: String, onGo: (String) -> Unit) {
    Column(
        Modifier.fillMaxHeight().background(palette.surface).widthIn(min = 88.dp).width(if (largeType) 176.dp else 96.dp)
            .verticalScroll(rememberScrollState()).padding(Space.s).selectableGroup(),
        Arrangement.spacedBy(Space.s),
    ) {
        for (place in places) Place(place, place.key == current, onGo, Modifier.fillMaxWidth(), named = true)
    }
}

@Composable
private fun Place(place: Destination, chosen: Boolean, onGo: (String) -> Unit, modifier: Modifier, named: Boolean) {
    val ink = if (chosen) palette.accent else palette.inkMuted
    Column(
        modifier.clip(RoundedCornerShape(Radius.m)).selectable(chosen, role = Role.Tab) { onGo(place.key) }
            .heightIn(min = 56.dp).padding(vertical = Space.xs).semantics { contentDescription = place.label },
        Arrangement.spacedBy(2.dp, Alignment.CenterVertically),
        Alignment.CenterHorizontally,
    ) {
        val ground = if (chosen) palette.accentSoft else palette.surface
        Box(Modifier.clip(RoundedCornerShape(Radius.full)).background(ground).padding(14.dp, 3.dp)) {
            Icon(place.icon, null, Modifier.size(24.dp), ink)
        }
        val small = Type.small.copy(fontSize = Type.small.fontSize * 0.92f)
        if (named) Text(place.label, color = ink, style = small, maxLines = 1, textAlign = TextAlign.Center)
    }
}

/** The title wraps, where the usual bar would clip it at 200 %. */
@Composable
fun TopBar(title: String, onBack: (() -> Unit)? = null, actions: @Composable RowScope.() -> Unit = {}) {
    Row(
        Modifier.fillMaxWidth().heightIn(min = 56.dp).padding(start = if (onBack == null) Space.l else Space.xs, end = Space.xs),
        verticalAlignment = Alignment.CenterVertically,
    ) {
        if (onBack != null) AppIconButton(Icons.back, words.actionBack, onBack)
        Text(title, Modifier.weight(1f).padding(vertical = Space.s).semantics { heading() }, palette.ink, style = Type.title)
        actions()
    }
}

/** A page: bar, what scrolls, and the one act of the page at the bottom, where a thumb is and nothing covers it. */
@Composable
fun Page(
    title: String, onBack: (() -> Unit)? = null, actions: @Composable RowScope.() -> Unit = {},
    bottom: (@Composable () -> Unit)? = null, content: @Composable () -> Unit,
) {
    Column(Modifier.fillMaxSize().background(palette.ground)) {
        TopBar(title, onBack, actions)
        Box(Modifier.weight(1f).fillMaxWidth(), Alignment.TopCenter) { Box(Modifier.widthIn(max = Layout.reading)) { content() } }
        if (bottom != null) {
            HorizontalDivider(color = palette.line)
            Box(Modifier.fillMaxWidth().background(palette.surface).padding(Space.l, Space.m), Alignment.Center) {
                Box(Modifier.widthIn(max = Layout.reading)) { bottom() }
            }
        }
    }
}
