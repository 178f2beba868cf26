package frontline.model

import org.junit.Assert.assertEquals
import org.junit.Test

class StringsTest {
    @Test
    fun `a count takes the form that its language asks for`() {
        assertEquals(
            listOf("Nothing waits to be sent", "1 entry waits to be sent", "2 entries wait to be sent"),
            (0..2).map(En::syncUnsent),
        )
        val arabic = listOf(0, 1, 2, 3, 11, 100).map(Ar::countItems)
        assertEquals(listOf("لا بنود", "بند واحد", "بندان", "3 بنود", "11 بندًا", "100 بند"), arabic)
    }

    @Test
    fun `a name of the other direction is set apart`() = assertEquals("By \u2068ليلى\u2069", En.labelBy("ليلى"))

    @Test
    fun `a minus stays before its number where the writing runs the other way`() = assertEquals("من \u200E-25\u200E إلى \u200E-15\u200E", Ar.itemRange("-25", "-15"))

    @Test
    fun `a tag with a region finds its language and an unknown one English`() {
        assertEquals(Ar, stringsFor("ar-EG"))
        assertEquals(En, stringsFor("fi"))
    }
}
