import Foundation
import FrontlineCore

/// A page of rows, and where the next one begins.
typealias Pages = (PageAsked) throws -> ([Object], String?)

/// What a line says, done by the surface. A verb's name is its service and method; unknown words of a line are refused.
struct Verbs {
    let phone: Phone
    var app: Frontline { phone.app! }

    func act(_ line: Line) async throws -> Object {
        let verb = try line.text("do")
        if let out = try device(verb, line) ?? training(verb, line) ?? procedures(verb, line) ?? contacts(verb, line) { return out }
        if let out = try people(verb, line) ?? pictures(verb, line) ?? actions(verb, line) { return out }
        // What waits for the network.
        switch verb {
        case "device.enrol": return try await enrol(line)
        case "sync.now":
            try phone.network(try line.maybeText("network") ?? "unmetered")
            try line.end()
            return sync(try await app.sync().now())
        case "procedures.fetch":
            _ = try await app.procedures().fetch(run: try line.only("run"))
            return [:]
        case "media.fetch":
            let (photo, small) = (try line.text("photo"), try line.flag("small"))
            try phone.network(try line.maybeText("network") ?? "unmetered")
            try line.end()
            try await app.media().fetch(id: photo, small: small)
            return [:]
        default: throw Invalid("do", "verb", "there is no verb ‘\(verb)’")
        }
    }

    func enrol(_ line: Line) async throws -> Object {
        let (server, code) = (try line.text("server"), try line.text("code"))
        try line.end()
        let e = try await app.sync().enrol(server: server, code: code)
        return obj(["device": e.device, "name": e.name, "person": e.person, "organisation": e.organisation])
    }

    // Lists.

    private func modules(_ ask: PageAsked) throws -> ([Object], String?) {
        let page = try app.training().list(page: ask)
        return (page.items.map(module), page.next)
    }
    private func available(_ ask: PageAsked) throws -> ([Object], String?) {
        let page = try app.procedures().available(page: ask)
        return (page.items.map(procedure), page.next)
    }
    private func runs(_ asked: RunsAsked) -> (PageAsked) throws -> ([Object], String?) {
        { [self] ask in
            let page = try app.procedures().runs(
                asked: RunsAsked(
                    words: asked.words, status: asked.status, site: asked.site, procedure: asked.procedure, page: ask))
            return (page.items.map(run), page.next)
        }
    }
    private func soughtRuns(_ line: Line) throws -> RunsAsked {
        let told: [String: RunStatus] = [
            "open": .open, "submitted": .handedIn, "signed-off": .signedOff, "lapsed": .lapsed, "withdrawn": .withdrawn,
        ]
        let words = try line.maybeText("search") ?? ""
        let status = try line.maybeText("status").map { said in
            guard let status = told[said] else {
                throw Invalid("status", "choice", "there is no status ‘\(said)’")
            }
            return status
        }
        let site = try line.maybeText("site")
        return RunsAsked(
            words: words, status: status, site: site, procedure: try line.maybeText("procedure"),
            page: PageAsked(after: nil, count: nil))
    }
    private func demands(_ ask: PageAsked) throws -> ([Object], String?) {
        let page = try app.procedures().demands(page: ask)
        return (page.items.map(demand), page.next)
    }
    private func feedbacks(_ ask: PageAsked) throws -> ([Object], String?) {
        let page = try app.feedback().list(page: ask)
        return (page.items.map(feedback), page.next)
    }
    private func persons(_ ask: PageAsked) throws -> ([Object], String?) {
        let page = try app.people().list(page: ask)
        return (page.items.map(person), page.next)
    }
    private func drafts(_ ask: PageAsked) throws -> ([Object], String?) {
        let page = try app.people().drafts(about: nil, page: ask)
        return (page.items.map(begun), page.next)
    }
    private func contacts(of: ContactsOf) -> Pages {
        { ask in
            let page = try app.interactions().list(of: of, page: ask)
            return (page.items.map(contact), page.next)
        }
    }
    private func entries(of: CapturedOf) -> Pages {
        { ask in
            let page = try app.sync().captured(of: of, page: ask)
            return (page.items.map(captured), page.next)
        }
    }

