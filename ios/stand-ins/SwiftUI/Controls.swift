// What a person acts on.
public struct Button<Name: View>: _Primitive {
    let role: ButtonRole?, action: @MainActor () -> Void, name: Name
    public init(role: ButtonRole? = nil, action: @escaping @MainActor () -> Void, @ViewBuilder label: () -> Name) {
        (self.role, self.action, name) = (role, action, label())
    }
    public func _nodes(_ pass: _Pass) -> [_Node] {
        var node = labelled("Button", name, role: role, pass)
        node.action = action
        if let role { node.notes = [role.name] }
        return [node]
    }
}
extension Button where Name == Text {
    public init(_ title: LocalizedStringKey, role: ButtonRole? = nil, action: @escaping @MainActor () -> Void) {
        self.init(role: role, action: action) { Text(title) }
    }
    @_disfavoredOverload public init<S: StringProtocol>(
        _ title: S, role: ButtonRole? = nil, action: @escaping @MainActor () -> Void
    ) { self.init(role: role, action: action) { Text(title) } }
}
extension Button where Name == Label<Text, Image> {
    public init(
        _ title: LocalizedStringKey, systemImage: String, role: ButtonRole? = nil,
        action: @escaping @MainActor () -> Void
    ) {
        self.init(role: role, action: action) { Label(title, systemImage: systemImage) }
    }
    @_disfavoredOverload public init<S: StringProtocol>(
        _ title: S, systemImage: String, role: ButtonRole? = nil, action: @escaping @MainActor () -> Void
    ) { self.init(role: role, action: action) { Label(title, systemImage: systemImage) } }
}

@MainActor func control<T>(_ kind: String, _ text: String, _ binding: Binding<T>, _ pass: _Pass, shown: String? = nil)
    -> _Node
{
    var node = _Node(kind: kind, text: text)
    node.isEnabled = pass.environment.isEnabled
    node.value = shown ?? "\(binding.wrappedValue)"
    node.set = { value in
        guard let value = value as? T else { return false }
        binding.wrappedValue = value
        return true
    }
    return node
}
public struct Toggle<Name: View>: _Primitive {
    let isOn: Binding<Bool>, name: Name
    public init(isOn: Binding<Bool>, @ViewBuilder label: () -> Name) { (self.isOn, name) = (isOn, label()) }
    public func _nodes(_ pass: _Pass) -> [_Node] {
        var node = control("Toggle", title(name, pass), isOn, pass, shown: isOn.wrappedValue ? "on" : "off")
        node.action = { isOn.wrappedValue.toggle() }
        return [node]
    }
}
extension Toggle where Name == Text {
    public init(_ title: LocalizedStringKey, isOn: Binding<Bool>) { self.init(isOn: isOn) { Text(title) } }
    @_disfavoredOverload public init<S: StringProtocol>(_ title: S, isOn: Binding<Bool>) {
        self.init(isOn: isOn) { Text(title) }
    }
}
public struct TextField<Name: View>: _Primitive {
    let name: Name, text: Binding<String>
    init(text: Binding<String>, name: Name) { (self.text, self.name) = (text, name) }
    public func _nodes(_ pass: _Pass) -> [_Node] { [control("TextField", title(name, pass), text, pass)] }
}
extension TextField where Name == Text {
    public init(_ title: LocalizedStringKey, text: Binding<String>, prompt: Text? = nil, axis: Axis = .horizontal) {
        self.init(text: text, name: Text(title))
    }
    /// A number as text; what is not one leaves the value as it was.
    @_disfavoredOverload public init<S: StringProtocol, F: ParseableFormatStyle>(
        _ title: S, value: Binding<F.FormatInput>, format: F
    ) where F.FormatOutput == String {
        self.init(
            text: Binding(
                get: { format.format(value.wrappedValue) },
                set: { if let new = try? format.parseStrategy.parse($0) { value.wrappedValue = new } }),
            name: Text(title))
    }
    @_disfavoredOverload public init<S: StringProtocol>(
        _ title: S, text: Binding<String>, prompt: Text? = nil, axis: Axis = .horizontal
    ) { self.init(text: text, name: Text(title)) }
}
public struct SecureField<Name: View>: _Primitive {
    let name: Name, text: Binding<String>
    public init(_ title: LocalizedStringKey, text: Binding<String>) where Name == Text {
        (name, self.text) = (Text(title), text)
    }
    @_disfavoredOverload public init<S: StringProtocol>(_ title: S, text: Binding<String>) where Name == Text {
        (name, self.text) = (Text(title), text)
    }
    public func _nodes(_ pass: _Pass) -> [_Node] {
        [
            control(
                "SecureField", title(name, pass), text, pass,
                shown: String(repeating: "•", count: text.wrappedValue.count))
        ]
    }
}
public struct ProgressView<Name: View>: _Primitive {
    let name: Name, value: Double?
    init(name: Name, value: Double?) { (self.name, self.value) = (name, value) }
    public func _nodes(_ pass: _Pass) -> [_Node] {
        var node = _Node(kind: "ProgressView", text: title(name, pass))
        node.value = value.map { "\($0)" }
        return [node]
    }
}
extension ProgressView where Name == EmptyView {
    public init() { self.init(name: EmptyView(), value: nil) }
    public init<V: BinaryFloatingPoint>(value: V?, total: V = 1) {
        self.init(name: EmptyView(), value: value.map { Double($0 / total) })
    }
}
extension ProgressView where Name == Text {
    public init(_ title: LocalizedStringKey) { self.init(name: Text(title), value: nil) }
    public init<V: BinaryFloatingPoint>(_ title: LocalizedStringKey, value: V?, total: V = 1) {
        self.init(name: Text(title), value: value.map { Double($0 / total) })
    }
    @_disfavoredOverload public init<S: StringProtocol>(_ title: S) { self.init(name: Text(title), value: nil) }
    @_disfavoredOverload public init<S: StringProtocol, V: BinaryFloatingPoint>(_ title: S, value: V?, total: V = 1) {
        self.init(name: Text(title), value: value.map { Double($0 / total) })
    }
}
public struct Gauge<Name: View, Current: View>: _Primitive {
    let value: Double, name: Name, current: Current
    public init<V: BinaryFloatingPoint>(
        value: V, in bounds: ClosedRange<V> = 0...1, @ViewBuilder label: () -> Name,
        @ViewBuilder currentValueLabel: () -> Current
    ) {
        (self.value, name, current) = (Double(value), label(), currentValueLabel())
    }
    public func _nodes(_ pass: _Pass) -> [_Node] {
        var node = _Node(kind: "Gauge", text: title(name, pass))
        let shown = evaluate(current, pass.child("value")).map(\.spoken).joined()
        node.value = shown.isEmpty ? "\(value)" : shown
        return [node]
    }
}
extension Gauge where Current == EmptyView {
    public init<V: BinaryFloatingPoint>(value: V, in bounds: ClosedRange<V> = 0...1, @ViewBuilder label: () -> Name) {
        self.init(value: value, in: bounds, label: label, currentValueLabel: { EmptyView() })
    }
}
public struct Menu<Name: View, Content: View>: _Primitive {
    let name: Name, content: Content
    public init(@ViewBuilder content: () -> Content, @ViewBuilder label: () -> Name) {
        (name, self.content) = (label(), content())
    }
    public init(_ title: LocalizedStringKey, @ViewBuilder content: () -> Content) where Name == Text {
        (name, self.content) = (Text(title), content())
    }
    @_disfavoredOverload public init<S: StringProtocol>(_ title: S, @ViewBuilder content: () -> Content)
    where Name == Text { (name, self.content) = (Text(title), content()) }
    public func _nodes(_ pass: _Pass) -> [_Node] { container("Menu", content, pass, text: title(name, pass)) }
}

