package frontline.journeys

import androidx.compose.ui.test.*
import androidx.compose.ui.test.junit4.createComposeRule
import frontline.ffi.*
import frontline.model.*
import frontline.model.api.Fix
import org.junit.Assert.*
import org.junit.Rule
import org.junit.Test

/** Runs that several sign, what they are asked, notes, what was answered while it applied; and runs that are looked for. */
class SignersTest {
    @get:Rule(order = 0)
    val running = Running()

    @get:Rule(order = 1)
    val rule = createComposeRule()
    private val hands by lazy { Hands(rule) }
    private val phone get() = running.phone

    private fun open(vararg people: String) {
        running.enrol(*people)
        hands.frame()
        rule.setContent { running.Screen() }
    }

    private fun runs() = running.ask { procedures { runs(RunsAsked(page = PageAsked())) } }.items
    private fun run(id: String) = running.ask { procedures { run(id) } }
    private fun answer(id: String, item: String, given: Given) = running.ask { procedures { answer(AnswerDraft(id, item, given, null)) } }

    private fun start(): String {
        hands.tap(En.navProcedures)
        hands.tap("Cold room round")
        hands.seePart(En.runNextMissing)
        return runs().first().id
    }

    /** Somebody else takes the phone, and opens what was begun. */
    private fun passedTo(person: String) {
        running.ask { people { switchTo(person, null) } }
        running.app.session.retry()
        hands.until("the phone of $person") { Unit.takeIf { running.app.session.state.value.ready?.me?.id == running.ask { people { me() } }.id } }
        hands.see(En.todayTitle)
        hands.tap(En.navProcedures)
        hands.press(hasText("Cold room round") and hasText(En.runHandedIn) and hasClickAction(), "the run that was handed in")
    }

    private fun signs() {
        hands.tap(En.runNextMissingOf(1))
        hands.tap(En.itemAcknowledge)
        hands.tap(En.signTitle)
        hands.tap(En.signGo)
    }

    @Test
    fun `a round that asks for a note is handed in with it, and signed by two who are each asked something`() {
        open("ana-pereira", "ben-okafor", "grace-whitfield")
        phone.online.value = false
        val id = start()
        hands.tap(En.itemFail)
        hands.see(En.runNoteNeeded)
        assertFalse("nothing is handed in without its note", hands.sees(En.runHandIn))
        assertFalse("what is asked of signers is not there yet", hands.sees("I have looked at the door myself"))
        hands.type(En.runNoteNeeded, "The seal is torn at the bottom")
        hands.until("the draft") { Unit.takeIf { running.ask { people { drafts("answer/$id/cold-door/note", PageAsked()) } }.items.isNotEmpty() } }
        hands.save()
        hands.see("The seal is torn at the bottom")
        assertEquals("The seal is torn at the bottom", run(id).items.first { it.id == "cold-door" }.notes.single().text)
        assertTrue("it was given, so it is no draft", running.ask { people { drafts("answer/$id/cold-door/note", PageAsked()) } }.items.isEmpty())
        hands.tap(En.runHandIn)
        hands.until("handed in") { Unit.takeIf { run(id).status == RunStatus.HANDED_IN } }
        hands.see(En.runSectionOf(En.runRoleSupervisor))
        hands.see(En.runRoleManager)

        passedTo("ben-okafor")
        signs()
        hands.see(En.runSignWaited)
        hands.seePart("Ben Okafor")
        assertEquals(listOf("Ben Okafor", null), run(id).signatures.map { it.by })
        assertEquals(RunStatus.HANDED_IN, run(id).status)

        passedTo("grace-whitfield")
        signs()
        hands.gone(En.runSignWaited)
        hands.seePart("Grace Whitfield")
        assertEquals(RunStatus.SIGNED_OFF, run(id).status)
    }

    @Test
    fun `what no longer applies is shown with what was answered, and what the phone knows of a photo and a place is said`() {
        open("ana-pereira")
        val id = start()
        val place = listOf("lat" to "51.5", "lon" to "-0.1", "within" to "12").map { (name, value) -> Pair(name, value) }
        answer(id, "in-use", Given.Yes(true))
        answer(id, "what", Given.Text("Three crates of milk"))
        answer(id, "cold", Given.Number("3.5"))
        answer(id, "cold-door", Given.Text("pass"))
        answer(id, "where", Given.Pairs(place))
        answer(id, "in-use", Given.Yes(false))
        hands.see(En.runKept)
        hands.see("Three crates of milk")
        hands.see(En.runKeptDetail)
        phone.fix = Fix(51.5, -0.1, 12, mock = true)
        hands.tap(En.itemPlaceTake)
        hands.see(En.runMock)
        assertTrue(run(id).items.first { it.id == "where" }.outOfBand)
        hands.tap(En.itemPhotoPick)
        hands.see(En.runNotLiveCount(1))
        hands.see(En.runNotLive)
        assertEquals(run(id).items.first { it.id == "shelves" }.picture, phone.asked)
        hands.tap(En.runHistory)
        hands.see(En.runDoubtFast)
        hands.see(En.runDoubtsDetail)
    }

    @Test
    fun `runs are looked for by words and by how far they are`() {
        open("ana-pereira")
        phone.online.value = false
        val id = running.ask { procedures { start("fridge-log") } }
        answer(id, "note", Given.Text("The milk fridge hums"))
        val other = running.ask { procedures { start("cold-room") } }
        answer(other, "cold-door", Given.Text("pass"))
        running.ask { procedures { seal(other, Seal.HandIn) } }
        hands.tap(En.navProcedures)
        hands.type(En.runsSearch, "fridge")
        hands.gone(En.proceduresToStart)
        hands.gone("Cold room round")
        hands.see("Fridge log")
        hands.type(En.runsSearch, "")
        hands.see(En.proceduresToStart)
        hands.press(hasText(En.runHandedIn) and hasClickAction() and SemanticsMatcher.keyIsDefined(androidx.compose.ui.semantics.SemanticsProperties.Selected), "those that were handed in")
        val row = hasText("Fridge log") and hasText(En.runOpen) and hasClickAction()
        hands.until("the end of those that are open") { Unit.takeIf { rule.onAllNodes(row).fetchSemanticsNodes().isEmpty() } }
        hands.reach(hasText("Cold room round") and hasText(En.runHandedIn) and hasClickAction(), "the run that was handed in")
        hands.type(En.runsSearch, "no such thing")
        hands.see(En.countResults(0))
    }

    @Test
    fun `what a label says is opened, also by hand, and a run is begun about it that shows what was read there last`() {
        open("ana-pereira")
        phone.online.value = false
        val before = running.ask { procedures { start("cold-room", "4006381333931") } }
        answer(before, "cold-door", Given.Text("pass"))
        answer(before, "cold", Given.Number("4.5"))
        running.ask { procedures { seal(before, Seal.HandIn) } }
        hands.tap(En.navProcedures)
        phone.scanned = "5601234567885"
        hands.tap(En.runAssetScan)
        hands.see(En.runAssetUnknown)
        hands.type(En.runAssetType, "https://harbour.example/a/7")
        hands.tap(En.actionOpen)
        hands.see("Cold room 1")
        hands.see(En.runAssetStart)
        // The list beside it has one of this name, too, which is about nothing.
        val rounds = rule.onAllNodes(hasText("Cold room round") and hasText(En.countMinutes(5), substring = true) and hasClickAction())
        rounds.onLast().performClick()
        hands.see(En.runAsset("Cold room 1"))
        hands.see(En.runReference)
        hands.seePart("4.5")
        assertEquals("Cold room 1", runs().first().asset?.label?.text)
    }
}
