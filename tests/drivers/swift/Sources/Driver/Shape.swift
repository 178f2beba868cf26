import Foundation
import FrontlineCore

// Records of the surface as the JSON that stories compare: the same names and shapes as `frontline device do` gives.

/// An enum's own name as JSON has it.
func name<T>(_ value: T) -> String {
    String(describing: value).reduce(into: "") { out, c in out += c.isUppercase ? "-" + c.lowercased() : String(c) }
}

private func step(_ step: CaptureStep) -> String { step == .refused ? "quarantined" : name(step) }
private func status(_ status: RunStatus) -> String { status == .handedIn ? "submitted" : name(status) }
private func what(_ what: HistoryWhat) -> String {
    switch what {
    case .handedIn: "submitted"
    case .givenBack: "returned"
    default: name(what)
    }
}

func words(_ w: Words?) -> Object? { w.map { obj(["text": $0.text, "dir": name($0.dir), "lang": $0.lang]) } }

private func number(_ digits: String) -> Json { Int64(digits).map { .int($0) } ?? .double(Double(digits)!) }

private func moment(_ ms: Int64) -> String {
    let rest = ((ms % 1000) + 1000) % 1000
    let at = ISO8601DateFormatter().string(from: Date(timeIntervalSince1970: Double((ms - rest) / 1000)))
    return rest == 0 ? at : at.dropLast() + "." + String(1000 + rest).dropFirst() + "Z"
}

func answer(_ a: Answer?) -> Json? {
    switch a {
    case nil: nil
    case .notApplicable(let reason): obj(["na": reason]).json
    case .text(let text): text.json
    case .number(let digits): number(digits)
    case .yes(let yes): yes.json
    case .choice(let id), .signature(let id), .person(let id), .site(let id): id.json
    case .choices(let ids), .ranked(let ids), .photos(let ids), .files(let ids): ids.json
    case .pairs(let pairs): Object(uniqueKeysWithValues: pairs.map { ($0.name, .string($0.value)) }).json
    case .texts(let texts): texts.json
    case .day(let iso), .time(let iso): iso.json
    case .moment(let ms): moment(ms).json
    case .duration(let seconds): seconds.json
    case .place(let lat, let lon, let withinM): obj(["lat": lat, "lon": lon, "within": withinM]).json
    case .spot(let x, let y): obj(["x": x, "y": y]).json
    }
}

/// Flattened into what it is about.
func state(_ s: CaptureState?) -> Object {
    guard let s else { return [:] }
    return obj(["state": step(s.step)]).and(there(["number": s.number, "code": s.code, "reason": s.reason]))
}

private func blocked(_ b: Blocked?) -> Object? { b.map { obj(["code": $0.code, "reason": $0.reason, "since_ms": $0.sinceMs]) } }

func setAside(_ all: [SetAside]) -> [Object] {
    all.map { obj(["kept_at": $0.keptAt, "at_ms": $0.atMs, "found": $0.found, "missing": $0.missing]) }
}

func status(_ s: SyncStatus) -> Object {
    obj([
        "device": s.device, "name": s.name, "epoch": s.epoch, "person": s.person, "server": s.server, "incarnation": s.incarnation,
        "unsent": s.unsent, "stored": s.stored, "held": s.held, "quarantined": s.refused, "last_contact": s.lastContactMs,
        "reported_through": s.reportedThroughMs, "lease_until": s.leaseUntilMs, "lease_over": s.leaseOver,
        "backed_up": s.backedUpMs, "blocked": blocked(s.blocked), "clashes": s.clashes, "sync_sessions": s.syncs,
        "bytes_up": s.bytesUp, "bytes_down": s.bytesDown, "pictures_waiting": s.picturesWaiting,
        "pictures_waiting_bytes": s.picturesWaitingBytes,
    ]).and(there(["set_aside": setAside(s.setAside)]))
}

func captured(_ c: CapturedSummary) -> Object {
    obj(["id": c.id, "about": c.about, "what": c.what, "at_ms": c.atMs, "scope": c.scope])
        .and(there(["successor": c.successor, "salvaged": c.salvaged ? true : nil])).and(state(c.state))
}

