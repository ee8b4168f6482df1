import Access
import District
import HTTPTypes
import Record
import Store
import Web

/// A proposal is written: what is alike is shown while one writes and before it is sent, and never in anybody's way.
struct ProposeRoutes {
    var routes: [Route] {
        [
            .get("/commons/processes/{process}/propose", .signedIn) { try await page($0) },
            .post("/commons/processes/{process}/propose", .signedIn) { try await take($0) },
        ]
    }

    private static let names = ["title", "body", "cost", "name", "place.lat", "place.lon"]

    private func page(_ visit: Visit) async throws -> Reply {
        let process = try await process(visit)
        let view = CivicView(visit: visit)
        var refusal: Refusal?
        if !process.allows(.propose, on: view.today) {
            refusal = Refusal(.conflict, "process.phase", Words(view.now(process), view.now(process)))
        }
        return try await form(process, visit, entered: [:], similar: nil, refusal: refusal)
    }

    private func process(_ visit: Visit) async throws -> CivicProcess {
        let id = visit.parameters["process"] ?? ""
        return try await visit.spine.district.store.read { try ProcessAsk.process(id, in: $0) }
    }

    private func take(_ visit: Visit) async throws -> Reply {
        let process = try await process(visit)
        let entered = visit.form
        guard entered["step"] == "send" else {
            let (missing, similar) = (Self.missing(entered, visit), try await similar(to: entered, in: process, visit))
            return try await form(process, visit, entered: entered, similar: similar, refusal: missing)
        }
        var values: [String: JSON] = ["process": .string(process.id)]
        for key in ["title", "body", "cost", "name"] {
            if let value = entered[key], !value.isEmpty { values[key] = .string(value) }
        }
        if let latitude = entered["place.lat"].flatMap(Double.init),
            let longitude = entered["place.lon"].flatMap(Double.init)
        {
            values["place"] = ["latitude": .number(latitude), "longitude": .number(longitude)]
        }
        do {
            let outcome = try await visit.spine.district.perform(
                MakeProposal.name, values, by: visit.caller, key: entered["idempotency"], confirmed: true)
            let id = outcome.events.first?.stream.split(separator: "/").last.map(String.init) ?? ""
            let waits =
                try await visit.spine.district.store.read { try ProposalTable.find(id, in: $0) }?.text.state == .waiting
            return .redirect(
                "/commons/proposals/\(id)",
                flash: CivicView(visit: visit).word(waits ? "commons_proposal_waits" : "commons_proposal_made"))
        } catch let refusal as Refusal where [.invalid, .conflict, .tooOften, .forbidden].contains(refusal.kind) {
            return try await form(
                process, visit, entered: entered, similar: try await similar(to: entered, in: process, visit),
                refusal: refusal)
        }
    }

    private static func missing(_ entered: [String: String], _ visit: Visit) -> Refusal? {
        let faults = [("title", ProposalAsk.title), ("body", ProposalAsk.body)].compactMap {
            key, field -> Refusal.Fault? in
            guard (entered[key] ?? "").allSatisfy(\.isWhitespace) else { return nil }
            return .init(
                field: key, rule: "required",
                words: Words("\(field.label.ko)을(를) 입력해 주세요.", "Please fill in: \(field.label.en)."))
        }
        // While one writes, nothing is complained of yet.
        guard !faults.isEmpty, visit.headers[.hxRequest] == nil else { return nil }
        return Refusal(
            .invalid, "form.invalid", Words("입력한 내용을 확인해 주세요.", "Please check what was entered."), faults: faults)
    }

    private func similar(
        to entered: [String: String], in process: CivicProcess, _ visit: Visit
    ) async throws -> [(proposal: Proposal, likeness: Double)] {
        guard try await visit.spine.district.call(AlikeUse.use) == .runs else { return [] }
        let candidate = Duplicates.Candidate(
            id: "", profile: TextProfile((entered["title"] ?? "") + "\n" + (entered["body"] ?? "")),
            place: entered["place.lat"].flatMap(Double.init).flatMap { latitude in
                entered["place.lon"].flatMap(Double.init).map { (latitude: latitude, longitude: $0) }
            })
        let open = try await visit.spine.district.store.read { try ProposalTable.open(of: process.id, in: $0) }
        let byID = Dictionary(open.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        return Duplicates.of(candidate, among: open.map(\.candidate)).compactMap { found in
            byID[found.id].map { ($0, found.likeness) }
        }
    }

    private func form(
        _ process: CivicProcess, _ visit: Visit, entered: [String: String],
        similar: [(proposal: Proposal, likeness: Double)]?, refusal: Refusal?
    ) async throws -> Reply {
        let view = CivicView(visit: visit)
        let faults = Set((refusal?.faults ?? []).map(\.field))
        var values: [String: JSON] = [
            "lat": .string(entered["place.lat"] ?? ""), "lon": .string(entered["place.lon"] ?? ""),
        ]
        for key in ["title", "body", "cost", "name"] {
            values[key] = .string(entered[key] ?? "")
            if faults.contains(key) { values["wrong_\(key)"] = true }
        }
        var context: [String: JSON] = [
            "lead": .string(process.title[view.language] + ": " + process.question[view.language]),
            "process_href": .string(CivicView.href(process)), "action": .string("\(CivicView.href(process))/propose"),
            "key": .string(entered["idempotency"] ?? Identifier(at: visit.now).description), "values": .object(values),
            "is_budget": .bool(process.kind == .budget),
        ]
        let standing = try await visit.spine.district.standing(of: AlikeUse.use)
        if standing != .runs { context["similar_off"] = .string(standing.words[view.language]) }
        if let similar {
            context["checked"] = .bool(refusal?.kind != .invalid)
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
