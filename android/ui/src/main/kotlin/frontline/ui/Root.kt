package frontline.ui

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.*
import androidx.compose.runtime.*
import androidx.compose.runtime.saveable.*
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.ImageBitmap
import frontline.ffi.LockedBy
import frontline.model.*
import frontline.model.api.Phone

/** Turns the bytes of a JPEG or a PNG into what is drawn; the platform knows how. */
val LocalPictures = staticCompositionLocalOf<(ByteArray) -> ImageBitmap?> { { null } }

/** How the platform tells that somebody wants back. */
typealias Back = @Composable (enabled: Boolean, onBack: () -> Unit) -> Unit

/** A presenter as long as its screen is there, and its state. */
@Composable
fun <S, P : Presenter<S>> present(vararg keys: Any?, make: () -> P): Pair<P, Load<S>> {
    val presenter = remember(*keys) { make() }
    LaunchedEffect(presenter) { presenter.live() }
    val state by presenter.state.collectAsState()
    return presenter to state
}

/** From nothing to the app: its store is opened, or recovered where its key is gone. */
@Composable
fun Start(
    phone: Phone, open: suspend () -> App, recover: suspend (Invitation) -> Unit, phoneWords: Strings, dark: Boolean,
    back: Back = { _, _ -> },
) {
    var app by remember { mutableStateOf<Load<App>>(Load.Loading) }
    var tries by remember { mutableIntStateOf(0) }
    val again = {
        app = Load.Loading
        tries++
    }
    LaunchedEffect(tries) { app = load { open() } }
    FrontlineTheme(phoneWords, dark) {
        // The system draws its bars over the app: the ground goes to the edge, and what is touched does not.
        Box(Modifier.fillMaxSize().background(palette.ground).safeDrawingPadding()) {
            if ((app as? Load.Failed)?.problem == Problem.Locked(LockedBy.KEY)) RecoverScreen(phone, recover) { again() }
            else StateOf(app, { again() }) { Root(it, phoneWords, dark, back = back) }
        }
    }
}

/** The whole app: first a server, then a person, then their work, in their language. */
@Composable
fun Root(app: App, phoneWords: Strings, dark: Boolean, fontScale: Float? = null, back: Back = { _, _ -> }) {
    val session by app.session.state.collectAsState()
    LaunchedEffect(app) { app.session.live() }
    LaunchedEffect(app) { app.syncer.byItself() }
    val me = session.ready?.me
    FrontlineTheme(me?.let { stringsFor(it.language) } ?: phoneWords, dark, fontScale) {
        Box(Modifier.fillMaxSize().background(palette.ground)) {
            StateOf(session, { app.session.retry() }) { Gate(app, it, back) }
        }
    }
}

@Composable
private fun Gate(app: App, session: Session, back: Back) {
    val handing by app.session.handing.collectAsState()
    val people = rememberSaveableStateHolder()
    var kiosk by rememberSaveable { mutableStateOf<String?>(null) }
    var came by rememberSaveable { mutableStateOf(false) }
    val theirs = session.open && !handing && session.me?.id == kiosk
    when {
        // Whose kiosk it is has to come: a customer is asked neither who they are nor for a PIN.
        kiosk != null && !came && !theirs -> KioskClosed(back) { came = true }
        !session.enrolled -> EnrolScreen(app, null)
        session.status.leaseOver -> LeaseScreen(app)
        !session.open || handing -> WhoScreen(app, session)
        // What one was at is theirs alone, and there again when they come back.
        else -> session.me?.let { me -> key(me.id) { people.SaveableStateProvider(me.id) {
            Home(app, session, back) { on ->
                if (on || kiosk != null) app.phone.kiosk(on)
                kiosk = me.id.takeIf { on }
                came = false
            }
        } } }
    }
}

@Composable
private fun Home(app: App, session: Session, back: Back, onKiosk: (Boolean) -> Unit) {
    val nav = rememberSaveable(saver = Nav.Saver) { Nav() }
    val link by app.phone.link.collectAsState()
    val opened = rememberSaveableStateHolder()
    val top = nav.top
    val kiosk = top != null && top.startsWith("kiosk/")
    // Whoever is asked at a kiosk comes no further by the system's Back: its own lock ends it, and asks who has a PIN for it.
    back(top != null) { if (!kiosk) nav.back() }
    // Also where it was restored: the system forgets with the app that it was kept on the one question.
    LaunchedEffect(kiosk) { onKiosk(kiosk) }
    if (top != null && kiosk) return CaptureScreen(app, nav, top.substringAfter('/'), kiosk = true)
    LaunchedEffect(link) { if (link != null && nav.top != "enrol") nav.open("enrol") }
    val places = listOf(
        Destination(Nav.TODAY, words.navToday, Icons.today), Destination("training", words.navTraining, Icons.training),
        Destination("procedures", words.navProcedures, Icons.procedures), Destination("feedback", words.navFeedback, Icons.feedback),
        Destination("contacts", words.navContacts, Icons.contacts),
    )
    val detail: (@Composable () -> Unit)? = top?.let { route ->
        { opened.SaveableStateProvider(route) { key(route) { Opened(app, nav, session, route) } } }
    }
    AppScaffold(places, if (nav.tab == "actions") "procedures" else nav.tab, nav::go, detail, nav.opened) {
        opened.SaveableStateProvider(nav.tab) {
            when (nav.tab) {
                "training" -> TrainingScreen(app, nav)
                "procedures" -> ProceduresScreen(app, nav)
                "actions" -> ActionsScreen(app, nav)
                "feedback" -> FeedbackScreen(app, nav)
                "contacts" -> ContactsScreen(app, nav)
                else -> TodayScreen(app, nav, session)
            }
        }
    }
}

@Composable
private fun Opened(app: App, nav: Nav, session: Session, route: String) {
    val parts = route.split('/', limit = 3)
    val (id, more) = parts.getOrElse(1) { "" } to parts.getOrNull(2)
    when (parts[0]) {
        "run" -> RunScreen(app, nav, id, more)
        "history" -> HistoryScreen(app, nav, id)
        "clash" -> ClashScreen(app, nav, id, more.orEmpty())
        "sign" -> SignScreen(app, nav, session, id)
        "evidence" -> EvidenceScreen(app, nav, id, more.orEmpty())
        "picture" -> PictureScreen(app, nav, id, more.orEmpty())
        "action" -> ActionScreen(app, nav, id)
        "action-new" -> ActionOpenScreen(app, nav, id.ifEmpty { null }, more)
        "action-change" -> ActionChangeScreen(app, nav, id, more.orEmpty())
        "asset" -> AssetScreen(app, nav, more.orEmpty())
        "module" -> ModuleScreen(app, nav, id)
        "lesson" -> LessonScreen(app, nav, id, more.orEmpty())
        "quiz" -> QuizScreen(app, nav, id, more)
        "capture" -> CaptureScreen(app, nav, id, kiosk = false)
        "contact" -> ContactScreen(app, nav, id)
        "sync" -> SyncScreen(app, nav)
        "enrol" -> EnrolScreen(app, nav)
        else -> SettingsScreen(app, nav)
    }
}
