import Record

/// A CAP message as somebody sent it, read and held against the rules. It cannot be sent again: only ``CAPAlert`` can.
struct CAPDocument: Sendable, Hashable {
    let identifier: String, sender: String, sent: String
    let status: CAPWords.Status
    let type: CAPWords.MessageType
    let reach: CAPWords.Reach
    /// The messages it follows: `sender,identifier,sent`.
    let references: [String]
    let infos: [Info]

    /// What one language says.
    struct Info: Sendable, Hashable {
        let language: String
        let event: String
        let headline: String?
        let instruction: String?
        let areas: [String]
        let polygons: [String]
        let circles: [String]
    }

    /// Why a document is no message.
    struct Invalid: Error {
        let faults: [CAPRules.Fault]
    }

    /// Reads a document.
    /// - Throws: ``Invalid`` with everything that is wrong with it.
    init(_ document: String) throws(Invalid) {
        let faults = CAPRules.check(document)
        guard faults.isEmpty else { throw Invalid(faults: faults) }
        let message: Markup
        do throws(MarkupReader.Failure) {
            message = try MarkupReader.read(document)
        } catch {
            throw Invalid(faults: [.init(place: "document", rule: error.description)])
        }
        func text(_ name: String) -> String { message.first(name) ?? "" }
        identifier = text("identifier")
        sender = text("sender")
        sent = text("sent")
        status = CAPWords.Status(rawValue: text("status")) ?? .draft
        type = CAPWords.MessageType(rawValue: text("msgType")) ?? .error
        reach = CAPWords.Reach(rawValue: text("scope")) ?? .private
        references = text("references").split(whereSeparator: \.isWhitespace).map(String.init)
        infos = message.children.filter { $0.name == "info" }.map { info in
            let areas = info.children.filter { $0.name == "area" }
            return Info(
                language: info.first("language") ?? "en-US", event: info.first("event") ?? "",
                headline: info.first("headline"), instruction: info.first("instruction"),
                areas: areas.compactMap { $0.first("areaDesc") }, polygons: areas.flatMap { $0.all("polygon") },
                circles: areas.flatMap { $0.all("circle") })
        }
    }
}
