package frontline.ui

import androidx.compose.foundation.*
import androidx.compose.foundation.gestures.detectDragGestures
import androidx.compose.foundation.layout.*
import androidx.compose.foundation.shape.*
import androidx.compose.material3.*
import androidx.compose.runtime.*
import androidx.compose.ui.*
import androidx.compose.ui.draw.clip
import androidx.compose.ui.geometry.*
import androidx.compose.ui.graphics.*
import androidx.compose.ui.graphics.drawscope.Stroke
import androidx.compose.ui.input.pointer.pointerInput
import androidx.compose.ui.platform.LocalLayoutDirection
import androidx.compose.ui.semantics.*
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.*
import frontline.model.*

/** Drawing is a gesture, so whoever cannot draw types instead ([onType]); clearing and undoing are buttons. */
@Composable
fun SignaturePad(
    name: String, strokes: Strokes, onStrokes: (Strokes) -> Unit, modifier: Modifier = Modifier, onType: (() -> Unit)? = null,
) {
    val change by rememberUpdatedState(onStrokes)
    // Several points come between two frames: each goes on from the one before, not from what was last shown.
    val now = remember { arrayOf(strokes) }
    SideEffect { now[0] = strokes }
    fun draw(next: Strokes) = change(next.also { now[0] = it })
    val base = palette.outline
    val state = words.itemStrokes(strokes.size)
    // When the first point was drawn; a drawing that was begun before goes on where its clock stood.
    val begun = remember { longArrayOf(0) }
    fun dot(at: Offset, width: Int): Dot {
        val clock = System.nanoTime() / NS_A_MS
        if (begun[0] == 0L || now[0].isEmpty()) begun[0] = clock - (now[0].lastOrNull()?.lastOrNull()?.atMs ?: 0)
        return Dot(at.x / width, at.y / width, (clock - begun[0]).toInt())
    }
    Column(modifier, Arrangement.spacedBy(Space.s)) {
        Box(
            Modifier.padFrame()
                .pointerInput(Unit) {
                    detectDragGestures(onDragStart = { draw(now[0] + listOf(listOf(dot(it, size.width)))) }) { event, _ ->
                        event.consume()
                        now[0].lastOrNull()?.let { draw(now[0].dropLast(1) + listOf(it + dot(event.position, size.width))) }
                    }
                }
                .semantics { contentDescription = name; stateDescription = state },
        ) {
            Canvas(Modifier.matchParentSize()) {
                val low = size.height * 0.78f
                drawLine(base, Offset(size.width * 0.08f, low), Offset(size.width * 0.92f, low), 1.dp.toPx())
            }
            Ink(strokes)
            if (strokes.isEmpty()) Text(name, Modifier.align(Alignment.Center).clearAndSetSemantics {}, palette.inkMuted, style = Type.body)
        }
        Flow(Modifier.offset(-Space.s), Space.xs) {
            Quiet(words.actionUndo, enabled = strokes.isNotEmpty()) { onStrokes(strokes.dropLast(1)) }
            Quiet(words.actionClear, enabled = strokes.isNotEmpty()) { onStrokes(emptyList()) }
            if (onType != null) Quiet(words.itemSignType, onClick = onType)
        }
    }
}

private const val NS_A_MS = 1_000_000L

/** Where is drawn, and where it is shown again. */
@Composable
internal fun Modifier.padFrame() = fillMaxWidth().aspectRatio(PAD).clip(RoundedCornerShape(Radius.m)).background(palette.surface)
    .border(BorderStroke(1.dp, palette.outline), RoundedCornerShape(Radius.m))

/** Lines as they were drawn, as wide as there is room. */
@Composable
internal fun BoxScope.Ink(strokes: Strokes) {
    val ink = palette.ink
    Canvas(Modifier.matchParentSize()) {
        for (line in strokes) {
            val path = Path()
            line.forEachIndexed { at, p ->
                if (at == 0) path.moveTo(p.x * size.width, p.y * size.width) else path.lineTo(p.x * size.width, p.y * size.width)
            }
            // A point alone is a line to itself, or it would not be there.
            line.singleOrNull()?.let { path.lineTo(it.x * size.width, it.y * size.width) }
            drawPath(path, ink, style = Stroke(2.5.dp.toPx(), cap = StrokeCap.Round, join = StrokeJoin.Round))
        }
    }
}

