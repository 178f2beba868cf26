package frontline.model

import frontline.ffi.*
import frontline.model.api.News
import java.time.OffsetDateTime
import java.time.format.DateTimeParseException
import kotlinx.coroutines.flow.MutableStateFlow

/** Which of the actions somebody looks at; what is overdue and what is theirs the core says. */
enum class ActionFilter(internal val which: WhichActions, internal val takes: (ActionSummary) -> Boolean = { true }) {
    OPEN(WhichActions.STANDING),
    MINE(WhichActions.MINE),
    OVERDUE(WhichActions.STANDING, { it.escalated != null }),
    DONE(WhichActions.ALL, { it.status == ActionStatus.DONE || it.status == ActionStatus.VERIFIED }),
    ALL(WhichActions.ALL),
}

data class ActionsSought(val words: String = "", val filter: ActionFilter = ActionFilter.OPEN) {
    internal fun takes(one: ActionSummary) =
        filter.takes(one) && says(words, listOfNotNull(one.title, one.owner, one.site.label.text).joinToString(" "))
}

/** Whether all words that somebody typed are in the text. */
internal fun says(typed: String, text: String) = typed.split(' ').all { text.contains(it, ignoreCase = true) }

class ActionsPresenter(app: App) :
    Presenter<Piece<ActionSummary>>(app, Topic.ACTIONS, Topic.CONTENT, Topic.PEOPLE, Topic.SYNC) {
    val sought = MutableStateFlow(ActionsSought())

    override suspend fun read(): Piece<ActionSummary> {
        val now = sought.value
        return core.actions { rows(keep = now::takes) { list(ActionsAsked(now.filter.which, it)).run { Piece(items, next) } } }
    }
    override fun isEmpty(state: Piece<ActionSummary>) = state.items.isEmpty()

    fun seek(what: ActionsSought) {
        sought.value = what
        anew()
    }
}

/** Whoever has an action is chosen, and until when: of [action], or of one that begins. */
abstract class OwnedPresenter<S>(app: App, private val action: String?, vararg topics: Topic) : Presenter<S>(app, *topics) {
    suspend fun owners(typed: String): Load<ChoicePage> = load {
        val all = core.actions {
            rows(Int.MAX_VALUE, { says(typed, it.label.text) }) { owners(action, it).run { Piece(items, next) } }
        }
        ChoicePage(all.items.map { ChoiceRow(it.id, it.label, emptyList()) }, null, null, false)
    }

    /** By the server's clock, as all due times are. */
    suspend fun inHours(hours: Int): Long? = load { core.today().nowMs + hours * HOUR_MS }.ready

    private companion object {
        const val HOUR_MS = 3_600_000L
    }
}

/** A moment as it was typed; none where there is no such day or time. */
fun moment(iso: String): Long? = try {
    OffsetDateTime.parse(iso).toInstant().toEpochMilli()
} catch (_: DateTimeParseException) {
    null
}

/** One action, as several people work on it; each change carries what its author saw of that part. */
class ActionPresenter(app: App, val id: String) : OwnedPresenter<ActionDetail>(app, id, Topic.ACTIONS, Topic.PEOPLE, Topic.SYNC) {
    val comment = DraftKeeper(app, "action/$id")
    private val beside = DraftKeeper(app, photosOf)

    /** What the draft of a comment's photos is about. */
    val photosOf get() = "action/$id/photos"

    override suspend fun read() = core.actions { action(id) }

    override suspend fun heard(news: News) {
        if (news.topic != Topic.ACTIONS || news.ids.isEmpty() || id in news.ids) refresh()
    }

    suspend fun piece(photo: String): PictureDetail? =
        load { core.media { ofAction(this@ActionPresenter.id) } }.ready?.firstOrNull { it.id == photo }

    fun photo(album: Boolean) = act {
        val photo = app.phone.photo(album, LARGEST) ?: return@act
        val added = core.media { add(PictureDraft(photo, !album)) }.id
        beside.set((listOfNotNull(beside.begun()?.ifEmpty { null }) + added).joinToString(" "))
    }

    fun leaveOut(photo: String) = act { beside.set(beside.begun().orEmpty().split(' ').filter { it != photo }.joinToString(" ")) }

    fun say(text: String, photos: List<String>, done: () -> Unit) {
        comment.drop()
        does(ActionStep.Comment(text, photos)) { app.launch { load { beside.set("") } }; done() }
    }

    fun does(step: ActionStep, done: () -> Unit = {}) = act({ done() }) {
        shown.value = Load.Ready(core.actions { act(ActionDeed(id, step, value?.seen(step))) })
    }
}

/** As large as an organisation takes where it says nothing: the core refuses what is too large for one that does. */
private val LARGEST = PictureLimit(2_048u, 2_500_000u)

/** In the order that the record has them. */
private fun ActionDetail.seen(step: ActionStep) = when (step) {
    is ActionStep.Title -> registers[0]
    is ActionStep.Priority -> registers[1]
    is ActionStep.Owner -> registers[2]
    is ActionStep.Due -> registers[3]
    is ActionStep.Status -> registers[4]
    is ActionStep.Comment -> null
}?.seen

/** Sets again what stands among several. */
fun ActionValue.step(): ActionStep? = when (val set = what) {
    is ActionTold.Title -> ActionStep.Title(set.text)
    is ActionTold.Priority -> ActionStep.Priority(set.priority)
    is ActionTold.Owner -> ActionStep.Owner(set.id)
    is ActionTold.Due -> ActionStep.Due(set.atMs)
    is ActionTold.Status -> ActionStep.Status(set.to, reason)
    ActionTold.Opened, is ActionTold.Said -> null
}

/** What an action begins with. [about]: the answer that it comes from, in words. */
data class ActionBegins(val title: String, val about: String?, val dueMs: Long?, val from: ActionOrigin?)

/** An action that begins: freely, or beside an answer of [run]; [about] is its item, or what a rule asks for. */
class ActionOpenPresenter(app: App, private val run: String?, private val about: String?) :
    OwnedPresenter<ActionBegins>(app, null, Topic.PEOPLE) {
    val draft = DraftKeeper(app, "action/new")

    override suspend fun read(): ActionBegins {
        val detail = run?.let { core.procedures { run(it) } } ?: return ActionBegins(draft.begun().orEmpty(), null, null, null)
        val demand = detail.demands.firstOrNull { it.id == about }
        val item = detail.items.firstOrNull { it.id == (demand?.item ?: about) } ?: throw ProblemException(Problem.NotFound)
        val answer = listOfNotNull(item.label.text, item.says).joinToString(": ")
        val from = ActionOrigin(detail.id, item.id, demand?.id)
        return ActionBegins(demand?.says?.text ?: answer, "${detail.title.text}\n$answer", demand?.dueMs, from)
    }

    fun open(action: ActionDraft, then: (String) -> Unit) = act {
        draft.drop()
        then(core.actions { open(action) })
    }
}
