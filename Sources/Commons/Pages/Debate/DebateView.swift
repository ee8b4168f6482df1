import Access
import District
import Record
import Store
import Web

/// A debate as it is shown on a process or a proposal.
struct DebateView {
    let view: CivicView
    let rules: DebateRules

    /// A debate with what moderators did in it.
    struct Found: Sendable {
        let page: DebatePage
        let cases: [String: ModerationCase]
        /// Why whoever looks may not take part; nil where they may.
        let obstacle: Refusal?
    }

    static func found(
        on subject: String, of process: CivicProcess, for visit: Visit, in reader: any Reader
    ) throws -> Found {
        let page = try DebateTable.page(visit.query["debate"].flatMap(Int.init), on: subject, in: reader)
        var cases: [String: ModerationCase] = [:]
        for comment in page.comments where comment.text.state == .hidden {
            cases[comment.id] = try DebateTable.moderation(of: comment.id, in: reader)
        }
        let obstacle = try Eligibility.obstacle(
            .comment, process, visit.caller, on: KoreanDay(visit.now), in: reader)
        return Found(page: page, cases: cases, obstacle: obstacle)
    }

    /// - Parameters:
    ///   - isOpen: whether what is debated stands; nothing new is said on what was hidden or merged.
    ///   - back: the page on which it stands.
    func json(
        _ found: Found, in process: CivicProcess, proposal: String?, isOpen: Bool = true, back: String
    ) -> JSON {
        let page = found.page
        var debate: [String: JSON] = [
            "many": .string(Show.count(page.order.shown)),
            "comments": .array(page.comments.map { comment($0, found, in: process, back: back + page.query) }),
        ]
        if page.order.pages > 1 {
            var pages: [String: JSON] = [
                "label": .string(
                    view.word(
                        "commons_debate_page",
                        ["number": Show.count(page.number), "pages": Show.count(page.order.pages)]))
            ]
            for (key, number) in [("earlier", page.number - 1), ("later", page.number + 1)]
            where (1...page.order.pages).contains(number) {
                pages[key] = .string(back + DebatePage.query(number, of: page.order.pages) + "#debate")
            }
            debate["pages"] = .object(pages)
        }
        if !isOpen || !process.allows(.comment, on: view.today) {
            debate["closed"] = .string(view.word("commons_debate_closed"))
        } else if view.visit.caller.person == nil {
            debate["signin_href"] = .string("/signin?next=\(Table.encoded(back))")
        } else if let obstacle = found.obstacle {
            debate["closed"] = .string(obstacle.words[view.language])
        } else {
            debate["form"] = form(in: process, proposal: proposal, parent: nil, back: back)
        }
        return .object(debate)
    }

    /// The form for a comment of one's own, or an answer.
    func form(
        in process: CivicProcess, proposal: String?, parent: String?, back: String, body: String = "",
        position: String = Comment.Position.neutral.rawValue
    ) -> JSON {
        var hidden = [
            ("process", process.id), ("next", back), ("idempotency", Identifier(at: view.visit.now).description),
        ]
        if let proposal { hidden.append(("proposal", proposal)) }
        if let parent { hidden.append(("parent", parent)) }
        return [
            "action": "/commons/comments", "hidden": Show.hidden(hidden), "body": .string(body),
            "positions": .array(
                Comment.Position.allCases.map {
                    [
                        "value": .string($0.rawValue), "label": .string($0.words[view.language]),
                        "selected": .bool($0.rawValue == position),
                    ]
                }),
        ]
    }

    private func comment(_ comment: Comment, _ found: Found, in process: CivicProcess, back: String) -> JSON {
        let (text, person) = (comment.text, view.visit.caller.person)
        let next = "\(back)#c-\(comment.id)"
        let isReadable = text.isReadable(by: person, moderator: view.isModerator)
        var row: [String: JSON] = [
            "id": .string(comment.id), "name": .string(isReadable ? view.name(text) : "–"),
            "time": Show.time(text.written, view.language),
            "position": Show.badge(comment.position.badge, comment.position.words[view.language]),
        ]
        if let parent = comment.parent, let answered = found.page.known[parent] {
            row["answers"] = .string(
                view.word(
                    "commons_answers",
                    [
                        "level": "\(comment.depth)",
                        "name": answered.text.state == .shown ? view.name(answered.text) : "–",
                    ]))
        }
        if let gone = view.gone(text, found.cases[comment.id], rules) {
            row["state"] = view.state(text)
            row["gone"] = .string(gone.line)
            if let why = gone.why { row["why"] = .string(why) }
        }
        if isReadable { row["body"] = .string(text.body ?? view.word("commons_erased_text")) }
        row["acts"] = .array(acts(text, found.cases[comment.id], in: process, next: next, reply: comment.id))
        return .object(row)
    }

    /// What whoever looks may do with a text.
    func acts(
        _ text: CivicText, _ moderation: ModerationCase?, in process: CivicProcess, next: String, reply: String? = nil
    ) -> [JSON] {
        guard let person = view.visit.caller.person else { return [] }
        let (values, of) = (["text": text.id], text.title.isEmpty ? String((text.body ?? "").prefix(20)) : text.title)
        var acts: [JSON] = []
        func add(_ command: String) { acts.append(view.link(command, values, next: next, of: of)) }
        if let reply, text.state == .shown, process.allows(.comment, on: view.today) {
            acts.append([
                "href": .string("/commons/comments/\(reply)"), "label": .string(view.word("commons_reply")),
                "of": .string(of),
            ])
        }
        if text.author == person {
            if text.state == .shown || text.state == .waiting { add(Moderate.withdraw) }
            if text.state == .hidden, moderation?.appealed == nil { add(Moderate.appeal) }
        } else if view.isModerator {
            if text.state == .waiting { add(Moderate.release) }
            if text.state == .shown || text.state == .waiting { add(Moderate.hide) }
            if moderation?.isAppealOpen == true, moderation?.moderator != person { add(Moderate.decide) }
        } else if text.state == .shown {
            add(Moderate.report)
        }
        return acts
    }
}
