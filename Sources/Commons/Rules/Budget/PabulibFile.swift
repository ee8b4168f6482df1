/// Reading and writing of `.pb` files (pabulib.org, “PB format”): text in UTF-8, values by semicolon, three sections META, PROJECTS
/// and VOTES, each with a line of headings.
struct PabulibFile: Sendable {
    /// How a ballot speaks (`vote_type`).
    enum VoteType: String, Sendable, CaseIterable {
        /// Names projects.
        case approval
        /// Names one.
        case chooseOne = "choose-1"
        /// Names projects, the best first.
        case ordinal
        /// Deals out points that have a sum.
        case cumulative
        /// Gives each project points of its own.
        case scoring
    }

    /// What stands in META, in its order; `budget`, `vote_type`, `num_projects` and `num_votes` among it.
    var meta: [(key: String, value: String)]
    var voteType: VoteType
    /// By how much money was multiplied so that it is whole: 1 or 100.
    var scale: Int
    var projects: [BudgetProject]
    var limit: Int
    /// Voters as the file calls them, and their ballots.
    var votes: [(voter: String, ballot: BudgetBallot)]

    /// The vote to be counted.
    var election: BudgetElection { BudgetElection(projects: projects, limit: limit, ballots: votes.map(\.ballot)) }
}

/// Why a `.pb` file cannot be used: the line and the rule that it breaks.
struct PabulibError: Error, Sendable, Hashable {
    enum Rule: String, Sendable {
        /// A section is missing: META, PROJECTS or VOTES.
        case section
        /// A heading that must be there is missing.
        case heading
        /// No number, or one below zero.
        case number
        /// `vote_type` is none that is known.
        case voteType
        /// A project is named twice.
        case twice
        /// A ballot names what is no project, or one project twice.
        case project
        /// Points and projects of a ballot are not as many.
        case points
        /// The line has fewer values than headings that must be there.
        case values
    }

    /// Counted from 1; 0 for the file.
    let line: Int
    let rule: Rule
    /// What stands there, or what is missing; at most 80 letters.
    let what: String

    init(_ line: Int, _ rule: Rule, _ what: some StringProtocol) {
        self.line = line
        self.rule = rule
        self.what = String(what.prefix(80))
    }
}

extension PabulibFile {
    /// Reads a file.
    /// - Parameter most: points of the best of an ordinal ballot: as many as a ballot may name, by `max_length`, else by the longest.
    init(parsing text: String) throws(PabulibError) {
        let sections = try Self.sections(of: text)
        var meta: [(key: String, value: String)] = []
        for row in sections.meta.rows where row.values.count > 1 { meta.append((row.values[0], row.values[1])) }
        func value(_ key: String) -> String? { meta.first { $0.key == key }?.value }
        guard let type = value("vote_type").flatMap({ VoteType(rawValue: $0.lowercased()) }) else {
            throw PabulibError(0, .voteType, value("vote_type") ?? "vote_type")
        }
        let costs = try sections.projects.column("cost")
        let money =
            sections.projects.rows.compactMap { $0.values.count > costs ? $0.values[costs] : nil } + [
                value("budget") ?? ""
            ]
        let scale = money.contains { $0.contains { $0 == "." || $0 == "," } } ? 100 : 1
        guard let limit = Self.money(value("budget") ?? "", scale) else {
            throw PabulibError(0, .number, "budget \(value("budget") ?? "")")
        }
        let projects = try Self.projects(sections.projects, scale)
        (self.meta, voteType, self.scale, self.projects, self.limit) = (meta, type, scale, projects, limit)
        let places = Dictionary(uniqueKeysWithValues: projects.enumerated().map { ($1.id, $0) })
        let rows = try Self.ballots(sections.votes, places)
        let longest = value("max_length").flatMap { Int($0) } ?? rows.map(\.projects.count).max() ?? 0
        votes = []
        for row in rows {
            votes.append((row.voter, try Self.ballot(row, type, longest: longest)))
        }
    }

    private struct Section {
        var line = 0
        var headings: [String] = []
        var rows: [(line: Int, values: [String])] = []

        func column(_ heading: String) throws(PabulibError) -> Int {
            guard let place = headings.firstIndex(of: heading) else { throw PabulibError(line, .heading, heading) }
            return place
        }
    }

