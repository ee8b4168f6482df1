import District
import Record
import Web

extension UseNow {
    /// What exports are filled from: every field by its key, and what the house knows.
    func values(_ language: Language, rules: TierRules, site: String) -> [String: String] {
        var values: [String: String] = [:]
        for field in RegisterField.all where !field.key.hasSuffix("_en") {
            values[field.key] = field.shown(entry.text(field.key, language), language)
        }
        // Who owns it is a person; the department answers to the public.
        values["owner"] = nil
        let website = entry.fields["website"] ?? ""
        values["url"] = website.isEmpty ? "\(site)/ai#use-\(entry.id)" : website
        values["id"] = entry.id
        values["none"] = ""
        values["state"] = entry.state.rawValue
        values["phase"] = (isProvisional ? PermitBasis.provisional.words : entry.state.words)[language]
        values["standing"] = standingWords[language]
        values["tier"] = entry.tier?.words[language] ?? ""
        values["lang"] = language.rawValue
        values["standard_version"] = "1.0"
        values["entered"] = Self.day(entry.entered)
        values["changed"] = Self.day(entry.changed)
        values["ended"] = entry.retired.map(Self.day) ?? ""
        values["until"] = entry.permit.map { Self.day($0.until) } ?? ""
        values["review"] = entry.review.map(Self.day) ?? ""
        values["acts"] = acts.map { "\($0.ever)" } ?? ""
        values["incidents"] = "\(incidents.all)"
        values["assessments"] = AssessmentKind.allCases.compactMap { kind in
            entry.assessments[kind].map {
                "\(kind.words[language]): \($0.outcome.words[language]) (\(Self.day($0.at))) \($0.summary)"
            }
        }.joined(separator: "\n")
        let measures = AssessmentKind.allCases.compactMap { entry.assessments[$0]?.measures }.filter { !$0.isEmpty }
        let reasons = (entry.triage?.reasons ?? []).compactMap { rules.rule($0)?.words[language] }
        values["risks"] = (reasons + measures).joined(separator: "\n")
        values["tests"] = entry.currentTests.map { "\($0.group): \($0.right)/\($0.cases)" }.joined(separator: "\n")
        values["provider"] = Self.joined([values["supplier"], values["department"], values["contact"]])
        values["trade_name"] = Self.joined([values["name"], entry.id, values["version"]])
        values["logic"] = Self.joined([values["data"], values["model"]])
        // The words of Annex VIII point 7 and of the Dutch register.
        values["status_eu"] =
            entry.retired != nil ? "no longer in service" : standing == .runs ? "in service" : "not in service"
        values["status_nl"] =
            entry.retired != nil ? "Buiten gebruik" : standing == .runs ? "In gebruik" : "In ontwikkeling"
        values["category_nl"] =
            switch entry.tier {
            case .high, .prohibited: "Hoog-risico AI-systeem"
            case .limited: "Impactvolle algoritmes"
            case .minimal: "Overige algoritmes"
            // Nobody has judged it: that is not the lowest category.
            case nil: ""
            }
        return values
    }

    /// Everything, for programs that want no other register's shape.
    func json(_ language: Language, rules: TierRules, site: String) -> JSON {
        var members = values(language, rules: rules, site: site).filter { $0.key != "none" }.mapValues {
            JSON.string($0)
        }
        members["provisional"] = .bool(isProvisional)
        members["runs"] = .bool(standing == .runs)
        members["signed"] = .string(entry.signed)
        members["hash"] = .string(entry.running)
        members["verdicts"] = .object(
            Dictionary(uniqueKeysWithValues: verdicts.map { ($0.key.rawValue, .decimal($0.value)) }))
        return .object(members)
    }

    /// The Korean day of a moment.
    static func day(_ moment: Timestamp) -> String { String(moment.civil(offsetSeconds: 32_400).text.prefix(10)) }

    private static func joined(_ parts: [String?]) -> String {
        parts.compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: ", ")
    }
}
