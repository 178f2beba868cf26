import Foundation
import Presentation

/// A bar code as a camera sees it: printed by its standard (ISO/IEC 15420), four pixels a bar.
enum Label {
    static func ean13(_ digits: String) -> LumaFrame {
        let all = digits.compactMap(\.wholeNumberValue)
        // Which of the six digits on the left are written the other way says the first one.
        let ways = [
            "LLLLLL", "LLGLGG", "LLGGLG", "LLGGGL", "LGLLGG", "LGGLLG", "LGGGLL", "LGLGLG", "LGLGGL", "LGGLGL",
        ]
        let left = zip(ways[all[0]], all[1...6]).map { way, digit in
            way == "L" ? wide[digit] : String(wide[digit].map { $0 == "0" ? "1" : "0" }.reversed())
        }
        let right = all[7...12].map { digit in String(wide[digit].map { $0 == "0" ? "1" : "0" }) }
        let bars = "101" + left.joined() + "01010" + right.joined() + "101"
        let quiet = String(repeating: "0", count: 12)
        let row = (quiet + bars + quiet).flatMap { [UInt8](repeating: $0 == "1" ? 20 : 230, count: 4) }
        let bytes = (0..<200).flatMap { _ in row }
        return LumaFrame(bytes: Data(bytes), width: UInt32(row.count), height: 200, stride: UInt32(row.count))
    }
    private static let wide = [
        "0001101", "0011001", "0010011", "0111101", "0100011", "0110001", "0101111", "0111011", "0110111", "0001011",
    ]
}
