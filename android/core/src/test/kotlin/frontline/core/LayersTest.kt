package frontline.core

import java.io.File
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test

/** Who may import what, and who may decide what, held for every source of every module. */
class LayersTest {
    private fun sources(module: String) = File("../$module/src/main").walk().filter { it.extension == "kt" }.toList().also { assertTrue("no sources in $module", it.isNotEmpty()) }

    private fun offenders(module: String, vararg forbidden: String) =
        sources(module).flatMap { file -> file.readLines().filter { line -> forbidden.any { line.startsWith("import $it") } }.map { "${file.name}: $it" } }

    private val all = listOf("app-model", "ui", "platform", "app")

    @Test
    fun `only core holds the core's objects, everybody else its records and what to ask of a service`() {
        val objects = "Actions|Feedback|Frontline|Interactions|Media|People|Procedures|Subscription|Sync|Training|FrontlineException"
        val named = Regex("""frontline\.ffi\.($objects|reset|recover)(?!\w)|[:(<,]\s*($objects)\b(?!\w|\.)\s*[?,)>=({]""")
        val found = all.flatMap { module -> sources(module).flatMap { file -> file.readLines().filter(named::containsMatchIn).map { "${file.name}: $it" } } }
        assertEquals(emptyList<String>(), found + all.flatMap { offenders(it, "com.sun.jna") })
    }

    @Test
    fun `the model is plain Kotlin`() = assertEquals(emptyList<String>(), offenders("app-model", "android.", "androidx.", "frontline.ui", "frontline.core"))

    @Test
    fun `the screens know no platform and no core`() = assertEquals(emptyList<String>(), offenders("ui", "android.", "androidx.activity", "frontline.core", "frontline.platform"))

    @Test
    fun `the platform draws nothing`() = assertEquals(emptyList<String>(), offenders("platform", "androidx.compose", "frontline.ui", "frontline.core"))

    /** The whole shell can be read by one person. Lines count that hold code: an explanation costs nothing; what is generated is not it. */
    @Test
    fun `the shell stays small, and no line is crammed`() {
        val files = (all + "core" + "baseline-profile").flatMap(::sources)
        assertEquals(emptyList<String>(), files.flatMap { file -> file.readLines().filter { it.length > WIDEST }.map { "${file.name}: $it" } })
        val beside = Regex("""\s*(//|/\*|\*).*""")
        val lines = files.sumOf { file -> file.readLines().count { it.isNotBlank() && !beside.matches(it) } }
        assertTrue("$lines lines, of $MOST at most", lines <= MOST)
    }

    /** Due, passed, allowed, missing: each stands in a record, and a second opinion would sooner or later differ from the first. */
    @Test
    fun `no screen compares dates, scores or rights`() {
        val rule = Regex("""\b\w*(Ms|Score|[pP]oints|[mM]issing|[rR]oles|overdue|attempts)\b\s*(<|>|<=|>=|==|!=)\s*(?!null\b)|\.roles\b.*\bin\b|\bin\b.*\.roles\b|currentTimeMillis|Instant\.now""")
        val found = listOf("app-model", "ui").flatMap { module -> sources(module).flatMap { file -> file.readLines().filter(rule::containsMatchIn).map { "${file.name}: ${it.trim()}" } } }
        assertEquals(emptyList<String>(), found)
    }

    private companion object {
        const val WIDEST = 140
        const val MOST = 5_500
    }
}
