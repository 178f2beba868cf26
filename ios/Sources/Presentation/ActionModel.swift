import Foundation
import Observation

/// What an action has one of, each with what people set it to: in the order that the surface gives them in.
public enum ActionPart: Int, Sendable, CaseIterable { case title, priority, owner, due, status }

extension ActionStep {
    /// What it sets; nil where it says something beside it.
    public var part: ActionPart? {
        switch self {
        case .title: .title
        case .priority: .priority
        case .owner: .owner
        case .due: .due
        case .status: .status
        case .comment: nil
        }
    }
}

extension ActionTold {
    /// What keeps it, where it stands beside another.
    public var step: ActionStep? {
        switch self {
        case .title(let text): .title(text: text)
        case .priority(let priority): .priority(to: priority)
        case .owner(_, let id): .owner(person: id)
        case .due(let ms): .due(atMs: ms)
        case .status(let to, _, let reason): .status(to: to, reason: reason)
        case .opened, .said: nil
        }
    }
}

extension ActionDetail {
    public func register(_ part: ActionPart) -> ActionRegister { registers[part.rawValue] }
    public func next(_ to: ActionStatus) -> ActionNext? { next.first { $0.to == to } }

    /// What it is now, as a form begins with it.
    public var wish: ActionWish {
        let owners = register(.owner).values.compactMap { value -> Named? in
            guard case .owner(let name?, let id?) = value.what, name == summary.owner else { return nil }
            return Named(id: id, label: .said(name))
        }
        return ActionWish(priority: summary.priority, owner: owners.first, dueMs: summary.dueMs)
    }
}

extension Words {
    /// A name, which is in no language.
    public static func said(_ text: String) -> Words { Words(text: text, lang: "", dir: .ltr) }
}

/// What somebody wants of an action, beside its title: of one that begins, or of one that stands.
public struct ActionWish: Equatable, Sendable {
    public var priority: ActionPriority
    public var owner: Named?
    public var dueMs: Int64?

    public init(priority: ActionPriority = .normal, owner: Named? = nil, dueMs: Int64? = nil) {
        (self.priority, self.owner, self.dueMs) = (priority, owner, dueMs)
    }

    /// What has to be done to one that stands so that it is as it is wished; nothing for what is so already.
    public func steps(_ title: String, from now: ActionDetail) -> [ActionStep] {
        let was = now.wish
        func step<T: Equatable>(_ old: T, _ new: T, _ step: ActionStep) -> ActionStep? { old == new ? nil : step }
        return [
            step(now.summary.title, title, .title(text: title)), step(was.priority, priority, .priority(to: priority)),
            step(was.owner?.id, owner?.id, .owner(person: owner?.id)), step(was.dueMs, dueMs, .due(atMs: dueMs)),
        ].compactMap { $0 }
    }

    public func draft(_ title: String, from origin: ActionOrigin?) -> ActionDraft {
        ActionDraft(title: title, priority: priority, owner: owner?.id, dueMs: dueMs, from: origin)
    }
}

extension Draft {
    /// Something that is typed about an action.
    public convenience init(_ app: AppModel, action: String) { self.init(app, about: "action/" + action) }
}

/// An action that is open on the screen.
@MainActor @Observable public final class ActionModel {
    public let app: AppModel
    public let id: String
    public let detail = Detail<ActionDetail>()
    /// What is being said beside it, in words and in photos.
    public let comment: Draft
    public var photos: [String] = []

    public init(_ app: AppModel, id: String) {
        (self.app, self.id) = (app, id)
        comment = Draft(app, action: id + "/comment")
    }

    public var media: Holding { { [id] in try $0.media().ofAction(action: id) } }

    public func open() async {
        await detail.ask(app) { [id] in try $0.actions().action(id: id) }
        await comment.restore()
    }

    /// Does something to it, over what its author saw: what came meanwhile stands beside it until somebody chooses.
    @discardableResult public func act(_ step: ActionStep, over seen: ActionDetail? = nil) async -> Bool {
        let over = seen ?? detail.value
        let deed = ActionDeed(action: id, step: step, seen: step.part.flatMap { over?.register($0).seen })
        return await detail.act(app) { try $0.actions().act(deed: deed) }
    }

    /// Makes it what is wished, one step after the other; the first that fails ends it, and says why.
    public func make(_ wish: ActionWish, _ title: String, over seen: ActionDetail) async -> Bool {
        for step in wish.steps(title, from: seen) { guard await act(step, over: seen) else { return false } }
        return true
    }

    public func say() async {
        guard await act(.comment(text: comment.text, photos: photos)) else { return }
        comment.drop()
        photos = []
    }
    /// Keeps a photo for what is being said.
    public func keep(_ bytes: Data, live: Bool) async -> String? {
        await detail.perform(app) { try $0.media().add(draft: PictureDraft(bytes: bytes, live: live)).id }
    }
}
