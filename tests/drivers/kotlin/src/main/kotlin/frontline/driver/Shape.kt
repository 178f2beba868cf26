package frontline.driver

import frontline.ffi.*
import java.time.Instant
import java.time.temporal.ChronoUnit

// Records of the surface as the JSON that stories compare: the same names and shapes as `frontline device do` gives.

private fun step(step: CaptureStep) = if (step == CaptureStep.REFUSED) "quarantined" else name(step)
private fun status(status: RunStatus) = if (status == RunStatus.HANDED_IN) "submitted" else name(status)
private fun what(what: HistoryWhat) = when (what) {
    HistoryWhat.HANDED_IN -> "submitted"
    HistoryWhat.GIVEN_BACK -> "returned"
    else -> name(what)
}

/** An enum's own name as JSON has it. */
fun name(value: Enum<*>): String = value.name.lowercase().replace('_', '-')

fun words(w: Words?): Json? = w?.let { obj("text" to it.text, "dir" to name(it.dir), "lang" to it.lang) }

private fun number(digits: String): Any = digits.toLongOrNull() ?: digits.toDouble()

private fun moment(ms: Long): String {
    val seconds = Instant.ofEpochMilli(ms).truncatedTo(ChronoUnit.SECONDS).toString().removeSuffix("Z")
    val rest = Math.floorMod(ms, 1000L)
    return if (rest == 0L) "${seconds}Z" else "$seconds.${rest.toString().padStart(3, '0')}Z"
}

fun answer(a: Answer?): Any? = when (a) {
    null -> null
    is Answer.NotApplicable -> obj("na" to a.reason)
    is Answer.Text -> a.text
    is Answer.Number -> number(a.digits)
    is Answer.Yes -> a.yes
    is Answer.Choice -> a.id
    is Answer.Choices -> a.ids
    is Answer.Ranked -> a.ids
    is Answer.Pairs -> a.pairs.associate { it.name to it.value }
    is Answer.Texts -> a.texts
    is Answer.Day -> a.iso
    is Answer.Time -> a.iso
    is Answer.Moment -> moment(a.ms)
    is Answer.Duration -> a.seconds
    is Answer.Photos -> a.ids
    is Answer.Files -> a.ids
    is Answer.Signature -> a.id
    is Answer.Person -> a.id
    is Answer.Site -> a.id
    is Answer.Place -> obj("lat" to a.lat, "lon" to a.lon, "within" to a.withinM)
    is Answer.Spot -> obj("x" to a.x, "y" to a.y)
}

/** Flattened into what it is about. */
fun state(s: CaptureState?): Json =
    if (s == null) obj() else obj("state" to step(s.step)) + there("number" to s.number, "code" to s.code, "reason" to s.reason)

private fun blocked(b: Blocked?) = b?.let { obj("code" to it.code, "reason" to it.reason, "since_ms" to it.sinceMs) }

fun setAside(all: List<SetAside>) =
    all.map { obj("kept_at" to it.keptAt, "at_ms" to it.atMs, "found" to it.found, "missing" to it.missing) }

fun status(s: SyncStatus) = obj(
    "device" to s.device, "name" to s.name, "epoch" to s.epoch, "person" to s.person, "server" to s.server, "incarnation" to s.incarnation,
    "unsent" to s.unsent, "stored" to s.stored, "held" to s.held, "quarantined" to s.refused, "last_contact" to s.lastContactMs,
    "reported_through" to s.reportedThroughMs, "lease_until" to s.leaseUntilMs, "lease_over" to s.leaseOver,
    "backed_up" to s.backedUpMs, "blocked" to blocked(s.blocked), "clashes" to s.clashes, "sync_sessions" to s.syncs,
    "bytes_up" to s.bytesUp, "bytes_down" to s.bytesDown, "pictures_waiting" to s.picturesWaiting,
    "pictures_waiting_bytes" to s.picturesWaitingBytes,
) + there("set_aside" to setAside(s.setAside))

fun captured(c: CapturedSummary) =
    obj("id" to c.id, "about" to c.about, "what" to c.what, "at_ms" to c.atMs, "scope" to c.scope) + there("successor" to c.successor) +
        state(c.state) + there("salvaged" to c.salvaged.takeIf { it })

