import Presentation
import SwiftUI

// What the core's enums are called in the person's words, and how they look. No case is decided here, only named.
extension Strings {
    func say(_ why: TodayWhy) -> Status {
        switch why {
        case .overdue: Status(todayOverdue, .wrong)
        case .clashes(let count): Status(clashCount(n: Int(count)), .attention)
        case .lapsed: Status(todayLapsed, .attention)
        case .givenBack(let by, let reason):
            Status(todayGivenBackWhy(reason: reason) + " · " + labelBy(name: by), .wrong)
        case .refused: Status(todayRefused, .wrong)
        case .due: Status(todayDue, .info)
        case .begun(let by, let missing):
            Status(labelBy(name: by) + " · " + runRequiredLeft(n: Int(missing)), .accent)
        case .toSignOff: Status(runSignatureNeeded, .attention)
        case .putRight(let says, let overdue): Status(says.text, overdue ? .wrong : .attention)
        case .told(let says): Status(says.text, .info)
        }
    }
    func say(_ status: RunStatus) -> Status {
        switch status {
        case .open: Status(runOpen, .accent)
        case .handedIn: Status(runHandedIn, .info)
        case .signedOff: Status(runSigned, .good)
        case .lapsed: Status(runLapsed, .attention)
        case .withdrawn: Status(runWithdrawn, .neutral, .lock)
        }
    }
    func say(_ state: CaptureState?) -> Status? { state.map { said($0).status } }
    func detail(_ state: CaptureState) -> String { said(state).detail }
    private func said(_ state: CaptureState) -> (status: Status, detail: String) {
        switch state.step {
        case .captured: (Status(syncCaptured, .neutral), syncCapturedDetail)
        case .held: (Status(syncHeld, .info), syncHeldDetail)
        case .stored: (Status(syncStored, .good), syncStoredDetail)
        case .refused: (Status(syncRefused, .wrong), syncRefusedDetail(reason: state.reason ?? state.code ?? ""))
        case .replaced, .reissued: (Status(syncReplaced, .neutral), syncReplacedDetail)
        }
    }
    func say(_ why: WhyNot) -> String {
        switch why {
        case .noRight: runNoRight
        case .signedOff: runSigned
        case .missing(let count): runRequiredLeft(n: Int(count))
        case .clashes(let count): clashCount(n: Int(count))
        case .wrong(let count): runWrongItems(n: Int(count))
        case .notHandedIn: runNotHandedIn
        case .noSignOff: signNotNeeded
        }
    }
    func say(_ what: HistoryWhat) -> String {
        switch what {
        case .answered: historyAnswered
        case .settled: historySettled
        case .attached: historyAttached
        case .detached: historyDetached
        case .handedIn: runHandedIn
        case .signedOff: runSigned
        case .givenBack: runGivenBack
        }
    }
    func say(_ status: ModuleStatus) -> Status {
        switch status {
        case .new: Status(trainingNotBegun, .neutral)
        case .begun: Status(trainingInProgress, .accent)
        case .done: Status(trainingCompleted, .good)
        }
    }
    func say(_ status: ContactStatus) -> Status {
        switch status {
        case .open: Status(contactRunning, .accent)
        case .paused: Status(contactPaused, .attention)
        case .closed: Status(contactClosed, .good)
        case .voided: Status(contactVoided, .neutral)
        }
    }
    func say(_ grade: Grade) -> Status {
        switch grade {
        case .right: Status(quizRight, .good)
        case .partly: Status(quizPartly, .attention)
        case .wrong: Status(quizWrong, .wrong)
        }
    }
    /// What a captured thing is about, by the type of its entry.
    func what(_ type: String) -> String {
        switch type {
        case "feedback-given": navFeedback
        case let type where type.hasPrefix("interaction"): contactTitle
        case "lesson-progressed", "attempt-started", "attempt-finished", "question-answered": syncWhatTraining
        case let type where type.hasPrefix("action"): actionsOne
        case "run-changed", "run-submitted", "signed-off", "returned", "blob-captured": syncWhatRun
        default: syncWhatPhone
        }
    }
    func by(_ name: String, _ ms: Int64) -> String { labelByAt(name: name, time: time(ms)) }
    /// A customer as far as this phone can tell.
    func name(_ customer: CustomerShown?) -> String {
        guard let customer else { return contactUnknown }
        return switch customer.state {
        case .known: line(customer.name, customer.phone, customer.email) ?? ""
        case .forgotten: contactForgotten
        case .closed: contactClosedCustomer
        }
    }
    func outside(_ target: NumberRange?) -> String {
        itemOutOfBand + (target.map { ": " + itemRange(min: $0.min, max: $0.max) } ?? "")
    }
    func unsent(_ status: SyncStatus) -> String { status.unsent == 0 ? syncAllSent : syncUnsent(n: Int(status.unsent)) }
    /// How long something takes or took.
    func length(_ seconds: Int) -> String { timerFace(minutes: seconds / 60, seconds: seconds % 60) }
}
