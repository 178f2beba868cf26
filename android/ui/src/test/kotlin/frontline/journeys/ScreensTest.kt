package frontline.journeys

import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.ui.ExperimentalComposeUiApi
import androidx.compose.ui.ImageComposeScene
import androidx.compose.ui.graphics.toComposeImageBitmap
import androidx.compose.ui.test.junit4.createComposeRule
import androidx.compose.ui.test.onNodeWithContentDescription
import androidx.compose.ui.test.onRoot
import androidx.compose.ui.unit.dp
import androidx.compose.ui.Modifier
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.requiredSize
import frontline.model.drawn
import frontline.model.items
import androidx.compose.ui.unit.Density
import androidx.compose.ui.use
import frontline.ffi.*
import frontline.model.App
import frontline.model.Load
import frontline.model.Session
import androidx.compose.runtime.getValue
import androidx.compose.runtime.setValue
import frontline.ui.*
import java.io.File
import java.time.ZoneId
import kotlinx.coroutines.runBlocking
import org.jetbrains.skia.EncodedImageFormat
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test

/** Every screen over the real core, with a day's work in it: pictured in four settings, and walked for who cannot see it. */
@OptIn(ExperimentalComposeUiApi::class)
class ScreensTest {
    @get:Rule(order = 0)
    val running = Running()

    @get:Rule(order = 1)
    val rule = createComposeRule()
    private val app get() = running.app
    
    /** Under target/, where nothing is kept; those of the documentation are made anew when that is asked for. */
    private val folder = File(if (System.getenv("FRONTLINE_WRITE_SCREENS") == "1") "../../docs/screens" else "target/screens").apply { mkdirs() }
    private lateinit var run: String
    private lateinit var done: String
    private lateinit var toSign: String
    private lateinit var clashing: String
    private lateinit var contact: String
    private lateinit var attempt: String
    private lateinit var round: String
    private lateinit var toMend: String
    private lateinit var disputed: String

    private lateinit var goods: String
    private lateinit var photo: String

    /** Goods that came in: a picture to compare with, somebody's voice, a signature. */
    private fun takeIn() {
        val pallet = File("src/test/resources/content/media/pallet.png").readBytes()
        photo = running.ask { media { add(PictureDraft(pallet, true)) } }.id
        goods = running.ask { procedures { start("goods-in") } }
        answer(goods, "pallet", Given.Text("fail"))
        val sound = running.ask { media { addSound(SoundDraft(checkNotNull(running.phone.spoken), true)) } }.id
        running.ask { procedures { evidence(EvidenceDraft(goods, "pallet", EvidenceChange.Sound(sound))) } }
        running.ask { procedures { evidence(EvidenceDraft(goods, "pallet", EvidenceChange.Add(photo))) } }
        answer(goods, "driver", Given.Many(listOf(sound)))
        val line = List(60) { frontline.model.Dot(0.15f + it * 0.01f, 0.26f - 0.1f * kotlin.math.sin(it * 0.4f), it * 8) }
        answer(goods, "signed", Given.Text(running.ask { media { addDrawing(listOf(line).drawn()) } }.id))
        // One more beside the first answer is to be kept, and one for the second is being spoken.
        running.ask { frontline.model.DraftKeeper(app, "answer/$goods/pallet/voice").set("$sound 7000") }
        app.voice.recording.value = frontline.model.Recording("answer/$goods/driver/sound", true, 42)
    }

    private fun act(action: String, step: ActionStep) = running.ask { actions { act(ActionDeed(action, step, null)) } }

