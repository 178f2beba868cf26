/// A drawing as lines of points in parts of the pad's width, so that it is the same on every screen.
public struct Strokes: Hashable, Sendable {
    public struct Point: Hashable, Sendable {
        public let x: Double, y: Double
        public init(x: Double, y: Double) { (self.x, self.y) = (min(max(x, 0), 1), min(max(y, 0), 1)) }
    }

    public private(set) var lines: [[Point]]
    private var isDown = false

    public init(_ lines: [[Point]] = []) { self.lines = lines }

    public var isEmpty: Bool { lines.isEmpty }

    public mutating func draw(to point: Point) {
        if isDown { lines[lines.count - 1].append(point) } else { lines.append([point]) }
        isDown = true
    }
    public mutating func lift() { isDown = false }
    public mutating func undo() {
        _ = lines.popLast()
        isDown = false
    }
    public mutating func clear() { (lines, isDown) = ([], false) }
}
