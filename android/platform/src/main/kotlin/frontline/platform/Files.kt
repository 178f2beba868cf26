package frontline.platform

import android.content.*
import android.database.MatrixCursor
import android.net.Uri
import android.os.ParcelFileDescriptor
import android.provider.OpenableColumns
import java.io.File
import java.io.FileNotFoundException

/** The app's few files that another app may open for as long as it was told so: what was carried out, and a picture to be taken. */
class Files : ContentProvider() {
    override fun onCreate() = true

    override fun openFile(uri: Uri, mode: String): ParcelFileDescriptor {
        val context = context ?: throw FileNotFoundException()
        val file = file(context, uri) ?: throw FileNotFoundException()
        // What is carried out is read alone; the camera writes its picture.
        val may = if (file == picture(context)) mode else "r"
        return ParcelFileDescriptor.open(file, ParcelFileDescriptor.parseMode(may))
    }

    override fun query(uri: Uri, columns: Array<String>?, where: String?, words: Array<String>?, order: String?): MatrixCursor {
        val file = context?.let { file(it, uri) }
        return MatrixCursor(arrayOf(OpenableColumns.DISPLAY_NAME, OpenableColumns.SIZE)).apply {
            if (file != null) addRow(arrayOf(file.name, file.length()))
        }
    }

    override fun getType(uri: Uri) = if (context?.let { file(it, uri) == picture(it) } == true) JPEG else "application/octet-stream"
    override fun insert(uri: Uri, values: ContentValues?) = null
    override fun update(uri: Uri, values: ContentValues?, where: String?, words: Array<String>?) = 0
    override fun delete(uri: Uri, where: String?, words: Array<String>?) = 0

    companion object {
        const val JPEG = "image/jpeg"
        private const val PICTURE = "picture.jpg"

        /** Where unsent work is carried out to. It is in no backup, stays over a reset, and goes with the app. */
        fun carriedOut(context: Context) = File(context.filesDir, "carried-out").apply { mkdirs() }
        fun picture(context: Context) = File(context.cacheDir, PICTURE)

        /** Where the microphone writes while somebody speaks; nobody else opens it. */
        fun sound(context: Context) = File(context.cacheDir, "sound.m4a")

        /** By its name alone, so that no path leads to another file. */
        private fun file(context: Context, uri: Uri): File? {
            val name = uri.pathSegments.singleOrNull() ?: return null
            return if (name == PICTURE) picture(context) else carriedOut(context).listFiles()?.firstOrNull { it.name == name }
        }

        fun uri(context: Context, file: File): Uri =
            Uri.Builder().scheme(ContentResolver.SCHEME_CONTENT).authority("${context.packageName}.files").appendPath(file.name).build()
    }
}
