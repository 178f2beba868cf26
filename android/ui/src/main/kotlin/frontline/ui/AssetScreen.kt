package frontline.ui

import androidx.compose.foundation.layout.padding
import androidx.compose.runtime.*
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.ui.Modifier
import androidx.compose.ui.text.input.KeyboardType
import frontline.ffi.*
import frontline.model.*
import kotlinx.coroutines.launch

/** Scans a label and opens what it is of; whoever has no camera, or a label that is worn, types what it says. */
@Composable
fun ScanAsset(app: App, nav: Nav) {
    val scans = rememberCoroutineScope()
    WideButton(words.runAssetScan, {
        scans.launch { nav.open("asset", "code", app.scan().orEmpty(), over = false) }
    }, Weight.Secondary, Icons.barcode)
}

/** An asset by what its label says: what is done about it, and its runs. */
@Composable
fun AssetScreen(app: App, nav: Nav, code: String) {
    if (code.isEmpty()) return TypedCode(nav)
    val (presenter, state) = present(app, code) { AssetPresenter(app, code) }
    val problem by presenter.problem.collectAsState()
    if ((state as? Load.Failed)?.problem == Problem.NotFound) return TypedCode(nav, code)
    Page(state.ready?.label?.text ?: words.runAssetTitle, nav::back) {
        StateOf(state, presenter::retry) { asset ->
            Rows {
                item { Muted(asset.site.label.text) }
                problem?.let { item { Wrong(it) } }
                item { SectionHeader(words.runAssetStart) }
                groups(asset.procedures) { one -> ProcedureRow(one) { presenter.start(one.id) { nav.open("run", it) } } }
                item { SectionHeader(words.runAssetRuns) }
                if (asset.runs.isEmpty()) item { Notice(Tone.Neutral, words.runAssetRunsEmpty) }
                groups(asset.runs) { RunRow(it) { nav.open("run", it.id) } }
            }
        }
    }
}

/** [unknown]: nothing here is labelled so. */
@Composable
private fun TypedCode(nav: Nav, unknown: String? = null) {
    var typed by rememberSaveable { mutableStateOf(unknown.orEmpty()) }
    Page(words.runAssetTitle, nav::back, bottom = {
        WideButton(words.actionOpen, { nav.back(); nav.open("asset", "code", typed.trim()) }, enabled = typed.isNotBlank())
    }) {
        Scrolled {
            if (unknown != null) Notice(Tone.Attention, words.runAssetUnknown, icon = Icons.barcode)
            Field(words.runAssetType, typed, { typed = it }, keyboard = KeyboardType.Ascii)
        }
    }
}

/** What to compare with while answering. */
@Composable
fun BesideStep(app: App, nav: Nav, reference: Reference) = Group {
    Stack(Space.s, Modifier.padding(Space.m)) {
        Muted(words.runReference, Type.label)
        when (reference) {
            is Reference.Text -> Markdown(reference.text.text)
            is Reference.Article -> { Heading(reference.title.text, Type.strong); Markdown(reference.text.text) }
            is Reference.LessonCard -> { Heading(reference.title.text, Type.strong); Markdown(reference.text.text) }
            is Reference.Last -> {
                Said(reference.says)
                Muted(words.labelByAt(reference.by, timed(reference.atMs)), Type.small)
            }
            is Reference.Picture -> Picture(app, reference.picture, reference.alt.text) {
                nav.open("picture", reference.picture, reference.alt.text)
            }
            is Reference.Video -> Video(app, reference.video, reference.alt.text, reference.lengthMs, reference.here, reference.bytes)
        }
    }
}
