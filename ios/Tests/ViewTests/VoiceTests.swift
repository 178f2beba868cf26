import Foundation
@_spi(Harness) import SwiftUI
import Synchronization
import TestSupport
import Testing

@testable import Presentation
@testable import Views

/// What is recorded into the phone: while it runs, when it ends by itself, and what becomes of it.
@MainActor @Suite struct VoiceTests {
    private let store = HeldStore()
    private let app: AppModel
    private let sounds = HeldSounds()
    private let given = Given()
    private final class Given {
        var all: [String] = []
        var isTaken = true
    }

    init() throws {
        app = AppModel(device: store, phone: NoStore(sounds: sounds), language: "en")
        sounds.writes = try file("voice.m4a")
    }
    private func field(_ about: String = "r1/door/beside") -> ViewHost {
        ViewHost(
            ScrollView {
                VoiceField(app: app, name: english.voiceNote, voice: app.voice(about), about: "The door") { [given] in
                    given.all.append($0)
                    return given.isTaken
                }
            })
    }
    private let start = english.voiceNote + ": The door"
    private let stop = english.voiceStop + ": The door"
    private let keep = english.voiceKeep + ": The door"
    private let drop = english.voiceDrop + ": The door"
    private let hear = english.voicePlay + ": The door"
    private func taken() -> [Data] { store.media.state.withLock { $0.taken } }
    private func records(_ host: ViewHost) async throws {
        try host.tap(start)
        try await host.wait { $0.isEnabled(stop) }
    }
    private func isSound(_ host: ViewHost, _ at: SourceLocation = #_sourceLocation) {
        #expect(host.unnamed.isEmpty && host.small.isEmpty && host.gestureOnly.isEmpty, sourceLocation: at)
    }

    @Test func itIsRecordedHeardAndKept() async throws {
        let host = field()
        isSound(host)
        try await records(host)
        #expect(host.says(english.voiceRunning) && sounds.most == 600)
        host.now = .now.addingTimeInterval(75)
        #expect(host.says("1:15"))
        isSound(host)
        try host.tap(stop)
        try await host.wait { $0.isEnabled(keep) }
        isSound(host)
        try host.tap(hear)
        #expect(sounds.played == [try file("voice.m4a")] && host.isEnabled(stop))
        sounds.end(.stopped)
        #expect(host.isEnabled(hear))
        // It was heard from the very file, which is there until it is kept.
        let recorded = try #require(sounds.file)
        #expect(FileManager.default.fileExists(atPath: recorded.path()))
        try host.tap(keep)
        try await host.wait { $0.isEnabled(start) }
        #expect(taken() == [try file("voice.m4a")] && given.all == ["medium-1"])
        #expect(!FileManager.default.fileExists(atPath: recorded.path()))
    }

    /// What is dropped was asked about, and nobody has it.
    @Test func itIsDroppedOnceThatWasAsked() async throws {
        let host = field()
        try await records(host)
        try host.tap(stop)
        try host.tap(drop)
        #expect(host.shows(english.voiceDropDetail))
        try host.tap(english.voiceDrop)
        #expect(host.isEnabled(start) && taken().isEmpty && given.all.isEmpty)
        let recorded = try #require(sounds.file)
        #expect(!FileManager.default.fileExists(atPath: recorded.path()))
    }

    @Test(arguments: [(Ended.cut, english.voiceCut), (.full, english.voiceFull)])
    func whatEndsByItselfKeepsWhatWasSaid(why: Ended, says: String) async throws {
        let host = field()
        try await records(host)
        sounds.end(why)
        #expect(host.says(says))
        try host.tap(keep)
        try await host.wait { $0.isEnabled(start) }
        #expect(taken() == [try file("voice.m4a")] && !host.says(says))
    }

    @Test func whoMayNotRecordIsToldWhatToDo() async throws {
        let host = field()
        sounds.isAllowed = false
        try host.tap(start)
        try await host.wait { $0.says(english.voiceRefused) }
        #expect(host.isEnabled(start) && sounds.most == nil)
        (sounds.isAllowed, sounds.isBroken) = (true, true)
        try host.tap(start)
        try await host.wait { $0.says(english.voiceFailed) }
        #expect(!host.says(english.voiceRefused))
        (sounds.isBroken, sounds.writes) = (false, Data())
        try await records(host)
        try host.tap(stop)
        // A file with nothing in it is no recording.
        #expect(host.says(english.voiceFailed) && host.isEnabled(start))
    }

    /// What the core or the answer does not take is there still, and is tried again.
    @Test func whatIsNotTakenStays() async throws {
        let host = field()
        try await records(host)
        try host.tap(stop)
        store.media.state.withLock { $0.problem = .StorageFull }
        try host.tap(keep)
        try await host.wait { $0.says(english.errorStorageFull) }
        store.media.state.withLock { $0.problem = nil }
        given.isTaken = false
        try host.tap(english.actionRetry)
        try await host.wait { [given] _ in !given.all.isEmpty }
        try await host.wait { $0.isEnabled(keep) }
        given.isTaken = true
        try host.tap(keep)
        try await host.wait { $0.isEnabled(start) }
        #expect(given.all.count == 2)
    }

