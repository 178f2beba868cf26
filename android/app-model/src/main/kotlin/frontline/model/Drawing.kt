package frontline.model

import frontline.ffi.*
import java.io.ByteArrayOutputStream
import java.io.DataOutputStream
import java.util.zip.CRC32
import java.util.zip.DeflaterOutputStream
import kotlin.math.*

/** Where a finger was, in parts of the pad's width, and when: milliseconds since the first one. */
data class Dot(val x: Float, val y: Float, val atMs: Int)

/** Lines from where a finger came down to where it was lifted; the same on every screen. */
typealias Strokes = List<List<Dot>>

/** Of a pad that is drawn in, width to height. */
const val PAD = 2.2f

/** What the core keeps of a signature: how it was drawn, and when. */
fun Strokes.drawn(): Drawing {
    val (width, height) = FIELD to (FIELD / PAD).roundToInt()
    val first = firstOrNull()?.firstOrNull()?.atMs ?: 0
    fun part(of: Float, most: Int) = (of * width).roundToInt().coerceIn(0, most).toUInt()
    return Drawing(width.toUInt(), height.toUInt(), filter { it.isNotEmpty() }.map { line ->
        Stroke(line.map { StrokePoint(part(it.x, width), part(it.y, height), (it.atMs - first).coerceIn(0, LONGEST_MS).toUInt()) })
    })
}

/** What was kept of a signature, to be drawn again. */
fun Drawing.strokes(): Strokes = strokes.map { line ->
    line.points.map { Dot(it.x.toFloat() / width.toFloat(), it.y.toFloat() / width.toFloat(), it.atMs.toInt()) }
}

/** For a drawing that is begun and not kept, as words: they outlive a turn of the phone and the app's end. */
fun Strokes.saved() = joinToString(";") { line -> line.joinToString(" ") { "${it.x},${it.y},${it.atMs}" } }

fun strokes(saved: String): Strokes = saved.split(';').filter { it.isNotEmpty() }.map { line ->
    line.split(' ').map { dot -> dot.split(',').let { (x, y, at) -> Dot(x.toFloat(), y.toFloat(), at.toInt()) } }
}

private const val FIELD = 2_200
private const val LONGEST_MS = 3_600_000
private const val WIDTH = 600
private const val HEIGHT = 273
private const val PEN = 3

/** A sketch as a small grey PNG: written by hand, so that every platform keeps the same bytes. */
fun drawing(strokes: Strokes): ByteArray {
    val ink = Array(HEIGHT) { BooleanArray(WIDTH) }
    fun dot(x: Float, y: Float) {
        for (dy in -PEN..PEN) for (dx in -PEN..PEN) {
            val (px, py) = (x * WIDTH).roundToInt() + dx to (y * WIDTH).roundToInt() + dy
            if (dx * dx + dy * dy <= PEN * PEN && py in 0 until HEIGHT && px in 0 until WIDTH) ink[py][px] = true
        }
    }
    for (stroke in strokes) stroke.zipWithNext().ifEmpty { listOf(stroke.first() to stroke.first()) }.forEach { (from, to) ->
        val steps = max(1, (hypot(to.x - from.x, to.y - from.y) * WIDTH).roundToInt())
        for (n in 0..steps) dot(from.x + (to.x - from.x) * n / steps, from.y + (to.y - from.y) * n / steps)
    }
    val rows = ByteArrayOutputStream()
    DeflaterOutputStream(rows).use { out -> for (row in ink) { out.write(0); for (on in row) out.write(if (on) 0 else 255) } }
    val head = ByteArrayOutputStream()
    DataOutputStream(head).run { writeInt(WIDTH); writeInt(HEIGHT); write(byteArrayOf(8, 0, 0, 0, 0)) }
    return ByteArrayOutputStream().apply {
        write(byteArrayOf(0x89.toByte(), 'P'.code.toByte(), 'N'.code.toByte(), 'G'.code.toByte(), 13, 10, 26, 10))
        DataOutputStream(this).run { chunk("IHDR", head.toByteArray()); chunk("IDAT", rows.toByteArray()); chunk("IEND", ByteArray(0)) }
    }.toByteArray()
}

private fun DataOutputStream.chunk(name: String, bytes: ByteArray) {
    val named = name.toByteArray() + bytes
    writeInt(bytes.size)
    write(named)
    writeInt(CRC32().apply { update(named) }.value.toInt())
}
