// What flows down from a view to those inside it.
public protocol EnvironmentKey {
    associatedtype Value
    static var defaultValue: Value { get }
}
public struct EnvironmentValues {
    var keyed: [ObjectIdentifier: Any] = [:]
    var objects: [ObjectIdentifier: AnyObject] = [:]
    public init() {}
    public subscript<K: EnvironmentKey>(key: K.Type) -> K.Value {
        get { keyed[ObjectIdentifier(key)] as? K.Value ?? K.defaultValue }
        set { keyed[ObjectIdentifier(key)] = newValue }
    }
    public var isEnabled = true
    public var dynamicTypeSize = DynamicTypeSize.large
    public var colorScheme = ColorScheme.light
    public var layoutDirection = LayoutDirection.leftToRight
    public var horizontalSizeClass: UserInterfaceSizeClass? = .compact
    public var verticalSizeClass: UserInterfaceSizeClass? = .regular
    public var calendar = Calendar.current
    public var timeZone = TimeZone.current
    public var isSearching = false
    public var displayScale: CGFloat = 2
    public var redactionReasons: RedactionReasons = []
    var buttonStyle: (any ButtonStyle)?
    public var accessibilityReduceMotion = false
    public var accessibilityReduceTransparency = false
    public var accessibilityDifferentiateWithoutColor = false
    public var accessibilityVoiceOverEnabled = false
    public var locale = Locale.current
    public var scenePhase = ScenePhase.active
    public var dismiss = DismissAction(run: {})
    public var openURL = OpenURLAction { _ in .handled }
    public var isPresented = false
}
public struct DismissAction {
    let run: @MainActor () -> Void
    @MainActor public func callAsFunction() { run() }
}
public struct OpenURLAction {
    public enum Result { case handled, discarded, systemAction }
    let handler: (URL) -> Result
    public init(handler: @escaping (URL) -> Result) { self.handler = handler }
    @MainActor public func callAsFunction(_ url: URL) { _ = handler(url) }
}
@propertyWrapper public struct Environment<Value>: _Dynamic, DynamicProperty {
    final class Box { var values = EnvironmentValues() }
    let box = Box()
    let read: (EnvironmentValues) -> Value
    public init(_ path: KeyPath<EnvironmentValues, Value>) { read = { $0[keyPath: path] } }
    public init(_ type: Value.Type) where Value: AnyObject, Value: Observable {
        read = {
            guard let object = $0.objects[ObjectIdentifier(type)] as? Value else {
                fatalError("no \(type) in the environment")
            }
            return object
        }
    }
    public var wrappedValue: Value { read(box.values) }
    public func _connect(_ pass: _Pass) { box.values = pass.environment }
}
