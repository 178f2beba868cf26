// What happens: taps, lifecycles, tasks, changes.
extension View {
    // Events
    public func onTapGesture(count: Int = 1, perform action: @escaping @MainActor () -> Void) -> some View {
        _each {
            $0.action = action
            $0.isTapOnly = true
        }
    }
    public func onSubmit(_ action: @escaping @MainActor () -> Void) -> some View {
        _each { $0.actions.append(("Submit", action)) }
    }
    public func onAppear(perform action: (@MainActor () -> Void)? = nil) -> some View {
        _lifecycle("onAppear", appear: action ?? {})
    }
    public func onDisappear(perform action: (@MainActor () -> Void)? = nil) -> some View {
        _lifecycle("onDisappear", disappear: action ?? {})
    }
    public func task(priority: TaskPriority = .userInitiated, _ action: @escaping @Sendable @MainActor () async -> Void)
        -> some View
    { _task("task", action) }
    public func task<T: Equatable>(
        id: T, priority: TaskPriority = .userInitiated, _ action: @escaping @Sendable @MainActor () async -> Void
    ) -> some View { _task("task \(id)", action) }
    public func refreshable(action: @escaping @Sendable @MainActor () async -> Void) -> some View {
        _each { $0.actions.append(("Refresh", { Task { await action() } })) }
    }
    public func onChange<V: Equatable>(
        of value: V, initial: Bool = false, _ action: @escaping @MainActor (V, V) -> Void
    ) -> some View {
        _changed { _, pass in
            let last = pass.graph.slot(pass.graph.unused(pass.path + ".onChange")) { State<V?>.Slot(nil) }
            let old = last.value
            last.value = value
            if old == nil ? initial : old != value { pass.graph.pending.append { action(old ?? value, value) } }
        }
    }
    public func onChange<V: Equatable>(of value: V, initial: Bool = false, _ action: @escaping @MainActor () -> Void)
        -> some View
    {
        onChange(of: value, initial: initial) { (_: V, _: V) in action() }
    }
    public func focused(_ condition: FocusState<Bool>.Binding) -> some View {
        _each { if condition.wrappedValue { $0.notes.append("focused") } }
    }
    public func focused<V: Hashable>(_ binding: FocusState<V>.Binding, equals value: V) -> some View {
        _each { if binding.wrappedValue == value { $0.notes.append("focused") } }
    }
    public func sensoryFeedback<T: Equatable>(_ feedback: SensoryFeedback, trigger: T) -> some View { self }
    public func onOpenURL(perform action: @escaping @MainActor (URL) -> Void) -> some View {
        _changed { _, pass in pass.graph.opensURL = action }
    }
    public func swipeActions<V: View>(
        edge: HorizontalAlignment = .trailing, allowsFullSwipe: Bool = true, @ViewBuilder content: () -> V
    ) -> some View { _beside(content(), "swipe") }
    public func contextMenu<V: View>(@ViewBuilder menuItems: () -> V) -> some View { _beside(menuItems(), "menu") }
    public func searchable(text: Binding<String>, prompt: LocalizedStringKey = "Search") -> some View {
        _searched(text, prompt.text)
    }
    @_disfavoredOverload public func searchable<S: StringProtocol>(text: Binding<String>, prompt: S) -> some View {
        _searched(text, String(prompt))
    }
    func _searched(_ text: Binding<String>, _ prompt: String) -> some View {
        _changed { nodes, pass in nodes.insert(control("SearchField", prompt, text, pass), at: 0) }
    }

    func _lifecycle(
        _ name: String, appear: (@MainActor () -> Void)? = nil, disappear: @escaping @MainActor () -> Void = {}
    ) -> some View {
        _changed { _, pass in
            let key = pass.graph.unused(pass.path + "." + name)
            pass.graph.seen.insert(key)
            if pass.graph.appeared.updateValue(disappear, forKey: key) == nil, let appear {
                pass.graph.pending.append(appear)
            }
        }
    }
    func _task(_ name: String, _ action: @escaping @Sendable @MainActor () async -> Void) -> some View {
        _changed { _, pass in
            let key = pass.graph.unused(pass.path + "." + name)
            pass.graph.seen.insert(key)
            guard pass.graph.appeared[key] == nil else { return }
            let task = Task { @MainActor in await action() }
            pass.graph.appeared[key] = { task.cancel() }
        }
    }
}
public struct SensoryFeedback: Sendable {
    public static let success = Self(), warning = Self(), error = Self(), selection = Self(), increase = Self(),
        decrease = Self()
}
