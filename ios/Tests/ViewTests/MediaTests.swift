import Foundation
@_spi(Harness) import SwiftUI
import Synchronization
import TestSupport
import Testing

@testable import Presentation
@testable import Views

/// What is to be looked at: pictures, videos and signatures, here or not.
@MainActor @Suite struct MediaTests {
    private let store = HeldStore()
    private let app: AppModel
    init() { app = AppModel(device: store, phone: NoStore(), language: "en") }

    private func words(_ text: String) -> Words { Words(text: text, lang: "en", dir: .ltr) }
    private func isSound(_ host: ViewHost, _ at: SourceLocation = #_sourceLocation) {
        #expect(host.unnamed.isEmpty && host.small.isEmpty && host.gestureOnly.isEmpty, sourceLocation: at)
    }

    /// A screen reader hears its words; it is seen large when it is touched, and larger by a button.
    @Test func aPictureIsSaidAndEnlarged() async throws {
        let door = try file("door.jpg")
        store.media.state.withLock { $0.here["p1"] = door }
        let picture = Reference.picture(picture: "p1", alt: words("A shut door"), width: 64, height: 48, here: true)
        let host = ViewHost(ScrollView { ReferenceView(app: app, reference: picture) })
        try await host.wait { $0.isEnabled("A shut door") }
        #expect(host.says(english.runReference) && !host.says(english.mediaAway))
        isSound(host)
        try host.tap("A shut door")
        #expect(host.shows("A shut door") && !host.isEnabled(english.mediaSmaller))
        for _ in 0..<6 { try host.tap(english.mediaLarger) }
        #expect(!host.isEnabled(english.mediaLarger) && host.isEnabled(english.mediaSmaller))
        isSound(host)
        try host.tap(english.actionClose)
        #expect(store.media.state.withLock { $0.fetched.isEmpty })
    }

    @Test func aPictureThatIsNotHereSaysSoAndIsFetched() async throws {
        let host = ViewHost(ScrollView { ContentPicture(app: app, picture: "p1", alt: "A shut door") })
        try await host.wait { $0.says(english.mediaAway) }
        let get = english.mediaGet + ": A shut door"
        #expect(host.says("A shut door") && host.isEnabled(get))
        try host.tap(get)
        try await host.wait { $0.says(english.errorOffline) }
        isSound(host)
        let door = try file("door.jpg")
        store.media.state.withLock { $0.away["p1"] = door }
        try host.tap(get)
        try await host.wait { $0.isEnabled("A shut door") }
        #expect(!host.says(english.mediaAway) && !host.says(english.errorOffline))
    }

    @Test func whatIsNoPictureSaysSo() async throws {
        store.media.state.withLock { $0.here["p1"] = Data() }
        let host = ViewHost(ScrollView { ContentPicture(app: app, picture: "p1", alt: "A shut door") })
        try await host.wait { $0.says(english.mediaBroken) }
        #expect(host.says("A shut door") && host.names.isEmpty)
    }

    /// It plays from a file that is there as long as the screen is.
    @Test func aVideoIsFetchedAndPlaysFromAFileThatGoes() async throws {
        let film = try file("door.mp4")
        store.media.state.withLock { ($0.away["v1"], $0.isSlow) = (film, true) }
        let video = Reference.video(video: "v1", alt: words("How it shuts"), bytes: 2_895, lengthMs: 2_000, here: false)
        let host = ViewHost(ScrollView { ReferenceView(app: app, reference: video) })
        #expect(host.says("How it shuts") && host.says(english.length(2)) && host.says(english.mediaAway))
        isSound(host)
        let play = english.mediaVideoPlay + ": How it shuts"
        try host.tap(play)
        let get = english.mediaGetSize(size: english.size(2_895)) + ": How it shuts"
        try await host.wait { $0.isEnabled(get) }
        isSound(host)
        try host.tap(get)
        // Whoever does not want to wait stops it, and is told nothing that they know.
        let cancel = english.actionCancel + ": How it shuts"
        try await host.wait { $0.isEnabled(cancel) }
        try host.tap(cancel)
        try await host.wait { $0.isEnabled(get) }
        #expect(!host.says(english.errorOffline))
        store.media.state.withLock { $0.isSlow = false }
        try host.tap(get)
        try await host.wait { $0.texts.contains { $0.hasSuffix(".mp4") } }
        let name = try #require(host.texts.first { $0.hasSuffix(".mp4") })
        let passing = Passing.folder.appending(path: name)
        #expect(try Data(contentsOf: passing) == film)
        isSound(host)
        try host.tap(english.actionClose)
        #expect(!FileManager.default.fileExists(atPath: passing.path()))
    }

