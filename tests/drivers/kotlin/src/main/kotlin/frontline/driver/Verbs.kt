package frontline.driver

import frontline.ffi.*
import java.io.File
import java.nio.file.Files
import java.nio.file.LinkOption
import java.nio.file.StandardOpenOption
import java.util.Base64
import kotlinx.coroutines.runBlocking

/** What a line says, done by the surface. A verb's name is its service and method; unknown words of a line are refused. */
class Verbs(private val phone: Phone) {
    private val app get() = phone.app!!

    fun act(line: Line): Json {
        val verb = line.text("do")
        return (all[verb] ?: throw Invalid("do", "verb", "there is no verb ‘$verb’"))(line)
    }

    private val actions = ActionVerbs(phone)

    private val all: Map<String, (Line) -> Json> = actions.all + mapOf(
        "device.status" to ::status, "device.list" to ::list, "device.show" to ::show, "device.check" to ::check,
        "device.rebuild" to { line -> line.end(); phone.story.rebuild(app); obj() },
        "device.export" to ::export, "device.reset" to ::reset, "device.enrol" to ::enrol, "sync.now" to ::syncNow,
        "training.list" to { pages(it, modules) }, "training.open" to { moduleDetail(app.training().module(it.only("module"))) },
        "training.progress" to ::progress, "training.quiz_start" to { obj("id" to app.training().startQuiz(it.only("module")).id) },
        "training.quiz_answer" to ::quizAnswer, "training.quiz_submit" to ::quizSubmit,
        "procedures.list" to { pages(it, available) }, "procedures.runs" to { it.runsAsked().let { asked -> pages(it, runs(asked)) } },
        "procedures.demands" to { pages(it, demands) },
        "procedures.start" to ::start, "procedures.asset" to { asset(app.procedures().asset(it.only("code"))) },
        "procedures.answer" to ::answerRun, "procedures.settle" to ::settle, "procedures.measure" to ::measure, "procedures.attach" to ::attach,
        "procedures.detach" to ::detach, "procedures.submit" to { seal(it) { Seal.HandIn } },
        "procedures.sign_off" to { line -> seal(line) { Seal.SignOff(line.maybeText("pin"), line.maybeText("seen")) } },
        "procedures.return" to { line -> seal(line) { Seal.GiveBack(line.text("reason")) } },
        "procedures.fetch" to { line -> line.only("run").let { runBlocking { app.procedures().fetch(it) } }; obj() },
        "feedback.give" to ::give, "feedback.list" to { pages(it, feedbacks) },
        "interactions.open" to ::openContact, "interactions.close" to ::closeContact, "interactions.customer" to ::customer,
        "interactions.find" to ::find, "interactions.list" to { pages(it, contacts(ContactsOf.Everybody)) },
        "interactions.pause" to { mark(it, ContactMark.PAUSE) }, "interactions.resume" to { mark(it, ContactMark.RESUME) },
        "interactions.void" to { mark(it, ContactMark.VOID) },
        "people.use" to { app.people().switchTo(it.only("person"), null); obj() },
        "people.switch" to ::switch, "people.set_pin" to ::setPin, "people.lock" to { it.end(); app.people().switchTo(null, null); obj() },
        "people.unlock" to ::unlock, "people.sign_out" to ::signOut, "drafts.keep" to ::keep,
        "drafts.drop" to { app.people().keepDraft(it.only("about"), ""); obj() }, "drafts.get" to ::draft,
        "drafts.list" to { pages(it, drafts) }, "media.add" to ::addPicture,
        "media.add_sound" to ::addSound, "media.add_drawing" to ::addDrawing, "media.drawing" to ::drawing, "media.list" to ::listPictures,
        "media.fetch" to ::fetchPicture, "media.save" to ::savePicture,
    )

    // Lists.

