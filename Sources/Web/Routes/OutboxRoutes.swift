import Access
import District
import HTTPTypes
import Logging
import Record

/// Where devices hand in what was filled in without a connection, and learn which pages to keep a copy of.
///
/// Who it is and what they may is asked when an item arrives, not when it was filled in. Each item is done, or not, on
/// its own; one that was handed in before, by the same person under the same key, is answered as it was the first time.
struct OutboxRoutes {
    let rooms: [any Room]
    let logger: Logger

    /// The most items handed in at once.
    static let most = 100

    var routes: [Route] {
        [
            .get("/outbox", .signedIn) { visit in
                .page("outbox", title: visit.word("outbox_title"), [:])
            },
            .get("/api/v1/outbox", .signedIn) { visit in
                .json([
                    "person": visit.caller.person.map { .string($0.rawValue) } ?? .null, "csrf": .string(visit.csrf),
                    "now": .string(visit.now.description), "most": .number(Double(Self.most)),
                ])
            },
            .post("/api/v1/outbox", .signedIn, bodyLimit: 4 << 20) { try await take($0) },
            .get("/api/v1/offline/pages", .signedIn) { try await pages($0) },
        ]
    }

    private func pages(_ visit: Visit) async throws -> Reply {
        var pages = [OfflinePage("/outbox", title: visit.word("outbox_title"), tag: "1")]
        for room in rooms { pages += try await room.offlinePages(visit) }
        return .json([
            "person": visit.caller.person.map { .string($0.rawValue) } ?? .null,
            "pages": .array(
                pages.map { page in
                    ["path": .string(page.path), "title": .string(page.title), "tag": .string(page.tag)]
                }),
        ])
    }

    private func take(_ visit: Visit) async throws -> Reply {
        let json = try visit.json()
        guard let sent = json["sent"]?.text.flatMap({ Timestamp(iso8601: $0) }) else { throw Self.broken("sent") }
        guard let elements = json["items"]?.elements else { throw Self.broken("items") }
        guard elements.count <= Self.most else {
            throw Refusal(
                .tooLarge, "outbox.many",
                Words("한 번에 \(Self.most)건까지 보낼 수 있습니다.", "At most \(Self.most) items can be sent at once."))
        }
        // What the device's clock shows beyond ours, as it sends: the same clock that wrote each item's claimed time.
        let skew = (sent.seconds(since: visit.now) * 1000).rounded() / 1000
        var answers = [JSON](repeating: .null, count: elements.count)
        let order = elements.indices.sorted { one, other in
            let (a, b) = (Self.claimed(elements[one]), Self.claimed(elements[other]))
            return (a?.microseconds ?? 0, one) < (b?.microseconds ?? 0, other)
        }
        for index in order { answers[index] = await answer(elements[index], skew: skew, visit) }
        return .json([
            "now": .string(visit.now.description), "skew": .number(skew), "items": .array(answers),
        ])
    }

    /// Does one item. Whatever happens to it, its neighbours are done all the same.
    private func answer(_ item: JSON, skew: Double, _ visit: Visit) async -> JSON {
        let key = item["key"]?.text ?? ""
        var members: [String: JSON] = ["key": .string(key)]
        do {
            let outcome = try await perform(item, key: key, skew: skew, visit)
            members["state"] = outcome.repeated ? "repeated" : "done"
            members["outcome"] = outcome.json
        } catch let refusal as Refusal {
            members["state"] =
                switch refusal.kind {
                case .conflict: "conflict"
                case .unavailable, .tooOften, .unauthenticated: "later"
                default: "refused"
                }
            members["problem"] = refusal.problem(visit.language, instance: visit.path)
        } catch {
            let reference = Identifier(at: visit.now).description.suffix(8)
            logger.error(
                "an item of an outbox failed", metadata: ["reference": "\(reference)", "error": "\(error)"])
            members["state"] = "later"
            members["problem"] = Refusal(
                .unavailable, "unexpected.\(reference)",
                Words(
                    "지금은 처리하지 못했습니다. 잠시 뒤 다시 보냅니다. 문의 번호: \(reference)",
                    "This failed for now and is sent again later. Please quote \(reference) when you ask.")
            ).problem(visit.language, instance: visit.path)
        }
        return .object(members)
    }

    private func perform(_ item: JSON, key: String, skew: Double, _ visit: Visit) async throws -> Outcome {
        guard (16...200).contains(key.utf8.count) else { throw Self.broken("key") }
        guard let command = item["command"]?.text else { throw Self.broken("command") }
        guard let values = item["values"]?.members else { throw Self.broken("values") }
        guard let claimed = Self.claimed(item) else { throw Self.broken("claimed") }
        guard let version = item["form"]?.text, version.utf8.count <= 200 else { throw Self.broken("form") }
        let form = visit.spine.district.forms[command]
        guard let form, form.surfaces.contains(.offline) else {
            throw Refusal(
                .forbidden, form == nil ? "command.unknown" : "command.not-offline",
                Words("연결 없이 작성할 수 없는 업무입니다: \(command)", "This cannot be done without a connection: \(command)"))
        }
        return try await visit.spine.district.perform(
            command, values, by: visit.caller, key: key, confirmed: true,
            offline: Ask.Offline(claimed: claimed, skew: skew, form: version))
    }

    private static func claimed(_ item: JSON) -> Timestamp? {
        item["claimed"]?.text.flatMap { Timestamp(iso8601: $0) }
    }

    private static func broken(_ field: String) -> Refusal {
        Refusal(
            .invalid, "outbox.item",
            Words("보낸 내용의 형식이 맞지 않습니다: \(field)", "What was sent lacks a usable part: \(field)"),
            faults: [
                .init(field: field, rule: "required", words: Words("\(field)이(가) 필요합니다.", "\(field) is needed."))
            ])
    }
}
