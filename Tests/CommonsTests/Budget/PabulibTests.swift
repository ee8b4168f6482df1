import Testing

@testable import Commons

@Suite("Files of pabulib.org")
struct PabulibTests {
    static let file = """
        META
        key;value
        description;Sample
        budget;100,50
        vote_type;cumulative
        PROJECTS
        project_id;cost;category;name
        7;40.25;roads;"Lights; benches"
        12;60;parks;A "green" yard
        VOTES
        voter_id;age;vote;points
        1;34;12,7;3,2
        2;;7;5
        3;20;;
        """

    @Test("a file is read, money in its smallest unit, and comes out again")
    func reading() throws {
        let file = try PabulibFile(parsing: Self.file)
        #expect(file.limit == 10_050 && file.scale == 100)
        #expect(file.projects.map(\.cost) == [4_025, 6_000])
        #expect(file.projects[0].name == "Lights; benches")
        #expect(file.votes.map(\.ballot.choices.count) == [2, 1, 0])
        #expect(file.votes[0].ballot.choices.map(\.points) == [2, 3])
        let again = try PabulibFile(parsing: file.text(chosen: [1]))
        #expect(again.projects == file.projects && again.limit == file.limit)
        #expect(again.votes.map(\.ballot) == file.votes.map(\.ballot))
        #expect(file.text(chosen: [1]).contains("7;40.25;\"Lights; benches\";0"))
    }

    @Test(
        "what breaks a rule is named with its line",
        arguments: [
            ("vote_type;cumulative", "vote_type;vibes", PabulibError(0, .voteType, "vibes")),
            ("40.25", "-4", PabulibError(8, .number, "-4")),
            ("12;60", "7;60", PabulibError(9, .twice, "7")),
            ("1;34;12,7;3,2", "1;34;12,8;3,2", PabulibError(12, .project, "8")),
            ("1;34;12,7;3,2", "1;34;12,12;3,2", PabulibError(12, .project, "12")),
            ("1;34;12,7;3,2", "1;34;12,7;3", PabulibError(12, .points, "3")),
            ("2;;7;5", "2", PabulibError(13, .values, "2")),
            ("voter_id;age", "who;age", PabulibError(10, .heading, "voter_id")),
            ("PROJECTS", "THINGS", PabulibError(0, .section, "PROJECTS")),
            ("100,50", "much", PabulibError(0, .number, "budget much")),
        ])
    func faults(right: String, wrong: String, error: PabulibError) {
        #expect(throws: error) { try PabulibFile(parsing: Self.file.replacing(right, with: wrong, maxReplacements: 1)) }
    }

    @Test("ordinal ballots give the best the most")
    func ordinal() throws {
        let text =
            "META\nkey;value\nbudget;10\nvote_type;ordinal\nmax_length;3\nPROJECTS\nproject_id;cost\na;5\nb;6\nVOTES\nvoter_id;vote\n1;b,a\n"
        let file = try PabulibFile(parsing: text)
        #expect(file.votes[0].ballot.choices == [.init(project: 0, points: 2), .init(project: 1, points: 3)])
        #expect(file.text().hasSuffix("1;b,a\n"))
    }
}