fun sync(r: SyncReport) = obj(
    "sent" to r.sent, "stored" to r.stored, "held" to r.held, "quarantined" to r.refused,
    "refused" to r.refusals.map { obj("code" to it.code, "count" to it.count, "reason" to it.reason) }, "received" to r.received,
    "unsent" to r.unsent, "round_trips" to r.roundTrips, "bytes_up" to r.bytesUp, "bytes_down" to r.bytesDown, "reissued" to r.reissued,
    "left" to r.left, "epoch_renewed" to r.epochRenewed, "ended" to name(r.ended), "blocked" to blocked(r.blocked),
) + there("pictures" to r.pictures?.takeIf(::happened)?.let(::pictures))

private fun happened(p: PicturesReport) =
    listOf(p.sent, p.had, p.bytesUp, p.waiting, p.waitingBytes, p.passedOver).any { it != 0UL } || p.heldBack != null || p.brokeOff != null

private fun pictures(p: PicturesReport) = obj(
    "sent" to p.sent, "had" to p.had, "bytes_up" to p.bytesUp, "waiting" to p.waiting, "waiting_bytes" to p.waitingBytes,
    "held_back" to p.heldBack?.let(::name), "passed_over" to p.passedOver, "broke_off" to p.brokeOff?.let(::name),
)

private fun quiz(q: QuizStanding): Json {
    val best = q.bestPoints?.let { obj("points" to it, "of" to q.bestOf) }
    return obj("questions" to q.questions, "mastery_score" to q.masteryScore, "attempts" to q.attempts) +
        there("beyond" to q.beyond.takeIf { it != 0u }) + obj("left" to q.left, "best" to best, "passed" to q.passed, "open" to q.open)
}

fun module(m: ModuleSummary) = obj(
    "id" to m.id, "title" to words(m.title), "assigned" to m.assigned, "due_ms" to m.dueMs, "overdue" to m.overdue,
    "status" to name(m.status), "cards" to m.cards, "read" to m.read, "minutes" to m.minutes,
) + (m.quiz?.let(::quiz) ?: obj())

private fun card(c: CardDetail) = when (c) {
    is CardDetail.Text -> obj("text" to words(c.text))
    is CardDetail.Image -> obj("image" to obj("blob" to c.picture, "alt" to words(c.alt)))
    is CardDetail.Takeaways -> obj("takeaways" to c.list.map(::words))
    is CardDetail.Flip -> obj("flip" to obj("front" to words(c.front), "back" to words(c.back)))
    is CardDetail.Video -> obj("video" to obj("video" to c.video, "alt" to words(c.alt), "length_ms" to c.lengthMs.toLong()))
}

private fun finished(it: Boolean) = if (it) "finished" else "open"

fun moduleDetail(m: ModuleDetail): Json {
    val lessons = m.lessons.map {
        obj("slug" to it.id, "title" to words(it.title), "cards" to it.cards.map(::card), "card" to it.card, "furthest" to it.furthest)
    }
    val attempts = m.attempts.map {
        obj(
            "id" to it.id, "started_ms" to it.startedMs, "status" to finished(it.finished), "points" to it.points, "of" to it.of,
            "passed" to it.passed,
        )
    }
    return obj(
        "id" to m.id, "release" to m.release, "title" to words(m.title), "lessons" to lessons,
        "resume" to listOf(m.resumeLesson, m.resumeCard), "quiz" to m.quiz?.let(::quiz),
    ) + there("attempts" to attempts)
}

private fun named(all: List<Named>) = all.map { obj("slug" to it.id, "label" to words(it.label)) }

private fun question(q: QuestionDetail) =
    obj("item" to q.item, "kind" to q.kind, "label" to words(q.label), "help" to words(q.help)) +
        there("unit" to q.unit, "choices" to named(q.choices), "rows" to named(q.rows)) +
        obj("value" to answer(q.answer), "of" to q.of, "critical" to q.critical) +
        there("graded" to q.graded?.let(::name), "points" to q.points, "right" to answer(q.right), "why" to words(q.why))

fun attempt(a: AttemptDetail) = obj(
    "id" to a.id, "module" to a.module, "release" to a.release, "title" to words(a.title), "status" to finished(a.finished),
    "started_ms" to a.startedMs, "finished_ms" to a.finishedMs, "questions" to a.questions.map(::question), "next" to a.next,
    "missing" to a.missing, "mastery_score" to a.masteryScore, "left" to a.left,
) + there("points" to a.points, "of" to a.of, "passed" to a.passed) + state(a.state)