    /// One page where the line says `count`, else all of them.
    func pages(_ line: Line, _ read: Pages) throws -> Object {
        let count = line.maybe("count") == nil ? nil : UInt32(try line.count("count"))
        let after = try line.maybeText("after")
        try line.end()
        guard let count else { return obj(["list": try everything(read, from: after)]) }
        let (rows, next) = try read(PageAsked(after: after, count: count))
        return obj(["list": rows]).and(there(["next": next]))
    }

    private func everything(_ read: Pages, from: String? = nil) throws -> [Object] {
        var (rows, next): ([Object], String?) = try read(PageAsked(after: from, count: 200))
        while let after = next {
            let page = try read(PageAsked(after: after, count: 200))
            rows += page.0
            next = page.1
        }
        return rows
    }

    // The device.

    private func device(_ verb: String, _ line: Line) throws -> Object? {
        switch verb {
        case "device.status":
            try line.end()
            let out = status(try app.sync().status())
            let own = try everything(entries(of: .everything)).filter { $0["successor"] == nil }
            let changes = own.filter { $0["what"] == .string("run-changed") }.count
            return out.and(obj(["captured_facts": own.count - changes, "captured_changes": changes]))
        case "device.list": return try list(line)
        case "device.show": return try show(line)
        case "device.check":
            try line.end()
            let found = try phone.story.check(app: app)
            return obj(["problems": found.problems, "compared": found.compared]).and(there(["set_aside": setAside(found.setAside)]))
        case "device.rebuild":
            try line.end()
            try phone.story.rebuild(app: app)
            return [:]
        case "device.export":
            let path = try carried(try line.text("file"))
            try line.end()
            guard let open = phone.app else { return exported(try phone.story.salvage(file: path)).and(obj(["quarantined": 0])) }
            let out = exported(try open.sync().export(file: path))
            return out.and(obj(["quarantined": try open.sync().status().refused]))
        case "device.reset":
            let (file, drop) = (try line.maybeText("file"), try line.flag("drop_pictures"))
            try line.end()
            let path = try file.map(carried)
            // The name itself is looked at, also where it is a link to nothing.
            if let path, (try? FileManager.default.attributesOfItem(atPath: path)) != nil {
                throw Invalid("file", "new", "this file exists; name a new one")
            }
            phone.shut()
            return exported(try phone.story.reset(leaving: Leaving(file: path, dropPictures: drop)))
        default: return nil
        }
    }

    private func carried(_ file: String) throws -> String {
        if file.contains("/") || file.contains("\\") || !file.hasSuffix(".frontline") {
            throw Invalid("file", "name", "write the name of a new file in the phone's folder, such as unsent.frontline, and no path")
        }
        return phone.dir + "/" + file
    }

    private func list(_ line: Line) throws -> Object {
        let topic = try line.text("topic")
        switch topic {
        case "training": return try pages(line, modules)
        case "procedures": return try pages(line, available)
        case "runs": return try pages(line, runs(RunsAsked(page: PageAsked(after: nil, count: nil))))
        case "demands": return try pages(line, demands)
        case "actions": return try pages(line, actions(of: .standing))
        case "feedback": return try pages(line, feedbacks)
        case "interactions": return try pages(line, contacts(of: .everybody))
        case "quarantine": return try pages(line, entries(of: .refused))
        case "sync": return try pages(line, entries(of: .everything))
        case "people": return try pages(line, persons)
        default: throw Invalid("topic", "choice", "there is no topic ‘\(topic)’")
        }
    }

