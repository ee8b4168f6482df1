import Access
import District
import Record
import Store
import Web

/// What somebody has before them who approves: all that the signature is for, read back before it is given.
struct ApprovePage {
    let gaps: UseGaps

    func show(_ visit: Visit) async throws -> Reply {
        let (id, language) = (visit.parameters["use"] ?? "", visit.language)
        guard let use = try await UseNow.find(id, visit.spine.district) else { throw UseAsk.unknown }
        let entry = use.entry
        try UseStep.approve.check(entry.state)
        if let person = visit.caller.person?.rawValue {
            // Nobody reads all of it to learn only then that they may not sign.
            try ApproveUse.checkSigner(person, entry)
            try ApproveUse.checkSecond(person, entry)
        }
        let here = "/stewardship/uses/\(id)"
        let owner = try await visit.spine.district.store.read { reader in
            try entry.fields["owner"].flatMap { try Directory.caller(PersonID($0), in: reader)?.name }
        }
        let failing = gaps.rules.failing(entry)
        var context: [String: JSON] = [
            "action": .string("/do/\(UseStep.approve.command)"), "back_href": .string(here),
            "items": .array(
                items(entry, owner, visit).map { ["label": .string($0.0), "text": .string($0.1)] }),
            "missing": .array(gaps.before(.approve, entry).map { .string($0.words[language]) }),
            "hidden": Show.hidden([
                ("use", id), ("signed", entry.signed), ("next", here),
                ("idempotency", Identifier(at: visit.now).description),
            ]),
        ]
        if !failing.isEmpty {
            context["failing"] = [
                "groups": .string(failing.map { Self.result($0, language) }.joined(separator: ", ")),
                "least": .string("\(gaps.rules.leastRight) %"),
            ]
        }
        return .page("register-approve", title: visit.word("register_approve_title"), .object(context))
    }

    private func items(_ entry: RegisterEntry, _ owner: String?, _ visit: Visit) -> [(String, String)] {
        let language = visit.language
        let named = ["name", "purpose", "version", "model", "supplier", "data", "personal"].compactMap { key in
            RegisterField.named(key).map { field in
                (field.label[language], field.shown(entry.text(key, language), language))
            }
        }
        let tier = (visit.word("register_tier"), entry.tier?.words[language] ?? visit.word("register_no_tier"))
        let assessed = AssessmentKind.allCases.compactMap { kind in
            entry.assessments[kind].map { done in
                let parts = [done.outcome.words[language], done.summary, done.measures].filter { !$0.isEmpty }
                return (kind.words[language], parts.joined(separator: " – "))
            }
        }
        let tests = entry.currentTests.map { Self.result($0, language) }
        let tested = tests.isEmpty ? visit.word("register_no_test") : tests.joined(separator: ", ")
        return named.map { ($0.0, $0.1.isEmpty ? "–" : $0.1) }
            + [(visit.word("register_owner"), owner ?? "–"), tier] + assessed
            + [(visit.word("register_tests"), tested), (visit.word("register_hash"), entry.running)]
    }

    private static func result(_ test: RegisterEntry.SubgroupTest, _ language: Language) -> String {
        let dimension = TestUse.dimensions.first { $0.value == test.dimension }?.label[language] ?? test.dimension
        let percent = Int((Double(test.right) / Double(max(1, test.cases)) * 100).rounded())
        return "\(dimension): \(test.group) \(test.right)/\(test.cases) (\(percent) %)"
    }
}
