import Access
import District
import Record

extension Exchange {
    /// Nothing is in hand: what do they want?
    mutating func hearWish(_ utterance: Utterance) {
        if let advice = ear.advise(utterance) { return advise(advice) }
        switch ear.understand(utterance, world.allows) {
        case .one(let match):
            note([match])
            guard match.score >= ear.sure else { return choose([match], utterance) }
            begin(match, utterance)
        case .several(let matches):
            note(matches)
            choose(offered(matches), utterance)
        case .none:
            if asksReceipt(utterance) { return }
            switch assent(utterance) {
            case .no where d.phase == .finished:
                say(.goodbye)
                close()
            // A yes to no question is nobody's: a television's, perhaps.
            case .yes, .no:
                d.phase = .idle
                say(.listening)
            case .unclear:
                if fail() { return }
                d.phase = .idle
                say(.cannot)
                said.choices = [replies.text(.person, [:], d.language)]
            }
        }
    }

    /// No service is meant: what helps is said.
    private mutating func advise(_ advice: Advice) {
        trace.heard.append("advice")
        progress()
        if d.phase == .finished || d.intent == nil { drop() }
        d.phase = .idle
        say(advice.words)
        said.links += advice.links
        switch advice.then {
        case .listen: break
        case .more: say(.anythingElse)
        case .person: offer(.asked)
        case .close: close()
        }
    }

    /// Begins with an intent, and takes what was said for it with it.
    /// - Parameter earlier: what was said before it was asked which is meant.
    mutating func begin(_ match: Match, _ utterance: Utterance, earlier: Utterance? = nil) {
        guard let intent = ear.intents[match.intent] else { return say(.cannot) }
        drop()
        progress()
        d.intent = intent.name
        guard world.allows(intent.permission) else { return forbid(intent) }
        take(utterance, asked: nil, spans: match.spans)
        if let earlier, d.phase != .clarifying {
            let before = understood(earlier).first { $0.intent == match.intent }
            take(earlier, asked: nil, spans: before?.spans ?? [:])
        }
        if d.phase == .clarifying || takesReceipt(utterance) { return }
        proceed()
    }

    /// Says who may, and how to sign in.
    mutating func forbid(_ intent: Intent) {
        say(.forbidden, ["title": intent.title[d.language], "who": Self.who(intent.permission, d.language)])
        if !world.isKnown {
            say(.signIn)
            said.links.append(Said.Link(href: "/signin", title: replies.text(.signIn, [:], d.language)))
        }
        finish(.refused)
        d.phase = .idle
    }

    /// Who may, in words.
    static func who(_ permission: Permission, _ language: Language) -> String {
        switch permission.audience {
        case .anyone: return language == .ko ? "누구나" : "anyone"
        case .known: return language == .ko ? "로그인한 사람" : "people who have signed in"
        case .programs: return language == .ko ? "연결된 프로그램" : "connected programs"
        case .roles(let roles):
            return roles.sorted().map { $0.words[language] }.joined(separator: ", ")
        }
    }

    // MARK: one of several

    /// Of several only what whoever speaks may do; where that is nothing, the likeliest, of which is said who may.
    private func offered(_ matches: [Match]) -> [Match] {
        let near = matches.prefix(3)
        let allowed = near.filter { ear.intents[$0.intent].map { world.allows($0.permission) } ?? false }
        return allowed.isEmpty ? Array(near) : allowed
    }

    private mutating func choose(_ matches: [Match], _ utterance: Utterance) {
        d.choices = matches.map(\.intent)
        d.heard = utterance.text
        d.hints = utterance.hints
        askChoice()
    }

    mutating func askChoice() {
        let titles = d.choices.compactMap { ear.intents[$0]?.title[d.language] }
        d.phase = .choosing
        if titles.count == 1 {
            say(.chooseOne, ["title": titles[0]])
            return offerYesNo()
        }
        let numbered = titles.enumerated().map { number, title in
            d.language == .ko ? "\(["첫째", "둘째", "셋째"][min(number, 2)]), \(title)" : "\(number + 1): \(title)"
        }
        say(.choose, ["choices": numbered.joined(separator: ". ")])
        said.choices = titles
    }

