import District
import Testing

@testable import Transition

@Suite("Complexity, held against what was worked out by hand")
struct ComplexityTests {
    private let specialisation = Specialisation(Economies.small)

    @Test("R = (x_rp / x_r) / (x_p / x), and M where it reaches 1")
    func advantage() {
        #expect(specialisation.advantage == [3, 1.5, 0, 0, 1.5, 1, 0, 0, 2])
        #expect((0..<3).map { specialisation.present.members(of: $0) } == [[0, 1], [1, 2], [2]])
        #expect(specialisation.diversity == [2, 2, 1])
        #expect(specialisation.ubiquity == [1, 2, 2])
    }

    @Test("φ = U / max(k_p, k_q)")
    func proximity() {
        let space = IndustrySpace(specialisation)
        #expect(space.proximity == [1, 0.5, 0, 0.5, 1, 0.5, 0, 0.5, 1])
        #expect(space.backbone(alsoFrom: 0.9).map { [$0.one, $0.other] } == [[0, 1], [1, 2]])
    }

    @Test("ω in both conventions")
    func density() {
        let space = IndustrySpace(specialisation)
        let one = Density(specialisation, space, diagonal: .one)
        #expect(one.values.prefix(3).map { ($0 * 1200).rounded() } == [1200, 900, 400])
        let zero = Density(specialisation, space, diagonal: .zero)
        #expect(Array(zero.values.prefix(3)) == [1, 0.5, 1])
    }

    @Test("ECI is the second eigenvector: its eigenvalue is (3 + √5) / 8")
    func index() throws {
        let complexity = try #require(Complexity(specialisation))
        #expect(abs(complexity.second - (3 + 5.0.squareRoot()) / 8) < 1e-12)
        let wanted = [1.309015, -0.190983, -1.118034]
        for (found, wanted) in zip(complexity.regions, wanted) { #expect(abs(found - wanted) < 1e-5) }
        #expect(complexity.isConnected)
    }

    @Test("fitness: whoever alone has what nobody else has is the fittest")
    func fitness() {
        let fitness = Fitness(specialisation)
        #expect(fitness.regions[0] > fitness.regions[1] && fitness.regions[1] > fitness.regions[2])
        #expect(fitness.industries[0] > fitness.industries[1])
        #expect(abs(fitness.regions.reduce(0, +) / 3 - 1) < 1e-12)
    }

    @Test("two halves that have nothing in common are told to be unconnected")
    func unconnected() throws {
        let halves = EconomyMatrix(
            regions: ["A", "B", "C", "D"], industries: ["1", "2", "3", "4"],
            values: [5, 5, 0, 0, 5, 5, 0, 0, 0, 0, 5, 5, 0, 0, 5, 5])
        #expect(try !#require(Complexity(Specialisation(halves))).isConnected)
    }
}

@Suite("Complexity, whatever the economy")
struct ComplexityPropertyTests {
    @Test("the ECI of a region is the mean PCI of what it is specialised in", arguments: [1, 7, 42] as [UInt64])
    func mates(seed: UInt64) throws {
        let specialisation = Specialisation(Economies.drawn(seed: seed))
        let complexity = try #require(Complexity(specialisation))
        for region in 0..<specialisation.regions where specialisation.diversity[region] > 0 {
            let members = specialisation.present.members(of: region)
            let mean = members.reduce(0) { $0 + complexity.industries[$1] } / Double(members.count)
            #expect(abs(mean - complexity.regions[region]) < 1e-9)
        }
        // It is an eigenvector: once more through the matrix it is itself, by its eigenvalue.
        let reflection = Reflection(specialisation)
        let vector = specialisation.ubiquity.indices.map { industry in
            specialisation.ubiquity[industry] == 0
                ? 0 : complexity.unscaled(industry) * Double(specialisation.ubiquity[industry]).squareRoot()
        }
        for (through, own) in zip(reflection(vector), vector) {
            #expect(abs(through - complexity.second * own) < 1e-9)
        }
    }

