import Access
import District
import Record
import Store

/// What references of the forms about accords may be, for whoever fills them in.
enum AccordNames {
    static let all: [String: @Sendable (Caller, any Reader) throws -> [Named]] = [
        "accord": { _, reader in
            try AccordTable.accords(in: reader).map { Named($0.id, [$0.title.ko, $0.title.en], label: $0.title) }
        },
        "accord-undertaking": { _, reader in
            try AccordTable.accords(in: reader).flatMap { try AccordTable.undertakings(of: $0.id, in: reader) }.map {
                Named($0.id, [$0.title.ko, $0.title.en], label: $0.title)
            }
        },
        "accord-milestone": { caller, reader in
            try AccordTable.accords(in: reader).flatMap { try AccordTable.milestones(of: $0.id, in: reader) }.filter {
                $0.isOpen && ($0.owner == caller.person || AccordAsk.isKeeper(caller))
            }.map { Named($0.id, [$0.title.ko, $0.title.en], label: $0.title) }
        },
        "accord-traveller": { caller, reader in
            guard AccordAsk.isKeeper(caller) else { return [] }
            return try AccordTable.accords(in: reader).flatMap {
                try AccordTable.travellers(of: $0.id, in: reader)
            }.map { Named($0.id, [], label: Words($0.name ?? $0.field, $0.name ?? $0.field)) }
        },
    ]
}
