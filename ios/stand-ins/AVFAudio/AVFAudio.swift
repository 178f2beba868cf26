// A stand-in for what the shell uses of Apple's AVFAudio: its declarations, and a microphone that a test holds.
@_exported import Foundation
import Synchronization

/// What a test says of the microphone: whether it may be used, whether it works, and what it writes.
@_spi(Harness) public let microphone = Mutex(
    (isAllowed: true, isBroken: false, writes: Data("sound".utf8), isActive: false))

public typealias AudioFormatID = UInt32
public let kAudioFormatMPEG4AAC: AudioFormatID = 0x6161_6320
public let AVFormatIDKey = "AVFormatIDKey"
public let AVSampleRateKey = "AVSampleRateKey"
public let AVNumberOfChannelsKey = "AVNumberOfChannelsKey"
public let AVEncoderBitRateKey = "AVEncoderBitRateKey"
public let AVAudioSessionInterruptionTypeKey = "AVAudioSessionInterruptionTypeKey"

open class AVAudioApplication: NSObject {
    open class func requestRecordPermission() async -> Bool { microphone.withLock { $0.isAllowed } }
}

open class AVAudioSession: NSObject, @unchecked Sendable {
    public struct Category: RawRepresentable, Hashable, Sendable {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }
        public static let playback = Self(rawValue: "playback"), playAndRecord = Self(rawValue: "playAndRecord")
    }
    public struct Mode: RawRepresentable, Hashable, Sendable {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }
        public static let `default` = Self(rawValue: "default"), spokenAudio = Self(rawValue: "spokenAudio")
    }
    public struct CategoryOptions: OptionSet, Sendable {
        public let rawValue: UInt
        public init(rawValue: UInt) { self.rawValue = rawValue }
        public static let defaultToSpeaker = Self(rawValue: 8)
    }
    public struct SetActiveOptions: OptionSet, Sendable {
        public let rawValue: UInt
        public init(rawValue: UInt) { self.rawValue = rawValue }
        public static let notifyOthersOnDeactivation = Self(rawValue: 1)
    }
    public enum InterruptionType: UInt, Sendable { case ended, began }
    public static let interruptionNotification = NSNotification.Name("AVAudioSessionInterruptionNotification")
    private static let one = AVAudioSession()
    open class func sharedInstance() -> AVAudioSession { one }
    open func setCategory(_ category: Category, mode: Mode, options: CategoryOptions = []) throws {}
    open func setActive(_ active: Bool, options: SetActiveOptions = []) throws {
        if active, microphone.withLock({ $0.isBroken }) { throw CocoaError(.featureUnsupported) }
        microphone.withLock { $0.isActive = active }
    }
}

public protocol AVAudioRecorderDelegate: NSObjectProtocol {
    func audioRecorderDidFinishRecording(_ recorder: AVAudioRecorder, successfully flag: Bool)
    func audioRecorderEncodeErrorDidOccur(_ recorder: AVAudioRecorder, error: (any Error)?)
}
/// It writes what the test says when it is stopped, as the real one has a file that plays only then.
open class AVAudioRecorder: NSObject {
    @_spi(Harness) public static let last = Mutex<(url: URL, seconds: Double, settings: [String: Int])?>(nil)
    @_spi(Harness) public private(set) nonisolated(unsafe) static weak var running: AVAudioRecorder?
    public private(set) var url: URL
    private let settings: [String: Int]
    open weak var delegate: (any AVAudioRecorderDelegate)?
    open private(set) var isRecording = false
    public init(url: URL, settings: [String: Any]) throws {
        (self.url, self.settings) = (
            url, settings.compactMapValues { ($0 as? AudioFormatID).map(Int.init) ?? $0 as? Int }
        )
    }
    open func record(forDuration duration: TimeInterval) -> Bool {
        Self.last.withLock { $0 = (url, duration, settings) }
        (isRecording, Self.running) = (true, self)
        return true
    }
    open func stop() { if isRecording { ends(whole: true) } }
    /// It ends by itself: it is as long as it may be, or it cannot go on.
    @_spi(Harness) public func ends(whole: Bool) {
        isRecording = false
        try? microphone.withLock { $0.writes }.write(to: url)
        delegate?.audioRecorderDidFinishRecording(self, successfully: whole)
    }
}

public protocol AVAudioPlayerDelegate: NSObjectProtocol {
    func audioPlayerDidFinishPlaying(_ player: AVAudioPlayer, successfully flag: Bool)
}
open class AVAudioPlayer: NSObject {
    @_spi(Harness) public private(set) nonisolated(unsafe) static weak var running: AVAudioPlayer?
    private let data: Data
    open weak var delegate: (any AVAudioPlayerDelegate)?
    open private(set) var isPlaying = false
    /// What is no file of sound is not taken.
    public init(data: Data) throws {
        guard !data.isEmpty else { throw CocoaError(.fileReadCorruptFile) }
        self.data = data
    }
    open func play() -> Bool {
        (isPlaying, Self.running) = (true, self)
        return true
    }
    open func stop() { isPlaying = false }
    /// It came to its end.
    @_spi(Harness) public func ends() { delegate?.audioPlayerDidFinishPlaying(self, successfully: true) }
}
