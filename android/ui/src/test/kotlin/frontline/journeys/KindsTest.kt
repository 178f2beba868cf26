package frontline.journeys

import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.test.hasContentDescription
import androidx.compose.ui.test.junit4.createComposeRule
import androidx.compose.ui.test.performTouchInput
import androidx.compose.ui.test.swipe
import frontline.ffi.Answer
import frontline.model.En
import frontline.model.Load
import frontline.model.RunPresenter
import frontline.model.items
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.getValue
import androidx.compose.runtime.setValue
import frontline.ui.*
import java.time.Instant
import java.time.ZoneId
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test

/** Every kind of item that can be published is answered by its own control; src/test/resources/content has one of each. */
class KindsTest {
    @get:Rule(order = 0)
    val running = Running()

    @get:Rule(order = 1)
    val rule = createComposeRule()

    private lateinit var id: String
    private val hands by lazy { Hands(rule) }
    private var shown by androidx.compose.runtime.mutableStateOf("")

    private fun standing(item: String) = running.ask { procedures { run(id) } }.items.first { it.id == item }.answer

    /** Shows the one item, does [act], and waits until the core has the answer. */
    private inline fun <reified A : Answer> answers(item: String, act: Hands.() -> Unit): A {
        shown = item
        hands.frame(30)
        hands.act()
        return hands.until("answer to $item") { standing(item) } as A
    }

    @Test
    fun `each kind is answered`() {
        running.enrol("grace-whitfield")
        id = running.ask { procedures { start("every-kind") } }
        val app = running.app
        val nav = Nav()
        rule.setContent {
            CompositionLocalProvider(LocalZone provides ZoneId.of("Europe/London")) { FrontlineTheme(En, false) {
                val (presenter, state) = present(app, id) { RunPresenter(app, id) }
                (state as? Load.Ready)?.value?.items?.firstOrNull { it.id == shown }?.let { item ->
                    androidx.compose.runtime.key(item.id) { Scrolled { ItemCard(app, presenter, nav, item, false) {} } }
                }
            } }
        }
        assertEquals("Morning", answers<Answer.Text>("a-text") { type("A line", "Morning"); tap(En.actionSave) }.text)
        assertEquals("Two\nlines", answers<Answer.Text>("a-long-text") { type("Several lines", "Two\nlines"); tap(En.actionSave) }.text)
        assertEquals("12", answers<Answer.Number>("a-number") { tap(En.itemOffered("12")) }.digits)
        assertEquals("-18.5", answers<Answer.Number>("a-temperature") { type("A temperature", "-18,5"); tap(En.actionSave) }.digits)
        assertEquals("12.5", answers<Answer.Number>("a-currency") { type("An amount", "12.50"); tap(En.actionSave) }.digits)
        assertEquals("1", answers<Answer.Number>("a-percent") { tap(En.actionIncrease("A share")); tap(En.actionSave) }.digits)
        answers<Answer.Number>("a-slider") { tap(En.actionIncrease("A slider")) }
        assertEquals("1", answers<Answer.Number>("a-counter") { tap(En.actionIncrease("A counter")) }.digits)
        assertEquals(false, answers<Answer.Yes>("a-boolean") { tap(En.itemNo) }.yes)
        assertEquals(true, answers<Answer.Yes>("a-pass-fail") { tap(En.itemPass) }.yes)
        answers<Answer.Yes>("an-acknowledge") { tap(En.itemAcknowledge) }
        assertEquals("two", answers<Answer.Choice>("a-choice") { tap("Second") }.id)
        assertEquals(listOf("one"), answers<Answer.Choices>("a-multi-choice") { tap("Water") }.ids)
        assertEquals("mint-tea", answers<Answer.Choice>("a-lookup") { type(En.itemLookup, "min"); gone("Green tea 100 g"); tap("Mint tea 50 g") }.id)
        assertEquals(listOf("coffee", "tea"), answers<Answer.Ranked>("a-rank") { tap("${En.actionDown}: Tea"); tap(En.actionSave) }.ids)
        answers<Answer.Ranked>("an-order") { tap(En.actionSave) }
        answers<Answer.Pairs>("a-likert") { tap("Fine"); tap(En.actionSave) }
        answers<Answer.Pairs>("a-match") { tap("Fridge"); tap(En.actionSave) }
        assertEquals(listOf("blue"), answers<Answer.Texts>("a-fill-in") { type(En.itemBlank(1), "blue"); tap(En.actionSave) }.texts)
        assertEquals("4", answers<Answer.Number>("a-rating") { tap(En.itemStars(4)) }.digits)
        fun Hands.day() { type(En.itemDay, "31"); type(En.itemMonth, "3"); type(En.itemYear, "2027") }
        fun Hands.time() { type(En.itemHours, "7"); type(En.itemMinutes, "30") }
        assertEquals("2027-03-31", answers<Answer.Day>("a-date") { day(); tap(En.actionSave) }.iso)
        answers<Answer>("a-month") { type(En.itemMonth, "3"); type(En.itemYear, "2027"); tap(En.actionSave) }
        assertEquals("07:30", answers<Answer.Time>("a-time") { time(); tap(En.actionSave) }.iso)
        assertEquals(Instant.parse("2027-03-31T06:30:00Z").toEpochMilli(), answers<Answer.Moment>("a-date-time") { day(); time(); tap(En.actionSave) }.ms)
        assertEquals(5400u, answers<Answer.Duration>("a-duration") { type(En.itemHours, "1"); type(En.itemMinutes, "30"); type(En.itemSeconds, "0"); tap(En.actionSave) }.seconds)
        assertEquals("5", answers<Answer.Number>("a-csat") { tap(En.face5) }.digits)
        assertEquals("4", answers<Answer.Number>("a-csat4") { tap(En.face44) }.digits)
        assertEquals("9", answers<Answer.Number>("an-nps") { tap("9") }.digits)
        assertEquals("7", answers<Answer.Number>("a-ces") { tap("7") }.digits)
        running.phone.scanned = "5601234567885"
        assertEquals("5601234567885", answers<Answer.Text>("a-barcode") { tap(En.itemScan) }.text)
        assertEquals(12u, answers<Answer.Place>("a-location") { tap(En.itemPlaceTake) }.withinM)
        answers<Answer.Person>("a-person") { type(En.itemLookup, "Tom"); tap("Tom Hale") }
        answers<Answer.Site>("a-site") { tap("Harbour House, London") }
        assertEquals(1, answers<Answer.Photos>("a-photo") { tap(En.itemPhotoTake) }.ids.size)
        fun Hands.draw(pad: String) {
            reach(hasContentDescription(pad), pad)
            rule.onNode(hasContentDescription(pad)).performTouchInput { swipe(Offset(width * 0.2f, 40f), Offset(width * 0.6f, 60f), 200) }
            frame(5)
            tap(En.actionSave)
        }
        answers<Answer>("a-sketch") { draw(En.itemSketch) }
        val signature = answers<Answer.Signature>("a-signature") { draw(En.itemSignHere) }
        assertTrue(running.ask { media { drawing(signature.id) } }.strokes.single().points.size > 2)
        assertEquals(1, answers<Answer.Files>("a-recording") { tap(En.voiceRecord); tap(En.voiceStop); tap(En.voiceKeep) }.ids.size)
        shown = "a-calculated"
        hands.see("13")
        assertEquals("what no line above answered", listOf("a-note", "a-calculated", "a-reading"), running.ask { procedures { run(id) } }.items.filter { it.answer == null && '/' !in it.id }.map { it.id })
    }
}
