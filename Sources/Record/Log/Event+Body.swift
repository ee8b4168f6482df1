extension Event {
    /// What is hashed and kept: canonical JSON in which times are RFC 3339 and 64-bit numbers are text.
    var body: [UInt8] {
        var members: [String: JSON] = [
            "author": .string(author.text),
            "correlation": .string(correlation.description),
            "id": .string(id.description),
            "observed": .string(observed.description),
            "payload": .object(payload),
            "recorded": .string(recorded.description),
            "scope": .string(scope.text),
            "stream": .string(stream),
            "streamVersion": .decimal(streamVersion),
            "type": .string(type),
            "version": .number(Double(version)),
        ]
        if let cause { members["cause"] = .string(cause.description) }
        return JSON.object(members).canonical
    }

    /// From the body as it was kept.
    /// - Throws: ``RecordError`` with code `corrupt` where it is no event's.
    init(body bytes: [UInt8], leaf: Int64?) throws(RecordError) {
        let json: JSON
        do throws(JSONError) {
            json = try JSON(parsing: bytes)
        } catch {
            throw RecordError(.corrupt, "an event's body is not JSON: \(error)")
        }
        guard let id = json["id"]?.text.flatMap({ Identifier($0) }), let type = json["type"]?.text,
            let version = json["version"]?.integer, let stream = json["stream"]?.text,
            let streamVersion = json["streamVersion"]?.integer, let scope = json["scope"]?.text.flatMap({ Scope($0) }),
            let author = json["author"]?.text.flatMap({ Author($0) }),
            let correlation = json["correlation"]?.text.flatMap({ Identifier($0) }),
            let observed = json["observed"]?.text.flatMap({ Timestamp(iso8601: $0) }),
            let recorded = json["recorded"]?.text.flatMap({ Timestamp(iso8601: $0) }),
            let payload = json["payload"]?.members
        else { throw RecordError(.corrupt, "an event's body lacks a member, or holds one of another kind") }
        let cause = json["cause"]?.text.flatMap { Identifier($0) }
        guard (cause == nil) == (json["cause"] == nil) else {
            throw RecordError(.corrupt, "an event's cause is no identifier")
        }
        self.init(
            id: id, type: type, version: Int(version), stream: stream, streamVersion: streamVersion, scope: scope,
            author: author, correlation: correlation, cause: cause, observed: observed, recorded: recorded,
            payload: payload, leaf: leaf)
    }
}
