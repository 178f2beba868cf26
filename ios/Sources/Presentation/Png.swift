import Foundation

/// A drawing as a PNG in black and white: the core takes pictures, and nothing of the platform is needed for this one.
public enum Png {
    public static func of(_ strokes: Strokes, width: Int = 660, height: Int = 300) -> Data {
        let row = (width + 7) / 8
        var pixels = [UInt8](repeating: 0xFF, count: row * height)
        func dot(_ x: Int, _ y: Int) {
            guard (0..<width).contains(x), (0..<height).contains(y) else { return }
            pixels[y * row + x / 8] &= ~(0x80 >> UInt8(x % 8))
        }
        for line in strokes.lines {
            for (from, to) in zip(line, line.dropFirst().isEmpty ? line[...] : line.dropFirst()) {
                let steps = max(1, Int(max(abs(to.x - from.x), abs(to.y - from.y)) * Double(width)))
                for step in 0...steps {
                    let along = Double(step) / Double(steps)
                    let x = Int((from.x + (to.x - from.x) * along) * Double(width))
                    let y = Int((from.y + (to.y - from.y) * along) * Double(width))
                    for dx in -1...1 { for dy in -1...1 { dot(x + dx, y + dy) } }
                }
            }
        }
        var raw: [UInt8] = []
        for y in 0..<height { raw += [0] + pixels[y * row..<(y + 1) * row] }
        return Data([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
            + chunk("IHDR", big(width) + big(height) + [1, 0, 0, 0, 0]) + chunk("IDAT", stored(raw)) + chunk("IEND", [])
    }

    private static func big(_ number: Int) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - $0 * 8)) }
    }

    /// Zlib without compression: a page of black and white is small.
    private static func stored(_ bytes: [UInt8]) -> [UInt8] {
        var out: [UInt8] = [0x78, 0x01]
        var at = 0
        while at < bytes.count {
            let end = min(at + 65535, bytes.count)
            let length = end - at
            out += [end == bytes.count ? 1 : 0, UInt8(length & 255), UInt8(length >> 8)]
            out += [UInt8(~length & 255), UInt8((~length >> 8) & 255)] + bytes[at..<end]
            at = end
        }
        let (a, b) = bytes.reduce((1, 0)) { sums, byte in
            let a = (sums.0 + Int(byte)) % 65521
            return (a, (sums.1 + a) % 65521)
        }
        return out + big(b << 16 | a)
    }

    private static func chunk(_ name: String, _ body: [UInt8]) -> Data {
        let bytes = Array(name.utf8) + body
        var crc: UInt32 = 0xFFFF_FFFF
        for byte in bytes {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc >> 1 ^ (crc & 1 == 1 ? 0xEDB8_8320 : 0) }
        }
        return Data(big(body.count) + bytes + big(Int(~crc)))
    }
}