/** The core counts; this shows what it counted. Read as minutes and seconds, not as a ratio of two numbers. */
@Composable
fun TimerFace(seconds: Int, state: String, running: Boolean, modifier: Modifier = Modifier) {
    val name = words.timerFace(seconds / 60, seconds % 60)
    val track = palette.line
    val hand = if (running) palette.accent else palette.inkMuted
    Box(modifier.size(176.dp.besideWords).semantics(mergeDescendants = true) { contentDescription = "$name, $state" }, Alignment.Center) {
        Canvas(Modifier.matchParentSize()) {
            val width = 6.dp.toPx()
            val side = minOf(size.width, size.height) - width
            val at = Offset((size.width - side) / 2, (size.height - side) / 2)
            val box = Size(side, side)
            drawArc(track, 0f, 360f, false, at, box, style = Stroke(width))
            drawArc(hand, -90f, seconds % 60 * 6f, false, at, box, style = Stroke(width, cap = StrokeCap.Round))
        }
        Column(Modifier.clearAndSetSemantics {}, horizontalAlignment = Alignment.CenterHorizontally) {
            val face = if (seconds < 6000) Type.display else Type.title
            Said("${seconds / 60}:${(seconds % 60).toString().padStart(2, '0')}", face.copy(fontFeatureSettings = "tnum"))
            Text(state, color = hand, style = Type.label)
        }
    }
}

/** Digits stay in the order of a telephone in every language. What was typed is counted, never shown or read out. */
@Composable
fun PinPad(
    typed: Int, length: Int, onDigit: (Int) -> Unit, onDelete: () -> Unit, modifier: Modifier = Modifier, wrong: String? = null,
    enabled: Boolean = true,
) {
    val said = words.pinTyped(typed)
    Column(modifier, Arrangement.spacedBy(Space.l), Alignment.CenterHorizontally) {
        CompositionLocalProvider(LocalLayoutDirection provides LayoutDirection.Ltr) {
            Row(
                Modifier.heightIn(min = Space.xl).semantics { contentDescription = said; liveRegion = LiveRegionMode.Polite },
                Arrangement.spacedBy(Space.m), Alignment.CenterVertically,
            ) {
                for (n in 1..length) {
                    val (fill, edge) = if (n <= typed) palette.accent to palette.accent else palette.surface to palette.outline
                    Box(Modifier.size(16.dp).clip(CircleShape).background(fill).border(2.dp, edge, CircleShape))
                }
            }
        }
        if (wrong != null) Notice(Tone.Wrong, wrong)
        CompositionLocalProvider(LocalLayoutDirection provides LayoutDirection.Ltr) {
            Stack {
                for (row in listOf(listOf(1, 2, 3), listOf(4, 5, 6), listOf(7, 8, 9), listOf(null, 0, -1))) {
                    Row(horizontalArrangement = Arrangement.spacedBy(Space.s)) {
                        for (key in row) Key(key, enabled) { if (key == -1) onDelete() else if (key != null) onDigit(key) }
                    }
                }
            }
        }
    }
}

@Composable
private fun Key(key: Int?, enabled: Boolean, onClick: () -> Unit) {
    if (key == null) return Box(Modifier.size(88.dp, 64.dp))
    val name = if (key < 0) words.pinDelete else words.pinDigit(key.toString())
    Box(
        Modifier.clip(RoundedCornerShape(Radius.l)).background(if (key < 0) palette.ground else palette.surface)
            .clickable(enabled, role = Role.Button, onClick = onClick).size(88.dp, 64.dp).semantics { contentDescription = name },
        Alignment.Center,
    ) {
        if (key < 0) Icon(Icons.backspace, null, tint = palette.ink)
        else Text(key.toString(), color = if (enabled) palette.ink else palette.inkMuted, style = Type.title, textAlign = TextAlign.Center)
    }
}
