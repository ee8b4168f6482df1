public import Access
public import HTTPTypes

/// A page or a call: where it is, who may come, and what it answers. There is no route without a permission.
public struct Route: Sendable {
    /// GET, POST …
    public let method: HTTPRequest.Method
    /// `/alarms/{alarm}`.
    public let path: String
    /// Who may come.
    public let permission: Permission
    /// The largest body taken, in bytes.
    public let bodyLimit: Int
    /// What it answers.
    public let answer: @Sendable (Visit) async throws -> Reply
    /// The origins whose pages may show it in a frame, as `frame-ancestors` takes them; where it names none, nobody may.
    public private(set) var framers: [String] = []

    /// A page or a call.
    public init(
        _ method: HTTPRequest.Method, _ path: String, _ permission: Permission, bodyLimit: Int = 64 * 1024,
        answer: @escaping @Sendable (Visit) async throws -> Reply
    ) {
        self.method = method
        self.path = path
        self.permission = permission
        self.bodyLimit = bodyLimit
        self.answer = answer
    }

    /// A page that is read.
    public static func get(
        _ path: String, _ permission: Permission, answer: @escaping @Sendable (Visit) async throws -> Reply
    ) -> Route {
        Route(.get, path, permission, answer: answer)
    }

    /// Something that is sent.
    public static func post(
        _ path: String, _ permission: Permission, bodyLimit: Int = 64 * 1024,
        answer: @escaping @Sendable (Visit) async throws -> Reply
    ) -> Route {
        Route(.post, path, permission, bodyLimit: bodyLimit, answer: answer)
    }

    /// The same, which pages of these origins may show in a frame: for what is public and asks for nothing.
    public func framed(by origins: [String]) -> Route {
        var route = self
        route.framers = origins
        return route
    }

    /// Whether this is a call for programs: its errors are problem+json, its credentials tokens.
    var isCall: Bool { path.hasPrefix("/api/") }
}