    /** A round of the cold room whose door failed, handed in and signed by one of two; and what is to be put right. */
    private fun mend(tom: Company.Colleague) {
        val now = running.ask { today() }.nowMs
        round = running.ask { procedures { start("cold-room") } }
        answer(round, "cold-door", Given.Text("fail"))
        answer(round, "in-use", Given.Yes(true))
        answer(round, "what", Given.Text("Three crates of milk"))
        answer(round, "cold", Given.Number("3.5"))
        answer(round, "where", Given.Pairs(listOf("lat" to "51.5", "lon" to "-0.1", "within" to "12", "mock" to "true").map { (k, v) -> Pair(k, v) }))
        answer(round, "in-use", Given.Yes(false))
        val from = ActionOrigin(round, "cold-door", null)
        val tomId = running.ask { actions { owners(null, PageAsked()) } }.items.first { it.label.text == "Tom Hale" }.id
        fun open(title: String, priority: ActionPriority, owner: String?, hours: Int?, from: ActionOrigin?) =
            running.ask { actions { open(ActionDraft(title, priority, owner, hours?.let { now + it * 3_600_000L }, from)) } }
        act(open("Oil the hinge of the cold room", ActionPriority.NORMAL, null, 2, from), ActionStep.Status(ActionStatus.DONE, null))
        toMend = open("Mend the seal of the cold room's door", ActionPriority.HIGH, tomId, -2, from)
        act(toMend, ActionStep.Comment("The seal is torn at the bottom, about 20 cm.", listOf(photo)))
        disputed = open("Salt on the steps", ActionPriority.URGENT, running.ask { people { me() } }.id, -30, null)
        open("Order new price tags", ActionPriority.LOW, null, null, null)
        running.ask { sync { now(null) } }
        tom.does("""{"do":"sync.now"}""", """{"do":"actions.status","id":"$disputed","to":"cannot-do","reason":"There is no salt left"}""")
        act(disputed, ActionStep.Status(ActionStatus.DONE, null))
        running.ask { sync { now(null) } }
        tom.does("""{"do":"sync.now"}""")
        running.ask { sync { now(null) } }
    }

    private fun sign() {
        running.ask { procedures { evidence(EvidenceDraft(round, "cold-door", EvidenceChange.Note("The seal is torn at the bottom."))) } }
        running.ask { procedures { seal(round, Seal.HandIn) } }
    }

    private fun answer(run: String, item: String, given: Given) = running.ask { procedures { answer(AnswerDraft(run, item, given, null)) } }

