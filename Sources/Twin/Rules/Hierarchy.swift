import Record

/// What may stand in what: pure, over whatever knows the things.
struct Hierarchy {
    /// What the rules need to know of a thing.
    struct Node {
        let id: ThingID
        let kind: ThingKind
        let parent: ThingID?
        let scope: Scope
        let retired: Bool
    }

    /// Finds a thing, whoever may see it.
    let find: (ThingID) throws -> Node?

    /// Checks that a thing may become part of another.
    /// - Parameters:
    ///   - parts: the kinds of all that stands within the thing, which moves along.
    /// - Throws: ``TwinError`` with rule `unknown`, `cycle`, `depth` or `order`.
    func check(
        _ id: ThingID, _ kind: ThingKind, within parent: ThingID, parts: [ThingKind], for tenant: some Tenancy
    ) throws {
        guard let first = try find(parent), !first.retired, tenant.sees(first.scope) else {
            throw TwinError.unknown("parent", parent)
        }
        var above: Node? = first
        var level: Int?
        var depth = 0
        while let node = above {
            guard node.id != id else {
                throw TwinError(
                    .cycle, "parent",
                    Words("자기 자신이나 하위 사물의 아래에 둘 수 없습니다.", "A thing cannot be part of itself or of its own parts."))
            }
            depth += 1
            guard depth < Bounds.depth else {
                throw TwinError(
                    .depth, "parent",
                    Words(
                        "계층은 \(Bounds.depth)단계까지 만들 수 있습니다.", "Things stand in each other at most \(Bounds.depth) deep."
                    ))
            }
            level = level ?? node.kind.level
            above = try node.parent.flatMap(find)
        }
        // A kind without a level hands the question on to what stands within it.
        guard let level, let highest = ([kind] + parts).compactMap(\.level).min(), highest <= level else { return }
        throw TwinError(
            .order, "parent",
            Words(
                "\(kind.words.ko)은(는) \(first.kind.words.ko) 아래에 둘 수 없습니다(ISA-95 계층).",
                "A \(kind.words.en.lowercased()) cannot stand beneath a \(first.kind.words.en.lowercased()) (ISA-95)."))
    }
}

extension Tenancy {
    /// Whether rows of a scope are this tenant's to change: what is public belongs to the zone.
    func owns(_ scope: Scope) -> Bool { sees(scope) && !(firm != nil && scope == .everyone) }
}
