import Access
import District
import HouseKit
import Record
import Store
import TestKit

@testable import Alliance

/// What the stories of a brokerage day begin with.
protocol BrokerageStory: Sendable {}

extension BrokerageStory {
    /// Two firms with needs, two suppliers, and a day that is open.
    func with(
        _ kind: StoreUnderTest = .sqlite,
        _ body: (Yard, _ day: String, _ needs: [String], _ offers: [String]) async throws
            -> Void
    ) async throws {
        try await FirmsYard.with(kind) { yard in
            for (caller, industry) in [
                (FirmsYard.alfa, "C25"), (FirmsYard.bravo, "C24"), (FirmsYard.vision, "J62"), (FirmsYard.robots, "J62"),
            ] {
                try await yard.perform(KeepProfile.name, FirmsYard.profile(industry), by: caller)
            }
            var (needs, offers): ([String], [String]) = ([], [])
            for (caller, kinds) in [
                (FirmsYard.alfa, ["vision-inspection"]), (FirmsYard.bravo, ["vision-inspection", "amr"]),
                (FirmsYard.bravo, ["erp"]),
            ] {
                needs.append(
                    FirmsYard.id(
                        try await yard.perform(RaiseNeed.name, FirmsYard.need("필요 \(kinds[0])", kinds), by: caller)))
            }
            for (caller, kinds) in [
                (FirmsYard.vision, ["vision-inspection"]), (FirmsYard.robots, ["amr", "vision-inspection"]),
            ] {
                offers.append(
                    FirmsYard.id(
                        try await yard.perform(PublishOffer.name, FirmsYard.offer("솔루션", kinds), by: caller)))
            }
            try await body(yard, try await open(yard), needs, offers)
        }
    }

    func open(_ yard: Yard, slots: Int = 2) async throws -> String {
        FirmsYard.id(
            try await yard.perform(
                OpenDay.name,
                FirmsYard.hours.merging([
                    "title": "상담회", "day": "2026-12-10", "firm_slots": .number(Double(slots)),
                    "supplier_slots": .number(Double(slots)),
                ]) { $1 }, by: .officer))
    }

    func pairs(_ day: String, _ yard: Yard) async throws -> [DayTable.Pair] {
        let zone = try Caller.officer.tenant
        return try await yard.store.read { try DayTable.pairs(of: day, for: zone, in: $0) }
    }

    func introductions(_ yard: Yard, by caller: Caller = .officer) async throws -> [Introduction] {
        let (tenant, today) = (try caller.tenant, KoreanDay(yard.clock.read()))
        return try await yard.store.read {
            try IntroductionTable.page(.all, on: today, limit: 100, offset: 0, for: tenant, in: $0).rows
        }
    }

    /// A day that was matched and published.
    func published(
        _ kind: StoreUnderTest = .sqlite,
        _ body: (Yard, _ day: String, _ introductions: [Introduction]) async throws -> Void
    ) async throws {
        try await with(kind) { yard, day, _, _ in
            for command in [ProposeDay.name, PublishDay.name] {
                try await yard.perform(command, ["day": .string(day)], by: .officer)
            }
            try await body(yard, day, try await introductions(yard))
        }
    }

    /// One introduction as it stands now.
    func introduction(_ id: String, _ yard: Yard, by caller: Caller = .officer) async throws -> Introduction {
        guard let one = try await introductions(yard, by: caller).first(where: { $0.id == id }) else {
            throw Refusal(.notFound, "test.introduction", Words("소개가 없습니다.", "There is no such introduction."))
        }
        return one
    }

    /// What a side answers; the refusal where it may not.
    func answer(
        _ id: String, _ answer: String, _ reason: String = "", by caller: Caller, _ yard: Yard
    ) async throws -> Refusal? {
        try await yard.refusal(
            AnswerIntroduction.name,
            ["introduction": .string(id), "answer": .string(answer), "reason": .string(reason)], by: caller)
    }
}
