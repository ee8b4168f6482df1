import District
import Record

/// The answers of tools.
enum MCPResult {
    /// Words, and the same as fields.
    static func said(_ text: String, _ fields: JSON, isError: Bool = false) -> JSON {
        [
            "resultType": "complete", "isError": .bool(isError), "structuredContent": fields,
            "content": [["type": "text", "text": .string(text)]],
        ]
    }

    /// A refusal is the tool's answer, so that whoever called reads why and mends it.
    static func refused(_ refusal: Refusal, _ language: Language) -> JSON {
        let faults = refusal.faults.map { "\($0.field): \($0.words[language])" }
        return said(
            ([refusal.words[language]] + faults).joined(separator: "\n"),
            [
                "code": .string(refusal.code),
                "faults": .array(
                    refusal.faults.map {
                        [
                            "field": .string($0.field), "rule": .string($0.rule),
                            "words": .string($0.words[language]),
                        ]
                    }),
            ], isError: true)
    }

    /// It was not wanted after all.
    static func declined(_ language: Language) -> JSON {
        said(
            Words("확인하지 않아 아무것도 하지 않았습니다.", "It was not confirmed: nothing was done.")[language],
            ["code": "consent.declined", "faults": []], isError: true)
    }

    /// The commit, as the house answers it, and what the service itself says of it.
    static func done(_ form: Form, _ outcome: JSON, _ receipt: Receipt, _ language: Language) -> JSON {
        var fields = outcome.members ?? [:]
        if case .secondPerson = form.confirmation {
            fields["state"] = "waiting"
            let words = Words(
                "요청했습니다: \(form.title.ko). 두 번째 사람의 서명을 기다립니다.",
                "Asked for: \(form.title.en). It waits for a second person's signature.")
            return said(words[language], .object(fields))
        }
        let words: Words
        switch receipt {
        case .done:
            fields["state"] = "done"
            words = Words("처리했습니다: \(form.title.ko)", "Done: \(form.title.en)")
        case .number(let number):
            fields["state"] = "done"
            fields["number"] = .string(number)
            words = Words(
                "접수했습니다: \(form.title.ko). 접수 번호 \(number)", "Taken: \(form.title.en). Its number is \(number).")
        case .kept(let number):
            fields["state"] = "kept"
            fields["number"] = .string(number)
            words = Words(
                "받아 두었고 담당자에게 전달합니다: \(form.title.ko). 번호 \(number)",
                "Kept, and brought to staff: \(form.title.en). Its number is \(number).")
        case .unconfirmed:
            fields["state"] = "unconfirmed"
            words = Words(
                "접수됐는지 확인되지 않았습니다. 다시 요청하기 전에 먼저 조회해 주세요.",
                "Whether it was taken is not known yet. Look it up before asking again.")
        case .refused(let reason):
            fields["state"] = "refused"
            return said(reason[language], .object(fields), isError: true)
        }
        return said(words[language], .object(fields))
    }

    /// More is needed of the user before anything is done.
    static func asks(_ key: String, _ params: JSON, state: String) -> JSON {
        [
            "resultType": "input_required", "requestState": .string(state),
            "inputRequests": .object([key: ["method": "elicitation/create", "params": params]]),
        ]
    }
}
