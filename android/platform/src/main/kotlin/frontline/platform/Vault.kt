package frontline.platform

import android.os.Build
import android.security.keystore.KeyGenParameterSpec
import android.security.keystore.KeyProperties
import android.security.keystore.StrongBoxUnavailableException
import java.io.File
import java.io.IOException
import java.security.KeyStore
import java.security.SecureRandom
import javax.crypto.Cipher
import javax.crypto.KeyGenerator
import javax.crypto.SecretKey
import javax.crypto.spec.GCMParameterSpec

/** Closes and opens a few bytes with a key that never leaves the phone. */
interface Sealer {
    fun seal(plain: ByteArray): ByteArray
    fun open(sealed: ByteArray): ByteArray
}

/** In the phone's own key store, in its separate chip where there is one. */
class KeystoreSealer(private val alias: String = "frontline-store") : Sealer {
    private fun key(): SecretKey {
        val store = KeyStore.getInstance("AndroidKeyStore").apply { load(null) }
        (store.getKey(alias, null) as SecretKey?)?.let { return it }
        return if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.P) StrongBox.make(spec()) ?: newKey(spec()) else newKey(spec())
    }

    private fun spec() = KeyGenParameterSpec.Builder(alias, KeyProperties.PURPOSE_ENCRYPT or KeyProperties.PURPOSE_DECRYPT)
        .setBlockModes(KeyProperties.BLOCK_MODE_GCM).setEncryptionPaddings(KeyProperties.ENCRYPTION_PADDING_NONE).setKeySize(256)

    override fun seal(plain: ByteArray): ByteArray = Cipher.getInstance(CIPHER).run {
        init(Cipher.ENCRYPT_MODE, key())
        iv + doFinal(plain)
    }

    override fun open(sealed: ByteArray): ByteArray = Cipher.getInstance(CIPHER).run {
        init(Cipher.DECRYPT_MODE, key(), GCMParameterSpec(128, sealed, 0, IV))
        doFinal(sealed, IV, sealed.size - IV)
    }

    private companion object {
        const val CIPHER = "AES/GCM/NoPadding"
        const val IV = 12
    }
}

private fun newKey(spec: KeyGenParameterSpec.Builder): SecretKey =
    KeyGenerator.getInstance(KeyProperties.KEY_ALGORITHM_AES, "AndroidKeyStore").run {
        init(spec.build())
        generateKey()
    }

/** Names what older phones do not have, so it is a class of its own: they never load it. */
@SinceApi(28)
private object StrongBox {
    fun make(spec: KeyGenParameterSpec.Builder): SecretKey? = try {
        newKey(spec.setIsStrongBoxBacked(true))
    } catch (_: StrongBoxUnavailableException) {
        null
    }
}

/** Takes a class out of the check for calls beyond the least API; whoever uses it asks for [level] first. */
@Retention(AnnotationRetention.BINARY)
internal annotation class SinceApi(val level: Int)

/** The 32 bytes that open the core's store, kept sealed in one file. */
class StoreKey(private val file: File, private val sealer: Sealer) {
    /**
     * Made once. A file that does not open is told as it is and left where it is: a new key in its place would lock
     * away what was captured, for good. The caller wipes what it gets.
     */
    fun get(): ByteArray {
        if (file.exists()) {
            val key = sealer.open(file.readBytes())
            return if (key.size == SIZE) key else throw IOException("the sealed key has ${key.size} bytes")
        }
        val key = ByteArray(SIZE).also(SecureRandom()::nextBytes)
        // If the power goes amid the writing there is a half file beside, and none in place: the next start makes a new key for a store that is not there yet.
        val half = File(file.path + ".new")
        half.outputStream().use {
            it.write(sealer.seal(key))
            it.fd.sync()
        }
        if (!half.renameTo(file)) throw IOException("the sealed key could not be put in place")
        return key
    }

    private companion object {
        const val SIZE = 32
    }
}
