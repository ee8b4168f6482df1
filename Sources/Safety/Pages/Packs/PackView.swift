import Access
import District
import Record
import Store
import Web

/// How packs and links to them are shown.
struct PackView {
    let visit: Visit
    let names: [FirmID: String]

    /// A pack with what belongs to it.
    struct One: Sendable {
        let pack: InspectorPack
        let links: [PackLink]
        let isKept: Bool
        let names: [FirmID: String]
    }

    /// What firms are called.
    static func names(
        _ firms: [FirmID], for tenant: Tenant, in reader: any Reader
    ) throws -> [FirmID: String] {
        var names: [FirmID: String] = [:]
        for firm in Set(firms) { names[firm] = try Directory.firm(firm, for: tenant, in: reader)?.name }
        return names
    }

    func row(_ pack: InspectorPack) -> JSON {
        var members = facts(pack)
        members["href"] = .string("/safety/packs/\(pack.id)")
        return .object(members)
    }

    private func facts(_ pack: InspectorPack) -> [String: JSON] {
        var members: [String: JSON] = [
            "firm": .string(names[pack.firm] ?? pack.firm.rawValue),
            "period": .string(pack.period.words[visit.language]),
            "recipient": .string(pack.recipient.words[visit.language]),
            "asked": Show.time(pack.asked, visit.language, now: visit.now), "state": badge(pack.state),
            "personal": .bool(pack.opensPersonal),
        ]
        guard let made = pack.made else {
            if case .failed(let reason) = pack.state {
                members["reason"] = .string(visit.word("packs_reason_\(reason.rawValue)"))
            }
            return members
        }
        members["made"] = [
            "sha256": .string(made.sha256), "size": .string(Self.bytes(made.size)),
            "events": .string(Show.count(made.events)), "streams": .string(Show.count(made.streams)),
            "documents": .string(Show.count(made.documents)), "checkpoint": .string(Show.count(made.checkpoint)),
            "witnesses": .array(made.witnesses.map { .string($0) }),
            "time": made.stamped.map { Show.time($0, visit.language) } ?? .null,
            "at": Show.time(made.at, visit.language),
        ]
        return members
    }

    func page(_ found: One, made link: String?) -> JSON {
        let pack = found.pack
        var members = facts(pack)
        let here = "/safety/packs/\(pack.id)"
        members["kept"] = .bool(found.isKept)
        members["days"] = .string("\(InspectorPack.keptDays)")
        if pack.made != nil, found.isKept {
            members["file"] = .string("\(here)/file")
            members["share"] = .string("\(here)/share")
        }
        if let link { members["link"] = .string(link) }
        members["links"] = .array(
            found.links.map { link in
                let standing = link.standing(at: visit.now)
                var row: [String: JSON] = [
                    "made": Show.time(link.made, visit.language), "until": Show.time(link.until, visit.language),
                    "fetched": .string(Show.count(link.fetched)),
                ]
                if let last = link.last { row["last"] = Show.time(last, visit.language, now: visit.now) }
                switch standing {
                case .open:
                    row["state"] = Show.badge("warn", visit.word("packs_link_open"))
                    row["revoke"] = .string("/do/safety.pack.revoke?link=\(link.id)&next=\(here)")
                case .expired: row["state"] = Show.badge("off", visit.word("packs_link_expired"))
                case .revoked: row["state"] = Show.badge("off", visit.word("packs_link_revoked"))
                }
                return .object(row)
            })
        members["verify"] = .string(
            "slipway verify --pack \(pack.made?.fileName(pack) ?? "…") --key '\(visit.spine.signer.verifier)'")
        return .object(members)
    }

    /// What someone with a link sees: no more than the pack itself says.
    func door(_ pack: InspectorPack, _ link: PackLink) -> JSON {
        var members = facts(pack)
        members["file"] = .string("\(visit.path)/file")
        members["until"] = Show.time(link.until, visit.language)
        members["key"] = .string(visit.spine.signer.verifier.description)
        members["verify"] = .string(
            "slipway verify --pack \(pack.made?.fileName(pack) ?? "…") --key '\(visit.spine.signer.verifier)'")
        return .object(members)
    }

    private func badge(_ state: InspectorPack.State) -> JSON {
        switch state {
        case .making: Show.badge("info", visit.word("packs_making"))
        case .made: Show.badge("verified", visit.word("packs_made"))
        case .failed: Show.badge("danger", visit.word("packs_failed"))
        }
    }

    private static func bytes(_ size: Int64) -> String {
        size < 1 << 20 ? "\(Show.count((size + 1023) >> 10)) kB" : "\(Show.number(Double(size) / 1_048_576)) MB"
    }
}

extension InspectorPack {
    /// The pack for programs.
    var json: JSON {
        var members: [String: JSON] = [
            "id": .string(id), "firm": .string(firm.rawValue), "period": .string(period.description),
            "recipient": .string(recipient.rawValue), "personal": .bool(opensPersonal),
            "asked": .string(asked.description), "state": "making",
        ]
        switch state {
        case .making: break
        case .failed(let reason): members.merge(["state": "failed", "reason": .string(reason.rawValue)]) { $1 }
        case .made(let made):
            members.merge([
                "state": "made", "made": .string(made.at.description), "sha256": .string(made.sha256),
                "size": .decimal(made.size), "events": .decimal(made.events), "streams": .decimal(made.streams),
                "documents": .decimal(made.documents), "checkpoint": .decimal(made.checkpoint),
                "witnesses": .array(made.witnesses.map { .string($0) }),
                "stamped": made.stamped.map { .string($0.description) } ?? .null,
                "file": .string("/safety/packs/\(id)/file"),
            ]) { $1 }
        }
        return .object(members)
    }
}