    @Test("the order of the rows changes nothing but the order", arguments: [3, 11] as [UInt64])
    func order(seed: UInt64) throws {
        let matrix = Economies.drawn(seed: seed, regions: 25, industries: 30)
        let turned = matrix.aligned(regions: matrix.regions.reversed(), industries: matrix.industries.reversed())
        let (one, other) = (
            try #require(Complexity(Specialisation(matrix))), try #require(Complexity(Specialisation(turned)))
        )
        for (a, b) in zip(one.regions, other.regions.reversed()) { #expect(abs(a - b) < 1e-8) }
        for (a, b) in zip(one.industries, other.industries.reversed()) { #expect(abs(a - b) < 1e-8 || a.isNaN) }
    }

    @Test("density and outlook are the sums that their formulas say", arguments: [0, 0.3])
    func sums(unknown: Double) throws {
        let specialisation = Specialisation(Economies.drawn(seed: 5, regions: 20, industries: 30, unknown: unknown))
        let space = IndustrySpace(specialisation)
        let complexity = try #require(Complexity(specialisation))
        let (one, zero) = (
            Density(specialisation, space, diagonal: .one), Density(specialisation, space, diagonal: .zero)
        )
        let outlook = Outlook(specialisation, space, one, complexity)
        for region in 0..<20 {
            for industry in 0..<30 {
                var (over, under, gain) = (0.0, 0.0, 0.0)
                for other in 0..<30 where specialisation.known[region, other] {
                    let near = space[other, industry]
                    under += near
                    if specialisation.present[region, other] {
                        over += near
                    } else if specialisation.ubiquity[other] > 0 {
                        let sum = (0..<30).reduce(0) { $0 + space[other, $1] }
                        gain += near * complexity.unscaled(other) / sum
                    }
                }
                if under > 1e-9 { #expect(abs((one[region, industry] ?? .nan) - over / under) < 1e-12) }
                let own = specialisation.known[region, industry] ? space[industry, industry] : 0
                let mine = specialisation.present[region, industry] ? own : 0
                if under - own > 1e-9 {
                    #expect(abs((zero[region, industry] ?? .nan) - (over - mine) / (under - own)) < 1e-12)
                }
                guard specialisation.known[region, industry] else {
                    #expect(outlook.gain(region, industry) == nil)
                    continue
                }
                let wanted = specialisation.present[region, industry] ? 0 : gain / complexity.deviation
                #expect(abs((outlook.gain(region, industry) ?? .nan) - wanted) < 1e-9)
            }
        }
    }

    @Test("the same bytes come out whatever the number of threads", arguments: [1, 2, 5])
    func threads(count: Int) {
        let specialisation = Specialisation(Economies.drawn(seed: 9, unknown: 0.1))
        func bytes(_ threads: Int) -> [[UInt64]] {
            let space = IndustrySpace(specialisation, threads: threads)
            let density = Density(specialisation, space, diagonal: .one, threads: threads)
            let near = Density.nearest(5, specialisation, space, threads: threads)
            let spectral = SpectralScore.values(specialisation, threads: threads)
            return [space.proximity, density.values, near.values, spectral].map { $0.map(\.bitPattern) }
        }
        #expect(bytes(count) == bytes(2))
    }
}

@Suite("What is unknown is never zero")
struct UnknownTests {
    @Test("an unknown cell has no advantage, is no absence and no outlook")
    func unknown() throws {
        var values = Economies.drawn(seed: 4).values
        values[3 * 60 + 7] = .nan
        let whole = Economies.drawn(seed: 4)
        let matrix = EconomyMatrix(regions: whole.regions, industries: whole.industries, values: values)
        let specialisation = Specialisation(matrix)
        #expect(matrix[3, 7] == nil && specialisation.advantage(3, 7) == nil)
        #expect(!specialisation.known[3, 7] && !specialisation.present[3, 7])
        #expect(specialisation.knownShare(of: 3) < 1 && specialisation.knownShare(of: 4) == 1)
        #expect(EntryRule.usual.candidates(in: specialisation).allSatisfy { $0 != 3 * 60 + 7 })
        #expect(matrix.filled()[3, 7] == 0 && matrix.filled().isFilled)
    }

    @Test("an economy is put together from its known cells alone")
    func cells() {
        let matrix = EconomyMatrix(
            regions: ["A", "B"], industries: ["1", "2"], cells: [.init(region: 0, industry: 1, value: 3)])
        #expect(matrix.knownCells == 1 && matrix[0, 1] == 3 && matrix[1, 1] == nil)
        #expect(matrix.withoutEmpty().regions == ["A"])
        #expect(matrix.aligned(regions: ["B", "C", "A"], industries: ["2"]).knownCells == 1)
    }
}

@Suite("Bits")
struct BitMatrixTests {
    @Test("a matrix of bits says what was put into it", arguments: [1, 5] as [UInt64])
    func bits(seed: UInt64) {
        var draw = SeededDraw(seed: seed)
        var (matrix, plain) = (BitMatrix(rows: 7, columns: 131), Set<[Int]>())
        for _ in 0..<300 {
            let (row, column) = (draw.below(7), draw.below(131))
            let isSet = draw.below(3) > 0
            matrix[row, column] = isSet
            if isSet { plain.insert([row, column]) } else { plain.remove([row, column]) }
        }
        for row in 0..<7 {
            #expect(matrix.members(of: row) == plain.filter { $0[0] == row }.map { $0[1] }.sorted())
            #expect(matrix.count(row: row) == plain.count { $0[0] == row })
        }
        #expect(matrix.transposed().transposed() == matrix)
        let both = matrix.members(of: 0).count { plain.contains([1, $0]) }
        #expect(matrix.overlap(0, 1) == both)
    }
}
