package frontline.journeys

import androidx.compose.ui.semantics.SemanticsActions
import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.test.SemanticsMatcher
import androidx.compose.ui.test.hasClickAction
import androidx.compose.ui.test.hasContentDescription
import androidx.compose.ui.test.hasScrollToNodeAction
import androidx.compose.ui.test.hasSetTextAction
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.isEnabled
import androidx.compose.ui.test.junit4.ComposeContentTestRule
import androidx.compose.ui.test.onFirst
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import androidx.compose.ui.test.performScrollToNode
import androidx.compose.ui.test.performTextReplacement
import androidx.compose.ui.test.printToString
import androidx.compose.ui.test.onRoot

/** Reads and touches the screen as a person does: by words, scrolling to what is not in sight, waiting for what is slow. */
class Hands(private val rule: ComposeContentTestRule) {
    init {
        // A spinner never rests: the clock is stepped by hand.
        rule.mainClock.autoAdvance = false
    }

    private fun said(words: String) = hasText(words) or hasContentDescription(words)

    fun <T> until(what: String, seconds: Int = 30, find: () -> T?): T {
        val end = System.nanoTime() + seconds * 1_000_000_000L
        while (true) {
            find()?.let { return it }
            check(System.nanoTime() < end) { "no $what on\n${rule.onRoot().printToString(30).lines().filter { "Text" in it || "ContentDesc" in it }.joinToString("\n")}" }
            frame()
        }
    }

    fun frame(times: Int = 1) = repeat(times) {
        rule.mainClock.advanceTimeByFrame()
        Thread.sleep(4)
    }

    /** A scroll is an animation: it waits for a clock that goes by itself. */
    private fun moving(scroll: () -> Unit) {
        rule.mainClock.autoAdvance = true
        try {
            scroll()
        } finally {
            rule.mainClock.autoAdvance = false
        }
    }

    private fun there(matcher: SemanticsMatcher) = rule.onAllNodes(matcher).fetchSemanticsNodes().isNotEmpty()

    /** In sight, or brought there by scrolling whatever scrolls. */
    fun reach(matcher: SemanticsMatcher, what: String): Unit {
        var tries = 0
        until(what) { reached(matcher, tries++) }
    }

    /** Scrolling through a whole list is slow, so it is done now and then. */
    private fun reached(matcher: SemanticsMatcher, tries: Int): Unit? {
        if (there(matcher)) return Unit
        if (tries % 12 != 3) return null
        val lists = rule.onAllNodes(hasScrollToNodeAction())
        for (at in lists.fetchSemanticsNodes().indices) try {
            moving { lists[at].performScrollToNode(matcher) }
            return Unit
        } catch (_: AssertionError) {
        } catch (_: IllegalStateException) {
        }
        return null
    }

    fun see(words: String) = reach(said(words), "'$words'")

    fun seePart(words: String) = reach(hasText(words, substring = true), "'…$words…'")

    fun sees(words: String) = there(said(words))

    fun gone(words: String) = until("end of '$words'") { Unit.takeIf { !sees(words) } }

    /** A number is stored: until its Save is gone, the next one's is another button of the same words. */
    fun save() {
        val save = said(frontline.model.En.actionSave) and hasClickAction() and isEnabled()
        press(save, frontline.model.En.actionSave)
        until("the end of saving") { Unit.takeIf { !there(save) } }
    }

    fun tap(words: String) = press((said(words)) and hasClickAction() and isEnabled(), words)

    /** Within the card whose first words are [card]. */
    fun press(matcher: SemanticsMatcher, what: String) {
        // Drawn anew between a look and a touch, a control is looked for again, as a person does.
        repeat(3) { if (pressed(matcher, what)) return }
        reach(matcher, "'$what' to touch")
        rule.onAllNodes(matcher).onFirst().performClick()
        frame(4)
    }

    private fun pressed(matcher: SemanticsMatcher, what: String): Boolean {
        reach(matcher, "'$what' to touch")
        val node = rule.onAllNodes(matcher).onFirst()
        try {
            moving { node.performScrollTo() }
        } catch (_: AssertionError) {
        }
        frame()
        if (!there(matcher)) return false
        try {
            node.performClick()
        } catch (_: AssertionError) {
            return false
        }
        frame(4)
        return true
    }

    fun type(label: String, text: String) {
        val field = hasSetTextAction() and hasContentDescription(label)
        reach(field, "field '$label'")
        rule.onAllNodes(field).onFirst().performTextReplacement(text)
        frame(5)
    }

    fun pin(digits: String, pressing: String = "Continue") {
        for (digit in digits) tap(frontline.model.En.pinDigit("$digit"))
        tap(pressing)
    }

    /** Everything that can be read now. */
    fun text(): String = rule.onAllNodes(SemanticsMatcher("words") { SemanticsProperties.Text in it.config || SemanticsActions.OnClick in it.config }).fetchSemanticsNodes()
        .joinToString("\n") { node -> (node.config.getOrElse(SemanticsProperties.Text) { emptyList() }).joinToString { it.text } }
}
