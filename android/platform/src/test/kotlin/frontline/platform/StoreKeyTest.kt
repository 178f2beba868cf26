package frontline.platform

import java.io.File
import java.io.IOException
import org.junit.Assert.assertArrayEquals
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertThrows
import org.junit.Rule
import org.junit.Test
import org.junit.rules.TemporaryFolder

class StoreKeyTest {
    /** Turns every bit, and refuses what is too short: enough to see that what lies in the file is not the key. */
    private class Turning : Sealer {
        override fun seal(plain: ByteArray) = ByteArray(plain.size) { (plain[it].toInt() xor 0xff).toByte() }
        override fun open(sealed: ByteArray) = if (sealed.size < 32) throw IOException("cut") else seal(sealed)
    }

    @get:Rule
    val folder = TemporaryFolder()
    private val secrets get() = Secrets(folder.root, Turning())
    private val key = ByteArray(32) { it.toByte() }

    @Test
    fun `a secret lies sealed, is replaced whole and forgotten`() {
        assertEquals(null, secrets.get("store"))
        secrets.keep("store", key)
        assertArrayEquals(key, secrets.get("store"))
        assertFalse(key.contentEquals(File(folder.root, "store").readBytes()))
        secrets.forget("store")
        secrets.forget("store")
        assertEquals(null, secrets.get("store"))
    }

    @Test
    fun `one that does not open is told and not replaced`() {
        File(folder.root, "store").writeBytes(byteArrayOf(1, 2, 3))
        assertThrows(IOException::class.java) { secrets.get("store") }
        assertArrayEquals(byteArrayOf(1, 2, 3), File(folder.root, "store").readBytes())
    }
}
