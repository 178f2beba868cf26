package frontline.ui

import androidx.compose.foundation.layout.*
import androidx.compose.material3.Icon
import androidx.compose.runtime.*
import androidx.compose.ui.*
import androidx.compose.ui.semantics.*
import frontline.ffi.*
import frontline.model.*
import frontline.model.api.RecordingEnd
import kotlinx.coroutines.launch

/** How long a recording or a video is. */
@Composable
@ReadOnlyComposable
internal fun lasted(seconds: Int): String =
    if (seconds < 60) words.runSeconds(seconds) else words.timerFace(seconds / 60, seconds % 60)

/** A draft that is set and not typed, as it stands now. */
@Composable
internal fun drafted(app: App, about: String): String? {
    val times by app.kept.collectAsState()
    val draft by produceState<String?>(null, about, times) { value = DraftKeeper(app, about).begun()?.ifEmpty { null } }
    return draft
}

/**
 * Records for [about]: the way to begin where [begins], how long it runs, and what came of it, to be listened to and kept or
 * dropped. It is the app's recorder, so that nothing is lost where the phone is turned or the list scrolls.
 */
@Composable
fun Recorder(app: App, about: String, begins: String?, onKeep: (String) -> Unit) {
    val now by app.voice.recording.collectAsState()
    val mine = now?.takeIf { it.about == about }
    val made = app.voice.made(drafted(app, about))
    when (mine?.end) {
        RecordingEnd.REFUSED -> Notice(Tone.Attention, words.voiceRefused, icon = Icons.microphone)
        RecordingEnd.FAILED -> Notice(Tone.Attention, words.voiceFailed, icon = Icons.microphone)
        RecordingEnd.CUT -> Notice(Tone.Info, words.voiceCut, icon = Icons.microphone)
        RecordingEnd.FULL -> Notice(Tone.Info, words.voiceFull, icon = Icons.microphone)
        RecordingEnd.STOPPED, null -> Unit
    }
    Wrong(mine?.problem)
    if (app.voice.waits(about)) Quiet(words.actionRetry) { app.voice.again() }
    when {
        mine?.running == true -> Running(mine.seconds) { app.voice.end() }
        made != null -> Kept(app, about, made, onKeep)
        begins != null -> AppButton(begins, { app.voice.record(about) }, weight = Weight.Secondary, icon = Icons.microphone,
            enabled = now?.running != true)
    }
}

@Composable
private fun Running(seconds: Int, onStop: () -> Unit) = Group {
    Stack(Space.m, Modifier.padding(Space.l)) {
        val spoken = words.timerFace(seconds / 60, seconds % 60)
        Flow {
            StatusChip(words.voiceRunning, Tone.Wrong, Icons.microphone)
            val face = "${seconds / 60}:${(seconds % 60).toString().padStart(2, '0')}"
            Said(face, Type.title.copy(fontFeatureSettings = "tnum"), Modifier.semantics { contentDescription = spoken })
        }
        WideButton(words.voiceStop, onStop, icon = Icons.stop)
    }
}

@Composable
private fun Kept(app: App, about: String, made: Made, onKeep: (String) -> Unit) = Group {
    var asking by remember(about) { mutableStateOf(false) }
    Stack(Space.m, Modifier.padding(Space.l)) {
        Said(words.list(listOf(words.voiceNote, lasted(made.seconds))), Type.strong)
        Listen(app, made.id)
        WideButton(words.voiceKeep, { onKeep(made.id) }, icon = Icons.check)
        WideButton(words.voiceDrop, { asking = true }, Weight.Quiet, Icons.delete)
    }
    if (asking) Confirm(words.voiceDrop, words.voiceDropDetail, words.voiceDrop, {
        asking = false
        app.voice.done(about)
    }, { asking = false })
}

