import Foundation
import Record

/// The nine figures by which somebody asks for a delivery in words: told to the recipient beside the link, made out of its
/// code, so that whoever knows them knows neither the link nor the digits that open the hand-over.
enum TrackNumber {
    /// How many figures it has.
    static let length = 9

    /// The figures of a link's code.
    static func of(_ track: String) -> String {
        let hash = ContentHash.sha256("robots.track.number \(track)".utf8)
        let number = (UInt64(hash.prefix(15), radix: 16) ?? 0) % 1_000_000_000
        let text = String(number)
        return String(repeating: "0", count: length - text.count) + text
    }

    /// In groups, as people say and write it: `123-456-789`.
    static func shown(_ number: String) -> String {
        let figures = Array(number)
        return stride(from: 0, to: figures.count, by: 3).map { String(figures[$0..<min($0 + 3, figures.count)]) }
            .joined(separator: "-")
    }

    /// What somebody said or wrote to be found again by.
    enum Said: Sendable, Hashable {
        /// The figures.
        case number(String)
        /// The link's code, or the link.
        case track(String)
    }

    /// What was said, figure by figure or as it was written; nil where it is neither number nor link.
    static func read(_ text: String) -> Said? {
        let said = text.trimmingCharacters(in: .whitespacesAndNewlines)
        let last = said.split(separator: "/").last.map(String.init) ?? ""
        if last.utf8.count >= 20, last.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "-_".contains($0)) }) {
            return .track(last)
        }
        // `일이삼 사오육 칠팔구 번`
        guard let figures = figures(said.hasSuffix("번") ? String(said.dropLast()) : said), figures.count == length
        else { return nil }
        return .number(figures)
    }

    /// Figures that were spoken one by one, in Korean or English, or written; nil where anything else was said.
    static func figures(_ text: String) -> String? {
        var figures = ""
        var rest = Substring(text.lowercased())
        while let first = rest.first {
            if let figure = first.wholeNumberValue, (0...9).contains(figure) {
                figures += String(figure)
                rest = rest.dropFirst()
            } else if let (word, figure) = words.first(where: { rest.hasPrefix($0.0) }) {
                figures += figure
                rest = rest.dropFirst(word.count)
            } else if !first.isLetter {
                rest = rest.dropFirst()
            } else {
                return nil
            }
        }
        return figures
    }

    /// How figures are said; the longer before the shorter.
    private static let words: [(String, String)] =
        [
            ["영", "공", "빵", "zero", "oh"], ["일", "하나", "one"], ["이", "둘", "two"], ["삼", "셋", "three"],
            ["사", "넷", "four"], ["오", "다섯", "five"], ["육", "륙", "여섯", "six"], ["칠", "일곱", "seven"],
            ["팔", "여덟", "eight"], ["구", "아홉", "nine"],
        ].enumerated().flatMap { figure, words in words.map { ($0, String(figure)) } }.sorted {
            ($1.0.count, $0.0) < ($0.0.count, $1.0)
        }
}
