import District
import Record

/// A public app or site that people are led to, with what they said filled in.
struct PublicApp: Sendable {
    /// `hometax`.
    let code: String
    /// What it is called.
    let title: Words
    /// Its front door.
    let url: String
    /// Its address with `{field}` where something that was said goes.
    let link: String
    /// When it can be used.
    let hours: Words
    /// What one needs for it.
    let needs: Words
    /// Words it can be looked up by.
    let keywords: [String]
    /// What may be filled in.
    let fields: [ServiceField]

    /// Reads an entry of `apps.json`.
    init(_ json: JSON, file: String) throws(HandbookError) {
        let reading = ServiceReading(file: file, shared: [:])
        code = json["code"]?.text ?? ""
        func words(_ name: String) throws(HandbookError) -> Words {
            guard let ko = json[name]?["ko"]?.text, let en = json[name]?["en"]?.text else {
                throw HandbookError(file: file, place: json["code"]?.text ?? "", rule: "\(name) needs ko and en")
            }
            return Words(ko, en)
        }
        title = try words("title")
        url = json["url"]?.text ?? ""
        link = json["link"]?.text ?? ""
        hours = try words("hours")
        needs = try words("needs")
        keywords = json["keywords"]?.elements?.compactMap(\.text) ?? []
        var fields: [ServiceField] = []
        for field in json["fields"]?.elements ?? [] { fields.append(try reading.field(field, code)) }
        self.fields = fields
        guard url.hasPrefix("https://"), link.contains("://") else {
            throw HandbookError(file: file, place: code, rule: "url is https, link is an address")
        }
    }

    /// Where it leads, given what was said. Without all that its address takes, its front door.
    func address(_ values: [String: JSON]) -> String {
        var address = link
        for field in fields {
            let mark = "{\(field.field.name)}"
            guard address.contains(mark) else { continue }
            guard let text = values[field.field.name]?.text, !text.isEmpty else { return url }
            address = address.replacing(mark, with: Self.encoded(text))
        }
        return address
    }

    /// What one needs for it, and when it is open.
    var requirements: Words {
        Words("필요한 것: \(needs.ko). 이용 시간: \(hours.ko).", "You need: \(needs.en). Open: \(hours.en).")
    }

    /// Percent-encoded for a query (RFC 3986: all but the unreserved signs).
    static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            switch byte {
            case 48...57, 65...90, 97...122, 45, 46, 95, 126: String(UnicodeScalar(byte))
            default: "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }.joined()
    }
}
