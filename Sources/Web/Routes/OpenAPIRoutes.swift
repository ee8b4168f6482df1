import Access
import District
import Record
import Synchronization

/// The house's calls as OpenAPI 3.1, for anyone: made once for each language, for forms do not change while it runs.
final class OpenAPIRoutes: Sendable {
    private let calls: [Route]
    private let version: String
    private let made = Mutex<[Language: [UInt8]]>([:])

    init(calls: [Route], version: String) {
        self.calls = calls
        self.version = version
    }

    var routes: [Route] {
        [
            .get("/api/v1/openapi.json", .anyone) { [self] visit in
                let language = visit.query["lang"].flatMap { Language(rawValue: $0) } ?? visit.language
                let title = Words("Slipway 업무 호출", "Slipway calls")
                let bytes = made.withLock { made in
                    if let bytes = made[language] { return bytes }
                    let bytes = OpenAPI(
                        forms: visit.spine.district.forms.values.filter { $0.surfaces.contains(.http) },
                        routes: calls, title: title, version: version, language: language
                    ).json.canonical
                    made[language] = bytes
                    return bytes
                }
                // Kept for a short time only: a release brings other forms, and the language may be a cookie's.
                return .bytes(bytes, type: "application/json", keep: visit.query["lang"] == nil ? 0 : 300)
            }
        ]
    }
}