    /// Who looks at something else has what they said when they come back; nobody else meets it, and no two run at once.
    @Test func itIsThereAgainForItsPersonAlone() async throws {
        let host = field()
        try await records(host)
        host.close()
        let again = field()
        #expect(again.isEnabled(keep))
        let other = field("r1/window/beside")
        try await records(other)
        let third = field("r1/roof/beside")
        try await records(third)
        #expect(other.says(english.voiceCut) && other.isEnabled(keep))
        let recorded = try #require(sounds.file)
        third.close()
        app.dropVoices()
        #expect(!FileManager.default.fileExists(atPath: recorded.path()) && field().isEnabled(start))
    }

    // MARK: Recordings that were kept

    private func row(_ id: String) -> ViewHost {
        let said = Pictures.Shot(id: "e1", photo: id, by: "Lucy Chen", at: 0)
        return ViewHost(
            ScrollView {
                Recordings(
                    app: app, media: { try $0.media().ofRun(run: "r1") }, shots: [said], name: english.voiceNote,
                    place: "r1/door", about: "The door", isEnabled: false, remove: { _ in }
                ) { _ in true }
            })
    }

    @Test func aColleaguesIsFetchedWhenItIsAskedForAndHeard() async throws {
        store.media.state.withLock { $0.sounds = [HeldMedia.sound("s1")] }
        let host = row("s1")
        try await host.wait { $0.says(english.mediaAway) }
        #expect(host.says(english.length(63)) && host.says("Lucy Chen"))
        // Who may not answer hears it, and is offered nothing else.
        let get = english.mediaGetSize(size: english.size(5_956)) + ": " + english.voiceNth(n: 1) + ", The door"
        #expect(host.names == [get])
        try host.tap(get)
        try await host.wait { $0.says(english.errorOffline) }
        isSound(host)
        let voice = try file("voice.m4a")
        store.media.state.withLock { $0.away["s1"] = voice }
        try host.tap(get)
        let hear = english.voicePlay + ": " + english.voiceNth(n: 1) + ", The door"
        try await host.wait { $0.isEnabled(hear) }
        #expect(store.media.state.withLock { $0.fetched } == ["s1", "s1"] && !host.says(english.mediaAway))
        try host.tap(hear)
        try await host.wait { [sounds] _ in sounds.played == [voice] }
        // Another that begins ends it, and it says so.
        _ = sounds.play(voice) {}
        try await host.wait { $0.isEnabled(hear) }
        isSound(host)
    }

    @Test func whatCannotBePlayedSaysSo() async throws {
        store.media.state.withLock { ($0.sounds, $0.here) = ([HeldMedia.sound("s1")], ["s1": Data()]) }
        let host = row("s1")
        let hear = english.voicePlay + ": " + english.voiceNth(n: 1) + ", The door"
        try await host.wait { $0.says(english.length(63)) }
        try host.tap(hear)
        try await host.wait { $0.says(english.voiceUnplayed) }
        #expect(host.isEnabled(hear))
    }

    /// An item takes as many as it asks for, and offers no more.
    @Test func anItemOfRecordingsOffersAsManyAsItTakes() async throws {
        func host(_ chosen: [String]) -> (ViewHost, ControlKindTests.Sent) {
            let item = ItemDetail(
                id: "say", kind: "audio", control: .microphone, label: .said("The door"), help: nil, spoken: "",
                required: true, notApplicable: .no, unit: nil, min: nil, max: nil, target: nil, step: nil, gaps: 0,
                decimals: nil, choices: [], rows: [], visible: true, kept: false, enabled: true, whyNot: nil,
                answer: chosen.isEmpty ? nil : .files(ids: chosen), says: nil, offered: nil, offeredSays: nil,
                clash: false, outOfBand: false, first: nil, problem: nil, answers: [], photos: nil, evidence: [],
                files: FileRule(min: 1, max: 2))
            let sent = ControlKindTests.Sent(app, about: "answer/r1/\(chosen)/")
            return (ViewHost(ScrollView { ControlView(stands: Asked(item), answers: sent) }), sent)
        }
        let (one, sent) = host(["s1"])
        let record = english.voiceRecord + ": The door"
        try one.tap(record)
        try await one.wait { $0.isEnabled(stop) }
        try one.tap(stop)
        try one.tap(keep)
        try await one.wait { _ in sent.given != nil }
        #expect(sent.given == .many(list: ["s1", "medium-1"]))
        #expect(!host(["s1", "s2"]).0.isEnabled(record))
        let (two, less) = host(["s1", "s2"])
        try two.tap(english.voiceRemove + ": " + english.voiceNth(n: 1) + ", The door")
        try two.tap(english.voiceRemove)
        try await two.wait { _ in less.given == .many(list: ["s2"]) }
        isSound(two)
    }
}