func sync(_ r: SyncReport) -> Object {
    let refusals = r.refusals.map { obj(["code": $0.code, "count": $0.count, "reason": $0.reason]) }
    return obj([
        "sent": r.sent, "stored": r.stored, "held": r.held, "quarantined": r.refused, "refused": refusals, "received": r.received,
        "unsent": r.unsent, "round_trips": r.roundTrips, "bytes_up": r.bytesUp, "bytes_down": r.bytesDown, "reissued": r.reissued,
        "left": r.left, "epoch_renewed": r.epochRenewed, "ended": name(r.ended), "blocked": blocked(r.blocked),
    ]).and(there(["pictures": r.pictures.flatMap { happened($0) ? pictures($0) : nil }]))
}

private func happened(_ p: PicturesReport) -> Bool {
    let counts = [p.sent, p.had, p.bytesUp, p.waiting, p.waitingBytes, p.passedOver]
    return counts.contains { $0 != 0 } || p.heldBack != nil || p.brokeOff != nil
}

private func pictures(_ p: PicturesReport) -> Object {
    obj([
        "sent": p.sent, "had": p.had, "bytes_up": p.bytesUp, "waiting": p.waiting, "waiting_bytes": p.waitingBytes,
        "held_back": p.heldBack.map(name), "passed_over": p.passedOver, "broke_off": p.brokeOff.map(name),
    ])
}

private func quiz(_ q: QuizStanding) -> Object {
    let best = q.bestPoints.map { obj(["points": $0, "of": q.bestOf]) }
    return obj([
        "questions": q.questions, "mastery_score": q.masteryScore, "attempts": q.attempts, "left": q.left, "best": best,
        "passed": q.passed, "open": q.open,
    ]).and(there(["beyond": q.beyond == 0 ? nil : q.beyond]))
}

func module(_ m: ModuleSummary) -> Object {
    obj([
        "id": m.id, "title": words(m.title), "assigned": m.assigned, "due_ms": m.dueMs, "overdue": m.overdue,
        "status": name(m.status), "cards": m.cards, "read": m.read, "minutes": m.minutes,
    ]).and(m.quiz.map(quiz) ?? [:])
}

private func card(_ c: CardDetail) -> Object {
    switch c {
    case .text(let text): obj(["text": words(text)])
    case .image(let picture, let alt): obj(["image": obj(["blob": picture, "alt": words(alt)])])
    case .takeaways(let list): obj(["takeaways": list.map { words($0)! }])
    case .flip(let front, let back): obj(["flip": obj(["front": words(front), "back": words(back)])])
    case .video(let video, let alt, let lengthMs): obj(["video": obj(["video": video, "alt": words(alt), "length_ms": lengthMs])])
    }
}

private func finished(_ it: Bool) -> String { it ? "finished" : "open" }

func moduleDetail(_ m: ModuleDetail) -> Object {
    let lessons = m.lessons.map {
        obj(["slug": $0.id, "title": words($0.title), "cards": $0.cards.map(card), "card": $0.card, "furthest": $0.furthest])
    }
    let attempts = m.attempts.map {
        obj([
            "id": $0.id, "started_ms": $0.startedMs, "status": finished($0.finished), "points": $0.points, "of": $0.of,
            "passed": $0.passed,
        ])
    }
    return obj([
        "id": m.id, "release": m.release, "title": words(m.title), "lessons": lessons,
        "resume": [m.resumeLesson.json, m.resumeCard.json], "quiz": m.quiz.map(quiz),
    ]).and(there(["attempts": attempts]))
}

private func named(_ all: [Named]) -> [Object] { all.map { obj(["slug": $0.id, "label": words($0.label)]) } }

private func question(_ q: QuestionDetail) -> Object {
    obj([
        "item": q.item, "kind": q.kind, "label": words(q.label), "help": words(q.help), "value": answer(q.answer), "of": q.of,
        "critical": q.critical,
    ]).and(
        there([
            "unit": q.unit, "choices": named(q.choices), "rows": named(q.rows), "graded": q.graded.map(name), "points": q.points,
            "right": answer(q.right), "why": words(q.why),
        ]))
}

func attempt(_ a: AttemptDetail) -> Object {
    obj([
        "id": a.id, "module": a.module, "release": a.release, "title": words(a.title), "status": finished(a.finished),
        "started_ms": a.startedMs, "finished_ms": a.finishedMs, "questions": a.questions.map(question), "next": a.next,
        "missing": a.missing, "mastery_score": a.masteryScore, "left": a.left,
    ]).and(there(["points": a.points, "of": a.of, "passed": a.passed])).and(state(a.state))
}