    private func show(_ line: Line) throws -> Object {
        let (id, told) = (try line.text("id"), try line.flag("history"))
        try line.end()
        if id.utf8.count == 32, id.allSatisfy(\.isHexDigit) {
            let out = runDetail(try app.procedures().run(id: id))
            guard told else { return out }
            return out.and(
                obj([
                    "history": try everything { ask in
                        let page = try app.procedures().history(run: id, page: ask)
                        return (page.items.map(history), page.next)
                    }
                ]))
        }
        let finders: [() throws -> Object?] = [
            { actionDetail(try app.actions().action(id: id)) }, { contact(try app.interactions().contact(id: id)) },
            { try everything(feedbacks).first { $0["id"] == .string(id) } },
            { attempt(try app.training().attempt(id: id)) }, { moduleDetail(try app.training().module(id: id)) },
        ]
        for find in finders {
            // Where this one does not know it, the next one may.
            do { if let found = try find() { return found } } catch is FrontlineError {}
        }
        throw FrontlineError.NotFound(what: "run, action, contact, feedback, attempt or module with this id")
    }

    private func training(_ verb: String, _ line: Line) throws -> Object? {
        switch verb {
        case "training.list": return try pages(line, modules)
        case "training.open": return moduleDetail(try app.training().module(id: try line.only("module")))
        case "training.progress":
            let (module, lesson, card) = (try line.text("module"), try line.text("lesson"), try line.count("card"))
            try line.end()
            try app.training().progress(module: module, lesson: lesson, card: UInt16(card))
            return [:]
        case "training.quiz_start": return obj(["id": try app.training().startQuiz(module: try line.only("module")).id])
        case "training.quiz_answer":
            let draft = QuizAnswerDraft(attempt: try line.text("attempt"), item: try line.text("item"), value: try line.given())
            try line.end()
            _ = try app.training().answer(draft: draft)
            return [:]
        case "training.quiz_submit":
            let a = try app.training().submit(attempt: try line.only("attempt"))
            return obj(["points": a.points, "of": a.of, "passed": a.passed, "left": a.left])
        default: return nil
        }
    }

    private func procedures(_ verb: String, _ line: Line) throws -> Object? {
        switch verb {
        case "procedures.list": return try pages(line, available)
        case "procedures.runs": return try pages(line, runs(soughtRuns(line)))
        case "procedures.demands": return try pages(line, demands)
        case "procedures.start":
            let (procedure, about) = (try line.text("procedure"), try line.maybeText("asset"))
            try line.end()
            return obj(["id": try app.procedures().start(procedure: procedure, asset: about)])
        case "procedures.asset": return asset(try app.procedures().asset(code: try line.only("code")))
        case "procedures.answer":
            let draft = AnswerDraft(
                run: try line.text("run"), item: try line.text("item"), value: try line.given(), seen: try line.maybeText("seen"))
            try line.end()
            _ = try app.procedures().answer(draft: draft)
            return [:]
        case "procedures.settle": return try settle(line)
        case "procedures.measure": return try measure(line)
        case "procedures.attach":
            if try line.maybeText("sound") != nil { return try evidence(line, "sound") { _, _, sound in .sound(sound: sound) } }
            return try evidence(line) { _, _, photo in .add(photo: photo) }
        case "procedures.detach":
            return try evidence(line) { run, item, photo in
                let items = try app.procedures().run(id: run).sections.flatMap(\.items).filter { $0.id == item }
                return .takeBack(id: items.flatMap(\.evidence).first { $0.photo == photo || $0.id == photo }?.id ?? photo)
            }
        case "procedures.submit": return try seal(line, .handIn)
        case "procedures.sign_off": return try seal(line, .signOff(pin: try line.maybeText("pin"), seen: try line.maybeText("seen")))
        case "procedures.return": return try seal(line, .giveBack(reason: try line.text("reason")))
        default: return nil
        }
    }

    private func measure(_ line: Line) throws -> Object {
        let draft = MeasureDraft(run: try line.text("run"), item: try line.text("item"), seen: try line.maybeText("seen"))
        let shown = Reading(number: try line.text("number"), unit: try line.text("unit"))
        try line.end()
        _ = try app.procedures().measure(draft: draft, probe: Thermometer(shown: shown))
        return [:]
    }

