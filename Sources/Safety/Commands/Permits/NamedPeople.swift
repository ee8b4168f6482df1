import Access
import District
import Record
import Store
import Twin

/// The place and the people that a request for a permit names, each checked.
struct NamedPeople: Sendable {
    let place: Thing
    let host: FirmID
    let contractor: FirmID?
    let people: [PersonID]
    let supervisor: PersonID
    let watcher: PersonID?
    let locks: [PermitLock]

    /// Whom the permit concerns: the host, and the contractor where there is one.
    var scope: Scope { contractor.map { .contract(host, $0) } ?? .firm(host) }

    /// Reads what a form names.
    /// - Throws: ``Refusal`` naming every field that names somebody who may not be named there.
    init(_ ask: Ask, in tables: any Reader) throws {
        let tenant = try ask.tenant
        place = try PlaceOfWork.find(ask.values.text("thing"), for: tenant, in: tables)
        guard case .firm(let host) = place.scope else { throw PermitRefusals.unknown }
        self.host = host
        contractor = try Self.contractor(ask, host: host, in: tables)
        let firms = PermitFirms(host: host, contractor: contractor)
        var faults: [Refusal.Fault] = []
        func known(_ id: String, _ field: String) throws -> PersonID {
            if try firms.person(PersonID(id), in: tables) == nil {
                faults.append(
                    .init(
                        field: field, rule: "reference",
                        words: Words(
                            "소속 기업이나 협력 업체의 사람이 아닙니다: \(id)", "\(id) belongs to neither the firm nor its contractor.")))
            }
            return PersonID(id)
        }
        let listed = (ask.values["people"]?.elements ?? []).compactMap { $0["person"]?.text }
        people = try Set(listed).sorted().map { try known($0, "people") }
        supervisor = try known(ask.values.text("supervisor"), "supervisor")
        let watching = ask.values.text("watcher")
        watcher = watching.isEmpty ? nil : try known(watching, "watcher")
        if people.isEmpty {
            faults.append(
                .init(field: "people", rule: "required", words: Words("작업자를 한 명 이상 적어 주세요.", "Name who works.")))
        }
        if let watcher, people.contains(watcher) {
            faults.append(
                .init(
                    field: "watcher", rule: "watcher.works",
                    words: Words("감시인은 작업자를 겸할 수 없습니다.", "The watcher may not be one of those who work.")))
        }
        locks = (ask.values["locks"]?.elements ?? []).map { entry in
            PermitLock(
                number: entry["number"]?.text ?? "", point: entry["point"]?.text ?? "",
                owner: PersonID(entry["owner"]?.text ?? ""), on: nil, off: nil)
        }
        if Set(locks.map(\.number)).count < locks.count {
            faults.append(
                .init(field: "locks", rule: "unique", words: Words("자물쇠 번호가 겹칩니다.", "A lock is listed twice.")))
        }
        for lock in locks where !people.contains(lock.owner) {
            faults.append(
                .init(
                    field: "locks", rule: "owner",
                    words: Words(
                        "자물쇠 \(lock.number)번의 주인은 작업자여야 합니다.", "Lock \(lock.number) must belong to one who works.")))
        }
        guard faults.isEmpty else {
            throw Refusal(
                .invalid, "permit.named", Words("이름을 다시 확인해 주세요.", "Please check who is named."), faults: faults)
        }
    }

    private static func contractor(_ ask: Ask, host: FirmID, in tables: any Reader) throws -> FirmID? {
        let id = ask.values.text("contractor")
        guard !id.isEmpty else { return nil }
        let day = KoreanDay(ask.now)
        let contracts = try ContractTable.list(for: Tenant.firm(host), in: tables)
        guard
            contracts.contains(where: {
                $0.client == host && $0.contractor == FirmID(id) && $0.isAccepted && $0.isRunning(on: day)
            })
        else {
            throw PermitRefusals.field(
                "contractor", "contractor", "contract",
                Words("지금 도급 계약이 있는 업체가 아닙니다.", "There is no running contract with this firm."))
        }
        return FirmID(id)
    }
}
