import Access
import District
import Record

/// Opens a pack to whoever holds a link: it names no person, ends by itself and can be ended at once.
///
/// The link's code never comes here, only its hash: who reads the Record cannot fetch the pack.
enum SharePack {
    static let name = "safety.pack.share"

    static let form = Form(
        name, title: Words("묶음 받기 링크 만들기", "Make a link to a pack"),
        help: Words("계정이 없는 점검자가 정해진 기간 동안 내려받을 수 있습니다.", "An inspector without an account can fetch it for a while."),
        fields: [
            Field("pack", Words("묶음", "Pack"), .reference(kind: "pack", source: nil)),
            Field("days", Words("쓸 수 있는 기간", "Works for"), .integer(InspectorPack.linkDays, unit: "d")),
            Field("key", Words("링크 부호의 SHA-256", "SHA-256 of the link's code"), .text(maximum: 64)),
        ],
        permission: .roles(MakePack.roles), surfaces: [.web, .http])

    static let command = Command(form) { ask, tables in
        let (tenant, key) = (try ask.tenant, ask.values.text("key"))
        let pack = try PackTable.find(ask.values.text("pack"), for: tenant, in: tables)
        guard let pack, pack.made != nil, try PackPieces.isKept(pack.id, in: tables) else {
            throw MakePack.fault(
                "pack", "unknown", Words("내려받을 수 있는 묶음이 아닙니다.", "There is no such pack to fetch."), .notFound)
        }
        guard key.utf8.count == 64, key.utf8.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) }),
            try PackTable.link(ofKey: key, in: tables) == nil
        else { throw MakePack.fault("key", "key", Words("링크 부호가 올바르지 않습니다.", "The link's code is not good.")) }
        let days = ask.values.integer("days") ?? InspectorPack.linkDays.lowerBound
        return [
            Draft(
                "safety.pack.shared", stream: "pack/\(pack.id)", scope: .firm(pack.firm),
                payload: [
                    "link": .string(Identifier(at: ask.now).description), "key": .string(key),
                    "until": .string(ask.now.advanced(bySeconds: Double(days) * 86_400).description),
                ])
        ]
    }
}

/// Ends a link at once.
enum RevokePackLink {
    static let name = "safety.pack.revoke"

    static let form = Form(
        name, title: Words("묶음 받기 링크 끝내기", "End a link to a pack"),
        help: Words("이 링크로는 더 이상 내려받을 수 없습니다.", "The pack can no longer be fetched by it."),
        fields: [Field("link", Words("링크", "Link"), .reference(kind: "link", source: nil))],
        permission: .roles(MakePack.roles).orToken("command:\(name)"))

    static let command = Command(form) { ask, tables in
        let tenant = try ask.tenant
        guard let link = try PackTable.link(ask.values.text("link"), for: tenant, in: tables),
            let pack = try PackTable.find(link.pack, for: tenant, in: tables)
        else {
            throw MakePack.fault("link", "link", Words("그런 링크가 없습니다.", "There is no such link."), .notFound)
        }
        guard link.standing(at: ask.now) == .open else {
            throw Refusal(.conflict, "pack.ended", Words("이미 끝난 링크입니다.", "This link has ended already."))
        }
        return [
            Draft(
                "safety.pack.revoked", stream: "pack/\(pack.id)", scope: .firm(pack.firm),
                payload: ["link": .string(link.id)])
        ]
    }
}
