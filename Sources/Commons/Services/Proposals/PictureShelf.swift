import Access
import District
import Record
import Store

/// Where pictures of proposals lie: everybody's to see as long as their proposal is, without what they tell beside the picture.
enum PictureShelf {
    /// On whose behalf they are looked for: the house's own.
    static var tenant: Tenant { get throws { try Caller.system("commons").tenant } }

    /// Keeps a picture that an author brings.
    /// - Returns: its SHA-256.
    static func keep(_ bytes: [UInt8], by author: Author, in district: District) async throws -> String {
        guard let bare = PhotoPrivacy.bare(bytes) else {
            throw Refusal(
                .invalid, of: "picture", "kind",
                Words("JPEG나 PNG 사진만 올릴 수 있습니다.", "Only photos as JPEG or PNG are taken."))
        }
        let now = district.clock()
        return try await district.store.write {
            try Attachments.keep(bare, scope: .everyone, author: author, at: now, in: $0)
        }
    }

    /// A picture that everybody may see; nil where there is none.
    static func find(_ hash: String, in reader: any Reader) throws -> Attachment? {
        guard try ProposalTable.isShown(picture: hash, in: reader) else { return nil }
        return try Attachments.find(hash, for: tenant, in: reader)
    }
}
