package frontline.core

import java.io.File
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test

/** Who may import what, held for every source of every module. */
class LayersTest {
    private fun offenders(module: String, vararg forbidden: String): List<String> {
        val sources = File("../$module/src").walk().filter { it.extension == "kt" }.toList()
        assertTrue("no sources in $module", sources.isNotEmpty())
        return sources.flatMap { file -> file.readLines().filter { line -> forbidden.any { line.startsWith("import $it") } }.map { "${file.name}: $it" } }
    }

    @Test
    fun `only core knows the generated bindings`() {
        for (module in listOf("app-model", "ui", "platform", "app")) assertEquals(emptyList<String>(), offenders(module, "frontline.ffi", "com.sun.jna"))
    }

    @Test
    fun `the model is plain Kotlin`() = assertEquals(emptyList<String>(), offenders("app-model", "android.", "androidx.", "frontline.ui", "frontline.core"))

    @Test
    fun `the screens know no platform and no core`() = assertEquals(emptyList<String>(), offenders("ui", "android.", "androidx.activity", "frontline.core", "frontline.platform"))

    @Test
    fun `the platform draws nothing`() = assertEquals(emptyList<String>(), offenders("platform", "androidx.compose", "frontline.ui", "frontline.core"))
}
