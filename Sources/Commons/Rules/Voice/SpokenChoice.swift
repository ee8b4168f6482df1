/// What somebody says who chooses from a list that was read out: numbers of places, or a name.
enum SpokenChoice {
    private static let numbers: [String: Int] = {
        var numbers = [
            "하나": 1, "한": 1, "첫": 1, "첫번째": 1, "둘": 2, "두": 2, "셋": 3, "세": 3, "넷": 4, "네": 4, "다섯": 5, "여섯": 6,
            "일곱": 7,
            "여덟": 8, "아홉": 9, "열": 10, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
            "eight": 8, "nine": 9, "ten": 10, "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6,
        ]
        let digits = ["", "일", "이", "삼", "사", "오", "육", "칠", "팔", "구"]
        for ten in 0...9 {
            for one in 0...9 where ten + one > 0 {
                let tens = ten == 0 ? "" : (ten == 1 ? "" : digits[ten]) + "십"
                numbers[tens + digits[one]] = ten * 10 + one
            }
        }
        return numbers
    }()
    /// What stands beside a number and says nothing.
    private static let beside: Set<String> = [
        "예", "그리고", "하고", "이랑", "랑", "와", "과", "또", "그", "어", "음", "고를게요", "고르겠습니다", "고를게", "할게요", "할게", "하겠습니다", "로",
        "으로", "선택", "선택할게요", "찬성", "찬성해요", "찬성합니다", "요", "이요", "은", "는", "을", "를", "도", "해", "주세요", "해주세요", "입니다",
        "이에요", "투표할게요", "투표합니다", "빼", "빼요", "빼줘", "빼주세요", "빼고", "and", "number", "numbers", "option", "options",
        "project", "please", "i", "choose", "want", "the", "take", "out", "remove", "away", "vote", "for",
    ]

    /// Places in a list of names, from 0; nil where what was said is none of it, or one that is not there.
    static func places(_ text: String, of names: [String]) -> [Int]? {
        let plain = bare(text)
        let named = names.indices.filter { index in
            let name = bare(names[index])
            return !name.isEmpty
                && (name.count >= 4 ? plain.contains(name) : Self.tails.contains { plain == name + $0 })
        }
        // A name that stands in a longer one that was said is not meant.
        let longest = named.filter { index in
            !named.contains { $0 != index && bare(names[$0]).contains(bare(names[index])) }
        }
        if !longest.isEmpty { return longest }
        var places: [Int] = []
        let spaced = text.lowercased().replacing("번째", with: "번").replacing("번", with: " 번 ")
        let words = spaced.split(whereSeparator: { !$0.isLetter && !$0.isNumber }).map(String.init)
        for (index, word) in words.enumerated() where word != "번" && !beside.contains(word) {
            let plain = Int(word) != nil || numbers[word] != nil ? word : tailless(word) ?? word
            // “네” is a yes, “오” a sigh and “이” a pointing finger, unless a 번 follows.
            let isSyllable = plain.count == 1 && Int(plain) == nil
            guard !isSyllable || (plain == word && words.dropFirst(index + 1).first == "번"),
                let number = Int(plain) ?? numbers[plain], (1...names.count).contains(number)
            else { return nil }
            places.append(number - 1)
        }
        return places.isEmpty ? nil : places.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    private static let tails = ["", "요", "이요", "입니다", "으로", "로", "할게요", "에투표할게요", "으로할게요", "로할게요", "please"]

    private static func tailless(_ word: String) -> String? {
        for tail in ["이요", "이랑", "하고", "요", "은", "는", "을", "를", "도", "로"]
        where word.hasSuffix(tail) && word.count > tail.count {
            return String(word.dropLast(tail.count))
        }
        return nil
    }

    /// Whether something is to be taken away again.
    static func takesAway(_ text: String) -> Bool {
        let plain = text.lowercased()
        return plain.contains("빼") || plain.contains("remove") || plain.contains("take out")
            || plain.contains("take away")
    }

    /// What was said without spaces and signs.
    static func bare(_ text: String) -> String { text.lowercased().filter { $0.isLetter || $0.isNumber } }

    private static let yes: Set<String> = [
        "네", "예", "응", "네네", "예예", "맞습니다", "맞아요", "네맞습니다", "네맞아요", "예맞습니다", "투표합니다", "네투표합니다", "예투표합니다", "투표할게요",
        "네투표할게요", "이대로투표합니다", "네이대로투표합니다", "이대로투표할게요", "네이대로투표할게요", "그렇게해주세요", "네그렇게해주세요", "yes", "yesplease",
        "castit", "yescastit", "thatsright", "yesthatsright",
    ]
    private static let no: Set<String> = [
        "아니", "아니요", "아니오", "아뇨", "아닙니다", "틀렸어요", "틀렸습니다", "바꿀래요", "바꿀게요", "고칠게요", "다시고를게요", "no", "nope", "change",
        "changeit",
        "nochangeit",
    ]
    private static let ends: Set<String> = [
        "끝", "끝이요", "끝났어요", "끝났습니다", "다골랐어요", "다골랐습니다", "다골랐어", "다했어요", "다했습니다", "됐어요", "됐습니다", "이상입니다", "그게다예요",
        "그게다입니다",
        "done", "imdone", "thatsall", "thatisall", "finished", "nomore",
    ]
    private static let blanks: Set<String> = [
        "백지", "백지요", "백지로", "백지로할게요", "백지투표", "백지로투표할게요", "아무것도안고를게요", "없음", "blank", "blankballot", "none",
        "noneofthem",
    ]
    private static let more: Set<String> = ["다음", "다음이요", "계속", "계속이요", "더읽어주세요", "더", "next", "more", "goon"]
    private static let anew: Set<String> = [
        "처음부터", "처음부터요", "처음", "처음부터다시", "모두지워", "다지워", "startover", "startagain", "fromthebeginning",
    ]
    private static let back: Set<String> = [
        "지워", "지워요", "지워줘", "지워주세요", "틀렸어", "틀렸어요", "틀렸습니다", "아니", "아니요", "아니오", "아뇨", "아니야", "back", "wrong", "no",
        "delete",
        "thatswrong",
    ]

    /// Only what is a yes and nothing else.
    static func isYes(_ text: String) -> Bool { yes.contains(bare(text)) }
    static func isNo(_ text: String) -> Bool { no.contains(bare(text)) }
    static func isEnd(_ text: String) -> Bool { ends.contains(bare(text)) }
    static func isBlank(_ text: String) -> Bool { blanks.contains(bare(text)) }
    static func asksMore(_ text: String) -> Bool { more.contains(bare(text)) }
    static func beginsAnew(_ text: String) -> Bool { anew.contains(bare(text)) }
    static func takesBack(_ text: String) -> Bool { back.contains(bare(text)) }
}
