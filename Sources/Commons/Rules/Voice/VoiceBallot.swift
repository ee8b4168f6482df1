import District
import Record

/// A ballot that is filled in by voice: pure. The code first, then the options in the order of the ballot, then all of it read
/// back; it is cast only after a yes to that.
struct VoiceBallot: Sendable {
    /// Where it stands.
    enum Place: Sendable, Hashable { case vote, code, options, confirming, cast }

    /// What is to be done beside what is said.
    enum Act: Sendable, Hashable {
        /// Whether the code may vote.
        case check(code: String)
        /// The ballot goes into the box.
        case cast
        /// It is over.
        case end
    }

    /// What somebody hears.
    struct Said: Sendable, Hashable {
        var words: Words
        var act: Act?
    }

    /// The votes that may be meant.
    let votes: [Vote]
    private(set) var vote: Vote?
    private(set) var place = Place.vote
    /// The letters that were heard, as far as they go, and how many each turn brought.
    private(set) var code = ""
    private var groups: [Int] = []
    /// Identifiers of options, in the order of the ballot.
    private(set) var chosen: [String] = []
    /// How many options have been read.
    private var read = 0
    /// How many codes were none.
    private var misses = 0

    /// So many options are read without a pause.
    static let atOnce = 8
    /// So many codes that are none close the line.
    static let patience = 3

    /// - Parameter votes: those that are open and permit it, at least one.
    init(among votes: [Vote]) {
        self.votes = votes
        if votes.count == 1 { vote = votes[0] }
        place = vote == nil ? .vote : .code
    }

    /// What is said first.
    var opening: Said {
        let warning = Words(
            "옆에 있는 사람은 들을 수 있으니 혼자 계실 때 투표하세요. 그만두려면 언제든 ‘취소’라고 말씀하세요.",
            "Whoever is in the room can hear you: please vote when you are alone. Say “cancel” at any time to stop.")
        return said(warning, asked)
    }

    /// The question that is open.
    var asked: Words {
        switch place {
        case .vote:
            func list(_ language: Language) -> String {
                votes.enumerated().map {
                    language == .ko ? "\($0.offset + 1)번, \($0.element.title)" : "\($0.offset + 1), \($0.element.title)"
                }.joined(separator: ". ")
            }
            return Words("어느 투표를 하시나요? \(list(.ko)).", "Which vote? \(list(.en)).")
        case .code:
            guard code.isEmpty else {
                return Words(
                    "다음 글자를 말씀해 주세요. 틀렸으면 ‘지워’라고 말씀하세요.", "The next letters, please. If that is wrong, say “back”.")
            }
            let title = vote?.title ?? ""
            return Words(
                "‘\(title)’ 투표입니다. 편지에 적힌 투표 코드 열여섯 글자를 네 글자씩 말씀해 주세요.",
                "The vote “\(title)”. Please say the sixteen letters of your letter's code, four at a time.")
        case .options: return choosing
        case .confirming:
            return Words("이대로 투표할까요? ‘네’ 또는 ‘아니요’로 말씀해 주세요.", "Shall it be cast like this? Please say “yes” or “no”.")
        case .cast:
            return Words("번호를 다시 들으려면 ‘다시’, 마치려면 ‘끝’이라고 말씀하세요.", "Say “again” to hear the number again, or “done”.")
        }
    }

    /// Hears one turn.
    mutating func hear(_ text: String) -> Said {
        switch place {
        case .vote: hearVote(text)
        case .code: hearCode(text)
        case .options: hearChoice(text)
        case .confirming: hearConfirmed(text)
        case .cast: Said(words: Words("투표를 마쳤습니다. 고맙습니다.", "The vote is done. Thank you."), act: .end)
        }
    }

    private mutating func hearVote(_ text: String) -> Said {
        guard let place = SpokenChoice.places(text, of: votes.map(\.title)), place.count == 1 else {
            return said(Self.unheard, asked)
        }
        vote = votes[place[0]]
        self.place = .code
        return said(asked)
    }

    // MARK: the code

