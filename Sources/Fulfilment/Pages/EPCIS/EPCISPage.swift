import Access
import District
import HTTPTypes
import Record
import Store
import Web

/// The page of EPCIS: events with filters, one event in words, capture by a file, export.
struct EPCISPage {
    let settings: EPCISSettings
    private static let readers = Permission.roles(EPCISCalls.Right.readers)
    private static let writers = Permission.roles(EPCISCalls.Right.writers)
    private static let path = "/fulfilment/epcis"

    /// How many events one file holds at most.
    private static let mostExported = 1000

    var routes: [Web.Route] {
        [
            .get(Self.path, Self.readers) { try await list($0) },
            .get("\(Self.path)/export", Self.readers) { try await export($0) },
            .post("\(Self.path)/capture", Self.writers, bodyLimit: EPCISDocument.largest + 64 * 1024) { visit in
                try await capture(visit)
            },
            .get("\(Self.path)/captures/{capture}", Self.readers) { try await captured($0) },
            .get("\(Self.path)/events/{event}", Self.readers) { try await one($0) },
        ]
    }

    // MARK: - The list

    /// The filters of the page: the parameters of the standard's query, by the names they have there.
    private static let filters: [(name: String, key: String)] = [
        ("MATCH_anyEPC", "epcis_epc"), ("MATCH_anyEPCClass", "epcis_class"), ("EQ_readPoint", "epcis_read_point"),
        ("EQ_bizTransaction", "epcis_paper"), ("EQ_eventID", "epcis_id"),
    ]

    /// The filters that are chosen out of the vocabulary, in the words of whoever asks.
    private static let chosen: [(name: String, key: String, words: Set<String>, prefix: String)] = [
        ("EQ_bizStep", "epcis_step", CBV.bizSteps, "epcis_step_"),
        ("EQ_disposition", "epcis_disposition", CBV.dispositions, "epcis_state_"),
    ]

    private static func choices(_ visit: Visit) -> JSON {
        .array(
            chosen.map { name, key, words, prefix in
                let options = words.map { word -> (String, String) in
                    let said = visit.word(prefix + word)
                    return (word, said == prefix + word ? word : said)
                }
                return [
                    "name": .string(name), "label": .string(visit.word(key)),
                    "options": .array(
                        options.sorted { ($0.1, $0.0) < ($1.1, $1.0) }.map { word, label in
                            [
                                "value": .string(word), "label": .string(label),
                                "selected": .bool(visit.query[name] == word),
                            ]
                        }),
                ]
            })
    }

    /// The question with what is looked for by its code, bar code or identifier.
    private func query(_ visit: Visit, in reader: any Reader) throws -> EPCISQuery {
        let question = query(visit).query
        guard let look = EPCISLook(visit.query["what"] ?? "") else { return question }
        switch look {
        case .identifier(let identifier): return question.about(identifier)
        case .item(let said, let lot):
            let tenant = try visit.tenant
            // A name may hold a blank: all of it is tried before a lot is read out of it.
            let whole = lot.isEmpty ? nil : try ItemTable.meant("\(said) \(lot)", for: tenant, in: reader)
            guard let item = try whole ?? ItemTable.meant(said, for: tenant, in: reader) else {
                return question.about(said)
            }
            let names = EPCISNames(
                base: settings.base, firm: tenant.firm?.rawValue ?? "",
                goods: [item.code: .init(gtin: item.gtin, unit: item.unit)])
            return question.about(GS1Key.comparable(names.goods(item.code, lot: whole == nil ? lot : "")))
        }
    }

