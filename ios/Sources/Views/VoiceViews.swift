import Presentation
import SwiftUI

/// Something said: recorded while the time runs, stopped, listened to, then kept or dropped.
struct VoiceField: Screen {
    let app: AppModel
    let name: String
    let voice: Voice
    /// What it is said about, for whoever hears several of them.
    let about: String
    let give: @MainActor (String) async -> Bool

    var body: some View {
        VStack(alignment: .leading, spacing: Space.s) {
            if let trouble = voice.trouble { Notice(says: words.say(trouble), tone: .attention) }
            switch voice.phase {
            case .idle:
                AppButton(name: name, icon: .microphone, weight: .secondary, about: about) {
                    Task { await voice.record() }
                }
            case .recording(let since):
                TimerFace(seconds: 0, since: since, state: words.voiceRunning)
                AppButton(name: words.voiceStop, icon: .stop, about: about) { voice.stop() }
            case .taken(let seconds):
                Text(words.length(seconds)).type(TypeScale.heading)
                Flow {
                    AppButton(
                        name: words.hear(voice.isHeard), icon: voice.isHeard ? .stop : .play, weight: .secondary,
                        about: about, action: voice.listen)
                    AppButton(name: words.voiceKeep, icon: .check, about: about) { Task { await voice.keep(give) } }
                        .disabled(voice.isBusy)
                    DestructiveButton(name: words.voiceDrop, detail: words.voiceDropDetail, about: about) {
                        voice.drop()
                    }
                }
                ErrorBanner(problem: voice.problem) { Task { await voice.keep(give) } }
            }
        }
        .onDisappear { voice.stop() }
    }
}

/// A recording of a run: how long it is, whose, and the way to hear it; one that is not here is fetched when asked for.
private struct SoundRow: Screen {
    let app: AppModel
    let media: Holding?
    let shot: Pictures.Shot
    let name: String
    /// Which it is of all on the screen, for whoever hears several of them.
    let about: String
    @State private var detail: PictureDetail?
    @State private var isHeard = false
    @State private var isBroken = false

    var body: some View {
        ListRow(
            name: name,
            detail: line(
                detail?.lengthMs.map { words.length(Int($0 / 1000)) }, shot.by.map { words.by($0, shot.at ?? 0) }),
            icon: .microphone, statuses: [isBroken ? Status(words.voiceUnplayed, .wrong) : nil])
        Group {
            if let detail, !detail.here {
                GetIt(app: app, id: shot.photo, size: detail.bytes, about: about) { await look() }
            } else {
                AppButton(
                    name: words.hear(isHeard), icon: isHeard ? .stop : .play, weight: .secondary, about: about
                ) { Task { await hear() } }
            }
        }
        .task(id: app.turn(.procedures, .sync)) { await look() }
        .onDisappear { if isHeard { app.phone.sounds.stop() } }
    }
    private func look() async { detail = await app.medium(shot.photo, of: media) ?? detail }
    private func hear() async {
        guard !isHeard else { return app.phone.sounds.stop() }
        let bytes = await app.bytes(shot.photo).value
        isHeard = app.phone.sounds.play(bytes ?? Data()) { isHeard = false }
        isBroken = !isHeard
    }
}

/// Recordings, each of which may be taken away again, and the way to one more: as an answer, or beside one.
struct Recordings: Screen {
    let app: AppModel
    let media: Holding?
    let shots: [Pictures.Shot]
    /// Of the way to one more: its name, what it is recorded for, and what that is called.
    let name: String, place: String, about: String
    let isEnabled: Bool
    var takesMore = true
    let remove: @MainActor (String) -> Void
    let give: @MainActor (String) async -> Bool

    var body: some View {
        VStack(alignment: .leading, spacing: Space.s) {
            ForEach(Array(shots.enumerated()), id: \.element.id) { place, shot in
                let name = words.voiceNth(n: place + 1)
                let which = name + ", " + about
                SoundRow(app: app, media: media, shot: shot, name: name, about: which)
                if isEnabled {
                    DestructiveButton(name: words.voiceRemove, detail: words.voiceOff, about: which) { remove(shot.id) }
                }
            }
            if isEnabled, takesMore {
                VoiceField(app: app, name: name, voice: app.voice(place), about: about, give: give)
            }
        }
    }
}

extension Strings {
    fileprivate func hear(_ isHeard: Bool) -> String { isHeard ? voiceStop : voicePlay }
    func say(_ trouble: Voice.Trouble) -> String {
        switch trouble {
        case .refused: voiceRefused
        case .broken: voiceFailed
        case .cut: voiceCut
        case .full: voiceFull
        }
    }
}
