extension PabulibFile {
    /// The file as text: what was read comes out again, money with as many places as it had.
    /// - Parameter chosen: places of the projects that are paid for; where given, a column `selected` says so.
    func text(chosen: Set<Int>? = nil) -> String {
        var lines = ["META", "key;value"]
        lines += meta.map { "\($0.key);\(Self.quoted($0.value))" }
        lines += ["PROJECTS", "project_id;cost;name" + (chosen == nil ? "" : ";selected")]
        lines += projects.enumerated().map { place, project in
            "\(Self.quoted(project.id));\(money(project.cost));\(Self.quoted(project.name))"
                + (chosen.map { $0.contains(place) ? ";1" : ";0" } ?? "")
        }
        let hasPoints = voteType == .cumulative || voteType == .scoring
        lines += ["VOTES", "voter_id;vote" + (hasPoints ? ";points" : "")]
        for (voter, ballot) in votes {
            let choices = voteType == .ordinal ? ballot.choices.sorted { $0.points > $1.points } : ballot.choices
            let names = choices.map { projects[$0.project].id }.joined(separator: ",")
            // An empty ballot has no cell of points: an empty one is no number to other readers of the format.
            let given = ";" + choices.map { "\($0.points)" }.joined(separator: ",")
            let points = hasPoints && !choices.isEmpty ? given : ""
            lines.append("\(Self.quoted(voter));\(names)\(points)")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func money(_ sum: Int) -> String {
        guard scale == 100 else { return "\(sum)" }
        let part = sum % 100
        return "\(sum / 100).\(part < 10 ? "0" : "")\(part)"
    }

    /// In quotation marks where it must be.
    private static func quoted(_ text: String) -> String {
        guard text.contains(where: { $0 == ";" || $0 == "\"" || $0.isNewline }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"").replacing("\n", with: " ").replacing("\r", with: " ") + "\""
    }
}
