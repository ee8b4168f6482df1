import Access
import District
import HTTPTypes
import Record
import Store

/// The Record for everyone who wants to check it: checkpoint and tiles as C2SP tlog-tiles has them (salted hashes, no
/// content), proofs as JSON, and a page that says how.
struct RecordRoutes {
    var routes: [Route] {
        [
            .get("/checkpoint", .anyone) { visit in
                let signed = try await visit.spine.district.store.read { reader in
                    try Signer.latest(in: reader).map { try Witnessing.witnessed($0, in: reader) }
                }
                guard let signed else {
                    throw Refusal(
                        .notFound, "checkpoint.none", Words("아직 서명된 체크포인트가 없습니다.", "No checkpoint is signed yet."))
                }
                return .text(signed.description)
            },
            .get("/checkpoint/witnessed", .anyone) { visit in
                let witnessing = visit.spine.vouching.witnessing
                guard let signed = try await visit.spine.district.store.read({ try witnessing.latest(in: $0) }) else {
                    throw Refusal(
                        .notFound, "checkpoint.unwitnessed",
                        Words("증인이 함께 서명한 체크포인트가 아직 없습니다.", "No checkpoint has been signed by witnesses yet."))
                }
                return .text(signed.description)
            },
            Route(.get, "/tile/**", .anyone) { visit in
                guard let path = TilePath(String(visit.path.dropFirst())) else { throw Refusals.nowhere }
                let bytes = try await visit.spine.district.store.read { try TreeReader(in: $0).bytes(at: path) }
                guard let bytes else { throw Refusals.nowhere }
                // A full tile never changes; a partial one is replaced as the tree grows.
                let isPartial = visit.path.contains(".p/")
                return .bytes(bytes, type: "application/octet-stream", keep: isPartial ? 0 : 31_536_000)
            },
            .get("/verifier-key", .anyone) { visit in .text(visit.spine.signer.verifier.description + "\n") },
            .get("/api/v1/record/proof/{leaf}", .anyone) { try await proof($0) },
            .get("/record", .anyone) { try await page($0) },
        ]
    }

    private func proof(_ visit: Visit) async throws -> Reply {
        guard let leaf = Int64(visit.parameters["leaf"] ?? "") else { throw Refusals.nowhere }
        let answer = try await visit.spine.district.store.read { reader -> JSON? in
            guard let signed = try Signer.latest(in: reader), leaf >= 0, leaf < signed.checkpoint.size else {
                return nil
            }
            let proof = try TreeReader(in: reader).inclusionProof(ofLeaf: leaf, size: signed.checkpoint.size)
            return [
                "leaf": .decimal(leaf), "size": .decimal(proof.size),
                "path": .array(proof.path.map { .string($0.description) }), "checkpoint": .string(signed.description),
            ]
        }
        guard let answer else { throw Refusals.nowhere }
        return .json(answer)
    }