    /** A day of Ben Okafor's: he shares the phone with Ana Pereira, and Tom Hale works beside him. */
    private fun work() {
        running.enrol("ben-okafor", "ana-pereira")
        val tom = Company.Colleague("tom-hale")
        run = running.ask { procedures { start("opening-checks") } }
        for ((item, given) in listOf("opened-at" to Given.Text("07:05"), "entrance-clean" to Given.Text("pass"), "lights-working" to Given.Text("fail"), "extinguishers" to Given.Number("4"), "alarm-panel" to Given.Text("normal"), "shelves" to Given.Number("4"))) answer(run, item, given)
        answer(run, "terrace-ready", Given.NotApplicable("Closed for the winter"))
        done = running.ask { procedures { start("fridge-log") } }
        for ((item, given) in listOf("read-at" to Given.Text("07:10"), "milk-fridge" to Given.Number("3.5"), "food-fridge" to Given.Number("7"), "freezer" to Given.Number("-20"), "doors-closed" to Given.Text("pass"), "action-taken" to Given.Text("food-moved"))) answer(done, item, given)
        clashing = running.ask { procedures { start("closing-cash") } }
        val item = running.ask { procedures { run(clashing) } }.sections.flatMap { it.items }.first { it.control == frontline.ffi.Control.PASS_FAIL || it.control == frontline.ffi.Control.YES_NO }
        val (mine, theirs) = if (item.control == frontline.ffi.Control.YES_NO) Given.Yes(true) to "false" else Given.Text("pass") to "\"fail\""
        running.ask { procedures { start("fridge-log") } }
        answer(clashing, running.ask { procedures { run(clashing) } }.sections.flatMap { it.items }.first { it.control == frontline.ffi.Control.NUMBER }.id, Given.Number("200"))
        running.ask { sync { now(null) } }
        answer(clashing, item.id, mine)
        tom.does("""{"do":"sync.now"}""", """{"do":"procedures.answer","run":"$clashing","item":"${item.id}","value":$theirs}""", """{"do":"sync.now"}""")
        running.ask { sync { now(null) } }
        running.ask { procedures { seal(done, Seal.HandIn) } }
        clash = item.id
        toSign = running.ask { procedures { start("room-handover") } }
        for (item in running.ask { procedures { run(toSign) } }.items) if (item.required) answer(toSign, item.id, when (item.control) {
            frontline.ffi.Control.TIME -> Given.Text("07:00")
            frontline.ffi.Control.DAY -> Given.Text("2026-11-30")
            frontline.ffi.Control.PASS_FAIL -> Given.Text("pass")
            frontline.ffi.Control.YES_NO -> Given.Yes(true)
            frontline.ffi.Control.NUMBER -> Given.Number(item.target?.min ?: "1")
            frontline.ffi.Control.ONE -> Given.Text(item.choices.first().id)
            frontline.ffi.Control.SEVERAL -> Given.Many(item.choices.map { it.id })
            frontline.ffi.Control.STARS -> Given.Number("4")
            else -> Given.Text("214")
        })
        running.ask { procedures { seal(toSign, Seal.HandIn) } }
        running.ask { feedback { give(FeedbackDraft("harbour-front-desk", 2, "waiting", "We waited a long time")); give(FeedbackDraft("harbour-shop", 5, null, null)) } }
        running.ask { contacts { open(ContactDraft("refund", "in-person", null, CustomerDraft("Room 214", "+351 912 345 678", null, "Paid twice"))) } }
        contact = running.ask { contacts { open(ContactDraft(null, null, null, CustomerDraft("Room 305", "+351 912 345 679", null, null))) } }
        attempt = running.ask { training { startQuiz("guest-welcome").id } }
        for ((question, given) in listOf("seen-within" to Given.Number("10"), "name-times" to Given.Text("twice"), "complaint" to Given.Many(listOf("listen", "log")), "no-answer-yet" to Given.Yes(true))) running.ask { training { answer(QuizAnswerDraft(attempt, question, given)) } }
        running.ask { training { submit(attempt) } }
        takeIn()
        mend(tom)
        toNote = running.ask { procedures { start("cold-room") } }
        answer(toNote, "cold-door", Given.Text("fail"))
        sign()
        running.ask { people { setPin(PinDraft(null, "4071", null)) } }
        runBlocking { app.session.refresh() }
    }

    private lateinit var toNote: String
    private lateinit var clash: String
    private val session: Session get() = (app.session.state.value as Load.Ready).value

