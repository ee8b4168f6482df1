import Access
import District
import Record
import Store

/// The sample district's accord with Odense: fictitious, with undertakings of each kind, one milestone late and one exchange
/// under way (`Data/accords-sample.json`; days count from today).
struct AccordSample: Sendable {
    private static let file = "accords-sample.json"
    private let entry: JSON
    private let id: String

    init(_ book: Handbook) throws(HandbookError) {
        entry = try book.read(Self.file).json
        guard let id = entry["accord"]?.text, entry["signed"]?.integer != nil else {
            throw HandbookError(file: Self.file, place: "", rule: "needs a name and a day")
        }
        self.id = id
    }

    /// Founds nothing twice.
    func found(_ spine: Spine) async throws {
        let (district, id) = (spine.district, id)
        let drafts = drafts(on: KoreanDay(district.clock()))
        try await district.transact { transaction in
            guard try AccordTable.accord(id, in: transaction.writer) == nil else { return }
            try transaction.record(drafts, origin: Origin(author: .system("sample")))
        }
    }

    private func drafts(on today: KoreanDay) -> [Draft] {
        var payload = (entry.members ?? [:]).filter { $0.key != "undertakings" }
        for field in ["signed", "until"] { payload[field] = Self.day(entry, field, today) }
        payload["sample"] = true
        var drafts = [Draft(AccordEvents.signed, stream: "accord/\(id)", scope: .everyone, payload: payload)]
        for one in entry["undertakings"]?.elements ?? [] {
            let undertaking = "\(id)-\(one["id"]?.text ?? "")"
            var about = (one.members ?? [:]).filter { ["kind", "title", "about", "office"].contains($0.key) }
            about["undertaking"] = .string(undertaking)
            about["accord"] = .string(id)
            if let places = one["places"]?.integer { about["places"] = .decimal(places) }
            drafts.append(
                Draft(AccordEvents.undertaken, stream: "accord/\(id)", scope: .everyone, payload: about))
            for (place, milestone) in (one["milestones"]?.elements ?? []).enumerated() {
                drafts += self.milestone(milestone, "\(undertaking)-\(place)", undertaking, today)
            }
            for (place, outcome) in (one["outcomes"]?.elements ?? []).enumerated() {
                var measured = outcome.members ?? [:]
                measured["day"] = Self.day(outcome, "day", today)
                measured["outcome"] = .string("\(undertaking)-o\(place)")
                measured["undertaking"] = .string(undertaking)
                measured["accord"] = .string(id)
                drafts.append(
                    Draft(AccordEvents.measured, stream: "accord/\(id)", scope: .everyone, payload: measured))
            }
            for (place, traveller) in (one["travellers"]?.elements ?? []).enumerated() {
                drafts += self.traveller(traveller, "\(undertaking)-t\(place)", undertaking, today)
            }
        }
        return drafts
    }

    /// A milestone of the first officer's.
    private func milestone(_ entry: JSON, _ id: String, _ undertaking: String, _ today: KoreanDay) -> [Draft] {
        func draft(_ type: String, _ more: [String: JSON], _ personal: [String: PersonalContent] = [:]) -> Draft {
            Draft(
                type, stream: "accord-milestone/\(id)", scope: .everyone,
                payload: ["milestone": .string(id), "accord": .string(self.id)].merging(more) { $1 },
                personal: personal)
        }
        let due = Self.day(entry, "due", today)
        let first = entry["moved"].map { Self.day($0, "from", today) } ?? due
        var drafts = [
            draft(
                AccordEvents.set,
                [
                    "undertaking": .string(undertaking), "title": entry["title"] ?? .null, "due": first,
                ], ["owner": PersonalContent(of: PersonID("zone-officer-1"), "zone-officer-1")])
        ]
        if let moved = entry["moved"] {
            drafts.append(draft(AccordEvents.moved, ["due": due, "reason": moved["reason"] ?? ""]))
        }
        if entry["reached"] != nil {
            drafts.append(draft(AccordEvents.reached, ["day": Self.day(entry, "reached", today)]))
        }
        return drafts
    }

    private func traveller(_ entry: JSON, _ id: String, _ undertaking: String, _ today: KoreanDay) -> [Draft] {
        var payload = (entry.members ?? [:]).filter { ["direction", "field"].contains($0.key) }
        payload["traveller"] = .string(id)
        payload["undertaking"] = .string(undertaking)
        payload["accord"] = .string(self.id)
        payload["from"] = Self.day(entry, "from", today)
        payload["until"] = Self.day(entry, "until", today)
        let sent = Draft(
            AccordEvents.sent, stream: "accord-traveller/\(id)", scope: .zone, payload: payload,
            personal: ["name": PersonalContent(of: PersonID("traveller-\(id)"), entry["name"] ?? .null)])
        guard let result = entry["result"] else { return [sent] }
        return [
            sent,
            Draft(
                AccordEvents.returned, stream: "accord-traveller/\(id)", scope: .zone,
                payload: ["traveller": .string(id), "result": result]),
        ]
    }

    private static func day(_ entry: JSON, _ field: String, _ today: KoreanDay) -> JSON {
        .string((today + (entry[field]?.integer ?? 0)).description)
    }
}
