import District
import Record

/// How the uses that the rooms declare come into the register by themselves.
enum Adoption {
    /// How long the declaration that came with the release stands until the district has decided, in days.
    static let provisional = 90.0

    /// What is to be recorded so that the register knows every declared use as it is now: an unknown one is entered and
    /// may run for a while, unless it asks a model outside; one that changed stops until it is approved again.
    static func drafts(_ uses: [AIUse], _ kept: [String: RegisterEntry], at now: Timestamp) -> [Draft] {
        uses.flatMap { use -> [Draft] in
            guard let entry = kept[use.id] else { return enter(use, now) }
            return entry.declared == use.hash ? [] : reopen(use, entry)
        }
    }

    private static func enter(_ use: AIUse, _ now: Timestamp) -> [Draft] {
        let entered = UseEvents.draft(
            UseEvents.entered, use.id,
            [
                "hash": .string(use.hash), "outside": .bool(use.callsOutside),
                "fields": .object(names(use).merging(material(use)) { $1 }),
            ])
        guard !use.callsOutside else { return [entered] }
        var entry = RegisterEntry(id: use.id, entered: now, changed: now)
        entry.declared = use.hash
        return [
            entered,
            UseEvents.permitted(
                entry, until: now.advanced(bySeconds: provisional * 86_400), cap: nil, basis: .provisional),
        ]
    }

    private static func reopen(_ use: AIUse, _ entry: RegisterEntry) -> [Draft] {
        let reason = "declaration-changed"
        let reopened = UseEvents.draft(
            UseEvents.reopened, use.id,
            [
                "reason": .string(reason), "hash": .string(use.hash), "outside": .bool(use.callsOutside),
                "fields": .object(names(use).filter { entry.fields[$0.key] == nil }.merging(material(use)) { $1 }),
            ])
        return entry.permit == nil ? [reopened] : [reopened, UseEvents.withdrawn(use.id, reason)]
    }

    /// What the district may have put in better words meanwhile.
    private static func names(_ use: AIUse) -> [String: JSON] {
        [
            "name": .string(use.title.ko), "name_en": .string(use.title.en), "summary": .string(use.purpose.ko),
            "summary_en": .string(use.purpose.en),
        ]
    }

    /// What only the declaration can know.
    private static func material(_ use: AIUse) -> [String: JSON] {
        [
            "purpose": .string(use.purpose.ko), "purpose_en": .string(use.purpose.en), "model": .string(use.model),
            "evidence": .string(use.evidence.ko), "evidence_en": .string(use.evidence.en),
            "override": .string(use.override.ko), "override_en": .string(use.override.en),
            "role": .string(use.role.rawValue),
        ]
    }
}
