package frontline.ui

import androidx.compose.foundation.*
import androidx.compose.foundation.layout.*
import androidx.compose.foundation.selection.*
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material3.*
import androidx.compose.runtime.Composable
import androidx.compose.ui.*
import androidx.compose.ui.draw.clip
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.semantics.*
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.dp

/** One of several, of which one is chosen. */
fun Modifier.radio(on: Boolean, onClick: () -> Unit) = selectable(on, role = Role.RadioButton, onClick = onClick)

data class Option(val key: String, val label: String, val detail: String? = null)

/** One of a list, or any of it; the whole row is the target. */
@Composable
fun Choices(options: List<Option>, chosen: Set<String>, many: Boolean, onPick: (String) -> Unit, modifier: Modifier = Modifier) {
    Group(modifier.selectableGroup()) {
        options.forEachIndexed { at, option ->
            if (at > 0) HorizontalDivider(color = palette.line)
            val on = option.key in chosen
            val pick = { onPick(option.key) }
            val act = if (many) Modifier.toggleable(on, role = Role.Checkbox) { pick() } else Modifier.radio(on, pick)
            Row(
                act.fillMaxWidth().background(if (on) palette.accentSoft else Color.Transparent).heightIn(min = 52.dp)
                    .padding(Space.l, Space.m),
                Arrangement.spacedBy(Space.m), Alignment.CenterVertically,
            ) {
                val icon = if (many) (if (on) Icons.boxChecked else Icons.box) else if (on) Icons.chosen else Icons.choice
                Icon(icon, null, Modifier.size(24.dp.besideWords), if (on) palette.accent else palette.outline)
                Column(Modifier.weight(1f)) {
                    Said(option.label)
                    if (option.detail != null) Muted(option.detail, Type.label)
                }
            }
        }
    }
}

/** A few short ones in a row that wraps, of which one is chosen. */
@Composable
fun Picks(options: List<Option>, chosen: String?, onPick: (String) -> Unit) = Flow(Modifier.selectableGroup()) {
    for (option in options) {
        val on = option.key == chosen
        val shape = RoundedCornerShape(Radius.m)
        Row(
            Modifier.clip(shape).background(if (on) palette.accentSoft else palette.surface)
                .border(if (on) 2.dp else 1.dp, if (on) palette.accent else palette.outline, shape)
                .radio(on) { onPick(option.key) }.sizeIn(minWidth = TouchTarget, minHeight = TouchTarget).padding(Space.m, Space.s),
            Arrangement.spacedBy(Space.xs, Alignment.CenterHorizontally), Alignment.CenterVertically,
        ) {
            if (on) Icon(Icons.check, null, Modifier.size(18.dp.besideWords), palette.accent)
            Text(option.label, color = if (on) palette.accent else palette.ink, style = Type.label)
        }
    }
}

data class Segment(val key: String, val label: String, val icon: ImageVector, val tone: Tone)

/** A few answers side by side, under each other in a large type. Picking the chosen one again takes the answer back. */
@Composable
fun Segments(options: List<Segment>, chosen: String?, onPick: (String?) -> Unit, modifier: Modifier = Modifier) {
    val pick = { option: Segment -> onPick(if (option.key == chosen) null else option.key) }
    if (largeType) {
        Column(modifier.selectableGroup(), Arrangement.spacedBy(Space.s)) {
            for (option in options) SegmentBox(option, option.key == chosen, { pick(option) }, Modifier.fillMaxWidth())
        }
    } else {
        Row(modifier.selectableGroup(), Arrangement.spacedBy(Space.s)) {
            for (option in options) SegmentBox(option, option.key == chosen, { pick(option) }, Modifier.weight(1f))
        }
    }
}

@Composable
private fun SegmentBox(option: Segment, on: Boolean, onClick: () -> Unit, modifier: Modifier) {
    val shape = RoundedCornerShape(Radius.m)
    Row(
        modifier.clip(shape).background(if (on) option.tone.soft else palette.surface)
            .border(if (on) 2.dp else 1.dp, if (on) option.tone.ink else palette.outline, shape)
            .radio(on, onClick).heightIn(min = 52.dp).padding(Space.m, Space.s),
        Arrangement.spacedBy(Space.s, Alignment.CenterHorizontally), Alignment.CenterVertically,
    ) {
        Icon(option.icon, null, Modifier.size(22.dp.besideWords), if (on) option.tone.ink else palette.inkMuted)
        Text(option.label, color = if (on) option.tone.ink else palette.ink, style = Type.strong)
    }
}

@Composable
fun PassFail(chosen: Boolean?, onPick: (Boolean?) -> Unit) =
    Two(Segment("yes", words.itemPass, Icons.good, Tone.Good), Segment("no", words.itemFail, Icons.wrong, Tone.Wrong), chosen, onPick)

@Composable
fun YesNo(chosen: Boolean?, onPick: (Boolean?) -> Unit) =
    Two(Segment("yes", words.itemYes, Icons.check, Tone.Accent), Segment("no", words.itemNo, Icons.close, Tone.Accent), chosen, onPick)

@Composable
private fun Two(yes: Segment, no: Segment, chosen: Boolean?, onPick: (Boolean?) -> Unit) =
    Segments(listOf(yes, no), chosen?.let { if (it) yes.key else no.key }, { key -> onPick(key?.let { it == yes.key }) })

/** Stars that are named by their number: a screen reader hears "3 stars", not a picture. */
@Composable
fun Rating(value: Int?, of: Int, onPick: (Int) -> Unit, modifier: Modifier = Modifier) {
    FlowRow(modifier.selectableGroup()) {
        for (n in 1..of) {
            val on = value != null && n <= value
            val name = words.itemStars(n)
            Box(
                Modifier.clip(RoundedCornerShape(Radius.m)).radio(n == value) { onPick(n) }.size(52.dp)
                    .semantics { contentDescription = name },
                Alignment.Center,
            ) { Icon(if (on) Icons.starFilled else Icons.star, null, Modifier.size(32.dp), if (on) palette.accent else palette.outline) }
        }
    }
}

/** A row of numbers with words at both ends, as the net promoter score asks: wraps rather than shrinks. */
@Composable
fun Scale(range: IntRange, value: Int?, low: String, high: String, onPick: (Int) -> Unit, modifier: Modifier = Modifier) {
    Column(modifier, Arrangement.spacedBy(Space.s)) {
        FlowRow(Modifier.selectableGroup(), Arrangement.spacedBy(6.dp), Arrangement.spacedBy(6.dp)) {
            for (n in range) {
                val on = n == value
                val shape = RoundedCornerShape(Radius.m)
                val (fill, edge) = if (on) palette.accent to palette.accent else palette.surface to palette.outline
                Box(
                    Modifier.clip(shape).background(fill).border(1.dp, edge, shape).radio(on) { onPick(n) }
                        .sizeIn(minWidth = TouchTarget, minHeight = TouchTarget).padding(Space.xs),
                    Alignment.Center,
                ) { Text(n.toString(), color = if (on) palette.onAccent else palette.ink, style = Type.strong) }
            }
        }
        Ends(low, high)
    }
}

@Composable
private fun Ends(low: String, high: String) = Row(Modifier.fillMaxWidth(), Arrangement.spacedBy(Space.l)) {
    End(low, TextAlign.Start)
    End(high, TextAlign.End)
}

@Composable
private fun RowScope.End(label: String, align: TextAlign) =
    Text(label, Modifier.weight(1f), palette.inkMuted, style = Type.small, textAlign = align)
