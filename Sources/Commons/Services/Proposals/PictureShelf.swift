import Access
import District
import Record
import Store

/// Where pictures of proposals lie: everybody's to see as long as their proposal is, without what they tell beside the picture.
enum PictureShelf {
    /// As many as one person brings within a day.
    static let mostADay: Int64 = 20
    private static let day = 86_400.0

    /// Who may see them, as the shelf has it.
    static let scope = Scope.everyone
    /// Whoever asks in public: a firm that there is none of, to which nothing is shown but what is everybody's.
    private static let everybody = Tenant.firm(FirmID(""))

    /// Keeps a picture that somebody brings, who may name it within a day.
    /// - Returns: its SHA-256.
    static func keep(_ bytes: [UInt8], by caller: Caller, in district: District) async throws -> String {
        guard let person = caller.person else {
            throw Refusal(.forbidden, "commons.person", Words("사람만 할 수 있습니다.", "Only people do this."))
        }
        guard let bare = PhotoPrivacy.bare(bytes) else {
            throw Refusal(
                .invalid, of: "picture", "kind",
                Words("JPEG나 PNG 사진만 올릴 수 있습니다.", "Only photos as JPEG or PNG are taken."))
        }
        let now = district.clock()
        return try await district.store.write { writer in
            guard
                try PictureTable.many(by: person, since: now.advanced(bySeconds: -day), in: writer) < mostADay
            else {
                throw Refusal(
                    .tooOften, "picture.day",
                    Words("사진은 하루에 \(mostADay)장까지 올릴 수 있습니다.", "At most \(mostADay) pictures are taken in a day."),
                    retryAfter: 3600)
            }
            let hash = try Attachments.keep(bare, scope: scope, author: caller.author, at: now, in: writer)
            try PictureTable.add(hash, by: person, at: now, in: writer)
            return hash
        }
    }

    /// A picture that everybody may see; nil where there is none.
    static func find(_ hash: String, in reader: any Reader) throws -> Attachment? {
        guard try ProposalTable.isShown(picture: hash, in: reader) else { return nil }
        return try Attachments.find(hash, for: everybody, in: reader)
    }

    /// Forgets what was brought a day ago and named by nothing since.
    /// - Returns: how many pictures went.
    @discardableResult
    static func clear(in district: District) async throws -> Int {
        let before = district.clock().advanced(bySeconds: -day)
        return try await district.store.write { writer in
            let unnamed = try PictureTable.settle(before: before, in: writer)
            for hash in unnamed { try Attachments.forget(hash, scope: .everyone, in: writer) }
            return unnamed.count
        }
    }
}
