import Access
import District
import HTTPTypes
import Record

/// The house's calls as an OpenAPI 3.1 document: a path for each command that programs may give, made of its form, and
/// what can be said of the fixed calls by their routes alone.
struct OpenAPI {
    let forms: [Form]
    let routes: [Route]
    let title: Words
    let version: String
    let language: Language

    /// The document.
    var json: JSON {
        [
            "openapi": "3.1.0",
            "info": [
                "title": .string(title[language]), "version": .string(version),
                "description": .string(Self.about[language]),
            ],
            "paths": .object(paths), "components": components,
            "tags": .array(tags.map { ["name": .string($0)] }),
        ]
    }

    private static let about = Words(
        "이 플랫폼이 하는 모든 일을 서식에서 그대로 옮긴 목록입니다. 같은 Idempotency-Key로 같은 내용을 다시 보내면 처음 답을 그대로 받습니다.",
        "Everything this platform does, taken from its forms. The same content sent again under the same "
            + "Idempotency-Key is answered as it was the first time.")

    private var tags: [String] { Set(forms.map { Self.room($0.name) }).union(["calls"]).sorted() }

    private static func room(_ name: String) -> String { String(name.prefix { $0 != "." }) }

    private var paths: [String: JSON] {
        var paths: [String: [String: JSON]] = [:]
        for form in forms { paths["/api/v1/commands/\(form.name)", default: [:]]["post"] = command(form) }
        for route in routes {
            guard route.isCall, !route.path.contains("*"), let method = Self.methods[route.method],
                !(route.method == .post && route.path == "/api/v1/commands/{command}")
            else { continue }
            paths[route.path, default: [:]][method] = fixed(route, method)
        }
        return paths.mapValues { .object($0) }
    }

    private static let methods: [HTTPRequest.Method: String] = [
        .get: "get", .post: "post", .put: "put", .delete: "delete",
    ]

    /// A command: its form's schema goes in, what was recorded comes out.
    private func command(_ form: Form) -> JSON {
        guard case .object(var schema) = form.schema(language), case .object(var properties) = schema["properties"]
        else { return .null }
        // The dialect is the document's own.
        schema["$schema"] = nil
        if form.confirmation == .readBack {
            properties["confirmed"] = ["type": "boolean", "description": .string(Self.confirmed[language])]
            schema["properties"] = .object(properties)
        }
        let confirmation = schema["x-confirmation"] ?? "none"
        return [
            "operationId": .string(form.name), "tags": [.string(Self.room(form.name))],
            "summary": .string(form.title[language]), "description": .string(form.help[language]),
            "x-confirmation": confirmation,
            "x-surfaces": .array(form.surfaces.map(\.rawValue).sorted().map { .string($0) }),
            "parameters": [
                ["$ref": "#/components/parameters/IdempotencyKey"], ["$ref": "#/components/parameters/Correlation"],
                ["$ref": "#/components/parameters/CSRF"],
            ],
            "requestBody": ["required": true, "content": ["application/json": ["schema": .object(schema)]]],
            "responses": .object(responses(["200": "Repeated", "201": "Done"])),
            "security": security(form.permission),
        ]
    }

    private static let confirmed = Words(
        "내용을 읽어 주고 본인이 예라고 답했으면 true. 없으면 428로 답합니다.",
        "True once the values were read back and somebody said yes; without it the answer is 428.")

    /// A call that is no command: its place and who may use it are known, its content is not.
    private func fixed(_ route: Route, _ method: String) -> JSON {
        let names = route.path.split(separator: "/").filter { $0.hasPrefix("{") }.map { $0.dropFirst().dropLast() }
        var operation: [String: JSON] = [
            "operationId": .string(
                method + route.path.split(whereSeparator: { "/{}.-".contains($0) }).map { "_\($0)" }.joined()),
            "tags": ["calls"],
            "parameters": .array(
                names.map { name in
                    [
                        "name": .string(String(name)), "in": "path", "required": true,
                        "schema": ["type": "string"],
                    ]
                }),
            "responses": .object(responses(["2XX": "Answer"])), "security": security(route.permission),
        ]
        if method == "post" || method == "put" {
            operation["requestBody"] = [
                "description": .string("≤ \(route.bodyLimit) bytes"), "content": ["*/*": .object([:])],
            ]
        }
        return .object(operation)
    }

    /// The answers of a call: what it gives, and every kind of refusal.
    private func responses(_ good: [String: String]) -> [String: JSON] {
        var responses = good.mapValues { name -> JSON in ["$ref": .string("#/components/responses/\(name)")] }
        for kind in Refusal.Kind.all {
            responses["\(kind.status.code)"] = ["$ref": .string("#/components/responses/\(kind.rawValue)")]
        }
        return responses
    }

    private func security(_ permission: Permission) -> JSON {
        var ways: [JSON] = []
        if permission.audience == .anyone { ways.append(.object([:])) }
        if permission.audience != .programs { ways.append(["session": []]) }
        for scope in permission.scopes { ways.append(["token": [.string(scope)]]) }
        if permission.audience == .anyone, permission.scopes.isEmpty { ways.append(["token": []]) }
        return .array(ways)
    }
}
