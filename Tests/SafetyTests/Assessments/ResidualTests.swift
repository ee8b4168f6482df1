import Record
import Testing

@testable import Safety

@Suite("What risk remains")
struct ResidualTests {
    static let now = Timestamp(microseconds: 1_800_000_000_000_000)

    static func claim(
        _ step: ControlStep, _ likelihood: Int, _ severity: Int = 0, good: Bool? = true, days: Double = 30
    ) -> ControlClaim {
        ControlClaim(
            step: step, likelihoodSteps: likelihood, severitySteps: severity,
            verification: good.map { .init(isGood: $0, validUntil: now.advanced(bySeconds: days * 86_400)) })
    }

    /// A press that can kill: likelihood 4 of 5, severity 4 of 4.
    static let press = Risk(likelihood: 4, severity: 4)

    @Test(
        "follows the rules of the method",
        arguments: [
            ([], Risk(likelihood: 4, severity: 4), RiskBand.severe),
            ([claim(.engineering, 2, good: nil)], Risk(likelihood: 4, severity: 4), .severe),
            ([claim(.engineering, 2, good: false)], Risk(likelihood: 4, severity: 4), .severe),
            ([claim(.engineering, 2, days: 0)], Risk(likelihood: 4, severity: 4), .severe),
            ([claim(.engineering, 2)], Risk(likelihood: 2, severity: 4), .medium),
            ([claim(.engineering, 9, 9)], Risk(likelihood: 2, severity: 3), .medium),
            ([claim(.ppe, 3, 3)], Risk(likelihood: 3, severity: 4), .high),
            ([claim(.ppe, 1), claim(.administrative, 1, 1)], Risk(likelihood: 3, severity: 4), .high),
            ([claim(.elimination, 4, 4)], Risk(likelihood: 1, severity: 1), .low),
            ([claim(.substitution, 3, 2), claim(.ppe, 1)], Risk(likelihood: 1, severity: 2), .low),
        ] as [([ControlClaim], Risk, RiskBand)])
    func rules(controls: [ControlClaim], risk: Risk, band: RiskBand) {
        let residual = Residual(of: Self.press, on: .fiveByFour, controls: controls, at: Self.now)
        #expect(residual.risk == risk)
        #expect(residual.band == band)
    }

    @Test("what can kill stays high under protective equipment alone, however unlikely it was judged")
    func lethal() {
        for likelihood in 1...5 {
            let residual = Residual(
                of: Risk(likelihood: likelihood, severity: 4), on: .fiveByFour,
                controls: [Self.claim(.ppe, 1), Self.claim(.administrative, 1)], at: Self.now)
            #expect(residual.band >= .high, "likelihood \(likelihood)")
        }
        let levels = Residual(
            of: Risk(likelihood: 1, severity: 2), on: .threeLevels, controls: [Self.claim(.ppe, 1)], at: Self.now)
        #expect(levels.band == .high)
        let idle = Residual(
            of: Risk(likelihood: 1, severity: 4), on: .fiveByFour, controls: [Self.claim(.engineering, 0)],
            at: Self.now)
        #expect(idle.band == .high, "a control that takes nothing away takes no floor away either")
    }

