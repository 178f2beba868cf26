package frontline.journeys

import androidx.compose.ui.test.*
import androidx.compose.ui.test.junit4.createComposeRule
import frontline.ffi.*
import frontline.model.*
import frontline.ui.*
import java.net.URLEncoder
import org.junit.Assert.*
import org.junit.Rule
import org.junit.Test

/** What lies beside the nine journeys: a link, a lost key, a repeat, long lists, leaving, and the app's end amid it. */
class BesideTest {
    @get:Rule(order = 0)
    val running = Running()

    @get:Rule(order = 1)
    val rule = createComposeRule()
    private val hands by lazy { Hands(rule) }
    private val phone get() = running.phone

    private fun open(vararg people: String) {
        if (people.isNotEmpty()) running.enrol(*people)
        hands.frame()
        rule.setContent { running.Screen() }
    }

    private fun link(person: String) =
        "frontline://enrol?server=${URLEncoder.encode(Company.server, "UTF-8")}&code=${Company.code(person)}"

    private fun lastField(label: String) = rule.onAllNodes(hasSetTextAction() and hasContentDescription(label)).onLast()

    @Test
    fun `a link fills in the enrolment and does nothing by itself`() {
        open()
        hands.see(En.enrolServer)
        phone.link.value = link("ana-pereira")
        hands.see(Company.server)
        assertNull(phone.link.value)
        assertNull(running.ask { sync { status() } }.device)
        hands.tap(En.enrolGo)
        hands.see(En.todayTitle)
        // Where somebody works already it offers to add a person.
        phone.link.value = link("ben-okafor")
        hands.see(En.whoAdd)
        hands.tap(En.enrolGo)
        hands.until("two people") { Unit.takeIf { running.ask { people { list(PageAsked()) } }.items.size == 2 } }
    }

    @Test
    fun `a store whose key is gone is opened again by a code, with its work`() {
        running.enrol("ana-pereira")
        running.ask { feedback { give(FeedbackDraft("harbour-front-desk", 4, null, null)) } }
        running.loseKey()
        hands.frame()
        rule.setContent { running.Begun() }
        hands.see(En.errorKeyLost)
        hands.type(En.enrolServer, Company.server)
        hands.type(En.enrolCode, "AAAA-BBBB")
        hands.tap(En.enrolRecover)
        hands.see(En.enrolCodeWrong)
        hands.type(En.enrolCode, Company.code("ana-pereira"))
        hands.tap(En.enrolRecover)
        hands.see(En.todayTitle)
        assertEquals(1, running.ask { feedback { list(PageAsked()) } }.items.size)
    }

    @Test
    fun `who has no PIN hands the phone over, too`() {
        open("lucy-chen", "jamie-doyle")
        hands.tap(En.whoSwitch)
        hands.see(En.whoTitle)
        hands.tap("Jamie Doyle")
        hands.see(En.todayTitle)
        assertEquals("Jamie Doyle", running.ask { people { me() } }.name)
        assertFalse(hands.sees(En.whoTitle))
    }

    @Test
    fun `a kiosk whose session closes asks a customer nothing, and is a kiosk again after the app's end`() {
        open("priya-nair", "jamie-doyle")
        hands.tap(En.navFeedback)
        hands.tap("Front desk")
        hands.tap(En.feedbackKioskStart)
        hands.see(En.face5)
        hands.until("the kiosk") { Unit.takeIf { phone.kiosk } }
        // The system forgets it with the app.
        rule.runOnIdle { running.end() }
        hands.frame(10)
        phone.kiosk = false
        running.reopen()
        hands.until("the kiosk again") { Unit.takeIf { phone.kiosk } }
        hands.see(En.face5)
        running.ask { people { switchTo("jamie-doyle", null) } }
        running.app.session.retry()
        hands.see(En.feedbackThanks)
        assertFalse(hands.sees(En.whoTitle) || hands.sees("Jamie Doyle"))
        rule.runOnIdle { checkNotNull(running.back).invoke() }
        hands.frame(10)
        assertTrue(phone.kiosk && hands.sees(En.feedbackThanks))
        // Whose it is comes back to it; somebody else who comes has their own work, and the phone is let go.
        running.ask { people { switchTo("priya-nair", null) } }
        running.app.session.retry()
        hands.see(En.face5)
        assertTrue(phone.kiosk)
        running.ask { people { switchTo("jamie-doyle", null) } }
        running.app.session.retry()
        hands.see(En.feedbackThanks)
        hands.tap(En.feedbackKioskEnd)
        hands.see(En.todayTitle)
        hands.until("the end of the kiosk") { Unit.takeIf { !phone.kiosk } }
    }