    private mutating func hearCode(_ text: String) -> Said {
        if SpokenChoice.beginsAnew(text) {
            (code, groups) = ("", [])
            return said(asked)
        }
        if SpokenChoice.takesBack(text), let last = groups.popLast() {
            code = String(code.dropLast(last))
            return said(Words("지웠습니다.", "Taken back."), heard, asked)
        }
        switch SpokenLetters.hear(text) {
        case .other:
            return said(
                Words(
                    "글자로 알아듣지 못했습니다. ‘에이, 비, 씨’처럼 한 글자씩 말씀해 주세요.", "I did not hear letters. Please say them one by one."
                ),
                asked)
        case .never(let letter):
            return said(
                Words(
                    "투표 코드에는 \(letter) 글자가 없습니다. 편지를 다시 보고 그 네 글자를 다시 말씀해 주세요.",
                    "A code has no \(letter). Please look at the letter and say those four again."))
        case .letters(let letters):
            guard code.count + letters.count <= 16 else {
                return said(
                    Words(
                        "열여섯 글자보다 많습니다. 지금까지 \(code.count)글자를 들었습니다.",
                        "Those are more than sixteen letters. I have heard \(code.count) so far."), heard, asked)
            }
            code += letters
            groups.append(letters.count)
            guard code.count == 16 else { return said(heard, asked) }
            do throws(BallotCode.Mistyped) {
                _ = try BallotCode(typed: code)
            } catch {
                let words = Words(
                    "\(SpokenLetters.read(code)). 이 가운데 틀린 글자가 있습니다. 처음 네 글자부터 다시 말씀해 주세요.",
                    "\(SpokenLetters.read(code)). One of these letters is wrong. Please say them again from the first four."
                )
                (code, groups) = ("", [])
                return said(words)
            }
            return Said(words: Words("", ""), act: .check(code: code))
        }
    }

    private var heard: Words {
        code.isEmpty ? Words("", "") : Words("\(SpokenLetters.read(code)).", "\(SpokenLetters.read(code)).")
    }

    /// The code may vote: the ballot is read.
    mutating func admitted() -> Said {
        place = .options
        (chosen, read) = ([], 0)
        let letters = SpokenLetters.read(code)
        let count = vote?.options.count ?? 0
        return said(
            Words("코드는 \(letters)입니다. 확인했습니다.", "Your code is \(letters). It is good."),
            Words("고를 수 있는 것은 모두 \(count)개입니다.", "There are \(count) options."), options(), choosing)
    }

    /// The code may not vote.
    mutating func turnedAway(_ refusal: Refusal) -> Said {
        misses += 1
        guard refusal.code == BallotBox.unknownCode.code, misses < Self.patience else {
            return Said(words: refusal.words, act: .end)
        }
        (code, groups) = ("", [])
        return said(refusal.words, asked)
    }

    // MARK: the options

    /// The next options, read out.
    private mutating func options() -> Words {
        guard let vote else { return Words("", "") }
        let part = vote.options.enumerated().dropFirst(read).prefix(Self.atOnce)
        read = min(vote.options.count, read + Self.atOnce)
        func list(_ language: Language) -> String {
            part.map { place, option in
                let cost = option.cost > 0 ? ", \(Money.text(option.cost, language))" : ""
                return language == .ko
                    ? "\(place + 1)번, \(option.name)\(cost)." : "Number \(place + 1), \(option.name)\(cost)."
            }.joined(separator: " ")
        }
        return Words(list(.ko), list(.en))
    }

    private var choosing: Words {
        guard let vote else { return Words("", "") }
        if read < vote.options.count {
            return Words("더 들으려면 ‘다음’, 고르려면 번호를 말씀해 주세요.", "Say “next” for more, or the number of your choice.")
        }
        if vote.most == 1 {
            return Words("하나만 고를 수 있습니다. 번호를 말씀해 주세요. 아무것도 고르지 않으려면 ‘백지’.", "Choose one: say its number, or “blank”.")
        }
        guard chosen.isEmpty else {
            return Words("더 고르려면 번호를, 다 골랐으면 ‘끝’이라고 말씀해 주세요.", "Say another number, or “done”.")
        }
        let rule = vote.method.instruction(vote)
        return Words("\(rule.ko) 번호를 말씀해 주세요. 아무것도 고르지 않으려면 ‘백지’.", "\(rule.en) Say the numbers, or “blank”.")
    }

    private mutating func hearChoice(_ text: String) -> Said {
        guard let vote else { return said(asked) }
        if SpokenChoice.beginsAnew(text) {
            (chosen, read) = ([], 0)
            return said(options(), choosing)
        }
        if SpokenChoice.asksMore(text), read < vote.options.count { return said(options(), choosing) }
        if SpokenChoice.isBlank(text) {
            chosen = []
            return readBack()
        }
        if SpokenChoice.isEnd(text) { return chosen.isEmpty ? said(Self.nothing, choosing) : readBack() }
        guard let places = SpokenChoice.places(text, of: vote.options.map(\.name)) else {
            return said(Self.unheard, chosenWords, choosing)
        }
        let ids = places.map { vote.options[$0].id }
        let next =
            SpokenChoice.takesAway(text)
            ? chosen.filter { !ids.contains($0) } : chosen + ids.filter { !chosen.contains($0) }
        do throws(Refusal) {
            chosen = try Ballot(next.map { ($0, 1) }, in: vote).options
        } catch {
            let fault = error.faults.first?.words ?? error.words
            return said(fault, chosenWords, choosing)
        }
        return vote.most == 1 && !chosen.isEmpty ? readBack() : said(chosenWords, choosing)
    }

