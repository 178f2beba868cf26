// Styles: the built-in ones say nothing; a style of one's own is evaluated.
public protocol PrimitiveButtonStyle: Sendable {}
public struct _ButtonStyle: PrimitiveButtonStyle {}
extension PrimitiveButtonStyle where Self == _ButtonStyle {
    public static var automatic: Self { .init() }
    public static var plain: Self { .init() }
    public static var bordered: Self { .init() }
    public static var borderedProminent: Self { .init() }
    public static var borderless: Self { .init() }
}
public struct ButtonStyleConfiguration {
    public struct Label: _Primitive {
        let nodes: [_Node]
        public func _nodes(_ pass: _Pass) -> [_Node] { nodes }
    }
    public let role: ButtonRole?
    public let label: Label
    public let isPressed: Bool
}
@MainActor @preconcurrency public protocol ButtonStyle: Sendable {
    associatedtype Body: View
    typealias Configuration = ButtonStyleConfiguration
    @ViewBuilder func makeBody(configuration: Configuration) -> Body
}
/// The label as the style around it draws it: wrappers that only lay out fall away, what they state is kept.
@MainActor func styled(_ label: any View, role: ButtonRole?, _ pass: _Pass) -> [_Node] {
    let plain = evaluate(label, pass.child("label"))
    guard let style = pass.environment.buttonStyle else { return plain }
    func make<S: ButtonStyle>(_ style: S) -> [_Node] {
        let inner = pass.child("style")
        connect(style, inner)
        let made = style.makeBody(configuration: .init(role: role, label: .init(nodes: plain), isPressed: false))
        return evaluate(made, inner)
    }
    return make(style)
}
extension View {
    public func buttonStyle<S: PrimitiveButtonStyle>(_ style: S) -> some View {
        _Changed(content: self, down: { $0.environment.buttonStyle = nil })
    }
    public func buttonStyle<S: ButtonStyle>(_ style: S) -> some View {
        _Changed(content: self, down: { $0.environment.buttonStyle = style })
    }
}
public protocol ListStyle: Sendable {}
public struct _ListStyle: ListStyle {}
extension ListStyle where Self == _ListStyle {
    public static var plain: Self { .init() }
    public static var insetGrouped: Self { .init() }
    public static var grouped: Self { .init() }
    public static var sidebar: Self { .init() }
}
public protocol PickerStyle: Sendable {}
public struct _PickerStyle: PickerStyle {}
extension PickerStyle where Self == _PickerStyle {
    public static var segmented: Self { .init() }
    public static var menu: Self { .init() }
    public static var inline: Self { .init() }
    public static var wheel: Self { .init() }
    public static var navigationLink: Self { .init() }
}
public protocol TextFieldStyle: Sendable {}
public struct _TextFieldStyle: TextFieldStyle {}
extension TextFieldStyle where Self == _TextFieldStyle {
    public static var roundedBorder: Self { .init() }
    public static var plain: Self { .init() }
}
public protocol GaugeStyle: Sendable {}
public struct _GaugeStyle: GaugeStyle {}
extension GaugeStyle where Self == _GaugeStyle {
    public static var accessoryCircular: Self { .init() }
    public static var accessoryLinear: Self { .init() }
    public static var linearCapacity: Self { .init() }
}
public protocol DatePickerStyle: Sendable {}
public struct _DatePickerStyle: DatePickerStyle {}
extension DatePickerStyle where Self == _DatePickerStyle {
    public static var automatic: Self { .init() }
    public static var compact: Self { .init() }
    public static var graphical: Self { .init() }
    public static var wheel: Self { .init() }
}
public protocol ToggleStyle: Sendable {}
public struct _ToggleStyle: ToggleStyle {}
extension ToggleStyle where Self == _ToggleStyle {
    public static var automatic: Self { .init() }
    public static var `switch`: Self { .init() }
    public static var button: Self { .init() }
}
public protocol ProgressViewStyle: Sendable {}
public struct _ProgressViewStyle: ProgressViewStyle {}
extension ProgressViewStyle where Self == _ProgressViewStyle {
    public static var automatic: Self { .init() }
    public static var linear: Self { .init() }
    public static var circular: Self { .init() }
}
public protocol LabelStyle: Sendable {}
public struct _LabelStyle: LabelStyle {}
extension LabelStyle where Self == _LabelStyle {
    public static var automatic: Self { .init() }
    public static var titleAndIcon: Self { .init() }
    public static var titleOnly: Self { .init() }
    public static var iconOnly: Self { .init() }
}
public protocol NavigationSplitViewStyle: Sendable {}
public struct _SplitStyle: NavigationSplitViewStyle {}
extension NavigationSplitViewStyle where Self == _SplitStyle {
    public static var automatic: Self { .init() }
    public static var balanced: Self { .init() }
    public static var prominentDetail: Self { .init() }
}
public protocol TabViewStyle: Sendable {}
public struct _TabViewStyle: TabViewStyle {}
extension TabViewStyle where Self == _TabViewStyle {
    public static var automatic: Self { .init() }
    public static var page: Self { .init() }
}
