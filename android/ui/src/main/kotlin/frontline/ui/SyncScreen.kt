package frontline.ui

import androidx.compose.runtime.*
import frontline.ffi.*
import frontline.model.*
import frontline.model.api.Phone

/** What became of every captured thing, and the contact with the server. */
@Composable
fun SyncScreen(app: App, nav: Nav) {
    val (presenter, state) = present(app) { SyncPresenter(app) }
    val contact by app.syncer.state.collectAsState()
    val online by app.phone.online.collectAsState()
    val carried by presenter.carried.collectAsState()
    val problem by presenter.problem.collectAsState()
    Page(words.syncTitle, nav::back, bottom = {
        if (contact.running) WideButton(words.syncCancel, { app.syncer.stop() }, Weight.Secondary, Icons.close)
        else WideButton(words.syncNow, { app.syncer.now() }, icon = Icons.sync)
    }) {
        StateOf(state, presenter::retry) { (status, refused, captured, about) ->
            Rows {
                item {
                    Stack {
                        if (!online) OfflineBanner()
                        LeaseEnding(status)
                        if (contact.running) Notice(Tone.Info, words.syncRunning, icon = Icons.sync)
                        // Out of contact is a state of a phone in a cellar, no fault: it is said by the banner alone.
                        Wrong(contact.problem?.takeIf { online || it !is Problem.Offline })
                        Wrong(problem)
                        carried?.let { CarriedOut(app, it) }
                        Figures(status)
                        if (status.unsent > 0uL) WideButton(words.syncExport, { presenter.export() }, Weight.Secondary, Icons.export)
                    }
                }
                if (refused.items.isNotEmpty()) item { SectionHeader(words.syncRefused) }
                groups(refused.items) { CapturedRow(it, about[it.about]) }
                more(refused.next != null, presenter::more)
                if (captured.items.isNotEmpty()) item { SectionHeader(words.syncCaptured) }
                groups(captured.items) { CapturedRow(it, about[it.about]) }
                more(captured.next != null, presenter::more)
            }
        }
    }
}

/** What was carried out, what was not, and the way to whoever gets it. */
@Composable
fun CarriedOut(app: App, carried: Carried) {
    HandOn(app.phone, carried.file)
    if (carried.leftOut > 0) Notice(Tone.Attention, words.settingsResetDamaged(carried.leftOut), icon = Icons.photo)
}

@Composable
fun HandOn(phone: Phone, file: String) = Notice(
    Tone.Good, words.syncExported(file.substringAfterLast('/')), detail = words.syncExportDetail,
    action = words.syncHandOn, onAction = { phone.handOn(file) },
)

@Composable
private fun Figures(status: SyncStatus) = Stack {
    val unsent = status.unsent.toInt()
    if (unsent == 0) Notice(Tone.Good, words.syncAllSent)
    else Notice(Tone.Info, words.syncUnsent(unsent), detail = words.syncCapturedDetail, icon = Icons.phone)
    if (status.picturesWaiting > 0uL) Notice(Tone.Info, words.syncPhotosWaiting(status.picturesWaiting.toInt()), icon = Icons.photo)
    status.blocked?.let { Notice(Tone.Wrong, words.syncBlocked, detail = blocked(it.code)) }
    val aside = status.setAside.map { words.errorKeptAt(it.keptAt) }
    if (aside.isNotEmpty()) Notice(Tone.Attention, words.syncSetAside, detail = aside.joinToString("\n"))
    Muted(status.lastContactMs?.let { words.syncLast(timed(it)) } ?: words.syncNever, Type.label)
}

@Composable
private fun blocked(code: String) = if (code == "VERSION") words.syncBlockedOldApp else words.syncBlockedRevoked

@Composable
private fun CapturedRow(one: CapturedSummary, about: String?) {
    val reason = one.state.reason?.let { if (one.state.step == CaptureStep.REFUSED) words.syncRefusedDetail(it) else it }
    ListRow(joined(": ", what(one.what), about), detail = joined("\n", timed(one.atMs), reason), icon = Icons.send) { StateChip(one.state) }
}

/** The type of an entry, by what it is about: no person knows the names of types. */
@Composable
private fun what(type: String) = when (type.substringBefore('-')) {
    "feedback" -> words.feedbackTitle
    "interaction", "subject" -> words.contactTitle
    "run", "commented", "signed", "approved", "returned" -> words.syncWhatRun
    "lesson", "attempt", "question" -> words.syncWhatTraining
    "action" -> words.actionsOne
    "blob" -> words.itemEvidence
    else -> words.syncWhatPhone
}
