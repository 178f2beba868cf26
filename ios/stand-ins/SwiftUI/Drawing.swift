// What is drawn with lines. Nothing appears, but the code that draws is run, so that a fault in it fails a test.

public struct Angle: Equatable, Sendable {
    public var radians: Double
    public var degrees: Double { radians * 180 / .pi }
    public static func degrees(_ degrees: Double) -> Angle { Angle(radians: degrees * .pi / 180) }
    public static func radians(_ radians: Double) -> Angle { Angle(radians: radians) }
    public static let zero = Angle(radians: 0)
}
public struct UnitPoint: Hashable, Sendable {
    public var x, y: CGFloat
    public static let center = UnitPoint(x: 0.5, y: 0.5), top = UnitPoint(x: 0.5, y: 0),
        bottom = UnitPoint(x: 0.5, y: 1), leading = UnitPoint(x: 0, y: 0.5), trailing = UnitPoint(x: 1, y: 0.5)
}
public struct StrokeStyle: Equatable, Sendable {
    public var lineWidth: CGFloat
    public enum Cap: Sendable { case butt, round, square }
    public enum Join: Sendable { case miter, round, bevel }
    public init(lineWidth: CGFloat = 1, lineCap: Cap = .butt, lineJoin: Join = .miter, dash: [CGFloat] = []) {
        self.lineWidth = lineWidth
    }
}

public struct Path: Equatable, Sendable {
    var points: [CGPoint] = []
    public init() {}
    public init(_ rect: CGRect) { addRect(rect) }
    public init(ellipseIn rect: CGRect) { addRect(rect) }
    public init(roundedRect rect: CGRect, cornerRadius: CGFloat) { addRect(rect) }
    public init(_ draw: (inout Path) -> Void) { draw(&self) }
    public var isEmpty: Bool { points.isEmpty }
    public var currentPoint: CGPoint? { points.last }
    public mutating func move(to point: CGPoint) { points.append(point) }
    public mutating func addLine(to point: CGPoint) { points.append(point) }
    public mutating func addLines(_ lines: [CGPoint]) { points += lines }
    public mutating func addQuadCurve(to point: CGPoint, control: CGPoint) { points.append(point) }
    public mutating func addCurve(to point: CGPoint, control1: CGPoint, control2: CGPoint) { points.append(point) }
    public mutating func addArc(
        center: CGPoint, radius: CGFloat, startAngle: Angle, endAngle: Angle, clockwise: Bool
    ) {
        points.append(
            CGPoint(x: center.x + radius * cos(endAngle.radians), y: center.y + radius * sin(endAngle.radians)))
    }
    public mutating func addEllipse(in rect: CGRect) { addRect(rect) }
    public mutating func addRect(_ rect: CGRect) {
        points += [CGPoint(x: rect.minX, y: rect.minY), CGPoint(x: rect.maxX, y: rect.maxY)]
    }
    public mutating func addRoundedRect(in rect: CGRect, cornerSize: CGSize) { addRect(rect) }
    public mutating func addPath(_ path: Path) { points += path.points }
    public mutating func closeSubpath() {}
}
extension Path: Shape {
    public nonisolated func path(in rect: CGRect) -> Path { self }
}

