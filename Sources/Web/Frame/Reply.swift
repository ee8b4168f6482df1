public import HTTPTypes
public import Record

/// What a route answers.
public enum Reply: Sendable {
    /// A page: template, title, context; a live one follows what happens.
    case page(String, title: String, JSON, status: HTTPResponse.Status = .ok, live: Bool = false)
    /// A JSON document.
    case json(JSON, status: HTTPResponse.Status = .ok)
    /// A JSON document, or nothing, with headers of its own: for a protocol that says how it is answered.
    case answer(JSON?, status: HTTPResponse.Status, headers: HTTPFields = [:])
    /// Bytes of a type, with seconds they may be kept (0: not at all);
    /// with a name it is handed out as a file of that name.
    case bytes([UInt8], type: String, keep: Int = 0, status: HTTPResponse.Status = .ok, download: String? = nil)
    /// A file of a size, handed out piece by piece under a name; `piece` gives the next one, nil at the end.
    case file(String, type: String, size: Int64, piece: @Sendable (Int64) async throws -> [UInt8]?)
    /// Elsewhere (303 See Other), with a word for the next page.
    case redirect(String, flash: String? = nil, cookies: [String] = [])
    /// Nothing more to say (204).
    case done
    /// A stream of server-sent events.
    case events(@Sendable (EventWriter) async throws -> Void)

    /// Text.
    public static func text(_ text: String, type: String = "text/plain; charset=utf-8") -> Reply {
        .bytes(Array(text.utf8), type: type)
    }

    /// What a form's search box offers: the value of each choice, and what a person reads.
    public static func choices(_ choices: [(String, String)]) -> Reply {
        .json(.array(choices.map { ["value": .string($0.0), "label": .string($0.1)] }))
    }
}

/// Writes server-sent events to one listener.
public struct EventWriter: Sendable {
    let write: @Sendable (String) -> Void

    /// Sends one event of a name; data may have several lines.
    public func send(_ name: String, _ data: String) {
        let lines = data.split(separator: "\n", omittingEmptySubsequences: false).map { "data: \($0)\n" }.joined()
        write("event: \(name)\n\(lines)\n")
    }

    /// A comment that keeps the connection open.
    public func ping() { write(": \n\n") }
}
