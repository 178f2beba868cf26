package frontline.model

import frontline.ffi.*
import java.net.URLDecoder

/** A server and a one-time code. */
data class Invitation(val server: String, val code: String)

/** What a console's QR code holds, and its link: `frontline://enrol?server=…&code=…`. None where a stranger's is not written so. */
fun invitation(text: String): Invitation? {
    val said = text.trim().removePrefix("frontline://enrol?").takeIf { it != text.trim() } ?: return null
    val words = try {
        said.split('&').associate { it.substringBefore('=') to URLDecoder.decode(it.substringAfter('='), "UTF-8") }
    } catch (_: IllegalArgumentException) {
        return null
    }
    return words["server"]?.let { server -> words["code"]?.let { Invitation(server, it) } }
}

/** A new phone, or one more person on it. */
class EnrolPresenter(app: App) : Presenter<Unit>(app) {
    override suspend fun read() = Unit

    fun enrol(by: Invitation, done: () -> Unit) = act {
        core.sync { enrol(by.server, by.code) }
        app.session.refresh()
        done()
        app.syncer.now().join()
        app.session.refresh()
    }
}

/** Who is holding the phone: picked, opened by a PIN, unlocked by whoever leads, or given a first PIN. */
class WhoPresenter(app: App) : Presenter<Unit>(app) {
    override suspend fun read() = Unit
    /** Tries that are left, and how long until the next one, are told anew also where it was the wrong PIN. */
    fun use(person: PersonSummary, pin: String?) = act({ app.session.handing.value = false }) {
        try {
            core.people { switchTo(person.id, pin) }
        } finally {
            app.session.refresh()
        }
    }
    fun setPin(pin: String, old: String?) = go { core.people { setPin(PinDraft(null, pin, old)) } }
    fun unlock(person: String, by: String, pin: String, done: () -> Unit) = go(done) {
        core.people { unlock(UnlockDraft(person, by, pin)) }
    }

    private fun go(done: () -> Unit = {}, what: suspend () -> Unit) = act({ app.session.refresh(); done() }) { what() }
}
