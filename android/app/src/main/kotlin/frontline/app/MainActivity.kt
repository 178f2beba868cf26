package frontline.app

import android.graphics.BitmapFactory
import android.os.Bundle
import android.provider.Settings
import androidx.activity.ComponentActivity
import androidx.activity.compose.BackHandler
import androidx.activity.compose.setContent
import androidx.compose.foundation.background
import androidx.compose.foundation.isSystemInDarkTheme
import androidx.compose.foundation.layout.*
import androidx.compose.runtime.*
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.asImageBitmap
import frontline.model.App
import frontline.model.Load
import frontline.model.load
import frontline.model.stringsFor
import frontline.platform.keepPrivate
import frontline.ui.FrontlineTheme
import frontline.ui.LocalMotion
import frontline.ui.LocalPictures
import frontline.ui.Root
import frontline.ui.StateOf
import frontline.ui.palette

/** The only activity. It opens the store, gives the screens their presenters, and knows what the platform alone knows. */
class MainActivity : ComponentActivity() {
    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
        keepPrivate()
        val application = application as FrontlineApp
        application.phone.shown(this, null)
        val strings = stringsFor(resources.configuration.locales[0].toLanguageTag())
        val still = Settings.Global.getFloat(contentResolver, Settings.Global.ANIMATOR_DURATION_SCALE, 1f) == 0f
        setContent {
            var app by remember { mutableStateOf<Load<App>>(Load.Loading) }
            var tries by remember { mutableStateOf(0) }
            LaunchedEffect(tries) { app = load { application.app() } }
            val dark = isSystemInDarkTheme()
            CompositionLocalProvider(LocalMotion provides !still, LocalPictures provides { BitmapFactory.decodeByteArray(it, 0, it.size)?.asImageBitmap() }) {
                FrontlineTheme(strings, dark) {
                    // The system draws its bars over the app: the ground goes to the edge, and what is touched does not.
                    Box(Modifier.fillMaxSize().background(palette.ground).safeDrawingPadding()) {
                        StateOf(app, { tries++ }) { Root(it, strings, dark, back = { enabled, onBack -> BackHandler(enabled, onBack) }) }
                    }
                }
            }
        }
    }
}
