import Foundation
@_spi(Harness) import SwiftUI
import Synchronization
import Testing

@testable import Presentation
@testable import Views

/// The actions of a core that a test holds: what they are, what is asked of them, and why they do not answer.
final class HeldActions: Actions, @unchecked Sendable {
    let now = Mutex((detail: ActionDetail?.none, problem: Problem?.none))
    let asked = Mutex<[ActionsAsked]>([])
    let deeds = Mutex<[ActionDeed]>([])
    let drafts = Mutex<[ActionDraft]>([])

    init() { super.init(noHandle: NoHandle()) }
    required init(unsafeFromHandle handle: UInt64) { fatalError("made by a test only") }

    private func shown() throws -> ActionDetail {
        let (detail, problem) = now.withLock { $0 }
        if let problem { throw problem }
        guard let detail else { throw Problem.NotFound(what: "action") }
        return detail
    }
    override func list(asked: ActionsAsked) throws -> ActionPage {
        self.asked.withLock { $0.append(asked) }
        return ActionPage(items: [try shown().summary], next: asked.page.after == nil ? "more" : nil)
    }
    override func action(id: String) throws -> ActionDetail { try shown() }
    override func act(deed: ActionDeed) throws -> ActionDetail {
        let detail = try shown()
        deeds.withLock { $0.append(deed) }
        return detail
    }
    override func open(draft: ActionDraft) throws -> String {
        let id = try shown().summary.id
        drafts.withLock { $0.append(draft) }
        return id
    }
    override func owners(action: String?, page: PageAsked) throws -> OwnerPage {
        OwnerPage(items: [Named(id: "ana", label: .said("Ana Pereira"))], next: nil)
    }
}

/// Drafts that are kept nowhere.
private final class NoDrafts: People, @unchecked Sendable {
    init() { super.init(noHandle: NoHandle()) }
    required init(unsafeFromHandle handle: UInt64) { fatalError("made by a test only") }
    override func drafts(about: String?, page: PageAsked) throws -> BegunPage { BegunPage(items: [], next: nil) }
    override func keepDraft(about: String, text: String) throws {}
}

/// One run, and what was begun.
final class HeldRuns: Procedures, @unchecked Sendable {
    let now = Mutex<RunDetail?>(nil)
    let started = Mutex<[String]>([])
    init() { super.init(noHandle: NoHandle()) }
    required init(unsafeFromHandle handle: UInt64) { fatalError("made by a test only") }
    override func run(id: String) throws -> RunDetail {
        guard let run = now.withLock({ $0 }) else { throw Problem.NotFound(what: "run") }
        return run
    }
    override func start(procedure: String, asset: String?) throws -> String {
        started.withLock { $0.append(procedure + (asset.map { " " + $0 } ?? "")) }
        return "new"
    }
}

/// Lessons that note nothing.
private final class NoTraining: Training, @unchecked Sendable {
    init() { super.init(noHandle: NoHandle()) }
    required init(unsafeFromHandle handle: UInt64) { fatalError("made by a test only") }
    override func progress(module: String, lesson: String, card: UInt16) throws {}
}

/// A store with nothing in it but those actions, media and that run.
final class HeldStore: Device {
    let held = HeldActions()
    let media = HeldMedia()
    let runs = HeldRuns()
    let today = Mutex<TodayDetail?>(nil)
    private final class Core: FrontlineProtocol {
        let store: HeldStore
        init(_ store: HeldStore) { self.store = store }
        func actions() -> Actions { store.held }
        func people() -> People { NoDrafts() }
        func feedback() -> Feedback { fatalError("not asked for") }
        func interactions() -> Interactions { fatalError("not asked for") }
        func media() -> Media { store.media }
        func procedures() -> Procedures { store.runs }
        func sync() -> Sync { fatalError("not asked for") }
        func training() -> Training { NoTraining() }
        func today() throws -> TodayDetail {
            guard let today = store.today.withLock({ $0 }) else { throw Problem.Busy }
            return today
        }
        func subscribe(observer: Observer) throws -> Subscription { throw Problem.Busy }
        func shut() {}
    }
    func open() async throws(Problem) {}
    func ask<T: Sendable>(_ call: @escaping @Sendable (Services) async throws -> T) async throws(Problem) -> T {
        do { return try await call(Core(self)) } catch { throw error as? Problem ?? .Busy }
    }
    func changes() async throws(Problem) -> AsyncStream<Change> { throw .Busy }
    func shut() async {}
    func recover(server: String, code: String) async throws(Problem) {}
    func reset(_ leaving: Leaving) async throws(Problem) -> Exported { throw .Busy }
}

