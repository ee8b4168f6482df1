import Access
import District
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Record
import Store

/// Takes a request to its route: who is it, may they, is it forged, and what is the answer when something is wrong.
struct Dispatcher: Sendable {
    let spine: Spine
    let pages: Pages
    let shell: Shell
    let settings: WebSettings
    let logger: Logger

    /// Answers a request by a route.
    func respond(
        _ request: Request, _ route: Route, _ parameters: [String: String], address: String
    ) async -> Response {
        let start = ContinuousClock.now
        var response = await answer(request, route, parameters, address)
        let elapsed = start.duration(to: .now)
        let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18
        let labels = "method=\"\(route.method.rawValue)\",route=\"\(route.path)\""
        spine.gauges.add("slipway_http_requests_total", labels: labels + ",status=\"\(response.status.code)\"")
        spine.gauges.add("slipway_http_request_seconds_total", seconds, labels: labels)
        Self.harden(&response, isSecure: settings.isSecure, framers: route.framers)
        return response
    }

    private func answer(
        _ request: Request, _ route: Route, _ parameters: [String: String], _ address: String
    ) async -> Response {
        let language = Self.language(request)
        var caller = Caller.anonymous(language)
        var csrf = ""
        do {
            let identity = try await identify(request)
            caller = identity.caller
            csrf = identity.csrf
            try District.allow(route.permission, caller)
            let body = try await body(of: request, limit: route.bodyLimit)
            let visit = Visit(
                route: route.path, authority: request.head.authority ?? "", method: request.method,
                path: request.uri.path,
                queryText: request.uri.query ?? "", query: Visit.pairs(request.uri.query ?? ""),
                parameters: parameters, headers: request.headers, body: body, caller: caller, address: address,
                csrf: csrf,
                language: language, spine: spine, pages: pages, site: settings.site(for: request.head.authority),
                version: settings.version)
            try refuseForged(visit, route, byCookie: identity.isCookie)
            let reply = try await Arrival.$address.withValue(address) { try await route.answer(visit) }
            return try await shell.response(to: reply, visit)
        } catch {
            let refusal = refusal(for: error, path: request.uri.path)
            var response = await failure(refusal, request, route, language, caller, csrf)
            if let seconds = refusal.retryAfter { response.headers[.retryAfter] = "\(seconds)" }
            return response
        }
    }

    /// Everything that can be thrown, as something a caller can read; what they cannot mend is logged with a number.
    private func refusal(for error: any Error, path: String) -> Refusal {
        switch error {
        case let refusal as Refusal: return refusal
        case let access as AccessError: return Refusal(access)
        case let store as StoreError where [.unavailable, .full, .conflict, .closed].contains(store.code):
            logger.error("the store refuses", metadata: ["path": "\(path)", "reason": "\(store)"])
            return Refusal(
                .unavailable, "store.\(store.code.rawValue)",
                Words(
                    "지금은 저장할 수 없습니다. 잠시 뒤 다시 해 주세요. 저장된 것은 없습니다.", "Nothing was stored. Please try again in a moment."))
        case let store as StoreError where store.code == .outcomeUnknown:
            logger.error("a commit's outcome is unknown", metadata: ["path": "\(path)", "reason": "\(store)"])
            return Refusal(
                .unavailable, "store.outcomeUnknown",
                Words(
                    "접수됐는지 확인되지 않았습니다. 다시 보내기 전에 목록을 확인해 주세요.",
                    "Whether it was stored is not known. Please look before sending again."))
        default:
            let reference = Identifier().description.suffix(8)
            logger.error("unexpected", metadata: ["reference": "\(reference)", "path": "\(path)", "error": "\(error)"])
            return Refusal(
                .unavailable, "unexpected.\(reference)",
                Words(
                    "처리하지 못했습니다. 문의할 때 이 번호를 알려 주세요: \(reference)",
                    "This failed. Please quote \(reference) when you ask."))
        }
    }

    private func failure(
        _ refusal: Refusal, _ request: Request, _ route: Route, _ language: Language, _ caller: Caller, _ csrf: String
    ) async -> Response {
        // Whoever shows a token is a program, wherever it calls.
        let isCall =
            route.isCall || request.headers[.accept]?.contains("json") == true
            || request.headers[.authorization] != nil
        if isCall {
            var response = Shell.bytes(
                refusal.problem(language, instance: request.uri.path).canonical, "application/problem+json",
                refusal.status)
            // RFC 9110, section 15.5.2: a 401 says how one may say who one is.
            if refusal.kind == .unauthenticated { response.headers[.wwwAuthenticate] = "Bearer realm=\"slipway\"" }
            return response
        }
        if refusal.kind == .unauthenticated, request.method == .get {
            return Shell.redirect("/signin?next=\(Table.encoded(request.uri.string))", cookies: [])
        }
        let visit = Visit(
            route: route.path, authority: "", method: request.method, path: request.uri.path, queryText: "", query: [:],
            parameters: [:], headers: request.headers,
            body: [], caller: caller, address: "", csrf: csrf, language: language, spine: spine, pages: pages, site: "")
        do {
            return try await shell.response(to: ErrorPage.reply(refusal, visit), visit)
        } catch {
            logger.error("the error page failed", metadata: ["error": "\(error)"])
            return Shell.bytes(Array(refusal.words[language].utf8), "text/plain; charset=utf-8", refusal.status)
        }
    }

