import Access
import District
import Record
import Store

/// A new edition of a chemical's data sheet.
struct ReviseSubstance {
    let statements: HazardStatements

    var command: Command {
        Command(
            Form(
                "safety.substance.revise", title: Words("물질안전보건자료 개정", "Revise a data sheet"),
                help: Words(
                    "새 판의 내용으로 바꿉니다. 앞선 판은 기록에 남습니다.", "Takes the new edition; the earlier stays on the Record."),
                fields: [Self.substance] + RegisterSubstance.sheetFields,
                permission: .roles(RegisterSubstance.roles).orToken("command:safety.substance.revise"))
        ) { [statements] ask, tables in
            let substance = try Self.find(ask, tables)
            let payload = try RegisterSubstance.sheet(ask, statements, tables)
            return [
                Draft(
                    "safety.substance.revised", stream: "substance/\(substance.id)", scope: substance.scope,
                    payload: payload)
            ]
        }
    }

    static let substance = Field(
        "substance", Words("화학물질", "Chemical"), .reference(kind: "substance", source: nil))

    /// The chemical that is meant, which is still there.
    static func find(_ ask: Ask, _ tables: any Reader) throws -> Substance {
        guard let found = try SubstanceTable.find(ask.values.text("substance"), for: ask.tenant, in: tables),
            !found.isRemoved
        else {
            throw Refusal(.notFound, "substance.unknown", Words("그런 화학물질이 없습니다.", "There is no such chemical."))
        }
        return found
    }
}

/// A chemical is no longer at its place.
enum RemoveSubstance {
    static let command = Command(
        Form(
            "safety.substance.remove", title: Words("화학물질 제거", "Remove a chemical"),
            help: Words("더 이상 두지 않는 물질을 목록에서 뺍니다.", "Takes what is no longer kept off the list."),
            fields: [ReviseSubstance.substance, Field("reason", Words("사유", "Reason"), .text(maximum: 300))],
            permission: .roles(RegisterSubstance.roles).orToken("command:safety.substance.remove"),
            confirmation: .readBack)
    ) { ask, tables in
        let substance = try ReviseSubstance.find(ask, tables)
        return [
            Draft(
                "safety.substance.removed", stream: "substance/\(substance.id)", scope: substance.scope,
                payload: ["reason": .string(ask.values.text("reason"))])
        ]
    }
}
