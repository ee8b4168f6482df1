import Access
import District
import Record
import Store

/// Enters a use of AI that no room of this house declares: a department's chatbot, a supplier's service.
enum RegisterUse {
    static let form = Form(
        "stewardship.use.register",
        title: Words("인공지능 등록", "Register a use of AI"),
        help: Words(
            "부서가 쓰거나 쓰려는 인공지능을 등록합니다. 이 시스템 안의 인공지능은 저절로 등록됩니다.",
            "Enters AI that a department uses or means to use. What runs in this system is entered by itself."),
        fields: [
            Field(
                "id", Words("식별자", "Identifier"), .text(maximum: 60),
                help: Words(
                    "영문 소문자·숫자·점·붙임표. 예: welfare.chatbot", "Lower-case letters, digits, dots, hyphens: welfare.chatbot")
            )
        ] + RegisterField.all.filter { $0.needed == .triage }.map { $0.field(required: $0.key == "name") },
        permission: .roles(UseAsk.roles).orToken("command:stewardship.use.register"))

    static let command = Command(form) { ask, tables in
        let id = ask.values.text("id")
        let signs = id.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 || $0 == 46 }
        guard signs, id.utf8.count >= 3, id.utf8.first != 46, id.utf8.last != 46 else {
            let words = Words(
                "영문 소문자·숫자·점·붙임표로 3자 이상이어야 합니다.", "At least three lower-case letters, digits, dots or hyphens.")
            throw Refusal(.invalid, "use.id", of: "id", "pattern", words)
        }
        guard try RegisterTable.find(id, in: tables) == nil else {
            let words = Words("이미 등록된 식별자입니다.", "This identifier is registered already.")
            throw Refusal(.conflict, "use.known", of: "id", "unique", words)
        }
        let fields = try DescribeUse.fields(ask, in: tables)
        return [UseEvents.draft(UseEvents.entered, id, ["outside": true, "fields": .object(fields)])]
    }
}
