import Access
import District
import Record
import ServiceLifecycle
import Store

/// Reads files of statistics before a transaction asks for them.
struct EconomyIntake: Sendable {
    /// A file that was read.
    struct Read: Sendable {
        let file: EconomyFile
        let hash: String
    }

    let lane: Lane

    /// Reads a file and keeps what it says, so that the command need not read it again.
    func look(
        _ bytes: [UInt8], _ reading: EconomyFile.Reading, by caller: Caller, at now: Timestamp, in spine: Spine
    ) async throws -> Read {
        let scope = try Self.scope(of: caller)
        let (text, file) = try await lane.run {
            let text = try EconomyText.text(bytes)
            return (Array(text.utf8), try EconomyFile(text, reading))
        }
        guard text.count <= Attachments.largest else {
            throw Refusal(
                .tooLarge, "attachment.size",
                Words(
                    "파일은 \(Attachments.largest >> 20)MB까지 올릴 수 있습니다.",
                    "A file may have up to \(Attachments.largest >> 20) MB."))
        }
        let hash = ContentHash.sha256(text)
        try await spine.district.store.write {
            try LookTable.keep(file.summary, of: text, hash: hash, reading, scope: scope, at: now, in: $0)
        }
        return Read(file: file, hash: hash)
    }

    /// Brings in a file that was looked at: it becomes an attachment, and the look ends.
    func take(
        _ values: [String: JSON], by caller: Caller, key: String?, at now: Timestamp, in spine: Spine
    ) async throws -> Outcome {
        let (scope, hash) = (try Self.scope(of: caller), values["file"]?.text ?? "")
        let (tenant, author) = (try caller.tenant, caller.author)
        try await spine.district.store.write { writer in
            guard let bytes = try LookTable.bytes(of: hash, for: tenant, in: writer) else { return }
            _ = try Attachments.keep(bytes, scope: scope, author: author, at: now, in: writer)
        }
        let outcome = try await spine.district.perform(
            ImportEconomy.name, values, by: caller, key: key, confirmed: true)
        try await spine.district.store.write { try LookTable.forget(hash, scope: scope, in: $0) }
        return outcome
    }

    private static func scope(of caller: Caller) throws -> Scope {
        try caller.tenant.firm.map { Scope.firm($0) } ?? .zone
    }
}

/// Forgets files that were looked at and never brought in.
struct LookSweep: Service {
    let spine: Spine

    func run() async throws {
        await beat(every: .seconds(3600)) {
            do {
                let now = spine.district.clock()
                try await spine.district.store.write { try LookTable.sweep(at: now, in: $0) }
            } catch {
                spine.district.report("old looks at statistics could not be forgotten", error)
            }
        }
    }
}
