package frontline.model

import frontline.ffi.*
import frontline.model.api.*
import kotlinx.coroutines.*
import kotlinx.coroutines.flow.*
import kotlinx.coroutines.test.*
import org.junit.Assert.*
import org.junit.Test

/** What the screens of actions ask the core for, and what they hand back to it. */
@OptIn(ExperimentalCoroutinesApi::class)
class ActionsTest {
    private fun words(text: String) = Words(text, "en", Direction.LTR)

    private fun summary(
        n: Int, title: String = "Action $n", owner: String? = null, status: ActionStatus = ActionStatus.OPEN, late: Escalation? = null,
    ) = ActionSummary(
        "$n", title, status, ActionPriority.NORMAL, owner, false, null, late, 0u, 0u, Named("harbour", words("Harbour House")), "Ana", 0, 0, null, null,
    )

    private fun detail(id: String): ActionDetail {
        fun register(name: String, vararg values: ActionTold) = ActionRegister(values.map { ActionValue(it, "Ben", 0, "no salt") }, listOf("$name-1", "$name-2"), values.size > 1)
        val registers = listOf(
            register("title", ActionTold.Title("Mend it")), register("priority", ActionTold.Priority(ActionPriority.LOW)),
            register("owner", ActionTold.Owner("Tom", "p7"), ActionTold.Owner(null, null)), register("due", ActionTold.Due(5)),
            register("status", ActionTold.Status(ActionStatus.DONE, null, null), ActionTold.Status(ActionStatus.CANNOT_DO, null, null)),
        )
        return ActionDetail(summary(id.toInt()), registers, emptyList(), true, null, emptyList(), emptyList())
    }

    /** Pages of two, as the core gives them, and what was asked and done. */
    private inner class Held(val all: List<ActionSummary> = emptyList(), val people: List<String> = emptyList()) : ActionsInterface {
        val asked = mutableListOf<ActionsAsked>()
        val done = mutableListOf<ActionDeed>()
        var refuses: Problem? = null

        private fun <T> page(of: List<T>, after: String?) = (after?.toInt() ?: 0).let { from -> of.drop(from).take(2) to (from + 2).takeIf { it < of.size }?.toString() }
        override fun list(asked: ActionsAsked) = page(all, asked.page.after).let { (rows, next) -> this.asked += asked; ActionPage(rows, next) }
        override fun action(id: String) = detail(id)
        override fun act(deed: ActionDeed): ActionDetail {
            refuses?.let { throw ProblemException(it) }
            done += deed
            return detail(deed.action).copy(mayChange = false)
        }
        override fun open(draft: ActionDraft) = "opened: ${draft.title}"
        override fun owners(action: String?, page: PageAsked) = page(people, page.after).let { (rows, next) -> OwnerPage(rows.map { Named(it, words(it)) }, next) }
    }

    private class Doors(private val held: ActionsInterface) : Core {
        override val news = MutableSharedFlow<News>(extraBufferCapacity = 8)
        private fun none(): Nothing = throw ProblemException(Problem.Busy)
        override suspend fun <T> actions(ask: suspend ActionsInterface.() -> T) = held.ask()
        override suspend fun today() = none()
        override suspend fun <T> training(ask: suspend TrainingInterface.() -> T) = none()
        override suspend fun <T> procedures(ask: suspend ProceduresInterface.() -> T) = none()
        override suspend fun <T> feedback(ask: suspend FeedbackInterface.() -> T) = none()
        override suspend fun <T> contacts(ask: suspend InteractionsInterface.() -> T) = none()
        override suspend fun <T> sync(ask: suspend SyncInterface.() -> T) = none()
        override suspend fun <T> people(ask: suspend PeopleInterface.() -> T) = none()
        override suspend fun <T> media(ask: suspend MediaInterface.() -> T) = none()
        override suspend fun reset(file: String?, dropPictures: Boolean) = none()
    }

    private object Still : Phone {
        override val online = MutableStateFlow(false)
        override val link = MutableStateFlow<String?>(null)
        override suspend fun photo(album: Boolean, most: PictureLimit): ByteArray? = null
        override suspend fun sight() = emptyList<LumaFrame>()
        override suspend fun place(): Fix? = null
        override suspend fun record(mostMs: Int, stop: Job, begun: () -> Unit) = Recorded(null, RecordingEnd.REFUSED)
        override suspend fun play(sound: ByteArray) = false
        override suspend fun film(video: ByteArray, name: String) = false
        override suspend fun fileFor(name: String): String? = null
        override fun carriedOut() = emptyList<String>()
        override fun handOn(file: String) = Unit
        override fun sendLater(waits: Boolean) = Unit
        override fun kiosk(on: Boolean) = Unit
        override fun remind(at: List<Long>, count: Int) = Unit
        override fun restart() = Unit
    }

    private fun trial(held: Held, what: suspend TestScope.(App) -> Unit) = runTest { what(App(Doors(held), Still, backgroundScope)) }

    private suspend fun TestScope.found(presenter: ActionsPresenter, sought: ActionsSought): Load<Piece<ActionSummary>> {
        presenter.seek(sought)
        runCurrent()
        return presenter.state.value
    }

    private fun Load<Piece<ActionSummary>>.ids() = ready?.items.orEmpty().map { it.id }