    mutating func hearChoice(_ utterance: Utterance) {
        if let chosen = Choosing.chosen(utterance.text, of: d.choices.map { ear.intents[$0]?.title ?? Words("", "") }) {
            trace.heard.append("choice:\(chosen)")
            return take(choice: d.choices[chosen])
        }
        switch assent(utterance) {
        case .yes where d.choices.count == 1: return take(choice: d.choices[0])
        case .no:
            drop()
            d.phase = .idle
            return say(.listening)
        default: break
        }
        let matches = understood(utterance)
        let earlier = d.heard.map { Utterance($0, d.language) }
        if let match = matches.first, matches.count == 1 || match.score >= Self.topic {
            note([match])
            return begin(match, utterance, earlier: d.choices.contains(match.intent) ? earlier : nil)
        }
        // Said in other words it may be one of the few that were asked.
        let among = matches.filter { d.choices.contains($0.intent) }
        if among.count == 1, let match = among.first {
            note([match])
            return begin(match, utterance, earlier: earlier)
        }
        if fail() { return }
        askChoice()
    }

    /// The one that was chosen, with the words it was first asked for in.
    private mutating func take(choice: String) {
        var utterance = Utterance(d.heard ?? "", d.language)
        utterance.hints = d.hints
        let match = understood(utterance).first { $0.intent == choice }
        begin(match ?? Match(intent: choice, score: 1, spans: [:]), utterance)
    }

    // MARK: something else in the middle

    /// Whether something else is asked for in the middle of another; then it is asked whether to leave that.
    /// - Parameter floor: how well it must fit.
    mutating func isOther(_ utterance: Utterance, from floor: Double = Self.topic) -> Bool {
        guard !Figures.isAll(utterance.text), case .one(let match) = ear.understand(utterance, world.allows),
            match.intent != d.intent, match.score >= floor,
            let other = ear.intents[match.intent], let intent
        else { return false }
        note([match])
        trace.heard.append("topic")
        d.back = d.phase
        d.phase = .leaving
        d.choices = [match.intent]
        d.heard = utterance.text
        say(.leave, ["first": intent.title[d.language], "other": other.title[d.language]])
        offerYesNo()
        return true
    }

    mutating func hearLeaving(_ utterance: Utterance) {
        switch assent(utterance) {
        case .yes:
            let (choice, heard) = (d.choices.first ?? "", d.heard)
            if let intent = d.intent { d.closed.append(Dialogue.Closed(intent: intent, how: .left)) }
            drop()
            d.heard = heard
            take(choice: choice)
        case .no:
            progress()
            d.choices = []
            d.heard = nil
            say(.kept, ["title": intent?.title[d.language] ?? ""])
            goBack()
        case .unclear:
            if fail() { return }
            say(.yesOrNo)
            repeatLast()
        }
    }

    private func understood(_ utterance: Utterance) -> [Match] {
        switch ear.understand(utterance, world.allows) {
        case .one(let match): [match]
        case .several(let matches): matches
        case .none: []
        }
    }

    mutating func note(_ matches: [Match]) {
        trace.matched += matches.map { Trace.Matched(intent: $0.intent, score: ($0.score * 1000).rounded() / 1000) }
    }
}

/// Which of several was chosen: by its place, or by a word that only it has.
enum Choosing {
    private static let places = [
        ["첫", "1", "일번", "일 번", "하나", "앞", "first", "one"], ["두 번", "두번", "둘", "2", "이번", "이 번", "second", "two"],
        ["세 번", "세번", "셋", "3", "삼번", "삼 번", "마지막", "third", "three", "last"],
    ]

    static func chosen(_ text: String, of titles: [Words]) -> Int? {
        let plain = text.lowercased()
        guard titles.count > 1 else { return nil }
        let byPlace = places.prefix(titles.count).indices.filter { index in
            places[index].contains { plain.contains($0) }
        }
        if byPlace.count == 1, plain.count <= 12 { return byPlace[0] }
        let words = titles.map { title in
            Set(
                "\(title.ko) \(title.en)".lowercased().split(whereSeparator: { !$0.isLetter && !$0.isNumber }).map(
                    String.init)
            )
            .filter { $0.count > 1 }
        }
        let said = words.indices.filter { index in
            let others = words.indices.filter { $0 != index }.reduce(into: Set<String>()) { $0.formUnion(words[$1]) }
            return words[index].subtracting(others).contains { plain.contains($0) }
        }
        return said.count == 1 ? said[0] : nil
    }
}
