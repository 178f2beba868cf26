package frontline.journeys

import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.test.*
import androidx.compose.ui.test.junit4.createComposeRule
import frontline.ffi.*
import frontline.model.*
import frontline.model.api.Core
import frontline.model.api.RecordingEnd
import frontline.ui.*
import org.junit.Assert.*
import org.junit.Rule
import org.junit.Test

/** Journeys 10 to 12 of shells/journeys.md: what is spoken and drawn, what is shown, and a run that was withdrawn. */
class MediaTest {
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

    private fun start(): String {
        hands.tap(En.navProcedures)
        hands.tap("Goods in")
        hands.see("What the driver says")
        return running.ask { procedures { runs(RunsAsked(page = PageAsked())) } }.items.first().id
    }

    private fun item(run: String, id: String) = running.ask { procedures { run(run) } }.items.first { it.id == id }

    private fun draw() {
        val pad = hasContentDescription(En.itemSignHere)
        hands.reach(pad, En.itemSignHere)
        // A finger cannot draw what is under the edge of the screen.
        rule.mainClock.autoAdvance = true
        rule.onNode(pad).performScrollTo()
        rule.mainClock.autoAdvance = false
        hands.frame(2)
        rule.onNode(pad).performTouchInput { swipe(Offset(width * 0.2f, 40f), Offset(width * 0.6f, 60f), 200) }
        hands.frame(5)
    }

    private fun speak() {
        hands.see(En.voiceRunning)
        hands.tap(En.voiceStop)
        hands.see(En.voiceKeep)
    }

    @Test
    fun `10 speak`() {
        open("ana-pereira")
        phone.online.value = false
        val spoken = checkNotNull(phone.spoken)
        phone.spoken = null
        val id = start()
        hands.tap(En.voiceRecord)
        hands.see(En.voiceRefused)
        phone.spoken = spoken
        hands.tap(En.voiceRecord)
        speak()
        hands.tap(En.voicePlay)
        hands.until("what was said") { phone.played.firstOrNull() }
        hands.tap(En.voiceKeep)
        val said = hands.until("the answer") { item(id, "driver").answer } as Answer.Files
        assertTrue(running.ask { media { ofRun(id) } }.single { it.id == said.ids.single() }.run { live && lengthMs != null })
        hands.seePart(En.voiceNth(1))
        // Beside an answer, cut off by a call; then the system ends the app amid it, and amid a signature.
        hands.press(hasText(En.itemFail) and hasClickAction(), En.itemFail)
        hands.until("the answer") { item(id, "pallet").answer }
        hands.tap(En.voiceNote)
        hands.see(En.voiceRunning)
        checkNotNull(phone.recordingEnds).complete(RecordingEnd.CUT)
        hands.see(En.voiceCut)
        hands.see(En.voiceKeep)
        draw()
        rule.runOnIdle { running.end() }
        hands.frame(10)
        running.reopen()
        hands.see(En.voiceKeep)
        assertTrue(item(id, "pallet").evidence.isEmpty())
        hands.tap(En.voiceKeep)
        hands.until("the note") { item(id, "pallet").evidence.singleOrNull()?.takeIf { it.isSound } }
        hands.gone(En.voiceKeep)
        hands.reach(SemanticsMatcher.expectValue(androidx.compose.ui.semantics.SemanticsProperties.StateDescription, En.itemStrokes(1)), "the line")
        draw()
        hands.tap(En.actionSave)
        val signed = hands.until("the signature") { item(id, "signed").answer } as Answer.Signature
        val drawn = running.ask { media { drawing(signed.id) } }
        val times = drawn.strokes.flatMap { it.points }.map { it.atMs }
        assertEquals(2, drawn.strokes.size)
        assertEquals(times.sorted(), times)
        assertEquals(0u, times.first())
        hands.reach(hasContentDescription(En.itemSigned), "what was drawn")
        assertTrue("no draft is left", running.ask { people { drafts(null, PageAsked()) } }.items.isEmpty())
        assertEquals(0, running.phone.folder.walk().count { it.extension == "m4a" })
    }

