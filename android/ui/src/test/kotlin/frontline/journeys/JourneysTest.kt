package frontline.journeys

import androidx.compose.ui.test.hasClickAction
import androidx.compose.ui.test.hasContentDescription
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.junit4.createComposeRule
import frontline.ffi.AnswerDraft
import frontline.ffi.Given
import frontline.ffi.PageAsked
import frontline.ffi.RunsAsked
import frontline.model.En
import frontline.model.items
import frontline.model.ready
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test

/** shells/journeys.md, one test each: the app's own screens over the real core and a real server. */
class JourneysTest {
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

    private fun startRun(title: String): String {
        hands.tap(En.navProcedures)
        hands.tap(title)
        hands.seePart(En.runNextMissing)
        return running.ask { procedures { runs(RunsAsked(page = PageAsked(null, null))).items.first().id } }
    }

    private fun run(id: String) = running.ask { procedures { run(id) } }

    private fun answer(id: String, item: String, given: Given) = running.ask { procedures { answer(AnswerDraft(id, item, given, null)) } }

    private fun begun(id: String, item: String) = running.ask { people { drafts("answer/$id/$item", PageAsked()) } }.items.firstOrNull()?.text

    @Test
    fun `1 enrol`() {
        open()
        hands.type(En.enrolServer, Company.server)
        hands.type(En.enrolCode, "AAAA-BBBB")
        hands.tap(En.enrolGo)
        hands.see(En.enrolCodeWrong)
        hands.see("AAAA-BBBB")
        // The same as a QR code's text, for somebody who reads Arabic.
        phone.scanned = "frontline://enrol?server=${java.net.URLEncoder.encode(Company.server, "UTF-8")}&code=${Company.code("omar-haddad")}"
        hands.tap(En.enrolScan)
        hands.tap(En.enrolGo)
        hands.see(frontline.model.Ar.todayTitle)
        hands.see(frontline.model.Ar.navProcedures)
    }

    @Test
    fun `2 learn`() {
        open("ana-pereira")
        hands.tap("Welcoming guests")
        for (lesson in listOf("The first minute", "When something went wrong")) {
            hands.tap(lesson)
            hands.see(En.actionNext)
            assertFalse(hands.sees(En.actionPrevious))
            while (!hands.sees(En.actionDone)) hands.tap(En.actionNext)
            hands.tap(En.actionDone)
        }
        hands.tap(En.quizBegin)
        hands.see(En.actionNext)
        while (true) {
            when {
                hands.sees("Twice: hello and goodbye") -> hands.tap("Twice: hello and goodbye")
                hands.sees(En.itemYes) -> hands.tap(En.itemYes)
                hands.sees("Listen to the end") -> for (right in listOf("Listen to the end", "Say what you understood", "Write down what you will do and by when")) hands.tap(right)
                else -> {
                    hands.type("Within how many seconds is a guest seen?", "10")
                    hands.tap(En.actionSave)
                }
            }
            if (!hands.sees(En.actionNext)) break
            hands.tap(En.actionNext)
        }
        hands.tap(En.quizFinish)
        hands.see(En.trainingPassed)
        hands.tap(En.actionDone)
        hands.tap(En.navToday)
        hands.see(En.todayTitle)
        hands.gone("Welcoming guests")
    }

    @Test
    fun `3 check`() {
        open("callum-reid")
        phone.online.value = false
        val id = startRun("Fridge log")
        hands.see(En.bannerOffline)
        hands.type(En.itemHours, "7")
        hands.type(En.itemMinutes, "10")
        hands.save()
        hands.type("Milk fridge", "3.5")
        hands.save()
        hands.type("Food fridge", "9.0")
        hands.save()
        hands.see(En.itemOutsideTarget("1", "5 °C"))
        hands.press(hasText(En.itemNa) and hasClickAction(), En.itemNa)
        hands.type(En.itemNaReason, "Switched off for defrosting")
        hands.save()
        hands.see("Switched off for defrosting")
        hands.tap("Food moved to another fridge")
        assertEquals(listOf("doors-closed"), run(id).missing)
        assertFalse(hands.sees(En.runHandIn))
        hands.tap(En.runNextMissingOf(1))
        hands.see("All doors close by themselves")
        hands.tap(En.itemPass)
        hands.tap(En.runHandIn)
        hands.until("handed in") { Unit.takeIf { run(id).status == frontline.ffi.RunStatus.HANDED_IN } }
        hands.see(En.syncCaptured)
        hands.seePart(En.runHandedInOpen)
    }