    private struct Identity {
        var caller: Caller
        var csrf: String
        var isCookie: Bool
    }

    /// The bearer of a token, the person of a session, or no one.
    private func identify(_ request: Request) async throws -> Identity {
        let now = spine.district.clock()
        if let header = request.headers[.authorization] {
            let parts = header.split(separator: " ", maxSplits: 1)
            guard parts.count == 2, ["bearer", "token"].contains(parts[0].lowercased()) else {
                throw Refusal(
                    .unauthenticated, "token.scheme",
                    Words("Bearer 또는 Token 방식의 인증만 됩니다.", "Use the Bearer or Token scheme."))
            }
            let token = String(parts[1])
            guard let caller = try await shell.doors.caller(ofToken: token, at: now) else {
                throw Refusal(
                    .unauthenticated, "token.unknown",
                    Words("토큰이 없거나 만료되었습니다.", "The token is unknown or has expired."))
            }
            return Identity(caller: caller, csrf: "", isCookie: false)
        }
        guard let cookie = Cookies(request.headers)["slipway_session"],
            let session = try await shell.doors.session(cookie, at: now)
        else { return Identity(caller: .anonymous(Self.language(request)), csrf: "", isCookie: false) }
        return Identity(caller: session.caller, csrf: session.csrf, isCookie: true)
    }

    /// What a session's cookie sends must carry the session's own secret: another site cannot know it.
    private func refuseForged(_ visit: Visit, _ route: Route, byCookie: Bool) throws(Refusal) {
        guard route.method != .get, route.method != .head, byCookie else { return }
        let given = visit.headers[.csrf] ?? visit.form["csrf"] ?? ""
        guard !visit.csrf.isEmpty, Secret.isEqual(given, visit.csrf) else {
            throw Refusal(
                .forbidden, "csrf.missing",
                Words("화면이 오래되었습니다. 새로 고친 뒤 다시 해 주세요.", "This page is out of date. Please reload and try again."))
        }
    }

    private func body(of request: Request, limit: Int) async throws -> [UInt8] {
        guard request.method != .get, request.method != .head else { return [] }
        let tooLarge = Refusal(
            .tooLarge, "body.size",
            Words("한 번에 \(limit)바이트까지 보낼 수 있습니다.", "At most \(limit) bytes can be sent at once."))
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limit { throw tooLarge }
        do {
            var buffer = try await request.body.collect(upTo: limit)
            let bytes = buffer.readBytes(length: buffer.readableBytes) ?? []
            guard request.headers[.contentEncoding]?.lowercased() == "gzip" else { return bytes }
            guard let plain = Gzip.inflated(bytes, limit: limit) else {
                throw Refusal(
                    .invalid, "body.gzip", Words("압축을 풀 수 없습니다.", "The body is no gzip of an acceptable size."))
            }
            return plain
        } catch is NIOTooManyBytesError {
            throw tooLarge
        }
    }

    private static func language(_ request: Request) -> Language {
        if let asked = Cookies(request.headers)["slipway_language"].flatMap({ Language(rawValue: $0) }) { return asked }
        // Korean is the house's first language; English only where it is asked for before Korean.
        for part in (request.headers[.acceptLanguage] ?? "").split(separator: ",") {
            let tag = part.prefix { $0 != ";" && $0 != "-" }.lowercased().filter { !$0.isWhitespace }
            if let language = Language(rawValue: tag) { return language }
        }
        return .ko
    }

    private static func harden(_ response: inout Response, isSecure: Bool, framers: [String]) {
        let policy =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
            + "font-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors "
            + (framers.isEmpty ? "'none'" : framers.joined(separator: " "))
        response.headers[.contentSecurityPolicy] = policy
        response.headers[.xContentTypeOptions] = "nosniff"
        response.headers[.referrerPolicy] = "same-origin"
        response.headers[.crossOriginOpenerPolicy] = "same-origin"
        if isSecure { response.headers[.strictTransportSecurity] = "max-age=31536000" }
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
    }
}

extension HTTPField.Name {
    static let retryAfter = named("Retry-After")
    static let csrf = named("X-CSRF-Token")
    static let referrerPolicy = named("Referrer-Policy")
    static let crossOriginOpenerPolicy = named("Cross-Origin-Opener-Policy")

    private static func named(_ text: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(text) else { preconditionFailure("\(text) is no header name") }
        return name
    }
}

/// The cookies of a request.
struct Cookies {
    private let values: [Substring: Substring]

    init(_ headers: HTTPFields) {
        var values: [Substring: Substring] = [:]
        for header in headers[values: .cookie] {
            for pair in header.split(separator: ";") {
                let halves = pair.drop { $0 == " " }.split(separator: "=", maxSplits: 1)
                if halves.count == 2 { values[halves[0]] = halves[1] }
            }
        }
        self.values = values.reduce(into: [:]) { $0[Substring(String($1.key))] = Substring(String($1.value)) }
    }

    subscript(_ name: String) -> String? { values[Substring(name)].map(String.init) }
}
