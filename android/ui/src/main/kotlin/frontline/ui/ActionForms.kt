package frontline.ui

import androidx.compose.foundation.layout.offset
import androidx.compose.runtime.*
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.ui.Modifier
import frontline.ffi.*
import frontline.model.*
import kotlinx.coroutines.launch

/** An action that begins: freely, or beside an answer of [run]; [about] is its item, or what a rule asks for. */
@Composable
fun ActionOpenScreen(app: App, nav: Nav, run: String?, about: String?) {
    val (presenter, state) = present(app, run, about) { ActionOpenPresenter(app, run, about) }
    val problem by presenter.problem.collectAsState()
    val busy by presenter.busy.collectAsState()
    val begins = state.ready
    var title by rememberSaveable { mutableStateOf<String?>(null) }
    var priority by rememberSaveable { mutableStateOf(ActionPriority.NORMAL.name) }
    var owner by rememberSaveable { mutableStateOf<String?>(null) }
    var ownerName by rememberSaveable { mutableStateOf<String?>(null) }
    var due by rememberSaveable { mutableStateOf<Long?>(null) }
    LaunchedEffect(begins == null) {
        if (begins != null && title == null) {
            title = begins.title
            due = begins.dueMs
        }
    }
    Page(words.actionsNew, nav::back, bottom = begins?.let { from ->
        {
            Stack {
                Wrong(problem)
                WideButton(words.actionsSubmit, {
                    val draft = ActionDraft(title.orEmpty(), ActionPriority.valueOf(priority), owner, due, from.from)
                    presenter.open(draft) { nav.back(); nav.open("action", it) }
                }, icon = Icons.tool, enabled = !title.isNullOrBlank() && !busy)
            }
        }
    }) {
        StateOf(state, presenter::retry) { from ->
            Scrolled {
                from.about?.let { Notice(Tone.Info, words.actionsFrom, detail = it, icon = Icons.procedures) }
                Field(words.actionsName, title.orEmpty(), { title = it; if (run == null) presenter.draft.keep(it) }, lines = 2)
                Heading(words.actionsPriority)
                PriorityPicks(ActionPriority.valueOf(priority)) { priority = it.name }
                Heading(words.actionsOwner)
                OwnerPick(presenter, owner, ownerName) { id, name -> owner = id; ownerName = name }
                Heading(words.actionsDue)
                DuePick(presenter, due) { due = it }
            }
        }
    }
}

/** One thing of an action becomes another: [what] is `title`, `owner`, `due` or `priority`. */
@Composable
fun ActionChangeScreen(app: App, nav: Nav, id: String, what: String) {
    val (presenter, state) = present(app, id) { ActionPresenter(app, id) }
    val problem by presenter.problem.collectAsState()
    val title = when (what) {
        "owner" -> words.actionsOwner
        "due" -> words.actionsDue
        "priority" -> words.actionsPriority
        else -> words.actionsName
    }
    val set = { step: ActionStep -> presenter.does(step, nav::back).let { } }
    Page(title, nav::back) {
        StateOf(state, presenter::retry) { action ->
            val one = action.summary
            Scrolled {
                Said(one.title, Type.heading)
                Wrong(problem)
                when (what) {
                    "owner" -> {
                        val stands = (action.registers[2].values.firstOrNull()?.what as? ActionTold.Owner)
                        OwnerPick(presenter, stands?.id, stands?.name, open = true) { id, _ -> set(ActionStep.Owner(id)) }
                    }
                    "due" -> DuePick(presenter, one.dueMs) { set(ActionStep.Due(it)) }
                    "priority" -> PriorityPicks(one.priority) { set(ActionStep.Priority(it)) }
                    else -> {
                        var typed by rememberSaveable { mutableStateOf(one.title) }
                        Field(words.actionsName, typed, { typed = it }, lines = 2)
                        if (typed != one.title && typed.isNotBlank()) Save { set(ActionStep.Title(typed)) }
                    }
                }
            }
        }
    }
}

@Composable
private fun PriorityPicks(chosen: ActionPriority, onPick: (ActionPriority) -> Unit) =
    Picks(ActionPriority.entries.map { Option(it.name, priority(it).label) }, chosen.name, { onPick(ActionPriority.valueOf(it)) })

/** Among those who work there, by name; [open]: the list is there at once. */
@Composable
private fun OwnerPick(
    presenter: OwnedPresenter<*>, id: String?, name: String?, open: Boolean = false, onPick: (id: String?, name: String?) -> Unit,
) {
    var names by remember { mutableStateOf(emptyMap<String, String>()) }
    if (id == null && !open) Muted(words.actionsOwnerNone)
    val answer = id?.let { Answer.Person(it) }
    val asked = Asked("owner", Control.PERSON, "person", words.actionsOwner, answer = answer, says = name)
    var choosing by rememberSaveable { mutableStateOf(open) }
    if (!choosing && id == null) {
        return AppButton(words.actionsOwnerPick, { choosing = true }, weight = Weight.Secondary, icon = Icons.person)
    }
    Lookup(asked, Gives({ given ->
        choosing = open
        (given as? Given.Text)?.text?.let { onPick(it, names[it]) }
    }, choices = { typed, _ ->
        presenter.owners(typed).also { page -> names = names + page.ready?.items.orEmpty().associate { it.id to it.label.text } }
    }), begun = open || id == null)
    if (id != null) Quiet(words.actionsOwnerNone, Icons.close) { onPick(null, null) }
}

/** Near times by one touch, any other by its parts. */
@Composable
private fun DuePick(presenter: OwnedPresenter<*>, due: Long?, onPick: (Long?) -> Unit) {
    val asks = rememberCoroutineScope()
    var other by rememberSaveable { mutableStateOf(false) }
    var wrong by remember { mutableStateOf(false) }
    if (due == null) Muted(words.actionsDueNone) else StatusChip(words.todayDueAt(timed(due)), Tone.Accent, Icons.clock)
    val near = mapOf(
        "4" to words.actionsDueHours(4), "24" to words.actionsDueDays(1), "72" to words.actionsDueDays(3), "168" to words.actionsDueDays(7),
    )
    Picks(near.map { (hours, name) -> Option(hours, name) } + Option("", words.actionsDueOther), null, { hours ->
        other = hours.isEmpty()
        if (!other) asks.launch { presenter.inHours(hours.toInt())?.let(onPick) }
    })
    if (other) {
        val standing = due?.let { Answer.Moment(it) }
        val asked = Asked("due", Control.DATE_TIME, "date-time", words.actionsDue, answer = standing)
        if (wrong) Notice(Tone.Wrong, words.actionsDueWrong)
        AnswerControl(asked, Gives({ given ->
            val at = (given as? Given.Text)?.text?.let(::moment)
            wrong = at == null
            if (at != null) onPick(at)
        }))
    }
    if (due != null) Flow(Modifier.offset(-Space.s)) { Quiet(words.actionsDueNone, Icons.close) { onPick(null) } }
}
