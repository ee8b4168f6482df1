import Access
import District
import HTTPTypes
import Record
import Store
import Web

/// The list of who may vote, as officers work with it: bring it, settle what is missing, make codes, hand out paper.
struct CensusRoutes {
    private static let largest = 5 << 20
    let contact: VoteContact

    var routes: [Web.Route] {
        [
            .get("/commons/votes/{vote}/census", VoteAsk.officers) { try await page($0) },
            Route(.post, "/commons/votes/{vote}/census", VoteAsk.officers, bodyLimit: Self.largest) {
                try await bring($0)
            },
            .post("/commons/votes/{vote}/census/codes", VoteAsk.officers) { try await codes($0) },
            .post("/commons/votes/{vote}/census/replace", VoteAsk.officers) { try await replace($0) },
            .post("/commons/votes/{vote}/census/paper", VoteAsk.officers) { try await paper($0) },
        ]
    }

    private static func path(_ vote: String) -> String { "\(VoteView.path(vote))/census" }

    private func page(_ visit: Visit, refusal: Refusal? = nil, report: JSON? = nil) async throws -> Reply {
        let (found, _) = try await VoteRoutes.find(visit)
        let vote = found.vote
        let name = visit.query["name"] ?? ""
        let (people, roll, gaps, shown) = try await visit.spine.district.store.read { reader in
            (
                try CensusTable.count(vote.id, in: reader), try RollTable.counts(vote.id, in: reader),
                try CensusTable.gaps(vote.id, in: reader),
                name.isEmpty
                    ? []
                    : try CensusTable.entries(vote.id, name: name, limit: 20, in: reader).map {
                        ($0, try RollTable.mark(of: $0.entry, vote: vote.id, in: reader))
                    }
            )
        }
        // Names and addresses of people were looked at.
        if !shown.isEmpty || !gaps.isEmpty { try await visit.look(at: .zone, "census/\(vote.id)") }
        let path = Self.path(vote.id)
        var context: [String: JSON] = [
            "vote": .string(vote.id), "vote_title": .string(vote.title),
            "path": .string(VoteView.path(vote.id)), "here": .string(path),
            "people": .string(Show.count(people)), "codes": .string(Show.count(roll.codes)),
            "voted": .string(Show.count(roll.online)), "paper": .string(Show.count(roll.paper)),
            "may_bring": .bool(vote.state == .setUp || vote.state == .ruled),
            "may_issue": .bool([.ruled, .open].contains(vote.state) && people > roll.codes),
            "may_hand": .bool(vote.takesBallots(at: visit.now)), "name": .string(name),
            "gaps": .array(gaps.map { gap($0, visit, next: path) }), "has_name": .bool(!name.isEmpty),
            "found": .array(
                shown.map { entry, mark in
                    [
                        "entry": .string(entry.entry), "name": .string(entry.name), "address": .string(entry.address),
                        "mark": .string(visit.word("ballots_mark_\(mark.rawValue)")),
                        "may": .bool(mark == .none && [.ruled, .open].contains(vote.state)),
                    ]
                }),
        ]
        if let report { context["report"] = report }
        if let refusal {
            context["errors"] = [
                "refused": .string(refusal.words[visit.language]),
                "items": .array(
                    refusal.faults.isEmpty
                        ? [["text": .string(refusal.words[visit.language])]]
                        : refusal.faults.prefix(20).map { fault in
                            let line = fault.line.map { "\($0): " } ?? ""
                            return ["text": .string(line + fault.words[visit.language])]
                        }),
            ]
        }
        return .page(
            "ballots-census", title: "\(vote.title) – \(visit.word("ballots_census_title"))", .object(context),
            status: refusal == nil ? .ok : .unprocessableContent)
    }

    private func gap(_ gap: CensusTable.Gap, _ visit: Visit, next: String) -> JSON {
        [
            "name": .string(gap.name), "address": .string(gap.address), "why": .string(gap.why),
            "time": Show.time(gap.at, visit.language), "state": .string(visit.word("ballots_gap_\(gap.state)")),
            "kind": .string(visit.word(gap.account.isEmpty ? "ballots_gap_add" : "ballots_gap_account")),
            "reason": gap.reason.isEmpty ? false : .string(gap.reason),
            "decide_href": gap.state == "open"
                ? .string("/do/commons.census.decide?request=\(gap.id)&next=\(Table.encoded(next))") : false,
        ]
    }

    private func refused(_ visit: Visit, _ body: () async throws -> Reply) async throws -> Reply {
        do {
            return try await body()
        } catch let refusal as Refusal {
            return try await page(visit, refusal: refusal)
        }
    }

