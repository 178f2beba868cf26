package frontline.core

import frontline.ffi.LockedBy
import frontline.ffi.NetworkKind
import frontline.ffi.Platform
import frontline.model.Problem
import frontline.model.ProblemException
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.rules.TemporaryFolder

/** Over the real library. */
class DeviceTest {
    @get:Rule
    val folder = TemporaryFolder()

    private class Keys(val all: MutableMap<String, ByteArray> = mutableMapOf()) : Platform {
        override fun secret(name: String) = all[name]
        override fun keepSecret(name: String, bytes: ByteArray) {
            all[name] = bytes
        }
        override fun forgetSecret(name: String) {
            all.remove(name)
        }
        override fun deviceModel() = "test"
        override fun storageFree() = null
        override fun network() = NetworkKind.NONE
        override fun log(line: String) = println(line)
    }

    private val keys = Keys()

    private fun open(drawing: () -> Boolean = { false }) = runBlocking { Device.open(folder.root.path, keys, "en", drawing) }

    @Test
    fun `a new store has nothing to send and makes its key`() = runBlocking {
        open().use { assertEquals(0uL, it.sync { status() }.unsent) }
        assertEquals(32, keys.all.values.single().size)
    }

    @Test
    fun `a store whose key is gone is locked by it`() {
        open().close()
        keys.all.clear()
        assertEquals(Problem.Locked(LockedBy.KEY), assertThrows(ProblemException::class.java) { open() }.problem)
    }

    @Test
    fun `a call from the thread that draws is refused, and every call leaves the caller's thread`() = runBlocking {
        assertThrows(IllegalStateException::class.java) { open { true } }
        open().use { device ->
            val here = Thread.currentThread()
            assertTrue(device.people { Thread.currentThread() !== here })
        }
    }
}