    private fun screens(): Map<String, @Composable () -> Unit> = mapOf(
        "enrol" to { EnrolScreen(app, null) },
        "who" to { WhoScreen(app, session.copy(me = session.me?.copy(signedIn = false))) },
        "pin" to { PinScreen(words.pinTitle("Ben Okafor"), null, {}, onPin = {}) },
        "set-pin" to { SetPinScreen(frontline.model.WhoPresenter(app), false, null) {} },
        "recover" to { RecoverScreen(running.phone, {}) {} },
        "lease" to { LeaseScreen(app) },
        "today" to { Tabbed(Nav.TODAY) { TodayScreen(app, Nav(), session) } },
        "training" to { Tabbed("training") { TrainingScreen(app, Nav()) } },
        "module" to { ModuleScreen(app, Nav(), "guest-welcome") },
        "lesson" to { LessonScreen(app, Nav(), "guest-welcome", "first-minute") },
        "quiz" to { QuizScreen(app, Nav(), "coffee-basics", null) },
        "result" to { QuizScreen(app, Nav(), "guest-welcome", attempt) },
        "procedures" to { Tabbed("procedures") { ProceduresScreen(app, Nav()) } },
        "run" to { RunScreen(app, Nav(), run, null) },
        "run-item" to { RunScreen(app, Nav(), run, "extinguishers") },
        "run-handed-in" to { RunScreen(app, Nav(), done, null) },
        "run-note" to { RunScreen(app, Nav(), toNote, "cold-door") },
        "run-signers" to { RunScreen(app, Nav(), round, null) },
        "run-asked-of-signers" to { RunScreen(app, Nav(), round, "seen") },
        "run-kept" to { RunScreen(app, Nav(), round, "what") },
        "run-history" to { HistoryScreen(app, Nav(), round) },
        "run-reference" to { RunScreen(app, Nav(), goods, "pallet") },
        "run-voice" to { RunScreen(app, Nav(), goods, "pallet") },
        "run-video" to { RunScreen(app, Nav(), goods, "wrap") },
        "run-recording" to { RunScreen(app, Nav(), goods, "driver") },
        "run-withdrawn" to { RunScreen(withdrawing, Nav(), goods, null) },
        "picture" to { PictureScreen(app, Nav(), photo, "Four rows of boxes") },
        "picture-away" to { PictureScreen(app, Nav(), "0".repeat(64), "Four rows of boxes") },
        "lesson-picture" to { LessonScreen(app, Nav(), "lifting", "boxes") },
        "action-comments" to { ActionScreen(app, Nav(), toMend) },
        "asset" to { AssetScreen(app, Nav(), "4006381333931") },
        "asset-unknown" to { AssetScreen(app, Nav(), "no such label") },
        "actions" to { Tabbed("procedures") { ActionsScreen(app, Nav()) } },
        "action" to { ActionScreen(app, Nav(), toMend) },
        "action-clash" to { ActionScreen(app, Nav(), disputed) },
        "action-new" to { ActionOpenScreen(app, Nav(), round, "cold-door") },
        "action-owner" to { ActionChangeScreen(app, Nav(), toMend, "owner") },
        "action-due" to { ActionChangeScreen(app, Nav(), toMend, "due") },
        "clash" to { ClashScreen(app, Nav(), clashing, clash) },
        "evidence" to { EvidenceScreen(app, Nav(), run, "fire-exits") },
        "sign" to { SignScreen(app, Nav(), session, toSign) },
        "history" to { HistoryScreen(app, Nav(), run) },
        "feedback" to { Tabbed("feedback") { FeedbackScreen(app, Nav()) } },
        "capture" to { CaptureScreen(app, Nav(), "harbour-front-desk", kiosk = false) },
        "kiosk" to { CaptureScreen(app, Nav(), "harbour-checkout", kiosk = true) },
        "contacts" to { Tabbed("contacts") { ContactsScreen(app, Nav()) } },
        "contact" to { ContactScreen(app, Nav(), contact) },
        "sync" to { SyncScreen(app, Nav()) },
        "settings" to { SettingsScreen(app, Nav()) },
    )

    /** What is further down than a phone shows at once. */
    private val tall = mapOf("run-voice" to 1_500, "run-recording" to 1_100, "action-comments" to 1_900)

    private val withdrawing by lazy { App(Withdrawing(app.core), running.phone, kotlinx.coroutines.CoroutineScope(kotlinx.coroutines.Dispatchers.Default)) }

    @Composable
    private fun Tabbed(tab: String, detail: (@Composable () -> Unit)? = null, opened: String = "", list: @Composable () -> Unit) = AppScaffold(
        listOf(
            Destination(Nav.TODAY, words.navToday, Icons.today), Destination("training", words.navTraining, Icons.training), Destination("procedures", words.navProcedures, Icons.procedures),
            Destination("feedback", words.navFeedback, Icons.feedback), Destination("contacts", words.navContacts, Icons.contacts),
        ), tab, {}, detail, listOf(opened), list,
    )

    @Composable
    private fun Dressed(setting: Setting, content: @Composable () -> Unit) = CompositionLocalProvider(
        LocalMotion provides false, LocalZone provides ZoneId.of("Europe/London"), LocalPictures provides { org.jetbrains.skia.Image.makeFromEncoded(it).toComposeImageBitmap() },
    ) { FrontlineTheme(setting.strings, setting.dark, setting.fontScale, content) }

    private fun speak(setting: Setting) {
        running.ask { people { readIn(setting.strings.language) } }
        runBlocking { app.session.refresh() }
    }

