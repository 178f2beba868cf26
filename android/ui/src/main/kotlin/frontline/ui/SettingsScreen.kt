package frontline.ui

import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.material3.Text
import androidx.compose.runtime.*
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.ui.Modifier
import frontline.ffi.Me
import frontline.model.*

@Composable
fun SettingsScreen(app: App, nav: Nav) {
    val (presenter, state) = present(app) { SettingsPresenter(app) }
    val (who, _) = present(app) { WhoPresenter(app) }
    val problem by presenter.problem.collectAsState()
    var setting by rememberSaveable { mutableStateOf(false) }
    val me = (state as? frontline.model.Load.Ready)?.value?.session?.me
    if (setting) return SetPinScreen(who, me?.hasPin == true, { setting = false }) { setting = false }
    Page(words.settingsTitle, nav::back) {
        StateOf(state, { presenter.retry() }) { shown ->
            Scrolled {
                problem?.let { Notice(Tone.Wrong, words.say(it)) }
                shown.session.me?.let { Person(it, { setting = true }, { app.session.lock() }, { nav.open("enrol") }, presenter) }
                Phone(shown)
                Leaving(shown, presenter)
            }
        }
    }
}

@Composable
private fun Person(me: Me, onPin: () -> Unit, onLock: () -> Unit, onAdd: () -> Unit, presenter: SettingsPresenter) {
    Group {
        ListRow(me.name, detail = listOf(me.organisation, me.site.text).joinToString("\n"), icon = Icons.person, tone = Tone.Accent)
        GroupLine()
        ListRow(if (me.hasPin) words.pinChange else words.pinSet, icon = Icons.lock, onClick = onPin)
        if (me.hasPin) { GroupLine(); ListRow(words.whoSwitch, icon = Icons.people, onClick = onLock) }
        GroupLine()
        ListRow(words.whoAdd, icon = Icons.add, onClick = onAdd)
    }
    SectionHeader(words.settingsLanguage)
    Choices(me.languages.map { Option(it, language(it)) }, setOf(me.language), false, { presenter.language(it) })
}

/** Each language by its own name, whichever the app speaks now. */
private fun language(tag: String) = java.util.Locale.forLanguageTag(tag).let { it.getDisplayName(it) }

@Composable
private fun Phone(shown: SettingsShown) {
    val status = shown.session.status
    SectionHeader(words.settingsPhone)
    Group {
        ListRow(status.name.orEmpty(), detail = words.settingsPhoneId, icon = Icons.phone)
        GroupLine()
        ListRow(status.server.orEmpty(), detail = words.enrolServer, icon = Icons.cloud)
    }
    Text(words.settingsTextSizeDetail, color = palette.inkMuted, style = Type.label)
}

/** What would be lost is named before anything is. */
@Composable
private fun Leaving(shown: SettingsShown, presenter: SettingsPresenter) {
    var asking by rememberSaveable { mutableStateOf<String?>(null) }
    val lost = shown.parting
    AppButton(words.settingsSignOut, { asking = "out" }, Modifier.fillMaxWidth(), Weight.Secondary, Icons.signOut)
    AppButton(words.settingsReset, { asking = "reset" }, Modifier.fillMaxWidth(), Weight.Quiet, Icons.delete)
    when (asking) {
        "out" -> Confirm(words.settingsSignOut, words.settingsSignOutDetail, words.settingsSignOut, { asking = null; presenter.signOut() }, { asking = null }, lost.drafts.takeIf { it > 0 }?.let { words.settingsSignOutDrafts(it) })
        "reset" -> Confirm(
            words.settingsReset, words.settingsResetDetail, if (lost.unsent > 0) words.settingsResetExportFirst else words.settingsResetGo,
            { asking = null; presenter.reset(carry = lost.unsent > 0) }, { asking = null }, words.settingsResetLost(lost.unsent),
        )
    }
}