    private val modules: Pages = { ask -> app.training().list(ask).let { it.items.map(::module) to it.next } }
    private val available: Pages = { ask -> app.procedures().available(ask).let { it.items.map(::procedure) to it.next } }
    private fun runs(asked: RunsAsked): Pages =
        { ask -> app.procedures().runs(asked.copy(page = ask)).let { it.items.map(::run) to it.next } }
    private fun Line.runsAsked() = RunsAsked(
        words = maybeText("search") ?: "",
        status = maybeText("status")?.let { said ->
            when (said) {
                "open" -> RunStatus.OPEN
                "submitted" -> RunStatus.HANDED_IN
                "signed-off" -> RunStatus.SIGNED_OFF
                "lapsed" -> RunStatus.LAPSED
                "withdrawn" -> RunStatus.WITHDRAWN
                else -> throw Invalid("status", "choice", "there is no status ‘$said’")
            }
        },
        site = maybeText("site"), procedure = maybeText("procedure"), page = PageAsked(),
    )
    private val demands: Pages = { ask -> app.procedures().demands(ask).let { it.items.map(::demand) to it.next } }
    private val feedbacks: Pages = { ask -> app.feedback().list(ask).let { it.items.map(::feedback) to it.next } }
    private val people: Pages = { ask -> app.people().list(ask).let { it.items.map(::person) to it.next } }
    private val drafts: Pages = { ask -> app.people().drafts(null, ask).let { it.items.map(::begun) to it.next } }
    private fun contacts(of: ContactsOf): Pages = { ask -> app.interactions().list(of, ask).let { it.items.map(::contact) to it.next } }
    private fun entries(of: CapturedOf): Pages = { ask -> app.sync().captured(of, ask).let { it.items.map(::captured) to it.next } }
    private fun histories(run: String): Pages = { ask -> app.procedures().history(run, ask).let { it.items.map(::history) to it.next } }

    // The device.

    private fun status(line: Line): Json {
        line.end()
        val out = status(app.sync().status())
        val own = everything(entries(CapturedOf.EVERYTHING)).filter { "successor" !in it }
        val changes = own.count { it["what"] == "run-changed" }
        return out + obj("captured_facts" to own.size - changes, "captured_changes" to changes)
    }

    private fun list(line: Line): Json = when (val topic = line.text("topic")) {
        "training" -> pages(line, modules)
        "procedures" -> pages(line, available)
        "runs" -> pages(line, runs(RunsAsked(page = PageAsked())))
        "demands" -> pages(line, demands)
        "actions" -> pages(line, actions.of(WhichActions.STANDING))
        "feedback" -> pages(line, feedbacks)
        "interactions" -> pages(line, contacts(ContactsOf.Everybody))
        "quarantine" -> pages(line, entries(CapturedOf.REFUSED))
        "sync" -> pages(line, entries(CapturedOf.EVERYTHING))
        "people" -> pages(line, people)
        else -> throw Invalid("topic", "choice", "there is no topic ‘$topic’")
    }

    private fun show(line: Line): Json {
        val id = line.text("id")
        val history = line.flag("history")
        line.end()
        if (Regex("[0-9a-fA-F]{32}").matches(id)) {
            val out = runDetail(app.procedures().run(id))
            return if (history) out + obj("history" to everything(histories(id))) else out
        }
        val finders = listOf<() -> Json?>(
            { actionDetail(app.actions().action(id)) }, { contact(app.interactions().contact(id)) }, { everything(feedbacks).find { it["id"] == id } },
            { attempt(app.training().attempt(id)) }, { moduleDetail(app.training().module(id)) },
        )
        for (find in finders) {
            try {
                find()?.let { return it }
            } catch (_: FrontlineException) {
                // The next one may know it.
            }
        }
        throw FrontlineException.NotFound("run, action, contact, feedback, attempt or module with this id")
    }

    private fun check(line: Line): Json {
        line.end()
        val found = phone.story.check(app)
        return obj("problems" to found.problems, "compared" to found.compared) + there("set_aside" to setAside(found.setAside))
    }

    private fun carried(file: String): String {
        if ('/' in file || '\\' in file || !file.endsWith(".frontline")) {
            throw Invalid("file", "name", "write the name of a new file in the phone's folder, such as unsent.frontline, and no path")
        }
        return File(phone.dir, file).path
    }

    private fun export(line: Line): Json {
        val path = carried(line.text("file"))
        line.end()
        val open = phone.app ?: return exported(phone.story.salvage(path)) + obj("quarantined" to 0)
        return exported(open.sync().export(path)) + obj("quarantined" to open.sync().status().refused)
    }

    private fun reset(line: Line): Json {
        val file = line.maybeText("file")
        val drop = line.flag("drop_pictures")
        line.end()
        val path = file?.let(::carried)
        if (path != null && Files.exists(File(path).toPath(), LinkOption.NOFOLLOW_LINKS)) {
            throw Invalid("file", "new", "this file exists; name a new one")
        }
        phone.shut()
        return exported(phone.story.reset(Leaving(path, drop)))
    }

