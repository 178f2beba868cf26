package frontline.model

import frontline.ffi.*
import frontline.model.api.*
import kotlinx.coroutines.flow.MutableStateFlow

/** Somebody else's answer came while the run was open: whose, and where to look. */
data class Changed(val by: String, val item: String)

val RunDetail.items: List<ItemDetail> get() = sections.flatMap { it.items }

/** A run as several people fill it in; every answer carries what its giver saw. */
class RunPresenter(app: App, val id: String) : Presenter<RunDetail>(app, Topic.PROCEDURES, Topic.SYNC) {
    val changed = MutableStateFlow<Changed?>(null)

    /** The item whose answer was not taken, beside [problem]. */
    val at = MutableStateFlow<String?>(null)

    /** One that has left this phone comes back by itself where there is a network. */
    override suspend fun read() = try {
        core.procedures { run(id) }
    } catch (e: ProblemException) {
        if (e.problem != Problem.Offline(OfflineWhy.LEFT) || !app.phone.online.value) throw e
        core.procedures { fetch(id) }
    }

    override suspend fun heard(news: News) {
        if (news.topic == Topic.PROCEDURES && news.ids.isNotEmpty() && id !in news.ids) return
        val before = value?.items?.associate { it.id to it.answers }
        refresh()
        if (news.remote && before != null) tellApart(before)
    }

    private fun tellApart(before: Map<String, List<StandingAnswer>>) {
        val other = value?.items?.firstOrNull { it.answers != before[it.id].orEmpty() } ?: return
        val new = other.answers.firstOrNull { it !in before[other.id].orEmpty() }
        if (new != null) changed.value = Changed(new.by, other.id)
    }

    fun answer(item: String, given: Given, done: () -> Unit = {}) = on(item, done) {
        procedures { answer(AnswerDraft(id, item, given, value?.seen)) }
    }

    fun settle(item: String, pick: String, done: () -> Unit) = on(item, done) {
        procedures { answer(AnswerDraft(id, item, Given.Pick(pick))) }
    }

    fun seal(seal: Seal, done: () -> Unit = {}) = on(null, done) { procedures { seal(id, seal) } }

    /** A picture becomes an answer, or one more of a list of them. */
    fun picture(item: ItemDetail, bytes: ByteArray, live: Boolean, value: (String) -> Given, done: () -> Unit = {}) = on(item.id, done) {
        val photo = media { add(PictureDraft(bytes, live)) }.id
        procedures { answer(AnswerDraft(id, item.id, value(photo), this@RunPresenter.value?.seen)) }
    }

    fun photo(item: ItemDetail, album: Boolean, value: (String) -> Given) = act {
        item.picture?.let { app.phone.photo(album, it) }?.let { picture(item, it, !album, value) }
    }

    fun evidence(item: ItemDetail, album: Boolean) = act {
        val bytes = item.picture?.let { app.phone.photo(album, it) } ?: return@act
        on(item.id) {
            val photo = media { add(PictureDraft(bytes, !album)) }.id
            procedures { evidence(EvidenceDraft(id, item.id, EvidenceChange.Add(photo))) }
        }
    }

    fun takeBack(item: ItemDetail, evidence: String) = on(item.id) {
        procedures { evidence(EvidenceDraft(id, item.id, EvidenceChange.TakeBack(evidence))) }
    }

    /** Words beside an answer; what was typed of them goes with it. */
    fun note(item: ItemDetail, text: String, draft: DraftKeeper, done: () -> Unit) = on(item.id, done) {
        procedures { evidence(EvidenceDraft(id, item.id, EvidenceChange.Note(text))) }.also { draft.clear() }
    }

    private fun on(item: String?, done: () -> Unit = {}, what: suspend Core.() -> RunDetail) = act({ at.value = null; done() }) {
        at.value = item
        shown.value = Load.Ready(core.what())
    }

    suspend fun choices(item: String, words: String, after: String?): Load<ChoicePage> = load {
        core.procedures { choices(ChoicesAsked(id, item, words, PageAsked(after))) }
    }

    /** What is known of a picture or a recording of this run, and whether it is here. */
    suspend fun piece(photo: String): PictureDetail? =
        load { core.media { ofRun(this@RunPresenter.id) } }.ready?.firstOrNull { it.id == photo }

    /** A signature becomes the answer, as its strokes. */
    fun sign(item: ItemDetail, drawing: Drawing) = on(item.id) {
        val signature = media { addDrawing(drawing) }.id
        procedures { answer(AnswerDraft(id, item.id, Given.Text(signature), value?.seen)) }
    }

    /** A recording beside an answer; what was a draft until then is none any more. */
    fun voice(item: ItemDetail, about: String, sound: String) = on(item.id, { app.voice.done(about) }) {
        procedures { evidence(EvidenceDraft(id, item.id, EvidenceChange.Sound(sound))) }
    }

    /** Another run instead of one that was withdrawn, about the same asset. */
    fun anew(then: (String) -> Unit) = act {
        val run = value ?: return@act
        run.withdrawn?.instead?.let { then(core.procedures { start(it, run.asset?.id) }) }
    }

    fun drafts(about: String) = DraftKeeper(app, about)
}