func procedure(_ p: ProcedureSummary) -> Object {
    obj(["id": p.id, "title": words(p.title), "items": p.items, "minutes": p.minutes, "due_ms": p.dueMs])
}

func run(_ r: RunSummary) -> Object {
    obj([
        "id": r.id, "procedure": r.procedure, "title": words(r.title), "site": r.site.id, "status": status(r.status),
        "done": r.done, "answered": r.answered, "required": r.required, "missing": r.missing, "clashes": r.clashes,
        "away": r.away, "changed": r.changed, "started_by": r.startedBy, "started_ms": r.startedMs, "updated_ms": r.updatedMs,
    ]).and(state(r.state)).and(there(["asset": r.asset?.id]))
}

func asset(_ a: AssetDetail) -> Object {
    obj([
        "id": a.id, "label": words(a.label), "site": a.site.id, "procedures": a.procedures.map(procedure), "runs": a.runs.map(run),
    ])
}

private func reference(_ r: Reference?) -> Object? {
    switch r {
    case nil: nil
    case .text(let text): obj(["what": "words", "text": words(text)])
    case .article(let id, let title, let text): obj(["what": "article", "id": id, "title": words(title), "text": words(text)])
    case .lessonCard(let module, let lesson, let card, let title, let text):
        obj([
            "what": "card", "module": module, "lesson": lesson, "card": card, "title": words(title), "text": words(text),
        ])
    case .last(let says, let by, let atMs): obj(["what": "last", "says": says, "by": by, "at_ms": atMs])
    case .picture(let picture, let alt, let width, let height, let here):
        obj(["what": "picture", "picture": picture, "alt": words(alt), "width": width, "height": height, "here": here])
    case .video(let video, let alt, let bytes, let lengthMs, let here):
        obj(["what": "video", "video": video, "alt": words(alt), "bytes": bytes, "length_ms": lengthMs, "here": here])
    }
}

func demand(_ d: DemandSummary) -> Object {
    obj([
        "id": d.id, "what": d.isAction ? "action" : "notice", "says": words(d.says), "run": d.run, "title": words(d.title),
        "site": d.site.id, "item": d.item, "label": words(d.label), "since_ms": d.sinceMs, "overdue": d.overdue,
    ]).and(there(["role": d.role, "due_ms": d.dueMs, "action": d.action]))
}

func history(_ line: HistoryLine) -> Object {
    obj(["at_ms": line.atMs, "by": line.by, "what": what(line.what)])
        .and(there(["item": line.item, "value": answer(line.answer), "stands": line.stands, "reason": line.reason,
                    "took_ms": line.tookMs, "doubts": line.doubts.map { name($0) }, "measured": line.measured ? true : nil,
                    "after_withdrawal": line.afterWithdrawal ? true : nil]))
}

func feedback(_ f: FeedbackSummary) -> Object {
    obj([
        "id": f.id, "touchpoint": f.touchpoint.id, "score": f.score, "feedback_reason": f.reason?.id, "comment": f.comment,
        "customer": f.customer, "forgotten": f.forgotten, "person": f.person, "at_ms": f.atMs,
    ]).and(state(f.state))
}

func contact(_ c: ContactSummary) -> Object {
    let who = c.customer.map {
        obj(["id": $0.id, "state": name($0.state), "name": $0.name, "phone": $0.phone, "email": $0.email, "note": $0.note])
    }
    return obj([
        "id": c.id, "status": name(c.status), "contact_reason": c.reason?.id, "channel": c.channel?.id,
        "touchpoint": c.touchpoint?.id, "outcome": c.outcome?.id, "customer": who, "person": c.person,
        "opened_ms": c.openedMs, "active_ms": c.activeMs,
    ]).and(state(c.state))
}

func begun(_ d: BegunDetail) -> Object { obj(["about": d.about, "text": d.text, "at_ms": d.atMs]) }

func person(_ p: PersonSummary) -> Object {
    obj(["id": p.id, "slug": p.slug, "name": p.name, "site": p.site.id, "current": p.current, "pin": p.pin, "locked": p.locked])
}

func added(_ p: PictureSummary) -> Object {
    obj(["id": p.id, "media": p.media, "bytes": p.bytes, "width": p.width, "height": p.height, "thumbnail": p.thumbnail])
}

