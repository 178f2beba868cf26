package frontline.ui

import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.requiredSize
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.test.assertIsSelected
import androidx.compose.ui.test.junit4.createComposeRule
import androidx.compose.ui.test.onAllNodesWithText
import androidx.compose.ui.test.onNodeWithContentDescription
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performTouchInput
import androidx.compose.ui.test.swipe
import androidx.compose.ui.unit.dp
import frontline.model.En
import frontline.model.Load
import frontline.ffi.OfflineWhy
import frontline.model.Problem
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test

class ComponentTest {
    @get:Rule
    val rule = createComposeRule()

    private fun show(content: @Composable () -> Unit) = rule.setContent { FrontlineTheme(En, dark = false) { content() } }

    @Test
    fun `a PIN is typed and taken back by its keys`() {
        val typed = mutableListOf<Int>()
        show { PinPad(typed.size, 6, { typed += it }, { typed.removeLast() }) }
        for (digit in listOf("4", "0", "7")) rule.onNodeWithContentDescription(En.pinDigit(digit)).performClick()
        rule.onNodeWithContentDescription(En.pinDelete).performClick()
        rule.runOnIdle { assertEquals(listOf(4, 0), typed) }
    }

    @Test
    fun `a slider is set by its buttons alone, and its first step gives the lowest value`() {
        var value by mutableStateOf<Float?>(null)
        show { SliderField("Noise", value, 0f..10f, 5f, value?.toString(), { value = it }) }
        rule.onNodeWithText(En.itemUnanswered).assertExists()
        val seen = List(4) {
            rule.onNodeWithContentDescription(En.actionIncrease("Noise")).performClick()
            rule.runOnIdle { value }
        }
        assertEquals(listOf(0f, 5f, 10f, 10f), seen)
    }

    @Test
    fun `a slider shows and gives the digits of its lowest value, too`() {
        val given = mutableListOf<frontline.ffi.Given>()
        val asked = Asked("noise", frontline.ffi.Control.SLIDER, "slider", "Noise", null, "0.5", "3.5", emptyList(), emptyList(), null, null, 0, "1")
        show { AnswerControl(asked, Gives({ given += it })) }
        repeat(2) { rule.onNodeWithContentDescription(En.actionIncrease("Noise")).performClick() }
        rule.runOnIdle { assertEquals(listOf("0.5", "1.5").map { frontline.ffi.Given.Number(it) }, given) }
    }

    @Test
    fun `picking the chosen answer again takes it back`() {
        var chosen by mutableStateOf<Boolean?>(null)
        show { PassFail(chosen, { chosen = it }) }
        rule.onNodeWithText(En.itemFail).performClick().assertIsSelected()
        rule.onNodeWithText(En.itemFail).performClick()
        rule.runOnIdle { assertEquals(null, chosen) }
    }

    @Test
    fun `a face is picked by its name and counts from 1`() {
        var score = 0
        show { Faces(En.faces5(), null, { score = it }) }
        rule.onNodeWithContentDescription(En.face5).performClick()
        rule.runOnIdle { assertEquals(5, score) }
    }

    @Test
    fun `a signature is drawn, in parts of the width, and cleared by a button`() {
        var strokes by mutableStateOf<frontline.model.Strokes>(emptyList())
        show { SignaturePad(En.itemSignHere, strokes, { strokes = it }) }
        rule.onNodeWithContentDescription(En.itemSignHere).performTouchInput { swipe(Offset(width * 0.2f, 40f), Offset(width * 0.6f, 60f), 200) }
        rule.runOnIdle {
            assertTrue("${strokes.size}", strokes.single().size > 2)
            assertTrue(strokes.single().all { it.x in 0.1f..0.7f })
        }
        rule.onNodeWithText(En.actionClear).performClick()
        rule.runOnIdle { assertEquals(emptyList<Any>(), strokes) }
    }

    @Test
    fun `a destructive act waits for the second word`() {
        val acts = mutableListOf<String>()
        show { Confirm(En.contactVoid, En.contactVoidDetail, En.contactVoid + "!", { acts += "void" }, { acts += "cancel" }) }
        rule.onNodeWithText(En.actionCancel).performClick()
        rule.onNodeWithText(En.contactVoid + "!").performClick()
        rule.runOnIdle { assertEquals(listOf("cancel", "void"), acts) }
    }

    @Test
    fun `each state shows itself and nothing of the others`() {
        var load by mutableStateOf<Load<String>>(Load.Loading)
        var tries = 0
        show { StateOf(load, { tries++ }) { Text(it) } }
        rule.onNodeWithContentDescription(En.stateLoading).assertExists()
        load = Load.Failed(Problem.Offline(OfflineWhy.NO_NETWORK))
        rule.onNodeWithText(En.errorOffline).assertExists()
        rule.onNodeWithText(En.actionRetry).performClick()
        rule.runOnIdle { assertEquals(1, tries) }
        load = Load.Empty
        rule.onNodeWithText(En.stateEmpty).assertExists()
        load = Load.Ready("here")
        rule.onNodeWithText("here").assertExists()
        rule.onAllNodesWithText(En.stateEmpty).fetchSemanticsNodes().let { assertEquals(0, it.size) }
    }

    @Test
    fun `a phone shows the detail over the list, a tablet beside it`() {
        var width by mutableStateOf(360)
        show {
            Box(Modifier.requiredSize(width.dp, 640.dp)) {
                AppScaffold(places(En), "today", {}, { Text("detail") }) { Text("list") }
            }
        }
        fun counts() = listOf("list", "detail", En.navToday).map { rule.onAllNodesWithText(it, useUnmergedTree = true).fetchSemanticsNodes().size }
        assertEquals(listOf(0, 1, 0), counts())
        width = 700
        assertEquals(listOf(0, 1, 1), counts())
        width = 1000
        assertEquals(listOf(1, 1, 1), counts())
    }
}
