import Access
import District
import HouseKit
import Record
import Store
import TestKit
import Testing
import Web

@testable import Commons

@Suite("A proposal that is hidden is read nowhere; one that was merged leads to the one that remains", .serialized)
struct HiddenProposalTests {
    private static let secret = "가려진 제목"

    private func hide(_ id: String, _ one: CommonsYard) async throws {
        try await one.yard.perform(
            "commons.text.hide", ["text": .string(id), "rule": "insult", "reason": "사람을 모욕합니다"], by: .officer)
    }

    private func merge(_ id: String, _ into: String, _ one: CommonsYard) async throws {
        _ = try await one.perform(
            MergeProposals.name, ["proposal": id, "into": into, "reason": "같습니다"], by: .officer)
    }

    @Test("its title, its text, its place and its cost stand on no page for a stranger, and are said by no answer")
    func hidden() async throws {
        try await CommonsYard.with { one in
            let process = try await one.open(["kind": "budget", "budget": 1_000_000])
            let body = "비밀스러운 내용으로 길을 막자고 합니다."
            let id = try await one.propose(
                in: process, Self.secret, body, by: CommonsYard.ann,
                ["cost": 734_000, "place": ["latitude": 35.12345, "longitude": 128.81]])
            let merged = try await one.propose(in: process, "그늘막 놓기", "정류장에 그늘막을 놓읍시다.", by: CommonsYard.bo)
            _ = try await one.perform(SupportProposal.follow, ["proposal": id], by: CommonsYard.cho)
            one.yard.clock.set("2026-12-02T09:00:00+09:00")
            let amendment = one.id(
                try await one.perform(
                    MakeAmendment.name, ["proposal": id, "title": "고친 제목", "body": body + " 더", "why": "드러나는 사유"],
                    by: CommonsYard.bo))
            try await merge(merged, id, one)
            try await hide(id, one)
            try await serving(one.yard.spine, rooms: [one.yard.room(Commons.self)]) { served in
                for path in ["proposals/\(id)", "proposals/\(merged)", "amendments/\(amendment)"] {
                    let answer = try await served.client.send("GET", "/commons/\(path)", [("Accept-Language", "ko")])
                    #expect(answer.status == 200)
                    for word in [Self.secret, "비밀스러운", "734,000", "35.12345", "고친 제목", "드러나는 사유"] {
                        #expect(!answer.text.contains(word), "\(path): \(word)")
                    }
                    #expect(answer.text.contains("공개되지 않은 글"), "\(path)")
                }
                #expect(try await served.client.send("GET", "/commons/proposals/\(id)/texts").status == 404)
            }
            let refusal = try await one.yard.refusal(
                SupportProposal.name, ["proposal": .string(merged)], by: CommonsYard.cho)
            #expect(refusal?.code == "proposal.merged" && refusal?.words.ko.contains(Self.secret) == false)
            for (caller, name, values) in [
                (CommonsYard.cho, "commons.proposals.followed", [:]),
                (CommonsYard.cho, "commons.proposals.mine", ["proposal": .string(merged)]),
                (CommonsYard.cho, "commons.proposals.mine", ["proposal": .string(id)]),
            ] as [(Caller, String, [String: JSON])] {
                let said = try await one.yard.spine.answer(name, values, by: caller)
                #expect(!said.ko.contains(Self.secret) && said.ko.contains("공개되지 않은 글"), "\(said.ko)")
            }
            let own = try await one.yard.spine.answer("commons.proposals.mine", [:], by: CommonsYard.ann)
            #expect(own.ko.contains(Self.secret), "whoever wrote it is told its title")
            let names = try await one.yard.store.read { try CommonsNames.amendments(CommonsYard.cho, $0) }
            #expect(names.isEmpty, "an amendment is named where its proposal is")
        }
    }

    @Test("what hides beneath a proposal that is shown is not named there")
    func mergedHere() async throws {
        try await CommonsYard.with { one in
            let process = try await one.open()
            let kept = try await one.propose(in: process)
            let other = try await one.propose(in: process, Self.secret, "길을 막자고 합니다.", by: CommonsYard.bo)
            try await merge(other, kept, one)
            try await hide(other, one)
            try await serving(one.yard.spine, rooms: [one.yard.room(Commons.self)]) { served in
                let page = try await served.client.send(
                    "GET", "/commons/proposals/\(kept)", [("Accept-Language", "ko")])
                #expect(!page.text.contains(Self.secret) && page.text.contains("공개되지 않은 글"))
            }
        }
    }

    @Test("a merger of mergers leads to the last: its page, the refusal and the answer name the one that remains")
    func chain() async throws {
        try await CommonsYard.with { one in
            let process = try await one.open()
            let texts = [("첫째 의자 놓기", "공원에 의자를 놓읍시다."), ("둘째 그늘막", "정류장에 그늘막을 놓읍시다."), ("셋째 가로등", "골목에 등을 답시다.")]
            var ids: [String] = []
            for (text, caller) in zip(texts, [CommonsYard.ann, CommonsYard.bo, CommonsYard.cho]) {
                ids.append(try await one.propose(in: process, text.0, text.1, by: caller))
            }
            try await merge(ids[0], ids[1], one)
            try await merge(ids[1], ids[2], one)
            let first = try await one.proposal(ids[0])
            let chain = try await one.yard.store.read { try ProposalTable.chain(from: first, in: $0).map(\.id) }
            #expect(chain == Array(ids[1...]))
            let refusal = try await one.yard.refusal(
                SupportProposal.name, ["proposal": .string(ids[0])], by: CommonsYard.bo)
            #expect(refusal?.words.ko.contains("셋째 가로등") == true)
            let said = try await one.yard.spine.answer("commons.proposals.mine", [:], by: CommonsYard.ann)
            #expect(said.ko.contains("‘셋째 가로등’ 제안에 합쳐짐"))
            try await serving(one.yard.spine, rooms: [one.yard.room(Commons.self)]) { [ids] served in
                let page = try await served.client.send("GET", "/commons/proposals/\(ids[0])")
                #expect(page.text.contains("/commons/proposals/\(ids[2])\""))
            }
        }
    }
}