/// A phone whose camera gives a picture that says whether it was taken now.
private final class Snapping: NoStore, @unchecked Sendable {
    override func picture(live: Bool, limit: PictureLimit?) async -> Data? { Data("\(live)".utf8) }
}

extension ActionLine {
    fileprivate init(at by: String, _ what: ActionTold, photos: [String]) {
        self.init(atMs: 0, by: by, what: what, stands: nil, photos: photos)
    }
}

extension SyncStatus {
    /// Of a phone that nobody set up.
    static let none = SyncStatus(
        device: nil, name: nil, epoch: nil, person: nil, server: nil, incarnation: nil, unsent: 0, stored: 0, held: 0,
        refused: 0, lastContactMs: nil, reportedThroughMs: nil, leaseUntilMs: nil, leaseOver: false, leaseEndsIn: nil,
        backedUpMs: nil, blocked: nil, clashes: 0, syncs: 0, bytesUp: 0, bytesDown: 0, picturesWaiting: 0,
        picturesWaitingBytes: 0, freeBytes: nil, setAside: [])
}

private struct TodayHolder: View {
    let app: AppModel
    let today: Detail<TodayDetail>
    var body: some View {
        TodayView(app: app, today: today) { _ in }.task { await today.ask(app) { try $0.today() } }
    }
}

@MainActor @Suite struct ActionTests {
    private let store = HeldStore()
    private func app() -> AppModel { AppModel(device: store, phone: NoStore(), language: "en") }

    private func summary(
        _ status: ActionStatus = .open, escalated: Escalation? = nil, clashes: UInt32 = 0
    ) -> ActionSummary {
        ActionSummary(
            id: "a1", title: "Mend the door", status: status, priority: .urgent, owner: "Ana Pereira", mine: true,
            dueMs: 1_774_951_200_000, escalated: escalated, clashes: clashes, comments: 2,
            site: Named(id: "harbour", label: .said("Harbour House")), openedBy: "Ben Okafor", openedMs: 0,
            changedMs: 0, run: "r1", state: nil)
    }
    private func value(_ what: ActionTold, _ by: String, _ reason: String? = nil) -> ActionValue {
        ActionValue(what: what, by: by, atMs: 0, reason: reason)
    }
    private func detail(
        _ summary: ActionSummary, states: [ActionValue]? = nil, next: [ActionNext] = [], mayChange: Bool = true,
        history: [ActionLine] = []
    ) -> ActionDetail {
        func register(_ values: [ActionValue], _ seen: String) -> ActionRegister {
            ActionRegister(values: values, seen: [seen], clash: values.count > 1)
        }
        let states = states ?? [value(.status(to: summary.status, from: nil, reason: nil), "Ana Pereira")]
        return ActionDetail(
            summary: summary,
            registers: [
                register([value(.title(text: summary.title), "Ben Okafor")], "s-title"),
                register([value(.priority(priority: summary.priority), "Ben Okafor")], "s-priority"),
                register([value(.owner(name: "Ana Pereira", id: "ana"), "Ben Okafor")], "s-owner"),
                register([value(.due(atMs: summary.dueMs), "Ben Okafor")], "s-due"), register(states, "s-status"),
            ], next: next, mayChange: mayChange,
            from: ActionFrom(run: "r1", title: .said("Cold room"), item: "door/1", label: .said("Does it close?")),
            again: [ActionAgain(id: "a0", title: "Mend it", status: .verified, openedMs: 0)], history: history)
    }
    private func shows(_ now: ActionDetail) -> (ViewHost, AppModel) {
        store.held.now.withLock { $0 = (now, nil) }
        let app = app()
        return (ViewHost(ActionView(action: ActionModel(app, id: "a1"))), app)
    }
    private func next(_ to: ActionStatus, wantsReason: Bool = false, enabled: Bool = true) -> ActionNext {
        ActionNext(to: to, wantsReason: wantsReason, enabled: enabled)
    }