    @Test func aCardOfALessonShowsAVideo() async throws {
        let film = try file("door.mp4")
        let lesson = LessonDetail(
            id: "l1", title: words("Doors"),
            cards: [.video(video: "v1", alt: words("How it shuts"), lengthMs: 2_000)], card: 1, furthest: 1)
        let host = ViewHost(LessonView(app: app, module: "m", lesson: lesson) {})
        try host.tap(english.mediaVideoPlay + ": How it shuts")
        try await host.wait { $0.says(english.mediaAway) }
        store.media.state.withLock { $0.away["v1"] = film }
        try host.tap(english.mediaGet + ": How it shuts")
        try await host.wait { $0.texts.contains { $0.hasSuffix(".mp4") } }
    }

    // MARK: Signatures

    private let drawing = Drawing(
        width: 200, height: 100,
        strokes: [
            Stroke(points: [StrokePoint(x: 0, y: 0, atMs: 0), StrokePoint(x: 200, y: 100, atMs: 40)]),
            Stroke(points: [StrokePoint(x: 100, y: 50, atMs: 90)]),
        ])

    @Test func aSignatureIsDrawnAtAnySize() {
        #expect(
            drawing.path(in: CGSize(width: 400, height: 200))
                == Path { path in
                    path.addLines([CGPoint(x: 0, y: 0), CGPoint(x: 0, y: 0), CGPoint(x: 400, y: 200)])
                    path.addLines([CGPoint(x: 200, y: 100), CGPoint(x: 200, y: 100)])
                })
    }

    /// Drawn, it goes to the core as its strokes with their times; it is shown again as what it was.
    @Test func aSignatureIsGivenAsItsStrokes() async throws {
        let item = QuestionDetail(
            item: "it", kind: "", control: .signature, label: words("Sign"), help: nil, unit: nil, min: nil, max: nil,
            decimals: nil, gaps: 0, choices: [], rows: [], answer: nil, says: nil, of: 1, critical: false,
            graded: nil, points: nil, right: nil, rightSays: nil, why: nil)
        let sent = ControlKindTests.Sent(app, about: "question/x/")
        let host = ViewHost(ScrollView { ControlView(stands: Asked(item), answers: sent) })
        try host.drag(english.itemSignHere, through: [CGPoint(x: 0, y: 0), CGPoint(x: 50, y: 400)])
        try await Task.sleep(for: .milliseconds(30))
        try host.drag(english.itemSignHere, through: [CGPoint(x: 1_000, y: 0), CGPoint(x: 1_000, y: 0)])
        try host.tap(english.actionSave + ": Sign")
        try await host.wait { _ in sent.given == .text(text: "medium-1") }
        let drawn = try #require(store.media.state.withLock { $0.drawings["medium-1"] })
        #expect(drawn.width == 2_200 && drawn.height == 1_000 && drawn.strokes.count == 2)
        let points = drawn.strokes.flatMap(\.points)
        #expect(points.allSatisfy { $0.x <= drawn.width && $0.y <= drawn.height })
        #expect(points[0].atMs == 0 && points.map(\.atMs) == points.map(\.atMs).sorted())
        #expect(drawn.strokes[1].points[0].atMs >= 25)
        // A name that is typed is a picture still.
        try host.tap(english.itemSignType)
        try host.set(english.itemSignType, to: "Ana")
        try host.tap(english.actionSave + ": Sign")
        try await host.wait { _ in sent.given == .text(text: "medium-2") }
        #expect(store.media.state.withLock { $0.drawings["medium-2"] } == nil)
    }

    @Test func whatWasSignedIsShownAsStrokesOrAsTheOldPicture() async throws {
        func shown(_ id: String) -> ViewHost {
            ViewHost(ScrollView { SignatureView(app: app, media: nil, signature: id, name: "Ana signed") })
        }
        store.media.state.withLock { ($0.drawings["d1"], $0.here["old"]) = (drawing, Data([1])) }
        let drawn = shown("d1")
        try await drawn.wait { $0.shows("Ana signed") }
        #expect(!drawn.tree.contains("Image") && store.media.state.withLock { $0.fetched.isEmpty })
        let old = shown("old")
        try await old.wait { $0.tree.contains("Image") }
        #expect(old.shows("Ana signed"))
        // Of a colleague's that cannot be fetched the small one is shown, where it is here; else why not.
        var small = HeldMedia.sound("theirs")
        small = small.drawn(small: "tiny")
        store.media.state.withLock { ($0.sounds, $0.here["tiny"]) = ([small], Data([2])) }
        let theirs = ViewHost(
            ScrollView {
                SignatureView(
                    app: app, media: { try $0.media().ofRun(run: "r1") }, signature: "theirs", name: "Lucy signed")
            })
        try await theirs.wait { $0.tree.contains("Image") }
        let away = shown("away")
        try await away.wait { $0.says(english.errorOffline) }
    }
}

