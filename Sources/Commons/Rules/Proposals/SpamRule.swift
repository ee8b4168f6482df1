import District
import Record

/// Whether a text may appear at once. What is doubtful waits for a moderator and its author is told why; nothing is thrown
/// away. The rules live on what people do, so nobody has to feed them with words.
struct SpamRule: Sendable {
    /// What is known of whoever writes.
    struct Author: Sendable {
        /// Whole days since the account was first seen.
        let days: Int
        /// How many of their texts stand, and how many a moderator has taken down for good.
        let kept: Int, hidden: Int
        /// When they wrote within the last day.
        let times: [Timestamp]
    }

    enum Finding: String, Sendable, CaseIterable {
        /// Too many texts in a short time: wait.
        case rate
        /// Addresses of other sites by somebody new here.
        case links
        /// The same text was sent before, here or elsewhere.
        case repeated
        /// Hardly anything but signs, capitals or one letter over and over.
        case shape
        /// Texts of theirs were taken down before.
        case reputation

        var words: Words {
            switch self {
            case .rate:
                Words("짧은 시간에 글이 너무 많습니다. 잠시 후 다시 올려 주세요.", "Too many texts in a short time. Please wait a while.")
            case .links:
                Words(
                    "처음 오신 분의 글에 외부 주소가 있어 확인 후 공개합니다.",
                    "It links to other sites and you are new here: it is looked at first.")
            case .repeated: Words("같은 글이 이미 올라와 있습니다.", "The same text is already here.")
            case .shape: Words("글의 모양이 일반적이지 않아 확인 후 공개합니다.", "The text looks unusual: it is looked at first.")
            case .reputation:
                Words("이전 글이 여러 번 내려져 확인 후 공개합니다.", "Earlier texts were taken down: it is looked at first.")
            }
        }
    }

    /// What speaks against showing it at once; nothing where it may appear.
    static func findings(_ text: String, by author: Author, at now: Timestamp, others: [TextProfile]) -> [Finding] {
        var findings: [Finding] = []
        let trusted = author.kept >= 3 && author.days >= 3 && author.hidden == 0
        let recent = author.times.filter { now.seconds(since: $0) < 600 }.count
        if recent >= (trusted ? 10 : 3) || author.times.count >= (trusted ? 60 : 15) { findings.append(.rate) }
        if !trusted, links(in: text) > (author.kept == 0 ? 0 : 1) { findings.append(.links) }
        let profile = TextProfile(text)
        if text.count >= 20, others.contains(where: { $0.likeness(to: profile) > 0.97 }) { findings.append(.repeated) }
        if isOdd(text) { findings.append(.shape) }
        if author.hidden >= 2, author.hidden * 2 > author.kept { findings.append(.reputation) }
        return findings
    }

    private static func links(in text: String) -> Int {
        let lower = text.lowercased()
        return lower.ranges(of: "://").count + lower.ranges(of: "www.").count
    }

    private static func isOdd(_ text: String) -> Bool {
        let letters = text.filter { !$0.isWhitespace }
        guard letters.count >= 8 else { return false }
        let words = letters.count { $0.isLetter || $0.isNumber }
        let capitals = letters.count { $0.isUppercase }
        var (run, longest, last) = (0, 0, Character(" "))
        for letter in letters {
            run = letter == last ? run + 1 : 1
            longest = max(longest, run)
            last = letter
        }
        return words * 2 < letters.count || capitals * 10 > letters.count * 7 && letters.count >= 20 || longest >= 10
    }
}