    /// Late is said in words that say to whom it has come, with a picture, and in a colour of its own.
    @Test(arguments: [
        (Escalation.supervisor, english.actionsOverdueSupervisor), (.manager, english.actionsOverdueManager),
    ])
    func whatIsLateIsSaid(escalation: Escalation, words: String) throws {
        let status = try #require(english.say(escalation))
        #expect(status.words == words && status.icon == .clock && status.tone != .neutral)
        let host = ViewHost(ActionRow(app: app(), action: summary(escalated: escalation)))
        #expect(host.says(words) && host.says(english.actionsOwnerMe))
        #expect(!ViewHost(ActionRow(app: app(), action: summary())).says(words))
    }

    @Test func eachStatusAndPriorityLooksAndReadsOtherwise() {
        let all: [ActionStatus] = [.open, .inProgress, .done, .rejected, .cannotDo, .verified]
        #expect(Set(all.map { english.say($0).words }).count == 6 && Set(all.map { english.go($0) }).count == 6)
        #expect(Set(all.map { english.say($0).icon }).count == 6)
        let priorities: [ActionPriority] = [.low, .normal, .high, .urgent]
        #expect(Set(priorities.map { english.say($0) }).count == 4)
    }

    /// What is done goes with what its screen showed of that part, and of no other.
    @Test func aStepGoesWithWhatWasSeen() async throws {
        let (host, _) = shows(detail(summary(.inProgress), next: [next(.done), next(.cannotDo, wantsReason: true)]))
        try await host.wait { $0.isEnabled(english.actionsGoDone) }
        try host.tap(english.actionsGoDone)
        try await host.wait { [store] _ in store.held.deeds.withLock { !$0.isEmpty } }
        let deed = store.held.deeds.withLock { $0[0] }
        #expect(deed == ActionDeed(action: "a1", step: .status(to: .done, reason: nil), seen: ["s-status"]))
        try await host.wait { $0.isEnabled(english.actionsGoCannotDo) }
        try host.tap(english.actionsGoCannotDo)
        try host.set(english.actionsWhyCannotDo, to: "No part")
        try host.tap(english.actionsGoCannotDo)
        try await host.wait { [store] _ in store.held.deeds.withLock { $0.count == 2 } }
        #expect(store.held.deeds.withLock { $0[1].step } == .status(to: .cannotDo, reason: "No part"))
        #expect(host.unnamed.isEmpty && host.small.isEmpty && host.gestureOnly.isEmpty)
    }

    /// Each value with whose it is and why; what its person may not choose is not to be tapped.
    @Test func aClashShowsBothAndKeepsOne() async throws {
        let both = [
            value(.status(to: .cannotDo, from: nil, reason: nil), "Lucy Chen", "No part"),
            value(.status(to: .verified, from: nil, reason: nil), "Ben Okafor"),
        ]
        let (host, _) = shows(
            detail(
                summary(.cannotDo, clashes: 1), states: both,
                next: [next(.cannotDo, wantsReason: true), next(.verified, enabled: false)]))
        try await host.wait { $0.says(english.actionsClash) }
        #expect(host.says("Lucy Chen") && host.says("No part") && host.says("Ben Okafor"))
        let keeps = host.names.filter { $0.hasPrefix(english.actionsClashKeep) }
        #expect(keeps.count == 1 && keeps[0].contains(english.actionsStatusCannotDo))
        // Which status stands is not settled: nothing is said of one alone, and no other step is offered.
        #expect(!host.says(english.actionsToReview) && !host.isEnabled(english.actionsGoVerified))
        try host.tap(keeps[0])
        #expect(!host.isEnabled(english.actionsGoCannotDo))
        try host.set(english.actionsWhyCannotDo, to: "Still no part")
        try host.tap(english.actionsGoCannotDo)
        try await host.wait { [store] _ in store.held.deeds.withLock { !$0.isEmpty } }
        #expect(store.held.deeds.withLock { $0[0].seen } == ["s-status"])
    }

