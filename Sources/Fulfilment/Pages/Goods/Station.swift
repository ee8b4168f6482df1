import Access
import District
import HTTPTypes
import Record
import Store
import Web

/// A station of the floor as its template takes it: one input with focus for a wedge scanner, one action, big type.
struct Station {
    let visit: Visit
    private(set) var context: [String: JSON]
    private var groups: [JSON] = []
    private var links: [JSON] = []

    /// The stations, in the order of the flow.
    private static let tabs = [
        "receive", "check", "putaway", "count", "replenish", "slotting", "carry", "work", "stock",
    ]

    init(_ visit: Visit, _ tab: String, error: Refusal? = nil) {
        self.visit = visit
        context = [
            "tabs": .array(
                Self.tabs.map { name in
                    var members: [String: JSON] = [
                        "href": .string("/fulfilment/\(name)"), "label": .string(visit.word("floor_tab_\(name)")),
                    ]
                    if name == tab { members["current"] = true }
                    return .object(members)
                })
        ]
        if let error {
            context["errors"] = [
                "refused": .string(visit.word("form_refused")),
                "items": [["text": .string(error.words[visit.language])]],
            ]
        }
    }

    /// What is to be scanned next; it comes back as `scan` in the address.
    mutating func scan(_ action: String, _ label: String, hint: String? = nil, hidden: [(String, String)] = []) {
        var members: [String: JSON] = [
            "action": .string(action), "label": .string(visit.word(label)), "hidden": Show.hidden(hidden),
        ]
        if let hint { members["hint"] = .string(visit.word(hint)) }
        context["scan"] = .object(members)
    }

    mutating func lead(_ text: String) { context["lead"] = .string(text) }

    mutating func card(_ head: String, sub: String? = nil, badge: JSON? = nil, _ facts: [(String, String)]) {
        var members: [String: JSON] = ["head": .string(head), "facts": Self.facts(facts, visit)]
        if let sub { members["sub"] = .string(sub) }
        if let badge { members["badge"] = badge }
        context["card"] = .object(members)
    }

    /// Facts with labels out of the words.
    static func facts(_ facts: [(String, String)], _ visit: Visit) -> JSON {
        .array(facts.map { ["label": .string(visit.word($0.0)), "value": .string($0.1)] })
    }

    /// A field of the station's form.
    struct Input {
        let name: String
        let label: String
        var type = "text"
        var value = ""
        var hint: String?
        var isRequired = false
        var hasFocus = false
    }

    /// Asks how much is carried where: the worker scans the place that it is put in.
    mutating func carry(_ action: String, hidden: [(String, String)], _ quantity: some BinaryInteger, submit: String) {
        form(
            action, hidden: hidden,
            [
                .init(
                    name: "quantity", label: "floor_quantity", type: "number", value: "\(quantity)", isRequired: true),
                .init(
                    name: "place", label: "floor_scan_place", hint: "floor_scan_place_hint", isRequired: true,
                    hasFocus: true),
            ], submit: submit)
    }

    mutating func form(_ action: String, hidden: [(String, String)], _ inputs: [Input], submit: String) {
        context["form"] = [
            "action": .string(action),
            "hidden": Show.hidden(hidden + [("key", Identifier(at: visit.now).description)]),
            "submit": .string(visit.word(submit)),
            "inputs": .array(
                inputs.map { input in
                    var members: [String: JSON] = [
                        "id": .string("f-\(input.name)"), "name": .string(input.name),
                        "label": .string(visit.word(input.label)), "type": .string(input.type),
                    ]
                    if !input.value.isEmpty { members["value"] = .string(input.value) }
                    if let hint = input.hint { members["hint"] = .string(visit.word(hint)) }
                    if input.type == "number" { members["mode"] = "numeric" }
                    if input.isRequired { members["required"] = true }
                    if input.hasFocus { members["focus"] = true }
                    if ["place", "lot"].contains(input.name) { members["scan"] = true }
                    return .object(members)
                }),
        ]
    }

    /// A box in the form to be ticked by whoever was asked to look again.
    mutating func tick(_ name: String, _ label: String) {
        guard case .object(var form) = context["form"] else { return }
        form["tick"] = ["name": .string(name), "label": .string(visit.word(label))]
        context["form"] = .object(form)
    }

    /// A button of its own; below what is listed, where that is to be read first.
    mutating func finish(
        _ action: String, hidden: [(String, String)], submit: String, isBelow: Bool = false
    ) {
        context[isBelow ? "below" : "finish"] = [
            "action": .string(action), "submit": .string(visit.word(submit)),
            "hidden": Show.hidden(hidden + [("key", Identifier(at: visit.now).description)]),
        ]
    }

    mutating func group(_ head: String, _ rows: [JSON], empty: String) {
        groups.append([
            "head": .string(visit.word(head)), "rows": .array(rows), "empty": .string(visit.word(empty)),
        ])
    }

    static func row(_ title: String, sub: String? = nil, href: String? = nil, badge: JSON? = nil) -> JSON {
        var members: [String: JSON] = ["title": .string(title)]
        if let sub { members["sub"] = .string(sub) }
        if let href { members["href"] = .string(href) }
        if let badge { members["badge"] = badge }
        return .object(members)
    }

    mutating func link(_ href: String, _ label: String) {
        links.append(["href": .string(href), "label": .string(visit.word(label))])
    }

    mutating func put(_ key: String, _ value: JSON) { context[key] = value }

    func page(_ title: String) -> Reply {
        var members = context
        members["groups"] = .array(groups)
        members["links"] = .array(links)
        return .page(
            "floor-station", title: visit.word(title), .object(members),
            status: context["errors"] == nil ? .ok : .unprocessableContent)
    }

    // MARK: - Shared by the stations

    /// The centre that is looked at: the one in the address, else the first there is.
    static func centre(_ visit: Visit, _ reader: any Reader) throws -> String? {
        let centres = try PlaceTable.centres(for: visit.tenant, in: reader)
        return visit.query["centre"].flatMap { centres.contains($0) ? $0 : nil } ?? centres.first
    }

    /// Does what a station's form asks for.
    /// - Returns: the refusal to show on the same page; nil where it is done.
    static func perform(_ command: String, _ fields: [String], _ visit: Visit, more: [String: JSON] = [:]) async throws
        -> Refusal?
    {
        let form = visit.form
        var values = more
        for field in fields {
            if let text = form[field], !text.isEmpty { values[field] = .string(text) }
        }
        do {
            _ = try await visit.spine.district.perform(
                command, values, by: visit.caller, key: form["key"], confirmed: true)
            return nil
        } catch let refusal as Refusal where refusal.kind != .unauthenticated {
            return refusal.faults.count == 1 ? Refusal(refusal.kind, refusal.code, refusal.faults[0].words) : refusal
        }
    }

    /// An address with a query.
    static func address(_ path: String, _ query: [(String, String)]) -> String {
        let parts = query.filter { !$0.1.isEmpty }.map { "\($0.0)=\(Table.encoded($0.1))" }
        return parts.isEmpty ? path : path + "?" + parts.joined(separator: "&")
    }

    /// The last day on which goods may be used.
    static func day(_ expiry: Timestamp?) -> String? {
        expiry.map { KoreanDay($0.advanced(bySeconds: -1)).description }
    }

    static func badge(_ status: StockStatus, _ visit: Visit) -> JSON {
        let kind =
            switch status {
            case .available: "ok"
            case .quarantine: "warn"
            case .damaged, .expired: "danger"
            case .returned, .aside: "info"
            }
        return Show.badge(kind, visit.word("floor_status_\(status.rawValue)"))
    }
}
