// Lists, and what is chosen in them.

/// What a list with a selection holds as chosen; rows and links set it.
final class Selection {
    let read: () -> AnyHashable?
    /// False where the value is not of the list's type: then the link is none of this list's.
    let write: (AnyHashable?) -> Bool
    init(read: @escaping () -> AnyHashable?, write: @escaping (AnyHashable?) -> Bool) {
        (self.read, self.write) = (read, write)
    }
}
public struct List<Content: View>: _Primitive {
    let content: Content
    var selection: Selection?
    public init(@ViewBuilder content: () -> Content) { self.content = content() }
    public init<V: Hashable>(selection: Binding<V?>, @ViewBuilder content: () -> Content) {
        self.content = content()
        self.selection = Selection(
            read: { selection.wrappedValue.map { AnyHashable($0) } },
            write: { new in
                guard let new else {
                    selection.wrappedValue = nil
                    return true
                }
                guard let value = new.base as? V else { return false }
                selection.wrappedValue = value
                return true
            })
    }
    public init<Data: RandomAccessCollection, Row: View>(
        _ data: Data, @ViewBuilder rowContent: @escaping (Data.Element) -> Row
    )
    where Data.Element: Identifiable, Content == ForEach<Data, Data.Element.ID, Row> {
        content = ForEach(data, content: rowContent)
    }
    public init<Data: RandomAccessCollection, ID: Hashable, Row: View>(
        _ data: Data, id: KeyPath<Data.Element, ID>, @ViewBuilder rowContent: @escaping (Data.Element) -> Row
    )
    where Content == ForEach<Data, ID, Row> { content = ForEach(data, id: id, content: rowContent) }
    public func _nodes(_ pass: _Pass) -> [_Node] {
        var inner = pass
        inner.selection = selection
        if let selection { pass.split?.selection = selection }
        return container("List", content, inner)
    }
}