    private func page(_ visit: Visit) async throws -> Reply {
        let language = visit.language
        let district = visit.spine.district
        let query = TableQuery(visit.query, columns: ["leaf"], sortedBy: "-leaf", size: 50)
        let isMember = (try? visit.tenant) != nil
        let (signed, moment, size, events) = try await district.store.read { reader in
            // A firm sees its own events only, a stranger what is public: those of others do not even show their type.
            func isWanted(_ event: Event) -> Bool {
                visit.sees(event.scope)
                    && (query.filter.isEmpty || event.type.contains(query.filter)
                        || event.stream.contains(query.filter))
            }
            let recent =
                isMember
                ? try district.log.recent(limit: query.size, in: reader, where: isWanted)
                : try Array(
                    district.log.recent(of: .everyone, limit: 500, in: reader).filter(isWanted).prefix(query.size))
            return (
                try Signer.latest(in: reader), try Signer.latestMoment(in: reader), try TreeReader(in: reader).size,
                recent
            )
        }
        if let tenant = try? visit.tenant {
            try await visit.look(at: tenant.firm.map { .firm($0) } ?? .zone, "record")
        }
        let table = Table(
            "events", caption: visit.word("record_events"), path: "/record", query,
            columns: [
                .init(nil, visit.word("record_column_leaf"), isNumber: true),
                .init(nil, visit.word("record_column_type")), .init(nil, visit.word("record_column_stream")),
                .init(nil, visit.word("record_column_author")), .init(nil, visit.word("record_column_time")),
            ],
            rows: events.map { event in
                [
                    Table.Cell(event.leaf.map { Show.count($0) } ?? "–"),
                    Table.Cell(visit.eventName(event.type), href: "/trace/\(event.id)", isHead: true),
                    Table.Cell(event.stream, isCode: true), Table.Cell(visit.authorName(event.author)),
                    Table.Cell(time: Show.time(event.recorded, language, now: visit.now)),
                ]
            }, total: Int64(events.count), filter: .init(visit.word("record_filter")), empty: visit.word("record_empty")
        )
        let covered = signed?.checkpoint.size ?? 0
        var context: [String: JSON] = [
            "state": signed == nil
                ? Show.badge("unknown", visit.word("home_checkpoint_unverified"))
                : Show.badge("verified", visit.word("trace_state_verified")),
            "state_text": .string(visit.word("record_state_text")), "size": .string(Show.count(size)),
            "waiting": .string(Show.count(size - covered)), "table": table.json,
        ]
        context.merge(try await vouching(visit)) { $1 }
        if let signed, case .object(var members) = Self.checkpoint(signed, visit) {
            members["time"] = moment.map { Show.time($0, language, now: visit.now) } ?? .null
            context["checkpoint"] = .object(members)
        }
        return .page("record", title: visit.word("record_title"), .object(context), live: visit.caller.isKnown)
    }

    /// Who vouches for the Record from outside: how each witness stands, and the last independent time.
    private func vouching(_ visit: Visit) async throws -> [String: JSON] {
        let vouching = visit.spine.vouching
        let (standings, stamp) = try await visit.spine.district.store.read { reader in
            (try vouching.witnessing.standings(in: reader), try TimeStamps.latest(in: reader))
        }
        let witnesses: [JSON] = standings.map { standing in
            let kind =
                switch standing.state {
                case .signed: "verified"
                case .refused: "danger"
                case .silent, .stranger: "warn"
                case .never: "unknown"
                }
            var members: [String: JSON] = [
                "name": .string(standing.witness.key.name), "key": .string(standing.witness.key.description),
                "size": .string(Show.count(standing.size)),
                "state": Show.badge(kind, visit.word("record_witness_\(standing.state.rawValue)")),
            ]
            if standing.state != .signed, !standing.detail.isEmpty { members["detail"] = .string(standing.detail) }
            if let at = standing.at { members["time"] = Show.time(at, visit.language, now: visit.now) }
            return .object(members)
        }
        var context: [String: JSON] = [
            "witnesses": .array(witnesses), "witnessed": .bool(!witnesses.isEmpty),
            "hasAuthority": .bool(vouching.authority != nil),
        ]
        if let stamp {
            context["stamp"] = [
                "time": Show.time(stamp.time, visit.language, now: visit.now), "size": .string(Show.count(stamp.size)),
            ]
        }
        return context
    }

    /// A checkpoint as `record` and `trace` show it, with the command that verifies it.
    static func checkpoint(_ signed: SignedCheckpoint, _ visit: Visit) -> JSON {
        [
            "size": .string(Show.count(signed.checkpoint.size)),
            "root": .string(signed.checkpoint.root.description), "origin": .string(signed.checkpoint.origin),
            "key": .string(visit.spine.signer.verifier.description), "note": .string(signed.description),
            "href": "/checkpoint", "command": .string(Self.command(visit)),
        ]
    }

    static func command(_ visit: Visit) -> String {
        "slipway verify --checkpoint checkpoint.txt --key '\(visit.spine.signer.verifier)'"
    }
}