func picture(_ p: PictureDetail) -> Object {
    obj([
        "photo": p.id, "item": p.item, "instance": p.instance, "by": p.by, "at_ms": p.atMs, "media": p.media, "bytes": p.bytes,
        "width": p.width, "height": p.height, "live": p.live, "thumbnail_here": p.thumbnailHere, "here": p.here,
        "at_server": p.atServer,
    ]).and(there(["length_ms": p.lengthMs]))
}

func exported(_ e: Exported) -> Object {
    obj(["entries": e.entries, "pictures": e.pictures, "left_out": e.leftOut, "bytes": e.bytes, "sealed": e.sealed])
}

private func said(_ s: RunSaid?) -> Object? {
    s.map {
        obj(["what": what($0.what), "by": $0.by, "at_ms": $0.atMs])
            .and(there(["reason": $0.reason, "changed_since": $0.changedSince]))
    }
}

func item(_ i: ItemDetail) -> Object {
    let answers = i.answers.map {
        obj(["pick": $0.id, "value": answer($0.answer), "by": $0.by, "at_ms": $0.atMs, "settles": $0.settles])
            .and(there(["measured": $0.measured ? true : nil]))
    }
    let isNamed = i.control == .lookup || i.control == .person || i.control == .site || i.control == .asset
    return obj([
        "item": i.id, "kind": i.kind, "label": i.label.text, "required": i.required, "value": answer(i.answer), "clash": i.clash,
        "out_of_band": i.outOfBand, "answers": answers,
    ]).and(
        there([
            "reads": isNamed ? i.says : nil, "first": i.first, "problem": i.problem, "comes_to": i.control == .computed ? i.says : nil,
            "photos": i.photos.map { obj(["min": $0.min, "max": $0.max]) }, "offered": answer(i.offered),
            "evidence": i.evidence.map { obj(["photo": $0.photo, "by": $0.by, "at_ms": $0.atMs]).and(there(["is_sound": $0.isSound ? true : nil])) },
            "visible": i.visible && !i.kept ? nil : false,
            "kept": i.kept ? true : nil, "reference": reference(i.reference),
        ]))
}

func runDetail(_ r: RunDetail) -> Object {
    let items = r.sections.filter { !$0.empty }.flatMap(\.items).map(item)
    let values = items.compactMap { one in
        one["value"].flatMap { value in value == .null ? nil : (one["item"]!.string!, value) }
    }
    let score = r.score.map {
        obj(["points": $0.points, "possible": $0.possible, "open": $0.open]).and(there(["passed": $0.passed]))
    }
    let can = obj([
        "answer": r.canAnswer, "submit": r.handIn.enabled, "sign_off": r.signOff.enabled, "give_back": r.giveBack.enabled,
    ])
    return obj([
        "id": r.id, "procedure": r.procedure, "title": r.title.text, "site": r.site.id, "status": status(r.status),
        "answered": r.given, "missing": r.missing.count, "clashes": r.clashes.count, "heads": r.seen, "said": said(r.said),
        "can": can, "values": Object(values) { $1 }, "items": items, "state": r.state.map { step($0.step) },
    ]).and(there(["ended": words(r.ended), "score": score, "demands": r.demands.map(demand),
                 "signatures": r.signatures.map { obj(["role": $0.role]).and(there(["by": $0.by, "at_ms": $0.atMs])) },
                 "asset": r.asset?.id, "about": r.asset?.label.text,
                 "withdrawn": r.withdrawn.map {
                     obj(["by": $0.by, "at_ms": $0.atMs, "reason": $0.reason, "instead": $0.instead])
                 }]))
}

func error(_ e: FrontlineError) -> Object {
    let out = { (kind: String, message: String, more: Object) in obj(["ok": false, "error": kind, "message": message]).and(more) }
    return switch e {
    case .Invalid(let field, let rule, let detail): out("invalid", detail, obj(["field": field, "rule": rule]))
    case .NotFound(let what): out("not-found", "not found: \(what)", [:])
    case .Locked(let by, let detail): out("locked", detail, obj(["lock": name(by)]))
    case .Offline(_, let detail): out("offline", detail, [:])
    case .Unauthorized(let device, let detail): out("unauthorized", detail, there(["code": device]))
    case .Busy: out("busy", "busy", [:])
    case .StorageFull: out("storage-full", "storage is full", [:])
    case .StorageCorrupt(let keptAt): out("storage-corrupt", "storage was damaged; kept at \(keptAt)", obj(["kept_at": keptAt]))
    case .Internal(let reference): out("internal", "internal fault \(reference)", [:])
    }
}
