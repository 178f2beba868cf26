@_spi(Harness) import AVFAudio
import Foundation
@testable import Platform
import Presentation
import Testing
@_spi(Harness) import UIKit

/// The shell's own logic over the stand-in of Apple's microphone: who ends a recording, and that its file is whole then.
@MainActor @Suite(.serialized) struct MicrophoneTests {
    private let center = NotificationCenter()
    private let phone: Microphone
    private let told = Told()
    private let recording = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).m4a")
    private final class Told {
        var ends: [Ended] = []
        var files: [Data?] = []
        var plays = 0
    }
    init() {
        phone = Microphone(hearing: center)
        microphone.withLock { $0 = (true, false, Data("m4a".utf8), false) }
    }
    private func records(_ file: URL? = nil) -> Bool {
        let file = file ?? recording
        return phone.record(into: file, atMost: 600) { [told] why in
            told.ends.append(why)
            told.files.append(try? Data(contentsOf: file))
        }
    }
    private func waits(_ seconds: Double = 2, until wanted: () -> Bool) async throws {
        let end = Date.now.addingTimeInterval(seconds)
        while !wanted(), Date.now < end { try await Task.sleep(for: .milliseconds(2)) }
        #expect(wanted())
    }

    @Test func whatIsStoppedIsAWholeFileOfAVoice() async throws {
        #expect(await phone.mayRecord() && records())
        let last = try #require(AVAudioRecorder.last.withLock { $0 })
        #expect(last.url == recording && last.seconds == 600)
        #expect(last.settings[AVFormatIDKey] == Int(kAudioFormatMPEG4AAC) && last.settings[AVNumberOfChannelsKey] == 1)
        // A phone that nobody touches would lock meanwhile.
        #expect(UIApplication.shared.isIdleTimerDisabled && microphone.withLock { $0.isActive })
        phone.stop()
        #expect(told.ends == [.stopped] && told.files == [Data("m4a".utf8)])
        #expect(!UIApplication.shared.isIdleTimerDisabled && !microphone.withLock { $0.isActive })
        phone.stop()
        // That it finished is said later, and is no second end.
        try await Task.sleep(for: .milliseconds(30))
        #expect(told.ends == [.stopped])
    }

    @Test func whoSaysNoAndWhatDoesNotWorkBeginNothing() async {
        microphone.withLock { $0.isAllowed = false }
        #expect(await !phone.mayRecord())
        microphone.withLock { $0 = (true, true, Data(), false) }
        #expect(!records() && told.ends.isEmpty && !UIApplication.shared.isIdleTimerDisabled)
        phone.stop()
        #expect(told.ends.isEmpty)
    }

    /// A call, or that somebody goes to another app: it ends where it is. That a call is over ends nothing.
    @Test(arguments: [true, false]) func whatTakesTheMicrophoneAwayEndsIt(call: Bool) async throws {
        #expect(records())
        func interrupts(_ type: AVAudioSession.InterruptionType) {
            center.post(
                name: AVAudioSession.interruptionNotification, object: nil,
                userInfo: [AVAudioSessionInterruptionTypeKey: type.rawValue])
        }
        if call {
            interrupts(.ended)
            try await Task.sleep(for: .milliseconds(30))
            #expect(told.ends.isEmpty)
            interrupts(.began)
        } else {
            center.post(name: UIApplication.didEnterBackgroundNotification, object: nil)
        }
        try await waits { told.ends == [.cut] }
        #expect(told.files == [Data("m4a".utf8)])
    }

    @Test func oneThatIsFullOrFailsEndsByItself() async throws {
        for (ends, why) in [(true, Ended.full), (false, .cut)] {
            #expect(records())
            let recorder = try #require(AVAudioRecorder.running)
            recorder.ends(whole: ends)
            try await waits { told.ends.last == why }
        }
        #expect(told.ends == [.full, .cut])
    }

    /// One thing at a time: what begins ends what there was.
    @Test func whatBeginsEndsWhatThereWas() async throws {
        #expect(records())
        let second = recording.appendingPathExtension("2")
        #expect(records(second) && told.ends == [.cut])
        // The first one says late that it finished: the second goes on.
        try await Task.sleep(for: .milliseconds(30))
        #expect(told.ends == [.cut])
        #expect(phone.play(Data([1])) { [told] in told.plays += 1 })
        #expect(told.ends == [.cut, .cut] && told.plays == 0)
        #expect(phone.play(Data([2])) { [told] in told.plays += 1 } && told.plays == 1)
        try #require(AVAudioPlayer.running).ends()
        try await waits { told.plays == 2 }
        #expect(!phone.play(Data()) {})
    }

    /// The system asks in the person's language: what it says of each thing that it asks for, in both.
    @Test func whatTheSystemAsksForIsSaidInBothLanguages() throws {
        let ios = URL(filePath: #filePath).appending(path: "../../..").standardized
        let spec = try String(contentsOf: ios.appending(path: "project.yml"), encoding: .utf8)
        let asked = spec.matches(of: /NS\w+UsageDescription/).map { String($0.output) }
        #expect(asked.contains("NSMicrophoneUsageDescription"))
        for language in ["en", "ar"] {
            let said = try String(
                contentsOf: ios.appending(path: "App/\(language).lproj/InfoPlist.strings"), encoding: .utf8)
            let keys = said.matches(of: /"(NS\w+)" = "[^"]+";/).map { String($0.output.1) }
            #expect(Set(keys) == Set(asked) && keys.count == asked.count, "\(language)")
        }
    }
}