public struct Link<Name: View>: _Primitive {
    let url: URL, name: Name
    public init(destination: URL, @ViewBuilder label: () -> Name) { (url, name) = (destination, label()) }
    @_disfavoredOverload public init<S: StringProtocol>(_ title: S, destination: URL) where Name == Text {
        (url, name) = (destination, Text(title))
    }
    public func _nodes(_ pass: _Pass) -> [_Node] {
        var node = labelled("Link", name, pass)
        node.action = { [open = pass.environment.openURL] in open(url) }
        return [node]
    }
}
public struct ShareLink<Name: View>: _Primitive {
    let item: URL, name: Name
    public init(item: URL, subject: Text? = nil, message: Text? = nil, @ViewBuilder label: () -> Name) {
        (self.item, name) = (item, label())
    }
    public func _nodes(_ pass: _Pass) -> [_Node] {
        var node = labelled("ShareLink", name, pass)
        node.value = item.path(percentEncoded: false)
        node.action = {}
        return [node]
    }
}
public struct DisclosureGroup<Name: View, Content: View>: _Primitive {
    let isExpanded: Binding<Bool>?, content: Content, name: Name
    @_disfavoredOverload public init<S: StringProtocol>(
        _ title: S, isExpanded: Binding<Bool>? = nil, @ViewBuilder content: () -> Content
    ) where Name == Text { (self.isExpanded, self.content, name) = (isExpanded, content(), Text(title)) }
    public init(
        isExpanded: Binding<Bool>? = nil, @ViewBuilder content: () -> Content, @ViewBuilder label: () -> Name
    ) { (self.isExpanded, self.content, name) = (isExpanded, content(), label()) }
    public func _nodes(_ pass: _Pass) -> [_Node] {
        let own = State<Bool>(wrappedValue: false)
        own._connect(pass.child("isExpanded"))
        let isExpanded = isExpanded ?? own.projectedValue
        var node = labelled("DisclosureGroup", name, pass)
        node.value = isExpanded.wrappedValue ? "expanded" : "collapsed"
        node.action = { isExpanded.wrappedValue.toggle() }
        guard isExpanded.wrappedValue else { return [node] }
        return [node] + evaluate(content, pass.child("content"))
    }
}