    /// A comment takes photos along, or is nothing but photos; they are shown with it.
    @Test func aCommentTakesPhotosAlong() async throws {
        let said = ActionLine(at: "Lucy Chen", .said(text: ""), photos: ["p1", "p2"])
        store.media.state.withLock { $0.here = ["p1": Data([1]), "p2": Data([2])] }
        let phone = Snapping()
        store.held.now.withLock { $0 = (detail(summary(), history: [said]), nil) }
        let host = ViewHost(
            ActionView(action: ActionModel(AppModel(device: store, phone: phone, language: "en"), id: "a1")))
        try await host.wait { $0.says(english.countPhotos(n: 2)) }
        #expect(host.says(english.itemPhotoNth(n: 2)) && !host.isEnabled(english.actionsCommentSend))
        try host.tap(english.itemPhotoTake)
        try await host.wait { $0.isEnabled(english.actionsCommentSend) }
        try host.tap(english.itemPhotoPick)
        // Two that were said before, and two that are being said.
        try await host.wait { host in host.texts.filter { $0 == english.itemPhotoNth(n: 2) }.count == 2 }
        #expect(store.media.state.withLock { $0.taken } == [Data("true".utf8), Data("false".utf8)])
        #expect(host.unnamed.isEmpty && host.small.isEmpty && host.gestureOnly.isEmpty)
        // What is not taken stays: nothing was said yet.
        store.held.now.withLock { $0.problem = .StorageFull }
        try host.tap(english.actionsCommentSend)
        try await host.wait { $0.says(english.errorStorageFull) }
        store.held.now.withLock { $0.problem = nil }
        try host.tap(english.actionsCommentSend)
        try await host.wait { [store] _ in store.held.deeds.withLock { !$0.isEmpty } }
        let deed = store.held.deeds.withLock { $0[0] }
        #expect(deed.step == .comment(text: "", photos: ["medium-1", "medium-2"]) && deed.seen == nil)
        try await host.wait { !$0.isEnabled(english.actionsCommentSend) }
    }

    /// Today says how many are late or set differently, shows the first of them, and leads to all.
    @Test func todaySaysWhatIsLate() async throws {
        let one = summary(escalated: .supervisor)
        func today(_ actions: TodayActions) -> ViewHost {
            let app = app()
            let status = Detail<TodayDetail>()
            let now = TodayDetail(nowMs: 0, items: [], count: 0, overdue: 0, status: .none, actions: actions)
            store.today.withLock { $0 = now }
            return ViewHost(TodayHolder(app: app, today: status))
        }
        let host = today(TodayActions(mine: 3, late: 2, differ: 1, first: [one], toReview: 4))
        try await host.wait { $0.says(english.todayActionsLate(n: 2)) }
        #expect(host.says(english.todayActionsDiffer(n: 1)) && host.says(english.todayActionsReview(n: 4)))
        #expect(host.says(english.actionsOverdueSupervisor) && host.isEnabled(english.todayActionsMore))
        #expect(host.unnamed.isEmpty && host.small.isEmpty)
        let calm = today(TodayActions(mine: 0, late: 0, differ: 0, first: [], toReview: 0))
        try await calm.wait { $0.says(english.todayEmpty) }
        #expect(!calm.says(english.actionsTitle) && !calm.says(english.todayActionsLate(n: 0)))
    }

    @Test func whoMayNotChangeItReadsIt() async throws {
        let (host, app) = shows(detail(summary(), next: [next(.done, enabled: false)], mayChange: false))
        try await host.wait { $0.says(english.runNoRight) }
        #expect(!host.isEnabled(english.actionEdit) && !host.isEnabled(english.actionsGoDone) && host.fields.isEmpty)
        try host.tap(english.actionsFromShow)
        #expect(app.way == .run("r1", item: "door/1"))
        try host.tap(try #require(host.names.first { $0.hasPrefix("Mend it") }))
        #expect(app.way == .action("a0"))
    }

    @Test func onlyWhatIsWishedOtherwiseIsDone() {
        let now = detail(summary())
        #expect(now.wish.steps("Mend the door", from: now).isEmpty)
        var wish = now.wish
        (wish.priority, wish.owner, wish.dueMs) = (.low, nil, nil)
        #expect(
            wish.steps("Mend it", from: now) == [
                .title(text: "Mend it"), .priority(to: .low), .owner(person: nil), .due(atMs: nil),
            ])
    }

