import Access
import District
import Record
import Store

/// What was learnt about somebody since: days lost so far, months of care, and worse or better.
struct UpdateInjured {
    let law: IncidentLaw

    var form: Form {
        Form(
            "safety.incident.update", title: Words("재해자 상태 갱신", "Say how somebody is"),
            help: Words(
                "휴업일수는 지금까지의 합계입니다. 복귀했으면 복귀로 표시합니다.",
                "Days lost are the sum so far. Say so once they are back at work."),
            fields: [
                IncidentAsk.field,
                Field("number", Words("목록 번호", "Number on the list"), .integer(1...50, unit: nil)),
                Field("care", Words("필요한 치료", "Care needed"), .choice(Injured.Care.choices), required: false),
                Field(
                    "lost_days", Words("지금까지의 휴업일수", "Days lost so far"), .integer(0...3650, unit: "d"),
                    required: false),
                Field("back", Words("업무에 복귀했습니까?", "Back at work?"), .flag, required: false),
                Field(
                    "expected_days", Words("예상 휴업일수", "Days off expected"), .integer(0...3650, unit: "d"),
                    required: false),
                Field(
                    "care_months", Words("예상 요양기간", "Months of care expected"), .number(0...120, unit: "mo"),
                    required: false),
                Field(
                    "disease", Words("질병", "Illness"), .choice(law.diseases.map { .init($0.id, $0.words) }),
                    required: false),
            ],
            permission: .roles(IncidentAsk.managers).orToken("command:safety.incident.update"),
            surfaces: [.web, .http, .cli, .mcp])
    }

    var command: Command {
        Command(form) { [law] ask, tables in
            let incident = try IncidentAsk.find(ask, tables, evenClosed: true)
            let number = ask.values.integer("number") ?? 0
            var people = incident.casualties.people
            let old = people.firstIndex { $0.number == number }
            // One who was counted and not described is described now.
            guard old != nil || (incident.casualties.undescribed > 0 && number == Int64(people.count) + 1) else {
                throw IncidentAsk.refusal(
                    .invalid, "incident.number", "number", "reference",
                    Words("목록에 없는 번호입니다.", "There is no such number on the list."))
            }
            var one =
                old.map { people[$0] }
                ?? Injured(json: ["number": .decimal(number), "ill": .bool(incident.isDisease)])
            if let days = ask.values.integer("lost_days") {
                guard days >= one.lostDays else {
                    throw IncidentAsk.refusal(
                        .invalid, "incident.days-fewer", "lost_days", "minimum",
                        Words("휴업일수는 줄어들 수 없습니다: 지금 \(one.lostDays)일", "Lost days only grow: \(one.lostDays) so far."))
                }
                one.lostDays = days
            }
            if let care = Injured.Care(rawValue: ask.values.text("care")) { one.care = care }
            if let days = ask.values.integer("expected_days") { one.expectedDays = days }
            if let months = ask.values.number("care_months") { one.careMonths = months }
            if !ask.values.text("disease").isEmpty { one.disease = ask.values.text("disease") }
            if ask.values["back"] != nil { one.isBack = ask.values.flag("back") }
            // Nobody knows is not none: who is back has lost a number of days that somebody must say.
            if one.isBack, ask.values["back"] != nil, ask.values.integer("lost_days") == nil, one.lostDays == 0,
                one.care != .firstAid
            {
                throw IncidentAsk.refusal(
                    .invalid, "incident.days-needed", "lost_days", "required",
                    Words("복귀했다면 휴업일수를 적어 주세요. 없었다면 0입니다.", "Say how many days were lost; 0 where none was."))
            }
            if let old { people[old] = one } else { people.append(one) }
            return Self.drafts(
                incident, people, by: law, at: ask.now,
                before: try IncidentTable.diseases(
                    of: incident.employer, except: incident.id, in: tables))
        }
    }

    private static func drafts(
        _ incident: Incident, _ people: [Injured], by law: IncidentLaw, at now: Timestamp, before: [DiseaseCase]
    ) -> [Draft] {
        // Who was counted among the injured and has died since moves from one count to the other.
        let known = incident.casualties
        let died = Int64(people.count { $0.care == .death }) - Int64(known.people.count { $0.care == .death })
        let casualties = Casualties(
            people: people, deaths: max(0, known.deaths + max(0, died)),
            injured: max(0, known.injured - (incident.isDisease ? 0 : max(0, died))),
            ill: max(0, known.ill - (incident.isDisease ? max(0, died) : 0)))
        let findings = IncidentFindings(casualties, on: KoreanDay(incident.occurred), before: before, law: law)
        let updated = IncidentAsk.draft("safety.incident.updated", incident, findings.payload)
        var drafts = [updated]
        if incident.form30 == .notNeeded, findings.form30 != .notNeeded {
            drafts.append(
                ReportIncident.due(incident.id, incident.employer, incident.occurred, law, answers: incident.event))
        }
        // It turned out to be serious only now: work there stops now (OSH 54(1)).
        if !incident.osh.isSerious, findings.osh.isSerious, KoreanDay(incident.occurred) >= KoreanDay(now) - 1 {
            drafts.append(
                Closure.closed(
                    at: incident.thing, scope: .firm(incident.firm), reason: .incident, source: incident.id, now: now,
                    answers: incident.event))
        }
        return drafts
    }
}
