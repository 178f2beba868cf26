package frontline.profile

import androidx.benchmark.macro.junit4.BaselineProfileRule
import org.junit.Rule
import org.junit.Test

/** What a start runs through, compiled ahead on the phone: a shift begins with it. Needs a phone or an emulator. */
class StartProfile {
    @get:Rule
    val rule = BaselineProfileRule()

    @Test
    fun start() = rule.collect("frontline.app", includeInStartupProfile = true) {
        pressHome()
        startActivityAndWait()
    }
}
