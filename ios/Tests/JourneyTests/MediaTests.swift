import Foundation
import Presentation
@_spi(Harness) import SwiftUI
import TestSupport
import Testing

@testable import Views

/// What is spoken, drawn, and looked at in a run; and photos in what people say about an action.
@MainActor @Suite(.serialized) struct MediaTests {
    @Test(arguments: ["en", "ar"]) func aRunIsSeenSpokenAndSigned(language: String) async throws {
        let my = try Journey(language)
        let (words, host) = (my.words, my.host)
        let sounds = try #require(my.phone.sounds as? HeldSounds)
        sounds.writes = try file("voice.m4a")
        let colleague = try my.company.colleague(my.other, at: my.site)
        try await my.enrols(my.lead)
        try await my.syncs()
        try await my.starts(my.text("Doors", "الأبواب"))
        let run = try await my.newestRun()

        // The picture came with the sync; the video comes when it is asked for, and not out of contact.
        let (picture, film) = (my.text("A shut door", "باب مغلق"), my.text("How it shuts", "كيف ينغلق"))
        try await host.wait(40) { $0.isEnabled(picture) }
        my.walk("run with a picture")
        try host.tap(picture)
        try await host.wait(10) { $0.isEnabled(words.mediaLarger) }
        my.walk("picture, large")
        try host.tap(words.actionClose)
        my.phone.goes(.none)
        let play = words.mediaVideoPlay + ": " + film
        try await my.taps(play)
        let get = words.mediaGetSize(size: words.size(UInt64(try file("door.mp4").count))) + ": " + film
        try await host.wait(40) { $0.isEnabled(get) || $0.texts.contains { $0.hasSuffix(".mp4") } }
        if host.isEnabled(get) {
            try host.tap(get)
            try await my.shows(words.errorOffline)
            my.phone.goes(.unmetered)
            try await my.taps(get)
        }
        try await host.wait(20) { $0.texts.contains { $0.hasSuffix(".mp4") } }
        my.walk("video")
        try host.tap(words.actionClose)

        // A recording is an answer; out of contact it is kept like any other.
        my.phone.goes(.none)
        let (say, shut) = (my.text("How does it sound?", "كيف يبدو صوته؟"), my.text("The door is shut", "الباب مغلق"))
        try await my.taps(words.voiceRecord + ": " + say)
        try await my.shows(words.voiceRunning)
        my.walk("recording")
        try host.tap(words.voiceStop + ": " + say)
        my.walk("recorded")
        try await my.taps(words.voiceKeep + ": " + say)
        try await host.wait(40) { $0.says(words.voiceNth(n: 1)) }
        for _ in 0..<200 where await my.answer("say", of: run) == nil { await my.settles() }
        guard case .files(let ids) = await my.answer("say", of: run), let spoken = ids.first else {
            Issue.record("no recording as the answer")
            return
        }
        // A note beside another answer, which a call cuts off: what was said by then is kept.
        try host.tap(words.itemPass, near: shut)
        sounds.writes = try file("reply.m4a")
        try await my.taps(words.voiceNote + ": " + shut)
        sounds.end(.cut)
        try await my.shows(words.voiceCut)
        try await my.taps(words.voiceKeep + ": " + shut)
        try await host.wait(40) { !$0.says(words.voiceCut) }

        // A signature is its strokes.
        try host.drag(words.itemSignHere, through: [10, 50, 90].map { CGPoint(x: $0, y: $0 / 2) })
        let sign = my.text("Your signature", "توقيعك")
        try await my.taps(words.actionSave + ": " + sign)
        try await my.shows(words.itemSigned)
        for _ in 0..<200 where await my.answer("sign", of: run) == nil { await my.settles() }
        guard case .signature(let signed) = await my.answer("sign", of: run) else {
            Issue.record("no signature")
            return
        }
        let drawn = await my.app.found { try $0.media().drawing(id: signed) }.value
        #expect(drawn?.strokes.map(\.points.count) == [2])
        my.walk("run, spoken and signed")

        // A colleague hears it, and says something back; it is fetched when it is asked for.
        my.phone.goes(.unmetered)
        try await my.syncs()
        let voice = try file("theirs.m4a").base64EncodedString()
        try colleague.does(["do": "sync.now"], ["do": "media.fetch", "photo": spoken, "small": false])
        let added = try colleague.does(["do": "media.add_sound", "base64": voice, "live": true])
        let reply = try #require(added.first?["id"] as? String)
        try colleague.does(
            ["do": "procedures.attach", "run": run, "item": "shut", "sound": reply], ["do": "sync.now"])
        try await my.syncs()
        try await host.wait(40) { $0.says(words.mediaAway) }
        my.walk("a colleague's recording")
        let fetch = try #require(host.names.first { $0.hasPrefix(words.mediaGet) })
        try await my.taps(fetch)
        try await host.wait(40) { !$0.says(words.mediaAway) }
        try await my.taps(words.voicePlay + ": " + words.voiceNth(n: 2) + ", " + shut)
        try await host.wait(20) { _ in sounds.isPlaying }
        #expect(!(sounds.played.last ?? Data()).isEmpty)
        sounds.end(.stopped)
        await my.ends()
    }

    @Test(arguments: ["en", "ar"]) func aCommentHasPhotos(language: String) async throws {
        let my = try Journey(language)
        let (words, host) = (my.words, my.host)
        let colleague = try my.company.colleague(my.other, at: my.site)
        try await my.enrols(my.lead)
        try host.tap(holding: words.navProcedures)
        try await my.taps(words.actionsTitle)
        try await my.taps(words.actionsNew)
        let title = my.text("Paint the door", "اطلِ الباب")
        try host.set(words.actionsName, to: title)
        try host.tap(words.actionsOwnerTake)
        try host.tap(words.actionsSubmit)
        try await my.shows(words.actionsComments)
        let action = try await my.newestAction()
        #expect(!host.isEnabled(words.actionsCommentSend))
        try await my.taps(words.itemPhotoTake)
        try await host.wait(40) { $0.isEnabled(words.actionsCommentSend) }
        my.walk("comment with a photo")
        try host.tap(words.actionsCommentSend)
        try await host.wait(40) { $0.says(words.countPhotos(n: 1)) && !$0.isEnabled(words.actionsCommentSend) }
        my.walk("action with a photo")
        try await my.syncs()
        try colleague.does(["do": "sync.now"])
        let picture = try #require(await my.phone.picture(live: false, limit: nil)).base64EncodedString()
        let added = try colleague.does(["do": "media.add", "base64": picture, "live": false])
        let photo = try #require(added.first?["id"] as? String)
        let why = my.text("Like this one", "مثل هذا")
        try colleague.does(
            ["do": "actions.comment", "id": action, "text": why, "photos": [photo]], ["do": "sync.now"])
        try await my.syncs()
        try await my.shows(why)
        try await host.wait(40) { host in host.texts.filter { $0 == words.itemPhotoNth(n: 1) }.count == 2 }
        // Today has it, for whoever does it.
        try host.tap(holding: words.navToday)
        try await host.wait(40) { $0.names.contains { $0.hasPrefix(title) } }
        my.walk("today with an action")
        await my.ends()
    }
}
