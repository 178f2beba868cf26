// Titles, bars, sheets, covers, alerts and dialogs.
extension View {
    // Navigation and presentation
    public func navigationTitle(_ title: LocalizedStringKey) -> some View { _titled(title.text) }
    @_disfavoredOverload public func navigationTitle<S: StringProtocol>(_ title: S) -> some View {
        _titled(String(title))
    }
    public func navigationDestination<V: View>(
        isPresented: Binding<Bool>, @ViewBuilder destination: @escaping () -> V
    ) -> some View { _presents("Pushed", "", isPresented) { destination() } }
    public func navigationDestination<D: Hashable, V: View>(
        item: Binding<D?>, @ViewBuilder destination: @escaping (D) -> V
    ) -> some View { _presents("Pushed", "", _isThere(item)) { item.wrappedValue.map(destination) } }
    public func toolbar<V: View>(@ViewBuilder content: () -> V) -> some View { _beside(content(), "Toolbar") }
    public func tabItem<V: View>(@ViewBuilder _ label: () -> V) -> some View { _Tab(content: self, label: label()) }
    public func navigationDestination<D: Hashable, V: View>(
        for type: D.Type, @ViewBuilder destination: @escaping (D) -> V
    ) -> some View {
        _Changed(content: self, down: { $0.navigation?.destinations.append { ($0 as? D).map(destination) } })
    }
    public func sheet<V: View>(
        isPresented: Binding<Bool>, onDismiss: (@MainActor () -> Void)? = nil, @ViewBuilder content: @escaping () -> V
    ) -> some View {
        _presents("Sheet", "", isPresented, onDismiss: onDismiss) { content() }
    }
    public func sheet<Item: Identifiable, V: View>(
        item: Binding<Item?>, onDismiss: (@MainActor () -> Void)? = nil, @ViewBuilder content: @escaping (Item) -> V
    ) -> some View {
        _presents("Sheet", "", _isThere(item), onDismiss: onDismiss) { item.wrappedValue.map(content) }
    }
    public func fullScreenCover<V: View>(
        isPresented: Binding<Bool>, onDismiss: (@MainActor () -> Void)? = nil, @ViewBuilder content: @escaping () -> V
    ) -> some View {
        _presents("Cover", "", isPresented, onDismiss: onDismiss) { content() }
    }
    public func fullScreenCover<Item: Identifiable, V: View>(
        item: Binding<Item?>, onDismiss: (@MainActor () -> Void)? = nil, @ViewBuilder content: @escaping (Item) -> V
    ) -> some View {
        _presents("Cover", "", _isThere(item), onDismiss: onDismiss) { item.wrappedValue.map(content) }
    }
    public func popover<V: View>(isPresented: Binding<Bool>, @ViewBuilder content: @escaping () -> V) -> some View {
        _presents("Popover", "", isPresented) { content() }
    }
    public func alert<A: View, M: View>(
        _ title: LocalizedStringKey, isPresented: Binding<Bool>, @ViewBuilder actions: @escaping () -> A,
        @ViewBuilder message: @escaping () -> M
    ) -> some View { _asks("Alert", title.text, isPresented, actions: actions, message: message) }
    public func alert<A: View>(
        _ title: LocalizedStringKey, isPresented: Binding<Bool>, @ViewBuilder actions: @escaping () -> A
    ) -> some View { _asks("Alert", title.text, isPresented, actions: actions, message: { EmptyView() }) }
    public func alert<T, A: View, M: View>(
        _ title: LocalizedStringKey, isPresented: Binding<Bool>, presenting data: T?,
        @ViewBuilder actions: @escaping (T) -> A, @ViewBuilder message: @escaping (T) -> M
    ) -> some View {
        _asks("Alert", title.text, isPresented, actions: { data.map(actions) }, message: { data.map(message) })
    }
    @_disfavoredOverload public func alert<S: StringProtocol, A: View, M: View>(
        _ title: S, isPresented: Binding<Bool>, @ViewBuilder actions: @escaping () -> A,
        @ViewBuilder message: @escaping () -> M
    ) -> some View { _asks("Alert", String(title), isPresented, actions: actions, message: message) }
    @_disfavoredOverload public func alert<S: StringProtocol, A: View>(
        _ title: S, isPresented: Binding<Bool>, @ViewBuilder actions: @escaping () -> A
    ) -> some View { _asks("Alert", String(title), isPresented, actions: actions, message: { EmptyView() }) }
    @_disfavoredOverload public func alert<S: StringProtocol, T, A: View, M: View>(
        _ title: S, isPresented: Binding<Bool>, presenting data: T?,
        @ViewBuilder actions: @escaping (T) -> A, @ViewBuilder message: @escaping (T) -> M
    ) -> some View {
        _asks("Alert", String(title), isPresented, actions: { data.map(actions) }, message: { data.map(message) })
    }
    public func confirmationDialog<A: View, M: View>(
        _ title: LocalizedStringKey, isPresented: Binding<Bool>, titleVisibility: Visibility = .automatic,
        @ViewBuilder actions: @escaping () -> A,
        @ViewBuilder message: @escaping () -> M
    ) -> some View { _asks("Dialog", title.text, isPresented, actions: actions, message: message) }
    public func confirmationDialog<A: View>(
        _ title: LocalizedStringKey, isPresented: Binding<Bool>, titleVisibility: Visibility = .automatic,
        @ViewBuilder actions: @escaping () -> A
    ) -> some View { _asks("Dialog", title.text, isPresented, actions: actions, message: { EmptyView() }) }
    public func confirmationDialog<T, A: View, M: View>(
        _ title: LocalizedStringKey, isPresented: Binding<Bool>, titleVisibility: Visibility = .automatic,
        presenting data: T?,
        @ViewBuilder actions: @escaping (T) -> A, @ViewBuilder message: @escaping (T) -> M
    ) -> some View {
        _asks("Dialog", title.text, isPresented, actions: { data.map(actions) }, message: { data.map(message) })
    }
    @_disfavoredOverload public func confirmationDialog<S: StringProtocol, A: View, M: View>(
        _ title: S, isPresented: Binding<Bool>, titleVisibility: Visibility = .automatic,
        @ViewBuilder actions: @escaping () -> A,
        @ViewBuilder message: @escaping () -> M
    ) -> some View { _asks("Dialog", String(title), isPresented, actions: actions, message: message) }
    @_disfavoredOverload public func confirmationDialog<S: StringProtocol, A: View>(
        _ title: S, isPresented: Binding<Bool>, titleVisibility: Visibility = .automatic,
        @ViewBuilder actions: @escaping () -> A
    ) -> some View { _asks("Dialog", String(title), isPresented, actions: actions, message: { EmptyView() }) }
    @_disfavoredOverload public func confirmationDialog<S: StringProtocol, T, A: View, M: View>(
        _ title: S, isPresented: Binding<Bool>, titleVisibility: Visibility = .automatic, presenting data: T?,
        @ViewBuilder actions: @escaping (T) -> A, @ViewBuilder message: @escaping (T) -> M
    ) -> some View {
        _asks("Dialog", String(title), isPresented, actions: { data.map(actions) }, message: { data.map(message) })
    }

