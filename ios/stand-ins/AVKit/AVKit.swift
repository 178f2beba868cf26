// A stand-in for what the shell uses of Apple's AVKit: its declarations, and a video that nobody sees.
@_spi(Harness) @_exported import AVFoundation
import SwiftUI

public struct VideoPlayer<VideoOverlay: View>: View {
    private let player: AVPlayer?
    public init(player: AVPlayer?) where VideoOverlay == EmptyView { self.player = player }
    /// It says which file it plays: there is no other picture of it.
    public var body: some View { Text(verbatim: player?.url.lastPathComponent ?? "no video") }
}
