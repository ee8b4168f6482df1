import Access
import District
import Record
import Store
import Twin

/// What options of a vote would make a rule of, as the form that sets the vote up asks for it.
enum OptionEffects {
    /// The sites and areas where robots drive: the room that moves them names them.
    static let kind = "robot-area"

    /// What the form asks of each option.
    static let fields: [Field] = [
        Field(
            "effect", Words("뽑히면 정해지는 로봇 규칙", "Rule for robots if chosen"),
            .choice([
                .init(RuleAdopted.Kind.speedLimit.rawValue, Words("속도 제한", "Speed limit")),
                .init(RuleAdopted.Kind.noDriving.rawValue, Words("통행 금지", "No driving")),
            ]), required: false,
            help: Words(
                "비우면 로봇 규칙이 아닙니다. 정하면 뽑힌 뒤 로봇 지도에 바로 적용됩니다.",
                "Left out: no rule for robots. Else it holds on the robots' map once it is chosen.")),
        Field(
            "place", Words("로봇 규칙을 적용할 곳", "Where the rule holds"),
            .reference(kind: kind, source: "/api/v1/robots/areas/choices"), required: false),
        Field(
            "speed", Words("로봇 최고 속도", "Top speed of robots"), .number(RuleEffect.speeds, unit: "m/s"),
            required: false),
        Field(
            "place_name", Words("투표지에 보일 장소 이름", "The place as the ballot names it"), .text(maximum: 60),
            required: false,
            help: Words("현장 전체이면 비워도 됩니다.", "May be left out for a whole site.")),
    ]

    /// The effects of the options, in their order, with a fault for each field that breaks a rule.
    static func read(
        _ ask: Ask, in tables: any Reader
    ) throws -> (effects: [RuleEffect?], faults: [Refusal.Fault]) {
        var faults: [Refusal.Fault] = []
        var effects: [RuleEffect?] = []
        for (row, entry) in (ask.values["options"]?.elements ?? []).enumerated() {
            do throws(Wrong) {
                effects.append(try effect(entry, name: siteName(entry, ask, tables)))
            } catch {
                faults.append(.init(field: "options[\(row)].\(error.field)", rule: error.rule, words: error.words))
                effects.append(nil)
            }
        }
        if choosesSeveral(ask), let row = twice(effects) {
            faults.append(
                .init(
                    field: "options[\(row)].place", rule: "same-place",
                    words: Words(
                        "여럿을 뽑는 투표에서는 한 곳에 규칙을 하나만 걸 수 있습니다.",
                        "Where several options are chosen, only one of them may set a rule for a place.")))
        }
        return (effects, faults)
    }

    /// What a field of an option lacks.
    private struct Wrong: Error {
        let field: String, rule: String, words: Words
        init(_ field: String, _ rule: String, _ ko: String, _ en: String) {
            (self.field, self.rule, words) = (field, rule, Words(ko, en))
        }
    }

    private static func effect(_ entry: JSON, name: Words?) throws(Wrong) -> RuleEffect? {
        let (place, speed) = (entry["place"]?.text ?? "", entry["speed"]?.double)
        guard let kind = entry["effect"]?.text.flatMap({ RuleAdopted.Kind(rawValue: $0) }) else {
            guard place.isEmpty, speed == nil else {
                throw Wrong("effect", "required", "로봇에게 어떤 규칙인지 골라 주세요.", "Please choose which rule it is.")
            }
            return nil
        }
        guard !place.isEmpty else {
            throw Wrong("place", "required", "규칙을 적용할 곳을 골라 주세요.", "Please choose where the rule holds.")
        }
        guard let name else {
            throw Wrong("place", "reference", "그런 로봇 현장이 없습니다.", "There is no such site.")
        }
        let parts = place.split(separator: "/", maxSplits: 1).map(String.init)
        let area = parts.count > 1 ? parts[1] : nil
        let shown = entry["place_name"]?.text ?? ""
        guard area == nil || !shown.isEmpty else {
            throw Wrong(
                "place_name", "required", "시민이 아는 장소 이름을 적어 주세요.", "Please say what citizens call the place.")
        }
        switch kind {
        case .speedLimit:
            guard let speed else {
                throw Wrong("speed", "required", "최고 속도를 입력해 주세요.", "Please fill in the top speed.")
            }
            guard RuleEffect.speeds.contains(speed) else {
                throw Wrong("speed", "range", "초속 0.1~8 m로 정할 수 있습니다.", "It may be 0.1 to 8 m/s.")
            }
        case .noDriving where speed != nil:
            throw Wrong("speed", "none", "통행 금지에는 속도를 적지 않습니다.", "Where nobody drives there is no speed.")
        case .noDriving: break
        }
        return RuleEffect(
            kind: kind, site: parts[0], area: area, place: shown.isEmpty ? name.ko : shown, limit: speed ?? 0)
    }

    /// What the site of an option's place is called; nil where the district has no such thing.
    private static func siteName(_ entry: JSON, _ ask: Ask, _ tables: any Reader) -> Words? {
        guard let place = entry["place"]?.text, let site = place.split(separator: "/").first,
            let tenant = try? ask.tenant
        else { return nil }
        return (try? Things.find(ThingID(String(site)), for: tenant, in: tables))?.name
    }

    private static func choosesSeveral(_ ask: Ask) -> Bool {
        let method = VoteMethod(rawValue: ask.values.text("method")) ?? .approval
        return method.isBudget || (method != .ranked && (ask.values.integer("seats") ?? 1) > 1)
    }

    /// The row of the first effect whose place an earlier one has.
    private static func twice(_ effects: [RuleEffect?]) -> Int? {
        effects.indices.first { row in
            guard let effect = effects[row] else { return false }
            return effects[..<row].contains { $0?.meets(effect) == true }
        }
    }
}
