package frontline.ui

import androidx.compose.ui.test.junit4.ComposeContentTestRule
import androidx.compose.ui.test.onAllNodesWithText

/**
 * With autoAdvance the rule runs the clock through every pending delay before it looks, so what goes away by itself is
 * gone by then. Step frame by frame instead.
 */
fun ComposeContentTestRule.awaitText(text: String, timeoutMs: Long = 5_000) {
    mainClock.autoAdvance = false
    val end = System.nanoTime() + timeoutMs * 1_000_000
    while (onAllNodesWithText(text, substring = true).fetchSemanticsNodes().isEmpty()) {
        check(System.nanoTime() < end) { "no '$text' after $timeoutMs ms" }
        mainClock.advanceTimeByFrame()
        Thread.sleep(5)
    }
    // Lets the entry animation end; one long step draws no frame in between.
    repeat(30) {
        mainClock.advanceTimeByFrame()
        waitForIdle()
    }
}