extension PictureDetail {
    /// The same of a drawing, with the small picture of it.
    fileprivate func drawn(small: String) -> PictureDetail {
        PictureDetail(
            id: id, item: item, instance: instance, by: by, atMs: atMs, media: "application/vnd.frontline.drawing",
            bytes: bytes, width: width, height: height, live: live, thumbnailHere: true, here: here,
            atServer: atServer, thumbnail: small)
    }
}

/// A run that was withdrawn, and what there is of actions today.
@MainActor @Suite struct WithdrawnTests {
    private let store = HeldStore()
    private let app: AppModel
    init() { app = AppModel(device: store, phone: NoStore(), language: "en") }

    private func run(_ status: RunStatus, _ withdrawn: Withdrawn?) -> RunDetail {
        func words(_ text: String) -> Words { Words(text: text, lang: "en", dir: .ltr) }
        let off = RunButton(enabled: false, whyNot: nil)
        return RunDetail(
            id: "r1", procedure: "cold-room", title: words("Cold room"),
            site: Named(id: "harbour", label: words("Harbour House")), status: status, said: nil, signatures: [],
            sections: [], demands: [], asked: 3, answered: 1, troubles: 0, given: 1, next: nil, ended: nil, score: nil,
            missing: [], wrong: [], clashes: [], seen: "", canAnswer: false, handIn: off, signOff: off, giveBack: off,
            state: nil, asset: Named(id: "room", label: words("The room")), withdrawn: withdrawn)
    }
    private let gone = Withdrawn(by: "Omar Said", atMs: 0, reason: "The limits changed", instead: "cold-room-2")

    @Test func itIsReadWithWhoAndWhyAndBegunAnew() async throws {
        store.runs.now.withLock { $0 = run(.withdrawn, gone) }
        let host = ViewHost(RunView(run: RunModel(app, id: "r1")))
        try await host.wait { $0.says(english.runWithdrawnDetail) }
        #expect(host.says(english.runWithdrawnBy(name: "Omar Said", time: english.time(0))))
        #expect(host.says("The limits changed") && host.says(english.runWithdrawn) && host.says(english.runReadOnly))
        #expect(!host.isEnabled(english.runHandIn) && host.unnamed.isEmpty && host.small.isEmpty)
        try host.tap(english.runBeginAnew)
        try await host.wait { [app] _ in app.way == .run("new", item: nil) }
        #expect(store.runs.started.withLock { $0 } == ["cold-room-2 room"])
    }

    /// One that was handed in by somebody who had not heard of it stands, and says so.
    @Test func oneThatStandsSaysWhatCameBefore() async throws {
        store.runs.now.withLock { $0 = run(.handedIn, Withdrawn(by: "Omar Said", atMs: 0, reason: nil, instead: nil)) }
        let host = ViewHost(RunView(run: RunModel(app, id: "r1")))
        try await host.wait { $0.says(english.runAfterWithdrawal) }
        #expect(!host.says(english.runWithdrawnDetail) && !host.isEnabled(english.runBeginAnew))
    }

    @Test func otherRunsSayNothingOfIt() async throws {
        store.runs.now.withLock { $0 = run(.open, nil) }
        let host = ViewHost(RunView(run: RunModel(app, id: "r1")))
        try await host.wait { $0.says("Harbour House") }
        #expect(!host.says(english.runWithdrawn))
    }
}
