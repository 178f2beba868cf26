package frontline.model

import frontline.ffi.*
import kotlinx.coroutines.flow.MutableStateFlow

data class SyncCentre(val status: SyncStatus, val refused: List<CapturedSummary>, val captured: List<CapturedSummary>)

class SyncPresenter(app: App) : Presenter<SyncCentre>(app, Topic.SYNC) {
    val exported = MutableStateFlow<String?>(null)

    override suspend fun read() = core.sync {
        SyncCentre(status(), captured(CapturedOf.REFUSED, PageAsked(null, null)).items, captured(CapturedOf.EVERYTHING, PageAsked(null, null)).items)
    }

    fun export() = act {
        val file = app.phone.fileFor(EXPORT) ?: return@act
        core.sync { export(file) }
        exported.value = file.substringAfterLast('/')
    }
}

/** What would be lost by leaving: asked before anything is. */
data class Parting(val drafts: Int, val unsent: Int)

data class SettingsShown(val session: Session, val parting: Parting)

class SettingsPresenter(app: App) : Presenter<SettingsShown>(app, Topic.PEOPLE, Topic.SYNC) {
    override suspend fun read(): SettingsShown {
        val session = app.session.run { refresh(); (state.value as? Load.Ready)?.value } ?: throw ProblemException(Problem.Busy)
        val drafts = core.people { drafts(null, PageAsked(count = MOST)).items.size }
        return SettingsShown(session, Parting(drafts, session.status.unsent.toInt()))
    }

    fun language(tag: String?) = act({ app.session.refresh() }) { core.people { readIn(tag) } }
    fun signOut() = act({ app.session.refresh() }) { core.people { signOut(me().id, true) } }

    /** With unsent work a file takes it along; the app starts anew after it. */
    fun reset(carry: Boolean) = act {
        val file = if (carry) app.phone.fileFor(EXPORT) ?: return@act else null
        core.reset(file)
        app.phone.restart()
    }
}

private const val EXPORT = "unsent.frontline"
