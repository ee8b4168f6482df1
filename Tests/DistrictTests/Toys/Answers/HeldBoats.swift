import Access
import District
import Record
import Store

/// “Is a boat held?”: which boats of whoever asks must stay at the quay.
enum HeldBoats {
    static let none = Words("보류된 배가 없습니다.", "No boat is held.")

    static let inquiry = Inquiry(
        "toys.boats.held",
        title: Words("보류된 배", "Boats that are held"),
        help: Words("지금 출항이 보류된 배를 알려 드립니다.", "Says which boats must stay at the quay now."),
        permission: .roles([.worker, .operator]).orToken("read")
    ) { ask, spine in
        let tenant = try ask.tenant
        let boats = try await spine.district.store.read { try BoatTable.page(for: tenant, limit: 100, in: $0) }
        let held = boats.rows.filter(\.isHeld).map(\.name).joined(separator: ", ")
        return held.isEmpty
            ? none
            : Words("보류된 배는 \(held)입니다.", "These boats are held: \(held).")
    }
}