    @Test
    fun `a section that repeats has a button for one more`() {
        running.enrol("grace-whitfield")
        val id = running.ask { procedures { start("every-kind") } }
        hands.frame()
        rule.setContent { FrontlineTheme(En, false) { RunScreen(running.app, Nav(), id, "a-reading") } }
        hands.type("A reading", "4")
        hands.tap(En.actionSave)
        hands.tap(En.runSectionAdd("Rounds"))
        hands.see("Rounds 2")
        hands.frame(10)
        lastField("A reading").performTextReplacement("5")
        hands.frame(5)
        hands.tap(En.actionSave)
        val said = { running.ask { procedures { run(id) } }.items.filter { it.id.startsWith("a-reading") }.mapNotNull { it.says } }
        hands.until("two readings") { Unit.takeIf { said() == listOf("4", "5") } }
        hands.see(En.runSectionAdd("Rounds"))
    }

    @Test
    fun `long lists go on, and what waits is sent later also by a phone whose app has ended`() {
        running.enrol("priya-nair")
        phone.online.value = false
        running.ask { feedback { repeat(60) { give(FeedbackDraft("harbour-shop", 1L + it % 5, null, "Number $it.")) } } }
        hands.frame()
        rule.setContent { running.Screen() }
        hands.until("the job") { Unit.takeIf { phone.waits } }
        hands.tap(En.navFeedback)
        hands.tap(En.actionMore)
        hands.seePart("Number 0.")
        hands.tap(En.navToday)
        hands.press(hasContentDescription(En.navSync, substring = true) and hasClickAction(), En.navSync)
        hands.tap(En.syncExport)
        hands.tap(En.syncHandOn)
        assertEquals(phone.carriedOut(), phone.handedOn)
        hands.tap(En.actionMore)
        phone.online.value = true
        hands.until("the end of the job") { Unit.takeIf { !phone.waits } }
    }

    @Test
    fun `whoever signs out is told each draft that would go`() {
        open("lucy-chen", "ewa-zielinska")
        running.ask { people { keepDraft("feedback/harbour-shop", "We waited") } }
        hands.tap(En.navSettings)
        hands.tap(En.settingsSignOut)
        hands.seePart(En.settingsSignOutDrafts(1))
        hands.seePart("We waited")
        // More is begun elsewhere before the answer: nothing goes, and it is told anew.
        running.ask { people { keepDraft("contact/new", "Room 214") } }
        rule.onAllNodes(hasText(En.settingsSignOut) and hasClickAction()).onLast().performClick()
        hands.frame(30)
        assertEquals(2, running.ask { people { drafts(null, PageAsked()) } }.items.size)
        hands.tap(En.settingsSignOut)
        hands.seePart("Room 214")
        rule.onAllNodes(hasText(En.settingsSignOut) and hasClickAction()).onLast().performClick()
        hands.until("one person") { Unit.takeIf { running.ask { people { list(PageAsked()) } }.items.size == 1 } }
    }

    @Test
    fun `a reset carries out what is unsent before it deletes anything`() {
        open("jamie-doyle")
        phone.online.value = false
        running.ask { feedback { give(FeedbackDraft("harbour-shop", 2, null, null)) } }
        hands.tap(En.navSettings)
        hands.tap(En.settingsReset)
        hands.seePart(En.settingsResetLost(1))
        hands.tap(En.settingsResetExportFirst)
        hands.tap(En.settingsResetGo)
        hands.until("a new phone") { Unit.takeIf { phone.restarted } }
        assertEquals(2, phone.carriedOut().size)
        running.loseKey()
        rule.runOnIdle { running.end() }
        running.reopen()
        // What was carried out can be handed on by the new phone, too.
        hands.see(En.enrolServer)
        hands.see(En.syncHandOn)
    }

    @Test
    fun `ended amid it, the app comes back where it was, and what was typed is there`() {
        running.enrol("tom-hale")
        val id = running.ask { procedures { start("every-kind") } }
        hands.frame()
        rule.setContent { running.Screen() }
        hands.tap(En.navProcedures)
        hands.press(hasText("Every kind") and hasText(En.runOpen), "the run")
        // A part of a date, which is no draft yet; a reason beside an item; and the added repeat.
        running.ask { procedures { answer(AnswerDraft(id, "a-reading", Given.Number("4"), null)) } }
        hands.tap(En.runSectionAdd("Rounds"))
        hands.see("Rounds 2")
        hands.type(En.itemYear, "2031")
        hands.see("2031")
        // The list beside it keeps a place of its own: its first heading may lie under the bar again.
        fun page() = (hands.text().lines() - En.proceduresToStart).joinToString("\n")
        val before = page()
        rule.runOnIdle { running.end() }
        hands.frame(10)
        running.reopen()
        hands.until("the same part of the run") { Unit.takeIf { hands.sees("2031") } }
        // The list beside it comes when it comes.
        repeat(200) { if (page() != before) hands.frame(5) }
        assertEquals(before, page())
        hands.see("Rounds 2")
    }
}
