public import Access
public import District
import Foundation
public import HTTPTypes
public import Record
import Store

/// One request on its way to a route: who asks, in which language, with what.
public struct Visit: Sendable {
    /// The route's path, with its `{names}`.
    public let route: String
    /// The host and port that the caller asked for.
    public let authority: String
    /// GET, POST …
    public let method: HTTPRequest.Method
    /// The path without the query.
    public let path: String
    /// The query as it came.
    public let queryText: String
    /// The query, decoded; of a repeated name the last value stays.
    public let query: [String: String]
    /// What the path's `{names}` stand for.
    public let parameters: [String: String]
    /// The headers.
    public let headers: HTTPFields
    /// The body, within the route's limit.
    public let body: [UInt8]
    /// Who asks.
    public let caller: Caller
    /// The network address the request came from, as throttles count it: behind trusted proxies the one they name, and
    /// of an IPv6 address the /64 that one connection has.
    public let address: String
    /// The session's secret against forged forms; empty without a session.
    public let csrf: String
    /// The language of the answer.
    public let language: Language
    /// The house.
    public let spine: Spine
    /// The rooms' pages and words.
    public let pages: Pages

    /// On whose behalf tables may be read.
    /// - Throws: ``Refusal`` where the caller stands for no one.
    public var tenant: Tenant {
        get throws {
            do throws(AccessError) {
                return try caller.tenant
            } catch {
                throw Refusal(error)
            }
        }
    }

    /// Whether whoever asks may see what belongs to a scope: what is public everybody may, and people what is theirs. A
    /// program must carry the scope `read` for more than what is public.
    public func sees(_ scope: Scope) -> Bool {
        if scope == .everyone { return true }
        if case .token = caller.identity, !caller.carries("read") { return false }
        if let person = caller.person, scope == .person(person) { return true }
        return (try? caller.tenant)?.sees(scope) ?? false
    }

    /// Who did something, as programs read it. Of what is everybody's the people's identifiers are told to the zone alone: by
    /// them a stranger would know what else the same person did.
    func authorText(_ event: Event) -> String {
        guard case .person = event.author, event.author != caller.author, event.scope == .everyone else {
            return event.author.text
        }
        if let tenant = try? caller.tenant, tenant.firm == nil { return event.author.text }
        return "person"
    }

    /// The address people reach this house by, as links on paper name it.
    public let site: String
    /// The release.
    public var version = ""

    /// Now.
    public var now: Timestamp { spine.district.clock() }

    /// The body as a submitted web form; of a repeated name the last value stays.
    public var form: [String: String] {
        multipart?.fields ?? Self.pairs(String(decoding: body, as: UTF8.self))
    }

    /// The body as a form with files, where it is one.
    public var multipart: Multipart? { headers[.contentType].flatMap { Multipart(body, contentType: $0) } }

    /// The body as JSON.
    /// - Throws: ``Refusal`` naming the place where it is none.
    public func json() throws -> JSON {
        do throws(JSONError) {
            return try JSON(parsing: body)
        } catch {
            throw Refusal(
                .invalid, "json.invalid", Words("JSON 형식이 올바르지 않습니다.", "This is not valid JSON."),
                faults: [.init(field: "body", rule: "json", words: Words("\(error)", "\(error)"))])
        }
    }

    /// Writes down that the caller looked at something of someone's.
    public func look(at scope: Scope, _ object: String) async throws {
        let look = Look(
            time: now, author: caller.author, scope: scope, route: "\(method.rawValue) \(route)", object: object)
        try await spine.district.store.write { try AuditOfLooks.append([look], in: $0) }
    }

    /// What the caller should see under a key of the page's words.
    public func word(_ key: String) -> String { pages.wording[key]?[language] ?? key }

    /// What a type of event is called: the words of `event_` and the type, else the type itself.
    public func eventName(_ type: String) -> String {
        pages.wording["event_" + type.replacing(".", with: "_").replacing("-", with: "_")]?[language] ?? type
    }

    /// Who did something, in a word; people stay unnamed where only their number is known.
    public func authorName(_ author: Author) -> String {
        switch author {
        case .person(let id): id == caller.person ? caller.name ?? word("author_person") : word("author_person")
        case .machine(let name): "\(word("author_machine")) \(name)"
        case .model(let name): "\(word("author_model")) \(name)"
        case .rule(let name): "\(word("author_rule")) \(name)"
        // Nobody known, and somebody whom only the vault knows: neither is a part of the house.
        case .system("anonymous"): word("author_anonymous")
        case .system("confidential"): word("author_confidential")
        case .system(let name): "\(word("author_system")) \(name)"
        }
    }

    /// `a=1&b=2` decoded.
    static func pairs(_ text: String) -> [String: String] {
        var pairs: [String: String] = [:]
        for part in text.split(separator: "&").prefix(1000) {
            let halves = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = decoded(halves[0]), let value = decoded(halves.count > 1 ? halves[1] : "") else {
                continue
            }
            pairs[name] = value
        }
        return pairs
    }

    private static func decoded(_ text: Substring) -> String? {
        text.replacing("+", with: " ").removingPercentEncoding
    }
}
