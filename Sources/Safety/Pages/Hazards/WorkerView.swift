import Access
import District
import HTTPTypes
import Record
import Store
import Twin
import Web

/// What the pages behind a QR code share: the place, the worker's language, the phrases.
struct WorkerView {
    let phrases: Phrases

    /// The language of a page: the one asked for, else the browser's first that there is.
    static func language(_ visit: Visit) -> WorkerLanguage {
        (visit.query["l"] ?? visit.form["l"]).flatMap { WorkerLanguage(rawValue: $0) }
            ?? WorkerLanguage.preferred(visit.headers[.acceptLanguage] ?? "")
    }

    /// A place behind a code.
    struct Place: Sendable {
        let code: PlaceCodes.PlaceCode
        let name: Words
        /// What closes it now.
        let closures: [Closure]
    }

    /// The place behind the code that a page was asked with; nil where the code is not in use.
    static func place(_ visit: Visit) async throws -> Place? {
        let code = visit.parameters["code"] ?? ""
        return try await visit.spine.district.store.read { reader -> Place? in
            guard let place = try PlaceCodes.find(code, in: reader) else { return nil }
            let firm = Tenant.firm(place.firm)
            let name = try Things.find(place.thing, for: firm, in: reader)?.name
            return Place(
                code: place, name: name ?? Words(place.thing.rawValue, place.thing.rawValue),
                closures: try ClosureTable.closing(place.thing, for: firm, in: reader))
        }
    }

    /// A page in the worker's language: every phrase stands under `w` by its key.
    func page(
        _ template: String, title: String, _ visit: Visit, place: Words?, _ more: [String: JSON] = [:],
        isRefused: Bool = false
    ) -> Reply {
        let tongue = Self.language(visit)
        var context = more
        context["w"] = words(tongue)
        context["tongue"] = .string(tongue.rawValue)
        context["tag"] = .string(tongue.tag)
        context["languages"] = languages(visit.path, tongue)
        if let place { context["place"] = .string(place[tongue == .ko ? .ko : .en]) }
        return .page(
            template, title: title, .object(context), status: isRefused ? .init(code: 422) : .ok)
    }

    /// Every phrase in a language, by its key.
    func words(_ language: WorkerLanguage) -> JSON {
        .object(
            Dictionary(
                phrases.keys.map { ($0, .string(phrases.text($0, language))) }, uniquingKeysWith: { $1 }))
    }

    /// The same page in each language.
    func languages(_ path: String, _ current: WorkerLanguage) -> JSON {
        .array(
            WorkerLanguage.allCases.map { language in
                var entry: [String: JSON] = [
                    "label": .string(Self.own(language)), "code": .string(language.tag),
                    "href": .string("\(path)?l=\(language.rawValue)"),
                ]
                if language == current { entry["current"] = true }
                return .object(entry)
            })
    }

    /// A language as its speakers call it.
    static func own(_ language: WorkerLanguage) -> String {
        let words = language.words
        if language == .ko || language == .en { return language == .ko ? words.ko : words.en }
        guard let open = words.ko.firstIndex(of: "("), let close = words.ko.lastIndex(of: ")") else { return words.ko }
        return String(words.ko[words.ko.index(after: open)..<close])
    }

    /// The kinds of danger as pictograms to touch.
    func types(_ language: WorkerLanguage, chosen: String) -> JSON {
        .array(
            AccidentType.allCases.compactMap { type in
                let key = "type_\(type.rawValue)"
                guard phrases.keys.contains(key) else { return nil }
                var entry: [String: JSON] = [
                    "value": .string(type.rawValue), "label": .string(phrases.text(key, language)),
                    "pictogram": .string(phrases.pictogram(key) ?? "warning"),
                ]
                if type.rawValue == chosen { entry["chosen"] = true }
                return .object(entry)
            })
    }
}