    /// What is chosen so far, with what is left of the budget.
    private var chosenWords: Words {
        guard let vote else { return Words("", "") }
        guard !chosen.isEmpty else { return Words("아직 고른 것이 없습니다.", "Nothing is chosen yet.") }
        var words = Words("고른 것: \(list(.ko)).", "Chosen: \(list(.en)).")
        if vote.method == .knapsack {
            let left = vote.limit - cost
            words = Words(
                "\(words.ko) 남은 예산은 \(Money.text(left, .ko))입니다.",
                "\(words.en) \(Money.text(left, .en)) of the budget is left.")
        }
        return words
    }

    private var cost: Int {
        (vote?.options ?? []).filter { chosen.contains($0.id) }.reduce(0) { $0 + $1.cost }
    }

    private func list(_ language: Language) -> String {
        (vote?.options ?? []).enumerated().filter { chosen.contains($0.element.id) }.map { place, option in
            language == .ko ? "\(place + 1)번 \(option.name)" : "number \(place + 1), \(option.name)"
        }.joined(separator: language == .ko ? ", " : "; ")
    }

    // MARK: the read-back

    private mutating func readBack() -> Said {
        place = .confirming
        let count = chosen.count
        let ballot =
            chosen.isEmpty
            ? Words("투표지를 읽어 드립니다. 아무것도 고르지 않은 백지입니다.", "This is your ballot: it is blank, nothing is chosen.")
            : Words(
                "투표지를 읽어 드립니다. \(list(.ko)). 모두 \(count)개입니다.", "This is your ballot: \(list(.en)). \(count) in all.")
        return said(ballot, asked)
    }

    private mutating func hearConfirmed(_ text: String) -> Said {
        if SpokenChoice.isYes(text) { return Said(words: Words("", ""), act: .cast) }
        guard SpokenChoice.isNo(text) || SpokenChoice.beginsAnew(text) else {
            let again = readBack()
            return said(Words("투표하지 않았습니다.", "Nothing was cast."), again.words)
        }
        place = .options
        let hint = Words(
            "그대로 두었습니다. 빼려면 ‘3번 빼’처럼, 더하려면 번호를 말씀해 주세요. 처음부터 하려면 ‘처음부터’.",
            "It was left. Say “remove number 3”, or another number, or “start over”.")
        return said(hint, chosenWords, choosing)
    }

    /// It is in the box: the number by which it is looked up, twice, letter by letter.
    mutating func taken(_ receipt: Receipt) -> Said {
        place = .cast
        let letters = receipt.number.filter(\.isLetter)
        let number =
            "\(letters.prefix(1)). "
            + stride(from: 1, to: letters.count, by: 4).map { start in
                letters.dropFirst(start).prefix(4).map(String.init).joined(separator: ", ")
            }.joined(separator: ". ")
        return said(
            Words(
                "투표함에 들어갔습니다. 나중에 확인할 때 쓰는 투표지 번호를 천천히 말씀드립니다. 적어 두시고 남에게 알려 주지 마세요. \(number). 한 번 더 말씀드립니다. \(number).",
                "It is in the box. Here is the number by which you can look it up; write it down and tell nobody. "
                    + "\(number). Once more: \(number)."), asked)
    }

    /// It is not in the box, and why.
    mutating func refused(_ refusal: Refusal) -> Said {
        Said(words: Words("투표하지 못했습니다. \(refusal.words.ko)", "It was not cast. \(refusal.words.en)"), act: .end)
    }

    private static let unheard = Words("알아듣지 못했습니다.", "I did not understand.")
    private static let nothing = Words(
        "고른 것이 없습니다. 백지로 내려면 ‘백지’라고 말씀하세요.", "Nothing is chosen. For a blank ballot say “blank”.")

    private func said(_ parts: Words...) -> Said {
        func joined(_ language: Language) -> String {
            parts.map { $0[language] }.filter { !$0.isEmpty }.joined(separator: " ")
        }
        return Said(words: Words(joined(.ko), joined(.en)))
    }
}
