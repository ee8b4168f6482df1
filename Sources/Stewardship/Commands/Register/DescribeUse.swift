import Access
import District
import Record
import Store

/// Says what is to be said of a use. Where that changes what was approved, approval is asked for anew.
enum DescribeUse {
    static let form = Form(
        UseStep.describe.command,
        title: Words("등록 내용 고치기", "Describe a use of AI"),
        help: Words(
            "빈 칸은 바꾸지 않습니다. 모델·버전·목적처럼 승인의 대상이 바뀌면 다시 승인받을 때까지 멈춥니다.",
            "What is left empty stays. Where what was approved changes (model, version, purpose …) it stops until it is approved again."
        ),
        fields: [UseAsk.field] + RegisterField.all.map { $0.field() } + [stops],
        permission: UseAsk.permission(.describe))

    /// Nobody stops what is running by an edit without having said so.
    private static let stops = Field(
        "stops", Words("승인의 대상이 바뀌면 지금 바로 멈춰도 됩니까", "May it stop at once, where what was approved changes"), .flag,
        required: false,
        help: Words(
            "운영 중인 인공지능의 모델·버전·목적 등을 바꾸면 두 사람이 다시 승인할 때까지 멈춥니다. 그때만 ‘예’가 필요합니다.",
            "To change the model, version or purpose of what is running stops it until two people approve it again. Only then a yes is needed."
        ))

    static let command = Command(form) { ask, tables in
        let entry = try UseAsk.entry(ask, .describe, in: tables)
        let said = try fields(ask, in: tables).filter { entry.fields[$0.key] != $0.value.text }
        guard !said.isEmpty else {
            throw Refusal(.conflict, "use.unchanged", Words("바뀐 내용이 없습니다.", "Nothing was changed."))
        }
        if entry.isDeclared, let key = ["purpose", "model", "override", "role"].first(where: { said[$0] != nil }) {
            let words = Words("이 내용은 배포판의 선언이 정합니다.", "The release's declaration says this.")
            throw Refusal(.conflict, "use.declared", of: key, "declared", words)
        }
        var after = entry
        for (key, value) in said { after.fields[key] = value.text }
        var drafts = [UseEvents.draft(UseEvents.described, entry.id, ["fields": .object(said)])]
        if let notice = after.fields["notice"], said["notice"] != nil || said["notice_en"] != nil {
            let words = Words(notice, after.text("notice", .en))
            drafts.append(
                Draft(
                    AIUseNoticed.type, stream: UseEvents.stream(entry.id), scope: .zone,
                    payload: AIUseNoticed(use: entry.id, words: words).payload))
        }
        if !entry.approval.isEmpty, after.material != entry.material {
            guard entry.permit == nil || ask.values.flag("stops") else {
                let words = Words(
                    "이렇게 바꾸면 다시 승인받을 때까지 바로 멈춥니다. 멈춰도 되면 ‘예’를 골라 주세요.",
                    "This change stops it at once until it is approved again. Say yes if it may stop.")
                throw Refusal(.conflict, "use.would-stop", of: "stops", "required", words)
            }
            drafts.append(UseEvents.draft(UseEvents.reopened, entry.id, ["reason": "content-changed"]))
            if entry.permit != nil { drafts.append(UseEvents.withdrawn(entry.id, "content-changed")) }
        }
        return drafts
    }

    /// What the form says, by field.
    /// - Throws: ``Refusal`` where the owner is nobody, a hash is none or a day is none.
    static func fields(_ ask: Ask, in tables: any Reader) throws -> [String: JSON] {
        var said: [String: JSON] = [:]
        for field in RegisterField.all {
            let value = ask.values.text(field.key)
            guard !value.isEmpty else { continue }
            let words: Words? =
                switch field.kind {
                case .person where try Directory.caller(PersonID(value), in: tables) == nil:
                    Words("그런 사람이 없습니다.", "There is no such person.")
                case .hash where value.utf8.count != 64 || !value.allSatisfy(\.isHexDigit):
                    Words("SHA-256은 16진수 64자리입니다.", "A SHA-256 has 64 hexadecimal digits.")
                case .day where value.utf8.count != 10 || Timestamp(iso8601: "\(value)T00:00:00+09:00") == nil:
                    Words("날짜는 2026-12-01처럼 씁니다.", "A day is written as 2026-12-01.")
                default: nil
                }
            if let words {
                throw Refusal(.invalid, "use.field", of: field.key, "kind", words)
            }
            said[field.key] = .string(value)
        }
        return said
    }
}
