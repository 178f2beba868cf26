// Values that are set: long text, numbers, dates, one of several.
public struct TextEditor: _Primitive {
    let text: Binding<String>
    public init(text: Binding<String>) { self.text = text }
    // It has no label of its own: without accessibilityLabel it is unnamed.
    public func _nodes(_ pass: _Pass) -> [_Node] { [control("TextEditor", "", text, pass)] }
}
public struct Slider<Name: View>: _Primitive {
    let value: Binding<Double>, step: Double, name: Name
    public init<V: BinaryFloatingPoint>(
        value: Binding<V>, in bounds: ClosedRange<V> = 0...1, step: V.Stride, @ViewBuilder label: () -> Name,
        onEditingChanged: @escaping (Bool) -> Void = { _ in }
    ) where V.Stride: BinaryFloatingPoint {
        self.value = Binding(
            get: { Double(value.wrappedValue) },
            set: { value.wrappedValue = min(max(V($0), bounds.lowerBound), bounds.upperBound) })
        (self.step, name) = (Double(step), label())
    }
    public init<V: BinaryFloatingPoint>(
        value: Binding<V>, in bounds: ClosedRange<V> = 0...1, @ViewBuilder label: () -> Name,
        onEditingChanged: @escaping (Bool) -> Void = { _ in }
    ) where V.Stride: BinaryFloatingPoint {
        let tenth = V.Stride(Double(bounds.upperBound - bounds.lowerBound) / 10)
        self.init(value: value, in: bounds, step: tenth, label: label, onEditingChanged: onEditingChanged)
    }
    public func _nodes(_ pass: _Pass) -> [_Node] {
        var node = control("Slider", title(name, pass), value, pass)
        node.actions = [
            ("Increment", { value.wrappedValue += step }), ("Decrement", { value.wrappedValue -= step }),
        ]
        return [node]
    }
}
extension Slider where Name == EmptyView {
    public init<V: BinaryFloatingPoint>(value: Binding<V>, in bounds: ClosedRange<V> = 0...1)
    where V.Stride: BinaryFloatingPoint {
        self.init(value: value, in: bounds, label: { EmptyView() })
    }
}
public struct Stepper<Name: View>: _Primitive {
    let value: Binding<Int>?, up: @MainActor () -> Void, down: @MainActor () -> Void, name: Name
    public init(
        value: Binding<Int>, in bounds: ClosedRange<Int> = .min ... .max, step: Int = 1, @ViewBuilder label: () -> Name
    ) {
        let held = Binding(
            get: { value.wrappedValue },
            set: { value.wrappedValue = min(max($0, bounds.lowerBound), bounds.upperBound) })
        (self.value, name) = (held, label())
        (up, down) = ({ held.wrappedValue += step }, { held.wrappedValue -= step })
    }
    public init(
        @ViewBuilder label: () -> Name, onIncrement: (@MainActor () -> Void)?, onDecrement: (@MainActor () -> Void)?
    ) { (value, name, up, down) = (nil, label(), onIncrement ?? {}, onDecrement ?? {}) }
    public init(
        _ title: LocalizedStringKey, value: Binding<Int>, in bounds: ClosedRange<Int> = .min ... .max, step: Int = 1
    ) where Name == Text { self.init(value: value, in: bounds, step: step) { Text(title) } }
    @_disfavoredOverload public init<S: StringProtocol>(
        _ title: S, value: Binding<Int>, in bounds: ClosedRange<Int> = .min ... .max, step: Int = 1
    ) where Name == Text { self.init(value: value, in: bounds, step: step) { Text(title) } }
    public func _nodes(_ pass: _Pass) -> [_Node] {
        let label = title(name, pass)
        var node = value.map { control("Stepper", label, $0, pass) } ?? _Node(kind: "Stepper", text: label)
        node.isEnabled = pass.environment.isEnabled
        node.actions = [("Increment", up), ("Decrement", down)]
        return [node]
    }
}
public struct DatePickerComponents: OptionSet, Sendable {
    public let rawValue: UInt
    public init(rawValue: UInt) { self.rawValue = rawValue }
    public static let date = Self(rawValue: 1), hourAndMinute = Self(rawValue: 2)
}
public struct DatePicker<Name: View>: _Primitive {
    let date: Binding<Date>, shows: DatePickerComponents, name: Name
    public init(
        selection: Binding<Date>, displayedComponents: DatePickerComponents = [.date, .hourAndMinute],
        @ViewBuilder label: () -> Name
    ) { (date, shows, name) = (selection, displayedComponents, label()) }
    public init<R: RangeExpression<Date>>(
        selection: Binding<Date>, in range: R, displayedComponents: DatePickerComponents = [.date, .hourAndMinute],
        @ViewBuilder label: () -> Name
    ) {
        let inside = Binding(
            get: { selection.wrappedValue }, set: { if range.contains($0) { selection.wrappedValue = $0 } })
        self.init(selection: inside, displayedComponents: displayedComponents, label: label)
    }
    public init(
        _ title: LocalizedStringKey, selection: Binding<Date>,
        displayedComponents: DatePickerComponents = [.date, .hourAndMinute]
    ) where Name == Text { self.init(selection: selection, displayedComponents: displayedComponents) { Text(title) } }
    @_disfavoredOverload public init<S: StringProtocol>(
        _ title: S, selection: Binding<Date>, displayedComponents: DatePickerComponents = [.date, .hourAndMinute]
    ) where Name == Text { self.init(selection: selection, displayedComponents: displayedComponents) { Text(title) } }
    @_disfavoredOverload public init<S: StringProtocol, R: RangeExpression<Date>>(
        _ title: S, selection: Binding<Date>, in range: R,
        displayedComponents: DatePickerComponents = [.date, .hourAndMinute]
    ) where Name == Text {
        self.init(selection: selection, in: range, displayedComponents: displayedComponents) { Text(title) }
    }
    public func _nodes(_ pass: _Pass) -> [_Node] {
        let format = ISO8601DateFormatter()
        format.timeZone = pass.environment.timeZone
        format.formatOptions = [.withFullDate]
        var node = control("DatePicker", title(name, pass), date, pass, shown: format.string(from: date.wrappedValue))
        if shows.contains(.hourAndMinute) {
            format.formatOptions = [.withTime, .withColonSeparatorInTime]
            node.value =
                (shows.contains(.date) ? (node.value ?? "") + " " : "")
                + format.string(from: date.wrappedValue).prefix(5)
        }
        return [node]
    }
}
public struct Picker<Name: View, Selection: Hashable, Content: View>: _Primitive {
    let selection: Binding<Selection>, content: Content, name: Name
    public init(selection: Binding<Selection>, @ViewBuilder content: () -> Content, @ViewBuilder label: () -> Name) {
        (self.selection, self.content, name) = (selection, content(), label())
    }
    public func _nodes(_ pass: _Pass) -> [_Node] {
        let options = evaluate(content, pass.child("options"))
        let chosen = options.first { $0.tag == AnyHashable(selection.wrappedValue) }?.spoken
        var node = control("Picker", title(name, pass), selection, pass, shown: chosen ?? "\(selection.wrappedValue)")
        let set = node.set
        // By tag, or by what the option reads.
        node.set = { value in
            if set?(value) == true { return true }
            guard let tag = options.first(where: { $0.spoken == value as? String })?.tag?.base else { return false }
            return set?(tag) ?? false
        }
        node.notes = ["options: " + options.map(\.spoken).joined(separator: " | ")]
        return [node]
    }
}
extension Picker where Name == Text {
    public init(_ title: LocalizedStringKey, selection: Binding<Selection>, @ViewBuilder content: () -> Content) {
        self.init(selection: selection, content: content) { Text(title) }
    }
    @_disfavoredOverload public init<S: StringProtocol>(
        _ title: S, selection: Binding<Selection>, @ViewBuilder content: () -> Content
    ) { self.init(selection: selection, content: content) { Text(title) } }
}
