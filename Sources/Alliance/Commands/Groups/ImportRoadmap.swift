import Access
import District
import Record
import Store

/// A roadmap comes in as a file: every milestone of it, or none.
enum ImportRoadmap {
    static let name = "alliance.roadmap.import"

    static let command = Command(
        Form(
            name, title: Words("로드맵 가져오기", "Import a roadmap"),
            help: Words(
                "CSV나 JSON 파일의 이정표를 분과의 로드맵에 올립니다. 한 줄이라도 규칙에 어긋나면 아무것도 올리지 않고 그 줄을 알려 드립니다.",
                "Sets the milestones of a CSV or JSON file. If one line breaks a rule nothing is set, and the line is named."
            ),
            fields: [
                GroupAsk.group,
                Field(
                    "file", Words("파일", "File"), .attachment(maximumBytes: 1 << 20),
                    help: Words(
                        "열: id, title_ko, title_en, layer, due, owner(소속), needs(선행 id를 빈칸으로), work_days",
                        "Columns: id, title_ko, title_en, layer, due, owner (organisation), needs (ids with spaces), work_days"
                    )),
                GroupAsk.day(
                    "agreed", Words("합의한 날", "Day it was agreed"), required: false,
                    help: Words("전에 합의한 로드맵이면 적습니다.", "For a roadmap that was agreed earlier.")),
            ],
            permission: GroupAsk.permission(name), surfaces: GroupAsk.surfaces)
    ) { ask, tables in
        let found = try GroupAsk.led(ask, tables)
        guard let file = try Attachments.find(ask.values.text("file"), for: try ask.tenant, in: tables) else {
            throw Refusal(.invalid, of: "file", "unknown", Words("파일이 없습니다.", "There is no such file."))
        }
        let rows = try RoadmapRow.read(file.bytes)
        let today = KoreanDay(ask.now)
        let agreed = ask.values["agreed"] == nil ? nil : try GroupAsk.past("agreed", ask)
        let ids = Dictionary(
            rows.map { ($0.key, Identifier(at: ask.now).description) }, uniquingKeysWith: { first, _ in first })
        var (milestones, faults): ([Milestone], [Refusal.Fault]) = ([], [])
        for row in rows {
            guard row.due >= agreed ?? today else {
                faults.append(
                    RoadmapRow.fault(
                        row.line, "past",
                        Words("기한이 지났습니다. 합의한 날을 적어 주세요.", "It is due in the past: say when it was agreed.")))
                continue
            }
            guard let owner = owner(row.owner, found) else {
                faults.append(
                    RoadmapRow.fault(
                        row.line, "owner",
                        Words("맡은 곳 ‘\(row.owner)’이(가) 분과에 없습니다.", "The owner “\(row.owner)” is not in the group.")))
                continue
            }
            milestones.append(
                Milestone(
                    id: ids[row.key] ?? "", group: found.group.id, title: row.title, layer: row.layer, owner: owner,
                    due: row.due, firstDue: row.due, work: row.work, needs: row.needs.compactMap { ids[$0] },
                    state: .open, slipped: nil, why: nil, ended: nil, note: nil))
        }
        guard faults.isEmpty else { throw RoadmapRow.refusal(faults) }
        let roadmap = Roadmap(milestones)
        for milestone in milestones {
            try Milestones.check(milestone.needs, of: milestone.id, due: milestone.due, in: roadmap, field: "file")
        }
        return milestones.map { $0.setting(agreed: agreed) }
    }

    private static func owner(_ named: String, _ found: GroupAsk.Found) -> String? {
        guard !named.isEmpty else { return found.group.chair }
        return found.members.first {
            $0.isActive && ($0.id == named || $0.organisation == named || $0.person?.rawValue == named)
        }?.id
    }
}
