package frontline.app

import android.os.Bundle
import androidx.activity.ComponentActivity
import androidx.activity.compose.setContent
import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.safeDrawingPadding
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import frontline.model.Load
import frontline.model.OutboxPresenter
import frontline.model.load
import frontline.model.stringsFor
import frontline.platform.keepPrivate
import frontline.ui.FrontlineTheme
import frontline.ui.Page
import frontline.ui.StateOf
import frontline.ui.StatusChip
import frontline.ui.Tone
import frontline.ui.palette
import frontline.ui.words

/** The only activity. It opens the store, gives the screens their presenters, and knows what the platform alone knows. */
class MainActivity : ComponentActivity() {
    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
        keepPrivate()
        val app = application as FrontlineApp
        val strings = stringsFor(resources.configuration.locales[0].toLanguageTag())
        setContent {
            var store by remember { mutableStateOf<Load<OutboxPresenter>>(Load.Loading) }
            var tries by remember { mutableStateOf(0) }
            LaunchedEffect(tries) { store = load { OutboxPresenter(app.device().outbox).also { it.refresh() } } }
            FrontlineTheme(strings) {
                // The system draws its bars over the app: the ground goes to the edge, and what is touched does not.
                Box(Modifier.fillMaxSize().background(palette.ground).safeDrawingPadding()) {
                    StateOf(store, { tries++ }) { presenter ->
                        val unsent by presenter.state.collectAsState()
                        Page(words.syncTitle) { StateOf(unsent, { tries++ }) { StatusChip(words.syncUnsent(it), Tone.Info) } }
                    }
                }
            }
        }
    }
}