/** Plays, and stops playing; what it cannot play it says. */
@Composable
private fun Listen(app: App, id: String, bytes: suspend () -> Load<ByteArray> = { app.whole(id) }) {
    val heard by app.voice.heard.collectAsState()
    val mine = heard?.takeIf { it.id == id }
    val plays = mine?.playing == true
    Wrong(mine?.problem)
    if (mine?.broken == true) Notice(Tone.Attention, words.voiceUnplayed)
    AppButton(if (plays) words.voiceStop else words.voicePlay, { app.voice.play(id, bytes) }, weight = Weight.Secondary,
        icon = if (plays) Icons.stop else Icons.play)
}

/** A recording of the run: who spoke, for how long; one that is not here is got first. */
@Composable
fun Sound(app: App, presenter: RunPresenter, id: String, name: String, said: String?, onRemove: (() -> Unit)?) {
    var asking by remember(id) { mutableStateOf(false) }
    var got by remember(id) { mutableIntStateOf(0) }
    var busy by remember(id) { mutableStateOf(false) }
    var problem by remember(id) { mutableStateOf<Problem?>(null) }
    val gets = rememberCoroutineScope()
    val piece by produceState<PictureDetail?>(null, id, got) { value = presenter.piece(id) }
    val length = piece?.lengthMs?.let { lasted((it / 1_000uL).toInt()) }
    Stack(Space.xs) {
        Row(Modifier.fillMaxWidth(), Arrangement.spacedBy(Space.s), Alignment.CenterVertically) {
            Icon(Icons.microphone, null, tint = palette.inkMuted)
            Stack(Space.xs, Modifier.weight(1f)) {
                Said(joined(" · ", name, length))
                if (said != null) Muted(said, Type.small)
            }
            if (onRemove != null) AppIconButton(Icons.delete, "${words.voiceRemove}: $name", { asking = true })
        }
        if (piece?.here == false) Away(name, Icons.microphone, piece?.bytes, busy, problem) {
            busy = true
            gets.launch {
                problem = (app.bring(id) as? Load.Failed)?.problem
                busy = false
                got++
            }
        } else Listen(app, id)
    }
    if (asking && onRemove != null) Confirm(words.voiceRemove, words.voiceOff, words.actionRemove, {
        asking = false
        onRemove()
    }, { asking = false })
}

/** The recordings beside an answer, and one that is made now; it begins by a button among the others of its item. */
@Composable
fun VoiceNotes(app: App, presenter: RunPresenter, item: ItemDetail) {
    val about = voiceOf(presenter, item)
    item.evidence.filter { it.isSound }.forEachIndexed { at, one ->
        val off = { presenter.takeBack(item, one.id).let { } }.takeIf { item.enabled }
        Sound(app, presenter, one.photo, words.voiceNth(at + 1), words.labelByAt(one.by, timed(one.atMs)), off)
    }
    if (item.enabled) Recorder(app, about, null) { presenter.voice(item, about, it) }
}

internal fun voiceOf(presenter: RunPresenter, item: ItemDetail) = "answer/${presenter.id}/${item.id}/voice"

/** The answer is the recordings themselves. */
@Composable
fun Recordings(asked: Asked, gives: Gives) {
    val ids = (asked.answer as? Answer.Files)?.ids.orEmpty()
    val sounds = gives.sounds ?: return Notice(Tone.Neutral, words.itemNotYet)
    ids.forEachIndexed { at, id ->
        Sound(sounds.app, sounds.presenter, id, words.voiceNth(at + 1), null) {
            gives.give(if (ids.size == 1) Given.Nothing else Given.Many(ids - id))
        }
    }
    if (ids.size < asked.most) Recorder(sounds.app, sounds.about, words.voiceRecord) { sounds.keep(Given.Many(ids + it)) }
}

/** What an item of recordings has beside other items: whose they are, where they are played, and what becomes of a new one. */
class Sounds(val app: App, val presenter: RunPresenter, val about: String, val keep: (Given) -> Unit)
