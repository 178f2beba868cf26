package frontline.ui

import androidx.compose.foundation.BorderStroke
import androidx.compose.foundation.layout.*
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.material3.*
import androidx.compose.runtime.Composable
import androidx.compose.ui.*
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.semantics.*
import androidx.compose.ui.text.input.*
import androidx.compose.ui.text.style.*

/** The label stands above and stays there: in a large type one inside the field is cut. */
@Composable
fun Field(
    label: String, value: String, onValue: (String) -> Unit, modifier: Modifier = Modifier, hint: String? = null,
    wrong: String? = null, enabled: Boolean = true, lines: Int = 1, keyboard: KeyboardType = KeyboardType.Text,
    unit: String? = null, centred: Boolean = false, hideLabel: Boolean = false,
    transformation: VisualTransformation = VisualTransformation.None,
) {
    Column(modifier, Arrangement.spacedBy(Space.xs)) {
        if (!hideLabel) Said(label, Type.label)
        OutlinedTextField(
            value, onValue,
            Modifier.fillMaxWidth().semantics {
                contentDescription = label
                if (wrong != null) error(wrong)
            },
            enabled,
            // Numbers and addresses run from left to right in every language.
            textStyle = Type.body.copy(
                textAlign = if (centred) TextAlign.Center else if (words.rightToLeft) TextAlign.Right else TextAlign.Left,
                textDirection = if (keyboard == KeyboardType.Text) TextDirection.Content else TextDirection.Ltr,
            ),
            suffix = unit?.let { { Text(it, color = palette.inkMuted, style = Type.body.copy(textDirection = TextDirection.Content)) } },
            isError = wrong != null,
            visualTransformation = transformation,
            keyboardOptions = KeyboardOptions(keyboardType = keyboard, imeAction = if (lines > 1) ImeAction.Default else ImeAction.Done),
            singleLine = lines == 1,
            minLines = lines,
            shape = RoundedCornerShape(Radius.m),
            colors = OutlinedTextFieldDefaults.colors(
                focusedContainerColor = palette.surface, unfocusedContainerColor = palette.surface, errorContainerColor = palette.surface,
                disabledContainerColor = palette.sunken, disabledTextColor = palette.inkMuted,
            ),
        )
        if (wrong != null) StatusChip(wrong, Tone.Wrong) else if (hint != null) Muted(hint, Type.small)
    }
}

@Composable
private fun Stepper(icon: ImageVector, name: String, onClick: () -> Unit, enabled: Boolean = true) =
    OutlinedIconButton(
        onClick, Modifier.size(TouchTarget), enabled, RoundedCornerShape(Radius.m),
        border = BorderStroke(Elevation.raised, palette.outline), colors = IconButtonDefaults.outlinedIconButtonColors(palette.surface),
    ) { Icon(icon, name, tint = if (enabled) palette.accent else palette.inkMuted) }

/** A number by keys, or by the two buttons where a glove is on. */
@Composable
fun NumberField(
    label: String, value: String, onValue: (String) -> Unit, onStep: (Int) -> Unit, modifier: Modifier = Modifier,
    unit: String? = null, hint: String? = null, wrong: String? = null, hideLabel: Boolean = false,
) {
    Column(modifier, Arrangement.spacedBy(Space.xs)) {
        if (!hideLabel) Said(label, Type.label)
        Row(horizontalArrangement = Arrangement.spacedBy(Space.s), verticalAlignment = Alignment.CenterVertically) {
            Stepper(Icons.remove, words.actionDecrease(label), { onStep(-1) })
            val middle = Modifier.weight(1f)
            Field(label, value, onValue, middle, keyboard = KeyboardType.Decimal, unit = unit, centred = true, hideLabel = true)
            Stepper(Icons.add, words.actionIncrease(label), { onStep(1) })
        }
        if (wrong != null) StatusChip(wrong, Tone.Wrong) else if (hint != null) Muted(hint, Type.small)
    }
}

/** [shown] is the value as the core writes it; null before there is an answer, so that no value looks given. */
@Composable
fun SliderField(
    label: String, value: Float?, range: ClosedFloatingPointRange<Float>, step: Float, shown: String?, onValue: (Float) -> Unit,
    modifier: Modifier = Modifier, onDone: (Float) -> Unit = {},
) {
    val at = value ?: range.start
    fun go(by: Float) {
        val to = if (value == null) range.start else (at + by).coerceIn(range.start, range.endInclusive)
        onValue(to)
        onDone(to)
    }
    // More stops than a finger can tell apart are none.
    val stops = ((range.endInclusive - range.start) / step).toInt() - 1
    val state = shown ?: words.itemUnanswered
    Column(modifier, Arrangement.spacedBy(Space.xs)) {
        Row(Modifier.fillMaxWidth(), Arrangement.spacedBy(Space.s), Alignment.CenterVertically) {
            Text(label, Modifier.weight(1f), palette.ink, style = Type.label)
            if (shown == null) Muted(state, Type.label) else Said(state, Type.heading)
        }
        Row(verticalAlignment = Alignment.CenterVertically, horizontalArrangement = Arrangement.spacedBy(Space.s)) {
            Stepper(Icons.remove, words.actionDecrease(label), { go(-step) })
            Slider(
                at, onValue, Modifier.weight(1f).semantics { contentDescription = label; stateDescription = state },
                onValueChangeFinished = { onDone(at) }, valueRange = range, steps = if (stops in 0..24) stops else 0,
                colors = SliderDefaults.colors(
                    thumbColor = if (value == null) palette.outline else palette.accent, activeTrackColor = palette.accent,
                    inactiveTrackColor = palette.line, inactiveTickColor = palette.outline,
                ),
            )
            Stepper(Icons.add, words.actionIncrease(label), { go(step) })
        }
    }
}
