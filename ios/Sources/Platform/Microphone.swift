#if canImport(AVFAudio)
import AVFAudio
import Foundation
import Presentation
import UIKit

/// The phone's microphone and loudspeaker. Whatever takes them away (a call, another app, this one left) ends a
/// recording where it is: its file is whole then, for a phone that locks shuts it.
@MainActor final class Microphone: NSObject, Sounds {
    private var recorder: AVAudioRecorder?
    private var player: AVAudioPlayer?
    private var ended: (@MainActor (Ended) -> Void)?

    init(hearing center: NotificationCenter = .default) {
        super.init()
        for name in [AVAudioSession.interruptionNotification, UIApplication.didEnterBackgroundNotification] {
            _ = center.addObserver(forName: name, object: nil, queue: nil) { [weak self] note in
                let kind = note.userInfo?[AVAudioSessionInterruptionTypeKey] as? UInt
                guard kind != AVAudioSession.InterruptionType.ended.rawValue else { return }
                Task { @MainActor in self?.end(.cut) }
            }
        }
    }

    func mayRecord() async -> Bool { await AVAudioApplication.requestRecordPermission() }

    func record(into file: URL, atMost seconds: Double, ended: @escaping @MainActor (Ended) -> Void) -> Bool {
        end(.cut)
        // A voice: one channel of it, as large in ten minutes as a few photos.
        let settings: [String: Any] = [
            AVFormatIDKey: kAudioFormatMPEG4AAC, AVSampleRateKey: 44_100, AVNumberOfChannelsKey: 1,
            AVEncoderBitRateKey: 64_000,
        ]
        guard takes(.playAndRecord, .defaultToSpeaker),
            let recorder = try? AVAudioRecorder(url: file, settings: settings), recorder.record(forDuration: seconds)
        else { return false }
        recorder.delegate = self
        (self.recorder, self.ended) = (recorder, ended)
        // A phone that nobody touches locks, and a locked one records no longer.
        UIApplication.shared.isIdleTimerDisabled = true
        return true
    }

    func play(_ bytes: Data, ended: @escaping @MainActor () -> Void) -> Bool {
        end(.cut)
        guard takes(.playback), let player = try? AVAudioPlayer(data: bytes), player.play() else { return false }
        player.delegate = self
        (self.player, self.ended) = (player, { _ in ended() })
        return true
    }
    private func takes(_ what: AVAudioSession.Category, _ options: AVAudioSession.CategoryOptions = []) -> Bool {
        let session = AVAudioSession.sharedInstance()
        return (try? session.setCategory(what, mode: .default, options: options)) != nil
            && (try? session.setActive(true)) != nil
    }

    func stop() { end(.stopped) }

    private func end(_ why: Ended) {
        recorder?.stop()
        player?.stop()
        // The file is whole by now; that it finished may be said later, and then of one that is gone.
        over(why)
    }
    /// Told once, whoever ended it.
    private func over(_ why: Ended) {
        guard let told = ended else { return }
        (recorder, player, ended) = (nil, nil, nil)
        UIApplication.shared.isIdleTimerDisabled = false
        try? AVAudioSession.sharedInstance().setActive(false, options: .notifyOthersOnDeactivation)
        told(why)
    }
    /// One of them says that it is done: it counts where it is the one that runs.
    private func finished(_ one: AnyObject, _ why: Ended) { if one === recorder || one === player { over(why) } }
}

// Told on whatever thread: each is held until the main one has looked which it is.
extension Microphone: AVAudioRecorderDelegate, AVAudioPlayerDelegate {
    nonisolated func audioRecorderDidFinishRecording(_ recorder: AVAudioRecorder, successfully flag: Bool) {
        // Of itself it finishes once it is as long as it may be.
        tell(recorder, flag ? .full : .cut)
    }
    nonisolated func audioRecorderEncodeErrorDidOccur(_ recorder: AVAudioRecorder, error: (any Error)?) {
        tell(recorder, .cut)
    }
    nonisolated func audioPlayerDidFinishPlaying(_ player: AVAudioPlayer, successfully flag: Bool) {
        tell(player, .stopped)
    }
    private nonisolated func tell(_ one: AnyObject, _ why: Ended) {
        nonisolated(unsafe) let one = one
        Task { @MainActor in finished(one, why) }
    }
}
#endif
