package frontline.model

import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Test

class InvitationTest {
    @Test
    fun `a code's link says the server and the code`() =
        assertEquals(Invitation("https://a.example", "B C"), invitation(" frontline://enrol?server=https%3A%2F%2Fa.example&code=B+C\n"))

    @Test
    fun `a link that is not written as one is none, whoever made it`() {
        val strange = listOf("%", "%4", "%zz", "%-1").map { "frontline://enrol?server=$it&code=1" }
        for (text in strange + listOf("", "frontline://enrol?", "frontline://enrol?server=a", "https://a.example")) assertNull(text, invitation(text))
    }
}
