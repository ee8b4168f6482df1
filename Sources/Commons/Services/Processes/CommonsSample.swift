import Access
import District
import Record
import Store

/// What the sample district decides together: four processes, and what people whom there are not wrote in them.
struct CommonsSample: Sendable {
    private let json: JSON
    private let templates: ProcessTemplates
    private static let surnames = ["김", "이", "박", "최", "정", "강", "조", "윤", "장", "임"]

    /// Reads the handbook's sample.
    init(_ book: Handbook, templates: ProcessTemplates) throws(HandbookError) {
        let file = "processes-sample.json"
        json = try book.read(file).json
        self.templates = templates
        for entry in json["processes"]?.elements ?? [] {
            let phases = (entry["phases"]?.elements ?? []).compactMap { Self.phase($0, from: KoreanDay(number: 0)) }
            guard (try? PhasePlan(phases)) != nil, entry["key"]?.text != nil else {
                throw HandbookError(
                    file: file, place: entry["key"]?.text ?? "processes", rule: "key and phases in order")
            }
        }
    }

    private func entries(_ key: String) -> [JSON] { json[key]?.elements ?? [] }

    private static func phase(_ json: JSON, from today: KoreanDay) -> PhaseDays? {
        guard let phase = json["phase"]?.text.flatMap(Phase.init), let from = json["from"]?.integer,
            let to = json["to"]?.integer
        else { return nil }
        return PhaseDays(phase: phase, begins: today + from, ends: today + to)
    }

    /// Founds them where there is no process yet.
    func found(_ district: District) async throws {
        let now = district.clock()
        try await district.transact { transaction in
            guard try ProcessTable.all(in: transaction.writer).isEmpty else { return }
            try transaction.record(drafts(now), origin: Origin(author: .system("commons.sample")))
        }
    }

    /// Everything that happened, in order of cause.
    func drafts(_ now: Timestamp) -> [Draft] {
        let today = KoreanDay(now)
        var (drafts, ids): ([Draft], [String: String]) = ([], [:])
        var number = 0.0
        func id(_ key: String) -> String {
            number += 1
            let id = Identifier(at: now.advanced(bySeconds: number - 5000)).description
            ids[key] = id
            return id
        }
        func add(_ draft: Draft, _ day: Int64, hour: Double = 10) {
            var draft = draft
            // In the past, whatever the hour is now.
            draft.observed = min((today + day).start.advanced(bySeconds: hour * 3600), now)
            drafts.append(draft)
        }
        for entry in entries("processes") {
            let id = id(entry["key"]?.text ?? "")
            let first = entry["phases"]?.elements?.first?["from"]?.integer ?? 0
            for draft in process(id, entry, today) {
                let isMove = draft.type == ProcessEvents.moved
                add(draft, isMove ? entry["moved"]?["at"]?.integer ?? 0 : min(first, -1), hour: isMove ? 11 : 9)
            }
        }
        for entry in entries("proposals") {
            let process = ids[entry["process"]?.text ?? ""] ?? ""
            let day = entry["at"]?.integer ?? 0
            let id = id(entry["key"]?.text ?? "")
            for draft in proposal(id, entry, process: process) { add(draft, day) }
            if entry["verdict"] != nil { add(Self.judged(id, entry, process: process), day + 3, hour: 14) }
        }
        for entry in entries("amendments") {
            let proposal = ids[entry["proposal"]?.text ?? ""] ?? ""
            for draft in amendment(id(""), entry, proposal: proposal, process: ids["roadmap"] ?? "") {
                add(draft, entry["at"]?.integer ?? 0)
            }
        }
        for entry in entries("comments") {
            let id = id(entry["key"]?.text ?? "")
            for draft in comment(id, entry, ids) { add(draft, entry["at"]?.integer ?? 0, hour: 12) }
        }
        return drafts
    }

    private func process(_ id: String, _ entry: JSON, _ today: KoreanDay) -> [Draft] {
        var payload = templates.find(entry["template"]?.text ?? "")?.defaults ?? ["support_needed": "2"]
        payload.merge(
            (entry.members ?? [:]).filter { !["key", "moved", "phases"].contains($0.key) }
        ) { $1 }
        if let budget = entry["budget"]?.integer { payload["budget"] = .decimal(budget) }
        payload["process"] = .string(id)
        payload["synthetic"] = true
        let phases = (entry["phases"]?.elements ?? []).compactMap { Self.phase($0, from: today) }
        let moved = entry["moved"]
        let was = moved.flatMap { Self.phase($0, from: today) }
        payload["phases"] = .array(phases.map { ($0.phase == was?.phase ? was ?? $0 : $0).json })
        let opened = Draft(ProcessEvents.opened, stream: ProcessEvents.stream(id), scope: .everyone, payload: payload)
        guard let was, let now = phases.first(where: { $0.phase == was.phase }) else { return [opened] }
        let more: [String: JSON] = [
            "process": .string(id), "was_begins": .string(was.begins.description),
            "was_ends": .string(was.ends.description), "reason": moved?["reason"] ?? "",
        ]
        return [
            opened,
            Draft(
                ProcessEvents.moved, stream: ProcessEvents.stream(id), scope: .everyone,
                payload: (now.json.members ?? [:]).merging(more) { $1 }),
        ]
    }

