// How views are put together: the builder, and the views that only hold others.
@MainActor @resultBuilder public enum ViewBuilder {
    public static func buildExpression<Content: View>(_ content: Content) -> Content { content }
    public static func buildBlock() -> EmptyView { EmptyView() }
    public static func buildBlock<Content: View>(_ content: Content) -> Content { content }
    public static func buildBlock<each Content: View>(_ content: repeat each Content) -> TupleView<
        (repeat each Content)
    > {
        var children: [any View] = []
        repeat children.append(each content)
        return TupleView(children: children)
    }
    public static func buildIf<Content: View>(_ content: Content?) -> Content? { content }
    public static func buildEither<A: View, B: View>(first: A) -> _ConditionalContent<A, B> {
        .init(side: "then", view: first)
    }
    public static func buildEither<A: View, B: View>(second: B) -> _ConditionalContent<A, B> {
        .init(side: "else", view: second)
    }
    public static func buildLimitedAvailability<Content: View>(_ content: Content) -> AnyView { AnyView(content) }
}

public struct EmptyView: _Primitive {
    public init() {}
    public func _nodes(_ pass: _Pass) -> [_Node] { [] }
}
public struct TupleView<T>: _Primitive {
    let children: [any View]
    public func _nodes(_ pass: _Pass) -> [_Node] {
        children.enumerated().flatMap { evaluate($1, pass.child("\($0)")) }
    }
}
public struct _ConditionalContent<A: View, B: View>: _Primitive {
    let side: String
    let view: any View
    public func _nodes(_ pass: _Pass) -> [_Node] { evaluate(view, pass.child(side)) }
}
extension Optional: View where Wrapped: View {
    public var body: Never { fatalError("Optional is a primitive view") }
}
extension Optional: _Primitive where Wrapped: View {
    public func _nodes(_ pass: _Pass) -> [_Node] { map { evaluate($0, pass.child("some")) } ?? [] }
}
public struct AnyView: _Primitive {
    let view: any View
    public init<V: View>(_ view: V) { self.view = view }
    public init<V: View>(erasing view: V) { self.view = view }
    public func _nodes(_ pass: _Pass) -> [_Node] { evaluate(view, pass) }
}
public struct Group<Content: View>: _Primitive {
    let content: Content
    public init(@ViewBuilder content: () -> Content) { self.content = content() }
    public func _nodes(_ pass: _Pass) -> [_Node] { evaluate(content, pass) }
}
public struct ForEach<Data: RandomAccessCollection, ID: Hashable, Content: View>: _Primitive {
    let data: Data
    let id: (Data.Element) -> ID
    let content: (Data.Element) -> Content
    public init(_ data: Data, id: KeyPath<Data.Element, ID>, @ViewBuilder content: @escaping (Data.Element) -> Content)
    {
        (self.data, self.id, self.content) = (data, { $0[keyPath: id] }, content)
    }
    public init(_ data: Data, @ViewBuilder content: @escaping (Data.Element) -> Content)
    where Data.Element: Identifiable, ID == Data.Element.ID {
        (self.data, self.id, self.content) = (data, { $0.id }, content)
    }
    public init(_ data: Range<Int>, @ViewBuilder content: @escaping (Int) -> Content)
    where Data == Range<Int>, ID == Int {
        (self.data, self.id, self.content) = (data, { $0 }, content)
    }
    public func _nodes(_ pass: _Pass) -> [_Node] {
        data.flatMap { evaluate(content($0), pass.child("#\(id($0))")) }
    }
    public func onDelete(perform action: ((IndexSet) -> Void)?) -> some View {
        _changed { nodes, _ in
            guard let action else { return }
            for index in nodes.indices { nodes[index].actions.append(("Delete", { action(IndexSet(integer: index)) })) }
        }
    }
    public func onMove(perform action: ((IndexSet, Int) -> Void)?) -> some View { self }
}

/// The first of its children: nothing is measured here, so the first always fits.
public struct ViewThatFits<Content: View>: _Primitive {
    let content: Content
    public init(in axes: Axis.Set = [.horizontal, .vertical], @ViewBuilder content: () -> Content) {
        self.content = content()
    }
    public func _nodes(_ pass: _Pass) -> [_Node] {
        let first = (content as? any _Several)?.several.first ?? content
        return evaluate(first, pass.child("fits"))
    }
}
@MainActor protocol _Several { var several: [any View] { get } }
extension TupleView: _Several { var several: [any View] { children } }

public struct GeometryProxy { public let size: CGSize }
public struct GeometryReader<Content: View>: _Primitive {
    let content: (GeometryProxy) -> Content
    public init(@ViewBuilder content: @escaping (GeometryProxy) -> Content) { self.content = content }
    public func _nodes(_ pass: _Pass) -> [_Node] {
        evaluate(content(GeometryProxy(size: CGSize(width: 390, height: 844))), pass.child("geometry"))
    }
}
public struct ScrollViewProxy {
    let graph: Graph
    @MainActor public func scrollTo<ID: Hashable>(_ id: ID, anchor: UnitPoint? = nil) { graph.scrolledTo = "\(id)" }
}
public struct ScrollViewReader<Content: View>: _Primitive {
    let content: (ScrollViewProxy) -> Content
    public init(@ViewBuilder content: @escaping (ScrollViewProxy) -> Content) { self.content = content }
    public func _nodes(_ pass: _Pass) -> [_Node] { evaluate(content(ScrollViewProxy(graph: pass.graph)), pass) }
}

public struct TimelineViewContext: Sendable { public let date: Date }
public struct PeriodicTimelineSchedule: Sendable {
    public static func periodic(from start: Date, by interval: TimeInterval) -> Self { .init() }
    public static var everyMinute: Self { .init() }
}
/// Its date is the harness's `now`: no clock runs in a test.
public struct TimelineView<Content: View>: _Primitive {
    public typealias Context = TimelineViewContext
    let content: (TimelineViewContext) -> Content
    public init(_ schedule: PeriodicTimelineSchedule, @ViewBuilder content: @escaping (TimelineViewContext) -> Content)
    {
        self.content = content
    }
    public func _nodes(_ pass: _Pass) -> [_Node] {
        evaluate(content(TimelineViewContext(date: pass.graph.now)), pass.child("timeline"))
    }
}

public protocol Layout { var _kind: String { get } }
public struct HStackLayout: Layout {
    public var _kind: String { "HStack" }
    public init(alignment: VerticalAlignment = .center, spacing: CGFloat? = nil) {}
}
public struct VStackLayout: Layout {
    public var _kind: String { "VStack" }
    public init(alignment: HorizontalAlignment = .center, spacing: CGFloat? = nil) {}
}
public struct AnyLayout: Layout {
    public let _kind: String
    public init<L: Layout>(_ layout: L) { _kind = layout._kind }
    @MainActor public func callAsFunction<V: View>(@ViewBuilder _ content: () -> V) -> some View {
        _Laid(kind: _kind, content: content())
    }
}
struct _Laid<Content: View>: _Primitive {
    let kind: String, content: Content
    // One place in the tree whatever the layout: changing it keeps the state of what is inside.
    func _nodes(_ pass: _Pass) -> [_Node] { [_Node(kind: kind, children: evaluate(content, pass.child("layout")))] }
}
