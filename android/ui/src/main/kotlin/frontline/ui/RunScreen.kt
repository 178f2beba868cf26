package frontline.ui

import androidx.compose.foundation.lazy.rememberLazyListState
import androidx.compose.runtime.*
import androidx.compose.runtime.saveable.rememberSaveable
import frontline.ffi.*
import frontline.model.*

/** What the list is made of, in its order, so that an item can be gone to. */
private sealed interface Line {
    val key: String

    data class Head(val section: SectionDetail) : Line {
        override val key get() = "section:${section.key}"
    }
    data class Item(val item: ItemDetail) : Line {
        override val key get() = item.id
    }

    /** One more of a section that repeats: it is there to be filled once somebody asks for it. */
    data class Add(val section: SectionDetail) : Line {
        override val key get() = "add:${section.key}"
    }
}

private val SectionDetail.key get() = "$slug/$instance"

private fun lines(run: RunDetail, added: List<String>): List<Line> = run.sections.filter { it.visible }.flatMap { section ->
    if (section.empty && section.instance > 0u && section.key !in added) listOf(Line.Add(section))
    else listOf(Line.Head(section)) + section.items.filter { it.visible }.map { Line.Item(it) }
}

/** A run, filled in by several people. [first] is the item to begin at. */
@Composable
fun RunScreen(app: App, nav: Nav, id: String, first: String?) {
    val (presenter, state) = present(app, id) { RunPresenter(app, id) }
    val list = rememberLazyListState()
    var at by rememberSaveable { mutableStateOf(first) }
    var goTo by rememberSaveable { mutableStateOf(first) }
    var added by rememberSaveable { mutableStateOf(emptyList<String>()) }
    val run = state.ready
    LaunchedEffect(goTo, run == null) {
        val key = goTo ?: return@LaunchedEffect
        val to = run?.let { lines(it, added).indexOfFirst { line -> line.key == key } } ?: return@LaunchedEffect
        if (to >= 0) list.scrollToItem(to + 1)
        goTo = null
    }
    Page(
        run?.title?.text ?: words.runTitle, nav::back,
        { AppIconButton(Icons.history, words.runHistory, { nav.open("history", id) }) },
        run?.takeIf { it.asksForAct }?.let { { RunActs(it, presenter, nav) { item -> goTo = item } } },
    ) {
        StateOf(state, presenter::retry) { shown ->
            Rows(list, Space.m) {
                item("head") { RunHead(app, nav, shown, presenter) { goTo = it } }
                for (line in lines(shown, added)) item(line.key) {
                    when (line) {
                        is Line.Head -> SectionHead(line.section)
                        is Line.Item -> ItemCard(app, presenter, nav, line.item, line.item.id == at) { at = line.item.id }
                        is Line.Add -> if (shown.canAnswer) WideButton(words.runSectionAdd(line.section.label.text), {
                            added = added + line.section.key
                            goTo = Line.Head(line.section).key
                        }, Weight.Secondary, Icons.add)
                    }
                }
            }
        }
    }
}

@Composable
private fun SectionHead(section: SectionDetail) = Stack {
    val nth = if (section.repeats) " ${section.instance.toInt() + 1}" else ""
    SectionHeader(section.label.text + nth, aside = words.labelProgress(section.answered.toInt(), section.asked.toInt()))
    section.help?.let { Muted(it.text) }
    section.askedOf?.let { Notice(Tone.Info, words.runSectionOf(role(it)), icon = Icons.signature) }
}

@Composable
fun role(name: String) = when (name) {
    "supervisor" -> words.runRoleSupervisor
    "manager" -> words.runRoleManager
    "admin" -> words.runRoleAdmin
    else -> name
}

/** Whose signatures it takes: who gave theirs, and which are waited for. */
@Composable
fun Signatures(run: RunDetail) {
    if (run.signatures.isEmpty() || run.status == RunStatus.OPEN) return
    GroupOf(run.signatures) { _, one ->
        val at = one.atMs
        val by = one.by?.let { if (at == null) it else words.runSignedBy(it, timed(at)) }
        ListRow(role(one.role), detail = by, icon = Icons.signature, tone = if (by == null) Tone.Neutral else Tone.Good) {
            if (by == null) StatusChip(words.runSignWaited, Tone.Info, Icons.clock) else StatusChip(words.runSigned, Tone.Good, Icons.lock)
        }
    }
}

@Composable
private fun RunHead(app: App, nav: Nav, run: RunDetail, presenter: RunPresenter, onShow: (String) -> Unit) = Stack(Space.m) {
    val online by app.phone.online.collectAsState()
    val changed by presenter.changed.collectAsState()
    val problem by presenter.problem.collectAsState()
    val at by presenter.at.collectAsState()
    if (!online) OfflineBanner()
    run.asset?.let { Muted(words.runAsset(it.label.text)) }
    changed?.let { news -> ChangedBanner(news.by, { onShow(news.item); presenter.changed.value = null }) }
    Wrong(problem.takeIf { at == null })
    Flow {
        // Who handed it in, and when, is said below.
        if (run.status != RunStatus.HANDED_IN) RunChip(run.status)
        StateChip(run.state)
        if (run.clashes.isNotEmpty()) StatusChip(words.clashCount(run.clashes.size), Tone.Attention, Icons.clash)
        run.score?.let {
            val tone = if (it.passed == false) Tone.Attention else Tone.Neutral
            StatusChip(words.runPoints(it.points.toInt(), it.possible.toInt()), tone, Icons.star)
        }
    }
    run.withdrawn?.let { Gone(run.status, it) }
    run.said?.let { LastWord(run, it) }
    Signatures(run)
    for (demand in run.demands) Demand(demand, run.id, nav) { onShow(demand.item) }
    run.ended?.let { Notice(Tone.Info, it.text) }
    RunProgress(run)
}

