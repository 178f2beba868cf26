package frontline.model

import org.junit.Assert.*
import org.junit.Test

class DrawingTest {
    private val begun: Strokes = listOf(listOf(Dot(0.25f, 0.125f, 40), Dot(0.5f, 0.2f, 56)), listOf(Dot(1f, 0.9f, 900)))

    @Test
    fun `a drawing that is begun is the same after the app's end`() {
        assertEquals(begun, strokes(begun.saved()))
        assertEquals(emptyList<Any>(), strokes(emptyList<List<Dot>>().saved()))
    }

    @Test
    fun `its times begin with its first point, and nothing lies outside of its field`() {
        val kept = begun.drawn()
        assertEquals(listOf(0u, 16u, 860u), kept.strokes.flatMap { it.points }.map { it.atMs })
        assertEquals(listOf(kept.width / 4u, kept.width / 8u), kept.strokes.first().points.first().run { listOf(x, y) })
        assertEquals(kept.width to kept.height, kept.strokes.last().points.single().run { x to y })
    }

    @Test
    fun `what was kept is drawn where it was drawn`() {
        val again = begun.drawn().strokes()
        for ((was, now) in begun.flatten().dropLast(1).zip(again.flatten())) {
            assertEquals(was.x, now.x, 0.001f)
            assertEquals(was.y, now.y, 0.001f)
        }
    }
}