    @Test
    fun `each filter asks for its own, and reads on until there is something to show`() {
        val all = List(6) { summary(it, late = Escalation.SUPERVISOR.takeIf { _ -> it == 4 }, status = if (it == 5) ActionStatus.VERIFIED else ActionStatus.OPEN) }
        val held = Held(all)
        trial(held) { app ->
            val presenter = ActionsPresenter(app)
            assertEquals(listOf("0", "1"), found(presenter, ActionsSought()).ids())
            assertEquals("a page is enough", 1, held.asked.size)
            assertEquals(listOf("4"), found(presenter, ActionsSought(filter = ActionFilter.OVERDUE)).ids())
            assertEquals(listOf("5"), found(presenter, ActionsSought(filter = ActionFilter.DONE)).ids())
            found(presenter, ActionsSought(filter = ActionFilter.MINE))
            assertEquals(listOf(WhichActions.STANDING, WhichActions.MINE, WhichActions.ALL), held.asked.map { it.which }.distinct().sorted())
        }
    }

    @Test
    fun `all words that somebody typed are looked for, in the title, the person and the place`() = trial(
        Held(listOf(summary(1, "Mend the door"), summary(2, "Salt on the steps", owner = "Tom Hale"), summary(3, "Order tags"))),
    ) { app ->
        val presenter = ActionsPresenter(app)
        assertEquals(listOf("2"), found(presenter, ActionsSought("tom SALT")).ids())
        assertEquals(listOf("1"), found(presenter, ActionsSought(" door ")).ids())
        assertEquals(listOf("1", "2"), found(presenter, ActionsSought("harbour house")).ids())
        assertEquals(Load.Empty, found(presenter, ActionsSought("door salt")))
    }

    @Test
    fun `a change says what its author saw of that part and of no other`() {
        val held = Held()
        trial(held) { app ->
            val presenter = ActionPresenter(app, "7")
            presenter.refresh()
            val steps = listOf(
                "title" to ActionStep.Title("Mend the seal"), "priority" to ActionStep.Priority(ActionPriority.URGENT), "owner" to ActionStep.Owner("p1"),
                "due" to ActionStep.Due(9), "status" to ActionStep.Status(ActionStatus.DONE, null),
            )
            for ((_, step) in steps) {
                presenter.does(step)
                runCurrent()
            }
            assertEquals(steps.map { (name, step) -> ActionDeed("7", step, listOf("$name-1", "$name-2")) }, held.done)
            assertEquals("the screen is what the core gave back", false, presenter.state.value.ready?.mayChange)
            presenter.does(ActionStep.Comment("It is cold"))
            runCurrent()
            assertNull(held.done.last().seen)
        }
    }

    @Test
    fun `whoever keeps one of two sets it again, with its reason`() {
        val (title, _, owner, due, status) = detail("1").registers.map { register -> register.values.map { it.step() } }
        assertEquals(ActionStep.Title("Mend it"), title.single())
        assertEquals(listOf(ActionStep.Owner("p7"), ActionStep.Owner(null)), owner)
        assertEquals(ActionStep.Due(5), due.single())
        assertEquals(ActionStep.Status(ActionStatus.CANNOT_DO, "no salt"), status.last())
    }

    @Test
    fun `what was not done says why, and the screen stays`() {
        val held = Held().apply { refuses = Problem.Unauthorised(null) }
        trial(held) { app ->
            val presenter = ActionPresenter(app, "7")
            presenter.refresh()
            var went = false
            presenter.does(ActionStep.Status(ActionStatus.VERIFIED, null)) { went = true }
            runCurrent()
            assertEquals(Problem.Unauthorised(null), presenter.problem.value)
            assertFalse("nobody is led away from what was not done", went)
            assertEquals("7", presenter.state.value.ready?.summary?.id)
        }
    }

    @Test
    fun `news of another action reads nothing anew`() {
        val held = Held()
        trial(held) { app ->
            val presenter = ActionPresenter(app, "7")
            backgroundScope.launch { presenter.live() }
            runCurrent()
            presenter.does(ActionStep.Comment("Seen"))
            runCurrent()
            told(app, "8")
            assertEquals(false, presenter.state.value.ready?.mayChange)
            told(app, "7")
            assertEquals(true, presenter.state.value.ready?.mayChange)
        }
    }

    private fun TestScope.told(app: App, id: String) {
        (app.core.news as MutableSharedFlow).tryEmit(News(Topic.ACTIONS, listOf(id), true))
        runCurrent()
    }

    @Test
    fun `whoever has it is chosen among all who work there, by their name`() = trial(Held(people = listOf("Ana Pereira", "Ben Okafor", "Tom Hale"))) { app ->
        val presenter = ActionOpenPresenter(app, null, null)
        assertEquals(3, presenter.owners("").ready?.items?.size)
        assertEquals(listOf("Tom Hale"), presenter.owners("hale").ready?.items?.map { it.label.text })
    }

    @Test
    fun `a moment that is none is none`() {
        assertEquals(0L, moment("1970-01-01T01:00+01:00"))
        for (wrong in listOf("2027-02-30T07:30Z", "2027-01-01T25:00Z", "")) assertNull(wrong, moment(wrong))
    }
}
