// The property wrappers whose value outlives an evaluation.
@propertyWrapper public struct State<Value>: _Dynamic, DynamicProperty, @unchecked Sendable {
    final class Slot: @unchecked Sendable {
        var value: Value
        weak var graph: Graph?
        init(_ value: Value) { self.value = value }
    }
    final class Box {
        var slot: Slot
        init(_ slot: Slot) { self.slot = slot }
    }
    let box: Box
    public init(wrappedValue: Value) { box = Box(Slot(wrappedValue)) }
    public init(initialValue: Value) { self.init(wrappedValue: initialValue) }
    public var wrappedValue: Value {
        get { box.slot.value }
        nonmutating set {
            box.slot.value = newValue
            box.slot.graph?.isStale = true
        }
    }
    public var projectedValue: Binding<Value> {
        let slot = box.slot
        return Binding(
            get: { slot.value },
            set: {
                slot.value = $0
                slot.graph?.isStale = true
            })
    }
    public func _connect(_ pass: _Pass) {
        box.slot = pass.graph.slot(pass.path) { box.slot }
        box.slot.graph = pass.graph
    }
}

extension State where Value: ExpressibleByNilLiteral {
    public init() { self.init(wrappedValue: nil) }
}

@propertyWrapper @dynamicMemberLookup public struct Binding<Value>: @unchecked Sendable {
    let read: () -> Value
    let write: (Value) -> Void
    public init(get: @escaping () -> Value, set: @escaping (Value) -> Void) { (read, write) = (get, set) }
    public static func constant(_ value: Value) -> Binding { Binding(get: { value }, set: { _ in }) }
    public init?(_ base: Binding<Value?>) {
        guard let first = base.wrappedValue else { return nil }
        self.init(get: { base.wrappedValue ?? first }, set: { base.wrappedValue = $0 })
    }
    public var wrappedValue: Value {
        get { read() }
        nonmutating set { write(newValue) }
    }
    public var projectedValue: Binding { self }
    public subscript<T>(dynamicMember path: WritableKeyPath<Value, T>) -> Binding<T> {
        Binding<T>(
            get: { read()[keyPath: path] },
            set: {
                var whole = read()
                whole[keyPath: path] = $0
                write(whole)
            })
    }
    public func animation(_ animation: Animation? = .default) -> Binding { self }
}

@propertyWrapper @dynamicMemberLookup public struct Bindable<Value> {
    public var wrappedValue: Value
    public init(wrappedValue: Value) where Value: AnyObject, Value: Observable { self.wrappedValue = wrappedValue }
    public init(_ wrappedValue: Value) where Value: AnyObject, Value: Observable { self.wrappedValue = wrappedValue }
    public var projectedValue: Bindable { self }
    public subscript<T>(dynamicMember path: ReferenceWritableKeyPath<Value, T>) -> Binding<T> where Value: AnyObject {
        let object = wrappedValue
        return Binding<T>(get: { object[keyPath: path] }, set: { object[keyPath: path] = $0 })
    }
}

@propertyWrapper public struct FocusState<Value: Hashable>: _Dynamic, DynamicProperty {
    @propertyWrapper public struct Binding {
        let state: State<Value>
        public var wrappedValue: Value {
            get { state.wrappedValue }
            nonmutating set { state.wrappedValue = newValue }
        }
        public var projectedValue: Binding { self }
    }
    let state: State<Value>
    public init() where Value == Bool { state = State(wrappedValue: false) }
    public init<T: Hashable>() where Value == T? { state = State(wrappedValue: nil) }
    public var wrappedValue: Value {
        get { state.wrappedValue }
        nonmutating set { state.wrappedValue = newValue }
    }
    public var projectedValue: Binding { Binding(state: state) }
    public func _connect(_ pass: _Pass) { state._connect(pass) }
}
public typealias AccessibilityFocusState = FocusState

/// A value that is kept under a key, and is one wherever the key is read.
public protocol _Stored {}
extension Bool: _Stored {}
extension Int: _Stored {}
extension Double: _Stored {}
extension String: _Stored {}
extension Data: _Stored {}
extension URL: _Stored {}
extension Optional: _Stored where Wrapped: _Stored {}

@propertyWrapper public struct AppStorage<Value>: _Dynamic, DynamicProperty {
    let state: State<Value>, key: String
    public init(wrappedValue: Value, _ key: String) where Value: _Stored {
        (state, self.key) = (State(wrappedValue: wrappedValue), "app." + key)
    }
    public init(wrappedValue: Value, _ key: String) where Value: RawRepresentable, Value.RawValue: _Stored {
        (state, self.key) = (State(wrappedValue: wrappedValue), "app." + key)
    }
    public var wrappedValue: Value {
        get { state.wrappedValue }
        nonmutating set { state.wrappedValue = newValue }
    }
    public var projectedValue: Binding<Value> { state.projectedValue }
    public func _connect(_ pass: _Pass) { state._connect(to: pass.graph, as: key) }
}
@propertyWrapper public struct SceneStorage<Value>: _Dynamic, DynamicProperty {
    let state: State<Value>, key: String
    public init(wrappedValue: Value, _ key: String) where Value: _Stored {
        (state, self.key) = (State(wrappedValue: wrappedValue), "scene." + key)
    }
    public init(wrappedValue: Value, _ key: String) where Value: RawRepresentable, Value.RawValue: _Stored {
        (state, self.key) = (State(wrappedValue: wrappedValue), "scene." + key)
    }
    public var wrappedValue: Value {
        get { state.wrappedValue }
        nonmutating set { state.wrappedValue = newValue }
    }
    public var projectedValue: Binding<Value> { state.projectedValue }
    public func _connect(_ pass: _Pass) { state._connect(to: pass.graph, as: key) }
}
extension State {
    func _connect(to graph: Graph, as key: String) {
        let slot = graph.storage[key] as? Slot ?? box.slot
        graph.storage[key] = slot
        box.slot = slot
        slot.graph = graph
    }
}

/// A length that grows with the phone's text size; the factors are near those of `body`.
@propertyWrapper public struct ScaledMetric<Value: BinaryFloatingPoint>: _Dynamic, DynamicProperty {
    final class Box { var size = DynamicTypeSize.large }
    let box = Box(), value: Value
    public init(wrappedValue: Value) { value = wrappedValue }
    public init(wrappedValue: Value, relativeTo style: Font.TextStyle) { value = wrappedValue }
    public var wrappedValue: Value {
        let steps: [Value] = [0.82, 0.88, 0.94, 1, 1.12, 1.24, 1.35, 1.65, 1.94, 2.35, 2.76, 3.12]
        return value * steps[DynamicTypeSize.allCases.firstIndex(of: box.size) ?? 3]
    }
    public func _connect(_ pass: _Pass) { box.size = pass.environment.dynamicTypeSize }
}
