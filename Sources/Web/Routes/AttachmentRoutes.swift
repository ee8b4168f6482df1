import Access
import District
import HTTPTypes
import Record
import Store

/// Files that belong to a form: sent before it, and looked at afterwards by whoever may see them.
struct AttachmentRoutes {
    var routes: [Route] {
        [
            .post("/api/v1/attachments", .signedIn, bodyLimit: Attachments.largest + 1024) { try await keep($0) },
            .get("/attachments/{hash}", .signedIn) { try await show($0) },
        ]
    }

    private func keep(_ visit: Visit) async throws -> Reply {
        let tenant = try visit.tenant
        let bytes = visit.multipart?.files.values.first?.bytes ?? visit.body
        let hash = try await Self.keep(bytes, scope: tenant.firm.map { .firm($0) } ?? .zone, visit)
        return .json(["hash": .string(hash)], status: .created)
    }

    private func show(_ visit: Visit) async throws -> Reply {
        let (tenant, hash) = (try visit.tenant, visit.parameters["hash"] ?? "")
        let found = try await visit.spine.district.store.read { try Attachments.find(hash, for: tenant, in: $0) }
        guard let found else { throw Refusals.nowhere }
        return .bytes(found.bytes, type: found.media.rawValue, download: found.media.isImage ? nil : found.name)
    }

    /// Keeps a file that a form brought.
    static func keep(_ bytes: [UInt8], scope: Scope, _ visit: Visit) async throws -> String {
        let (author, now) = (visit.caller.author, visit.now)
        return try await visit.spine.district.store.write {
            try Attachments.keep(bytes, scope: scope, author: author, at: now, in: $0)
        }
    }
}

extension Attachment {
    /// What the file is called when it is handed out.
    var name: String {
        let ending =
            switch media {
            case .jpeg: "jpg"
            case .png: "png"
            case .webp: "webp"
            case .pdf: "pdf"
            case .zip: "zip"
            case .compound: "ole"
            case .text: "txt"
            }
        return "\(hash.prefix(16)).\(ending)"
    }
}
