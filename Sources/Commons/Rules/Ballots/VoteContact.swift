import District
import Record

/// Where whoever is not on the list, or has lost their letter, finds somebody: the district's `vote-contact.json`. The shipped file
/// names nobody but the sample district's, which is made up.
struct VoteContact: Sendable {
    private let district: Words?
    private let sample: Words?

    /// Out of the handbook.
    /// - Throws: ``HandbookError`` where the file says a contact without window, telephone or hours.
    init(_ book: Handbook) throws(HandbookError) {
        let json = try book.read(Self.file).json
        (district, sample) = (try Self.line(json, "contact"), try Self.line(json, "sample"))
    }

    private static let file = "vote-contact.json"

    /// The line people read; nil where the district gave none.
    func line(isSample: Bool) -> Words? { district ?? (isSample ? sample : nil) }

    private static func line(_ json: JSON, _ place: String) throws(HandbookError) -> Words? {
        guard let said = json[place], said != .null else { return nil }
        func words(_ key: String) -> Words? {
            guard let ko = said[key]?["ko"]?.text, let en = said[key]?["en"]?.text else { return nil }
            return Words(ko, en)
        }
        guard let window = words("window"), let hours = words("hours"), let telephone = said["telephone"]?.text else {
            throw HandbookError(file: file, place: place, rule: "window { ko, en }, telephone, hours { ko, en }")
        }
        return Words(
            "명부에 없거나 편지를 잃어버렸으면: \(window.ko), 전화 \(telephone), \(hours.ko)",
            "Not on the list, or the letter is lost: \(window.en), telephone \(telephone), \(hours.en)")
    }
}