@MainActor @preconcurrency public protocol Shape: View, Sendable {
    nonisolated func path(in rect: CGRect) -> Path
}
public struct _ShapeView<S: Shape>: _Primitive {
    let shape: S
    public func _nodes(_ pass: _Pass) -> [_Node] {
        _ = shape.path(in: CGRect(x: 0, y: 0, width: 100, height: 100))
        // Not in the tree's text; it carries the frame that a label of lines alone states.
        return [_Node(kind: "Shape", isHidden: true)]
    }
}
extension Shape {
    public var body: _ShapeView<Self> { _ShapeView(shape: self) }
    public func fill<S: ShapeStyle>(_ style: S) -> some View { self }
    public func stroke<S: ShapeStyle>(_ style: S, lineWidth: CGFloat = 1) -> some View { self }
    public func stroke<S: ShapeStyle>(_ style: S, style stroke: StrokeStyle) -> some View { self }
    public func trim(from: CGFloat = 0, to: CGFloat = 1) -> some Shape { self }
    public func rotation(_ angle: Angle) -> some Shape { self }
}
@MainActor @preconcurrency public protocol InsettableShape: Shape {}
extension InsettableShape {
    public func strokeBorder<S: ShapeStyle>(_ style: S, lineWidth: CGFloat = 1) -> some View { self }
}
public struct RoundedRectangle: InsettableShape {
    public init(cornerRadius: CGFloat) {}
    public nonisolated func path(in rect: CGRect) -> Path { Path(rect) }
}
public struct Rectangle: InsettableShape {
    public init() {}
    public nonisolated func path(in rect: CGRect) -> Path { Path(rect) }
}
public struct Circle: InsettableShape {
    public init() {}
    public nonisolated func path(in rect: CGRect) -> Path { Path(rect) }
}
public struct Capsule: InsettableShape {
    public init() {}
    public nonisolated func path(in rect: CGRect) -> Path { Path(rect) }
}
extension Shape where Self == RoundedRectangle {
    public static func rect(cornerRadius: CGFloat) -> Self { .init(cornerRadius: cornerRadius) }
}
extension Shape where Self == Rectangle { public static var rect: Self { .init() } }
extension Shape where Self == Circle { public static var circle: Self { .init() } }
extension Shape where Self == Capsule { public static var capsule: Self { .init() } }

public struct GraphicsContext {
    public enum Shading: Sendable { case style, color }
    public func stroke(_ path: Path, with shading: Shading, lineWidth: CGFloat = 1) {}
    public func stroke(_ path: Path, with shading: Shading, style: StrokeStyle) {}
    public func fill(_ path: Path, with shading: Shading) {}
    public func draw(_ text: Text, at point: CGPoint, anchor: UnitPoint = .center) {}
}
extension GraphicsContext.Shading {
    public static func color(_ color: Color) -> Self { .color }
    public static func style<S: ShapeStyle>(_ style: S) -> Self { .style }
}
public struct Canvas: _Primitive {
    let renderer: (inout GraphicsContext, CGSize) -> Void
    public init(opaque: Bool = false, renderer: @escaping (inout GraphicsContext, CGSize) -> Void) {
        self.renderer = renderer
    }
    public func _nodes(_ pass: _Pass) -> [_Node] {
        var context = GraphicsContext()
        renderer(&context, CGSize(width: 300, height: 150))
        return [_Node(kind: "Canvas")]
    }
}

public protocol Gesture: Sendable {}
public struct DragGesture: Gesture, @unchecked Sendable {
    public struct Value: Equatable, Sendable {
        public var time: Date
        public var location, startLocation: CGPoint
        public var translation: CGSize {
            CGSize(width: location.x - startLocation.x, height: location.y - startLocation.y)
        }
    }
    var changed: @MainActor (Value) -> Void = { _ in }
    var ended: @MainActor (Value) -> Void = { _ in }
    public init(minimumDistance: CGFloat = 10) {}
    public func onChanged(_ action: @escaping @MainActor (Value) -> Void) -> DragGesture {
        var copy = self
        copy.changed = action
        return copy
    }
    public func onEnded(_ action: @escaping @MainActor (Value) -> Void) -> DragGesture {
        var copy = self
        copy.ended = action
        return copy
    }
}
extension View {
    public func gesture(_ drag: DragGesture) -> some View {
        _each { node in
            let start = State<CGPoint?>.Slot(nil)
            node.drag = { point, isLifted in
                let value = DragGesture.Value(time: .now, location: point, startLocation: start.value ?? point)
                start.value = isLifted ? nil : start.value ?? point
                if isLifted { drag.ended(value) } else { drag.changed(value) }
            }
        }
    }
}

/// What a view looks like as a picture: here always the same two pixels by two.
@MainActor public final class ImageRenderer<Content: View> {
    public var content: Content
    public init(content view: Content) { content = view }
    public var uiImage: UIImage? { Data(base64Encoded: Self.pixels).flatMap(UIImage.init(data:)) }
    private static var pixels: String {
        "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGNQSFgARAwQCgAdjgSBQe+XXgAAAABJRU5ErkJggg=="
    }
}
