import Access
import District
import Record
import Store
import Web

/// One proposal, for everybody, with its texts, its pictures, and the forms that begin from it.
struct ProposalRoutes {
    let rules: DebateRules

    var routes: [Route] {
        [
            .get("/commons/proposals/{proposal}", .anyone) { try await page($0) },
            .get("/commons/proposals/{proposal}/texts", .anyone) { try await texts($0) },
            .get("/commons/proposals/{proposal}/amend", .signedIn) { try await form(MakeAmendment.name, $0) },
            .get("/commons/proposals/{proposal}/revise", .signedIn) { try await form(ReviseProposal.name, $0) },
            .post("/commons/proposals/{proposal}/pictures", .signedIn, bodyLimit: Attachments.largest + (1 << 20)) {
                try await picture($0)
            },
            .get("/commons/pictures/{hash}", .anyone) { visit in
                let hash = visit.parameters["hash"] ?? ""
                guard
                    let found = try await visit.spine.district.store.read({ try PictureShelf.find(hash, in: $0) })
                else {
                    throw Refusal(.notFound, "picture.unknown", Words("그런 사진이 없습니다.", "There is no such picture."))
                }
                return .bytes(found.bytes, type: found.media.rawValue)
            },
        ]
    }

    /// All that a proposal's page shows.
    private struct Found: Sendable {
        let proposal: Proposal
        let process: CivicProcess
        let into: Proposal?
        let merged: [Proposal]
        let authors: [(person: PersonID, name: String?)]
        let marks: Set<ProposalMark>
        let amendments: [Amendment]
        let pictures: [(hash: String, about: String)]
        let changes: [ProcessChange]
        let moderation: ModerationCase?
        let debate: DebateView.Found
        let landmarks: [PlaceMap.Landmark]
        /// What was promised of it, or of the one that it went into.
        let became: [Promise]
        let maySupport: Bool, mayAmend: Bool

        init(_ id: String, _ visit: Visit, _ reader: any Reader) throws {
            (proposal, process) = try ProposalAsk.find(id, in: reader)
            let chain = try ProposalTable.chain(from: proposal, in: reader)
            into = chain.last
            merged = try ProposalTable.merged(into: id, in: reader)
            authors = try PeopleTable.authors(of: id, in: reader)
            marks = try PeopleTable.marks(visit.caller.person, on: id, in: reader)
            amendments = try AmendmentTable.amendments(of: id, in: reader)
            pictures = try ProposalTable.pictures(of: id, in: reader)
            changes = try ProposalTable.changes(of: id, in: reader)
            moderation = try DebateTable.moderation(of: id, in: reader)
            debate = try DebateView.found(on: id, of: process, for: visit, in: reader)
            landmarks = try proposal.place == nil ? [] : Landmarks.all(in: reader)
            became = try OutcomeTable.items(ofProposals: [id] + chain.map(\.id), in: reader).values
                .flatMap { $0 }.sorted { $0.promised < $1.promised }
            let (its, today) = (process, KoreanDay(visit.now))
            func may(_ act: Phase.Act) throws -> Bool {
                try Eligibility.obstacle(act, its, visit.caller, on: today, in: reader) == nil
            }
            maySupport = try may(.support)
            mayAmend = try may(.amend)
        }
    }