    // How the above are done
    func _isThere<T>(_ item: Binding<T?>) -> Binding<Bool> {
        Binding(get: { item.wrappedValue != nil }, set: { if !$0 { item.wrappedValue = nil } })
    }
    func _asks<A: View, M: View>(
        _ kind: String, _ title: String, _ shown: Binding<Bool>, actions: @escaping () -> A, message: @escaping () -> M
    ) -> some View {
        _presents(kind, title, shown, closesOnTap: true) { TupleView<(M, A)>(children: [message(), actions()]) }
    }
    func _beside(_ view: any View, _ kind: String) -> some View {
        _changed { nodes, pass in
            let more = evaluate(view, pass.child(kind)).filter { $0.kind != "Shape" && $0.kind != "Color" }
            if !more.isEmpty { nodes.append(_Node(kind: kind, children: more)) }
        }
    }
    func _titled(_ title: String) -> some View {
        _changed { nodes, _ in nodes.insert(_Node(kind: "Title", text: title), at: 0) }
    }
    func _presents(
        _ kind: String, _ title: String, _ shown: Binding<Bool>, closesOnTap: Bool = false,
        onDismiss: (@MainActor () -> Void)? = nil, _ content: @escaping () -> any View
    ) -> some View {
        _changed { nodes, pass in
            guard shown.wrappedValue else { return }
            let close: @MainActor () -> Void = {
                shown.wrappedValue = false
                pass.graph.isStale = true
                onDismiss?()
            }
            var inner = pass.child(kind)
            (inner.navigation, inner.selection, inner.split, inner.tabs) = (nil, nil, nil, nil)
            inner.environment.isEnabled = true
            inner.environment.isPresented = true
            inner.environment.buttonStyle = nil
            inner.environment.dismiss = DismissAction(run: close)
            var node = _Node(kind: kind, text: title, children: evaluate(content(), inner))
            node.isModal = true
            if kind == "Pushed" {
                var back = _Node(kind: "Button", text: "Back")
                back.action = close
                node.children.insert(back, at: 0)
            }
            if closesOnTap {
                for index in node.children.indices {
                    guard let action = node.children[index].action else { continue }
                    let both: @MainActor () -> Void = {
                        close()
                        action()
                    }
                    node.children[index].action = both
                }
            }
            nodes.append(node)
        }
    }
}
