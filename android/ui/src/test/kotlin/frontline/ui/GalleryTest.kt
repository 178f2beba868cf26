package frontline.ui

import androidx.compose.foundation.background
import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.material3.Icon
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.test.junit4.createComposeRule
import androidx.compose.ui.test.onRoot
import androidx.compose.ui.unit.dp
import org.junit.Assert.assertEquals
import org.junit.Rule
import org.junit.Test

class GalleryTest {
    @get:Rule
    val rule = createComposeRule()

    @Test
    fun `every page is pictured in four settings`() {
        for ((name, page) in gallery) shots(name, height = if (name in setOf("scores", "fields", "drawing")) 900 else 720) { page() }
    }

    @Test
    fun `a tablet has a rail and two panes`() =
        shots("tablet", 1024, 720) { TodayPage { Page(said("Opening checklist", "قائمة الافتتاح"), {}, bottom = { AppButton(words.runHandIn, {}) }) { gallery.getValue("choices")() } } }

    @Test
    fun `every icon is pictured, and those that point are mirrored`() = shots("icons", height = 480, settings = listOf(Setting.Light, Setting.Rtl)) {
        FlowRow(Modifier.background(palette.surface).padding(Space.l), Arrangement.spacedBy(Space.m), Arrangement.spacedBy(Space.m)) {
            for (icon in Icons.all) Icon(icon, null, Modifier.size(26.dp), palette.ink)
        }
    }

    @Test
    fun `every control has a name and room for a finger, in every setting`() {
        var shown by mutableStateOf(Setting.Light to "today")
        rule.setContent { FrontlineTheme(shown.first.strings, shown.first.dark, shown.first.fontScale) { gallery.getValue(shown.second)() } }
        for (setting in Setting.entries) for (page in gallery.keys) {
            // A spinner never rests.
            if (page == "loading") continue
            shown = setting to page
            rule.waitForIdle()
            assertEquals("$page, $setting", emptyList<String>(), rule.onRoot().accessibilityFindings(rule.density.density))
        }
    }

    @Test
    fun `the walker finds what has no name, no role and no room`() {
        rule.setContent { Box(Modifier.size(20.dp).clickable { }) }
        assertEquals(listOf("no name", "touch target 20 x 20 dp", "no role"), rule.onRoot().accessibilityFindings(rule.density.density).map { it.substringBefore(": ") })
    }
}
