package frontline.ui

import androidx.compose.ui.semantics.SemanticsActions
import androidx.compose.ui.semantics.SemanticsNode
import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.semantics.getOrNull
import androidx.compose.ui.test.SemanticsNodeInteraction
import androidx.compose.ui.test.junit4.ComposeContentTestRule
import androidx.compose.ui.test.onRoot
import org.junit.Assert.assertEquals

/** Fails on a control that a screen reader cannot name or a finger cannot hit. */
fun ComposeContentTestRule.assertAccessible() = assertEquals(emptyList<String>(), onRoot().accessibilityFindings(density.density))

/** Every finding as one line; empty means that the tree passes. [density] is the test's px per dp. */
fun SemanticsNodeInteraction.accessibilityFindings(density: Float, least: Float = TouchTarget.value): List<String> {
    val findings = mutableListOf<String>()
    fun visit(node: SemanticsNode) {
        val c = node.config
        val types = c.contains(SemanticsActions.SetText)
        if (c.contains(SemanticsActions.OnClick) || c.contains(SemanticsActions.SetProgress) || types) {
            val name = listOfNotNull(
                c.getOrNull(SemanticsProperties.ContentDescription)?.joinToString(" "),
                c.getOrNull(SemanticsProperties.Text)?.joinToString(" ") { it.text },
                c.getOrNull(SemanticsActions.OnClick)?.label,
            ).firstOrNull { it.isNotBlank() }
            val where = "#${node.id} ${name ?: c.toString().take(80)}"
            if (name == null) findings += "no name: $where"
            // The laid-out size, not touchBoundsInRoot: that one is always widened to 48 dp, so it never fails.
            val width = node.size.width / density
            val height = node.size.height / density
            if ((width < least - 0.5f || height < least - 0.5f) && !c.contains(SemanticsActions.SetProgress)) findings += "touch target %.0f x %.0f dp: %s".format(width, height, where)
            if (c.contains(SemanticsActions.OnClick) && !c.contains(SemanticsProperties.Role) && !types) findings += "no role: $where"
        }
        node.children.forEach(::visit)
    }
    visit(fetchSemanticsNode())
    return findings
}
