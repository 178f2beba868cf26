package frontline.journeys

import java.io.File
import java.net.ServerSocket
import java.util.concurrent.TimeUnit

/** The sample company on a real server of this machine, as a process: begun once, used by every journey. */
object Company {
    private val program = (System.getProperty("frontline.bin") ?: System.getenv("FRONTLINE_BIN")).orEmpty().also {
        check(File(it).canExecute()) { "FRONTLINE_BIN names no program: build it with `cargo build --release` and set FRONTLINE_BIN to target/release/frontline." }
    }
    private val folder: File = kotlin.io.path.createTempDirectory("company").toFile()
    private val data = File(folder, "server").path
    private val port = ServerSocket(0).use { it.localPort }
    val server = "http://127.0.0.1:$port"
    private var process: Process

    init {
        val token = Regex(""""token":"([^"]+)"""").find(run("admin", "init", "--data", data, "--org", "Harbour Hotels & Shops", "--email", "you@harbour.example"))!!.groupValues[1]
        process = serve()
        val content = File(folder, "content")
        File("../../samples/harbour").copyRecursively(content)
        File("src/test/resources/content").copyRecursively(content, overwrite = true)
        run("content", "push", content.path, "--server", server, "--token", token)
        Runtime.getRuntime().addShutdownHook(Thread {
            process.destroyForcibly()
            folder.deleteRecursively()
        })
    }

    private fun serve(): Process {
        val log = File(folder, "server.log")
        val process = ProcessBuilder(program, "serve", "--data", data, "--listen", "127.0.0.1:$port").redirectErrorStream(true).redirectOutput(log).start()
        repeat(200) {
            try {
                java.net.Socket("127.0.0.1", port).close()
                return process
            } catch (_: java.io.IOException) {
                Thread.sleep(50)
            }
        }
        error("the server did not start: ${log.readText()}")
    }

    fun run(vararg words: String, stdin: String? = null): String {
        val process = ProcessBuilder(program, *words).redirectError(File(folder, "errors")).start()
        process.outputStream.use { out -> stdin?.let { out.write(it.toByteArray()) } }
        val said = process.inputStream.bufferedReader().readText()
        check(process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0) { "${words.toList()}: $said ${File(folder, "errors").readText()}" }
        return said
    }

    fun code(person: String, site: String = "harbour") = run("admin", "code", "--data", data, "--site", site, "--person", person).trim()

    fun withdraw(person: String, role: String) = run("admin", "withdraw", "--data", data, "--person", person, "--role", role, "--site", "harbour", "--since", java.time.LocalDate.now().toString())

    /** A colleague's phone, driven by lines as docs/cli.md has them. */
    class Colleague(private val person: String) {
        private val at = File(folder, "$person-${System.nanoTime()}").path

        init {
            run("device", "enrol", "--data", at, "--server", server, "--code", code(person))
        }

        fun does(vararg lines: String): String = run("device", "do", "--data", at, "--person", person, stdin = lines.joinToString("\n", postfix = "\n"))
    }
}
