package frontline.ui

import androidx.compose.foundation.layout.*
import androidx.compose.runtime.*
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.ui.*
import androidx.compose.ui.text.input.KeyboardType
import frontline.ffi.*
import frontline.model.*
import kotlinx.coroutines.delay

@Composable
fun ContactsScreen(app: App, nav: Nav) {
    val (presenter, state) = present(app) { ContactsPresenter(app) }
    val search by presenter.search.collectAsState()
    val problem by presenter.problem.collectAsState()
    Page(words.contactsTitle, bottom = {
        WideButton(words.contactsNew, { presenter.open { nav.open("contact", it, over = false) } }, icon = Icons.add)
    }) {
        val none = if (search.isBlank()) words.contactsEmpty else words.countResults(0)
        Sought(state, presenter::retry, { EmptyState(none, icon = Icons.contacts) }, {
            Wrong(problem)
            Field(words.contactsSearch, search, presenter::find, hint = words.contactPhoneHint)
        }) { contacts -> groups(contacts) { one -> ContactRow(one) { nav.open("contact", one.id, over = false) } } }
    }
}

@Composable
private fun ContactRow(one: ContactSummary, onClick: () -> Unit) {
    val detail = joined("\n", one.reason?.reads, one.outcome?.reads, words.labelByAt(one.person, timed(one.openedMs)))
    val here = opens("contact", one.id)
    val name = customer(one) ?: words.contactUnknown
    ListRow(name, detail = detail, icon = Icons.contacts, tone = Tone.Accent, onClick = onClick, here = here) {
        StatusOf(one.status)
        StateChip(one.state)
    }
}

@Composable
private fun StatusOf(status: ContactStatus) = when (status) {
    ContactStatus.OPEN -> StatusChip(words.contactRunning, Tone.Info, Icons.play)
    ContactStatus.PAUSED -> StatusChip(words.contactPaused, Tone.Attention, Icons.pause)
    ContactStatus.CLOSED -> StatusChip(words.contactClosed, Tone.Good)
    ContactStatus.VOIDED -> StatusChip(words.contactVoided, Tone.Neutral, Icons.delete)
}

@Composable
private fun customer(one: ContactSummary): String? = one.customer?.let {
    when (it.state) {
        CustomerState.KNOWN -> joined(" · ", it.name, it.phone, it.email)
        CustomerState.FORGOTTEN -> words.contactForgotten
        CustomerState.CLOSED -> words.contactClosedCustomer
    }
}

/** One contact: its timer, its customer, its end. */
@Composable
fun ContactScreen(app: App, nav: Nav, id: String) {
    val (presenter, state) = present(app, id) { ContactPresenter(app, id) }
    val problem by presenter.problem.collectAsState()
    val running = state.ready?.contact?.status == ContactStatus.OPEN
    var voiding by rememberSaveable { mutableStateOf(false) }
    if (running) LaunchedEffect(id) { while (true) { delay(1_000); presenter.refresh() } }
    Page(words.contactTitle, nav::back) {
        StateOf(state, presenter::retry) { (contact, form) ->
            val open = contact.status == ContactStatus.OPEN || contact.status == ContactStatus.PAUSED
            Scrolled {
                Wrong(problem)
                Box(Modifier.fillMaxWidth(), Alignment.Center) {
                    val said = if (running) words.contactRunning else if (open) words.contactPaused else words.contactHandling
                    TimerFace((contact.activeMs / 1000uL).toInt(), said, running)
                }
                Flow {
                    StatusOf(contact.status)
                    StateChip(contact.state)
                }
                if (running) WideButton(words.contactPause, { presenter.mark(ContactMark.PAUSE) }, Weight.Secondary, Icons.pause)
                else if (open) WideButton(words.contactResume, { presenter.mark(ContactMark.RESUME) }, Weight.Secondary, Icons.play)
                Customer(presenter, contact)
                if (open) {
                    Closing(presenter, contact, form, nav::back)
                    Quiet(words.contactVoid, Icons.delete) { voiding = true }
                } else Group {
                    contact.reason?.let { ListRow(it.reads, detail = words.contactReason); GroupLine() }
                    contact.outcome?.let { ListRow(it.reads, detail = words.contactOutcome); GroupLine() }
                    ListRow(contact.person, detail = timed(contact.openedMs))
                }
            }
            if (voiding) Confirm(words.contactVoid, words.contactVoidDetail, words.contactVoid, {
                voiding = false
                presenter.mark(ContactMark.VOID)
            }, { voiding = false })
        }
    }
}

/** Who it is with. The note is kept while it is typed: it is the longest of what is said here. */
@Composable
private fun Customer(presenter: ContactPresenter, contact: ContactSummary) {
    val known = contact.customer
    var editing by rememberSaveable { mutableStateOf(false) }
    SectionHeader(words.contactCustomer)
    if (!editing) {
        Said(customer(contact) ?: words.contactUnknown, ink = if (known == null) palette.inkMuted else palette.ink)
        known?.note?.let { Muted(it) }
        val act = if (known == null) words.actionAdd else words.actionEdit
        return AppButton(act, { editing = true }, weight = Weight.Secondary, icon = Icons.person)
    }
    var name by rememberSaveable { mutableStateOf(known?.name.orEmpty()) }
    var phone by rememberSaveable { mutableStateOf(known?.phone.orEmpty()) }
    var email by rememberSaveable { mutableStateOf(known?.email.orEmpty()) }
    var note by rememberSaveable { mutableStateOf(known?.note.orEmpty()) }
    LaunchedEffect(contact.id) { presenter.draft.begun()?.let { note = it } }
    Field(words.contactName, name, { name = it })
    Field(words.contactPhone, phone, { phone = it }, hint = words.contactPhoneHint, keyboard = KeyboardType.Phone)
    Field(words.contactEmail, email, { email = it }, keyboard = KeyboardType.Email)
    Field(words.labelNote, note, { note = it; presenter.draft.keep(it) }, lines = 2)
    fun said(text: String) = text.trim().ifEmpty { null }
    Save(words.contactSaveCustomer) {
        presenter.draft.drop()
        presenter.customer(CustomerDraft(said(name), said(phone), said(email), said(note))) { editing = false }
    }
}

@Composable
private fun Closing(presenter: ContactPresenter, contact: ContactSummary, form: ContactForm, done: () -> Unit) {
    var reason by rememberSaveable { mutableStateOf(contact.reason?.id) }
    var outcome by rememberSaveable { mutableStateOf<String?>(null) }
    var channel by rememberSaveable { mutableStateOf(contact.channel?.id) }
    SectionHeader(words.contactReason)
    for (family in form.reasons) {
        Muted(family.label.text, Type.label)
        Choices(family.reasons.options(), setOfNotNull(reason), false, { reason = it })
    }
    SectionHeader(words.contactChannel)
    Choices(form.channels.options(), setOfNotNull(channel), false, { channel = it })
    SectionHeader(words.contactOutcome)
    Choices(form.outcomes.options(), setOfNotNull(outcome), false, { outcome = it })
    WideButton(words.contactClose, {
        reason?.let { why -> outcome?.let { presenter.close(why, it, channel, done) } }
    }, icon = Icons.check, enabled = reason != null && outcome != null)
}