    fun enrol(line: Line): Json {
        val server = line.text("server")
        val code = line.text("code")
        line.end()
        val e = runBlocking { app.sync().enrol(server, code) }
        return obj("device" to e.device, "name" to e.name, "person" to e.person, "organisation" to e.organisation)
    }

    private fun syncNow(line: Line): Json {
        phone.network(line.maybeText("network") ?: "unmetered")
        line.end()
        return sync(runBlocking { app.sync().now() })
    }

    // Training.

    private fun progress(line: Line): Json {
        val module = line.text("module")
        val lesson = line.text("lesson")
        val card = line.count("card")
        line.end()
        app.training().progress(module, lesson, card.toUShort())
        return obj()
    }

    private fun quizAnswer(line: Line): Json {
        val draft = QuizAnswerDraft(line.text("attempt"), line.text("item"), line.given())
        line.end()
        app.training().answer(draft)
        return obj()
    }

    private fun quizSubmit(line: Line): Json {
        val a = app.training().submit(line.only("attempt"))
        return obj("points" to a.points, "of" to a.of, "passed" to a.passed, "left" to a.left)
    }

    // Procedures.

    private fun start(line: Line): Json {
        val procedure = line.text("procedure")
        val about = line.maybeText("asset")
        line.end()
        return obj("id" to app.procedures().start(procedure, about))
    }

    private fun answerRun(line: Line): Json {
        val draft = AnswerDraft(line.text("run"), line.text("item"), line.given(), line.maybeText("seen"))
        line.end()
        app.procedures().answer(draft)
        return obj()
    }

    private fun measure(line: Line): Json {
        val draft = MeasureDraft(line.text("run"), line.text("item"), line.maybeText("seen"))
        val shown = Reading(line.text("number"), line.text("unit"))
        line.end()
        app.procedures().measure(draft, object : Probe { override fun read() = shown })
        return obj()
    }

    private fun settle(line: Line): Json {
        val run = line.text("run")
        val item = line.text("item")
        val pick = line.word("pick")
        line.end()
        val same = { value: Any? -> value == pick || (value is Number && pick is Number && value.toDouble() == pick.toDouble()) ||
            (value == true && pick == "pass") || (value == false && pick == "fail") }
        val there = app.procedures().run(run).sections.filter { !it.empty }.flatMap { it.items }.filter { it.id == item }
        val found = there.flatMap { it.answers }.find { it.id == pick || same(answer(it.answer)) }
            ?: throw Invalid("pick", "choice", "pick one of the values that stand there")
        app.procedures().answer(AnswerDraft(run, item, Given.Pick(found.id), null))
        return obj()
    }

    private fun attach(line: Line) =
        if (line.maybeText("sound") == null) evidence(line) { _, _, photo -> EvidenceChange.Add(photo) }
        else evidence(line, "sound") { _, _, sound -> EvidenceChange.Sound(sound) }

    private fun detach(line: Line) = evidence(line) { run, item, photo ->
        val there = app.procedures().run(run).sections.flatMap { it.items }.filter { it.id == item }.flatMap { it.evidence }
        EvidenceChange.TakeBack(there.find { photo == it.photo || photo == it.id }?.id ?: photo)
    }

    private fun evidence(line: Line, named: String = "photo", change: (String, String, String) -> EvidenceChange): Json {
        val run = line.text("run")
        val item = line.text("item")
        val made = change(run, item, line.text(named))
        line.end()
        app.procedures().evidence(EvidenceDraft(run, item, made))
        return obj()
    }

    private fun seal(line: Line, of: () -> Seal): Json {
        val run = line.text("run")
        val seal = of()
        line.end()
        app.procedures().seal(run, seal)
        return obj()
    }

    // Feedback and contacts.

    private fun give(line: Line): Json {
        val draft = FeedbackDraft(line.text("touchpoint"), line.count("score"), line.maybeText("reason"), line.maybeText("comment"))
        line.end()
        return obj("id" to app.feedback().give(draft))
    }

    private fun customerOf(line: Line) =
        CustomerDraft(line.maybeText("name"), line.maybeText("phone"), line.maybeText("email"), line.maybeText("note"))

    private fun openContact(line: Line): Json {
        @Suppress("UNCHECKED_CAST")
        val who = (line.maybe("customer") as Json?)?.let { customerOf(Line(it)) }
        val draft = ContactDraft(line.maybeText("reason"), line.maybeText("channel"), line.maybeText("touchpoint"), who)
        line.end()
        return obj("id" to app.interactions().open(draft))
    }