    private static func person(_ number: Int64) -> PersonID { PersonID("sample-citizen-\(number)") }

    /// A text of somebody whom there is not.
    private static func text(
        _ type: String, _ kind: CivicText.Kind, _ id: String, _ entry: JSON, process: String, proposal: String?,
        _ more: [String: JSON] = [:], hidden: [String: JSON] = [:]
    ) -> Draft {
        let by = entry["by"]?.integer ?? 0
        var payload: [String: JSON] = [
            "text": .string(id), "kind": .string(kind.rawValue), "process": .string(process),
            "author": .string(person(by).rawValue), "findings": entry["findings"] ?? [],
            "state": .string((entry["findings"] == nil ? CivicText.State.shown : .waiting).rawValue), "synthetic": true,
        ]
        if let proposal { payload["proposal"] = .string(proposal) }
        let content: [String: JSON] = [
            "title": entry["title"] ?? "", "body": entry["body"] ?? "",
            "name": .string("\(surnames[Int(by) % surnames.count])○○(예시)"),
        ]
        return Draft(
            type, stream: "commons-\(kind.rawValue)/\(id)", scope: .zone, payload: payload.merging(more) { $1 },
            personal: [
                "content": PersonalContent(
                    of: ForgottenTable.firstKey(of: person(by)), .object(content.merging(hidden) { $1 }))
            ])
    }

    private func proposal(_ id: String, _ entry: JSON, process: String) -> [Draft] {
        var more: [String: JSON] = ["version": "1"]
        if let place = entry["place"]?.elements, place.count == 2 {
            more["place"] = ["latitude": place[0], "longitude": place[1]]
        }
        if let cost = entry["cost"]?.integer { more["cost"] = .decimal(cost) }
        let made = Self.text(ProposalEvents.made, .proposal, id, entry, process: process, proposal: id, more)
        return [made]
            + (0..<(entry["supports"]?.integer ?? 0)).map { number in
                let person = Self.person(100 + number)
                return Draft(
                    ProposalEvents.supported, stream: ProposalEvents.stream(id), scope: .person(person),
                    payload: [
                        "proposal": .string(id), "process": .string(process), "person": .string(person.rawValue),
                    ])
            }
    }

    private static func judged(_ id: String, _ entry: JSON, process: String) -> Draft {
        var payload = entry["verdict"]?.members ?? [:]
        if let cost = payload["cost"]?.integer { payload["cost"] = .decimal(cost) }
        payload["proposal"] = .string(id)
        payload["process"] = .string(process)
        return Draft(ProposalEvents.judged, stream: ProposalEvents.stream(id), scope: .everyone, payload: payload)
    }

    private func amendment(_ id: String, _ entry: JSON, proposal: String, process: String) -> [Draft] {
        let made = Self.text(
            AmendmentEvents.made, .amendment, id, entry, process: process, proposal: proposal, ["base": "1"],
            hidden: ["why": entry["why"] ?? ""])
        return [made]
            + (0..<(entry["supports"]?.integer ?? 0)).map { number in
                let person = Self.person(200 + number)
                return Draft(
                    AmendmentEvents.supported, stream: AmendmentEvents.stream(id), scope: .person(person),
                    payload: [
                        "amendment": .string(id), "proposal": .string(proposal), "process": .string(process),
                        "person": .string(person.rawValue),
                    ])
            }
    }

    private func comment(_ id: String, _ entry: JSON, _ ids: [String: String]) -> [Draft] {
        let process = ids[entry["process"]?.text ?? ""] ?? ""
        let proposal = entry["proposal"]?.text.flatMap { ids[$0] }
        var more: [String: JSON] = ["position": entry["position"] ?? "neutral", "depth": "0"]
        if let parent = entry["parent"]?.text.flatMap({ ids[$0] }) {
            more["parent"] = .string(parent)
            more["depth"] = "1"
        }
        let written = Self.text(
            CommentEvents.written, .comment, id, entry, process: process, proposal: proposal, more)
        var about: [String: JSON] = ["text": .string(id), "kind": "comment", "process": .string(process)]
        if let proposal { about["proposal"] = .string(proposal) }
        func then(_ type: String, _ more: [String: JSON], _ personal: [String: PersonalContent] = [:]) -> Draft {
            Draft(
                type, stream: CommentEvents.stream(id), scope: .zone, payload: about.merging(more) { $1 },
                personal: personal)
        }
        var drafts = [written]
        if let hidden = entry["hidden"]?.members {
            drafts.append(then(TextEvents.hidden, hidden.merging(["moderator": "sample-moderator"]) { $1 }))
        }
        if let appeal = entry["appeal"] {
            drafts.append(
                then(
                    TextEvents.appealed, [:],
                    [
                        "why": PersonalContent(
                            of: ForgottenTable.firstKey(of: Self.person(entry["by"]?.integer ?? 0)), appeal)
                    ]))
        }
        if let reported = entry["reported"] {
            drafts.append(
                then(
                    TextEvents.reported,
                    [
                        "rule": reported["rule"] ?? "",
                        "person": .string(Self.person(reported["by"]?.integer ?? 0).rawValue),
                    ]))
        }
        return drafts
    }
}
