// Stacks, links, tabs and bars.
final class Navigation {
    let graph: Graph
    var read: () -> [AnyHashable]
    var write: ([AnyHashable]) -> Void
    var destinations: [(Any) -> (any View)?] = []
    init(graph: Graph, read: @escaping () -> [AnyHashable], write: @escaping ([AnyHashable]) -> Void) {
        (self.graph, self.read, self.write) = (graph, read, write)
    }
}
/// A pushed view that has no value (NavigationLink with a destination).
struct Pushed: Hashable {
    let id: String
    let view: any View
    static func == (a: Pushed, b: Pushed) -> Bool { a.id == b.id }
    func hash(into hasher: inout Hasher) { hasher.combine(id) }
}
public struct NavigationPath: Equatable {
    var items: [AnyHashable] = []
    public init() {}
    public var count: Int { items.count }
    public var isEmpty: Bool { items.isEmpty }
    public mutating func append<V: Hashable>(_ value: V) { items.append(value) }
    public mutating func removeLast(_ count: Int = 1) { items.removeLast(count) }
}
extension Binding {
    func erased<Element: Hashable>() -> Binding<[AnyHashable]> where Value == [Element] {
        Binding<[AnyHashable]>(
            get: { wrappedValue.map { AnyHashable($0) } }, set: { wrappedValue = $0.compactMap { $0.base as? Element } }
        )
    }
}
public struct NavigationStack<Root: View>: _Primitive {
    let root: Root
    let path: Binding<[AnyHashable]>?
    public init(@ViewBuilder root: () -> Root) { (self.root, path) = (root(), nil) }
    public init(path: Binding<NavigationPath>, @ViewBuilder root: () -> Root) {
        self.root = root()
        self.path = Binding(get: { path.wrappedValue.items }, set: { path.wrappedValue.items = $0 })
    }
    public init<Element: Hashable>(path: Binding<[Element]>, @ViewBuilder root: () -> Root) {
        self.root = root()
        self.path = path.erased()
    }
    public func _nodes(_ pass: _Pass) -> [_Node] {
        let own = State<[AnyHashable]>(wrappedValue: [])
        own._connect(pass.child("path"))
        let path = path ?? own.projectedValue
        let navigation = Navigation(graph: pass.graph, read: { path.wrappedValue }, write: { path.wrappedValue = $0 })
        var inner = pass.child("NavigationStack")
        inner.navigation = navigation
        inner.environment.buttonStyle = nil
        // The root stays alive under what is pushed on it, and names the destinations.
        var shown = evaluate(root, inner)
        for (depth, item) in path.wrappedValue.enumerated() {
            let view = (item.base as? Pushed)?.view ?? navigation.destinations.lazy.compactMap { $0(item.base) }.first
            guard let view else {
                shown = [_Node(kind: "Missing", text: "no navigationDestination for \(type(of: item.base))")]
                break
            }
            var level = inner.child("@\(depth)")
            level.environment.isPresented = true
            level.environment.dismiss = DismissAction { path.wrappedValue.removeLast() }
            shown = evaluate(view, level)
            var back = _Node(kind: "Button", text: "Back")
            back.action = { path.wrappedValue.removeLast() }
            shown.insert(back, at: 0)
        }
        return [_Node(kind: "NavigationStack", children: shown)]
    }
}
public struct NavigationLink<Name: View, Destination: View>: _Primitive {
    let name: Name, item: (String) -> AnyHashable?
    public init(@ViewBuilder destination: @escaping () -> Destination, @ViewBuilder label: () -> Name) {
        name = label()
        item = { AnyHashable(Pushed(id: $0, view: destination())) }
    }
    public func _nodes(_ pass: _Pass) -> [_Node] {
        var node = labelled("NavigationLink", name, pass)
        let path = pass.path
        if let selection = pass.selection, let chosen = selection.read(), chosen == item(path) {
            node.notes.append("selected")
        }
        node.action = { [navigation = pass.navigation, selection = pass.selection, split = pass.split] in
            if let selection, let item = item(path), selection.write(item) {
                split?.show(.detail)
                return
            }
            guard let navigation, let item = item(path) else { return }
            navigation.write(navigation.read() + [item])
            navigation.graph.isStale = true
        }
        return [node]
    }
}
extension NavigationLink where Destination == Never {
    public init<P: Hashable>(value: P?, @ViewBuilder label: () -> Name) {
        name = label()
        let erased = value.map { AnyHashable($0) }
        item = { _ in erased }
    }
}
extension NavigationLink where Name == Text, Destination == Never {
    public init<P: Hashable>(_ title: LocalizedStringKey, value: P?) { self.init(value: value) { Text(title) } }
    @_disfavoredOverload public init<S: StringProtocol, P: Hashable>(_ title: S, value: P?) {
        self.init(value: value) { Text(title) }
    }
}
extension NavigationLink where Name == Text {
    public init(_ title: LocalizedStringKey, @ViewBuilder destination: @escaping () -> Destination) {
        self.init(destination: destination) { Text(title) }
    }
    @_disfavoredOverload public init<S: StringProtocol>(
        _ title: S, @ViewBuilder destination: @escaping () -> Destination
    ) { self.init(destination: destination) { Text(title) } }
}