    private fun closeContact(line: Line): Json {
        val draft = CloseDraft(line.text("id"), line.text("reason"), line.text("outcome"), line.maybeText("channel"))
        line.end()
        app.interactions().closeContact(draft)
        return obj()
    }

    private fun customer(line: Line): Json {
        val id = line.text("id")
        val draft = customerOf(line)
        line.end()
        app.interactions().customer(id, draft)
        return obj()
    }

    private fun find(line: Line): Json {
        val phone = line.maybeText("phone")
        val email = line.maybeText("email")
        line.end()
        return obj("list" to everything(contacts(if (phone != null) ContactsOf.Phone(phone) else ContactsOf.Email(email ?: ""))))
    }

    private fun mark(line: Line, mark: ContactMark): Json {
        app.interactions().mark(line.only("id"), mark)
        return obj()
    }

    // People and what they began.

    private fun switch(line: Line): Json {
        val person = line.text("person")
        val pin = line.maybeText("pin")
        line.end()
        app.people().switchTo(person, pin)
        return obj()
    }

    private fun setPin(line: Line): Json {
        val draft = PinDraft(line.maybeText("person"), line.text("pin"), line.maybeText("old"))
        line.end()
        app.people().setPin(draft)
        return obj()
    }

    private fun unlock(line: Line): Json {
        val draft = UnlockDraft(line.text("person"), line.text("by"), line.text("pin"))
        line.end()
        app.people().unlock(draft)
        return obj()
    }

    private fun signOut(line: Line): Json {
        val person = line.text("person")
        val drop = line.flag("drop_drafts")
        line.end()
        val left = app.people().signOut(person, drop)
        return obj("unsent" to left.unsent, "drafts" to left.drafts)
    }

    private fun keep(line: Line): Json {
        val about = line.text("about")
        val text = line.text("text")
        line.end()
        app.people().keepDraft(about, text)
        return obj()
    }

    private fun draft(line: Line): Json {
        val found = app.people().drafts(line.only("about"), PageAsked()).items.firstOrNull()
        return begun(found ?: throw FrontlineException.NotFound("draft about this"))
    }

    // Pictures.

    /** The bytes that a line brings, and whether they were taken at that moment. */
    private fun taken(line: Line): kotlin.Pair<ByteArray, Boolean> {
        val file = line.maybeText("file")
        val text = line.maybeText("base64")
        val live = line.flag("live")
        line.end()
        return (file?.let { File(phone.dir, it).readBytes() } ?: Base64.getDecoder().decode(text)) to live
    }

    private fun addPicture(line: Line) = taken(line).let { (bytes, live) -> added(app.media().add(PictureDraft(bytes, live))) }

    private fun addSound(line: Line): Json {
        val (bytes, live) = taken(line)
        val made = app.media().addSound(SoundDraft(bytes, live))
        return obj("id" to made.id, "media" to made.media, "bytes" to made.bytes, "length_ms" to made.lengthMs)
    }

    private fun addDrawing(line: Line): Json {
        val width = line.count("width").toUInt()
        val height = line.count("height").toUInt()
        val strokes = (line.word("strokes") as List<*>).map { stroke ->
            Stroke((stroke as List<*>).map { at -> (at as List<*>).map { (it as Long).toUInt() }.let { (x, y, ms) -> StrokePoint(x, y, ms) } })
        }
        line.end()
        return added(app.media().addDrawing(Drawing(width, height, strokes)))
    }

    private fun drawing(line: Line): Json {
        val drawn = app.media().drawing(line.only("photo"))
        val strokes = drawn.strokes.map { stroke -> stroke.points.map { listOf(it.x, it.y, it.atMs) } }
        return obj("width" to drawn.width, "height" to drawn.height, "strokes" to strokes)
    }

    private fun listPictures(line: Line): Json {
        val run = line.maybeText("run")
        val action = line.maybeText("action")
        line.end()
        val found = if (action == null) app.media().ofRun(run!!) else app.media().ofAction(action)
        return obj("list" to found.map(::picture))
    }

    private fun fetchPicture(line: Line): Json {
        val photo = line.text("photo")
        val small = line.flag("small")
        phone.network(line.maybeText("network") ?: "unmetered")
        line.end()
        runBlocking { app.media().fetch(photo, small) }
        return obj()
    }

    private fun savePicture(line: Line): Json {
        val photo = line.text("photo")
        val file = line.text("file")
        line.end()
        val bytes = app.media().bytes(photo)
        Files.write(File(phone.dir, file).toPath(), bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)
        return obj("bytes" to bytes.size)
    }
}
