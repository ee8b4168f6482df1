import District
import Record
import Store
import Web

/// Answers a look-up: asks the service, and puts the fields it returned into the sentence that the handbook has.
struct LookupAnswering: Sendable {
    let service: CityService
    let services: CityServices

    /// Set by the dialogue alone, where the number was told in this very conversation.
    static let own = "#own"

    func answer(_ values: [String: JSON], _ spine: Spine, _ language: Language) async -> Lookup.Answer {
        guard let says = service.says else { return .unavailable }
        if service.code == "status" {
            do {
                guard let fields = try await status(values["number"]?.text ?? "", spine, language) else {
                    return .unknown(says.unknown[language])
                }
                // Numbers follow one another: whoever has but a number is told no more than where it stands.
                let isOwn = values[Self.own]?.bool == true
                guard !isOwn, let stage = service.stage else { return Self.said(fields, says.found, language) }
                let told = fields.members?.filter { ["number", "state"].contains($0.key) } ?? [:]
                return Self.said(.object(told), stage, language)
            } catch {
                // What could not be read is not missing.
                spine.district.report("a request could not be looked up", error)
                return .unavailable
            }
        }
        var query = ["language": language.rawValue]
        for entry in service.fields {
            let name = entry.field.name
            if let value = values[name]?.text ?? values[name]?.integer.map({ "\($0)" }) { query[name] = value }
        }
        if service.isPersonal {
            let numbers = service.fields.compactMap { values[$0.field.name]?.text?.filter(\.isNumber) }
            guard services.personal.admit(numbers.filter { !$0.isEmpty }, at: spine.district.clock()) else {
                return .unavailable
            }
        }
        switch await services.line.ask("/lookup/\(service.code)", query, isPersonal: service.isPersonal, spine) {
        case .answered(200, let fields): return Self.said(fields, says.found, language)
        case .answered(404, _): return .unknown(says.unknown[language])
        default: return .unavailable
        }
    }

    /// The sentence with the fields in their places. A sentence of which a field is missing is not said.
    static func said(_ fields: JSON, _ template: Words, _ language: Language) -> Lookup.Answer {
        var text = ""
        var rest = template[language][...]
        while let open = rest.firstIndex(of: "{") {
            guard let close = rest[open...].firstIndex(of: "}"),
                let value = shown(fields[String(rest[rest.index(after: open)..<close])], language)
            else { return .unavailable }
            text += rest[..<open] + value
            rest = rest[rest.index(after: close)...]
        }
        text += rest
        if fields["sandbox"]?.bool == true {
            text += Words(" (연습용 모의 시스템의 답입니다.)", " (An answer of the practice system.)")[language]
        }
        return .said(text, fields: fields)
    }

    private static func shown(_ value: JSON?, _ language: Language) -> String? {
        switch value {
        case .string(let text): text
        // Decimals as they came.
        case .number(let number): Int64(exactly: number).map { Show.count($0) } ?? "\(number)"
        case .object(let members): members[language.rawValue]?.text
        default: nil
        }
    }

    /// A request by its number: the service, its department and its state.
    private func status(_ number: String, _ spine: Spine, _ language: Language) async throws -> JSON? {
        guard
            let request = try await spine.district.store.read({ reader in
                try RequestTable.find(number: number, in: reader)
            }), let service = services.service(request.service)
        else { return nil }
        return [
            "number": .string(request.receipt ?? request.number), "service": .string(service.name[language]),
            "department": .string(service.department[language]), "state": .string(request.state.sentence[language]),
        ]
    }
}