    @Test
    fun `4 together`() {
        open("ben-okafor")
        running.ask { people { setPin(frontline.ffi.PinDraft(null, "4071", null)) } }
        val tom = Company.Colleague("tom-hale")
        val id = startRun("Opening checks")
        answer(id, "shelves", Given.Number("5"))
        running.app.syncer.now()
        hands.until("the run at the server") { Unit.takeIf { running.ask { sync { status() } }.unsent == 0uL } }
        tom.does("""{"do":"sync.now"}""")
        answer(id, "fire-exits", Given.Text("pass"))
        tom.does("""{"do":"procedures.answer","run":"$id","item":"fire-exits","value":"fail"}""", """{"do":"sync.now"}""")
        running.ask { sync { now(null) } }
        hands.see(En.bannerChanged("Tom Hale"))
        hands.tap(En.actionShow)
        hands.see(En.clashTitle)
        hands.press(hasText(En.actionShow) and hasClickAction() and androidx.compose.ui.test.hasAnySibling(hasText(En.clashTitle)), "the clash")
        hands.seePart("Tom Hale")
        hands.seePart("Ben Okafor")
        hands.tap(En.clashPick)
        hands.until("settled") { Unit.takeIf { run(id).clashes.isEmpty() } }
        for (item in run(id).items) if (item.required && item.answer == null) answer(id, item.id, when (item.control) {
            frontline.ffi.Control.TIME -> Given.Text("07:00")
            frontline.ffi.Control.PASS_FAIL -> Given.Text("pass")
            frontline.ffi.Control.YES_NO -> Given.Yes(true)
            frontline.ffi.Control.NUMBER -> Given.Number(if (item.id == "till-float") "200" else if (item.id == "fridge-temp") "3" else "8")
            frontline.ffi.Control.ONE -> Given.Text("normal")
            frontline.ffi.Control.STARS -> Given.Number("4")
            else -> Given.Text("Shift lead")
        })
        hands.tap(En.runHandIn)
        hands.tap(En.signTitle)
        hands.tap(En.signGo)
        hands.pin("4071")
        hands.see(En.runSigned)
        running.ask { sync { now(null) } }
        // He had no network when it was signed.
        tom.does("""{"do":"procedures.answer","run":"$id","item":"card-terminal","value":false}""", """{"do":"sync.now"}""")
        running.ask { sync { now(null) } }
        hands.see(En.runLapsed)
        hands.seePart(En.signLapsedDetail)
    }

    @Test
    fun `5 ask`() {
        open("priya-nair")
        hands.tap(En.navFeedback)
        hands.tap("Front desk")
        hands.tap(En.face2)
        hands.tap("Waiting time")
        hands.type(En.feedbackComment, "We waited a long time")
        hands.tap(En.feedbackSend)
        hands.see("Thank you. Enjoy your stay!")
        val given = running.ask { feedback { list(PageAsked(null, null)).items.single() } }
        assertEquals(listOf(2, "waiting", "We waited a long time"), listOf(given.score.toInt(), given.reason?.id, given.comment))
        hands.tap(En.actionNext)
        hands.tap(En.feedbackKioskStart)
        hands.until("the kiosk") { Unit.takeIf { phone.kiosk } }
        hands.see(En.face5)
        // A customer's way back leads nowhere.
        rule.runOnIdle { running.back?.invoke() }
        hands.frame(10)
        assertTrue(phone.kiosk)
        assertFalse(hands.sees(En.navFeedback))
        hands.tap(En.face5)
        hands.tap(En.feedbackSend)
        hands.see("Thank you. Enjoy your stay!")
        // The silence is the screen's own clock.
        hands.until("the question again", 60) { rule.mainClock.advanceTimeBy(500); Unit.takeIf { hands.sees("How was your welcome today?") && !hands.sees("Waiting time") } }
        hands.tap(En.feedbackKioskEnd)
        assertFalse(phone.kiosk)
        assertEquals(listOf(5, 2), running.ask { feedback { list(PageAsked(null, null)).items } }.map { it.score.toInt() })
    }