    private func settle(_ line: Line) throws -> Object {
        let (run, item, pick) = (try line.text("run"), try line.text("item"), try line.word("pick"))
        try line.end()
        let same = { (value: Json?) in
            value == pick || (value?.number != nil && value?.number == pick.number)
                || (value == .bool(true) && pick == .string("pass")) || (value == .bool(false) && pick == .string("fail"))
        }
        let items = try app.procedures().run(id: run).sections.filter { !$0.empty }.flatMap(\.items).filter { $0.id == item }
        guard let found = items.flatMap(\.answers).first(where: { pick == .string($0.id) || same(answer($0.answer)) }) else {
            throw Invalid("pick", "choice", "pick one of the values that stand there")
        }
        _ = try app.procedures().answer(draft: AnswerDraft(run: run, item: item, value: .pick(id: found.id), seen: nil))
        return [:]
    }

    private func evidence(
        _ line: Line, _ named: String = "photo", _ change: (String, String, String) throws -> EvidenceChange
    ) throws -> Object {
        let (run, item) = (try line.text("run"), try line.text("item"))
        let made = try change(run, item, try line.text(named))
        try line.end()
        _ = try app.procedures().evidence(draft: EvidenceDraft(run: run, item: item, change: made))
        return [:]
    }

    private func seal(_ line: Line, _ seal: Seal) throws -> Object {
        let run = try line.text("run")
        try line.end()
        _ = try app.procedures().seal(run: run, seal: seal)
        return [:]
    }

    private func contacts(_ verb: String, _ line: Line) throws -> Object? {
        switch verb {
        case "feedback.give":
            let draft = FeedbackDraft(
                touchpoint: try line.text("touchpoint"), score: try line.count("score"), reason: try line.maybeText("reason"),
                comment: try line.maybeText("comment"))
            try line.end()
            return obj(["id": try app.feedback().give(draft: draft)])
        case "feedback.list": return try pages(line, feedbacks)
        case "interactions.open":
            let who = try line.maybe("customer")?.object.map { try customer(Line($0)) }
            let draft = ContactDraft(
                reason: try line.maybeText("reason"), channel: try line.maybeText("channel"),
                touchpoint: try line.maybeText("touchpoint"), customer: who)
            try line.end()
            return obj(["id": try app.interactions().open(draft: draft)])
        case "interactions.close":
            let draft = CloseDraft(
                id: try line.text("id"), reason: try line.text("reason"), outcome: try line.text("outcome"),
                channel: try line.maybeText("channel"))
            try line.end()
            try app.interactions().closeContact(draft: draft)
        case "interactions.customer":
            let (id, draft) = (try line.text("id"), try customer(line))
            try line.end()
            try app.interactions().customer(id: id, draft: draft)
        case "interactions.find":
            let (phone, email) = (try line.maybeText("phone"), try line.maybeText("email"))
            try line.end()
            return obj(["list": try everything(contacts(of: phone.map { .phone(phone: $0) } ?? .email(email: email ?? "")))])
        case "interactions.list": return try pages(line, contacts(of: .everybody))
        case "interactions.pause": try app.interactions().mark(id: try line.only("id"), mark: .pause)
        case "interactions.resume": try app.interactions().mark(id: try line.only("id"), mark: .resume)
        case "interactions.void": try app.interactions().mark(id: try line.only("id"), mark: .void)
        default: return nil
        }
        return [:]
    }

    private func customer(_ line: Line) throws -> CustomerDraft {
        CustomerDraft(
            name: try line.maybeText("name"), phone: try line.maybeText("phone"), email: try line.maybeText("email"),
            note: try line.maybeText("note"))
    }

