import Access
import District
import Record
import Store

/// A council, a patrol or a joint check took place.
enum RecordContractDuty {
    static let command = Command(
        Form(
            "safety.contractor.record", title: Words("협의체·순회점검·합동점검 기록", "Record council, patrol or joint check"),
            help: Words(
                "한 일과 찾아낸 것을 남깁니다. 수급인이 이어서 서명합니다.", "Keeps what was done and found; the contractor signs next."),
            fields: [
                Contracts.field,
                Field(
                    "duty", Words("구분", "Kind"),
                    .choice([
                        .init("council", Words("안전보건협의체 회의(매월)", "Council (monthly)")),
                        .init("patrol", Words("순회점검", "Patrol")),
                        .init("joint-check", Words("합동 안전보건점검(분기)", "Joint check (quarterly)")),
                    ])),
                Field("day", Words("날짜", "Day"), .moment),
                Field("note", Words("내용과 조치할 것", "What was found, what is to be done"), .longText(maximum: 2000)),
                Field(
                    "file", Words("회의록·점검표", "Minutes or checklist"), .attachment(maximumBytes: Attachments.largest),
                    required: false),
            ],
            permission: .roles(OpenContract.roles.union([.worker])).orToken("command:safety.contractor.record"),
            surfaces: [.web, .http, .cli, .mcp, .voice])
    ) { ask, tables in
        let contract = try Contracts.ofClient(ask, tables)
        let day = try Contracts.day(ask, contract)
        var payload: [String: JSON] = [
            "client": .string(contract.client.rawValue), "contractor": .string(contract.contractor.rawValue),
            "duty": .string(ask.values.text("duty")), "day": .string(day.description),
            "note": .string(ask.values.text("note")),
        ]
        let file = ask.values.text("file")
        if !file.isEmpty { payload["file"] = .string(file) }
        return [
            Draft(
                "safety.contractor.recorded", stream: "contract/\(contract.id)", scope: contract.scope, payload: payload
            )
        ]
    }
}

/// The other firm signs what was recorded.
enum CountersignContractRecord {
    static let command = Command(
        Form(
            "safety.contractor.countersign", title: Words("수급인 서명", "Sign as the contractor"),
            help: Words("기록의 내용을 확인하고 서명합니다.", "Confirms what was recorded."),
            fields: [Field("record", Words("기록", "Record"), .reference(kind: "contract-record", source: nil))],
            permission: .roles(OpenContract.roles).orToken("command:safety.contractor.countersign"),
            confirmation: .readBack)
    ) { ask, tables in
        let tenant = try ask.tenant
        guard let record = try ContractTable.record(ask.values.text("record"), for: tenant, in: tables),
            let contract = try ContractTable.find(record.contract, for: tenant, in: tables)
        else { throw Contracts.unknown }
        guard tenant.firm == contract.contractor else {
            throw Refusal(
                .forbidden, "contract.contractor", Words("수급인만 서명할 수 있습니다.", "Only the contractor signs here."))
        }
        guard !record.isCountersigned else {
            throw Refusal(.conflict, "contract.signed", Words("이미 서명했습니다.", "It is signed already."))
        }
        return [
            Draft(
                "safety.contractor.countersigned", stream: "contract/\(contract.id)", scope: contract.scope,
                payload: [
                    "record": .string(record.id), "duty": .string(record.duty.rawValue),
                    "day": .string(record.day.description), "client": .string(contract.client.rawValue),
                    "contractor": .string(contract.contractor.rawValue),
                ], answers: Identifier(record.id))
        ]
    }
}

/// The contractor agrees that it works there: from then on the two firms see each other's people where they must.
enum AcceptContract {
    static let command = Command(
        Form(
            "safety.contractor.accept", title: Words("도급 작업 확인", "Agree to contracted work"),
            help: Words(
                "우리 기업이 이 작업을 맡았음을 확인합니다. 확인하면 도급인이 우리 근로자를 허가와 교육에서 볼 수 있습니다.",
                "Says that your firm does this work; the client then sees your people in permits and training."),
            fields: [Contracts.field],
            permission: .roles(OpenContract.roles).orToken("command:safety.contractor.accept"),
            confirmation: .readBack)
    ) { ask, tables in
        let tenant = try ask.tenant
        guard let contract = try ContractTable.find(ask.values.text("contract"), for: tenant, in: tables) else {
            throw Contracts.unknown
        }
        // The house itself agrees in the sample alone, where nobody could.
        guard tenant.firm.map({ $0 == contract.contractor }) ?? (ask.caller.person == nil) else {
            throw Refusal(
                .forbidden, "contract.contractor", Words("수급인만 확인할 수 있습니다.", "Only the contractor agrees."))
        }
        guard !contract.isAccepted, !contract.isEnded else {
            throw Refusal(.conflict, "contract.accepted", Words("이미 확인했거나 끝난 작업입니다.", "It is agreed already, or over."))
        }
        return [
            Draft(
                "safety.contractor.accepted", stream: "contract/\(contract.id)", scope: contract.scope,
                payload: [
                    "client": .string(contract.client.rawValue), "contractor": .string(contract.contractor.rawValue),
                ])
        ]
    }
}

/// The work is over before its day.
enum EndContract {
    static let command = Command(
        Form(
            "safety.contractor.end", title: Words("도급 작업 종료", "End contracted work"),
            help: Words("남은 의무가 더 이상 생기지 않습니다. 기록은 남습니다.", "No more duties arise; what was recorded stays."),
            fields: [Contracts.field, Field("reason", Words("사유", "Reason"), .text(maximum: 300))],
            permission: .roles(OpenContract.roles).orToken("command:safety.contractor.end"), confirmation: .readBack)
    ) { ask, tables in
        let contract = try Contracts.ofClient(ask, tables)
        return [
            Draft(
                "safety.contractor.ended", stream: "contract/\(contract.id)", scope: contract.scope,
                payload: ["reason": .string(ask.values.text("reason"))])
        ]
    }
}
