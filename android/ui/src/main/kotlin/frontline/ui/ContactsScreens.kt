package frontline.ui

import androidx.compose.foundation.layout.*
import androidx.compose.material3.Text
import androidx.compose.runtime.*
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.text.input.KeyboardType
import frontline.ffi.*
import frontline.model.*
import kotlinx.coroutines.delay

@Composable
fun ContactsScreen(app: App, nav: Nav) {
    val (presenter, state) = present(app) { ContactsPresenter(app) }
    val search by presenter.search.collectAsState()
    val problem by presenter.problem.collectAsState()
    Page(words.contactsTitle, bottom = { AppButton(words.contactsNew, { presenter.open { nav.open("contact", it, over = false) } }, Modifier.fillMaxWidth(), icon = Icons.add) }) {
        Column {
            Column(Modifier.padding(horizontal = Space.l), Arrangement.spacedBy(Space.s)) {
                problem?.let { Notice(Tone.Wrong, words.say(it)) }
                Field(words.contactsSearch, search, presenter::find, hint = words.contactPhoneHint)
            }
            StateOf(state, { presenter.retry() }, { EmptyState(if (search.isBlank()) words.contactsEmpty else words.countResults(0), icon = Icons.contacts) }) { contacts ->
                Scrolled(Modifier.padding(top = Space.m)) { Group { contacts.forEachIndexed { at, one -> if (at > 0) GroupLine(); ContactRow(one) { nav.open("contact", one.id, over = false) } } } }
            }
        }
    }
}

@Composable
private fun ContactRow(one: ContactSummary, onClick: () -> Unit) =
    ListRow(customer(one) ?: words.contactUnknown, detail = listOfNotNull(one.reason?.reads, one.outcome?.reads, words.labelByAt(one.person, timed(one.openedMs))).joinToString("\n"), icon = Icons.contacts, tone = Tone.Accent, onClick = onClick) {
        StatusOf(one.status)
        one.state?.let { StateChip(it) }
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
        CustomerState.KNOWN -> listOfNotNull(it.name, it.phone, it.email).joinToString(" · ")
        CustomerState.FORGOTTEN -> words.contactForgotten
        CustomerState.CLOSED -> words.contactClosedCustomer
    }
}

/** One contact: its timer, its customer, its end. */
@Composable
fun ContactScreen(app: App, nav: Nav, id: String) {
    val (presenter, state) = present(app, id) { ContactPresenter(app, id) }
    val problem by presenter.problem.collectAsState()
    val running = (state as? Load.Ready)?.value?.contact?.status == ContactStatus.OPEN
    var voiding by rememberSaveable { mutableStateOf(false) }
    if (running) LaunchedEffect(id) { while (true) { delay(1_000); presenter.refresh() } }
    Page(words.contactTitle, nav::back) {
        StateOf(state, { presenter.retry() }) { (contact, form) ->
            val open = contact.status == ContactStatus.OPEN || contact.status == ContactStatus.PAUSED
            Scrolled {
                problem?.let { Notice(Tone.Wrong, words.say(it)) }
                Box(Modifier.fillMaxWidth(), Alignment.Center) { TimerFace((contact.activeMs / 1000uL).toInt(), if (running) words.contactRunning else if (open) words.contactPaused else words.contactHandling, running) }
                FlowRow(horizontalArrangement = Arrangement.spacedBy(Space.s), verticalArrangement = Arrangement.spacedBy(Space.s)) {
                    StatusOf(contact.status)
                    contact.state?.let { StateChip(it) }
                }
                if (open) AppButton(if (running) words.contactPause else words.contactResume, { presenter.mark(if (running) ContactMark.PAUSE else ContactMark.RESUME) }, Modifier.fillMaxWidth(), Weight.Secondary, if (running) Icons.pause else Icons.play)
                Customer(presenter, contact)
                if (open) {
                    Closing(presenter, contact, form, nav::back)
                    AppButton(words.contactVoid, { voiding = true }, weight = Weight.Quiet, icon = Icons.delete)
                } else Group {
                    contact.reason?.let { ListRow(it.reads, detail = words.contactReason); GroupLine() }
                    contact.outcome?.let { ListRow(it.reads, detail = words.contactOutcome); GroupLine() }
                    ListRow(contact.person, detail = timed(contact.openedMs))
                }
            }
            if (voiding) Confirm(words.contactVoid, words.contactVoidDetail, words.contactVoid, { voiding = false; presenter.mark(ContactMark.VOID) }, { voiding = false })
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
        Text(customer(contact) ?: words.contactUnknown, color = if (known == null) palette.inkMuted else palette.ink, style = Type.body)
        known?.note?.let { Text(it, color = palette.inkMuted, style = Type.body) }
        return AppButton(if (known == null) words.actionAdd else words.actionEdit, { editing = true }, weight = Weight.Secondary, icon = Icons.person)
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
    AppButton(words.contactSaveCustomer, { presenter.draft.drop(); presenter.customer(CustomerDraft(said(name), said(phone), said(email), said(note))) { editing = false } }, Modifier.fillMaxWidth(), Weight.Secondary, Icons.check)
}

@Composable
private fun Closing(presenter: ContactPresenter, contact: ContactSummary, form: ContactForm, done: () -> Unit) {
    var reason by rememberSaveable { mutableStateOf(contact.reason?.id) }
    var outcome by rememberSaveable { mutableStateOf<String?>(null) }
    var channel by rememberSaveable { mutableStateOf(contact.channel?.id) }
    SectionHeader(words.contactReason)
    for (family in form.reasons) {
        Text(family.label.text, color = palette.inkMuted, style = Type.label)
        Choices(family.reasons.map { Option(it.id, it.label.text) }, setOfNotNull(reason), false, { reason = it })
    }
    SectionHeader(words.contactChannel)
    Choices(form.channels.map { Option(it.id, it.label.text) }, setOfNotNull(channel), false, { channel = it })
    SectionHeader(words.contactOutcome)
    Choices(form.outcomes.map { Option(it.id, it.label.text) }, setOfNotNull(outcome), false, { outcome = it })
    AppButton(words.contactClose, { reason?.let { why -> outcome?.let { presenter.close(why, it, channel, done) } } }, Modifier.fillMaxWidth(), icon = Icons.check, enabled = reason != null && outcome != null)
}
