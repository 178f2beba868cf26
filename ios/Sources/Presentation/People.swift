import Foundation

// What a screen asks for or does by itself, once.
extension AppModel {
    public func found<T: Sendable>(_ call: @escaping Call<T>) async -> Load<T> {
        do throws(Problem) { return .ready(try await ask(call)) } catch { return .failed(error) }
    }
    /// Does it, and says why it was not done.
    @discardableResult public func tell(_ call: @escaping Call<Void>) async -> Problem? { await found(call).problem }
    /// The same for what changes who is at the phone: what comes first is looked at once it is done.
    public func settle(_ call: @escaping Call<Void>) async -> Problem? {
        acting += 1
        defer { acting -= 1 }
        let problem = await tell(call)
        if problem == nil { await look() }
        return problem
    }
    public func become(_ person: String?, pin: String?) async -> Problem? {
        await settle { try $0.people().switchTo(person: person, pin: pin) }
    }

    /// What signing out would take: the drafts of whoever is at the phone.
    public func begun() async -> Load<[BegunDetail]> { await found { try Self.begun($0) } }
    private nonisolated static func begun(_ core: Services) throws -> [BegunDetail] {
        var page = try core.people().drafts(about: nil, page: PageAsked(after: nil, count: 200))
        var all = page.items
        while let next = page.next {
            page = try core.people().drafts(about: nil, page: PageAsked(after: next, count: 200))
            all += page.items
        }
        return all
    }
    /// Drafts go only where they are those that were told; where others were begun since, the core refuses.
    public func signOut(_ person: String, told: [BegunDetail]) async -> Problem? {
        let problem = await settle { core in
            let drop = try !told.isEmpty && Self.begun(core) == told
            _ = try core.people().signOut(person: person, dropDrafts: drop)
        }
        if problem == nil { dropVoices(of: person) }
        return problem
    }
    /// What a code in front of the camera says. The core reads it, so that a label says the same on every phone.
    public func code() async -> String? {
        await phone.code { [self] frame in await found { try $0.media().code(frame: frame)?.text }.value ?? nil }
    }
}
