import Testing

@testable import Sensing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

struct TailModelTests {
    @Test("of exponential scores the tail is right within a factor of three, a hundred times beyond what was seen")
    func exponential() {
        let noise = HashedNoise(seed: 42)
        var tail = TailModel(calibratedBy: (0..<300).map { -log(noise.uniform($0)) }, priorWeight: 12)
        for index in 300..<20_000 { tail.observe(-log(noise.uniform(Int64(index)))) }
        let quantile = tail.quantile(1e-4)
        print("exponential scores: the 1e-4 quantile is \(quantile), truly \(-log(1e-4))")
        #expect(exp(-quantile) < 3e-4 && exp(-quantile) > 1e-6)
    }

    @Test("probabilities fall as scores grow, and the quantile is their inverse")
    func monotone() {
        let noise = HashedNoise(seed: 5)
        let tail = TailModel(calibratedBy: (0..<300).map { abs(noise.gaussian($0)) }, priorWeight: 12)
        let probabilities = (0...200).map { tail.probability(of: Double($0) * 0.1) }
        #expect(zip(probabilities, probabilities.dropFirst()).allSatisfy { $0 >= $1 && $1 >= 0 && $0 <= 1 })
        for target in [1e-3, 1e-5, 1e-7] {
            #expect(abs(tail.probability(of: tail.quantile(target)) / target - 1) < 1e-6)
        }
    }
}