fun procedure(p: ProcedureSummary) =
    obj("id" to p.id, "title" to words(p.title), "items" to p.items, "minutes" to p.minutes, "due_ms" to p.dueMs)

fun run(r: RunSummary) = obj(
    "id" to r.id, "procedure" to r.procedure, "title" to words(r.title), "site" to r.site.id, "status" to status(r.status),
    "done" to r.done, "answered" to r.answered, "required" to r.required, "missing" to r.missing, "clashes" to r.clashes,
    "away" to r.away, "changed" to r.changed, "started_by" to r.startedBy, "started_ms" to r.startedMs, "updated_ms" to r.updatedMs,
) + state(r.state) + there("asset" to r.asset?.id)

fun asset(a: AssetDetail) = obj(
    "id" to a.id, "label" to words(a.label), "site" to a.site.id, "procedures" to a.procedures.map(::procedure), "runs" to a.runs.map(::run),
)

private fun reference(r: Reference?) = when (r) {
    null -> null
    is Reference.Text -> obj("what" to "words", "text" to words(r.text))
    is Reference.Article -> obj("what" to "article", "id" to r.id, "title" to words(r.title), "text" to words(r.text))
    is Reference.LessonCard -> obj(
        "what" to "card", "module" to r.module, "lesson" to r.lesson, "card" to r.card, "title" to words(r.title), "text" to words(r.text),
    )
    is Reference.Last -> obj("what" to "last", "says" to r.says, "by" to r.by, "at_ms" to r.atMs)
    is Reference.Picture -> obj(
        "what" to "picture", "picture" to r.picture, "alt" to words(r.alt), "width" to r.width, "height" to r.height, "here" to r.here,
    )
    is Reference.Video -> obj(
        "what" to "video", "video" to r.video, "alt" to words(r.alt), "bytes" to r.bytes, "length_ms" to r.lengthMs, "here" to r.here,
    )
}

fun demand(d: DemandSummary) = obj(
    "id" to d.id, "what" to if (d.isAction) "action" else "notice", "says" to words(d.says), "run" to d.run, "title" to words(d.title),
    "site" to d.site.id, "item" to d.item, "label" to words(d.label),
) + there("role" to d.role, "since_ms" to d.sinceMs, "due_ms" to d.dueMs, "overdue" to d.overdue, "action" to d.action)

fun history(line: HistoryLine) = obj("at_ms" to line.atMs, "by" to line.by, "what" to what(line.what)) +
    there("item" to line.item, "value" to answer(line.answer), "stands" to line.stands, "reason" to line.reason,
        "took_ms" to line.tookMs, "doubts" to line.doubts.map(::name), "measured" to line.measured.takeIf { it },
        "after_withdrawal" to line.afterWithdrawal.takeIf { it })

fun feedback(f: FeedbackSummary) = obj(
    "id" to f.id, "touchpoint" to f.touchpoint.id, "score" to f.score, "feedback_reason" to f.reason?.id, "comment" to f.comment,
    "customer" to f.customer, "forgotten" to f.forgotten, "person" to f.person, "at_ms" to f.atMs,
) + state(f.state)

fun contact(c: ContactSummary): Json {
    val who = c.customer?.let {
        obj("id" to it.id, "state" to name(it.state), "name" to it.name, "phone" to it.phone, "email" to it.email, "note" to it.note)
    }
    return obj(
        "id" to c.id, "status" to name(c.status), "contact_reason" to c.reason?.id, "channel" to c.channel?.id,
        "touchpoint" to c.touchpoint?.id, "outcome" to c.outcome?.id, "customer" to who, "person" to c.person,
        "opened_ms" to c.openedMs, "active_ms" to c.activeMs,
    ) + state(c.state)
}

fun begun(d: BegunDetail) = obj("about" to d.about, "text" to d.text, "at_ms" to d.atMs)

fun person(p: PersonSummary) = obj(
    "id" to p.id, "slug" to p.slug, "name" to p.name, "site" to p.site.id, "current" to p.current, "pin" to p.pin, "locked" to p.locked,
)

fun added(p: PictureSummary) = obj(
    "id" to p.id, "media" to p.media, "bytes" to p.bytes, "width" to p.width, "height" to p.height, "thumbnail" to p.thumbnail,
)