    private func page(_ visit: Visit) async throws -> Reply {
        let (view, id) = (CivicView(visit: visit), visit.parameters["proposal"] ?? "")
        let found = try await visit.spine.district.store.read { try Found(id, visit, $0) }
        let (proposal, process) = (found.proposal, found.process)
        let isReadable = view.reads(proposal.text)
        var context: [String: JSON] = [
            "process": .string(process.title[view.language]), "process_href": .string(CivicView.href(process)),
            "tags": view.tags(proposal), "time": Show.time(proposal.text.written, view.language),
            "names": .string(
                isReadable ? found.authors.map { $0.name ?? view.word("commons_erased") }.joined(separator: ", ") : "–"),
            "supports": .string(view.supports(proposal.supports)),
            "lacks": .string(view.word("commons_lacks_\(proposal.lacks(for: process)?.rawValue ?? "none")")),
            "marks": .array(marks(found, view)), "acts": .array(acts(found, view)),
            "amendments": .array(amendments(found.amendments, of: proposal, view)),
            "merged_here": .array(
                found.merged.map {
                    [
                        "title": .string(view.title($0.text)), "href": .string(CivicView.href($0)),
                        "supports": .string(view.supports($0.supports)),
                    ]
                }), "changes": view.changes(found.changes),
            "debate": DebateView(view: view, rules: rules).json(
                found.debate, in: process, proposal: proposal.id, isOpen: proposal.isOpen,
                back: CivicView.href(proposal)),
        ]
        if !found.became.isEmpty { context["promises"] = ["became": OutcomeView(visit: visit).became(found.became)] }
        if !found.merged.isEmpty { context["has_merged"] = true }
        if isReadable {
            if let plain = proposal.plain { context["plain_words"] = .string(plain) }
            context["body"] = .string(proposal.text.body ?? view.word("commons_erased_text"))
            context["pictures"] = .array(
                (proposal.text.state == .shown ? found.pictures : []).map {
                    ["href": .string("/commons/pictures/\($0.hash)"), "about": .string($0.about)]
                })
            if let place = proposal.place {
                context["place"] = .string(MapView(view: view, landmarks: found.landmarks).words(place))
            }
            if let cost = proposal.cost { context["cost"] = .string(view.money(cost)) }
        }
        if process.supportNeeded > 0 {
            context["needed"] = .string(view.word("commons_needed", ["many": Show.count(process.supportNeeded)]))
        }
        if let gone = view.gone(proposal.text, found.moderation, rules) {
            context["gone"] = .string(gone.line)
            if let why = gone.why { context["why"] = .string(why) }
        }
        if let into = found.into {
            context["merged"] = [
                "title": .string(view.title(into.text)), "href": .string(CivicView.href(into)),
                "reason": .string(proposal.mergeReason ?? ""),
            ]
        }
        if let verdict = proposal.verdict {
            var shown: [String: JSON] = [
                "badge": Show.badge(verdict.badge, verdict.words[view.language]),
                "reason": .string(proposal.verdictReason ?? ""),
            ]
            if let cost = proposal.verdictCost { shown["cost"] = .string(view.money(cost)) }
            context["verdict"] = .object(shown)
        }
        if proposal.version > 1, isReadable {
            context["versions"] = [
                "href": .string("\(CivicView.href(proposal))/texts"),
                "label": .string(view.word("commons_versions", ["many": Show.count(proposal.version)])),
            ]
        }
        if found.marks.contains(.author), proposal.isOpen, process.allows(.propose, on: view.today),
            found.pictures.count < AddPicture.most
        {
            context["picture_form"] = ["action": .string("\(CivicView.href(proposal))/pictures")]
        }
        return .page(
            "commons-proposal", title: view.title(proposal.text), .object(context),
            live: visit.caller.isKnown)
    }

    private func marks(_ found: Found, _ view: CivicView) -> [JSON] {
        let (proposal, values) = (found.proposal, ["proposal": found.proposal.id])
        guard view.visit.caller.person != nil, proposal.isOpen else { return [] }
        let next = CivicView.href(proposal)
        var marks: [JSON] = []
        if found.maySupport {
            marks.append(
                found.marks.contains(.support)
                    ? view.button(SupportProposal.takeBack, view.word("commons_take_back"), values, next: next)
                    : view.button(
                        SupportProposal.name, view.word("commons_give_support"), values, next: next, primary: true))
        }
        marks.append(
            found.marks.contains(.follow)
                ? view.button(SupportProposal.unfollow, view.word("commons_unfollow"), values, next: next)
                : view.button(SupportProposal.follow, view.word("commons_follow"), values, next: next))
        return marks
    }

    private func acts(_ found: Found, _ view: CivicView) -> [JSON] {
        let (proposal, process, next) = (found.proposal, found.process, CivicView.href(found.proposal))
        var acts: [JSON] = []
        func add(_ key: String, _ href: String) {
            acts.append(["label": .string(view.word(key)), "href": .string(href)])
        }
        guard view.visit.caller.person != nil else {
            if proposal.isOpen { add("commons_signin_support", "/signin?next=\(Table.encoded(next))") }
            return acts
        }
        if proposal.isOpen {
            if found.mayAmend { add("commons_amend", "\(next)/amend") }
            if found.marks.contains(.author) {
                if process.allows(.propose, on: view.today) { add("commons_revise", "\(next)/revise") }
                if !process.standing(on: view.today).isOver {
                    acts.append(view.link(AskAuthor.name, ["proposal": proposal.id], next: next))
                }
            }
            if view.isModerator, proposal.verdict == .feasible, !found.became.contains(where: \.isGoing) {
                // The officers' own words explain it: what its authors wrote stays theirs, and can be erased.
                acts.append(
                    OutcomeView(visit: view.visit).promising(
                        title: proposal.title, summary: proposal.verdictReason ?? "", planned: proposal.assumedCost,
                        proposal: proposal.id))
            }
            if view.isModerator { acts.append(view.link(JudgeProposal.name, ["proposal": proposal.id], next: next)) }
        }
        return acts
            + DebateView(view: view, rules: rules).acts(proposal.text, found.moderation, in: process, next: next)
    }

