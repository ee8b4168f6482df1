import Access
import District
import Foundation
import HTTPTypes
import Record
import Web

/// What every call of the standard's REST binding has in common: who may, which versions, how it fails.
enum EPCISCalls {
    /// Where the calls begin.
    static let root = "/epcis/v2"
    static let version = "2.0.0"

    /// What a call does.
    enum Right: Sendable {
        case read, capture

        /// People by their role, programs by their token's scope.
        func check(_ caller: Caller) throws(Refusal) {
            if case .token = caller.identity {
                return try District.allow(.tokenScope(self == .read ? "read:epcis" : "capture:epcis"), caller)
            }
            try District.allow(.roles(self == .read ? Self.readers : Self.writers), caller)
        }

        static let readers: Set<Role> = [.worker, .operator, .executive, .safetyManager, .zoneOfficer, .administrator]
        static let writers: Set<Role> = [.worker, .operator, .executive, .zoneOfficer]
    }

    /// Something that goes wrong in the standard's own words.
    struct Problem: Error, Sendable {
        /// The standard's exception.
        enum Kind: String, Sendable {
            case validation = "ValidationException"
            case security = "SecurityException"
            case noSuchName = "NoSuchNameException"
            case parameter = "QueryParameterException"
            case tooLarge = "QueryTooLargeException"
            case exists = "ResourceAlreadyExistsException"
            case captureLimit = "CaptureLimitExceededException"
            case subscription = "SubscriptionControlsException"
            case notAcceptable = "NotAcceptableException"
            case mediaType = "UnsupportedMediaTypeException"
            case tooLong = "URITooLongException"
            case notImplemented = "NotImplementedException"
            case implementation = "ImplementationException"
        }

        let kind: Kind
        let status: Int
        let words: Words
        var faults: [EPCISFault] = []

        init(_ kind: Kind, _ status: Int, _ words: Words, faults: [EPCISFault] = []) {
            self.kind = kind
            self.status = status
            self.words = words
            self.faults = faults
        }

        static let nowhere = Problem(.noSuchName, 404, Words("찾으시는 자원이 없습니다.", "There is no such resource."))
    }

    // MARK: - Answers

    /// Answers a call; whatever goes wrong is a problem in the standard's words.
    static func answer(
        _ visit: Visit, _ right: Right, _ work: (Visit, Tenant) async throws -> Reply
    ) async -> Reply {
        do {
            try right.check(visit.caller)
            let tenant = try visit.tenant
            guard visit.queryText.utf8.count <= longest else {
                throw Problem(.tooLong, 414, Words("주소가 너무 깁니다.", "The address is too long."))
            }
            try negotiate(visit)
            return try await work(visit, tenant)
        } catch let problem as Problem {
            return reply(problem, visit)
        } catch let refusal as Refusal {
            let (kind, status): (Problem.Kind, Int) =
                switch refusal.kind {
                case .unauthenticated: (.security, 401)
                case .forbidden: (.security, 403)
                case .notFound: (.noSuchName, 404)
                case .conflict: (.exists, 409)
                case .tooLarge: (.captureLimit, 413)
                case .unavailable: (.implementation, 503)
                default: (.validation, 400)
                }
            return reply(Problem(kind, status, refusal.words), visit)
        } catch {
            visit.spine.district.report("an EPCIS call failed", error)
            return reply(
                Problem(.implementation, 500, Words("처리하지 못했습니다. 저장된 것은 없습니다.", "This failed; nothing was stored.")),
                visit)
        }
    }

    private static let longest = 8000

    /// The versions and formats that whoever asks can live with.
    private static func negotiate(_ visit: Visit) throws(Problem) {
        let accept = visit.headers[.accept]?.lowercased() ?? "*/*"
        let taken = [
            "*/*", "application/*", "application/json", "application/ld+json", "application/problem+json", "text/html",
        ]
        guard accept.isEmpty || taken.contains(where: { accept.contains($0) }) else {
            throw Problem(.notAcceptable, 406, Words("JSON으로만 답합니다.", "Answers are JSON only."))
        }
        for (name, isRight) in [
            ("GS1-EPCIS-Version", isTwo), ("GS1-CBV-Version", isTwo), ("GS1-EPCIS-Min", isAtMostTwo),
            ("GS1-CBV-Min", isAtMostTwo), ("GS1-EPCIS-Max", isAtLeastTwo), ("GS1-CBV-Max", isAtLeastTwo),
        ] {
            guard let value = header(name, visit), !isRight(value) else { continue }
            throw Problem(
                .notAcceptable, 406,
                Words("\(name) \(value): 이 서버는 2.0만 지원합니다.", "\(name) \(value): only version 2.0 is spoken here."))
        }
        if header("GS1-EPC-Format", visit) == "Always_EPC_URN" {
            throw Problem(
                .notAcceptable, 406,
                Words(
                    "EPC URN으로 바꾸지 않습니다. 기록된 표기로 답합니다.", "Identifiers are given as they were recorded, not as EPC URNs."
                ))
        }
    }