    /// The question that the address asks, and what of it cannot be asked.
    private func query(_ visit: Visit) -> (query: EPCISQuery, wrong: String?) {
        let latest = [(name: "orderBy", value: "eventTime"), (name: "orderDirection", value: "DESC")]
        var pairs = latest
        for name in Self.filters.map(\.name) + Self.chosen.map(\.name) + ["eventType"] {
            let value = (visit.query[name] ?? "").trimmingSpaces
            if !value.isEmpty { pairs.append((name, value)) }
        }
        for (name, parameter) in [("from", "GE_eventTime"), ("to", "LT_eventTime")] {
            // A day, or a minute of it, as people mean it: in Korea, and the last one whole.
            guard let said = visit.query[name], !said.isEmpty else { continue }
            let isDay = !said.contains("T")
            guard let begin = Timestamp(iso8601: isDay ? "\(said)T00:00:00+09:00" : "\(said):00+09:00") else {
                continue
            }
            let moment = name == "to" ? begin.advanced(bySeconds: isDay ? 86_400 : 60) : begin
            pairs.append((parameter, moment.description))
        }
        do throws(EPCISQuery.Fault) {
            return (try EPCISQuery(pairs), nil)
        } catch {
            return ((try? EPCISQuery(latest)) ?? EPCISQuery(), error.words[visit.language])
        }
    }

    private func list(_ visit: Visit) async throws -> Reply {
        let tenant = try visit.tenant
        let wrong = query(visit).wrong
        let place = visit.query["after"].flatMap { EPCISPlace($0) }
        let (page, captures) = try await visit.spine.district.store.read { reader in
            (
                try EPCISTable.page(try query(visit, in: reader), size: 50, after: place, for: tenant, in: reader),
                try EPCISDesk.captures(before: nil, limit: 5, for: tenant, in: reader)
            )
        }
        let kept = visit.queryText.split(separator: "&").filter { !$0.hasPrefix("after=") }.joined(separator: "&")
        let next = page.next.map { "\(Self.path)?\(kept.isEmpty ? "" : kept + "&")after=\(Table.encoded($0.token))" }
        var context: [String: JSON] = [
            "events": .array(page.events.map { Self.row($0, visit) }),
            "filters": .array(
                Self.filters.map { filter in
                    [
                        "name": .string(filter.name), "label": .string(visit.word(filter.key)),
                        "value": .string(visit.query[filter.name] ?? ""),
                    ]
                }),
            "any_filter": .bool(Self.filters.contains { !(visit.query[$0.name] ?? "").isEmpty }),
            "types": .array(
                EPCISEvent.Kind.allCases.map { kind in
                    [
                        "value": .string(kind.rawValue), "label": .string(visit.word("epcis_type_\(kind.rawValue)")),
                        "selected": .bool(visit.query["eventType"] == kind.rawValue),
                    ]
                }),
            "choices": Self.choices(visit), "what": .string(visit.query["what"] ?? ""),
            "from": .string(visit.query["from"] ?? ""), "to": .string(visit.query["to"] ?? ""),
            "export_href": .string("\(Self.path)/export" + (kept.isEmpty ? "" : "?\(kept)")),
            "captures": .array(
                captures.map { capture in
                    [
                        "href": .string("\(Self.path)/captures/\(capture.id)"),
                        "at": Show.time(capture.created, visit.language),
                        "text": .string("\(Show.count(capture.captured)) / \(Show.count(capture.many))"),
                        "bad": .bool(!capture.errors.isEmpty),
                    ]
                }),
        ]
        if let next { context["next_href"] = .string(next) }
        if let wrong { context["errors"] = Self.errors([wrong]) }
        if Self.writers.allows(visit.caller) { context["capture"] = ["action": .string("\(Self.path)/capture")] }
        return .page("epcis", title: visit.word("epcis_title"), .object(context), live: place == nil)
    }

    private static func errors(_ texts: [String]) -> JSON {
        ["items": .array(texts.map { ["text": .string($0)] })]
    }

    private static func row(_ kept: EPCISKept, _ visit: Visit) -> JSON {
        let words = EPCISWords(visit: visit)
        guard let event = try? EPCISEvent(kept.json) else { return .null }
        return [
            "href": .string("\(path)/events/\(kept.id)"), "at": Show.time(kept.eventTime, visit.language),
            "title": .string(words.title(event)), "what": .string(words.what(event)),
            "where": .string(words.place(event.readPoint ?? event.bizLocation)),
            "captured": .bool(kept.isCaptured), "declared": .bool(event.declaration != nil),
        ]
    }

