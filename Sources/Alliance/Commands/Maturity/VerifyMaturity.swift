import Access
import District
import Record
import Store

/// An assessor of the zone holds an item against its evidence; what was declared stays beside it.
struct VerifyMaturity {
    let items: MaturityItems

    static let name = "alliance.maturity.verify"

    var command: Command {
        Command(
            Form(
                Self.name, title: Words("문항 확인(검증)", "Verify an item"),
                help: Words(
                    "올린 증빙이나 현장에서 본 것으로 단계를 확인합니다. 기업이 답한 단계는 그대로 두고 나란히 보입니다.",
                    "Finds the level by evidence or on site. What the firm declared stays beside it."),
                fields: [
                    AssessMaturity.assessment, AssessMaturity.item,
                    Field("level", Words("확인한 단계", "Level found"), .integer(1...5, unit: nil)),
                    Field(
                        "basis", Words("근거", "Basis"),
                        .choice([
                            .init("document", Words("올린 증빙", "The evidence attached")),
                            .init("site", Words("현장 확인", "Seen on site")),
                        ])),
                    Field("note", Words("본 것", "What was seen"), .text(maximum: 300)),
                ], permission: .roles(GrowthAsk.zone).orToken("command:\(Self.name)"))
        ) { [items] ask, tables in
            let (id, item) = (ask.values.text("assessment"), ask.values.text("item"))
            // Without the firm's consent there is nothing here for the zone to find.
            guard let found = try MaturityTable.find(id, for: ask.tenant, in: tables), found.submitted != nil else {
                throw GrowthAsk.fault(
                    "assessment", "maturity.unknown",
                    Words("기업이 동의하고 제출한 진단 가운데 없습니다.", "No such assessment was handed in with the firm's consent."),
                    kind: .notFound)
            }
            // Levels of one edition are not worked out with the items of another.
            guard found.edition == items.edition else {
                throw GrowthAsk.fault(
                    "assessment", "maturity.edition",
                    Words(
                        "이 진단 뒤에 문항이 바뀌어 확인할 수 없습니다. 기업이 새로 진단해야 합니다.",
                        "The items have changed since: the firm has to assess itself anew."),
                    kind: .conflict)
            }
            var answers = try MaturityTable.answers(of: id, for: ask.tenant, in: tables)
            guard let answer = answers[item], items.items.contains(where: { $0.id == item }) else {
                throw GrowthAsk.fault("item", "maturity.item", Words("그런 문항이 없습니다.", "There is no such item."))
            }
            guard ask.values.text("basis") == "site" || answer.evidence != nil else {
                throw GrowthAsk.fault(
                    "basis", "maturity.evidence",
                    Words("이 문항에는 올린 증빙이 없습니다.", "No evidence was attached to this item."),
                    kind: .conflict)
            }
            let level = ask.values.integer("level") ?? 1
            answers[item]?.verified = Int(level)
            var substance = MaturityEvents.result(MaturityResult(answers, of: items))
            substance["found"] = .number(Double(level))
            substance["note"] = .string(ask.values.text("note"))
            return [
                MaturityEvents.draft(
                    MaturityEvents.verified, id, found.firm,
                    payload: ["item": .string(item), "basis": .string(ask.values.text("basis"))], substance: substance)
            ]
        }
    }
}
