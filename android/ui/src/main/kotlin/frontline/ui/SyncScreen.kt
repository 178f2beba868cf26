package frontline.ui

import androidx.compose.foundation.layout.*
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.material3.Text
import androidx.compose.runtime.*
import androidx.compose.ui.Modifier
import frontline.ffi.CaptureStep
import frontline.ffi.CapturedSummary
import frontline.ffi.SyncStatus
import frontline.model.App
import frontline.model.Problem
import frontline.model.SyncPresenter

/** What became of every captured thing, and the contact with the server. */
@Composable
fun SyncScreen(app: App, nav: Nav) {
    val (presenter, state) = present(app) { SyncPresenter(app) }
    val contact by app.syncer.state.collectAsState()
    val online by app.phone.online.collectAsState()
    val exported by presenter.exported.collectAsState()
    val problem by presenter.problem.collectAsState()
    Page(words.syncTitle, nav::back, bottom = {
        if (contact.running) AppButton(words.syncCancel, { app.syncer.stop() }, Modifier.fillMaxWidth(), Weight.Secondary, Icons.close)
        else AppButton(words.syncNow, { app.syncer.now() }, Modifier.fillMaxWidth(), icon = Icons.sync)
    }) {
        StateOf(state, { presenter.retry() }) { (status, refused, captured) ->
            LazyColumn(contentPadding = PaddingValues(Space.l, Space.xs, Space.l, Space.xl), verticalArrangement = Arrangement.spacedBy(Space.s)) {
                item {
                    Column(verticalArrangement = Arrangement.spacedBy(Space.s)) {
                        if (!online) OfflineBanner()
                        if (contact.running) Notice(Tone.Info, words.syncRunning, icon = Icons.sync)
                        // Out of contact is a state of a phone in a cellar, no fault: it is said by the banner alone.
                        contact.problem?.takeIf { online || it !is Problem.Offline }?.let { Notice(Tone.Wrong, words.say(it)) }
                        problem?.let { Notice(Tone.Wrong, words.say(it)) }
                        exported?.let { Notice(Tone.Good, words.syncExported(it)) }
                        Figures(status)
                        if (status.unsent > 0uL) AppButton(words.syncExport, { presenter.export() }, Modifier.fillMaxWidth(), Weight.Secondary, Icons.export)
                    }
                }
                if (refused.isNotEmpty()) item { SectionHeader(words.syncRefused, aside = words.countItems(refused.size)) }
                items(refused.size) { at -> Group { CapturedRow(refused[at]) } }
                if (captured.isNotEmpty()) item { SectionHeader(words.syncCaptured) }
                items(captured.size) { at -> Group { CapturedRow(captured[at]) } }
            }
        }
    }
}

@Composable
private fun Figures(status: SyncStatus) = Column(verticalArrangement = Arrangement.spacedBy(Space.s)) {
    if (status.unsent == 0uL) Notice(Tone.Good, words.syncAllSent) else Notice(Tone.Info, words.syncUnsent(status.unsent.toInt()), detail = words.syncCapturedDetail, icon = Icons.phone)
    if (status.picturesWaiting > 0uL) Notice(Tone.Info, words.syncPhotosWaiting(status.picturesWaiting.toInt()), icon = Icons.photo)
    status.blocked?.let { Notice(Tone.Wrong, words.syncBlocked, detail = blocked(it.code)) }
    if (status.setAside.isNotEmpty()) Notice(Tone.Attention, words.syncSetAside, detail = status.setAside.map { words.errorKeptAt(it.keptAt) }.joinToString("\n"))
    Text(status.lastContactMs?.let { words.syncLast(timed(it)) } ?: words.syncNever, color = palette.inkMuted, style = Type.label)
}

@Composable
private fun blocked(code: String) = if ("OLD" in code || "APP" in code) words.syncBlockedOldApp else words.syncBlockedRevoked

@Composable
private fun CapturedRow(one: CapturedSummary) = ListRow(
    what(one.what), icon = Icons.send,
    detail = listOfNotNull(timed(one.atMs), one.state.reason?.takeIf { one.state.step == CaptureStep.REFUSED }?.let { words.syncRefusedDetail(it) } ?: one.state.reason).joinToString("\n"),
) { StateChip(one.state) }

/** The type of an entry, by what it is about: no person knows the names of types. */
@Composable
private fun what(type: String) = when (type.substringBefore('-')) {
    "feedback" -> words.feedbackTitle
    "interaction", "contact", "subject", "customer" -> words.contactTitle
    "run", "procedure" -> words.syncWhatRun
    "module", "lesson", "attempt", "quiz", "card", "training" -> words.syncWhatTraining
    else -> words.syncWhatPhone
}