    @Test
    fun `11 show`() {
        open("ana-pereira")
        val tom = Company.Colleague("tom-hale")
        val pallet = "Four rows of boxes on a pallet, with three straps around them"
        start()
        hands.press(hasContentDescription(pallet) and hasClickAction(), pallet)
        hands.tap(En.mediaLarger)
        hands.tap(En.mediaSmaller)
        hands.see(pallet)
        hands.tap(En.actionBack)
        if (hands.sees(En.mediaAway)) hands.press(hasText(En.mediaGet, substring = true) and hasClickAction(), En.mediaGet)
        else hands.tap(En.mediaVideoPlay)
        hands.until("the film") { phone.filmed.firstOrNull() }
        assertEquals("Someone takes the film off from the top to the bottom", phone.filmed.first())
        // A photo goes with a comment; a colleague sends one back.
        val action = running.ask { actions { open(ActionDraft("Strap the pallet", ActionPriority.NORMAL, null, null, null)) } }
        hands.tap(En.navProcedures)
        hands.tap(En.actionsTitle)
        hands.tap("Strap the pallet")
        hands.tap(En.itemPhotoTake)
        hands.see(En.actionsCommentSend)
        rule.runOnIdle { running.end() }
        hands.frame(10)
        running.reopen()
        hands.tap(En.actionsCommentSend)
        fun said() = running.ask { actions { action(action) } }.history.filter { it.what is ActionTold.Said }
        hands.until("the comment") { said().singleOrNull() }
        assertEquals(1, said().single().photos.size)
        hands.gone(En.actionsCommentSend)
        hands.see("${En.itemPhotoNth(1)}, Ana Pereira")
        running.ask { sync { now(null) } }
        hands.tap(En.navToday)
        val added = tom.does("""{"do":"sync.now"}""", """{"do":"media.add","base64":"${COLLEAGUES}"}""")
        val photo = checkNotNull(Regex(""""id":"([^"]+)"""").find(added)) { added }.groupValues[1]
        tom.does("""{"do":"actions.comment","id":"$action","photos":["$photo"]}""", """{"do":"sync.now"}""")
        running.ask { sync { now(null) } }
        phone.online.value = false
        hands.tap(En.navProcedures)
        hands.tap(En.actionsTitle)
        hands.tap("Strap the pallet")
        hands.see(En.mediaAway)
        hands.tap(En.mediaGet)
        hands.see(En.errorOffline)
        phone.online.value = true
        val his = "${En.itemPhotoNth(1)}, Tom Hale"
        // The small one comes by itself, the whole one when it is asked for.
        hands.gone(En.mediaAway)
        hands.press(hasContentDescription(his) and hasClickAction(), his)
        hands.tap(En.mediaGet)
        hands.see(En.mediaLarger)
        hands.see(his)
    }

    @Test
    fun `12 withdrawn`() {
        running.enrol("ana-pereira")
        val id = running.ask { procedures { start("goods-in") } }
        running.ask { procedures { answer(AnswerDraft(id, "pallet", Given.Text("pass"), null)) } }
        val app = App(Withdrawing(running.app.core), phone, kotlinx.coroutines.CoroutineScope(kotlinx.coroutines.Dispatchers.Default))
        val nav = Nav().apply { open("run", id) }
        hands.frame()
        rule.setContent { FrontlineTheme(En, false) { RunScreen(app, nav, id, null) } }
        hands.see(En.runWithdrawn)
        hands.seePart("Grace Whitfield")
        hands.seePart("The straps are other ones now")
        hands.seePart(En.runWithdrawnDetail)
        hands.see(En.itemPass)
        assertFalse("nothing is answered any more", hands.sees(En.voiceRecord) || hands.sees(En.runHandIn))
        hands.tap(En.runBeginAnew)
        val anew = hands.until("the new one") { nav.top?.takeIf { it != "run/$id" } }
        assertEquals("goods-in", running.ask { procedures { run(anew.substringAfter('/')) } }.procedure)
    }

    private companion object {
        const val COLLEAGUES = "iVBORw0KGgoAAAANSUhEUgAAADwAAAAoCAIAAAAt2Q6oAAAASklEQVR42u3OsREAEBAAQVQjFn8lIqUpRqwmsQ6Y2Qsv2lyjz9jpbqz28izpw6ChoaGhoaGhoaGhoaGhoaGhoaGhoaGhoaGh/+kAQiQauBOac9YAAAAASUVORK5CYII="
    }
}

/** As the core tells of a run whose version somebody withdrew; everything else is the core's own. */
class Withdrawing(private val real: Core) : Core by real {
    override suspend fun <T> procedures(ask: suspend ProceduresInterface.() -> T): T = real.procedures {
        val of = this
        ask(object : ProceduresInterface by of {
            override fun run(id: String) = of.run(id).let { run ->
                val sections = run.sections.map { one -> one.copy(items = one.items.map { it.copy(enabled = false) }) }
                val by = Withdrawn("Grace Whitfield", 1_796_000_000_000L, "The straps are other ones now", run.procedure)
                run.copy(status = RunStatus.WITHDRAWN, sections = sections, withdrawn = by, canAnswer = false)
            }
        })
    }
}
