// The views this module draws.
public struct Text: Equatable, Sendable {
    public enum DateStyle: Sendable { case time, date, relative, offset, timer }
    let string: String
    var notes: [String] = []
    public init(
        _ key: LocalizedStringKey, tableName: String? = nil, bundle: Bundle? = nil, comment: StaticString? = nil
    ) { string = key.text }
    @_disfavoredOverload public init<S: StringProtocol>(_ content: S) { string = String(content) }
    public init(verbatim content: String) { string = content }
    public init<F: FormatStyle>(_ input: F.FormatInput, format: F)
    where F.FormatInput: Equatable, F.FormatOutput == String { string = format.format(input) }
    public init(_ date: Date, style: DateStyle) { string = "\(style)" }
    init(string: String, notes: [String]) { (self.string, self.notes) = (string, notes) }
    func with(_ note: String) -> Text { Text(string: string, notes: notes + [note]) }
    public func font(_ font: Font?) -> Text { with("font: \(font?.name ?? "none")") }
    public func fontWeight(_ weight: Font.Weight?) -> Text { self }
    public func bold() -> Text { with("bold") }
    public func italic() -> Text { with("italic") }
    public func monospacedDigit() -> Text { self }
    public func foregroundStyle<S: ShapeStyle>(_ style: S) -> Text { self }
    public static func + (a: Text, b: Text) -> Text { Text(string: a.string + b.string, notes: a.notes) }
}

extension Text: _Primitive {
    public func _nodes(_ pass: _Pass) -> [_Node] {
        var node = _Node(kind: "Text", text: string)
        node.notes = notes
        return [node]
    }
}

public struct Image: _Primitive {
    public enum Scale: Sendable { case small, medium, large }
    let name: String
    var isDecorative = false
    public init(systemName: String) { name = systemName }
    public init(uiImage: UIImage) { name = "picture" }
    public init(_ name: String, bundle: Bundle? = nil) { self.name = name }
    public init(decorative name: String, bundle: Bundle? = nil) { (self.name, isDecorative) = (name, true) }
    public func resizable() -> Image { self }
    public func _nodes(_ pass: _Pass) -> [_Node] {
        var node = _Node(kind: "Image", text: name)
        node.isHidden = isDecorative
        return [node]
    }
}

public struct Spacer: _Primitive {
    public init(minLength: CGFloat? = nil) {}
    public func _nodes(_ pass: _Pass) -> [_Node] { [] }
}
public struct Divider: _Primitive {
    public init() {}
    public func _nodes(_ pass: _Pass) -> [_Node] { [] }
}

@MainActor func container(_ kind: String, _ content: any View, _ pass: _Pass, text: String = "") -> [_Node] {
    [_Node(kind: kind, text: text, children: evaluate(content, pass.child(kind)))]
}
@MainActor func title(_ label: any View, _ pass: _Pass) -> String {
    evaluate(label, pass.child("label")).map(\.spoken).filter { !$0.isEmpty }.joined(separator: ", ")
}

/// A node that is named, given its value and its least size, by the view that labels it.
@MainActor func labelled(_ kind: String, _ label: any View, role: ButtonRole? = nil, _ pass: _Pass) -> _Node {
    let parts = styled(label, role: role, pass)
    var node = _Node(kind: kind, text: parts.map(\.spoken).filter { !$0.isEmpty }.joined(separator: ", "))
    node.isEnabled = pass.environment.isEnabled
    let values = parts.compactMap(\.value)
    if !values.isEmpty { node.value = values.joined(separator: ", ") }
    node.width = parts.compactMap(\.width).max()
    node.height = parts.compactMap(\.height).max()
    if parts.count != 1 || parts[0].kind != "Text" { node.children = parts }
    return node
}

