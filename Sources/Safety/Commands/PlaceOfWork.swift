import Access
import District
import Record
import Store
import Twin

/// The place a record of safety is about: a thing of the Twin that belongs to a firm.
enum PlaceOfWork {
    /// A thing that a tenant may see and that belongs to a firm.
    /// - Throws: ``Refusal`` where there is none.
    static func find(_ id: String, field: String = "thing", for tenant: Tenant, in reader: any Reader) throws -> Thing {
        guard let thing = try Things.find(ThingID(id), for: tenant, in: reader), thing.retired == nil else {
            throw refusal("thing.unknown", field, Words("그런 장소나 설비가 없습니다.", "There is no such place or machine."))
        }
        guard case .firm(let owner) = thing.scope, tenant.firm.map({ $0 == owner }) ?? true else {
            throw refusal(
                "thing.not-a-firms", field, Words("소속 기업의 장소를 골라 주세요.", "Please choose a place of your firm."))
        }
        return thing
    }

    private static func refusal(_ code: String, _ field: String, _ words: Words) -> Refusal {
        Refusal(.notFound, code, of: field, "reference", words)
    }
}

/// The people who took part in something, as a form names them.
enum Participants {
    /// The people of a list `[{ person }]`, each once, all known to the tenant; with a day, people of firms that work
    /// for it under a contract that day are known too.
    /// - Throws: ``Refusal`` naming those who are not, or where there is nobody.
    static func read(
        _ value: JSON?, field: String = "participants", on day: KoreanDay? = nil, for tenant: Tenant,
        in reader: any Reader
    ) throws -> [PersonID] {
        let people = Set((value?.elements ?? []).compactMap { $0["person"]?.text }).sorted().map { PersonID($0) }
        guard !people.isEmpty else {
            throw Refusal(
                .invalid, "participants.none",
                Words("참여한 사람을 한 명 이상 골라 주세요.", "Please name at least one participant."),
                faults: [
                    .init(field: field, rule: "required", words: Words("한 명 이상 필요합니다.", "At least one is needed."))
                ])
        }
        var strangers = try people.filter { try Directory.person($0, for: tenant, in: reader)?.active != true }
        if let day, !strangers.isEmpty {
            let contractors = try ContractTable.list(for: tenant, in: reader)
                .filter { $0.client == tenant.firm && $0.isAccepted && $0.isRunning(on: day) }.map(\.contractor)
            for firm in Set(contractors).sorted() {
                strangers = try strangers.filter {
                    try Directory.person($0, for: Tenant.firm(firm), in: reader)?.active != true
                }
            }
        }
        guard strangers.isEmpty else {
            throw Refusal(
                .invalid, "participants.unknown",
                Words("소속을 확인할 수 없는 사람이 있습니다.", "Some of these people are not known here."),
                faults: strangers.map {
                    .init(field: field, rule: "reference", words: Words("\($0): 모르는 사람입니다.", "\($0) is not known."))
                })
        }
        return people
    }
}