    private func bring(_ visit: Visit) async throws -> Reply {
        try await refused(visit) {
            let id = visit.parameters["vote"] ?? ""
            let sent = visit.multipart
            let text = try sent?.files["file"].map { try CommaText.text($0.bytes) } ?? visit.form["list"] ?? ""
            // What is left out is named, before it is brought in where that is asked for, and after.
            let (found, _) = try await VoteRoutes.find(visit)
            let file = try CensusFile(text)
            let plan = try await visit.spine.district.store.read { reader in
                try CensusPlan(
                    file, for: found.vote.id, salt: try CensusTable.salt(found.vote.id, in: reader) ?? "", in: reader)
            }
            if visit.form["preview"] != nil {
                return try await page(visit, report: Self.report(plan, isDone: false, text, visit))
            }
            _ = try await visit.spine.district.perform(
                "commons.census.import", ["vote": .string(id), "list": .string(text)], by: visit.caller,
                key: visit.form["idempotency"])
            return plan.isClean
                ? .redirect(Self.path(id), flash: visit.word("ballots_census_brought"))
                : try await page(visit, report: Self.report(plan, isDone: true, text, visit))
        }
    }

    /// Who is added, which lines are not, and what looks wrong.
    private static func report(_ plan: CensusPlan, isDone: Bool, _ text: String, _ visit: Visit) -> JSON {
        func lines(_ faults: [Refusal.Fault]) -> JSON {
            .array(
                faults.prefix(500).map { fault in
                    let line = visit.word("ballots_census_line").replacing("{line}", with: "\(fault.line ?? 0)")
                    return ["text": .string("\(line): \(fault.words[visit.language])")]
                })
        }
        return [
            "title": .string(visit.word(isDone ? "ballots_census_brought" : "ballots_census_preview")),
            "added": .string(Show.count(plan.rows.count)), "left_count": .string(Show.count(plan.left.count)),
            "left": lines(plan.left), "warning_count": .string(Show.count(plan.warnings.count)),
            "warnings": lines(plan.warnings), "list": isDone || plan.rows.isEmpty ? false : .string(text),
        ]
    }

    private func codes(_ visit: Visit) async throws -> Reply {
        try await refused(visit) {
            let (found, _) = try await VoteRoutes.find(visit)
            let letters = try await CodeDesk(district: visit.spine.district).issue(found.vote.id, by: visit.caller)
            return self.letters(letters, found.vote, visit)
        }
    }

    private func replace(_ visit: Visit) async throws -> Reply {
        try await refused(visit) {
            let (found, _) = try await VoteRoutes.find(visit)
            let letter = try await CodeDesk(district: visit.spine.district).replace(
                found.vote.id, entry: visit.form["entry"] ?? "", reason: visit.form["reason"] ?? "", by: visit.caller)
            return self.letters([letter], found.vote, visit)
        }
    }

    private func paper(_ visit: Visit) async throws -> Reply {
        try await refused(visit) {
            let id = visit.parameters["vote"] ?? ""
            try await CodeDesk(district: visit.spine.district).givePaper(
                id, entry: visit.form["entry"] ?? "", by: visit.caller)
            return .redirect(Self.path(id), flash: visit.word("ballots_paper_given"))
        }
    }

    /// The letters, shown once; for programs that print them as text by commas.
    private func letters(_ letters: [CodeDesk.Letter], _ vote: Vote, _ visit: Visit) -> Reply {
        if visit.form["as"] == "csv" {
            func cell(_ text: String) -> String { "\"" + text.replacing("\"", with: "\"\"") + "\"" }
            let lines = letters.map { "\(cell($0.name)),\(cell($0.address)),\($0.code)\r\n" }.joined()
            return .bytes(
                Array("\u{FEFF}name,address,code\r\n\(lines)".utf8), type: "text/csv; charset=utf-8",
                download: "letters-\(vote.id).csv")
        }
        let address = "\(visit.site)\(VoteView.path(vote.id))/ballot"
        // An address that is too long for a code stands as text alone.
        let code = try? QR.svg(address, label: visit.word("ballots_letter_qr"))
        return .page(
            "ballots-letters", title: visit.word("ballots_letters_title"),
            [
                "vote_title": .string(vote.title), "here": .string(Self.path(vote.id)), "site": .string(address),
                "qr": code.map { .string($0) } ?? false,
                "contact": contact.line(isSample: visit.spine.isSample).map { .string($0[visit.language]) } ?? false,
                "begins": VoteView.time(vote.begins, visit.language), "ends": VoteView.until(vote.ends, visit.language),
                "letters": .array(
                    letters.map {
                        ["name": .string($0.name), "address": .string($0.address), "code": .string($0.code)]
                    }),
            ])
    }
}
