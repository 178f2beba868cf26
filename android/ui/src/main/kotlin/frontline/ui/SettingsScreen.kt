package frontline.ui

import androidx.compose.runtime.*
import androidx.compose.runtime.saveable.rememberSaveable
import frontline.ffi.*
import frontline.model.*

@Composable
fun SettingsScreen(app: App, nav: Nav) {
    val (presenter, state) = present(app) { SettingsPresenter(app) }
    val (who, _) = present(app) { WhoPresenter(app) }
    val problem by presenter.problem.collectAsState()
    var setting by rememberSaveable { mutableStateOf(false) }
    val me = state.ready?.session?.me
    if (setting) return SetPinScreen(who, me?.hasPin == true, { setting = false }) { setting = false }
    Page(words.settingsTitle, nav::back) {
        StateOf(state, presenter::retry) { shown ->
            Scrolled {
                Wrong(problem)
                shown.session.me?.let {
                    Person(it, shown.session.several, { setting = true }, { app.session.lock() }, { nav.open("enrol") }, presenter)
                }
                Phone(shown)
                Leaving(app, shown.parting, presenter)
            }
        }
    }
}

@Composable
private fun Person(me: Me, several: Boolean, onPin: () -> Unit, onLock: () -> Unit, onAdd: () -> Unit, presenter: SettingsPresenter) {
    Group {
        ListRow(me.name, detail = joined("\n", me.organisation, me.site.text), icon = Icons.person, tone = Tone.Accent)
        GroupLine()
        ListRow(if (me.hasPin) words.pinChange else words.pinSet, icon = Icons.lock, onClick = onPin)
        if (me.hasPin || several) { GroupLine(); ListRow(words.whoSwitch, icon = Icons.people, onClick = onLock) }
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
        status.freeBytes?.let { free ->
            GroupLine()
            val gigabytes = java.util.Locale.ROOT.let { String.format(it, "%.1f", free.toDouble() / 1e9) }
            ListRow(words.settingsStorageFree(gigabytes), detail = words.settingsStorage, icon = Icons.storage)
        }
    }
    Muted(words.settingsTextSizeDetail, Type.label)
}

/** What would be lost is named before anything is; what is unsent is carried out first, and what cannot be is named, too. */
@Composable
private fun Leaving(app: App, lost: Parting, presenter: SettingsPresenter) {
    var asking by rememberSaveable { mutableStateOf<String?>(null) }
    val carried by presenter.carried.collectAsState()
    val unsent = lost.unsent > 0 || lost.pictures > 0
    carried?.let { CarriedOut(app, it) }
    WideButton(words.settingsSignOut, { asking = "out" }, Weight.Secondary, Icons.signOut)
    WideButton(words.settingsReset, { asking = "reset" }, Weight.Quiet, Icons.delete)
    val cancel = { asking = null }
    if (asking == "out") Confirm(words.settingsSignOut, words.settingsSignOutDetail, words.settingsSignOut, {
        cancel()
        presenter.signOut(lost.drafts)
    }, cancel, drafts(lost.drafts))
    if (asking != "reset") return
    val photos = lost.pictures.takeIf { it > 0 }?.let { words.syncPhotosWaiting(it) }
    val out = carried
    if (unsent && out == null) Confirm(
        words.settingsReset, words.settingsResetDetail, words.settingsResetExportFirst, { presenter.carry() }, cancel,
        joined("\n", words.settingsResetLost(lost.unsent), photos),
    ) else Confirm(words.settingsReset, words.settingsResetDetail, words.settingsResetGo, {
        cancel()
        presenter.reset(file = unsent, told = out)
    }, cancel, when {
        out == null -> words.settingsResetLost(0)
        out.leftOut > 0 -> words.settingsResetDamaged(out.leftOut)
        else -> words.syncExported(out.file.substringAfterLast('/'))
    })
}

/** Each of them by what it is about and how it begins. */
@Composable
private fun drafts(begun: List<BegunDetail>): String? {
    if (begun.isEmpty()) return null
    val lines = begun.map { one ->
        val about = when (one.about.substringBefore('/')) {
            "feedback" -> words.feedbackTitle
            "contact" -> words.contactTitle
            "question" -> words.quizTitle
            "action" -> words.actionsOne
            "return" -> words.signGiveBack
            else -> words.syncWhatRun
        }
        // Of what is no words its name is all that is said.
        val text = when (one.about.substringAfterLast('/')) {
            "voice", "sound" -> words.voiceNote
            "photos" -> words.countPhotos(one.text.split(' ').size)
            else -> one.text.replace('\n', ' ')
        }
        joined(", ", about, timed(one.atMs)) + ": " + if (text.length > BEGINNING) text.take(BEGINNING) + "…" else text
    }
    return (listOf(words.settingsSignOutDrafts(begun.size)) + lines).joinToString("\n")
}

/** Letters by which somebody knows what they wrote. */
private const val BEGINNING = 40
