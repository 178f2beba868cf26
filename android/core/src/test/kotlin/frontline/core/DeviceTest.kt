package frontline.core

import frontline.model.Problem
import frontline.model.ProblemException
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Assert.assertThrows
import org.junit.Rule
import org.junit.Test
import org.junit.rules.TemporaryFolder

/** Over the real library. */
class DeviceTest {
    @get:Rule
    val folder = TemporaryFolder()

    private fun open(key: ByteArray) = runBlocking { Device.open(folder.root.path, key, "en") }

    @Test
    fun `a new store has nothing to send`() = runBlocking {
        open(ByteArray(32) { 1 }).use { assertEquals(0, it.outbox.unsent()) }
    }

    @Test
    fun `a key that is none is told with its field`() {
        val problem = assertThrows(ProblemException::class.java) { open(ByteArray(16)) }.problem
        assertEquals(Problem.Invalid("key", "form", "a key has 32 bytes"), problem)
    }

    @Test
    fun `another key finds the store locked`() {
        open(ByteArray(32) { 1 }).close()
        assertEquals(Problem.Locked, assertThrows(ProblemException::class.java) { open(ByteArray(32) { 2 }) }.problem)
    }
}
