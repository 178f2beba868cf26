package frontline.ui

import androidx.compose.foundation.layout.*
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.foundation.lazy.rememberLazyListState
import androidx.compose.material3.Text
import androidx.compose.runtime.*
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.ui.Modifier
import frontline.ffi.*
import frontline.model.*

/** What the list is made of, in its order, so that an item can be gone to. */
private sealed interface Line {
    val key: String

    data class Head(val section: SectionDetail) : Line {
        override val key get() = "section:${section.slug}/${section.instance}"
    }
    data class Item(val item: ItemDetail) : Line {
        override val key get() = item.id
    }
}

private fun lines(run: RunDetail) = run.sections.filter { it.visible }.flatMap { section -> listOf(Line.Head(section)) + section.items.filter { it.visible }.map { Line.Item(it) } }

/** A run, filled in by several people. [first] is the item to begin at. */
@Composable
fun RunScreen(app: App, nav: Nav, id: String, first: String?) {
    val (presenter, state) = present(app, id) { RunPresenter(app, id) }
    val list = rememberLazyListState()
    var at by rememberSaveable { mutableStateOf(first) }
    var goTo by rememberSaveable { mutableStateOf(first) }
    val run = (state as? Load.Ready)?.value
    LaunchedEffect(goTo, run == null) {
        val key = goTo ?: return@LaunchedEffect
        val to = run?.let { lines(it).indexOfFirst { line -> line.key == key } } ?: return@LaunchedEffect
        if (to >= 0) list.scrollToItem(to + 1)
        goTo = null
    }
    Page(
        run?.title?.text ?: words.runTitle, nav::back,
        { AppIconButton(Icons.history, words.runHistory, { nav.open("history", id) }) },
        run?.let { { RunActs(it, presenter, nav) { item -> goTo = item } } },
    ) {
        StateOf(state, { presenter.retry() }) { shown ->
            LazyColumn(state = list, contentPadding = PaddingValues(Space.l, Space.xs, Space.l, Space.xl), verticalArrangement = Arrangement.spacedBy(Space.m)) {
                item("head") { RunHead(app, shown, presenter) { goTo = it } }
                for (line in lines(shown)) item(line.key) {
                    when (line) {
                        is Line.Head -> Column {
                            SectionHeader(line.section.label.text + if (line.section.repeats) " ${line.section.instance.toInt() + 1}" else "", aside = words.labelProgress(line.section.answered.toInt(), line.section.asked.toInt()))
                            line.section.help?.let { Text(it.text, color = palette.inkMuted, style = Type.body) }
                        }
                        is Line.Item -> ItemCard(app, presenter, nav, line.item, shown.canAnswer, line.item.id == at) { at = line.item.id }
                    }
                }
            }
        }
    }
}

@Composable
private fun RunHead(app: App, run: RunDetail, presenter: RunPresenter, onShow: (String) -> Unit) = Column(verticalArrangement = Arrangement.spacedBy(Space.m)) {
    val online by app.phone.online.collectAsState()
    val changed by presenter.changed.collectAsState()
    val problem by presenter.problem.collectAsState()
    val at by presenter.at.collectAsState()
    if (!online) OfflineBanner()
    changed?.let { news -> ChangedBanner(news.by, { onShow(news.item); presenter.changed.value = null }) }
    problem?.takeIf { at == null }?.let { Notice(Tone.Wrong, words.say(it)) }
    FlowRow(horizontalArrangement = Arrangement.spacedBy(Space.s), verticalArrangement = Arrangement.spacedBy(Space.s)) {
        RunChip(run.status)
        run.state?.let { StateChip(it) }
        if (run.clashes.isNotEmpty()) StatusChip(words.clashCount(run.clashes.size), Tone.Attention, Icons.clash)
        run.score?.let { StatusChip(words.runPoints(it.points.toInt(), it.possible.toInt()), if (it.passed == false) Tone.Attention else Tone.Neutral, Icons.star) }
    }
    run.said?.let { said ->
        val who = words.labelByAt(said.by, timed(said.atMs))
        when (said.what) {
            HistoryWhat.GIVEN_BACK -> Notice(Tone.Attention, words.todayGivenBackWhy(said.reason.orEmpty()), detail = who, icon = Icons.giveBack)
            HistoryWhat.SIGNED_OFF -> if (run.status == RunStatus.LAPSED) Notice(Tone.Attention, words.runLapsed, detail = words.signLapsedDetail + "\n" + words.runChangedSince(said.changedSince.size), icon = Icons.unlock)
                else Notice(Tone.Good, words.signBy(said.by, timed(said.atMs)), icon = Icons.lock)
            else -> Notice(Tone.Good, words.runHandedIn, detail = who, icon = Icons.send)
        }
    }
    for (demand in run.demands) Notice(if (demand.isAction) Tone.Attention else Tone.Info, demand.says.text, detail = listOfNotNull(demand.label.text, demand.dueMs?.let { words.ruleActionBy(timed(it)) }).joinToString(" · "), icon = if (demand.isAction) Icons.attention else Icons.message, action = words.actionShow, onAction = { onShow(demand.item) })
    run.ended?.let { Notice(Tone.Info, it.text) }
    Progress(words.runAnswered(run.answered.toInt(), run.asked.toInt()), run.answered.toInt(), run.asked.toInt())
}

/** The acts that the record offers, each with why it does not work. */
@Composable
private fun RunActs(run: RunDetail, presenter: RunPresenter, nav: Nav, onShow: (String) -> Unit) = Column(verticalArrangement = Arrangement.spacedBy(Space.s)) {
    val why = run.handIn.whyNot
    if (run.status == RunStatus.OPEN) {
        if (why != null) Text(why(why), color = palette.inkMuted, style = Type.label)
        run.next?.takeIf { why is WhyNot.Missing }?.let { next -> AppButton(words.runNextMissing, { onShow(next) }, Modifier.fillMaxWidth(), Weight.Secondary, Icons.down) }
        run.clashes.firstOrNull()?.takeIf { why is WhyNot.Clashes }?.let { item -> AppButton(words.actionShow, { onShow(item) }, Modifier.fillMaxWidth(), Weight.Secondary, Icons.clash) }
        AppButton(words.runHandIn, { presenter.seal(Seal.HandIn) }, Modifier.fillMaxWidth(), icon = Icons.send, enabled = run.handIn.enabled)
    } else if (run.signOff.whyNot !is WhyNot.NoSignOff) {
        run.signOff.whyNot?.let { Text(why(it), color = palette.inkMuted, style = Type.label) }
        if (run.signOff.enabled || run.giveBack.enabled) AppButton(words.signTitle, { nav.open("sign", run.id) }, Modifier.fillMaxWidth(), icon = Icons.signature)
    } else Text(words.runHandedIn, color = palette.inkMuted, style = Type.label)
}

@Composable
fun why(why: WhyNot): String = when (why) {
    WhyNot.NoRight -> words.runNoRight
    WhyNot.SignedOff -> words.runSigned
    is WhyNot.Missing -> words.runRequiredLeft(why.count.toInt())
    is WhyNot.Clashes -> words.clashCount(why.count.toInt())
    is WhyNot.Wrong -> words.runWrongItems(why.count.toInt())
    WhyNot.NotHandedIn -> words.runNotHandedIn
    WhyNot.NoSignOff -> words.runHandedIn
}

/** Why an act on this item was not done, beside it and not at the top of a long page. */
@Composable
internal fun problemAt(presenter: RunPresenter, item: String): Problem? {
    val problem by presenter.problem.collectAsState()
    val at by presenter.at.collectAsState()
    return problem.takeIf { at == item }
}