    private fun picture(name: String, setting: Setting, width: Int = 360, height: Int = 740, content: @Composable () -> Unit) {
        // What the screen waits for comes back on the thread that draws, as on a phone.
        val todo = java.util.concurrent.ConcurrentLinkedQueue<Runnable>()
        val here = object : kotlinx.coroutines.CoroutineDispatcher() {
            override fun dispatch(context: kotlin.coroutines.CoroutineContext, block: Runnable) {
                todo += block
            }
        }
        ImageComposeScene((width * 1.5f).toInt(), (height * 1.5f).toInt(), Density(1.5f), here) { Dressed(setting, content) }.use { scene ->
            for (frame in 0L..24L) {
                while (true) (todo.poll() ?: break).run()
                scene.render(frame * 50_000_000)
                Thread.sleep(if (frame < 20) 12 else 4)
            }
            val file = File(folder, "$name-${setting.name.lowercase()}.png")
            file.writeBytes(scene.render(2_000_000_000).encodeToData(EncodedImageFormat.PNG)!!.bytes)
            assertTrue("$file shows next to nothing", file.length() > 3_000)
        }
    }

    @Test
    fun `every screen is pictured in four settings`() {
        work()
        for (setting in Setting.entries) {
            speak(setting)
            for ((name, screen) in screens()) picture(name, setting, height = tall[name] ?: 740, content = screen)
            if (setting == Setting.Light || setting == Setting.Rtl) {
                picture("tablet-today", setting, 1024, 720) { Tabbed(Nav.TODAY, { RunScreen(app, Nav(), run, null) }, "run/$run") { TodayScreen(app, Nav(), session) } }
                picture("tablet-procedures", setting, 1024, 720) { Tabbed("procedures", { RunScreen(app, Nav(), run, "extinguishers") }, "run/$run") { ProceduresScreen(app, Nav()) } }
            }
        }
        running.phone.online.value = false
        speak(Setting.Light)
        picture("today-offline", Setting.Light) { Tabbed(Nav.TODAY) { TodayScreen(app, Nav(), session) } }
        val ending = session.copy(status = session.status.copy(leaseEndsIn = 2u))
        picture("today-lease", Setting.Light) { Tabbed(Nav.TODAY) { TodayScreen(app, Nav(), ending) } }
    }

    @Test
    fun `in the largest type all five faces are in sight at once`() {
        running.enrol("ben-okafor")
        val hands = Hands(rule)
        var kiosk by androidx.compose.runtime.mutableStateOf(false)
        rule.setContent {
            Dressed(Setting.Large) {
                Box(Modifier.requiredSize(360.dp, 740.dp)) {
                    androidx.compose.runtime.key(kiosk) { CaptureScreen(app, Nav(), "harbour-front-desk", kiosk) }
                }
            }
        }
        for (at in listOf(false, true)) {
            kiosk = at
            hands.frame(20)
            for (face in Setting.Large.strings.faces5()) {
                hands.see(face)
                val node = rule.onNodeWithContentDescription(face).fetchSemanticsNode()
                assertEquals("$face, kiosk: $at", node.size.height.toFloat(), node.boundsInRoot.height, 1f)
            }
        }
    }

    @Test
    fun `no control of any screen is nameless or too small, in both languages`() {
        work()
        val hands = Hands(rule)
        var shown: kotlin.Pair<Setting, String> by androidx.compose.runtime.mutableStateOf(Setting.Light to "enrol")
        rule.setContent { Dressed(shown.first) { androidx.compose.runtime.key(shown) { screens().getValue(shown.second)() } } }
        val found = mutableListOf<String>()
        for (setting in listOf(Setting.Light, Setting.Rtl)) {
            speak(setting)
            for (name in screens().keys) {
                shown = setting to name
                hands.frame(30)
                // What is still on its way is no screen yet: a walk over it would find nothing and say that all is well.
                hands.gone(setting.strings.stateLoading)
                found += rule.onRoot().accessibilityFindings(rule.density.density).map { "$name, $setting: $it" }
            }
        }
        assertEquals(emptyList<String>(), found)
    }
}
