import Access
import District
import HouseKit
import Record
import Store
import TestKit
import Testing

@testable import Commons

@Suite("Proposals: made, supported, merged, judged, amended", .serialized)
struct ProposalStoryTests {
    private func on(_ proposal: String, _ more: [String: String] = [:]) -> [String: String] {
        ["proposal": proposal].merging(more) { $1 }
    }

    @Test(
        "one person supports once, takes it back while the phase lasts, and of a merged pair counts once",
        arguments: StoreUnderTest.all)
    func merged(on kind: StoreUnderTest) async throws {
        try await CommonsYard.with(kind) { one in
            let process = try await one.open()
            let first = try await one.propose(in: process)
            let second = try await one.propose(
                in: process, "건널목에서 멈추는 로봇", "로봇이 병원 앞 건널목에서 꼭 멈추게 해 주세요.", by: CommonsYard.bo)
            let alike = try await one.yard.store.read {
                try ModerationRoutes.pairs(ProposalTable.open(of: process, in: $0))
            }
            #expect(alike.map { Set([$0.one.id, $0.other.id]) } == [[first, second]])
            for (caller, id) in [
                (CommonsYard.bo, first), (CommonsYard.cho, first), (CommonsYard.cho, second),
                (CommonsYard.worker, second),
            ] {
                _ = try await one.perform(SupportProposal.name, on(id), by: caller)
            }
            #expect(try await one.proposal(first).supports == 2)
            #expect(
                try await one.code(SupportProposal.name, ["proposal": .string(first)], by: CommonsYard.bo)
                    == "support.given")
            _ = try await one.perform(SupportProposal.takeBack, on(first), by: CommonsYard.bo)
            #expect(
                try await one.code(SupportProposal.takeBack, ["proposal": .string(first)], by: CommonsYard.bo)
                    == "support.none")
            _ = try await one.perform(
                MergeProposals.name, on(second, ["into": first, "reason": "같은 건널목"]), by: .officer)
            let (kept, gone) = (try await one.proposal(first), try await one.proposal(second))
            #expect(kept.supports == 2, "Cho supports both and counts once, the worker comes along")
            #expect(gone.mergedInto == first && gone.text.body?.contains("꼭 멈추게") == true, "both texts stay")
            #expect(
                try await one.code(SupportProposal.name, ["proposal": .string(second)], by: CommonsYard.bo)
                    == "proposal.merged")
            let follows = try await one.yard.store.read { try PeopleTable.marks(PersonID("bo"), on: first, in: $0) }
            #expect(follows == [.follow], "whoever wrote the other follows on")
            let cases: [([String: String], Caller, String)] = [
                (on(first, ["into": first]), .officer, "into.same"),
                (on(first, ["into": "no"]), .officer, "proposal.unknown"),
                (on(first, ["into": second]), .officer, "proposal.merged"),
                (on(first, ["into": first]), CommonsYard.ann, "access.forbidden"),
            ]
            for (values, caller, code) in cases {
                let asked = values.merging(["reason": "까닭"]) { $1 }.mapValues { JSON.string($0) }
                #expect(try await one.code(MergeProposals.name, asked, by: caller) == code)
            }
            let support = try #require(try await one.yard.last(ProposalEvents.supported))
            #expect(support.scope == .person(PersonID("firm-a-worker-1")), "who supports what is that person's own")
            one.yard.clock.set("2026-12-02T09:00:00+09:00")
            #expect(
                try await one.code(SupportProposal.takeBack, ["proposal": .string(first)], by: CommonsYard.cho)
                    == "process.phase")
            #expect(try await one.yard.rebuildsAlike())
        }
    }

    @Test("only what is feasible, supported and, in a budget, priced is taken to the vote")
    func admitted() async throws {
        try await CommonsYard.with { one in
            let process = try await one.open(["kind": "budget", "budget": 1000])
            let (cheap, dear) = (
                try await one.propose(in: process, by: CommonsYard.ann, ["cost": 400]),
                try await one.propose(in: process, "그늘막 놓기", "정류장 여섯 곳에 그늘막을 놓읍시다.", by: CommonsYard.bo)
            )
            func admitted() async throws -> [String] {
                try await one.yard.store.read { try ProposalTable.admitted(of: process, in: $0) }.map(\.id)
            }
            func judge(_ id: String, _ verdict: String, _ more: [String: JSON] = [:]) -> [String: JSON] {
                ["proposal": .string(id), "verdict": .string(verdict), "reason": "검토"].merging(more) { $1 }
            }
            #expect(try await admitted().isEmpty)
            try await one.yard.perform(JudgeProposal.name, judge(cheap, "feasible", ["cost": 450]), by: .officer)
            #expect(try await admitted().isEmpty, "nobody supports it yet")
            _ = try await one.perform(SupportProposal.name, on(cheap), by: CommonsYard.bo)
            #expect(try await admitted() == [cheap])
            #expect(try await one.proposal(cheap).assumedCost == 450)
            #expect(try await one.code(JudgeProposal.name, judge(dear, "feasible"), by: .officer) == "cost.required")
            try await one.yard.perform(JudgeProposal.name, judge(dear, "infeasible"), by: .officer)
            _ = try await one.perform(SupportProposal.name, on(dear), by: CommonsYard.ann)
            #expect(try await admitted() == [cheap])
            #expect(
                try await one.yard.refusal(JudgeProposal.name, judge(dear, "feasible"), by: CommonsYard.ann)?.kind
                    == .forbidden)
            one.yard.clock.set("2026-12-15T00:30:00+09:00")
            #expect(try await one.code(JudgeProposal.name, judge(cheap, "partly"), by: .officer) == "judge.vote")
            #expect(
                try await one.code(
                    MergeProposals.name, ["proposal": .string(dear), "into": .string(cheap), "reason": "x"],
                    by: .officer) == "merge.vote")
            #expect(
                try await one.code("commons.text.withdraw", ["text": .string(cheap)], by: CommonsYard.ann)
                    == "text.vote")
            #expect(try await one.yard.rebuildsAlike())
        }
    }

    @Test("authors accept an amendment; the text of before stays, and an amendment to it is outdated")
    func amended() async throws {
        try await CommonsYard.with { one in
            let process = try await one.open()
            let id = try await one.propose(in: process)
            _ = try await one.yard.perform(
                ReviseProposal.name,
                ["proposal": .string(id), "title": "건널목 앞에서 멈추기", "body": "모든 건널목에서 로봇이 멈췄다 가게 합시다."],
                by: CommonsYard.ann)
            #expect(
                try await one.code(
                    ReviseProposal.name, ["proposal": .string(id), "title": "x", "body": "y"], by: CommonsYard.bo)
                    == "proposal.author")
            let change: [String: JSON] = ["proposal": .string(id), "title": "건널목 앞에서 멈추기", "why": "더 안전하게"]
            #expect(
                try await one.code(MakeAmendment.name, change.merging(["body": "x"]) { $1 }, by: CommonsYard.bo)
                    == "process.phase")
            one.yard.clock.set("2026-12-02T09:00:00+09:00")
            let text = try await one.proposal(id).text
            #expect(
                try await one.code(
                    MakeAmendment.name, change.merging(["body": .string(text.body ?? "")]) { $1 }, by: CommonsYard.bo)
                    == "body.same")
            var amendments: [String] = []
            for body in ["모든 건널목에서 로봇이 완전히 멈췄다 가게 합시다.", "병원 앞에서만 로봇이 멈췄다 가게 합시다.", "건널목에서 로봇이 천천히 가게 합시다."] {
                amendments.append(
                    one.id(
                        try await one.yard.perform(
                            MakeAmendment.name, change.merging(["body": .string(body)]) { $1 }, by: CommonsYard.bo)))
            }
            let reason: [String: JSON] = ["amendment": .string(amendments[0]), "reason": "좋습니다"]
            #expect(try await one.code(DecideAmendment.accept, reason, by: CommonsYard.bo) == "proposal.author")
            try await one.yard.perform(DecideAmendment.accept, reason, by: CommonsYard.ann)
            let after = try await one.proposal(id)
            #expect(after.version == 3 && after.text.body?.contains("완전히") == true)
            let texts = try await one.yard.store.read { try ProposalTable.texts(of: id, in: $0) }
            #expect(texts.map(\.number) == [1, 2, 3] && texts[2].amendment == amendments[0])
            #expect(TextChange(from: texts[1].body ?? "", to: texts[2].body ?? "").size == 1)
            #expect(try await one.code(DecideAmendment.accept, reason, by: CommonsYard.ann) == "amendment.closed")
            #expect(
                try await one.code(
                    DecideAmendment.accept, ["amendment": .string(amendments[1]), "reason": "x"], by: CommonsYard.ann)
                    == "amendment.outdated")
            try await one.yard.perform(
                DecideAmendment.decline, ["amendment": .string(amendments[1]), "reason": "좁습니다"], by: CommonsYard.ann)
            _ = try await one.perform(DecideAmendment.support, ["amendment": amendments[2]], by: CommonsYard.cho)
            #expect(
                try await one.code(DecideAmendment.support, ["amendment": .string(amendments[2])], by: CommonsYard.cho)
                    == "support.given")
            _ = try await one.perform(DecideAmendment.takeBack, ["amendment": amendments[2]], by: CommonsYard.cho)
            #expect(
                try await one.code(DecideAmendment.takeBack, ["amendment": .string(amendments[2])], by: CommonsYard.cho)
                    == "support.none")
            #expect(
                try await one.code(DecideAmendment.support, ["amendment": "no"], by: CommonsYard.cho)
                    == "amendment.unknown")
            #expect(try await one.yard.rebuildsAlike())
        }
    }

    @Test("where the process says so, enough supporters have an amendment accepted, and its authors cannot")
    func amendedBySupport() async throws {
        try await CommonsYard.with { one in
            let process = try await one.open(["amend_support": 2])
            let id = try await one.propose(in: process)
            one.yard.clock.set("2026-12-02T09:00:00+09:00")
            let amendment = one.id(
                try await one.perform(
                    MakeAmendment.name, on(id, ["title": "다른 제목", "body": "다른 내용입니다.", "why": "까닭"]), by: CommonsYard.bo
                ))
            #expect(
                try await one.code(
                    DecideAmendment.accept, ["amendment": .string(amendment), "reason": "x"], by: CommonsYard.ann)
                    == "amendment.by-support")
            _ = try await one.perform(DecideAmendment.support, ["amendment": amendment], by: CommonsYard.bo)
            #expect(try await one.proposal(id).title == "건널목 앞에서 멈추기")
            let outcome = try await one.perform(DecideAmendment.support, ["amendment": amendment], by: CommonsYard.cho)
            #expect(
                outcome.events.map(\.type) == [
                    AmendmentEvents.supported, AmendmentEvents.accepted, ProposalEvents.revised,
                ])
            #expect(try await one.proposal(id).title == "다른 제목")
            // Whoever gave the last support stands in no event that others read.
            let effects = try await one.yard.events().filter {
                [AmendmentEvents.accepted, ProposalEvents.revised].contains($0.type)
            }
            #expect(effects.map(\.author) == Array(repeating: .rule("commons.amendment-accepted"), count: 2))
            #expect(effects.allSatisfy { !JSON.object($0.payload).canonicalText.contains("cho") })
            #expect(try await one.yard.rebuildsAlike())
        }
    }

    @Test("a co-author is one who was asked and says yes; a citizen hears what became of a proposal")
    func coAuthors() async throws {
        try await CommonsYard.with { one in
            let process = try await one.open()
            let id = try await one.propose(in: process)
            #expect(
                try await one.code(AskAuthor.name, ["proposal": .string(id), "account": "cho"], by: CommonsYard.bo)
                    == "proposal.author")
            for account in ["bo", "cho", "nobody-of-that-name"] {
                _ = try await one.perform(AskAuthor.name, on(id, ["account": account]), by: CommonsYard.ann)
            }
            #expect(
                try await one.code(AskAuthor.name, ["proposal": .string(id), "account": "bo"], by: CommonsYard.ann)
                    == "account.asked")
            let yes: [String: JSON] = ["proposal": .string(id), "accepts": true, "name": "보"]
            try await one.yard.perform(AnswerAuthor.name, yes, by: CommonsYard.bo)
            try await one.yard.perform(
                AnswerAuthor.name, ["proposal": .string(id), "accepts": false], by: CommonsYard.cho)
            #expect(try await one.code(AnswerAuthor.name, yes, by: CommonsYard.cho) == "author.not-asked")
            let authors = try await one.yard.store.read { try PeopleTable.authors(of: id, in: $0) }
            #expect(authors.map(\.person.rawValue) == ["ann", "bo"] && authors.map(\.name) == ["a.", "보"])
            let said = try await one.yard.spine.answer("commons.proposals.mine", [:], by: CommonsYard.bo)
            #expect(said.ko == "하신 제안은 1개입니다. ‘건널목 앞에서 멈추기’ 지지 0명, 검토 전.")
            #expect(
                try await one.yard.spine.answer("commons.proposals.mine", [:], by: CommonsYard.cho).ko
                    == "아직 하신 제안이 없습니다.")
            _ = try await one.perform(SupportProposal.follow, on(id), by: CommonsYard.cho)
            #expect(
                try await one.code(SupportProposal.follow, ["proposal": .string(id)], by: CommonsYard.cho)
                    == "follow.given")
            _ = try await one.perform(SupportProposal.unfollow, on(id), by: CommonsYard.cho)
            #expect(
                try await one.code(SupportProposal.unfollow, ["proposal": .string(id)], by: CommonsYard.cho)
                    == "follow.none")
            #expect(try await one.yard.rebuildsAlike())
        }
    }

    @Test("whoever may not, and what may not be, is refused by its rule")
    func refused() async throws {
        try await CommonsYard.with { one in
            let process = try await one.open(["propose": "citizens", "support": "people"])
            func values(_ more: [String: JSON] = [:]) -> [String: JSON] {
                ["process": .string(process), "title": "제목입니다", "body": "내용입니다"].merging(more) { $1 }
            }
            #expect(try await one.code(MakeProposal.name, values(), by: CommonsYard.worker) == "process.audience")
            #expect(try await one.code(MakeProposal.name, values(["cost": 5]), by: CommonsYard.ann) == "cost.budget")
            #expect(
                try await one.code(MakeProposal.name, values(["process": "no"]), by: CommonsYard.ann)
                    == "process.unknown")
            #expect(try await one.yard.refusal(MakeProposal.name, values(), by: .anonymous())?.kind == .unauthenticated)
            #expect(try await one.code(MakeProposal.name, values(), by: .system("x")) == "commons.person")
            let id = try await one.propose(in: process)
            #expect(
                try await one.code(SupportProposal.name, ["proposal": .string(id)], by: CommonsYard.bo)
                    == "process.audience")
            #expect(
                try await one.code(SupportProposal.name, ["proposal": "no"], by: CommonsYard.worker)
                    == "proposal.unknown")
            let picture: [String: JSON] = ["proposal": .string(id), "about": "건널목"]
            let hash = try await PictureShelf.keep(PhotoPrivacyTests.pixel, by: CommonsYard.ann, in: one.yard.district)
            #expect(
                try await one.code(
                    AddPicture.name, picture.merging(["picture": .string(hash)]) { $1 }, by: CommonsYard.bo)
                    == "proposal.author")
            #expect(
                try await one.code(
                    AddPicture.name, picture.merging(["picture": .string(String(repeating: "0", count: 64))]) { $1 },
                    by: CommonsYard.ann) == "picture.unknown")
            #expect(
                try await one.yard.store.read { try PictureShelf.find(hash, in: $0) } == nil, "it stands nowhere yet")
            try await one.yard.perform(
                AddPicture.name, picture.merging(["picture": .string(hash)]) { $1 }, by: CommonsYard.ann)
            #expect(
                try await one.yard.store.read { try PictureShelf.find(hash, in: $0)?.bytes } == PhotoPrivacyTests.pixel)
            let expected = await #expect(throws: Refusal.self) {
                try await PictureShelf.keep(Array("not a picture".utf8), by: CommonsYard.ann, in: one.yard.district)
            }
            #expect(expected?.code == "picture.kind")
        }
    }

    @Test("what is written anew is held against the rule again; what others stand behind is not taken back alone")
    func shared() async throws {
        try await CommonsYard.with { one in
            let process = try await one.open()
            let id = try await one.propose(in: process)
            let other = try await one.propose(in: process, "그늘막 놓기", "정류장 여섯 곳에 그늘막을 놓읍시다.", by: CommonsYard.bo)
            try await one.yard.perform(
                ReviseProposal.name,
                ["proposal": .string(other), "title": "그늘막 놓기", "body": "www.one.example www.two.example"],
                by: CommonsYard.bo)
            let doubtful = try await one.text(other)
            #expect(doubtful.state == .waiting && doubtful.findings == [.links])
            #expect(
                try await one.code(SupportProposal.name, ["proposal": .string(other)], by: CommonsYard.ann)
                    == "proposal.closed")
            try await one.yard.perform("commons.text.release", ["text": .string(other)], by: .officer)
            _ = try await one.perform(
                MergeProposals.name, ["proposal": other, "into": id, "reason": "같습니다"], by: .officer)
            #expect(
                try await one.code("commons.text.withdraw", ["text": .string(id)], by: CommonsYard.ann) == "text.shared"
            )
            #expect(try await one.yard.rebuildsAlike())
        }
    }

    @Test("places are drawn north up and east to the right, near landmarks alone, and said by the nearest")
    func places() throws {
        let (here, north, far) = (
            Proposal.Place(latitude: 35.1, longitude: 128.82), Proposal.Place(latitude: 35.101, longitude: 128.821),
            Proposal.Place(latitude: 35.3, longitude: 128.82)
        )
        let landmarks = [
            PlaceMap.Landmark(name: Words("병원", "Hospital"), place: north),
            PlaceMap.Landmark(name: Words("먼 곳", "Far"), place: far),
        ]
        let map = try #require(PlaceMap([here, north], landmarks: landmarks, language: .ko))
        #expect(map.proposals.map(\.label) == ["1", "2"] && map.landmarks.map(\.label) == ["병원"])
        #expect(map.proposals[1].x > map.proposals[0].x && map.proposals[1].y < map.proposals[0].y)
        #expect((map.proposals + map.landmarks).allSatisfy { (0...600).contains($0.x) && (0...600).contains($0.y) })
        let nearest = try #require(PlaceMap.nearest(here, landmarks))
        #expect(nearest.landmark.name.en == "Hospital" && nearest.metres == 140)
        #expect(PlaceMap.nearest(far, [landmarks[0]]) == nil)
        #expect(PlaceMap([], landmarks: landmarks, language: .ko) == nil)
    }

    @Test(
        "nobody's whole name is shown unless they write it",
        arguments: [("김영희", "김○○"), ("Ann Lee", "A. L."), ("", "○○○"), (nil, "○○○")])
    func names(name: String?, shown: String) { #expect(ShownName.of(name) == shown) }
}
