package frontline.ui

import androidx.compose.foundation.*
import androidx.compose.foundation.layout.*
import androidx.compose.material3.Text
import androidx.compose.runtime.*
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.ui.*
import androidx.compose.ui.text.input.KeyboardType
import androidx.compose.ui.text.style.TextAlign
import frontline.ffi.PersonSummary
import frontline.model.*
import frontline.model.api.Phone
import kotlinx.coroutines.*

/**
 * A server and a one-time code: typed, scanned, or out of a link. What was typed stays until it worked. [scan] is the core's: where
 * its store is shut, there is the phone's own camera app, which opens the link.
 */
@Composable
private fun InvitationPage(
    title: String, hint: String, phone: Phone, scan: (suspend () -> String?)?, known: String?, problem: Problem?, busy: Boolean, go: String,
    onBack: (() -> Unit)?, onGo: (Invitation) -> Unit,
) {
    var server by rememberSaveable { mutableStateOf<String?>(null) }
    var code by rememberSaveable { mutableStateOf("") }
    val link by phone.link.collectAsState()
    val scans = rememberCoroutineScope()
    val address = server ?: known.orEmpty()
    fun take(text: String?): Boolean {
        val by = text?.let(::invitation) ?: return false
        server = by.server
        code = by.code
        return true
    }
    LaunchedEffect(link) {
        take(link)
        phone.link.value = null
    }
    Page(title, onBack, bottom = {
        val ready = !busy && address.isNotBlank() && code.isNotBlank()
        WideButton(if (busy) words.enrolWorking else go, { onGo(Invitation(address.trim(), code.trim())) }, enabled = ready)
    }) {
        Scrolled {
            Muted(hint)
            Wrong(problem)
            for (file in remember { phone.carriedOut() }) HandOn(phone, file)
            if (scan != null) WideButton(words.enrolScan, { scans.launch { take(scan()) } }, Weight.Secondary, Icons.qrcode)
            // The server is known to whoever adds a person; one that is another must be seen.
            if (known == null || address != known) Field(words.enrolServer, address, { server = it }, keyboard = KeyboardType.Uri)
            // A QR code's text may be typed or pasted here, too: it holds both.
            Field(words.enrolCode, code, { if (!take(it)) code = it }, keyboard = KeyboardType.Ascii)
            if (busy) Notice(Tone.Info, words.enrolFirstSync, detail = words.enrolFirstSyncDetail, icon = Icons.sync)
        }
    }
}

/** Sets the phone up, or adds one more person to it where [nav] leads back. */
@Composable
fun EnrolScreen(app: App, nav: Nav?) {
    val (presenter, _) = present(app) { EnrolPresenter(app) }
    val problem by presenter.problem.collectAsState()
    val busy by presenter.busy.collectAsState()
    val session by app.session.state.collectAsState()
    val (title, known) = if (nav == null) words.enrolTitle to null else words.whoAdd to session.ready?.status?.server
    InvitationPage(title, words.enrolHint, app.phone, app::scan, known, problem, busy, words.enrolGo, nav?.let { it::back }) { by ->
        presenter.enrol(by) { nav?.back() }
    }
}

/** A store that has lost its key is opened again through the server, by a code of somebody who was on this phone. */
@Composable
fun RecoverScreen(phone: Phone, recover: suspend (Invitation) -> Unit, onDone: () -> Unit) {
    val scope = rememberCoroutineScope()
    var problem by remember { mutableStateOf<Problem?>(null) }
    var busy by remember { mutableStateOf(false) }
    InvitationPage(words.enrolRecover, words.errorKeyLost, phone, null, null, problem, busy, words.enrolRecover, null) { by ->
        busy = true
        scope.launch {
            val done = load { recover(by) }
            problem = (done as? Load.Failed)?.problem
            busy = false
            if (problem == null) onDone()
        }
    }
}

/** Out of contact for longer than the organisation allows: a sync opens it, and nothing is lost. */
@Composable
fun LeaseScreen(app: App) {
    val sync by app.syncer.state.collectAsState()
    Page(words.syncTitle, bottom = {
        val idle = !sync.running
        WideButton(if (idle) words.syncNow else words.syncRunning, { app.syncer.now() }, icon = Icons.sync, enabled = idle)
    }) {
        Column {
            Wrong(sync.problem, Modifier.padding(Space.l))
            EmptyState(words.leaseOver, words.leaseOverDetail, Icons.lock)
        }
    }
}

