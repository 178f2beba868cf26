package frontline.platform

import java.io.File
import java.io.IOException
import org.junit.Assert.assertArrayEquals
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertThrows
import org.junit.Before
import org.junit.Rule
import org.junit.Test
import org.junit.rules.TemporaryFolder

class StoreKeyTest {
    /** Turns every bit: enough to see that what lies in the file is not the key. */
    private class Turning : Sealer {
        override fun seal(plain: ByteArray) = ByteArray(plain.size) { (plain[it].toInt() xor 0xff).toByte() }
        override fun open(sealed: ByteArray) = seal(sealed)
    }

    @get:Rule
    val folder = TemporaryFolder()
    private lateinit var file: File
    private val key get() = StoreKey(file, Turning())

    @Before
    fun place() {
        file = File(folder.root, "store.key")
    }

    @Test
    fun `a key is made once and lies sealed`() {
        val made = key.get()
        assertEquals(32, made.size)
        assertArrayEquals(made, key.get())
        assertFalse(made.contentEquals(file.readBytes()))
    }

    @Test
    fun `a key that does not open is not replaced`() {
        file.writeBytes(byteArrayOf(1, 2, 3))
        assertThrows(IOException::class.java) { key.get() }
        assertArrayEquals(byteArrayOf(1, 2, 3), file.readBytes())
    }

    @Test
    fun `a half written key is begun anew`() {
        File(file.path + ".new").writeBytes(byteArrayOf(9))
        assertEquals(32, key.get().size)
    }
}
