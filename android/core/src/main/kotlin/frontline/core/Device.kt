package frontline.core

import frontline.ffi.Frontline
import frontline.model.api.Outbox

/** One opened store. The app holds one for its life; closing it lets the store go. */
class Device private constructor(private val core: Frontline) : AutoCloseable {
    val outbox: Outbox = object : Outbox {
        override suspend fun unsent() = ask { core.unsent().toInt() }
    }

    override fun close() = core.close()

    companion object {
        /** [key] is 32 bytes from the phone's key store and is wiped by the caller; [language] is a BCP 47 tag. */
        suspend fun open(folder: String, key: ByteArray, language: String): Device = ask { Device(Frontline.open(folder, key, language)) }
    }
}
