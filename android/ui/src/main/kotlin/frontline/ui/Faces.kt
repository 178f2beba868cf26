package frontline.ui

import androidx.compose.foundation.*
import androidx.compose.foundation.layout.*
import androidx.compose.foundation.selection.selectableGroup
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.*
import androidx.compose.ui.draw.clip
import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.graphics.*
import androidx.compose.ui.graphics.drawscope.Stroke
import androidx.compose.ui.semantics.*
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.*
import frontline.model.Strings

fun Strings.faces5() = listOf(face1, face2, face3, face4, face5)

fun Strings.faces4() = listOf(face41, face42, face43, face44)

/** Worst to best, as many as there are [labels]; [value] counts from 1. Beside their words in a large type. */
@Composable
fun Faces(labels: List<String>, value: Int?, onPick: (Int) -> Unit, modifier: Modifier = Modifier, size: Dp = 48.dp) {
    if (largeType) {
        // Without gaps: all of them are in sight at once, or the best ones are chosen less for where they are.
        Column(modifier.selectableGroup()) {
            labels.forEachIndexed { at, label ->
                Row(
                    Modifier.fillMaxWidth().face(label, at + 1 == value) { onPick(at + 1) }.padding(Space.m, Space.xs),
                    Arrangement.spacedBy(Space.m), Alignment.CenterVertically,
                ) {
                    FaceContent(at, labels, value, minOf(size, 44.dp))
                }
            }
        }
    } else {
        Row(modifier.fillMaxWidth().selectableGroup(), Arrangement.spacedBy(Space.xs)) {
            labels.forEachIndexed { at, label ->
                Column(
                    Modifier.weight(1f).face(label, at + 1 == value) { onPick(at + 1) }.padding(2.dp, Space.m),
                    Arrangement.spacedBy(Space.s), Alignment.CenterHorizontally,
                ) { FaceContent(at, labels, value, size) }
            }
        }
    }
}

@Composable
private fun Modifier.face(label: String, on: Boolean, onClick: () -> Unit): Modifier {
    val shape = RoundedCornerShape(Radius.m)
    val (fill, edge) = if (on) palette.accentSoft to palette.accent else Color.Transparent to Color.Transparent
    return clip(shape).background(fill).border(2.dp, edge, shape).radio(on, onClick).heightIn(min = TouchTarget)
        .semantics { contentDescription = label }
}

@Composable
private fun FaceContent(at: Int, labels: List<String>, value: Int?, size: Dp) {
    val on = at + 1 == value
    val (ink, fill) = if (on) palette.accent to palette.surface else palette.ink to Color.Transparent
    Face(at.toFloat() / (labels.size - 1), ink, fill, Modifier.size(size))
    val said = if (on) palette.accent else palette.inkMuted
    Text(labels[at], color = said, style = if (largeType) Type.label else Type.small, textAlign = TextAlign.Center)
}

/** Drawn, so that it needs no emoji font and looks alike everywhere. [mood] is 0 for the worst and 1 for the best. */
@Composable
fun Face(mood: Float, ink: Color, fill: Color, modifier: Modifier = Modifier) {
    Canvas(modifier) {
        val w = size.width
        val line = w * 0.055f
        drawCircle(fill, w / 2 - line)
        drawCircle(ink, w / 2 - line, style = Stroke(line))
        drawCircle(ink, w * 0.055f, Offset(w * 0.35f, w * 0.4f))
        drawCircle(ink, w * 0.055f, Offset(w * 0.65f, w * 0.4f))
        val bend = (mood - 0.5f) * 0.46f
        val mouth = Path().apply {
            moveTo(w * 0.29f, w * (0.66f - bend / 3))
            quadraticTo(w * 0.5f, w * (0.66f + bend), w * 0.71f, w * (0.66f - bend / 3))
        }
        drawPath(mouth, ink, style = Stroke(line, cap = StrokeCap.Round))
    }
}
