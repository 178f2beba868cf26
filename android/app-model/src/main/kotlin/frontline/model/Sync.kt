package frontline.model

import frontline.ffi.*
import kotlinx.coroutines.flow.MutableStateFlow

data class SyncCentre(val status: SyncStatus, val refused: Piece<CapturedSummary>, val captured: Piece<CapturedSummary>)

/** A file with unsent work, and how many pictures are in no file. */
data class Carried(val file: String, val leftOut: Int)

/** Carries unsent work out into a new file. */
private suspend fun App.carry(): Carried? = phone.fileFor(EXPORT)?.let { file -> Carried(file, core.sync { export(file) }.leftOut.toInt()) }

private const val EXPORT = "unsent.frontline"

class SyncPresenter(app: App) : Presenter<SyncCentre>(app, Topic.SYNC) {
    val carried = MutableStateFlow<Carried?>(null)

    override suspend fun read() = core.sync { SyncCentre(status(), captured(CapturedOf.REFUSED), captured(CapturedOf.EVERYTHING)) }
    private suspend fun SyncInterface.captured(of: CapturedOf) = rows { page -> captured(of, page).run { Piece(items, next) } }
    fun export() = act { carried.value = app.carry() }
}

/** What would be lost by leaving: asked before anything is. */
data class Parting(val drafts: List<BegunDetail>, val unsent: Int, val pictures: Int)

data class SettingsShown(val session: Session, val parting: Parting)

class SettingsPresenter(app: App) : Presenter<SettingsShown>(app, Topic.PEOPLE, Topic.SYNC) {
    /** What a reset would leave behind, once it is carried out. */
    val carried = MutableStateFlow<Carried?>(null)

    override suspend fun read(): SettingsShown {
        val session = app.session.run { refresh(); state.value.ready } ?: throw ProblemException(Problem.Busy)
        val parting = session.status.run { Parting(begun(), unsent.toInt(), picturesWaiting.toInt()) }
        return SettingsShown(session, parting)
    }

    private suspend fun begun() = core.people { rows(Int.MAX_VALUE) { drafts(null, it).run { Piece(items, next) } } }.items

    fun language(tag: String?) = act({ app.session.refresh() }) { core.people { readIn(tag) } }

    /** Drafts go if they are those that were [told]; where more was begun since, nothing goes, and it is told anew. */
    fun signOut(told: List<BegunDetail>) = act({ app.session.refresh() }) {
        val same = begun() == told
        refresh()
        core.people { signOut(me().id, dropDrafts = same && told.isNotEmpty()) }
    }

    fun carry() = act { carried.value = app.carry() }

    /** What is unsent goes into a file of its own, whatever was carried out before; the app starts anew after it. */
    fun reset(file: Boolean, dropPictures: Boolean) = act {
        core.reset(if (file) app.phone.fileFor(EXPORT) ?: return@act else null, dropPictures)
        app.phone.restart()
    }
}