    private func people(_ verb: String, _ line: Line) throws -> Object? {
        switch verb {
        case "people.use": try app.people().switchTo(person: try line.only("person"), pin: nil)
        case "people.switch":
            let (person, pin) = (try line.text("person"), try line.maybeText("pin"))
            try line.end()
            try app.people().switchTo(person: person, pin: pin)
        case "people.set_pin":
            let draft = PinDraft(person: try line.maybeText("person"), pin: try line.text("pin"), old: try line.maybeText("old"))
            try line.end()
            try app.people().setPin(draft: draft)
        case "people.lock":
            try line.end()
            try app.people().switchTo(person: nil, pin: nil)
        case "people.unlock":
            let draft = UnlockDraft(person: try line.text("person"), by: try line.text("by"), pin: try line.text("pin"))
            try line.end()
            try app.people().unlock(draft: draft)
        case "people.sign_out":
            let (person, drop) = (try line.text("person"), try line.flag("drop_drafts"))
            try line.end()
            let left = try app.people().signOut(person: person, dropDrafts: drop)
            return obj(["unsent": left.unsent, "drafts": left.drafts])
        case "drafts.keep":
            let (about, text) = (try line.text("about"), try line.text("text"))
            try line.end()
            try app.people().keepDraft(about: about, text: text)
        case "drafts.drop": try app.people().keepDraft(about: try line.only("about"), text: "")
        case "drafts.get":
            let ask = PageAsked(after: nil, count: nil)
            guard let draft = try app.people().drafts(about: try line.only("about"), page: ask).items.first else {
                throw FrontlineError.NotFound(what: "draft about this")
            }
            return begun(draft)
        case "drafts.list": return try pages(line, drafts)
        default: return nil
        }
        return [:]
    }

    /// The bytes that a line brings, and whether they were taken at that moment.
    private func taken(_ line: Line) throws -> (Data, Bool) {
        let (file, text, live) = (try line.maybeText("file"), try line.maybeText("base64"), try line.flag("live"))
        try line.end()
        let bytes = try file.map { try Data(contentsOf: URL(fileURLWithPath: phone.dir + "/" + $0)) }
        return (bytes ?? Data(base64Encoded: text!)!, live)
    }

    private func stroke(_ given: Json) throws -> Stroke {
        Stroke(
            points: try (given.list ?? []).map {
                let at = ($0.list ?? []).compactMap(\.int).map { UInt32($0) }
                guard at.count == 3 else { throw Invalid("strokes", "list", "a point is `[x, y, ms]`") }
                return StrokePoint(x: at[0], y: at[1], atMs: at[2])
            })
    }

    private func pictures(_ verb: String, _ line: Line) throws -> Object? {
        switch verb {
        case "media.add":
            let (bytes, live) = try taken(line)
            return added(try app.media().add(draft: PictureDraft(bytes: bytes, live: live)))
        case "media.add_sound":
            let (bytes, live) = try taken(line)
            let made = try app.media().addSound(draft: SoundDraft(bytes: bytes, live: live))
            return obj(["id": made.id, "media": made.media, "bytes": made.bytes, "length_ms": made.lengthMs])
        case "media.add_drawing":
            let (width, height) = (UInt32(try line.count("width")), UInt32(try line.count("height")))
            let strokes = try (try line.word("strokes").list ?? []).map(stroke)
            try line.end()
            return added(try app.media().addDrawing(draft: Drawing(width: width, height: height, strokes: strokes)))
        case "media.drawing":
            let drawn = try app.media().drawing(id: try line.only("photo"))
            let strokes = drawn.strokes.map { Json.list($0.points.map { .list([$0.x.json, $0.y.json, $0.atMs.json]) }) }
            return obj(["width": drawn.width, "height": drawn.height, "strokes": Json.list(strokes)])
        case "media.list":
            let (run, action) = (try line.maybeText("run"), try line.maybeText("action"))
            try line.end()
            let found = try action.map { try app.media().ofAction(action: $0) } ?? app.media().ofRun(run: run!)
            return obj(["list": found.map(picture)])
        case "media.save":
            let (photo, file) = (try line.text("photo"), try line.text("file"))
            try line.end()
            let bytes = try app.media().bytes(id: photo)
            try bytes.write(to: URL(fileURLWithPath: phone.dir + "/" + file), options: .withoutOverwriting)
            return obj(["bytes": bytes.count])
        default: return nil
        }
    }
}

/// An instrument that shows this.
private final class Thermometer: Probe {
    let shown: Reading
    init(shown: Reading) { self.shown = shown }
    func read() throws -> Reading { shown }
}
