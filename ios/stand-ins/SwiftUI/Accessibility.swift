// What a screen reader is told, what identifies a view, and what flows down to those inside.
extension View {
    // Accessibility
    public func accessibilityLabel(_ label: LocalizedStringKey) -> some View { _each { $0.label = label.text } }
    @_disfavoredOverload public func accessibilityLabel<S: StringProtocol>(_ label: S) -> some View {
        _each { $0.label = String(label) }
    }
    public func accessibilityLabel(_ label: Text) -> some View { _each { $0.label = label.string } }
    public func accessibilityHint(_ hint: LocalizedStringKey) -> some View { _each { $0.hint = hint.text } }
    @_disfavoredOverload public func accessibilityHint<S: StringProtocol>(_ hint: S) -> some View {
        _each { $0.hint = String(hint) }
    }
    public func accessibilityValue(_ value: LocalizedStringKey) -> some View { _each { $0.value = value.text } }
    @_disfavoredOverload public func accessibilityValue<S: StringProtocol>(_ value: S) -> some View {
        _each { $0.value = String(value) }
    }
    public func accessibilityIdentifier(_ identifier: String) -> some View { _each { $0.identifier = identifier } }
    public func accessibilityHidden(_ hidden: Bool) -> some View { _each { $0.isHidden = hidden } }
    public func accessibilityAddTraits(_ traits: AccessibilityTraits) -> some View {
        _each { node in
            for (trait, name) in [
                (AccessibilityTraits.isHeader, "header"), (.isSelected, "selected"), (.isButton, "button"),
                (.isModal, "modal"), (.updatesFrequently, "live"), (.isImage, "image"),
            ] where traits.contains(trait) {
                node.notes.append(name)
            }
        }
    }
    public func accessibilityElement(children: AccessibilityChildBehavior = .ignore) -> some View {
        _each { node in
            if children == .combine { node.merges = true }
            if children == .ignore { node.children = [] }
        }
    }
    public func accessibilityAction(named name: LocalizedStringKey, _ handler: @escaping @MainActor () -> Void)
        -> some View
    { _each { $0.actions.append((name.text, handler)) } }
    public func accessibilityAdjustableAction(
        _ handler: @escaping @MainActor (AccessibilityAdjustmentDirection) -> Void
    ) -> some View {
        accessibilityAction(named: "Increment") { handler(.increment) }
            .accessibilityAction(named: "Decrement") { handler(.decrement) }
    }
    public func accessibilitySortPriority(_ priority: Double) -> some View { self }
    public func accessibilityValue(_ value: Text) -> some View { _each { $0.value = value.string } }
    public func accessibilityHint(_ hint: Text) -> some View { _each { $0.hint = hint.string } }
    public func accessibilityHidden(_ hidden: Bool = true, isEnabled: Bool) -> some View {
        _each { if isEnabled { $0.isHidden = hidden } }
    }
    @_disfavoredOverload public func accessibilityAction<S: StringProtocol>(
        named name: S, _ handler: @escaping @MainActor () -> Void
    ) -> some View { _each { $0.actions.append((String(name), handler)) } }
    public func accessibilityAction(
        _ kind: AccessibilityActionKind = .default, _ handler: @escaping @MainActor () -> Void
    ) -> some View { _each { $0.actions.append((kind.name, handler)) } }
    public func accessibilityRemoveTraits(_ traits: AccessibilityTraits) -> some View { self }
    public func accessibilityHeading(_ level: AccessibilityHeadingLevel) -> some View { _noted("heading") }
    public func accessibilityInputLabels<S: StringProtocol>(_ labels: [S]) -> some View { self }
    public func accessibilityFocused(_ binding: AccessibilityFocusState<Bool>.Binding) -> some View { self }
    public func accessibilityFocused<V: Hashable>(_ binding: AccessibilityFocusState<V>.Binding, equals value: V)
        -> some View
    { self }
    public func accessibilityShowsLargeContentViewer() -> some View { self }
    public func accessibilityRepresentation<V: View>(@ViewBuilder representation: () -> V) -> some View {
        let stand = representation()
        return _changed { nodes, pass in
            for index in nodes.indices { nodes[index].isHidden = true }
            nodes += evaluate(stand, pass.child("representation"))
        }
    }

    // Identity
    public func id<ID: Hashable>(_ id: ID) -> some View { _Changed(content: self, down: { $0.path += "=\(id)" }) }
    public func tag<V: Hashable>(_ tag: V) -> some View {
        let tag = AnyHashable(tag)
        return _Changed(
            content: self, down: { $0.tag = tag },
            up: { nodes, _ in
                for index in nodes.indices { nodes[index].tag = tag }
            })
    }

    // What flows down
    public func environment<V>(_ path: WritableKeyPath<EnvironmentValues, V>, _ value: V) -> some View {
        _Changed(content: self, down: { $0.environment[keyPath: path] = value })
    }
    public func environment<T: AnyObject & Observable>(_ object: T?) -> some View {
        _Changed(content: self, down: { $0.environment.objects[ObjectIdentifier(T.self)] = object })
    }
    public func disabled(_ disabled: Bool) -> some View {
        _Changed(content: self, down: { if disabled { $0.environment.isEnabled = false } })
    }
    public func dynamicTypeSize(_ size: DynamicTypeSize) -> some View { environment(\.dynamicTypeSize, size) }
    public func dynamicTypeSize<R: RangeExpression>(_ range: R) -> some View where R.Bound == DynamicTypeSize { self }
    public func transformEnvironment<V>(
        _ path: WritableKeyPath<EnvironmentValues, V>, transform: @escaping (inout V) -> Void
    ) -> some View { _Changed(content: self, down: { transform(&$0.environment[keyPath: path]) }) }
}
public struct AccessibilityActionKind: Sendable {
    let name: String
    public static let `default` = Self(name: "Activate"), escape = Self(name: "Escape"),
        magicTap = Self(name: "Magic tap")
}
public enum AccessibilityHeadingLevel: Sendable { case unspecified, h1, h2, h3, h4, h5, h6 }
public enum AccessibilityNotification {
    /// Spoken at once. Nothing speaks here.
    public struct Announcement: Sendable {
        public init(_ announcement: String) {}
        public func post() {}
    }
}
