import Presentation
import SwiftUI

// What the core's enums about actions, signatures and doubts are called in the person's words, and how they look.
extension Strings {
    func say(_ status: ActionStatus) -> Status {
        switch status {
        case .open: Status(actionsStatusOpen, .neutral)
        case .inProgress: Status(actionsStatusInProgress, .accent, .tool)
        case .done: Status(actionsStatusDone, .info, .check)
        case .rejected: Status(actionsStatusRejected, .wrong, .giveBack)
        case .cannotDo: Status(actionsStatusCannotDo, .attention)
        case .verified: Status(actionsStatusVerified, .good)
        }
    }
    /// The act that makes it so.
    func go(_ status: ActionStatus) -> String {
        switch status {
        case .open: actionsGoOpen
        case .inProgress: actionsGoInProgress
        case .done: actionsGoDone
        case .rejected: actionsGoRejected
        case .cannotDo: actionsGoCannotDo
        case .verified: actionsGoVerified
        }
    }
    func why(_ status: ActionStatus) -> String {
        switch status {
        case .rejected: actionsWhyRejected
        case .cannotDo: actionsWhyCannotDo
        default: labelReason
        }
    }
    func say(_ priority: ActionPriority) -> Status {
        switch priority {
        case .low: Status(actionsPriorityLow, .neutral, .flag)
        case .normal: Status(actionsPriorityNormal, .accent, .flag)
        case .high: Status(actionsPriorityHigh, .attention, .flag)
        case .urgent: Status(actionsPriorityUrgent, .wrong, .flag)
        }
    }
    func say(_ escalation: Escalation?) -> Status? {
        switch escalation {
        case .supervisor: Status(actionsOverdueSupervisor, .attention, .clock)
        case .manager: Status(actionsOverdueManager, .wrong, .clock)
        case nil: nil
        }
    }
    func name(_ part: ActionPart) -> String {
        switch part {
        case .title: actionsName
        case .priority: actionsPriority
        case .owner: actionsOwner
        case .due: actionsDue
        case .status: actionsStatus
        }
    }
    func say(_ told: ActionTold) -> String {
        switch told {
        case .opened: actionsToldOpened
        case .title(let text): actionsToldTitle(text: text)
        case .priority(let priority): actionsToldPriority(name: say(priority).words)
        case .owner(let name, _): name.map { actionsToldOwner(name: $0) } ?? actionsToldOwnerNone
        case .due(let ms): ms.map { actionsToldDue(time: time($0)) } ?? actionsToldDueNone
        case .status(let to, let from?, _) where to == from: historySettled + ": " + say(to).words
        case .status(let to, let from?, _): actionsToldStatus(to: say(to).words, from: say(from).words)
        case .status(let to, nil, _): say(to).words
        case .said(let text): text
        }
    }
    func due(_ ms: Int64?) -> String { ms.map { actionsToldDue(time: time($0)) } ?? actionsDueNone }

    func role(_ role: String) -> String {
        switch role {
        case "supervisor": runRoleSupervisor
        case "manager": runRoleManager
        default: runRoleAdmin
        }
    }
    func say(_ doubt: Doubt) -> Status {
        switch doubt {
        case .tooFast: Status(runDoubtFast, .neutral, .info)
        case .clockSet: Status(runDoubtClock, .neutral, .info)
        }
    }
    /// How long an answer took, as exact as it is of use.
    func took(_ ms: UInt64) -> String? {
        let seconds = Int(ms / 1000)
        guard seconds > 0 else { return nil }
        return runTook(time: seconds < 120 ? runSeconds(seconds: seconds) : runMinutes(minutes: seconds / 60))
    }
}