/** Who is at the phone; a PIN opens what is theirs. */
@Composable
fun WhoScreen(app: App, session: Session) {
    val (presenter, _) = present(app) { WhoPresenter(app) }
    val problem by presenter.problem.collectAsState()
    val me = session.me
    var picked by rememberSaveable { mutableStateOf<String?>(null) }
    val person = session.people.firstOrNull { it.id == picked }
    // How long the next try has to wait runs down while it is looked at.
    if (person != null && problem != null) LaunchedEffect(person.id) { while (true) { delay(1_000); app.session.refresh() } }
    when {
        me != null && me.needsPin -> SetPinScreen(presenter, false, null) {}
        person == null -> Page(words.whoTitle) {
            Scrolled {
                Wrong(problem)
                if (session.people.isEmpty()) EmptyState(words.whoNone)
                else GroupOf(session.people) { _, one ->
                    val pick: () -> Unit = { if (one.pin) picked = one.id else presenter.use(one, null) }
                    ListRow(one.name, detail = one.site.label.text, icon = Icons.person, tone = Tone.Accent, onClick = pick) {
                        if (one.locked) StatusChip(words.pinLockedOut, Tone.Wrong, Icons.lock)
                        else if (one.pin) StatusChip(words.pinEnter, Tone.Neutral, Icons.lock)
                    }
                }
            }
        }
        person.locked -> UnlockScreen(presenter, session, person) { picked = null }
        else -> PinScreen(words.pinTitle(person.name), problem, { picked = null }, by = person) { presenter.use(person, it) }
    }
}

@Composable
fun PinScreen(
    title: String, problem: Problem?, onBack: (() -> Unit)?, note: String? = null, by: PersonSummary? = null, onPin: (String) -> Unit,
) = PinPage(title, refused(problem, by), onBack, note, onPin)

/** Why a PIN was not taken; [by]: whose it is, which says how often and when it may be given again. */
@Composable
private fun refused(problem: Problem?, by: PersonSummary?): String? {
    val said = problem?.let { words.say(it) } ?: return null
    if (by == null || (problem as? Problem.Invalid)?.field != "pin") return said
    val wait = (by.waitMs.toInt() + 999) / 1000
    val first = if (wait > 0) words.pinWait(words.timerFace(wait / 60, wait % 60)) else said.takeIf { problem.rule != "wait" }
    return if (by.locked) said else joined("\n", first, words.pinTriesLeft(by.triesLeft.toInt()))
}

@Composable
private fun PinPage(title: String, wrong: String?, onBack: (() -> Unit)?, note: String? = null, onPin: (String) -> Unit) {
    var typed by remember(title) { mutableStateOf("") }
    Page(title, onBack, bottom = {
        WideButton(words.actionContinue, { onPin(typed); typed = "" }, enabled = typed.isNotEmpty())
    }) {
        Column(
            // Low, where a thumb is.
            Modifier.fillMaxSize().verticalScroll(rememberScrollState()).padding(Space.l),
            Arrangement.spacedBy(Space.l, Alignment.Bottom), Alignment.CenterHorizontally,
        ) {
            if (note != null) Text(note, color = palette.inkMuted, style = Type.body, textAlign = TextAlign.Center)
            val rings = maxOf(PIN_SHOWN, typed.length)
            PinPad(typed.length, rings, { typed += it }, { typed = typed.dropLast(1) }, wrong = wrong.takeIf { typed.isEmpty() })
        }
    }
}

/** How many rings wait to be filled; the core says how many digits are enough. */
private const val PIN_SHOWN = 4

/** Typed twice; one that stands is asked for first. */
@Composable
fun SetPinScreen(presenter: WhoPresenter, change: Boolean, onBack: (() -> Unit)?, done: () -> Unit) {
    val problem by presenter.problem.collectAsState()
    var old by remember { mutableStateOf<String?>(null) }
    var first by remember { mutableStateOf<String?>(null) }
    var differs by remember { mutableStateOf(false) }
    val wrong = if (differs) words.pinDiffers else problem?.let { words.say(it) }
    when {
        change && old == null -> PinPage(words.pinOld, wrong, onBack) { old = it }
        first == null -> PinPage(if (change) words.pinNew else words.pinSet, wrong, onBack, words.pinSetDetail) {
            first = it
            differs = false
        }
        else -> PinPage(words.pinRepeat, null, { first = null }) { again ->
            differs = again != first
            if (!differs) presenter.setPin(again, old).invokeOnCompletion { if (presenter.problem.value == null) done() }
            old = if (change && !differs) null else old
            first = null
        }
    }
}

/** Given wrong too often: somebody who leads is picked and gives theirs. */
@Composable
private fun UnlockScreen(presenter: WhoPresenter, session: Session, person: PersonSummary, onBack: () -> Unit) {
    val problem by presenter.problem.collectAsState()
    var leader by rememberSaveable { mutableStateOf<String?>(null) }
    val by = session.people.firstOrNull { it.id == leader }
    if (by != null) return PinScreen(words.pinTitle(by.name), problem, { leader = null }, words.whoLeader, by) {
        presenter.unlock(person.id, by.id, it, onBack)
    }
    Page(words.pinLockedOut, onBack) {
        Scrolled {
            Notice(Tone.Attention, words.pinLockedOutDetail, icon = Icons.lock)
            SectionHeader(words.pinManager)
            GroupOf(session.people.filter { it.id != person.id && it.pin }) { _, one ->
                ListRow(one.name, icon = Icons.person, onClick = { leader = one.id })
            }
        }
    }
}
