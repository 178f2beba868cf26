package frontline.ui

import androidx.compose.runtime.Composable
import androidx.compose.ui.ExperimentalComposeUiApi
import androidx.compose.ui.ImageComposeScene
import androidx.compose.ui.unit.Density
import androidx.compose.ui.use
import frontline.model.Ar
import frontline.model.En
import frontline.model.Strings
import java.io.File
import org.jetbrains.skia.EncodedImageFormat
import org.junit.Assert.assertTrue

/** The four settings in which everything is pictured. */
enum class Setting(val strings: Strings, val dark: Boolean, val fontScale: Float) {
    Light(En, false, 1f),
    Dark(En, true, 1f),
    Large(En, false, 2f),
    Rtl(Ar, false, 1f),
}

private val folder = File(System.getProperty("screenshots.dir") ?: "target/screenshots").apply { mkdirs() }

/** A phone of 360 by 720 dp where nothing else is said; [content] gets the setting, for words that are content. */
fun shots(name: String, width: Int = 360, height: Int = 720, settings: List<Setting> = Setting.entries, content: @Composable (Setting) -> Unit) {
    for (setting in settings) {
        val file = File(folder, "$name-${setting.name.lowercase()}.png")
        file.writeBytes(picture(width, height, setting, content))
        assertTrue("$file shows next to nothing", file.length() > 3_000)
    }
}

@OptIn(ExperimentalComposeUiApi::class)
private fun picture(width: Int, height: Int, setting: Setting, content: @Composable (Setting) -> Unit): ByteArray {
    val scene = ImageComposeScene(width * 2, height * 2, Density(2f)) {
        FrontlineTheme(setting.strings, setting.dark, setting.fontScale) { content(setting) }
    }
    return scene.use {
        it.render(0)
        it.render(1_000_000_000).encodeToData(EncodedImageFormat.PNG)!!.bytes
    }
}
