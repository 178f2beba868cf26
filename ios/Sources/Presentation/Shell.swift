/// The seam between the screens and the core: `Live` holds the real one, tests hold theirs.
public protocol Device: Sendable {
    /// How many captured things wait to be sent.
    func unsent() async throws(Problem) -> Int
}

/// Opens the store. Off the main thread: with a large store it takes as long as a screen may not freeze.
public protocol DeviceOpening: Sendable {
    func open() async throws(Problem) -> any Device
}
