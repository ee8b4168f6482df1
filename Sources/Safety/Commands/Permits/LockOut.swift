import Access
import District
import Record
import Store

/// Locks that keep energy away: each is put on and taken off by whoever owns it.
enum LockOut {
    private static let number = Field("lock", Words("자물쇠 번호", "Lock number"), .text(maximum: 20))

    static let lock = Command(
        Form(
            "safety.permit.lock", title: Words("자물쇠 잠그기", "Put the lock on"),
            help: Words(
                "차단 지점을 잠그고, 움직이지 않는지 시험한 뒤 남깁니다.", "Locks an isolation point, after trying that it stays still."),
            fields: [
                .permit, number,
                Field("tried", Words("기동 시험을 해서 움직이지 않음을 확인했습니다", "Tried to start it: it stays still"), .flag),
            ],
            permission: .roles([.worker, .operator, .safetyManager, .executive]))
    ) { ask, tables in
        let (permit, lock, owner) = try own(ask, in: tables)
        guard permit.isOpen, !lock.isOn else {
            throw Refusal(.conflict, "permit.lock-on", Words("이미 잠긴 자물쇠입니다.", "This lock is on already."))
        }
        guard lock.owner == owner else { throw notOwner(lock) }
        guard ask.values.flag("tried") else {
            throw PermitRefusals.field(
                "untried", "tried", "required", Words("기동 시험을 먼저 해 주세요.", "Please try to start it first."))
        }
        return [permit.draft("locked", ["lock": .string(lock.number), "person": .string(owner.rawValue)])]
    }

    static let unlock = Command(
        Form(
            "safety.permit.unlock", title: Words("자물쇠 풀기", "Take the lock off"),
            help: Words(
                "자물쇠는 주인만 풉니다. 주인이 퇴사했으면 안전관리자가 이유를 적고 풀 수 있습니다.",
                "Only its owner takes a lock off. Where the owner has left the firm, the safety manager may, with a reason."
            ),
            fields: [
                .permit, number,
                Field(
                    "reason", Words("대신 푸는 이유", "Why another takes it off"), .text(maximum: 300), required: false,
                    isPersonal: true),
            ],
            permission: .roles([.worker, .operator, .safetyManager, .executive]), confirmation: .readBack)
    ) { ask, tables in
        let (permit, lock, person) = try own(ask, in: tables)
        guard lock.isOn else {
            throw Refusal(.conflict, "permit.lock-off", Words("잠겨 있지 않은 자물쇠입니다.", "This lock is not on."))
        }
        var draft = permit.draft("unlocked", ["lock": .string(lock.number), "person": .string(person.rawValue)])
        if lock.owner != person {
            let isGone = try permit.firms.person(lock.owner, in: tables) == nil
            let reason = ask.values.text("reason")
            guard isGone, !reason.isEmpty, ask.caller.roles.contains(.safetyManager), ask.caller.firm == permit.host
            else { throw notOwner(lock) }
            draft.payload["forced"] = true
            draft.personal["reason"] = PersonalContent(of: person, .string(reason))
        }
        return [draft]
    }

    private static func own(_ ask: Ask, in tables: any Reader) throws -> (Permit, PermitLock, PersonID) {
        let (permit, number) = (try PermitRefusals.permit(ask, in: tables), ask.values.text("lock"))
        guard let person = ask.caller.person else { throw PermitRefusals.personNeeded }
        guard let lock = try PermitTable.locks(of: permit.id, in: tables).first(where: { $0.number == number }) else {
            let words = Words("이 허가에 그런 자물쇠가 없습니다.", "This permit has no such lock.")
            throw Refusal(.notFound, "permit.lock-unknown", of: "lock", "reference", words)
        }
        return (permit, lock, person)
    }

    private static func notOwner(_ lock: PermitLock) -> Refusal {
        let words = Words(
            "자물쇠 \(lock.number)번은 주인만 잠그고 풀 수 있습니다.", "Lock \(lock.number) is its owner's alone.")
        return Refusal(.forbidden, "permit.not-owner", of: "lock", "owner", words)
    }
}
