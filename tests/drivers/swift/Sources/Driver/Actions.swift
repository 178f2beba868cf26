import FrontlineCore

// `actions.*`, and corrective actions as the JSON that stories compare.

private func summary(_ a: ActionSummary) -> Object {
    obj([
        "id": a.id, "title": a.title, "status": name(a.status), "priority": name(a.priority), "mine": a.mine, "clashes": a.clashes,
        "comments": a.comments, "site": a.site.id, "opened_by": a.openedBy, "opened_ms": a.openedMs, "changed_ms": a.changedMs,
    ]).and(there(["owner": a.owner, "due_ms": a.dueMs, "escalated": a.escalated.map(name), "run": a.run])).and(state(a.state))
}

/// The value of a register.
private func setTo(_ what: ActionTold) -> Json? {
    switch what {
    case .title(let text): text.json
    case .priority(let priority): name(priority).json
    case .owner(let whom, _): whom?.json
    case .due(let atMs): atMs?.json
    case .status(let to, _, _): name(to).json
    case .opened, .said: preconditionFailure("no value of a register: \(what)")
    }
}

private func register(_ r: ActionRegister) -> Object {
    let values = r.values.map {
        obj(["value": setTo($0.what), "by": $0.by, "at_ms": $0.atMs]).and(there(["reason": $0.reason]))
    }
    return obj(["values": values, "seen": r.seen, "clash": r.clash])
}

/// What a line of the history tells.
private func told(_ what: ActionTold) -> Object {
    switch what {
    case .opened: obj(["what": "opened"])
    case .title(let text): obj(["what": "title", "text": text])
    case .priority(let priority): obj(["what": "priority", "priority": name(priority)])
    case .owner(let whom, _): obj(["what": "owner", "owner": whom])
    case .due(let atMs): obj(["what": "due", "due_ms": atMs])
    case .status(let to, let from, let reason): obj(["what": "status", "from": from.map(name), "to": name(to), "reason": reason])
    case .said(let text): obj(["what": "said", "text": text])
    }
}

private let registers = ["titles", "priorities", "owners", "dues", "states"]

func actionDetail(_ a: ActionDetail) -> Object {
    precondition(a.registers.count == registers.count, "an action has \(a.registers.count) registers")
    let next = a.next.map {
        obj(["to": name($0.to), "wants_reason": $0.wantsReason]).and(there(["why_not": $0.enabled ? nil : "no-right"]))
    }
    let from = a.from.map { obj(["run": $0.run, "title": words($0.title), "item": $0.item, "label": words($0.label)]) }
    let again = a.again.map { obj(["id": $0.id, "title": $0.title, "status": name($0.status), "opened_ms": $0.openedMs]) }
    let history = a.history.map {
        obj(["at_ms": $0.atMs, "by": $0.by]).and(told($0.what)).and(there(["stands": $0.stands, "photos": $0.photos.isEmpty ? nil : $0.photos]))
    }
    return zip(registers, a.registers).reduce(into: summary(a.summary)) { $0[$1.0] = register($1.1).json }
        .and(obj(["next": next, "may_change": a.mayChange, "again": again, "history": history])).and(there(["from": from]))
}

private let statuses: [ActionStatus] = [.open, .inProgress, .done, .rejected, .cannotDo, .verified]
private let priorities: [ActionPriority] = [.low, .normal, .high, .urgent]

private func chosen<T>(_ among: [T], _ field: String, _ word: String, _ says: String) throws -> T {
    guard let found = among.first(where: { name($0) == word }) else { throw Invalid(field, "choice", says) }
    return found
}

private func priority(_ word: String) throws -> ActionPriority {
    try chosen(priorities, "priority", word, "say low, normal, high or urgent")
}

extension Verbs {
    func actions(of which: WhichActions) -> Pages {
        { ask in
            let page = try app.actions().list(asked: ActionsAsked(which: which, page: ask))
            return (page.items.map(summary), page.next)
        }
    }

    func actions(_ verb: String, _ line: Line) throws -> Object? {
        switch verb {
        case "actions.list":
            let which = try line.maybeText("which") ?? "standing"
            return try pages(line, actions(of: try chosen([.standing, .mine, .all], "which", which, "say standing, mine or all")))
        case "actions.show": return actionDetail(try app.actions().action(id: try line.only("id")))
        case "actions.today":
            try line.end()
            let of = try app.today().actions
            return obj([
                "mine": of.mine, "late": of.late, "differ": of.differ, "to_review": of.toReview, "first": of.first.map(summary),
            ])
        case "actions.owners":
            let id = try line.maybeText("id")
            return try pages(line) { ask in
                let page = try app.actions().owners(action: id, page: ask)
                return (page.items.map { obj(["id": $0.id, "label": words($0.label)]) }, page.next)
            }
        case "actions.open":
            let given = try line.maybeText("priority")
            let from = try line.maybeText("run").map {
                ActionOrigin(run: $0, item: try line.text("item"), demand: try line.maybeText("demand"))
            }
            let draft = ActionDraft(
                title: try line.text("title"), priority: try given.map(priority) ?? .normal, owner: try line.maybeText("owner"),
                dueMs: try line.maybeCount("due_ms"), from: from)
            try line.end()
            return obj(["id": try app.actions().open(draft: draft)])
        case "actions.comment":
            let (text, photos) = (try line.maybeText("text") ?? "", try line.maybeTexts("photos") ?? [])
            return try act(line, .comment(text: text, photos: photos), isSeen: false)
        case "actions.title": return try act(line, .title(text: try line.text("text")))
        case "actions.priority": return try act(line, .priority(to: try priority(try line.text("to"))))
        case "actions.owner": return try act(line, .owner(person: try line.maybeText("to")))
        case "actions.due": return try act(line, .due(atMs: try line.maybeCount("to")))
        case "actions.status":
            let says = "say open, in-progress, done, verified, rejected or cannot-do"
            let to = try chosen(statuses, "to", try line.text("to"), says)
            return try act(line, .status(to: to, reason: try line.maybeText("reason")))
        default: return nil
        }
    }

    private func act(_ line: Line, _ step: ActionStep, isSeen: Bool = true) throws -> Object {
        let deed = ActionDeed(action: try line.text("id"), step: step, seen: isSeen ? try line.maybeTexts("seen") : nil)
        try line.end()
        _ = try app.actions().act(deed: deed)
        return [:]
    }
}
