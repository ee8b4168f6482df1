import Record
import Testing

@testable import Fulfilment

@Suite struct ReplenishmentTests {
    static func forecast() throws -> Forecast { try #require(Forecast.of(ForecastTests.week()).forecast) }

    @Test("it orders today what lasts until the next order, in the supplier's multiples")
    func today() throws {
        let forecast = try Self.forecast()
        let supply = Replenishment.Supply(available: 40, lead: 3, review: 7, least: 24, multiple: 12)
        let proposal = Replenishment.proposal(forecast, supply)
        #expect(proposal.orderBy == forecast.first)
        #expect(proposal.quantity % 12 == 0)
        let target = forecast.quantile(0.95, over: 11)
        #expect(Double(proposal.quantity + 40) >= target && Double(proposal.quantity + 40 - 12) < target)
        #expect(proposal.reasons.count == 4 && proposal.reasons[1].ko.contains("40"))
    }

    @Test("more stock means later and less, up to nothing")
    func monotone() throws {
        let forecast = try Self.forecast()
        var last = (day: 0, quantity: Int64.max)
        for available in stride(from: Int64(0), through: 1_000, by: 50) {
            let proposal = Replenishment.proposal(forecast, .init(available: available, lead: 3))
            let day = proposal.orderBy ?? .max
            #expect(day >= last.day)
            if day == last.day, day < .max { #expect(proposal.quantity <= last.quantity) }
            last = (day, proposal.quantity)
        }
        #expect(last.day == .max && last.quantity == 0)
    }

    @Test func whatIsOnItsWayInTimeCountsAndWhatComesTooLateDoesNot() throws {
        let forecast = try Self.forecast()
        let soon = Replenishment.Supply(
            available: 60, inbound: [.init(day: forecast.first + 1, quantity: 900)], lead: 3)
        #expect(Replenishment.proposal(forecast, soon).quantity == 0)
        let late = Replenishment.Supply(
            available: 60, inbound: [.init(day: forecast.first + 60, quantity: 900)], lead: 3)
        #expect(Replenishment.proposal(forecast, late).orderBy == forecast.first)
    }

    @Test func aHigherServiceAsksForMore() throws {
        let forecast = try Self.forecast()
        let (low, high) = (
            Replenishment.proposal(forecast, .init(available: 0, lead: 3, service: 0.6)),
            Replenishment.proposal(forecast, .init(available: 0, lead: 3, service: 0.99))
        )
        #expect(low.quantity < high.quantity)
    }

    @Test func withoutAForecastTheSetNumbersDecideOrNobody() {
        let why = Words("자료가 너무 적습니다", "Too little data")
        let set = Replenishment.proposal(
            "a", tooLittle: why, reorder: .init(point: 10, quantity: 30), today: 5, .init(available: 10, lead: 2))
        #expect(set.quantity == 30 && set.orderBy == 5 && set.reasons[0] == why)
        let full = Replenishment.proposal(
            "a", tooLittle: why, reorder: .init(point: 10, quantity: 30), today: 5, .init(available: 11, lead: 2))
        #expect(full.quantity == 0 && full.orderBy == nil)
        let none = Replenishment.proposal("a", tooLittle: why, reorder: nil, today: 5, .init(available: 0, lead: 2))
        #expect(none.quantity == 0 && none.reasons.count == 2)
    }
}