fun picture(p: PictureDetail) = obj(
    "photo" to p.id, "item" to p.item, "instance" to p.instance, "by" to p.by, "at_ms" to p.atMs, "media" to p.media, "bytes" to p.bytes,
    "width" to p.width, "height" to p.height, "live" to p.live, "thumbnail_here" to p.thumbnailHere, "here" to p.here,
    "at_server" to p.atServer,
) + there("length_ms" to p.lengthMs)

fun exported(e: Exported) = obj(
    "entries" to e.entries, "pictures" to e.pictures, "left_out" to e.leftOut, "bytes" to e.bytes, "sealed" to e.sealed,
)

private fun said(s: RunSaid?) = s?.let {
    obj("what" to what(it.what), "by" to it.by, "at_ms" to it.atMs) + there("reason" to it.reason, "changed_since" to it.changedSince)
}

fun item(i: ItemDetail): Json {
    val answers = i.answers.map {
        obj("pick" to it.id, "value" to answer(it.answer), "by" to it.by, "at_ms" to it.atMs, "settles" to it.settles) +
            there("measured" to it.measured.takeIf { said -> said })
    }
    val isNamed = i.control in setOf(Control.LOOKUP, Control.PERSON, Control.SITE, Control.ASSET)
    return obj(
        "item" to i.id, "kind" to i.kind, "label" to i.label.text, "required" to i.required, "value" to answer(i.answer),
        "clash" to i.clash, "out_of_band" to i.outOfBand, "answers" to answers,
    ) + there(
        "reads" to i.says.takeIf { isNamed }, "first" to i.first, "problem" to i.problem,
        "comes_to" to i.says.takeIf { i.control == Control.COMPUTED }, "photos" to i.photos?.let { obj("min" to it.min, "max" to it.max) },
        "offered" to answer(i.offered), "evidence" to i.evidence.map { e ->
            obj("photo" to e.photo, "by" to e.by, "at_ms" to e.atMs) + there("is_sound" to true.takeIf { e.isSound })
        },
        "visible" to false.takeIf { !i.visible || i.kept }, "kept" to true.takeIf { i.kept },
        "reference" to reference(i.reference),
    )
}

fun runDetail(r: RunDetail): Json {
    val items = r.sections.filter { !it.empty }.flatMap { it.items }.map(::item)
    val score = r.score?.let { obj("points" to it.points, "possible" to it.possible, "open" to it.open) + there("passed" to it.passed) }
    val can = obj(
        "answer" to r.canAnswer, "submit" to r.handIn.enabled, "sign_off" to r.signOff.enabled, "give_back" to r.giveBack.enabled,
    )
    return obj(
        "id" to r.id, "procedure" to r.procedure, "title" to r.title.text, "site" to r.site.id, "status" to status(r.status),
        "answered" to r.given, "missing" to r.missing.size, "clashes" to r.clashes.size, "heads" to r.seen, "said" to said(r.said),
        "can" to can, "values" to items.filter { it["value"] != null }.associate { it["item"] as String to it["value"] },
        "items" to items, "state" to r.state?.let { step(it.step) },
    ) + there("ended" to words(r.ended), "score" to score, "demands" to r.demands.map(::demand),
        "signatures" to r.signatures.map { obj("role" to it.role) + there("by" to it.by, "at_ms" to it.atMs) },
        "asset" to r.asset?.id, "about" to r.asset?.label?.text,
        "withdrawn" to r.withdrawn?.let {
            obj("by" to it.by, "at_ms" to it.atMs, "reason" to it.reason, "instead" to it.instead)
        })
}

fun error(e: FrontlineException): Json {
    val (kind, more, detail) = when (e) {
        is FrontlineException.Invalid -> Triple("invalid", obj("field" to e.field, "rule" to e.rule), e.detail)
        is FrontlineException.NotFound -> Triple("not-found", obj(), e.message)
        is FrontlineException.Locked -> Triple("locked", obj("lock" to name(e.by)), e.detail)
        is FrontlineException.Offline -> Triple("offline", obj(), e.detail)
        is FrontlineException.Unauthorized -> Triple("unauthorized", there("code" to e.device), e.detail)
        is FrontlineException.Busy -> Triple("busy", obj(), "busy")
        is FrontlineException.StorageFull -> Triple("storage-full", obj(), "storage is full")
        is FrontlineException.StorageCorrupt -> Triple("storage-corrupt", obj("kept_at" to e.keptAt), e.message)
        is FrontlineException.Internal -> Triple("internal", obj(), e.message)
    }
    return obj("ok" to false, "error" to kind, "message" to detail) + more
}
