package frontline.ui

import androidx.compose.foundation.layout.*
import androidx.compose.runtime.*
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.ui.*
import frontline.ffi.*
import frontline.model.*

/** The notes beside an answer, each with who wrote it; and one more, where it takes one. What is needed is open at once. */
@Composable
fun ItemNotes(presenter: RunPresenter, item: ItemDetail, onTouch: () -> Unit) {
    for (note in item.notes) Note(presenter, item, note)
    val asked = item.note ?: return
    if (!item.enabled || item.answer == null) return
    val about = "answer/${presenter.id}/${item.id}/note"
    val keeper = remember(about) { presenter.drafts(about) }
    val needed = asked == NoteAsked.NEEDED && item.notes.isEmpty()
    var writing by rememberSaveable(about) { mutableStateOf(false) }
    var text by rememberSaveable(about) { mutableStateOf("") }
    LaunchedEffect(about) { keeper.begun()?.takeIf { it.isNotEmpty() }?.let { text = it; writing = true } }
    if (!writing && !needed) return Flow(Modifier.offset(-Space.s)) { Quiet(words.runNoteAdd, Icons.message) { writing = true } }
    Field(if (needed) words.runNoteNeeded else words.labelNote, text, { text = it; onTouch(); keeper.keep(it) }, lines = 2)
    if (text.isNotBlank()) Save {
        onTouch()
        presenter.note(item, text, keeper) { text = ""; writing = false }
    }
}

@Composable
private fun Note(presenter: RunPresenter, item: ItemDetail, note: NoteDetail) {
    var asking by remember { mutableStateOf(false) }
    Row(Modifier.fillMaxWidth(), Arrangement.spacedBy(Space.s), Alignment.CenterVertically) {
        Stack(Space.xs, Modifier.weight(1f)) {
            Said(note.text)
            Muted(words.list(listOf(words.labelNote, words.labelByAt(note.by, timed(note.atMs)))), Type.small)
        }
        if (item.enabled) AppIconButton(Icons.delete, "${words.runNoteRemove}: ${note.text}", { asking = true })
    }
    if (asking) Confirm(words.runNoteRemove, words.runNoteOff, words.actionRemove, {
        asking = false
        presenter.takeBack(item, note.id)
    }, { asking = false })
}
