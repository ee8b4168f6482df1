public import District
import Record

/// The cases and hubs that ship with the release, or that the district put in their place.
public struct CaseLibrary: Sendable {
    /// The cases, in the order of their names.
    public let cases: [CityCase]
    /// The hubs, in the order of their files.
    public let hubs: [Hub]

    /// Reads the handbook's files `cases-….json` and `hubs-….json`.
    /// - Throws: ``HandbookError`` where a case has a claim without a source, too few outcomes or a level out of range, or
    ///   where two have the same name.
    public init(_ book: Handbook) throws(HandbookError) {
        var (cases, hubs): ([CityCase], [Hub]) = ([], [])
        for file in book.files("cases-") {
            for (index, json) in (try book.read(file).json["cases"]?.elements ?? []).enumerated() {
                do {
                    cases.append(try CityCase(json))
                } catch {
                    throw Self.refused(error, file, json["id"]?.text ?? "cases.\(index + 1)")
                }
            }
        }
        for file in book.files("hubs-") {
            for (index, json) in (try book.read(file).json["hubs"]?.elements ?? []).enumerated() {
                do {
                    hubs.append(try Hub(json))
                } catch {
                    throw Self.refused(error, file, json["id"]?.text ?? "hubs.\(index + 1)")
                }
            }
        }
        for (name, count) in Dictionary(grouping: cases, by: \.id).mapValues(\.count) where count > 1 {
            throw HandbookError(file: "cases-….json", place: name, rule: "stands twice")
        }
        self.cases = cases.sorted { $0.id < $1.id }
        self.hubs = hubs
    }

    private static func refused(_ fault: CaseFault, _ file: String, _ entry: String) -> HandbookError {
        HandbookError(file: file, place: "\(entry).\(fault.place)", rule: fault.words.en)
    }
}
