package frontline.platform

import android.os.Build
import android.security.keystore.*
import java.io.File
import java.io.IOException
import java.security.KeyStore
import javax.crypto.*
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

/** Secrets of a few bytes by their names, each sealed in a file of its own. */
class Secrets(private val folder: File, private val sealer: Sealer) {
    /** One that does not open is told as it is and left where it is: a new key in its place would lock away what was captured, for good. */
    fun get(name: String): ByteArray? = File(folder, name).takeIf { it.exists() }?.let { sealer.open(it.readBytes()) }

    fun keep(name: String, bytes: ByteArray) {
        folder.mkdirs()
        // If the power goes amid the writing there is a half file beside, and the whole one in place.
        val half = File(folder, "$name.new")
        half.outputStream().use {
            it.write(sealer.seal(bytes))
            it.fd.sync()
        }
        if (!half.renameTo(File(folder, name))) throw IOException("the sealed secret could not be put in place")
    }

    fun forget(name: String) {
        val file = File(folder, name)
        if (file.exists() && !file.delete()) throw IOException("the sealed secret could not be deleted")
    }
}