public struct HStack<Content: View>: _Primitive {
    let content: Content
    public init(alignment: VerticalAlignment = .center, spacing: CGFloat? = nil, @ViewBuilder content: () -> Content) {
        self.content = content()
    }
    public func _nodes(_ pass: _Pass) -> [_Node] { container("HStack", content, pass) }
}
public struct VStack<Content: View>: _Primitive {
    let content: Content
    public init(alignment: HorizontalAlignment = .center, spacing: CGFloat? = nil, @ViewBuilder content: () -> Content)
    { self.content = content() }
    public func _nodes(_ pass: _Pass) -> [_Node] { container("VStack", content, pass) }
}
public struct ZStack<Content: View>: _Primitive {
    let content: Content
    public init(alignment: Alignment = .center, @ViewBuilder content: () -> Content) { self.content = content() }
    public func _nodes(_ pass: _Pass) -> [_Node] { container("ZStack", content, pass) }
}
public struct LazyVStack<Content: View>: _Primitive {
    let content: Content
    public init(alignment: HorizontalAlignment = .center, spacing: CGFloat? = nil, @ViewBuilder content: () -> Content)
    { self.content = content() }
    public func _nodes(_ pass: _Pass) -> [_Node] { container("LazyVStack", content, pass) }
}
public struct LazyHStack<Content: View>: _Primitive {
    let content: Content
    public init(alignment: VerticalAlignment = .center, spacing: CGFloat? = nil, @ViewBuilder content: () -> Content) {
        self.content = content()
    }
    public func _nodes(_ pass: _Pass) -> [_Node] { container("LazyHStack", content, pass) }
}
public struct Grid<Content: View>: _Primitive {
    let content: Content
    public init(
        alignment: Alignment = .center, horizontalSpacing: CGFloat? = nil, verticalSpacing: CGFloat? = nil,
        @ViewBuilder content: () -> Content
    ) { self.content = content() }
    public func _nodes(_ pass: _Pass) -> [_Node] { container("Grid", content, pass) }
}
public struct GridRow<Content: View>: _Primitive {
    let content: Content
    public init(alignment: VerticalAlignment? = nil, @ViewBuilder content: () -> Content) { self.content = content() }
    public func _nodes(_ pass: _Pass) -> [_Node] { container("GridRow", content, pass) }
}
public struct GroupBox<Content: View>: _Primitive {
    let content: Content
    public init(@ViewBuilder content: () -> Content) { self.content = content() }
    public func _nodes(_ pass: _Pass) -> [_Node] { container("GroupBox", content, pass) }
}
public struct LazyVGrid<Content: View>: _Primitive {
    let content: Content
    public init(
        columns: [GridItem], alignment: HorizontalAlignment = .center, spacing: CGFloat? = nil,
        @ViewBuilder content: () -> Content
    ) { self.content = content() }
    public func _nodes(_ pass: _Pass) -> [_Node] { container("LazyVGrid", content, pass) }
}
public struct ScrollView<Content: View>: _Primitive {
    let content: Content
    public init(_ axes: Axis.Set = .vertical, showsIndicators: Bool = true, @ViewBuilder content: () -> Content) {
        self.content = content()
    }
    public func _nodes(_ pass: _Pass) -> [_Node] { container("ScrollView", content, pass) }
}
public struct Form<Content: View>: _Primitive {
    let content: Content
    public init(@ViewBuilder content: () -> Content) { self.content = content() }
    public func _nodes(_ pass: _Pass) -> [_Node] { container("Form", content, pass) }
}
public struct Section<Header: View, Content: View, Footer: View>: _Primitive {
    let header: Header, content: Content, footer: Footer
    public init(
        @ViewBuilder content: () -> Content, @ViewBuilder header: () -> Header, @ViewBuilder footer: () -> Footer
    ) {
        (self.header, self.content, self.footer) = (header(), content(), footer())
    }
    public func _nodes(_ pass: _Pass) -> [_Node] {
        let foot = evaluate(footer, pass.child("footer"))
        return [
            _Node(kind: "Section", text: title(header, pass), children: evaluate(content, pass.child("Section")) + foot)
        ]
    }
}
extension Section where Footer == EmptyView {
    public init(@ViewBuilder content: () -> Content, @ViewBuilder header: () -> Header) {
        self.init(content: content, header: header, footer: { EmptyView() })
    }
}
extension Section where Header == EmptyView, Footer == EmptyView {
    public init(@ViewBuilder content: () -> Content) {
        self.init(content: content, header: { EmptyView() }, footer: { EmptyView() })
    }
}
extension Section where Header == Text, Footer == EmptyView {
    public init(_ title: LocalizedStringKey, @ViewBuilder content: () -> Content) {
        self.init(content: content, header: { Text(title) })
    }
    @_disfavoredOverload public init<S: StringProtocol>(_ title: S, @ViewBuilder content: () -> Content) {
        self.init(content: content, header: { Text(title) })
    }
}
public struct Label<Title: View, Icon: View>: _Primitive {
    let name: Title, icon: Icon
    public init(@ViewBuilder title: () -> Title, @ViewBuilder icon: () -> Icon) {
        (name, self.icon) = (title(), icon())
    }
    public func _nodes(_ pass: _Pass) -> [_Node] {
        let image = evaluate(icon, pass.child("icon")).first?.text ?? ""
        var node = _Node(kind: "Label", text: title(name, pass))
        if !image.isEmpty { node.notes = ["icon: \(image)"] }
        return [node]
    }
}
extension Label where Title == Text, Icon == Image {
    public init(_ title: LocalizedStringKey, systemImage: String) {
        self.init(title: { Text(title) }, icon: { Image(systemName: systemImage) })
    }
    @_disfavoredOverload public init<S: StringProtocol>(_ title: S, systemImage: String) {
        self.init(title: { Text(title) }, icon: { Image(systemName: systemImage) })
    }
}
public struct LabeledContent<Name: View, Content: View>: _Primitive {
    let name: Name, content: Content
    public init(@ViewBuilder content: () -> Content, @ViewBuilder label: () -> Name) {
        (name, self.content) = (label(), content())
    }
    public func _nodes(_ pass: _Pass) -> [_Node] { container("LabeledContent", content, pass, text: title(name, pass)) }
}
extension LabeledContent where Name == Text {
    public init(_ title: LocalizedStringKey, @ViewBuilder content: () -> Content) {
        self.init(content: content, label: { Text(title) })
    }
    @_disfavoredOverload public init<S: StringProtocol>(_ title: S, @ViewBuilder content: () -> Content) {
        self.init(content: content, label: { Text(title) })
    }
}
extension LabeledContent where Name == Text, Content == Text {
    public init<S: StringProtocol>(_ title: LocalizedStringKey, value: S) {
        self.init(content: { Text(value) }, label: { Text(title) })
    }
    @_disfavoredOverload public init<T: StringProtocol, S: StringProtocol>(_ title: T, value: S) {
        self.init(content: { Text(value) }, label: { Text(title) })
    }
}
public struct ContentUnavailableView<Title: View, Description: View, Actions: View>: _Primitive {
    let name: Title, description: Description, actions: Actions
    public init(
        @ViewBuilder label: () -> Title, @ViewBuilder description: () -> Description = { EmptyView() },
        @ViewBuilder actions: () -> Actions = { EmptyView() }
    ) {
        (name, self.description, self.actions) = (label(), description(), actions())
    }
    public func _nodes(_ pass: _Pass) -> [_Node] {
        [
            _Node(
                kind: "ContentUnavailableView", text: title(name, pass),
                children: evaluate(description, pass.child("description")) + evaluate(actions, pass.child("actions")))
        ]
    }
}
extension ContentUnavailableView where Title == Label<Text, Image>, Description == Text?, Actions == EmptyView {
    public init(_ title: LocalizedStringKey, systemImage: String, description: Text? = nil) {
        self.init(
            label: { Label(title, systemImage: systemImage) }, description: { description }, actions: { EmptyView() })
    }
    @_disfavoredOverload public init<S: StringProtocol>(_ title: S, systemImage: String, description: Text? = nil) {
        self.init(
            label: { Label(title, systemImage: systemImage) }, description: { description }, actions: { EmptyView() })
    }
}
