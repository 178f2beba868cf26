package frontline.app

import android.content.Intent
import android.graphics.BitmapFactory
import android.os.Bundle
import android.provider.Settings
import androidx.activity.ComponentActivity
import androidx.activity.compose.*
import androidx.compose.foundation.isSystemInDarkTheme
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.ui.graphics.asImageBitmap
import frontline.model.stringsFor
import frontline.platform.*
import frontline.ui.*

/** The only activity. It gives the screens what the platform alone knows. */
class MainActivity : ComponentActivity() {
    private val app get() = application as FrontlineApp

    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
        keepPrivate()
        app.phone.shown(this)
        // One that was made anew, turned or after the app's end, has taken its link already.
        if (savedInstanceState == null) touched(intent)
        val strings = stringsFor(resources.configuration.locales[0].toLanguageTag())
        val still = Settings.Global.getFloat(contentResolver, Settings.Global.ANIMATOR_DURATION_SCALE, 1f) == 0f
        setContent {
            CompositionLocalProvider(
                LocalMotion provides !still,
                LocalPictures provides { BitmapFactory.decodeByteArray(it, 0, it.size)?.asImageBitmap() },
            ) {
                Start(app.phone, app::app, app::recover, strings, isSystemInDarkTheme()) { enabled, onBack -> BackHandler(enabled, onBack) }
            }
        }
    }

    /** A code's link fills in what somebody would type; it does nothing by itself. */
    private fun touched(intent: Intent) {
        intent.dataString?.let { app.phone.link.value = it }
    }

    override fun onStop() {
        super.onStop()
        if (!isChangingConfigurations) app.phone.hidden()
    }

    override fun onNewIntent(intent: Intent) {
        super.onNewIntent(intent)
        touched(intent)
    }

    @Deprecated("Beside it there is a library for the same.")
    override fun onActivityResult(request: Int, result: Int, data: Intent?) {
        super.onActivityResult(request, result, data)
        app.phone.senses.answered(result, data)
    }

    override fun onRequestPermissionsResult(request: Int, permissions: Array<String>, results: IntArray) {
        super.onRequestPermissionsResult(request, permissions, results)
        app.phone.senses.permitted(request, results)
    }
}
