package frontline.model

import frontline.ffi.*
import java.io.File
import kotlinx.coroutines.flow.MutableStateFlow

/** [about]: what is captured, by the titles of what it is about, as far as they are here. */
data class SyncCentre(
    val status: SyncStatus, val refused: Piece<CapturedSummary>, val captured: Piece<CapturedSummary>, val about: Map<String, String>,
)

/** A file with unsent work, and how many pictures are in no file. */
data class Carried(val file: String, val leftOut: Int)

/** Carries unsent work out into a new file. */
private suspend fun App.carry(): Carried? = phone.fileFor(EXPORT)?.let { file -> Carried(file, core.sync { export(file) }.leftOut.toInt()) }

private const val EXPORT = "unsent.frontline"

class SyncPresenter(app: App) : Presenter<SyncCentre>(app, Topic.SYNC) {
    val carried = MutableStateFlow<Carried?>(null)

    override suspend fun read(): SyncCentre {
        val (status, refused, captured) = core.sync { Triple(status(), captured(CapturedOf.REFUSED), captured(CapturedOf.EVERYTHING)) }
        return SyncCentre(status, refused, captured, load { titles(refused.items + captured.items) }.ready.orEmpty())
    }

    /** None where the services are locked. */
    private suspend fun titles(of: List<CapturedSummary>): Map<String, String> {
        val page = PageAsked(count = MOST)
        val known = core.procedures { runs(RunsAsked(page = page)).items.associate { it.id to it.title.text } } +
            core.actions { list(ActionsAsked(WhichActions.ALL, page)).items.associate { it.id to it.title } } +
            core.training { list(page).items.associate { it.id to it.title.text } } +
            core.feedback { list(page).items.associate { it.id to it.touchpoint.label.text } } +
            core.contacts { list(ContactsOf.Everybody, page).items.associate { it.id to it.customer?.name.orEmpty() } }
        return of.distinctBy { it.about }.associate { one ->
            val quiz = one.what.substringBefore('-') in setOf("attempt", "question")
            val tried = if (quiz) load { core.training { attempt(one.about).title.text } }.ready else null
            one.about to (tried ?: known[one.about.substringBefore('/')]).orEmpty()
        }.filterValues { it.isNotEmpty() }
    }

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

    /**
     * What is unsent goes into a file of its own, whatever was carried out before; the app starts anew after it. Pictures that
     * are damaged go if they are as many as were [told]; where more are by now, nothing goes, and it is told anew.
     */
    fun reset(file: Boolean, told: Carried?) = act {
        if (told != null) {
            val now = app.carry() ?: return@act
            if (now.leftOut > told.leftOut) return@act run { carried.value = now }
            File(now.file).delete()
        }
        core.reset(if (file) app.phone.fileFor(EXPORT) ?: return@act else null, told != null && told.leftOut > 0)
        app.phone.restart()
    }
}
