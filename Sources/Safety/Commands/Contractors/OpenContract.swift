import Access
import District
import Record
import Store
import Twin

/// Work is given to another tenant firm, at a place of one's own.
enum OpenContract {
    static let roles: Set<Role> = [.safetyManager, .executive]

    static let command = Command(
        Form(
            "safety.contractor.contract", title: Words("도급 작업 등록", "Register contracted work"),
            help: Words(
                "우리 사업장에서 다른 기업이 하는 작업을 등록합니다. 두 기업이 함께 보고 서명합니다.",
                "Registers work that another firm does at your place. Both firms see it and sign."),
            fields: [
                Field(
                    "registration", Words("수급인 사업자등록번호", "Contractor's registration number"), .text(maximum: 40)),
                Field("thing", Words("작업 장소", "Place of work"), .reference(kind: "thing", source: nil)),
                Field("work", Words("작업 내용", "Work"), .text(maximum: 200)),
                Field(
                    "trade", Words("업종", "Trade"),
                    .choice([
                        .init("manufacturing", Words("제조업 등(2일에 한 번 순회)", "Manufacturing (patrol every 2 days)")),
                        .init("construction", Words("건설업", "Construction")),
                        .init("other", Words("그 밖의 업종(주 1회 순회)", "Other (patrol every week)")),
                    ])),
                Field("starts", Words("시작", "From"), .moment), Field("ends", Words("종료", "Until"), .moment),
            ],
            permission: .roles(roles).orToken("command:safety.contractor.contract"))
    ) { ask, tables in
        let tenant = try ask.tenant
        let thing = try PlaceOfWork.find(ask.values.text("thing"), for: tenant, in: tables)
        guard case .firm(let client) = thing.scope else { throw Contracts.unknown }
        let number = ask.values.text("registration")
        guard let contractor = try ContractTable.firm(registered: number, in: tables), contractor != client else {
            throw Refusal(
                .invalid, "contractor.unknown", Words("수급인을 찾을 수 없습니다.", "The contractor is not known here."),
                faults: [
                    .init(
                        field: "registration", rule: "tenant",
                        words: Words("이 구역에 등록된 다른 기업의 번호를 적어 주세요.", "Give the number of another tenant firm."))
                ])
        }
        let starts = KoreanDay(ask.values.moment("starts") ?? ask.now)
        let ends = KoreanDay(ask.values.moment("ends") ?? ask.now)
        guard starts <= ends else {
            throw Refusal(
                .invalid, "contractor.span", Words("기간을 확인해 주세요.", "Please check the span."),
                faults: [
                    .init(
                        field: "ends", rule: "after-start", words: Words("시작보다 앞설 수 없습니다.", "It ends before it begins.")
                    )
                ])
        }
        return [
            Draft(
                "safety.contractor.contracted", stream: "contract/\(Identifier(at: ask.now))",
                scope: .contract(client, contractor),
                payload: [
                    "client": .string(client.rawValue), "contractor": .string(contractor.rawValue),
                    "thing": .string(thing.id.rawValue), "work": .string(ask.values.text("work")),
                    "trade": .string(ask.values.text("trade")), "starts": .string(starts.description),
                    "ends": .string(ends.description),
                ])
        ]
    }
}

/// What the commands about contracts share.
enum Contracts {
    static let unknown = Refusal(.notFound, "contract.unknown", Words("그런 도급 작업이 없습니다.", "There is no such contract."))

    static let field = Field("contract", Words("도급 작업", "Contract"), .reference(kind: "contract", source: nil))

    /// The contract that is meant, for someone of the client.
    static func ofClient(_ ask: Ask, _ tables: any Reader) throws -> Contract {
        let tenant = try ask.tenant
        guard let contract = try ContractTable.find(ask.values.text("contract"), for: tenant, in: tables) else {
            throw unknown
        }
        guard tenant.firm.map({ $0 == contract.client }) ?? true else {
            throw Refusal(
                .forbidden, "contract.client", Words("도급인만 할 수 있습니다.", "Only the client may do this."))
        }
        guard !contract.isEnded else {
            throw Refusal(.conflict, "contract.ended", Words("끝난 도급 작업입니다.", "This contract has ended."))
        }
        return contract
    }

    /// The day something was done: not in the future, not before the contract began.
    static func day(_ ask: Ask, _ contract: Contract) throws(Refusal) -> KoreanDay {
        let day = KoreanDay(ask.values.moment("day") ?? ask.now)
        guard contract.starts <= day, day <= KoreanDay(ask.now) else {
            throw Refusal(
                .invalid, "contract.day", Words("날짜를 확인해 주세요.", "Please check the day."),
                faults: [
                    .init(
                        field: "day", rule: "within",
                        words: Words("계약 시작부터 오늘까지의 날짜여야 합니다.", "It lies between the contract's beginning and today."))
                ])
        }
        return day
    }
}
