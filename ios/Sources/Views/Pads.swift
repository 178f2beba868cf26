import Presentation
import SwiftUI

/// Digits for the PIN. Neither the screen nor a screen reader says which were typed, only how many.
struct PinPad: View {
    var wrong: String?
    let done: @MainActor (String) -> Void
    @State private var digits = ""
    private let length = 4...12
    @Environment(\.words) private var words

    var body: some View {
        VStack(spacing: Space.l) {
            HStack(spacing: Space.m) {
                ForEach(0..<max(digits.count, length.lowerBound), id: \.self) { place in
                    Circle().fill(Paint(place < digits.count ? Palette.accent : Palette.line))
                        .frame(width: 14, height: 14)
                }
            }
            .accessibilityElement()
            .accessibilityLabel(words.pinEnter)
            .accessibilityValue(words.pinTyped(n: digits.count))
            .accessibilityAddTraits(.updatesFrequently)
            if let wrong { Notice(says: wrong, tone: .wrong) }
            Grid(horizontalSpacing: Space.l, verticalSpacing: Space.m) {
                ForEach(0..<3, id: \.self) { row in
                    GridRow { ForEach(1...3, id: \.self) { key(row * 3 + $0) } }
                }
                GridRow {
                    AppIconButton(icon: .check, name: words.actionContinue, action: take)
                        .disabled(!length.contains(digits.count))
                    key(0)
                    AppIconButton(icon: .backspace, name: words.pinDelete) { _ = digits.popLast() }
                        .disabled(digits.isEmpty)
                }
            }
            // As on every telephone: rows of digits run from left to right in Arabic too.
            .environment(\.layoutDirection, .leftToRight)
        }
        .privacySensitive()
    }

    /// It is forgotten when it is handed over, whether it was right or not.
    private func take() {
        let pin = digits
        digits = ""
        done(pin)
    }
    private func key(_ digit: Int) -> some View {
        Pick(isChosen: false, ground: Palette.sunken, act: { digits.append("\(digit)") }) {
            Text(verbatim: "\(digit)").type(TypeScale.title).frame(minWidth: 72, minHeight: 56)
        }
        .accessibilityLabel(words.pinDigit(digit: "\(digit)"))
        .disabled(digits.count == length.upperBound)
    }
}

/// The PIN of one person: after a wrong one, how many more may be, or how long it takes until the next one counts.
struct PersonPad: Screen {
    let app: AppModel
    let person: String?
    let problem: Problem?
    let done: @MainActor (String) async -> Void
    @State private var people = Listing<PersonSummary>()

    var body: some View {
        PinPad(wrong: wrong) { pin in
            Task {
                await done(pin)
                await people.reload()
            }
        }
        .task { await people.ask(app) { try $0.people().list(page: $1) } }
    }
    private var wrong: String? {
        let now = people.rows.first { $0.id == person }
        if let now, now.waitMs > 0 { return words.pinWait(time: words.length(Int(now.waitMs + 999) / 1000)) }
        guard case .Invalid(_, "wrong", _) = problem, let now else { return problem.map { words.say($0) } }
        return words.pinWrong + "\n" + words.pinTriesLeft(n: Int(now.triesLeft))
    }
}

/// A signature or a sketch: drawn with a finger, kept as its strokes or as a picture, and then an answer. A name may
/// be typed instead, where a finger cannot draw.
struct DrawControl: View {
    let asked: Asked
    let answers: Answers
    let give: @MainActor (String) -> Void
    @State private var strokes = Strokes()
    @State private var typed = ""
    @State private var types = false
    @Environment(\.words) private var words

    var body: some View {
        let signs = asked.control == .signature
        let isEmpty = strokes.isEmpty && typed.isEmpty
        VStack(alignment: .leading, spacing: Space.s) {
            if !asked.chosen.isEmpty { Chips(all: [Status(signs ? words.itemSigned : words.itemSketched, .good)]) }
            ForEach(asked.chosen, id: \.self) { id in
                SignatureView(
                    app: answers.app, media: answers.media, signature: id, name: asked.says ?? asked.label.text)
            }
            if types {
                TextField(words.itemSignType, text: $typed).type(TypeScale.title).target()
            } else {
                DrawingPad(name: signs ? words.itemSignHere : words.itemSketch, strokes: $strokes)
            }
            Flow {
                if signs {
                    AppButton(name: types ? words.itemSignHere : words.itemSignType, weight: .quiet) { types.toggle() }
                }
                AppButton(name: words.actionUndo, weight: .quiet) { strokes.undo() }.disabled(strokes.isEmpty)
                AppButton(name: words.actionClear, icon: .close, weight: .quiet, action: clear).disabled(isEmpty)
            }
            AppButton(name: words.actionSave, weight: .secondary, about: asked.label.text) { Task { await save() } }
                .disabled(isEmpty)
        }
    }
    /// What becomes the picture: dark on light, whatever the theme.
    @ViewBuilder private var paper: some View {
        Group {
            if types {
                Text(typed).italic().type(TypeScale.display).padding(Space.l).background(Paint(Palette.sunken))
            } else {
                DrawingPad(name: "", strokes: $strokes).frame(width: 660)
            }
        }
        .environment(\.colorScheme, .light)
    }
    private func clear() {
        strokes.clear()
        typed = ""
    }
    private func save() async {
        var kept: String?
        if asked.control == .signature, !types {
            kept = await answers.keep(strokes, for: asked.id)
        } else if let picture = ImageRenderer(content: paper).uiImage?.pngData() {
            kept = await answers.keep(picture, live: true, for: asked.id)
        }
        guard let kept else { return }
        clear()
        give(kept)
    }
}

struct DrawingPad: View {
    let name: String
    @Binding var strokes: Strokes
    @Environment(\.words) private var words

    var body: some View {
        GeometryReader { place in
            StrokesView(drawing: strokes.drawing)
                .gesture(
                    DragGesture(minimumDistance: 0)
                        .onChanged { drag in
                            let (at, wide) = (drag.location, max(place.size.width, 1))
                            strokes.draw(to: CGPoint(x: at.x / wide, y: at.y / wide), at: drag.time)
                        }
                        .onEnded { _ in strokes.lift() }
                )
        }
        .aspectRatio(Strokes.ratio, contentMode: .fit)
        .background(Paint(Palette.sunken), in: .rect(cornerRadius: Radius.m))
        .accessibilityElement()
        .accessibilityLabel(name)
        .accessibilityValue(words.itemStrokes(n: strokes.lines.count))
        .accessibilityAction(named: words.actionUndo) { strokes.undo() }
    }
}