    @Test
    fun `6 contact`() {
        open("lucy-chen")
        hands.tap(En.navContacts)
        hands.tap(En.contactsNew)
        hands.see(En.contactRunning)
        hands.tap(En.contactPause)
        hands.see(En.contactPaused)
        hands.tap(En.contactResume)
        hands.see(En.contactRunning)
        hands.tap(En.actionAdd)
        hands.type(En.contactName, "Room 214")
        hands.type(En.contactPhone, "+351 912 345 678")
        hands.tap(En.contactSaveCustomer)
        hands.seePart("Room 214")
        hands.tap("Wants a refund")
        hands.tap("Solved")
        hands.tap(En.contactClose)
        hands.see(En.contactClosed)
        hands.type(En.contactsSearch, "+351912345678")
        hands.seePart("Room 214")
        hands.type(En.contactsSearch, "+351912345679")
        hands.see(En.countResults(0))
    }

    @Test
    fun `7 offline`() {
        open("jamie-doyle", "ewa-zielinska")
        phone.online.value = false
        hands.see(En.bannerOffline)
        running.ask { people { switchTo("ewa-zielinska", null) } }
        running.ask { feedback { give(frontline.ffi.FeedbackDraft("harbour-front-desk", 4, null, null)) } }
        running.ask { people { switchTo("jamie-doyle", null) } }
        running.ask { feedback { give(frontline.ffi.FeedbackDraft("harbour-shop", 3, null, null)) } }
        hands.press(hasContentDescription(En.navSync, substring = true) and hasClickAction(), En.navSync)
        hands.see(En.syncUnsent(2))
        hands.see(En.syncCaptured)
        hands.see("${En.feedbackTitle}: Front desk")
        Company.withdraw("ewa-zielinska", "staff")
        phone.online.value = true
        hands.see(En.syncAllSent)
        hands.see(En.syncStored)
        hands.see(En.syncRefused)
        val refused = running.ask { sync { captured(frontline.ffi.CapturedOf.REFUSED, PageAsked(null, null)) } }.items.first()
        hands.seePart(En.syncRefusedDetail(checkNotNull(refused.state.reason)))
    }

    @Test
    fun `8 hands`() {
        open("ben-okafor", "fatima-rahmani")
        running.ask { people { setPin(frontline.ffi.PinDraft(null, "4071", null)) } }
        val id = startRun("Fridge log")
        answer(id, "read-at", Given.Text("07:10"))
        hands.type("Milk fridge", "3.5")
        hands.tap(En.actionSave)
        hands.type("Note", "The door of the")
        hands.until("the draft") { begun(id, "note") }
        hands.tap(En.navToday)
        hands.tap(En.whoLock)
        hands.see(En.whoTitle)
        hands.tap("Fatima Rahmani")
        hands.see(frontline.model.Ar.todayTitle)
        assertEquals(null, begun(id, "note"))
        // Back at the first one, who goes on in the run; then the system ends the app.
        running.ask { people { switchTo("ben-okafor", "4071") } }
        hands.tap(En.navProcedures)
        val begun = running.ask { procedures { runs(RunsAsked(page = PageAsked(null, null))).items.first { it.id == id } } }
        hands.press(hasText("Fridge log") and hasText(En.runRequiredLeft(begun.missing.toInt())) and hasClickAction(), "the run that was begun")
        hands.see("The door of the")
        rule.runOnIdle { running.end() }
        hands.frame(10)
        running.reopen()
        hands.tap("Ben Okafor")
        hands.pin("4072")
        hands.seePart(En.pinWrong)
        val left = running.ask { people { list(PageAsked()) } }.items.first { it.pin }.triesLeft.toInt()
        hands.seePart(En.pinTriesLeft(left))
        hands.pin("4071")
        // Nothing is scrolled here: it is in sight by itself.
        hands.until("the item where they were") { Unit.takeIf { hands.sees("Note") && hands.sees("The door of the") } }
        hands.see("Fridge log")
    }

