import Foundation
import Record

/// How somebody speaks, as coarsely as a figure needs it: by endings and words that only one region has. It is no more
/// than a share in a figure; nobody is treated otherwise by it, and it is kept with no words.
enum SpeechGroup: String, Sendable, Hashable, CaseIterable {
    case standard, gyeongsang, jeolla, chungcheong, jeju

    /// Endings of words. Those that several regions have, or that an ordinary word ends with, are not among them.
    private static let endings: [(group: SpeechGroup, words: [String])] = [
        (
            .gyeongsang,
            [
                "카는데", "카는데예", "카이", "카데", "니더", "심더", "심니꺼", "습니꺼", "능교", "는교", "하이소", "주이소", "보이소", "되노", "하노",
                "가노", "카노", "뭐꼬", "아잉교", "라예", "데예",
            ]
        ),
        (
            .jeolla,
            [
                "당께", "당께요", "당게", "랑께", "랑게", "잉께", "응께", "것소", "겄소", "겄네", "겄어라", "허요", "부렀어", "부렀네", "부렀어라",
                "어라우", "지라우", "소잉", "네잉", "허까라",
            ]
        ),
        (.chungcheong, ["어유", "아유", "해유", "돼유", "네유", "지유", "데유", "구만유", "나유", "려유", "가유", "셔유", "게유", "거유"]),
        (.jeju, ["수다", "쿠다", "우꽈", "수꽈", "쿠과", "헙서", "줍서", "합서", "봅서", "마씸", "수광", "우깡"]),
    ]

    /// Words that say it by themselves.
    private static let whole: [String: SpeechGroup] = ["줍서": .jeju, "합서": .jeju, "헙서": .jeju, "봅서": .jeju]

    /// Of all that somebody said; nil where nothing was. Signs of one region outweigh those of another by their number;
    /// as many of two tell nothing.
    static func of(_ said: [String]) -> SpeechGroup? {
        let words = said.flatMap { $0.split { !$0.isLetter && !$0.isNumber }.map(String.init) }
        guard !words.isEmpty else { return nil }
        var counts: [SpeechGroup: Int] = [:]
        for word in words {
            if let group = whole[word] {
                counts[group, default: 0] += 1
                continue
            }
            // The longest ending that fits says which.
            let fits = endings.compactMap { entry -> (SpeechGroup, Int)? in
                entry.words.filter { word.hasSuffix($0) && word.count > $0.count || word == $0 && $0.count > 2 }
                    .map(\.count).max().map { (entry.group, $0) }
            }
            guard let best = fits.max(by: { $0.1 < $1.1 }), fits.count(where: { $0.1 == best.1 }) == 1 else { continue }
            counts[best.0, default: 0] += 1
        }
        guard let most = counts.values.max() else { return .standard }
        let groups = counts.filter { $0.value == most }.map(\.key)
        return groups.count == 1 ? groups[0] : .standard
    }
}