    private static func sections(of text: String) throws(PabulibError) -> (
        meta: Section, projects: Section, votes: Section
    ) {
        var (found, current, awaitsHeadings) = ([String: Section](), "", false)
        var line = 0
        for row in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            line += 1
            let values = split(row)
            guard let first = values.first, values.contains(where: { !$0.isEmpty }) else { continue }
            let name = first.trimmingPrefix("\u{FEFF}").uppercased()
            if ["META", "PROJECTS", "VOTES"].contains(name), values.dropFirst().allSatisfy(\.isEmpty) {
                (current, awaitsHeadings) = (name, true)
                found[name] = Section(line: line)
            } else if awaitsHeadings {
                found[current]?.headings = values.map { $0.lowercased() }
                awaitsHeadings = false
            } else {
                found[current]?.rows.append((line, values))
            }
        }
        guard let meta = found["META"] else { throw PabulibError(0, .section, "META") }
        guard let projects = found["PROJECTS"] else { throw PabulibError(0, .section, "PROJECTS") }
        guard let votes = found["VOTES"] else { throw PabulibError(0, .section, "VOTES") }
        return (meta, projects, votes)
    }

    /// Values by semicolon; what stands in quotation marks may hold one, and two marks there are one.
    private static func split(_ row: Substring) -> [String] {
        var (values, value, isQuoted, last) = ([String](), "", false, Character(" "))
        for letter in row {
            switch letter {
            case "\"":
                // The second of two marks within quotation is a letter.
                if !isQuoted, last == "\"", !value.isEmpty { value.append("\"") }
                isQuoted.toggle()
            case ";" where !isQuoted:
                values.append(trimmed(value))
                value = ""
            default: value.append(letter)
            }
            last = letter
        }
        return values + [trimmed(value)]
    }

    private static func trimmed(_ text: String) -> String {
        var text = Substring(text)
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }

    /// A sum of money in its smallest unit; nil where it is none, is below zero or too large.
    private static func money(_ text: String, _ scale: Int) -> Int? {
        let parts = text.replacing(",", with: ".").split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let whole = Int(parts[0]), whole >= 0, whole < 1 << 50 else { return nil }
        guard parts.count == 2 else { return whole * scale }
        var digits = parts[1]
        while digits.last == "0" { digits.removeLast() }
        guard digits.count <= 2, digits.allSatisfy(\.isASCII),
            let part = Int(digits + String(repeating: "0", count: 2 - digits.count)),
            part >= 0
        else { return nil }
        return whole * scale + (scale == 100 ? part : 0)
    }

    private static func projects(_ section: Section, _ scale: Int) throws(PabulibError) -> [BudgetProject] {
        let (id, cost) = (try section.column("project_id"), try section.column("cost"))
        let name = section.headings.firstIndex(of: "name")
        var (projects, seen) = ([BudgetProject](), Set<String>())
        for row in section.rows {
            guard row.values.count > max(id, cost) else {
                throw PabulibError(row.line, .values, row.values.joined(separator: ";"))
            }
            guard let sum = money(row.values[cost], scale) else {
                throw PabulibError(row.line, .number, row.values[cost])
            }
            guard seen.insert(row.values[id]).inserted else { throw PabulibError(row.line, .twice, row.values[id]) }
            let called = name.flatMap { row.values.indices.contains($0) ? row.values[$0] : nil } ?? ""
            projects.append(BudgetProject(id: row.values[id], name: called, cost: sum))
        }
        return projects
    }

    private struct Row {
        let line: Int
        let voter: String
        let projects: [Int]
        let points: [Int]?
    }

    private static func ballots(_ section: Section, _ places: [String: Int]) throws(PabulibError) -> [Row] {
        let (voter, vote) = (try section.column("voter_id"), try section.column("vote"))
        let points = section.headings.firstIndex(of: "points")
        var rows: [Row] = []
        for row in section.rows {
            guard row.values.count > max(voter, vote) else {
                throw PabulibError(row.line, .values, row.values.joined(separator: ";"))
            }
            var (projects, seen) = ([Int](), Set<Int>())
            for id in row.values[vote].split(separator: ",") where row.values[vote].lowercased() != "none" {
                let id = trimmed(String(id))
                guard let place = places[id], seen.insert(place).inserted else {
                    throw PabulibError(row.line, .project, id)
                }
                projects.append(place)
            }
            var given: [Int]?
            if let points, row.values.indices.contains(points), !row.values[points].isEmpty {
                var numbers: [Int] = []
                for text in row.values[points].split(separator: ",") {
                    guard let number = Int(trimmed(String(text))), number >= 0 else {
                        throw PabulibError(row.line, .number, text)
                    }
                    numbers.append(number)
                }
                guard numbers.count == projects.count else { throw PabulibError(row.line, .points, row.values[points]) }
                given = numbers
            }
            rows.append(Row(line: row.line, voter: row.values[voter], projects: projects, points: given))
        }
        return rows
    }

    private static func ballot(_ row: Row, _ type: VoteType, longest: Int) throws(PabulibError) -> BudgetBallot {
        switch type {
        case .approval, .chooseOne: return BudgetBallot(approving: row.projects)
        case .ordinal:
            return BudgetBallot(
                row.projects.enumerated().map { .init(project: $1, points: max(1, longest - $0)) })
        case .cumulative, .scoring:
            // Nothing but an empty ballot has no points.
            guard let points = row.points ?? (row.projects.isEmpty ? [] : nil) else {
                throw PabulibError(row.line, .points, "")
            }
            return BudgetBallot(zip(row.projects, points).map { .init(project: $0, points: $1) })
        }
    }
}