@Composable
fun RunProgress(run: RunDetail) =
    Progress(words.runAnswered(run.answered.toInt(), run.asked.toInt()), run.answered.toInt(), run.asked.toInt())

/** Its version was withdrawn: nothing more is answered, or it was handed in by somebody who had not heard of it. */
@Composable
private fun Gone(status: RunStatus, by: Withdrawn) {
    val who = words.runWithdrawnBy(by.by, timed(by.atMs))
    if (status != RunStatus.WITHDRAWN) return Notice(Tone.Attention, words.runAfterWithdrawal, detail = joined("\n", who, by.reason))
    Notice(Tone.Attention, who, detail = joined("\n", by.reason, words.runWithdrawnDetail), icon = Icons.close)
}

@Composable
private fun LastWord(run: RunDetail, said: RunSaid) {
    val who = words.labelByAt(said.by, timed(said.atMs))
    when {
        said.what == HistoryWhat.GIVEN_BACK ->
            Notice(Tone.Attention, words.todayGivenBackWhy(said.reason.orEmpty()), detail = who, icon = Icons.giveBack)
        said.what != HistoryWhat.SIGNED_OFF -> {
            val open = words.runHandedInOpen.takeIf { run.canAnswer }
            Notice(Tone.Good, words.runHandedIn, detail = joined("\n", who, open), icon = Icons.send)
        }
        // Each of several says so for itself.
        run.signatures.isNotEmpty() && run.status != RunStatus.LAPSED -> Unit
        run.status != RunStatus.LAPSED -> Notice(Tone.Good, words.signBy(said.by, timed(said.atMs)), icon = Icons.lock)
        else -> {
            val since = words.runChangedSince(said.changedSince.size)
            Notice(Tone.Attention, words.runLapsed, detail = words.signLapsedDetail + "\n" + since, icon = Icons.unlock)
        }
    }
}

/** What a rule asks for, or tells; what is to be put right is taken up as an action, or was. */
@Composable
private fun Demand(demand: DemandSummary, run: String, nav: Nav, onShow: () -> Unit) = Stack(Space.xs) {
    val taken = demand.action
    Notice(
        if (demand.isAction) Tone.Attention else Tone.Info, demand.says.text,
        icon = if (demand.isAction) Icons.attention else Icons.message,
        detail = joined(" · ", demand.label.text, demand.dueMs?.let { words.ruleActionBy(timed(it)) }),
        action = words.actionShow, onAction = onShow,
    )
    if (taken != null) WideButton(words.ruleTakenUp, { nav.open("action", taken) }, Weight.Secondary, Icons.tool)
    else if (demand.isAction) WideButton(words.actionsTakeUp, { nav.open("action-new", run, demand.id) }, Weight.Secondary, Icons.tool)
}

private val RunDetail.signs get() = signOff.whyNot !is WhyNot.NoSignOff && (signOff.enabled || giveBack.enabled)

/** What is in the way of what comes next, and can be answered by who is here. */
private fun RunDetail.gap(why: WhyNot?): String? = when (why) {
    is WhyNot.Missing -> missing
    is WhyNot.Clashes -> clashes
    is WhyNot.Wrong -> wrong
    else -> emptyList()
}.let { all ->
    val mine = items.filter { it.enabled && it.id in all }.map { it.id }
    next.takeIf { it in mine } ?: mine.firstOrNull()
}

private val RunDetail.anew get() = status == RunStatus.WITHDRAWN && withdrawn?.instead != null

private val RunDetail.asksForAct get() = anew || status == RunStatus.OPEN || signs || gap(signOff.whyNot) != null

/** The one act that can be done now, of those that the record offers: to what is in the way, then to the end. */
@Composable
private fun RunActs(run: RunDetail, presenter: RunPresenter, nav: Nav, onShow: (String) -> Unit) = Stack {
    if (run.anew) return@Stack WideButton(words.runBeginAnew, { presenter.anew { nav.back(); nav.open("run", it) } }, icon = Icons.add)
    val open = run.status == RunStatus.OPEN
    val why = if (open) run.handIn.whyNot else run.signOff.whyNot
    val gap = run.gap(why)
    if (open && why == null) return@Stack WideButton(words.runHandIn, { presenter.seal(Seal.HandIn) }, icon = Icons.send)
    if (open && why != null && why !is WhyNot.Missing) Muted(why(why), Type.label)
    val said = if (why is WhyNot.Missing) words.runNextMissingOf(why.count.toInt()) else words.actionShow
    if (gap != null) WideButton(said, { onShow(gap) }, icon = Icons.down)
    val weight = if (gap == null) Weight.Primary else Weight.Secondary
    if (!open && run.signs) WideButton(words.signTitle, { nav.open("sign", run.id) }, weight, Icons.signature)
}

@Composable
fun why(why: WhyNot): String = when (why) {
    WhyNot.NoRight -> words.runNoRight
    WhyNot.SignedOff -> words.runSigned
    is WhyNot.Missing -> words.runRequiredLeft(why.count.toInt())
    is WhyNot.Clashes -> words.clashCount(why.count.toInt())
    is WhyNot.Wrong -> words.runWrongItems(why.count.toInt())
    WhyNot.NotHandedIn -> words.runNotHandedIn
    WhyNot.NoSignOff -> words.signNotNeeded
}

/** Why an act on this item was not done, beside it and not at the top of a long page. */
@Composable
internal fun problemAt(presenter: RunPresenter, item: String): Problem? {
    val problem by presenter.problem.collectAsState()
    val at by presenter.at.collectAsState()
    return problem.takeIf { at == item }
}
