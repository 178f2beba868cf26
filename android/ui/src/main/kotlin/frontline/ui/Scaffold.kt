package frontline.ui

import androidx.compose.foundation.*
import androidx.compose.foundation.layout.*
import androidx.compose.foundation.selection.*
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material3.*
import androidx.compose.runtime.*
import androidx.compose.ui.*
import androidx.compose.ui.draw.clip
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.semantics.*
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.dp

data class Destination(val key: String, val label: String, val icon: ImageVector)

/** What is open beside this list. */
private val LocalOpen = compositionLocalOf<String?> { null }

/** The list stays beside this page, so that there is no way back to it. */
private val LocalBeside = compositionLocalOf { false }

/** Whether the row that opens this is the one that is open beside it. */
@Composable
fun opens(vararg route: String) = LocalOpen.current == route.joinToString("/")

/**
 * A bar below on a phone, a rail beside on a tablet, and from [Layout.twoPanes] on the list stays while [detail] is open.
 * With one pane the detail covers the list and the bar, so that its own buttons lie under the thumb. [opened]: what was opened
 * over the list, one over the other.
 */
@Composable
fun AppScaffold(
    places: List<Destination>, current: String, onGo: (String) -> Unit, detail: (@Composable () -> Unit)? = null,
    opened: List<String> = emptyList(), list: @Composable () -> Unit,
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
                    val open = opened.firstOrNull()
                    Box(Modifier.width(Layout.listPane)) { CompositionLocalProvider(LocalOpen provides open, list) }
                    VerticalDivider(color = palette.line)
                }
                Box(Modifier.weight(1f)) {
                    val first = wide && opened.size < 2
                    if (detail != null) CompositionLocalProvider(LocalBeside provides first, detail)
                    else if (!wide) list() else EmptyState(words.stateEmpty, icon = Icons.procedures)
                }
            }
        }
    }
}

@Composable
private fun BottomBar(places: List<Destination>, current: String, onGo: (String) -> Unit) {
    HorizontalDivider(color = palette.line)
    Row(Modifier.fillMaxWidth().background(palette.surface).padding(Space.xs).selectableGroup()) {
        // Five words beside each other have room to grow a little and no more; each stays where it was learnt.
        for (place in places) Place(place, place.key == current, onGo, Modifier.weight(1f), 1.05f)
    }
}

@Composable
private fun Rail(places: List<Destination>, current: String, onGo: (String) -> Unit) {
    Column(
        Modifier.fillMaxHeight().background(palette.surface).widthIn(min = 88.dp).width(if (largeType) 176.dp else 96.dp)
            .verticalScroll(rememberScrollState()).padding(Space.s).selectableGroup(),
        Arrangement.spacedBy(Space.s),
    ) {
        for (place in places) Place(place, place.key == current, onGo, Modifier.fillMaxWidth(), 2f)
    }
}

@Composable
private fun Place(place: Destination, chosen: Boolean, onGo: (String) -> Unit, modifier: Modifier, most: Float) {
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
        Capped(most) { Text(place.label, color = ink, style = small, maxLines = 1, textAlign = TextAlign.Center) }
    }
}

/** The title wraps, where the usual bar would clip it at 200 %. */
@Composable
fun TopBar(title: String, onBack: (() -> Unit)? = null, actions: @Composable RowScope.() -> Unit = {}) {
    val back = onBack.takeIf { !LocalBeside.current }
    Row(
        Modifier.fillMaxWidth().heightIn(min = 56.dp).padding(start = if (back == null) Space.l else Space.xs, end = Space.xs),
        verticalAlignment = Alignment.CenterVertically,
    ) {
        if (back != null) AppIconButton(Icons.back, words.actionBack, back)
        if (title.isEmpty()) Spacer(Modifier.weight(1f))
        else Text(title, Modifier.weight(1f).padding(vertical = Space.s).semantics { heading() }, palette.ink, style = Type.title)
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
