package frontline.model

import frontline.ffi.*
import java.net.URLDecoder

/** A new phone takes a server and a one-time code. What was typed stays until it worked. */
class EnrolPresenter(app: App) : Presenter<Unit>(app) {
    override suspend fun read() = Unit

    /** What a console's QR code holds: `frontline://enrol?server=…&code=…`. */
    fun parts(scanned: String): kotlin.Pair<String, String>? {
        val said = scanned.trim().removePrefix("frontline://enrol?").takeIf { it != scanned.trim() } ?: return null
        val words = said.split('&').associate { it.substringBefore('=') to URLDecoder.decode(it.substringAfter('='), "UTF-8") }
        return words["server"]?.let { server -> words["code"]?.let { server to it } }
    }

    fun scan(found: (String, String) -> Unit) = act { app.phone.scan()?.let(::parts)?.let { found(it.first, it.second) } }
    fun enrol(server: String, code: String, done: (EnrolledDetail) -> Unit = {}) = act {
        val enrolled = core.sync { enrol(server.trim(), code.trim()) }
        app.session.refresh()
        done(enrolled)
        app.syncer.now().join()
        app.session.refresh()
    }
}

/** Who is holding the phone: picked, opened by a PIN, unlocked by whoever leads, or given a first PIN. */
class WhoPresenter(app: App) : Presenter<Unit>(app) {
    override suspend fun read() = Unit
    fun use(person: PersonSummary, pin: String?) = go { core.people { switchTo(person.id, pin) } }
    fun setPin(pin: String, old: String?) = go { core.people { setPin(PinDraft(null, pin, old)) } }
    fun unlock(person: String, by: String, pin: String, done: () -> Unit) = act { core.people { unlock(UnlockDraft(person, by, pin)) }; app.session.refresh(); done() }

    private fun go(what: suspend () -> Unit) = act { what(); app.session.refresh() }
}
