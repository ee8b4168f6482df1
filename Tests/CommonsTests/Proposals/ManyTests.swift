import Access
import District
import HouseKit
import Record
import Store
import TestKit
import Testing
import Web

@testable import Commons

@Suite("Many proposals and comments: the newest are never dropped", .serialized)
struct ManyTests {
    @Test("what is voted on is what the rule says of each, however many there are", arguments: StoreUnderTest.all)
    func admitted(on kind: StoreUnderTest) async throws {
        try await CommonsYard.with(kind) { one in
            let process = try await one.open(["kind": "budget", "budget": 1000, "support_needed": 2])
            let many = 2106
            try await one.yard.store.write { writer in
                for number in 0..<many {
                    let id = "p\(1000 + number)"
                    try writer.execute(
                        """
                        INSERT INTO commons_texts
                            (id, kind, process, proposal, author, title, body, state, findings, written, is_synthetic)
                        VALUES (?, 'proposal', ?, ?, 'ann', ?, 'x', ?, '', ?, 0)
                        """,
                        [
                            .text(id), .text(process), .text(id), .text(id),
                            .text(number % 11 == 3 ? "hidden" : "shown"), .integer(Int64(number)),
                        ])
                    try writer.execute(
                        """
                        INSERT INTO commons_proposals
                            (item, latitude, longitude, cost, verdict, verdict_cost, merged_into, supports, version)
                        VALUES (?, 35.1, 128.8, ?, ?, ?, ?, ?, 1)
                        """,
                        [
                            .text(id), .optional(number % 3 == 0 ? Int64(5) : nil),
                            .optional(number % 7 == 1 ? nil : number % 7 == 2 ? "partly" : "feasible"),
                            .optional(number % 5 == 0 ? Int64(6) : nil), .optional(number % 13 == 4 ? "p1000" : nil),
                            .integer(Int64(number % 4)),
                        ])
                }
            }
            let (open, admitted, compared, placed, rule) = try await one.yard.store.read { reader in
                (
                    try ProposalTable.open(of: process, in: reader),
                    try ProposalTable.admitted(of: process, in: reader),
                    try ProposalTable.compared(of: process, most: 100, in: reader),
                    try ProposalTable.placed(of: process, limit: MapView.most, in: reader),
                    try ProcessAsk.process(process, in: reader)
                )
            }
            let last = "p\(1000 + many - 1)"
            #expect(open.last?.id == last && compared.last?.id == last && placed.rows.first?.id == last)
            #expect(compared.count == 100 && placed.rows.count == MapView.most && placed.total == open.count)
            #expect(!admitted.isEmpty && admitted.count < open.count)
            #expect(admitted.map(\.id) == open.filter { $0.lacks(for: rule) == nil }.map(\.id))
        }
    }

    @Test("a long debate is read by pages, its last one first, and each comment is found on its own")
    func pages() async throws {
        try await CommonsYard.with { one in
            let process = try await one.open()
            let many = DebateOrder.size * 5 + 30
            try await one.yard.store.write { writer in
                for number in 0..<many {
                    let id = "c\(1000 + number)"
                    try writer.execute(
                        """
                        INSERT INTO commons_texts
                            (id, kind, process, author, name, title, body, state, findings, written, is_synthetic)
                        VALUES (?, 'comment', ?, 'ann', '김○○', '', ?, 'shown', '', ?, 0)
                        """, [.text(id), .text(process), .text("이야기 \(id)."), .integer(Int64(number))])
                    try writer.execute(
                        "INSERT INTO commons_debate_comments (item, subject, parent, depth, stance) VALUES (?, ?, ?, ?, 'pro')",
                        [
                            .text(id), .text(process), .optional(number == many - 1 ? "c1000" : nil),
                            .integer(number == many - 1 ? 1 : 0),
                        ])
                }
            }
            let order = try await one.yard.store.read { try DebateTable.order(on: process, in: $0) }
            #expect(order.pages == 6 && order.shown == many && order.page(of: "c\(1000 + many - 1)") == 1)
            #expect(order.page(of: "no") == nil && DebateOrder([]).pages == 1)
            try await serving(one.yard.spine, rooms: [one.yard.room(Commons.self)]) { served in
                func page(_ query: String) async throws -> String {
                    try await served.client.send(
                        "GET", "/commons/processes/\(process)\(query)", [("Accept-Language", "ko")]
                    ).text
                }
                let (newest, first, beyond) = (
                    try await page(""), try await page("?debate=1"), try await page("?debate=99")
                )
                #expect(newest.contains("이야기 c\(1000 + many - 2).") && !newest.contains("이야기 c1000."))
                #expect(newest.contains("?debate=5#debate") && newest.contains("(\(Show.count(many)))"))
                #expect(first.contains("이야기 c1000.") && first.contains("이야기 c\(1000 + many - 1)."))
                #expect(first.contains("?debate=2#debate") && !first.contains("?debate=0"))
                #expect(beyond.contains("이야기 c\(1000 + many - 2)."), "the last page, where there is none such")
            }
        }
    }

    @Test("an answer stands where the comment stands that it answers; a contradiction is refused")
    func answers() async throws {
        try await CommonsYard.with { one in
            let (process, other) = (try await one.open(), try await one.open(["title": "다른 과정"]))
            let proposal = try await one.propose(in: process)
            func values(_ body: String, _ more: [String: String]) -> [String: String] {
                ["position": "pro", "body": body].merging(more) { $1 }
            }
            let said = one.id(
                try await one.perform(
                    WriteComment.name, values("과정에 하는 말", ["process": process]), by: CommonsYard.ann))
            let cases: [([String: String], String)] = [
                (["parent": said, "proposal": proposal], "proposal.subject"),
                (["parent": said, "process": other], "process.subject"),
                (["process": other, "proposal": proposal], "process.subject"),
            ]
            for (more, code) in cases {
                let asked = values("어긋나는 말", more).mapValues { JSON.string($0) }
                #expect(try await one.code(WriteComment.name, asked, by: CommonsYard.bo) == code)
            }
            let answer = one.id(
                try await one.perform(WriteComment.name, values("그 말에 하는 답", ["parent": said]), by: CommonsYard.bo))
            let found = try await one.yard.store.read { try DebateTable.page(on: process, in: $0).comments.map(\.id) }
            #expect(found == [said, answer])
            #expect(try await one.yard.rebuildsAlike())
        }
    }

    @Test(
        "English counts one supporter and two, one proposal and two",
        arguments: [(Int64(1), "1 supporter"), (2, "2 supporters")])
    func counted(many: Int64, said: String) async throws {
        try await CommonsYard.with { one in
            let process = try await one.open()
            let id = try await one.propose(in: process)
            for caller in [CommonsYard.bo, CommonsYard.cho].prefix(Int(many)) {
                _ = try await one.perform(SupportProposal.name, ["proposal": id], by: caller)
            }
            let answer = try await one.yard.spine.answer("commons.proposals.mine", [:], by: CommonsYard.ann)
            #expect(answer.en.hasPrefix("You have made 1 proposal: ") && answer.en.contains("has \(said),"))
            try await serving(one.yard.spine, rooms: [one.yard.room(Commons.self)]) { served in
                let page = try await served.client.send("GET", "/commons/proposals/\(id)", [("Accept-Language", "en")])
                #expect(page.text.contains(">\(said)<"))
                let home = try await served.client.send("GET", "/commons", [("Accept-Language", "en")])
                #expect(home.text.contains("1 proposal ·"))
            }
        }
    }
}