    private func amendments(_ amendments: [Amendment], of proposal: Proposal, _ view: CivicView) -> [JSON] {
        amendments.filter { $0.text.state != .withdrawn }.map { amendment in
            [
                // An amendment says what its proposal says: it is read where both may be.
                "title": .string(view.title(view.reads(proposal.text) ? amendment.text : proposal.text)),
                "href": .string(CivicView.href(amendment)),
                "size": Show.time(amendment.text.written, view.language)["text"] ?? "",
                "supports": .string(view.supports(amendment.supports)),
                "state": amendment.text.state == .shown
                    ? Show.badge(amendment.outcome.badge, amendment.outcome.words[view.language])
                    : view.state(amendment.text),
            ]
        }
    }

    /// So many versions are compared for one page.
    static let versionsOfPage = 10

    private func texts(_ visit: Visit) async throws -> Reply {
        let (view, id) = (CivicView(visit: visit), visit.parameters["proposal"] ?? "")
        let before = visit.query["before"].flatMap { Int64($0) }
        // One more than is shown: the one that the first of them is held against.
        let (proposal, versions) = try await visit.spine.district.store.read { reader in
            (
                try ProposalAsk.find(id, in: reader).proposal,
                try ProposalTable.texts(
                    of: id, before: before ?? .max, limit: Self.versionsOfPage + 1, in: reader)
            )
        }
        guard view.reads(proposal.text) else {
            throw Refusal(.notFound, "proposal.hidden", Words("공개되지 않은 글입니다.", "This text is not shown."))
        }
        var shown: [JSON] = []
        let hasOlder = versions.count > Self.versionsOfPage
        for (place, version) in versions.enumerated() where place > 0 || !hasOlder {
            let before = place == 0 ? version : versions[place - 1]
            let change = TextChange(from: before.body ?? "", to: version.body ?? "")
            var row: [String: JSON] = [
                "label": .string(view.word("commons_version", ["number": Show.count(version.number)])),
                "time": Show.time(version.at, view.language), "pieces": view.pieces(change),
                "title_pieces": view.pieces(TextChange(from: before.title, to: version.title)),
                "counts": .string(view.counts(change)),
            ]
            if let amendment = version.amendment { row["of_href"] = .string("/commons/amendments/\(amendment)") }
            shown.append(.object(row))
        }
        var context: [String: JSON] = [
            "proposal": .string(proposal.title), "proposal_href": .string(CivicView.href(proposal)),
            "versions": .array(shown.reversed()),
        ]
        let here = "\(CivicView.href(proposal))/texts"
        if hasOlder { context["older_href"] = .string("\(here)?before=\(versions[1].number)") }
        if before != nil { context["newest_href"] = .string(here) }
        return .page("commons-versions", title: view.word("commons_versions_title"), .object(context))
    }

    /// The form in which a text is written anew, with the text as it stands.
    private func form(_ command: String, _ visit: Visit) async throws -> Reply {
        let id = visit.parameters["proposal"] ?? ""
        let proposal = try await visit.spine.district.store.read { try ProposalAsk.open(id, in: $0).proposal }
        let next = command == MakeAmendment.name ? "/commons/amendments/{it}" : CivicView.href(proposal)
        return try visit.form(
            command,
            entered: [
                "proposal": id, "title": proposal.title, "body": proposal.text.body ?? "",
                "plain": proposal.plain ?? "",
                "next": next,
            ])
    }

    private func picture(_ visit: Visit) async throws -> Reply {
        let (id, view) = (visit.parameters["proposal"] ?? "", CivicView(visit: visit))
        guard let file = visit.multipart?.files["picture"], !file.bytes.isEmpty else {
            throw Refusal(.invalid, of: "picture", "required", Words("사진을 골라 주세요.", "Please choose a picture."))
        }
        // Nobody else's proposal fills the shelf.
        _ = try await visit.spine.district.store.read { reader in
            guard try PeopleTable.marks(visit.caller.person, on: id, in: reader).contains(.author) else {
                throw Refusal(
                    .forbidden, "proposal.author",
                    Words("이 제안을 한 사람만 할 수 있습니다.", "Only the proposal's authors may do this."))
            }
        }
        let hash = try await PictureShelf.keep(file.bytes, by: visit.caller, in: visit.spine.district)
        _ = try await visit.spine.district.perform(
            AddPicture.name,
            ["proposal": .string(id), "picture": .string(hash), "about": .string(visit.form["about"] ?? "")],
            by: visit.caller)
        return .redirect("/commons/proposals/\(id)", flash: view.word("commons_picture_added"))
    }
}
