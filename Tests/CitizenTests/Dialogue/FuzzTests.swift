import District
import Foundation
import Record
import Testing
import Web

@testable import Citizen

struct FuzzTests {
    /// All of them with SLIPWAY_PROOF=1, a part of them otherwise.
    static let count = ProcessInfo.processInfo.environment["SLIPWAY_PROOF"] == "1" ? 10_000 : 500

    @Test("no commit without an explicit yes to exactly what was read back, no duplicate, a person from everywhere")
    func fuzz() throws {
        let now = try #require(Timestamp(iso8601: "2026-11-23T10:00:00+09:00"))
        let book = Citizen.book()
        let room = try Citizen()
        let forms = Dictionary(uniqueKeysWithValues: room.commands.map { ($0.form.name, $0.form) })
        let ear = try Conversations.ear(
            try Lexicon.read(book), try CityServices(book), LunarCalendar(), forms: forms, phrasings: room.phrasings)
        let fuzz = DialogueFuzz(machine: DialogueMachine(ear: ear, replies: try Replies(book)), now: now)
        let report = fuzz.run(Self.count, seed: 4)
        #expect(report.unasked == 0)
        #expect(report.otherValues == 0)
        #expect(report.duplicates == 0)
        #expect(report.unreachable == 0)
        #expect(report.missedEmergencies == 0)
        #expect(report.faults.isEmpty, "\(report.faults.joined(separator: "\n"))")
        print(
            "\(report.dialogues) dialogues, \(report.turns) turns, \(report.commits) commits, p95 \(report.p95) ms CPU")
        // It must have had something to be wrong about.
        #expect(report.commits > Self.count / 20, "\(report.phases.sorted()) \(report.done)")
        #expect(report.phases.count >= 14, "\(report.phases.sorted())")
    }
}