    @Test
    fun `9 amend`() {
        open("ana-pereira", "ben-okafor")
        val omar = Company.Colleague("omar-haddad")
        phone.online.value = false
        val run = startRun("Cold room round")
        hands.tap(En.itemFail)
        hands.tap(En.actionsFromAnswer)
        hands.see(En.actionsNew)
        hands.type(En.actionsName, "Mend the seal of the door")
        hands.tap(En.actionsOwnerPick)
        hands.tap("Omar Haddad")
        hands.tap(En.actionsDueHours(4))
        hands.see(En.actionsDueNone)
        hands.tap(En.actionsSubmit)
        hands.see(En.syncCaptured)
        hands.see(En.actionsStatusOpen)
        val opened = running.ask { actions { list(frontline.ffi.ActionsAsked(frontline.ffi.WhichActions.ALL, PageAsked())) } }.items.first { it.title == "Mend the seal of the door" }
        assertEquals(listOf("Mend the seal of the door", "Omar Haddad", run), listOf(opened.title, opened.owner, opened.run))
        phone.online.value = true
        hands.until("the action at the server") { Unit.takeIf { running.ask { sync { status() } }.unsent == 0uL } }
        omar.does("""{"do":"sync.now"}""", """{"do":"actions.status","id":"${opened.id}","to":"cannot-do","reason":"The part is not here"}""")
        hands.tap(En.actionsGoDone)
        hands.see(En.actionsStatusDone)
        hands.until("what was done at the server") { Unit.takeIf { running.ask { sync { status() } }.unsent == 0uL } }
        omar.does("""{"do":"sync.now"}""")
        running.ask { sync { now(null) } }
        hands.see(En.actionsClash)
        hands.see("The part is not here")
        hands.seePart("Omar Haddad")
        hands.see(En.actionsStatusCannotDo)
        // The shift lead takes the phone.
        running.ask { people { switchTo("ben-okafor", null) } }
        running.app.session.retry()
        hands.until("the shift lead's phone") { Unit.takeIf { running.app.session.state.value.ready?.me?.name == "Ben Okafor" } }
        hands.tap(En.navProcedures)
        hands.tap(En.actionsTitle)
        hands.tap("Mend the seal of the door")
        hands.press(hasContentDescription("Ana Pereira", substring = true) and hasClickAction(), "what Ana Pereira set")
        hands.gone(En.actionsClash)
        hands.tap(En.actionsGoVerified)
        hands.see(En.actionsStatusVerified)
        val history = running.ask { actions { action(opened.id) } }.history.map { it.what }
        val steps = history.filterIsInstance<frontline.ffi.ActionTold.Status>().map { it.to.name }
        assertEquals(listOf("CANNOT_DO", "DONE", "DONE", "VERIFIED"), steps)
        hands.seePart("The part is not here")
        hands.press(hasText(En.actionsFrom, substring = true) and hasClickAction(), "where it comes from")
        hands.see(En.runNoteNeeded)
        hands.tap(En.navProcedures)
        hands.tap(En.actionsTitle)
        hands.tap(En.actionsFilterDone)
        hands.see("Mend the seal of the door")
        hands.tap(En.actionsFilterOpen)
        hands.gone("Mend the seal of the door")
    }
}
