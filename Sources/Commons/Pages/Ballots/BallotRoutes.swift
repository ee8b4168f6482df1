import Access
import District
import HTTPTypes
import Record
import Store
import Web

/// Filling in a ballot, reading it back, casting it: three pages that work without script, with a code or an account; and the
/// same as one call.
struct BallotRoutes {
    let wrong: WrongCodes
    let book: BallotAssets
    let contact: VoteContact

    var routes: [Web.Route] {
        [
            .get("/commons/votes/{vote}/ballot", .anyone) { try await form($0) },
            .post("/commons/votes/{vote}/ballot", .anyone) { try await sent($0) },
            .get("/commons/votes/{vote}/cast", .anyone) { try await CastPage.shown($0) },
            .get("/commons/votes/{vote}/cast/done", .anyone) { CastPage.done($0) },
            .post("/api/v1/commons/ballots", .anyone) { try await call($0) },
            .get("/commons/ballot.js", .anyone) { _ in
                .bytes(book.script, type: "text/javascript; charset=utf-8", keep: 600)
            },
            .get("/commons/ballot.css", .anyone) { _ in .bytes(book.style, type: "text/css; charset=utf-8", keep: 600)
            },
        ]
    }

    private func open(_ visit: Visit) async throws -> Vote {
        let (id, now) = (visit.parameters["vote"] ?? "", visit.now)
        return try await visit.spine.district.store.read { try BallotBox.open(id, at: now, in: $0) }
    }

    private func form(_ visit: Visit) async throws -> Reply {
        let vote = try await open(visit)
        return page(vote, visit, [:], isListed: try await isListed(vote, visit))
    }

    /// Whether whoever looks may vote by their account.
    private func isListed(_ vote: Vote, _ visit: Visit) async throws -> Bool {
        guard let person = visit.caller.person else { return false }
        return try await visit.spine.district.store.read {
            try CensusTable.entry(vote.id, account: person.rawValue, in: $0) != nil
        }
    }

    /// The ballot with what was filled in.
    private func page(
        _ vote: Vote, _ visit: Visit, _ entered: [String: String], isListed: Bool, refusal: Refusal? = nil
    ) -> Reply {
        var generator = SystemRandomNumberGenerator()
        var context = BallotView(vote: vote, visit: visit).form(entered, refusal: refusal)
        // A number that is another ballot's is not offered again.
        let kept = refusal?.code == "ballot.taken" ? nil : entered["ballot"].flatMap { BallotNumber.typed($0) }
        context["number"] = .string(kept ?? BallotNumber.new(using: &generator))
        let asks = ["code.unknown", "code.typed", "code.required", "code.too-often", BallotBox.notListed]
        if let refusal, asks.contains(refusal.code), let line = contact.line(isSample: visit.spine.isSample) {
            context["contact"] = .string(line[visit.language])
        }
        if isListed { context["listed"] = true } else { context["asks_code"] = true }
        return .page(
            "ballots-ballot", title: vote.title, .object(context), status: refusal.map { Self.status($0) } ?? .ok)
    }

    private static func status(_ refusal: Refusal) -> HTTPResponse.Status {
        switch refusal.kind {
        case .tooOften: .tooManyRequests
        case .conflict: .conflict
        case .forbidden: .forbidden
        case .unauthenticated: .unauthorized
        default: .unprocessableContent
        }
    }

    private func sent(_ visit: Visit) async throws -> Reply {
        let entered = visit.form
        // Whoever was too slow, and whoever sends the same again, is answered as they must be: the box knows.
        guard entered["step"] == "cast" else {
            let vote = try await open(visit)
            let isListed = try await isListed(vote, visit)
            guard entered["step"] != "edit" else { return page(vote, visit, entered, isListed: isListed) }
            do {
                let ballot = try Ballot(BallotView.choices(entered, in: vote), in: vote)
                try await foresee(vote, entered, visit)
                return .page(
                    "ballots-confirm", title: visit.word("ballots_confirm_title"),
                    .object(BallotView(vote: vote, visit: visit).confirm(ballot, entered)))
            } catch let refusal as Refusal {
                return page(vote, visit, entered, isListed: isListed, refusal: refusal)
            }
        }
        let id = visit.parameters["vote"] ?? ""
        guard let vote = try await visit.spine.district.store.read({ try VoteTable.find(id, in: $0) })?.vote else {
            throw VoteAsk.unknown
        }
        do {
            let taken = try await box(visit).cast(
                id, BallotView.choices(entered, in: vote), code: entered["code"] ?? "", number: entered["ballot"],
                by: visit.caller, from: visit.address)
            return CastPage.reply(taken, visit)
        } catch let refusal as Refusal where refusal.code != "vote.not-open" {
            return page(vote, visit, entered, isListed: try await isListed(vote, visit), refusal: refusal)
        }
    }

    /// Refuses now what casting would refuse: nobody reads a ballot back that cannot be cast.
    private func foresee(_ vote: Vote, _ entered: [String: String], _ visit: Visit) async throws {
        try await box(visit).foresee(vote, code: entered["code"] ?? "", by: visit.caller, from: visit.address)
    }

    private func box(_ visit: Visit) -> BallotBox { BallotBox(district: visit.spine.district, wrong: wrong) }

    /// `{"vote", "code", "choices": "a, b" or ["a", …], "ballot"}`; the same number again gives the first receipt.
    private func call(_ visit: Visit) async throws -> Reply {
        guard case .object(var members) = try visit.json() else {
            throw Refusal(.invalid, "json.object", Words("JSON 객체를 보내 주세요.", "Please send a JSON object."))
        }
        if let list = members["choices"]?.elements {
            guard list.count <= SetUpVote.most, list.allSatisfy({ $0.text != nil }) else {
                let words = Words("고른 것은 글자의 목록이어야 합니다.", "Choices are a list of texts.")
                throw Refusal(.invalid, "choices.list", of: "choices", "list", words)
            }
            members["choices"] = .string(list.compactMap(\.text).joined(separator: ","))
        }
        let values = try BallotBox.form.check(members)
        let taken = try await box(visit).cast(
            values.text("vote"), EnterPaper.choices(values.text("choices")), code: values.text("code"),
            number: values["ballot"]?.text, by: visit.caller, from: visit.address)
        var answer = try taken.receipt.file(signedBy: visit.spine.issuer).members ?? [:]
        answer["repeated"] = .bool(taken.repeated)
        return .json(.object(answer), status: taken.repeated ? .ok : .created)
    }
}
