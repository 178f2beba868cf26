package frontline.ui

import androidx.compose.foundation.*
import androidx.compose.foundation.layout.*
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material3.*
import androidx.compose.runtime.Composable
import androidx.compose.ui.*
import androidx.compose.ui.draw.clip
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.semantics.*
import androidx.compose.ui.unit.dp

@Composable
fun SectionHeader(title: String, modifier: Modifier = Modifier, aside: String? = null) {
    Row(modifier.fillMaxWidth().padding(top = Space.l, bottom = Space.s), Arrangement.spacedBy(Space.s), Alignment.Bottom) {
        Text(title, Modifier.weight(1f).semantics { heading() }, palette.ink, style = Type.heading)
        if (aside != null) Muted(aside, Type.label)
    }
}

/** Rows that belong together, on one surface. */
@Composable
fun Group(modifier: Modifier = Modifier, content: @Composable ColumnScope.() -> Unit) =
    Surface(modifier.fillMaxWidth(), RoundedCornerShape(Radius.m), palette.surface, border = BorderStroke(1.dp, palette.line)) {
        Column(content = content)
    }

@Composable
fun GroupLine() = HorizontalDivider(Modifier.padding(horizontal = Space.l), color = palette.line)

/**
 * The whole row is one target and is read as one. [here]: it is open beside it. [chips] stand under the words, where a large
 * type leaves them room.
 */
@Composable
fun ListRow(
    title: String, modifier: Modifier = Modifier, detail: String? = null, icon: ImageVector? = null, tone: Tone = Tone.Neutral,
    onClick: (() -> Unit)? = null, here: Boolean = false, chips: (@Composable () -> Unit)? = null,
) {
    val touch = if (onClick == null) Modifier.semantics(mergeDescendants = true) {}
        else Modifier.clickable(role = Role.Button, onClick = onClick)
    Row(
        modifier.fillMaxWidth().background(if (here) palette.accentSoft else Color.Transparent).then(touch)
            .semantics { if (here) selected = true }
            .heightIn(min = 56.dp).padding(Space.l, Space.m),
        Arrangement.spacedBy(Space.m),
        if (largeType) Alignment.Top else Alignment.CenterVertically,
    ) {
        // The tile adds to the words and says nothing of its own: in a large type the words get its room.
        if (icon != null && !largeType) {
            Box(Modifier.size(40.dp).clip(RoundedCornerShape(Radius.m)).background(tone.soft), Alignment.Center) {
                Icon(icon, null, Modifier.size(22.dp), tone.ink)
            }
        }
        Column(Modifier.weight(1f), Arrangement.spacedBy(Space.xs)) {
            Said(title, Type.strong)
            if (detail != null) Muted(detail, Type.label)
            if (chips != null) Flow(Modifier.padding(top = Space.xs)) { chips() }
        }
        if (onClick != null) Icon(Icons.forward, null, Modifier.size(20.dp.besideWords), palette.inkMuted)
    }
}

/** A state in three ways at once: picture, words, colour. */
@Composable
fun StatusChip(label: String, tone: Tone, icon: ImageVector = tone.icon, modifier: Modifier = Modifier) {
    Row(
        modifier.clip(RoundedCornerShape(Radius.s)).background(tone.soft).padding(Space.s, 3.dp),
        Arrangement.spacedBy(Space.xs),
        Alignment.CenterVertically,
    ) {
        Icon(icon, null, Modifier.size(16.dp.besideWords), tone.ink)
        Text(label, color = tone.ink, style = Type.label)
    }
}

@Composable
fun Progress(label: String, done: Int, total: Int, modifier: Modifier = Modifier) {
    val part = if (total == 0) 0f else done.toFloat() / total
    Column(
        modifier.fillMaxWidth().semantics(mergeDescendants = true) { progressBarRangeInfo = ProgressBarRangeInfo(part, 0f..1f) },
        Arrangement.spacedBy(Space.s),
    ) {
        Muted(label, Type.label)
        Box(Modifier.fillMaxWidth().height(Space.s).clip(RoundedCornerShape(Radius.full)).background(palette.line)) {
            Box(Modifier.fillMaxWidth(part).fillMaxHeight().clip(RoundedCornerShape(Radius.full)).background(palette.accent))
        }
    }
}
