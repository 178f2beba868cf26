package frontline.model

import frontline.ffi.*
import frontline.model.api.*
import kotlinx.coroutines.*
import kotlinx.coroutines.flow.MutableStateFlow

/** Which of the doors is open: before everything else a phone has a server, and whoever holds it is known. */
data class Session(val status: SyncStatus, val me: Me?, val people: List<PersonSummary>) {
    val enrolled get() = status.device != null
    val several get() = people.size > 1
    val here get() = people.firstOrNull { it.current }
    val open get() = me != null && me.signedIn && !me.needsPin && !status.leaseOver
}

/** What all screens share: the core, the phone, who is at it, and the sync that runs by itself. */
class App(val core: Core, val phone: Phone, private val scope: CoroutineScope) {
    val syncer = Syncer(this)
    val session = SessionPresenter(this)
    val voice = Voice(this)

    /** Counts drafts that were set, by whichever screen. */
    val kept = MutableStateFlow(0)

    init {
        launch { syncer.afterwards() }
    }

    /** What a code in front of the camera says. The core looks at each picture for a moment: a near one is found in the smallest. */
    suspend fun scan(): String? = phone.sight().firstNotNullOfOrNull { frame -> load { core.media { code(frame)?.text } }.ready }

    fun launch(what: suspend () -> Unit): Job = scope.launch { what() }
}

class SessionPresenter(app: App) : Presenter<Session>(app, Topic.PEOPLE, Topic.SYNC, Topic.CONTENT) {
    override suspend fun read(): Session {
        val status = core.sync { status() }
        if (status.device == null) return Session(status, null, emptyList())
        return core.people { Session(status, me(), list(PageAsked(count = MOST)).items) }
    }

    /** Somebody hands the phone over: who has no PIN is not kept out by a lock, so it is asked who is there. */
    val handing = MutableStateFlow(false)

    /** A lock tells nobody: whoever locked asks for it. */
    fun lock(): Job {
        handing.value = true
        return act { app.voice.ended(); core.people { switchTo(null, null) }; refresh() }
    }
}

/** Rows of a list that a screen holds at most; behind them are pages. */
internal const val MOST = 200u