    @Test("never lies below what verified controls justify, and never falls when there are fewer of them")
    func properties() {
        var random = SeededRandom(20_261_121)
        for _ in 0..<4000 {
            let scale = Bool.random(using: &random) ? RiskScale.fiveByFour : .threeLevels
            let inherent = Risk(
                likelihood: .random(in: 1...scale.likelihoods, using: &random),
                severity: .random(in: 1...scale.severities, using: &random))
            let controls = (0..<Int.random(in: 0...5, using: &random)).map { _ in
                Self.claim(
                    ControlStep.allCases[.random(in: 0..<5, using: &random)], .random(in: -1...5, using: &random),
                    .random(in: -1...4, using: &random),
                    good: [true, true, false, nil][.random(in: 0..<4, using: &random)],
                    days: .random(in: -30...30, using: &random))
            }
            let residual = Residual(of: inherent, on: scale, controls: controls, at: Self.now)
            let none = Residual(of: inherent, on: scale, controls: [], at: Self.now)
            #expect(residual.risk.likelihood <= inherent.likelihood && residual.risk.severity <= inherent.severity)
            #expect(residual.risk.likelihood >= 1 && residual.risk.severity >= 1)

            // Counted anew: what each verified control could take at most.
            let good = controls.filter {
                $0.verification?.isGood == true && $0.verification?.validUntil ?? Self.now > Self.now
            }
            let hard = good.filter { [.elimination, .substitution, .engineering].contains($0.step) }
            let taken = good.reduce(0) { $0 + max(0, $1.likelihoodSteps) }
            #expect(residual.risk.likelihood >= inherent.likelihood - taken)
            #expect(residual.risk.severity >= inherent.severity - hard.reduce(0) { $0 + max(0, $1.severitySteps) })
            if hard.isEmpty {
                #expect(residual.risk.severity == inherent.severity)
                #expect(residual.risk.likelihood >= inherent.likelihood - 1)
                if inherent.severity == scale.severities { #expect(residual.band >= .high) }
            }
            if good.isEmpty { #expect(residual == none && residual.until == nil) }

            for index in controls.indices {
                var fewer = controls
                fewer.remove(at: index)
                let without = Residual(of: inherent, on: scale, controls: fewer, at: Self.now)
                #expect(without.band >= residual.band)
                #expect(without.risk.likelihood >= residual.risk.likelihood)
                #expect(without.risk.severity >= residual.risk.severity)
            }
            // Once every verification has run out, the inherent risk is back.
            let later = Residual(
                of: inherent, on: scale, controls: controls, at: Self.now.advanced(bySeconds: 31 * 86_400))
            #expect(later.risk == inherent && later.band == none.band)
            if let until = residual.until {
                let then = Residual(of: inherent, on: scale, controls: controls, at: until)
                #expect(then.band >= residual.band)
            }
        }
    }

    @Test("a scale must rise; its bands follow its own numbers")
    func scales() throws {
        #expect(RiskScale(likelihoods: 5, severities: 4, medium: 4, high: 4, severe: 15) == nil)
        #expect(RiskScale(likelihoods: 5, severities: 4, medium: 4, high: 9, severe: 21) == nil)
        #expect(RiskScale(likelihoods: 1, severities: 4, medium: 2, high: 3, severe: 4) == nil)
        let scale = try #require(RiskScale(likelihoods: 3, severities: 3, medium: 2, high: 4, severe: 9))
        #expect(scale.band(Risk(likelihood: 2, severity: 2)) == .high)
        #expect(scale.band(Risk(likelihood: 1, severity: 1)) == .low)
        #expect(!scale.holds(Risk(likelihood: 4, severity: 1)) && scale.holds(Risk(likelihood: 3, severity: 3)))
        #expect(RiskBand(rank: 9) == .severe)
    }

    @Test("a copy is known by its texts, whatever spaces and commas were changed")
    func copies() {
        let one = ["금형 교체 중 슬라이드가 내려와 손이 끼임", "소재 공급 중 날카로운 모서리에 베임", "프레스 소음으로 청력이 손상됨"]
        let spaced = ["금형교체 중, 슬라이드가 내려와 손이 끼임!", "소재 공급 중 날카로운 모서리에 베임.", "프레스 소음으로 청력이 손상됨"]
        let other = ["용탕이 튀어 화상을 입음", "크레인으로 옮기던 래들이 떨어짐", "주물사 분진을 들이마심"]
        #expect(CopyCheck.isCopy(spaced, of: one))
        #expect(!CopyCheck.isCopy(other, of: one))
        #expect(CopyCheck.share(of: one, in: one) == 1)
        #expect(!CopyCheck.isCopy(Array(one.prefix(2)), of: one), "two hazards are too few to tell")
        #expect(CopyCheck.isCopy(one, of: one + other), "taken out of a longer one")
        #expect(!CopyCheck.isCopy(one + other, of: one))
    }
}

/// Numbers that are the same in every run (SplitMix64).
private struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64
    init(_ seed: UInt64) { state = seed }
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }
}
