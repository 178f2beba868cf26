import Presentation
import SwiftUI

private struct WordsKey: EnvironmentKey {
    static let defaultValue: any Strings = En()
}

extension EnvironmentValues {
    /// The app's own words in the language chosen.
    public var words: any Strings {
        get { self[WordsKey.self] }
        set { self[WordsKey.self] = newValue }
    }
}

extension View {
    /// Words and direction go together: Arabic words in a left-to-right layout are worse than either alone.
    public func language(_ words: any Strings) -> some View {
        environment(\.words, words)
            .environment(\.layoutDirection, words.rightToLeft ? .rightToLeft : .leftToRight)
            .environment(\.locale, Locale(identifier: words.language))
    }
}
