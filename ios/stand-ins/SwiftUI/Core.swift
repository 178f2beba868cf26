// A stand-in for Apple's SwiftUI, for machines without it. It type-checks views
// against the real spellings, and evaluates them to a tree of nodes (Host.swift).
@_exported import Foundation
@_exported import Observation
// As on the phone, where SwiftUI brings it.
@_exported import UIKit

@MainActor @preconcurrency public protocol View {
    associatedtype Body: View
    @ViewBuilder var body: Body { get }
}

extension Never: View {
    public var body: Never { fatalError("Never has no body") }
}

/// A view this module draws itself.
@MainActor @preconcurrency public protocol _Primitive: View where Body == Never {
    func _nodes(_ pass: _Pass) -> [_Node]
}
extension _Primitive {
    public var body: Never { fatalError("\(Self.self) is a primitive view") }
}

/// What is drawn: one element of the tree.
public struct _Node {
    var kind: String
    var text = ""
    var children: [_Node] = []
    var label: String?
    var hint: String?
    var value: String?
    var identifier: String?
    var tag: AnyHashable?
    var isEnabled = true
    var isHidden = false
    var isModal = false
    var merges = false
    var notes: [String] = []
    var action: (@MainActor () -> Void)?
    var set: (@MainActor (Any) -> Bool)?
    var actions: [(name: String, run: @MainActor () -> Void)] = []
    /// What `frame` stated of it, in points; nil where nothing was.
    var width: CGFloat?, height: CGFloat?
    /// A finger that moves: the place, and whether it was lifted there.
    var drag: (@MainActor (CGPoint, Bool) -> Void)?
    var isTapOnly = false
}

/// Where an evaluation stands: the place in the tree and what flows down to it.
public struct _Pass {
    let graph: Graph
    var path: String
    var environment: EnvironmentValues
    var navigation: Navigation?
    var selection: Selection?
    var split: Split?
    var tabs: Tabs?
    var tag: AnyHashable?

    func child(_ step: String) -> _Pass {
        var copy = self
        copy.path += "/" + step
        return copy
    }
}

/// What outlives an evaluation: state, lifecycles, and whether it is out of date.
final class Graph: @unchecked Sendable {
    var isStale = true
    var slots: [String: AnyObject] = [:]
    var seen: Set<String> = []
    var appeared: [String: @MainActor () -> Void] = [:]
    var pending: [@MainActor () -> Void] = []
    /// AppStorage and SceneStorage: what the phone keeps when the app is gone.
    var storage: [String: AnyObject] = [:]
    var scrolledTo: String?
    var opensURL: (@MainActor (URL) -> Void)?
    var now = Date(timeIntervalSince1970: 0)

    /// Modifiers leave no step in the path: the second of a kind on one view is told from the first by its turn.
    func unused(_ key: String) -> String {
        var key = key
        while seen.contains(key) { key += "'" }
        return key
    }
    func slot<T: AnyObject>(_ key: String, make: () -> T) -> T {
        seen.insert(key)
        if let old = slots[key] as? T { return old }
        let new = make()
        slots[key] = new
        return new
    }
}

@MainActor func evaluate(_ view: any View, _ pass: _Pass) -> [_Node] {
    func open<V: View>(_ view: V) -> [_Node] {
        if let primitive = view as? any _Primitive { return primitive._nodes(pass) }
        let inner = pass.child("\(V.self)")
        connect(view, inner)
        return evaluate(view.body, inner)
    }
    return open(view)
}

@MainActor func connect(_ value: Any, _ pass: _Pass) {
    for (label, property) in Mirror(reflecting: value).children {
        (property as? any _Dynamic)?._connect(pass.child("." + (label ?? "")))
    }
}

/// A property wrapper that is given its value by the place of its view.
public protocol _Dynamic {
    @MainActor func _connect(_ pass: _Pass)
}
public protocol DynamicProperty {}

// MARK: Modifying

public struct _Changed<Content: View>: _Primitive {
    let content: Content
    var down: (inout _Pass) -> Void = { _ in }
    var up: @MainActor (inout [_Node], _Pass) -> Void = { _, _ in }
    public func _nodes(_ pass: _Pass) -> [_Node] {
        var inner = pass
        down(&inner)
        var nodes = evaluate(content, inner)
        up(&nodes, inner)
        return nodes
    }
}
extension View {
    func _changed(_ up: @escaping @MainActor (inout [_Node], _Pass) -> Void) -> _Changed<Self> {
        _Changed(content: self, up: up)
    }
    func _noted(_ note: String) -> _Changed<Self> {
        _changed { nodes, _ in for index in nodes.indices { nodes[index].notes.append(note) } }
    }
    func _each(_ change: @escaping @MainActor (inout _Node) -> Void) -> _Changed<Self> {
        _changed { nodes, _ in for index in nodes.indices { change(&nodes[index]) } }
    }
}

@MainActor @preconcurrency public protocol ViewModifier {
    associatedtype Body: View
    typealias Content = _ViewModifier_Content<Self>
    @ViewBuilder func body(content: Content) -> Body
}
public struct _ViewModifier_Content<Modifier: ViewModifier>: _Primitive {
    let view: any View
    public func _nodes(_ pass: _Pass) -> [_Node] { evaluate(view, pass) }
}
public struct ModifiedContent<Content: View, Modifier: ViewModifier>: _Primitive {
    let content: Content
    let modifier: Modifier
    public func _nodes(_ pass: _Pass) -> [_Node] {
        let inner = pass.child("\(Modifier.self)")
        connect(modifier, inner)
        return evaluate(modifier.body(content: .init(view: content)), inner)
    }
}
extension View {
    public func modifier<M: ViewModifier>(_ modifier: M) -> ModifiedContent<Self, M> {
        .init(content: self, modifier: modifier)
    }
}
