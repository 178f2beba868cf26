import Foundation

// Who is at the phone, and what they leave behind.
extension AppModel {
    public func become(_ person: String, pin: String?) async throws(Problem) {
        acting += 1
        defer { acting -= 1 }
        try await ask { try $0.people.switchTo(person: person, pin: pin) }
        await look()
    }
    public func setPin(_ pin: String, old: String?) async -> Problem? {
        await tell { try $0.people.setPin(draft: PinDraft(person: nil, pin: pin, old: old)) }
    }
    public func unlock(_ person: String, by: String, pin: String) async -> Problem? {
        await tell { try $0.people.unlock(draft: UnlockDraft(person: person, by: by, pin: pin)) }
    }
    public func read(in language: String?) async -> Problem? {
        await tell { try $0.people.readIn(language: language) }
    }
    public func signOut(_ person: String, dropDrafts: Bool) async -> Problem? {
        await tell { _ = try $0.people.signOut(person: person, dropDrafts: dropDrafts) }
    }
    /// What signing out would take: the drafts of whoever is at the phone.
    public func begun() async -> Int {
        let page = PageAsked(after: nil, count: 200)
        return (try? await ask { try $0.people.drafts(about: nil, page: page).items.count }) ?? 0
    }
    public func export(to file: String) async throws(Problem) -> Exported {
        try await ask { try $0.sync.export(file: file) }
    }

    private func tell(_ call: @escaping @Sendable (Services) async throws -> Void) async -> Problem? {
        acting += 1
        defer { acting -= 1 }
        do throws(Problem) {
            try await ask(call)
            await look()
            return nil
        } catch {
            return error
        }
    }
}

// What a screen asks for by itself, once.
extension AppModel {
    public func found<T: Sendable>(_ call: @escaping @Sendable (Services) async throws -> T) async -> Load<T> {
        await load { () throws(Problem) in try await ask(call) }
    }
    /// A picture as bytes; one of a colleague's is fetched, small, unless it is here.
    public func picture(_ id: String) async -> Load<Data> {
        await found { core in
            if let here = try? core.media.bytes(id: id) { return here }
            try await core.media.fetch(id: id, small: true)
            return try core.media.bytes(id: id)
        }
    }
}