    private static let isTwo: @Sendable (String) -> Bool = { $0 == "2" || $0.hasPrefix("2.0") }
    private static let isAtMostTwo: @Sendable (String) -> Bool = { (Double($0.prefix(3)) ?? 9) <= 2.0 }
    private static let isAtLeastTwo: @Sendable (String) -> Bool = { (Double($0.prefix(3)) ?? 0) >= 2.0 }

    /// A header by its name.
    static func header(_ name: String, _ visit: Visit) -> String? { HTTPField.Name(name).flatMap { visit.headers[$0] } }

    /// A document, with the standard's headers.
    static func reply(_ json: JSON?, _ status: Int = 200, _ more: [(String, String)] = []) -> Reply {
        .answer(json, status: HTTPResponse.Status(code: status), headers: fields(standard + more))
    }

    private static let standard = [
        ("GS1-EPCIS-Version", version), ("GS1-CBV-Version", version),
        ("GS1-Extensions", "\(EPCISDocument.ownPrefix)=\(EPCISDocument.ownNamespace)"),
    ]

    private static func fields(_ pairs: [(String, String)]) -> HTTPFields {
        var fields = HTTPFields()
        for (name, value) in pairs { if let name = HTTPField.Name(name) { fields[name] = value } }
        return fields
    }

    private static func reply(_ problem: Problem, _ visit: Visit) -> Reply {
        var body: [String: JSON] = [
            "type": .string("epcisException:\(problem.kind.rawValue)"), "title": .string(problem.words[visit.language]),
            "status": .number(Double(problem.status)),
        ]
        if !problem.faults.isEmpty {
            body["detail"] = .string(problem.faults.prefix(3).map { $0.words[visit.language] }.joined(separator: " "))
            body["errors"] = .array(problem.faults.prefix(100).map(\.json))
        }
        var headers = [("Content-Type", "application/problem+json")]
        if problem.status == 401 { headers.append(("WWW-Authenticate", "Bearer realm=\"slipway\"")) }
        if problem.kind == .captureLimit { headers += limits }
        return reply(.object(body), problem.status, headers)
    }

    // MARK: - Discovery

    private static let limits = [
        ("GS1-EPCIS-Capture-Limit", "\(EPCISDocument.mostEvents)"),
        ("GS1-EPCIS-Capture-File-Size-Limit", "\(EPCISDocument.largest)"),
    ]

    /// What OPTIONS says of an address.
    static func options(_ path: String, _ methods: [HTTPRequest.Method]) -> Route {
        Route(.options, path, .anyone) { visit in
            await answer(visit, .read) { _, _ in
                var headers = [
                    ("Allow", (["OPTIONS"] + methods.map(\.rawValue)).joined(separator: ", ")),
                    ("GS1-EPCIS-Min", version), ("GS1-EPCIS-Max", version), ("GS1-CBV-Min", version),
                    ("GS1-CBV-Max", version), ("GS1-EPC-Format", "Never_Translates"),
                    ("GS1-CBV-XML-Format", "Never_Translates"), ("GS1-Vendor-Version", visit.version),
                ]
                if path == root + "/capture" {
                    headers += limits + [("GS1-Capture-Error-Behaviour", "rollback, proceed")]
                }
                return reply(nil, 204, headers)
            }
        }
    }

    // MARK: - Pages of answers

    /// How many of a page, as the address asks; 30 where it does not, 100 at most.
    static func size(_ visit: Visit) throws(Problem) -> Int {
        guard let asked = visit.query["perPage"] else { return 30 }
        guard let size = Int(asked), size > 0 else {
            throw Problem(.parameter, 400, Words("perPage는 1 이상의 정수입니다.", "perPage is a whole number from 1."))
        }
        return min(size, 100)
    }

    /// The header that leads to the next page.
    static func link(_ visit: Visit, _ token: String?) -> [(String, String)] {
        guard let token else { return [] }
        let kept = visit.queryText.split(separator: "&").filter { !$0.hasPrefix("nextPageToken=") }
        let query = (kept.map(String.init) + ["nextPageToken=\(GS1.encoded(token))"]).joined(separator: "&")
        return [("Link", "<\(visit.site)\(visit.path)?\(query)>; rel=\"next\"")]
    }

    /// The pairs of an address, repeated names too.
    static func pairs(_ visit: Visit) -> [(name: String, value: String)] {
        visit.queryText.split(separator: "&").prefix(200).compactMap { part in
            let halves = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = halves.first.map(decoded) else { return nil }
            return (name, halves.count > 1 ? decoded(halves[1]) : "")
        }
    }

    private static func decoded(_ text: Substring) -> String {
        text.replacing("+", with: " ").removingPercentEncoding ?? String(text)
    }
}
