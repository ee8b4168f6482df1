import District
import Record

extension CitedAccord {
    private static let file = "accords-cited.json"

    /// The accords of other cities that the handbook knows; each has a day and at least one source.
    static func all(_ book: Handbook) throws(HandbookError) -> [CitedAccord] {
        var all: [CitedAccord] = []
        for (place, entry) in ((try book.read(file).json)["accords"]?.elements ?? []).enumerated() {
            let sources = (entry["sources"]?.elements ?? []).compactMap { source -> Source? in
                guard let title = source["title"]?.text, let url = source["url"]?.text, url.hasPrefix("https://") else {
                    return nil
                }
                return Source(title: title, url: url)
            }
            let parties = (entry["parties"]?.elements ?? []).compactMap(\.text)
            guard let title = Words(entry["title"]), let signed = (entry["signed"]?.text).flatMap({ KoreanDay($0) }),
                !sources.isEmpty, parties.count > 1
            else {
                throw HandbookError(
                    file: file, place: "accords[\(place)]", rule: "needs a title, a day, two cities and a source")
            }
            all.append(
                CitedAccord(
                    title: title, parties: parties, signed: signed,
                    points: (entry["points"]?.elements ?? []).compactMap { Words($0) }, sources: sources))
        }
        return all
    }
}
