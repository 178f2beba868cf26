package frontline.model

import frontline.ffi.*
import kotlinx.coroutines.flow.MutableStateFlow

class ContactsPresenter(app: App) : Presenter<List<ContactSummary>>(app, Topic.INTERACTIONS, Topic.CONTENT, Topic.SYNC, Topic.PEOPLE) {
    /** What is searched for: a telephone number, an e-mail address, or nothing. */
    val search = MutableStateFlow("")

    override suspend fun read(): List<ContactSummary> {
        val typed = search.value.trim()
        val of = if (typed.isEmpty()) ContactsOf.Everybody else if ('@' in typed) ContactsOf.Email(typed) else ContactsOf.Phone(typed)
        return core.contacts { list(of, PageAsked(count = MOST)).items }
    }
    override fun isEmpty(state: List<ContactSummary>) = state.isEmpty()

    fun find(typed: String) {
        search.value = typed
        anew()
    }

    fun open(then: (String) -> Unit) = act { then(core.contacts { open(ContactDraft(null, null, null, null)) }) }
}

data class ContactShown(val contact: ContactSummary, val form: ContactForm)

/** One contact; its timer is the core's, read anew each second while the screen is there. */
class ContactPresenter(app: App, private val id: String) : Presenter<ContactShown>(app, Topic.INTERACTIONS, Topic.SYNC) {
    override suspend fun read() = core.contacts { ContactShown(contact(id), form()) }

    val draft = DraftKeeper(app, "contact/$id")
    fun mark(mark: ContactMark) = act({ refresh() }) { core.contacts { mark(id, mark) } }
    fun customer(draft: CustomerDraft, done: () -> Unit) = act({ refresh(); done() }) { core.contacts { customer(id, draft) } }
    fun close(reason: String, outcome: String, channel: String?, done: () -> Unit) = act({ refresh(); done() }) {
        core.contacts { closeContact(CloseDraft(id, reason, outcome, channel)) }
    }
}
