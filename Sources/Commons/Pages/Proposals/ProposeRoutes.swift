import Access
import District
import Foundation
import HTTPTypes
import Record
import Store
import Web

/// A proposal is written: what is alike and what is hard to read is shown while one writes and before it is sent, and never in
/// anybody's way.
struct ProposeRoutes {
    let plain: PlainCheck
    private let script: [UInt8]

    init(plain: PlainCheck) {
        self.plain = plain
        script = FileManager.default.contents(atPath: "\(Commons.shippedData)/place.js").map { [UInt8]($0) } ?? []
    }

    var routes: [Route] {
        [
            .get("/commons/processes/{process}/propose", .signedIn) { try await page($0) },
            .post("/commons/processes/{process}/propose", .signedIn, bodyLimit: Attachments.largest + (1 << 20)) {
                try await take($0)
            },
            .get("/commons/place.js", .anyone) { _ in
                .bytes(script, type: "text/javascript; charset=utf-8", keep: 600)
            },
        ]
    }

    /// What stands in the way of whoever looks, and the process.
    private func find(_ visit: Visit) async throws -> (process: CivicProcess, obstacle: Refusal?) {
        let (id, caller, today) = (visit.parameters["process"] ?? "", visit.caller, KoreanDay(visit.now))
        return try await visit.spine.district.store.read { reader in
            let process = try ProcessAsk.process(id, in: reader)
            return (process, try Eligibility.obstacle(.propose, process, caller, on: today, in: reader))
        }
    }

    private func page(_ visit: Visit) async throws -> Reply {
        let (process, obstacle) = try await find(visit)
        return try await form(
            ProposalDraft(visit.form), process, visit, similar: nil, refusal: obstacle, isBarred: obstacle != nil)
    }

    private func take(_ visit: Visit) async throws -> Reply {
        let (process, obstacle) = try await find(visit)
        var draft = ProposalDraft(visit.form)
        if let obstacle {
            return try await form(draft, process, visit, similar: nil, refusal: obstacle, isBarred: true)
        }
        do {
            // While one writes, nothing is complained of yet, and nothing is kept.
            if visit.headers[.hxRequest] == nil {
                let file = visit.multipart?.files["picture"]
                try draft.check(bringing: file?.bytes.isEmpty == false)
                // A picture is kept at once and carried by its hash: a file does not stay in its box to the next page.
                if let file, !file.bytes.isEmpty {
                    draft.picture = try await PictureShelf.keep(file.bytes, by: visit.caller, in: visit.spine.district)
                }
            }
            if draft.step == "send" { return try await send(draft, process, visit) }
            return try await form(
                draft, process, visit, similar: try await similar(to: draft, in: process, visit), refusal: nil)
        } catch let refusal as Refusal where [.invalid, .conflict, .tooOften, .forbidden].contains(refusal.kind) {
            return try await form(
                draft, process, visit, similar: try await similar(to: draft, in: process, visit), refusal: refusal)
        }
    }

    /// Makes it, then adds its picture and asks its co-authors: where one of these is refused, the proposal stands all the same.
    private func send(_ draft: ProposalDraft, _ process: CivicProcess, _ visit: Visit) async throws -> Reply {
        let (district, caller, view) = (visit.spine.district, visit.caller, CivicView(visit: visit))
        let landmarks = try await district.store.read { try Landmarks.all(in: $0) }
        let outcome = try await district.perform(
            MakeProposal.name, draft.values(in: process, landmarks), by: caller, key: draft.key, confirmed: true)
        let id = outcome.events.first?.stream.split(separator: "/").last.map(String.init) ?? ""
        let waits = try await district.store.read { try ProposalTable.find(id, in: $0) }?.text.state == .waiting
        var said = view.word(waits ? "commons_proposal_waits" : "commons_proposal_made")
        for (number, more) in draft.additions(to: id).enumerated() {
            do {
                _ = try await district.perform(
                    more.command, more.values, by: caller, key: draft.key.map { "\($0)-\(number)" }, confirmed: true)
            } catch let refusal as Refusal {
                said += " " + view.word(more.failed, ["why": refusal.words[view.language]])
            }
        }
        return .redirect("/commons/proposals/\(id)", flash: said)
    }

    private func similar(
        to draft: ProposalDraft, in process: CivicProcess, _ visit: Visit
    ) async throws -> [(proposal: Proposal, likeness: Double)] {
        guard try await visit.spine.district.call(AlikeUse.use) == .runs else { return [] }
        let candidate = Duplicates.Candidate(
            id: "", profile: TextProfile(draft["title"] + "\n" + draft["body"]),
            place: draft.place.map { (latitude: $0.latitude, longitude: $0.longitude) })
        let open = try await visit.spine.district.store.read { try ProposalTable.compared(of: process.id, in: $0) }
        let byID = Dictionary(open.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        return Duplicates.of(candidate, among: open.map(\.candidate)).compactMap { found in
            byID[found.id].map { ($0, found.likeness) }
        }
    }

    private func form(
        _ draft: ProposalDraft, _ process: CivicProcess, _ visit: Visit,
        similar: [(proposal: Proposal, likeness: Double)]?, refusal: Refusal?, isBarred: Bool = false
    ) async throws -> Reply {
        let view = CivicView(visit: visit)
        let landmarks = try await visit.spine.district.store.read { try Landmarks.all(in: $0) }
        var context: [String: JSON] = [
            "lead": .string(process.title[view.language] + ": " + process.question[view.language]),
            "process_href": .string(CivicView.href(process)), "action": .string("\(CivicView.href(process))/propose"),
            "key": .string(draft.key ?? Identifier(at: visit.now).description),
            "values": draft.json(faults: Set((refusal?.faults ?? []).map(\.field))),
            "is_budget": .bool(process.kind == .budget), "writes": .bool(!isBarred),
        ]
        if let picker = MapView(view: view, landmarks: landmarks).picker(draft.place, near: draft["place.near"]) {
            context["picker"] = picker
        }
        let standing = try await visit.spine.district.standing(of: AlikeUse.use)
        if standing != .runs { context["similar_off"] = .string(standing.words[view.language]) }
        if let similar {
            context["checked"] = .bool(refusal?.kind != .invalid)
            context["plain"] = .array(
                plain.findings(draft["plain"] + "\n" + draft["body"], view.language).map {
                    ["text": .string($0.words[view.language])]
                })
            context["similar"] = .array(
                similar.map { proposal, likeness in
                    [
                        "title": .string(proposal.title), "href": .string(CivicView.href(proposal)),
                        "why": .string(
                            view.word("commons_likeness", ["percent": "\(Int((likeness * 100).rounded()))"])),
                        "supports": .string(view.supports(proposal.supports)),
                    ]
                })
        }
        if let refusal { context["errors"] = DebateRoutes.errors(refusal, view) }
        return .page(
            "commons-propose", title: view.word("commons_act_propose"), .object(context),
            status: refusal.map(DebateRoutes.status) ?? .ok)
    }
}

extension HTTPField.Name {
    /// Set by htmx on what it asks for by itself.
    static let hxRequest = HTTPField.Name("HX-Request") ?? .accept
}