// MARK: Two and three panes

public struct NavigationSplitViewVisibility: Equatable, Sendable {
    let name: String
    public static let automatic = Self(name: "automatic"), all = Self(name: "all"),
        doubleColumn = Self(name: "doubleColumn"), detailOnly = Self(name: "detailOnly")
}
public struct NavigationSplitViewColumn: Hashable, Sendable {
    let name: String
    public static let sidebar = Self(name: "sidebar"), content = Self(name: "content"), detail = Self(name: "detail")
}
final class Split {
    var selection: Selection?
    let show: (NavigationSplitViewColumn) -> Void
    init(show: @escaping (NavigationSplitViewColumn) -> Void) { self.show = show }
}
/// Side by side where the width is regular; one over the other, with a way back, where it is compact.
public struct NavigationSplitView<Sidebar: View, Detail: View>: _Primitive {
    let sidebar: Sidebar, detail: Detail, column: Binding<NavigationSplitViewColumn>?
    var visibility = Binding.constant(NavigationSplitViewVisibility.automatic)
    public init(@ViewBuilder sidebar: () -> Sidebar, @ViewBuilder detail: () -> Detail) {
        (self.sidebar, self.detail, column) = (sidebar(), detail(), nil)
    }
    public init(
        preferredCompactColumn: Binding<NavigationSplitViewColumn>, @ViewBuilder sidebar: () -> Sidebar,
        @ViewBuilder detail: () -> Detail
    ) { (self.sidebar, self.detail, column) = (sidebar(), detail(), preferredCompactColumn) }
    public init(
        columnVisibility: Binding<NavigationSplitViewVisibility>, @ViewBuilder sidebar: () -> Sidebar,
        @ViewBuilder detail: () -> Detail
    ) {
        (self.sidebar, self.detail, column, visibility) = (sidebar(), detail(), nil, columnVisibility)
    }
    public func _nodes(_ pass: _Pass) -> [_Node] {
        let own = State<NavigationSplitViewColumn>(wrappedValue: .sidebar)
        own._connect(pass.child("column"))
        let column = column ?? own.projectedValue
        let split = Split { column.wrappedValue = $0 }
        var inner = pass.child("sidebar")
        inner.split = split
        inner.navigation = nil
        inner.environment.buttonStyle = nil
        let side = evaluate(sidebar, inner)
        let isCompact = pass.environment.horizontalSizeClass == .compact
        let hasDetail = column.wrappedValue == .detail || split.selection?.read() != nil
        var outer = pass.child("detail")
        (outer.navigation, outer.environment.buttonStyle) = (nil, nil)
        var panes: [_Node] = []
        if isCompact, hasDetail {
            var back = _Node(kind: "Button", text: "Back")
            back.action = {
                _ = split.selection?.write(nil)
                column.wrappedValue = .sidebar
            }
            panes = [_Node(kind: "Detail", children: [back] + evaluate(detail, outer))]
        } else {
            if isCompact || visibility.wrappedValue != .detailOnly { panes = [_Node(kind: "Sidebar", children: side)] }
            if !isCompact { panes.append(_Node(kind: "Detail", children: evaluate(detail, outer))) }
        }
        return [_Node(kind: "NavigationSplitView", children: panes)]
    }
}