    private func export(_ visit: Visit) async throws -> Reply {
        let tenant = try visit.tenant
        let page = try await visit.spine.district.store.read {
            try EPCISTable.page(try query(visit, in: $0), size: Self.mostExported, for: tenant, in: $0)
        }
        let document = EPCISDocument.document(page.events.reversed().map(\.json), created: visit.now)
        return .bytes(document.canonical, type: "application/ld+json", download: "epcis.jsonld")
    }

    // MARK: - One event

    private func one(_ visit: Visit) async throws -> Reply {
        let (tenant, id) = (try visit.tenant, visit.parameters["event"] ?? "")
        let found = try await visit.spine.district.store.read { try EPCISTable.find(id, for: tenant, in: $0) }
        guard let found else {
            throw Refusal(.notFound, "epcis.event", Words("그런 이벤트가 없습니다.", "There is no such event."))
        }
        let event = try EPCISEvent(found.json)
        let words = EPCISWords(visit: visit)
        return .page(
            "epcis-event", title: words.title(event),
            [
                "facts": .array(
                    words.facts(event).map { ["label": .string(visit.word($0.0)), "text": .string($0.1)] }),
                "captured": .bool(found.isCaptured), "at": Show.time(found.eventTime, visit.language),
                "recorded": Show.time(found.recordTime, visit.language), "hash": .string(EPCISHash.id(of: event)),
                "json": .string(EPCISWords.pretty(found.json)), "trace_href": .string("/trace/\(found.record)"),
                "back_href": .string(Self.path),
            ])
    }

    // MARK: - Capture

    private func capture(_ visit: Visit) async throws -> Reply {
        let tenant = try visit.tenant
        guard let file = visit.multipart?.files["file"], !file.bytes.isEmpty else {
            return .redirect(Self.path, flash: visit.word("epcis_no_file"))
        }
        let document: EPCISDocument
        do throws(EPCISFaults) {
            document = try EPCISDocument(file.bytes)
        } catch {
            return refused(error.faults, visit)
        }
        let behaviour: CaptureEvents.Behaviour = visit.form["proceed"] == "on" ? .proceed : .rollback
        let outcome = try await CaptureEvents(district: visit.spine.district).take(
            document, behaviour, by: visit.caller, scope: EPCISEventRoutes.scope(tenant))
        return .redirect("\(Self.path)/captures/\(outcome.id)")
    }

    private func refused(_ faults: [EPCISFault], _ visit: Visit) -> Reply {
        .page(
            "epcis-capture", title: visit.word("epcis_captured"),
            [
                "back_href": .string(Self.path),
                "errors": Self.errors(faults.map { $0.words[visit.language] }), "count": "0", "captured": "0",
            ], status: .unprocessableContent)
    }

    private func captured(_ visit: Visit) async throws -> Reply {
        let (tenant, id) = (try visit.tenant, visit.parameters["capture"] ?? "")
        let found = try await visit.spine.district.store.read { try EPCISDesk.capture(id, for: tenant, in: $0) }
        guard let found else {
            throw Refusal(.notFound, "epcis.capture", Words("그런 수집 작업이 없습니다.", "There is no such capture."))
        }
        var context: [String: JSON] = [
            "back_href": .string(Self.path), "at": Show.time(found.created, visit.language),
            "count": .string(Show.count(found.many)), "captured": .string(Show.count(found.captured)),
            "rolled": .bool(found.behaviour == "rollback" && !found.errors.isEmpty),
        ]
        if !found.errors.isEmpty {
            context["errors"] = Self.errors(found.errors.compactMap { $0[visit.language.rawValue]?.text })
        }
        return .page("epcis-capture", title: visit.word("epcis_captured"), .object(context))
    }
}

extension String {
    /// Without blanks at its ends.
    fileprivate var trimmingSpaces: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
