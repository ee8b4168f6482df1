import Access
import District
import Record
import Store
import Web

/// One amendment, for everybody: what it changes, word by word, and what became of it.
struct AmendmentRoutes {
    let rules: DebateRules

    var routes: [Route] { [.get("/commons/amendments/{amendment}", .anyone) { try await page($0) }] }

    private func page(_ visit: Visit) async throws -> Reply {
        let (view, id) = (CivicView(visit: visit), visit.parameters["amendment"] ?? "")
        let found = try await visit.spine.district.store.read { reader in
            guard let amendment = try AmendmentTable.find(id, in: reader) else {
                throw Refusal(
                    .notFound, of: "amendment", "unknown", Words("그런 수정안이 없습니다.", "There is no such amendment."))
            }
            let (proposal, process) = try ProposalAsk.find(amendment.text.proposal ?? "", in: reader)
            return (
                amendment: amendment, proposal: proposal, process: process,
                base: try ProposalTable.text(of: proposal.id, version: amendment.base, in: reader),
                authors: try PeopleTable.marks(visit.caller.person, on: proposal.id, in: reader).contains(.author),
                marks: try PeopleTable.marks(visit.caller.person, on: id, in: reader),
                moderation: try DebateTable.moderation(of: id, in: reader),
                mayAmend: try Eligibility.obstacle(.amend, process, visit.caller, on: view.today, in: reader) == nil
            )
        }
        let (amendment, process) = (found.amendment, found.process)
        // It is read beside the text that it changes, so both must be readable.
        let isReadable = view.reads(amendment.text) && view.reads(found.proposal.text)
        let isOpen = amendment.outcome == .open && amendment.text.state == .shown && found.proposal.isOpen
        var tags = [Show.badge(amendment.outcome.badge, amendment.outcome.words[view.language])]
        var context: [String: JSON] = [
            "proposal": .string(view.title(found.proposal.text)),
            "proposal_href": .string(CivicView.href(found.proposal)),
            "time": Show.time(amendment.text.written, view.language),
            "supports": .string(view.supports(amendment.supports)),
        ]
        if let gone = view.gone(amendment.text, found.moderation, rules) {
            tags.append(view.state(amendment.text))
            context["gone"] = .string(gone.line)
            if let why = gone.why { context["why_hidden"] = .string(why) }
        } else if !isReadable {
            context["gone"] = .string(view.word("commons_amend_of_gone"))
        }
        context["tags"] = .array(tags)
        if isReadable {
            let change = TextChange(from: found.base?.body ?? "", to: amendment.text.body ?? "")
            context["shows"] = true
            context["pieces"] = view.pieces(change)
            context["title_pieces"] = view.pieces(TextChange(from: found.base?.title ?? "", to: amendment.text.title))
            context["counts"] = .string(view.counts(change))
            context["name"] = .string(view.name(amendment.text))
            if let why = amendment.why { context["why"] = .string(why) }
        }
        if let needed = process.amendSupport {
            context["needed"] = .string(view.word("commons_amend_needed", ["many": Show.count(needed)]))
        }
        if isReadable, let reason = amendment.outcomeReason {
            context["reason"] = .string(reason.isEmpty ? view.word("commons_amend_by_support") : reason)
        }
        if isOpen, amendment.base != found.proposal.version {
            context["outdated"] = .string(view.word("commons_amend_outdated"))
        }
        let next = CivicView.href(amendment)
        var (marks, acts): ([JSON], [JSON]) = ([], [])
        let values = ["amendment": amendment.id]
        if isOpen, process.allows(.amend, on: view.today), visit.caller.person != nil {
            if found.mayAmend {
                marks.append(
                    found.marks.contains(.support)
                        ? view.button(DecideAmendment.takeBack, view.word("commons_take_back"), values, next: next)
                        : view.button(
                            DecideAmendment.support, view.word("commons_give_support"), values, next: next,
                            primary: true))
            }
            if found.authors, process.amendSupport == nil {
                acts.append(view.link(DecideAmendment.accept, values, next: next, primary: true))
                acts.append(view.link(DecideAmendment.decline, values, next: next))
            }
        }
        acts += DebateView(view: view, rules: rules).acts(amendment.text, found.moderation, in: process, next: next)
        context["marks"] = .array(marks)
        context["acts"] = .array(acts)
        return .page(
            "commons-amendment", title: view.word("commons_amendment"), .object(context), live: visit.caller.isKnown)
    }
}
