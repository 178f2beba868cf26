package frontline.ui

import androidx.compose.foundation.layout.*
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.material3.Text
import androidx.compose.runtime.*
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.text.input.KeyboardType
import androidx.compose.ui.text.style.TextAlign
import frontline.ffi.PersonSummary
import frontline.model.*

/** A column that scrolls, with the distances that all pages have. */
@Composable
fun Scrolled(modifier: Modifier = Modifier, content: @Composable () -> Unit) =
    Column(modifier.verticalScroll(rememberScrollState()).padding(horizontal = Space.l).padding(bottom = Space.xl), Arrangement.spacedBy(Space.m)) { content() }

/** Sets the phone up, or adds one more person to it where [nav] leads back. */
@Composable
fun EnrolScreen(app: App, nav: Nav?) {
    val (presenter, _) = present(app) { EnrolPresenter(app) }
    val problem by presenter.problem.collectAsState()
    val busy by presenter.busy.collectAsState()
    var server by rememberSaveable { mutableStateOf(if (nav == null) "" else null) }
    var code by rememberSaveable { mutableStateOf("") }
    val known by app.session.state.collectAsState()
    val address = server ?: (known as? frontline.model.Load.Ready)?.value?.status?.server.orEmpty()
    val go = { presenter.enrol(address, code) { nav?.back() } }
    Page(if (nav == null) words.enrolTitle else words.whoAdd, nav?.let { { it.back() } }, bottom = {
        AppButton(if (busy) words.enrolWorking else words.enrolGo, { go() }, Modifier.fillMaxWidth(), enabled = !busy && address.isNotBlank() && code.isNotBlank())
    }) {
        Scrolled {
            Text(words.enrolHint, color = palette.inkMuted, style = Type.body)
            problem?.let { Notice(Tone.Wrong, words.say(it)) }
            AppButton(words.enrolScan, { presenter.scan { to, with -> server = to; code = with } }, Modifier.fillMaxWidth(), Weight.Secondary, Icons.qrcode)
            if (nav == null) Field(words.enrolServer, address, { server = it }, keyboard = KeyboardType.Uri)
            // A QR code's text may be typed or pasted here, too: it holds both.
            Field(words.enrolCode, code, { typed -> presenter.parts(typed)?.let { server = it.first; code = it.second } ?: run { code = typed } }, keyboard = KeyboardType.Ascii)
            if (busy) Notice(Tone.Info, words.enrolFirstSync, detail = words.enrolFirstSyncDetail, icon = Icons.sync)
        }
    }
}

/** Out of contact for longer than the organisation allows: a sync opens it, and nothing is lost. */
@Composable
fun LeaseScreen(app: App) {
    val sync by app.syncer.state.collectAsState()
    Page(words.syncTitle, bottom = { AppButton(if (sync.running) words.syncRunning else words.syncNow, { app.syncer.now() }, Modifier.fillMaxWidth(), icon = Icons.sync, enabled = !sync.running) }) {
        Column {
            sync.problem?.let { Notice(Tone.Wrong, words.say(it), Modifier.padding(Space.l)) }
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
    when {
        me != null && me.needsPin -> SetPinScreen(presenter, false, null) {}
        person == null -> Page(words.whoTitle) {
            Scrolled {
                problem?.let { Notice(Tone.Wrong, words.say(it)) }
                if (session.people.isEmpty()) EmptyState(words.whoNone)
                else Group {
                    session.people.forEachIndexed { at, one ->
                        if (at > 0) GroupLine()
                        ListRow(one.name, detail = one.site.text, icon = Icons.person, tone = Tone.Accent, onClick = { if (one.pin) picked = one.id else presenter.use(one, null) }) {
                            if (one.locked) StatusChip(words.pinLockedOut, Tone.Wrong, Icons.lock) else if (one.pin) StatusChip(words.pinEnter, Tone.Neutral, Icons.lock)
                        }
                    }
                }
            }
        }
        person.locked -> UnlockScreen(presenter, session, person) { picked = null }
        else -> PinScreen(words.pinTitle(person.name), problem?.let { words.say(it) }, { picked = null }) { presenter.use(person, it) }
    }
}

@Composable
fun PinScreen(title: String, wrong: String?, onBack: (() -> Unit)?, note: String? = null, onPin: (String) -> Unit) {
    var typed by remember(title) { mutableStateOf("") }
    Page(title, onBack, bottom = {
        AppButton(words.actionContinue, { onPin(typed); typed = "" }, Modifier.fillMaxWidth(), enabled = typed.isNotEmpty())
    }) {
        Column(Modifier.fillMaxWidth().verticalScroll(rememberScrollState()).padding(Space.l), Arrangement.spacedBy(Space.l), Alignment.CenterHorizontally) {
            if (note != null) Text(note, color = palette.inkMuted, style = Type.body, textAlign = TextAlign.Center)
            PinPad(typed.length, maxOf(PIN_SHOWN, typed.length), { typed += it }, { typed = typed.dropLast(1) }, wrong = wrong.takeIf { typed.isEmpty() })
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
        change && old == null -> PinScreen(words.pinOld, wrong, onBack) { old = it }
        first == null -> PinScreen(if (change) words.pinNew else words.pinSet, wrong, onBack, words.pinSetDetail) { first = it; differs = false }
        else -> PinScreen(words.pinRepeat, null, { first = null }) { again ->
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
    if (by != null) return PinScreen(words.pinTitle(by.name), problem?.let { words.say(it) }, { leader = null }, words.whoLeader) { presenter.unlock(person.id, by.id, it, onBack) }
    Page(words.pinLockedOut, onBack) {
        Scrolled {
            Notice(Tone.Attention, words.pinLockedOutDetail, icon = Icons.lock)
            SectionHeader(words.pinManager)
            Group {
                session.people.filter { it.id != person.id && it.pin }.forEachIndexed { at, one ->
                    if (at > 0) GroupLine()
                    ListRow(one.name, icon = Icons.person, onClick = { leader = one.id })
                }
            }
        }
    }
}
