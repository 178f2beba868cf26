package frontline.model

import java.io.ByteArrayOutputStream
import java.io.DataOutputStream
import java.util.zip.CRC32
import java.util.zip.DeflaterOutputStream
import kotlin.math.*

private const val WIDTH = 600
private const val HEIGHT = 273
private const val PEN = 3

/** Lines of points, in parts of the width, as a small grey PNG: written by hand, so that every platform keeps the same bytes. */
fun drawing(strokes: List<List<Pair<Float, Float>>>): ByteArray {
    val ink = Array(HEIGHT) { BooleanArray(WIDTH) }
    fun dot(x: Float, y: Float) {
        for (dy in -PEN..PEN) for (dx in -PEN..PEN) {
            val (px, py) = (x * WIDTH).roundToInt() + dx to (y * WIDTH).roundToInt() + dy
            if (dx * dx + dy * dy <= PEN * PEN && py in 0 until HEIGHT && px in 0 until WIDTH) ink[py][px] = true
        }
    }
    for (stroke in strokes) stroke.zipWithNext().ifEmpty { listOf(stroke.first() to stroke.first()) }.forEach { (from, to) ->
        val steps = max(1, (hypot(to.first - from.first, to.second - from.second) * WIDTH).roundToInt())
        for (n in 0..steps) dot(from.first + (to.first - from.first) * n / steps, from.second + (to.second - from.second) * n / steps)
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
