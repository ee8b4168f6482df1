import Access
import District
import Record
import Store

/// A working group is formed, with who leads it.
struct FormGroup {
    static let name = "alliance.group.form"
    let fields: GroupFields

    var command: Command {
        Command(
            Form(
                Self.name, title: Words("분과 구성", "Form a working group"),
                help: Words(
                    "산업계·학계·연구기관·공공이 함께하는 분과를 구성하고 위원장을 지정합니다. 분과의 이름과 목적은 공개됩니다.",
                    "A group of industry, academia, research and government, with its chair. Its title and purpose are public."
                ),
                fields: [
                    Field("title", Words("이름", "Name"), .text(maximum: 80)),
                    Field("title_en", Words("이름(영어)", "Name in English"), .text(maximum: 80), required: false),
                    Field("field", Words("산업 분야", "Field of industry"), .choice(fields.choices)),
                    Field("purpose", Words("목적", "Purpose"), .longText(maximum: 1000)),
                    Field(
                        "purpose_en", Words("목적(영어)", "Purpose in English"), .longText(maximum: 1000),
                        required: false),
                    Field(
                        "opportunity", Words("다루는 기회", "Opportunity it works on"),
                        .reference(kind: "group-opportunity", source: "\(GroupAsk.choices)/opportunity"),
                        required: false,
                        help: Words("산업 전환에서 연 기회가 있으면 고릅니다.", "One that Transition has opened, where there is one.")),
                ] + MemberForm.fields(Words("위원장", "Chair")),
                permission: .roles([.zoneOfficer]).orToken("command:\(Self.name)"), surfaces: GroupAsk.surfaces,
                after: "/alliance/groups/{it}")
        ) { ask, tables in
            var opportunity: String?
            let named = ask.values.text("opportunity")
            if !named.isEmpty {
                guard let found = try GroupOpportunities.find(named, for: try ask.tenant, in: tables) else {
                    throw Refusal(
                        .invalid, of: "opportunity", "unknown", Words("그런 기회가 없습니다.", "There is no such opportunity."))
                }
                opportunity = found.id
            }
            let id = Identifier(at: ask.now).description
            let chair = try MemberForm.member(of: id, [], ask, tables)
            return [
                GroupEvents.form(
                    id, title: ask.values.words("title"), field: ask.values.text("field"),
                    purpose: ask.values.words("purpose"), opportunity: opportunity, on: KoreanDay(ask.now)),
                GroupEvents.join(chair), GroupEvents.chair(id, chair.id),
            ]
        }
    }
}

/// A member as forms ask for one: a person of the house, or somebody from outside by name.
enum MemberForm {
    static func fields(_ heading: Words) -> [Field] {
        [
            Field("sector", Words("구분", "Sector"), .choice(GroupSector.choices), group: heading),
            Field("organisation", Words("소속", "Organisation"), .text(maximum: 80), group: heading),
            Field(
                "person", Words("이 플랫폼의 사용자", "Person of this platform"), .reference(kind: "person", source: nil),
                required: false,
                help: Words("로그인해서 이정표를 맡을 사람이면 고릅니다.", "Somebody who signs in here and may own milestones."),
                group: heading),
            Field(
                "name", Words("이름(외부 인사)", "Name (from outside)"), .text(maximum: 60), required: false,
                help: Words(
                    "사용자를 고르지 않았을 때 적습니다. 따로 보관하며 지울 수 있습니다.",
                    "Where no person was chosen. It is kept apart and can be erased."),
                group: heading, isPersonal: true),
        ]
    }

    /// The member that a form describes; who is in the group already is refused.
    static func member(
        of group: String, _ members: [GroupMember], _ ask: Ask, _ tables: any Reader
    ) throws -> GroupMember {
        let (person, name) = (ask.values.text("person"), ask.values.text("name"))
        guard person.isEmpty != name.isEmpty else {
            throw Refusal(
                .invalid, of: "person", "one",
                Words("사용자를 고르거나 이름을 적어 주세요. 둘 중 하나만 씁니다.", "Choose a person or give a name: one of the two."))
        }
        if !person.isEmpty {
            guard try Directory.person(PersonID(person), for: try ask.tenant, in: tables)?.active == true else {
                throw Refusal(.invalid, of: "person", "unknown", Words("그런 사용자가 없습니다.", "There is no such person."))
            }
            guard !members.contains(where: { $0.isActive && $0.person?.rawValue == person }) else {
                throw Refusal(
                    .conflict, of: "person", "member", Words("이미 이 분과의 구성원입니다.", "They are in this group already."))
            }
        }
        return GroupMember(
            id: Identifier(at: ask.now).description, group: group,
            sector: GroupSector(rawValue: ask.values.text("sector")) ?? .industry,
            organisation: ask.values.text("organisation"), person: person.isEmpty ? nil : PersonID(person),
            name: name.isEmpty ? nil : name, isActive: true)
    }
}
