import Access
import District
import HTTPTypes
import Record
import Store
import Web

/// Comments as they are sent from a page, and answered on one of their own.
struct DebateRoutes {
    let rules: DebateRules

    var routes: [Route] {
        [
            .post("/commons/comments", .signedIn) { try await send($0) },
            .get("/commons/comments/{comment}", .signedIn) { try await answer($0) },
        ]
    }

    private func answer(_ visit: Visit) async throws -> Reply {
        try await page(visit, parent: visit.parameters["comment"], process: nil, proposal: nil, refusal: nil)
    }

    private func send(_ visit: Visit) async throws -> Reply {
        let entered = visit.form
        var values: [String: JSON] = [:]
        for key in ["process", "proposal", "parent", "position", "body", "name"] {
            if let value = entered[key], !value.isEmpty { values[key] = .string(value) }
        }
        do {
            let outcome = try await visit.spine.district.perform(
                WriteComment.name, values, by: visit.caller, key: entered["idempotency"])
            let id = outcome.events.first.map { $0.stream.split(separator: "/").last.map(String.init) ?? "" } ?? ""
            let subject = try await visit.spine.district.store.read { reader in
                try DebateTable.find(id, in: reader).map { comment in
                    let order = try DebateTable.order(
                        on: comment.text.proposal ?? comment.text.process, in: reader)
                    let page = order.page(of: id).map { DebatePage.query($0, of: order.pages) } ?? ""
                    return (
                        (comment.text.proposal.map { "/commons/proposals/\($0)" }
                            ?? "/commons/processes/\(comment.text.process)") + page, comment.text.state
                    )
                }
            }
            return .redirect(
                "\(subject?.0 ?? "/commons")#c-\(id)",
                flash: CivicView(visit: visit).word(
                    subject?.1 == .waiting ? "commons_comment_waits" : "commons_comment_sent"))
        } catch let refusal as Refusal where [.invalid, .conflict, .tooOften, .forbidden].contains(refusal.kind) {
            return try await page(
                visit, parent: entered["parent"], process: entered["process"], proposal: entered["proposal"],
                refusal: refusal)
        }
    }

    /// The form by itself: for an answer, or where what was sent is refused, with what was written.
    private func page(
        _ visit: Visit, parent: String?, process: String?, proposal: String?, refusal: Refusal?
    ) async throws -> Reply {
        let view = CivicView(visit: visit)
        let found = try await visit.spine.district.store.read { reader in
            let parent = try parent.flatMap { try DebateTable.find($0, in: reader) }
            return (parent, try ProcessAsk.process(parent?.text.process ?? process ?? "", in: reader))
        }
        let (answered, its) = found
        if parent != nil, answered == nil || answered?.text.state != .shown, refusal == nil {
            throw Refusal(.notFound, of: "parent", "unknown", Words("그런 의견이 없습니다.", "There is no such comment."))
        }
        let subject = answered?.text.proposal ?? proposal
        let back = subject.map { "/commons/proposals/\($0)" } ?? CivicView.href(its)
        let form = visit.form
        var context: [String: JSON] = [
            "form": DebateView(view: view, rules: rules).form(
                in: its, proposal: subject, parent: answered?.id, back: back, body: form["body"] ?? "",
                position: form["position"] ?? Comment.Position.neutral.rawValue),
            "back_href": .string(back), "back": .string(view.word("commons_back")),
        ]
        if let answered {
            context["answered"] = [
                "name": .string(view.name(answered.text)),
                "body": .string(answered.text.body ?? view.word("commons_erased_text")),
            ]
        }
        if let refusal { context["errors"] = Self.errors(refusal, view) }
        return .page(
            "commons-comment", title: view.word(answered == nil ? "commons_comment" : "commons_reply_title"),
            .object(context),
            status: refusal.map(Self.status) ?? .ok)
    }

    /// What was refused, over a form of ours.
    static func errors(_ refusal: Refusal, _ view: CivicView) -> JSON {
        guard !refusal.faults.isEmpty else {
            return [
                "refused": .string(view.visit.word("form_refused")),
                "items": [["text": .string(refusal.words[view.language])]],
            ]
        }
        return [
            "items": .array(
                refusal.faults.map {
                    ["href": .string("#f-\($0.field)"), "text": .string($0.words[view.language])]
                })
        ]
    }

    static func status(_ refusal: Refusal) -> HTTPResponse.Status {
        switch refusal.kind {
        case .conflict: .conflict
        case .tooOften: .tooManyRequests
        case .forbidden: .forbidden
        default: .unprocessableContent
        }
    }
}