    /// What was typed stays where the core does not take it; the first that fails ends it.
    @Test func whatIsNotTakenStays() async throws {
        let (host, _) = shows(detail(summary()))
        try await host.wait { $0.fields.contains(english.actionsComment) }
        store.held.now.withLock { $0.problem = .Invalid(field: "text", rule: "length", detail: "a comment is short") }
        try host.set(english.actionsComment, to: "A long story")
        try host.tap(english.actionsCommentSend)
        try await host.wait { $0.says("a comment is short") }
        #expect(try host.value(of: english.actionsComment) == "A long story")
        try host.tap(english.actionEdit)
        try await host.wait { !$0.says("a comment is short") }
        // A title that is emptied stays so, and none is no title.
        try host.set(english.actionsName, to: "")
        #expect(try host.value(of: english.actionsName) == "")
        #expect(!host.isEnabled(english.actionSave))
        try host.set(english.actionsName, to: "Mend the door")
        try host.tap(english.actionsPriorityLow)
        try host.tap(english.actionSave)
        try await host.wait { $0.says("a comment is short") && $0.isEnabled(english.actionSave) }
        #expect(store.held.deeds.withLock { $0.isEmpty })
        store.held.now.withLock { $0.problem = nil }
        try host.tap(english.actionSave)
        try await host.wait { [store] in
            !$0.fields.contains(english.actionsName) && store.held.deeds.withLock { !$0.isEmpty }
        }
        let deeds = store.held.deeds.withLock { $0 }
        #expect(deeds == [ActionDeed(action: "a1", step: .priority(to: .low), seen: ["s-priority"])])
    }

    @Test func aNewOneIsOpenedFromAnAnswer() async throws {
        store.held.now.withLock { $0 = (detail(summary()), nil) }
        let (app, from) = (app(), ActionOrigin(run: "r1", item: "door", demand: nil))
        let host = ViewHost(ActionForm(app: app, answer: (from, "Does it close?")))
        #expect(host.says("Does it close?") && !host.isEnabled(english.actionsSubmit))
        try host.set(english.actionsName, to: "Mend the door")
        try host.tap(english.actionsOwnerPick)
        try await host.wait { $0.names.contains { $0.contains("Ana Pereira") } }
        try host.tap(holding: "Ana Pereira")
        try host.tap(english.actionsDueDays(n: 1))
        try host.tap(english.actionsDueNone)
        try host.tap(english.actionsSubmit)
        try await host.wait { _ in app.way == .action("a1") }
        let draft = store.held.drafts.withLock { $0 }
        #expect(
            draft == [ActionDraft(title: "Mend the door", priority: .normal, owner: "ana", dueMs: nil, from: from)])
        #expect(host.unnamed.isEmpty && host.small.isEmpty)
    }

    /// The list waits, says why it cannot be shown, comes a page at a time, and asks anew for what is wished to be seen.
    @Test func theListSaysHowItStands() async throws {
        store.held.now.withLock { $0 = (nil, .Offline(why: .timeout, detail: "")) }
        let app = app()
        let host = ViewHost(
            Holder("") { action in ActionsView(app: app, action: action, work: .constant("actions")) })
        #expect(host.says(english.stateLoading))
        try await host.wait { $0.says(english.errorOffline) }
        store.held.now.withLock { $0 = (detail(summary()), nil) }
        try host.tap(english.actionRetry)
        try await host.wait { $0.names.contains { $0.hasPrefix("Mend the door") } }
        try host.tap(english.actionMore)
        try await host.wait { $0.names.filter { $0.hasPrefix("Mend the door") }.count == 2 }
        #expect(!host.isEnabled(english.actionMore))
        try host.tap(english.actionsFilterMine)
        try await host.wait { [store] _ in store.held.asked.withLock { $0.last?.which == .mine } }
        #expect(store.held.asked.withLock { $0.first?.which } == .standing)
        #expect(host.unnamed.isEmpty && host.small.isEmpty && host.gestureOnly.isEmpty)
        host.close()
    }
}