// MARK: Tabs

/// Which tab is shown; one that was shown once stays alive, as on a device, and the rest is not evaluated.
final class Tabs {
    var selected: AnyHashable?
    var count = 0
    var visited: Set<AnyHashable> = []
}
struct _Tab<Content: View, Name: View>: _Primitive {
    let content: Content, label: Name
    func _nodes(_ pass: _Pass) -> [_Node] {
        guard let tabs = pass.tabs else { return evaluate(content, pass) }
        let tag = pass.tag ?? AnyHashable(tabs.count)
        tabs.count += 1
        if tabs.selected == nil { tabs.selected = tag }
        var node = labelled("Tab", label, pass.child("tabItem"))
        (node.tag, node.children) = (tag, [])
        if tabs.selected == tag { tabs.visited.insert(tag) }
        guard tabs.visited.contains(tag) else { return [node] }
        var inner = pass.child("tab")
        (inner.tabs, inner.tag) = (nil, nil)
        node.children = evaluate(content, inner)
        return [node]
    }
}
public struct TabView<Content: View>: _Primitive {
    let content: Content
    var selection: Selection?
    public init(@ViewBuilder content: () -> Content) { self.content = content() }
    public init<V: Hashable>(selection: Binding<V>, @ViewBuilder content: () -> Content) {
        self.content = content()
        self.selection = Selection(
            read: { AnyHashable(selection.wrappedValue) },
            write: {
                guard let value = $0?.base as? V else { return false }
                selection.wrappedValue = value
                return true
            })
    }
    public func _nodes(_ pass: _Pass) -> [_Node] {
        let own = State<AnyHashable?>(wrappedValue: nil)
        own._connect(pass.child("selection"))
        let tabs = pass.graph.slot(pass.path + "/tabs") { Tabs() }
        tabs.count = 0
        tabs.selected = selection?.read() ?? own.wrappedValue
        var inner = pass.child("TabView")
        (inner.tabs, inner.tag) = (tabs, nil)
        let all = evaluate(content, inner).filter { $0.kind == "Tab" }
        var shown: [_Node] = []
        let bar = all.map { tab in
            var button = tab
            (button.kind, button.children) = ("TabButton", [])
            button.action = {
                guard let selection else { return own.wrappedValue = tab.tag }
                _ = selection.write(tab.tag)
            }
            if tab.tag == tabs.selected {
                button.notes.append("selected")
                shown = tab.children
            }
            return button
        }
        return [_Node(kind: "TabView", children: [_Node(kind: "TabBar", children: bar)] + shown)]
    }
}

// MARK: Bars and scenes

public struct ToolbarItem<Content: View>: _Primitive {
    let content: Content
    public init(placement: ToolbarItemPlacement = .automatic, @ViewBuilder content: () -> Content) {
        self.content = content()
    }
    public func _nodes(_ pass: _Pass) -> [_Node] { evaluate(content, pass.child("item")) }
}
public struct ToolbarItemGroup<Content: View>: _Primitive {
    let content: Content
    public init(placement: ToolbarItemPlacement = .automatic, @ViewBuilder content: () -> Content) {
        self.content = content()
    }
    public func _nodes(_ pass: _Pass) -> [_Node] { evaluate(content, pass.child("group")) }
}
