import Access
import District
import Record

/// A person has looked at what was flagged, and says what they found; the test begins anew.
enum ResolveFlag {
    static let command = Command(
        Form(
            "stewardship.watch.resolve", title: Words("표시 해결", "Resolve a flag"),
            help: Words(
                "무엇을 확인했고 어떻게 했는지 남깁니다. 같은 일이 다시 보이면 새로 표시됩니다.",
                "Says what was found and done. If it is seen again a new flag is raised."),
            fields: [
                Field("flag", Words("표시", "Flag"), .reference(kind: "ai-flag", source: nil)),
                Field(
                    "outcome", Words("확인한 결과", "What was found"),
                    .choice(WatchFlag.Outcome.allCases.map { Field.Choice($0.rawValue, $0.words) })),
                Field(
                    "note", Words("확인한 내용과 조치", "What was done"), .longText(maximum: 1000), isPersonal: true),
            ],
            permission: .roles([.zoneOfficer]).orToken("command:stewardship.watch.resolve"))
    ) { ask, tables in
        guard let flag = try WatchTable.find(ask.values.text("flag"), in: tables) else {
            throw Self.refusal(.notFound, "unknown", Words("그런 표시가 없습니다.", "There is no such flag."))
        }
        guard flag.resolved == nil else {
            throw Self.refusal(.conflict, "resolved", Words("이미 해결된 표시입니다.", "This flag was resolved already."))
        }
        let note = PersonalContent(
            of: ask.caller.person ?? PersonID("flag-\(flag.id)"), .string(ask.values.text("note")))
        return [
            Draft(
                WatchFlag.resolved, stream: "watch-flag/\(flag.id)", scope: .zone,
                payload: [
                    "flag": .string(flag.id), "use": .string(flag.use),
                    "outcome": .string(ask.values.text("outcome")),
                ], personal: ["note": note], expectedVersion: 1)
        ]
    }

    private static func refusal(_ kind: Refusal.Kind, _ rule: String, _ words: Words) -> Refusal {
        Refusal(kind, "watch.\(rule)", of: "flag", rule, words)
    }
}
