import District
import Foundation
import Record
import Web

/// The readable summary in a pack, for people: one page in Korean and English without script, which opens from a disk.
struct PackSummary: Sendable {
    /// A file in the pack.
    struct Document: Sendable {
        let hash: String
        let name: String
        let size: Int64
    }

    /// The most characters of an event's content on the page; the whole of it is in `events.jsonl`.
    static let longest = 240

    /// The page.
    /// - Throws: `PagesError` where the template cannot be used.
    func page(
        _ description: PackDescription, _ selection: PackSelection, _ documents: [Document], _ seal: PackSeal
    ) throws -> [UInt8] {
        let pages = try Pages(folders: [Bundle.module.resourcePath.map { "\($0)/Templates" } ?? "Templates"])
        let files = Dictionary(documents.map { ($0.hash, $0.name) }, uniquingKeysWith: { first, _ in first })
        let context: [String: JSON] = [
            "firm": .string(description.firmName), "id": .string(description.firm.rawValue),
            "from": .string(Self.moment(description.period.lowerBound)),
            "until": .string(Self.moment(description.period.upperBound)),
            "made": .string(Self.moment(description.made)), "for": .string(description.purpose),
            "events": .string(Show.count(selection.events.count)),
            "documents_count": .string(Show.count(documents.count)),
            "withheld": .string(Show.count(selection.withheld)),
            "hidden": .string(Show.count(selection.hidden)), "erased": .string(Show.count(selection.erased)),
            "checkpoint": .string(seal.checkpoint.checkpoint.origin),
            "size": .string(Show.count(seal.checkpoint.checkpoint.size)),
            "root": .string(seal.checkpoint.checkpoint.root.description),
            "witnesses": .array(seal.witnesses.map { .string($0.name) }),
            "time": seal.timestamp.map { .string(Self.moment($0.time)) } ?? .null,
            "no_time": ["ko": .string(seal.noTime.ko), "en": .string(seal.noTime.en)],
            "kinds": .array(kinds(selection.events, pages)),
            "documents": .array(
                documents.map {
                    ["name": .string($0.name), "hash": .string($0.hash), "size": .string(Show.count($0.size))]
                }),
            "rows": .array(selection.events.map { row($0, files, pages) }),
        ]
        return try pages.render("packs-summary", .object(context), .ko)
    }

    private func kinds(_ events: [Event], _ pages: Pages) -> [JSON] {
        Dictionary(grouping: events, by: \.type).sorted { $0.key < $1.key }.map { type, list in
            let times = list.map(\.observed)
            return [
                "name": name(type, pages), "type": .string(type), "count": .string(Show.count(list.count)),
                "first": .string(times.min().map(Self.moment) ?? ""),
                "last": .string(times.max().map(Self.moment) ?? ""),
            ]
        }
    }

    private func row(_ event: Event, _ files: [String: String], _ pages: Pages) -> JSON {
        var links: [JSON] = []
        JSON.object(event.payload).collectTexts { text in
            if let name = files[text] {
                links.append(["href": .string(name), "text": .string(String(text.prefix(12)))])
            }
        }
        return [
            "leaf": .string("\(event.leaf ?? 0)"), "observed": .string(Self.moment(event.observed)),
            "recorded": .string(Self.moment(event.recorded)), "name": name(event.type, pages),
            "stream": .string("\(event.stream) · \(event.streamVersion)"), "author": .string(event.author.text),
            "content": .string(Self.content(event.payload)), "files": .array(links),
        ]
    }

    private func name(_ type: String, _ pages: Pages) -> JSON {
        let key = "event_" + type.replacing(".", with: "_").replacing("-", with: "_")
        guard let words = pages.wording[key] else { return ["ko": .string(type), "en": ""] }
        return ["ko": .string(words.ko), "en": .string(words.en)]
    }

    /// What an event says, in a line: hidden personal fields are named, not shown.
    private static func content(_ payload: [String: JSON]) -> String {
        let parts = payload.sorted { $0.key < $1.key }.map { key, value -> String in
            if let members = value.members, members["commitment"] != nil, members["vault"] != nil {
                return "\(key): (개인정보 / personal)"
            }
            return "\(key): \(value.text ?? value.canonicalText)"
        }
        let line = parts.joined(separator: "; ")
        return line.count <= longest ? line : "\(line.prefix(longest)) …"
    }

    /// A moment in Korean time, to the second.
    private static func moment(_ moment: Timestamp) -> String {
        moment.civil(offsetSeconds: KoreanDay.offset).text.replacing("T", with: " ")
    }
}
