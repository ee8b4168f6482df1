import District
import Foundation
import TestKit
import Testing

@testable import Transition

/// Holds every figure against PyPI `ecomplexity` (Growth Lab) and `economic-complexity`, on real economies.
@Suite("Parity with PyPI ecomplexity and economic-complexity", .serialized)
struct ParityTests {
    /// A file of the shared data, and which columns it has.
    struct Case: Sendable, CustomTestStringConvertible {
        let file: String, region: String, industry: String, value: String
        var testDescription: String { file }
    }

    static let cases = [
        Case(file: "us_metro_naics4_2018.csv", region: "cbsa_code", industry: "naics_code", value: "EMP"),
        Case(file: "world_hs4_1962.csv", region: "country", industry: "product", value: "value"),
    ]

    static var canCompare: Bool {
        SharedData.url("transition") != nil && TestPython.has("ecomplexity", "economic_complexity")
    }

    @Test(
        "ECI within 1e-6, density within 1e-12 in both conventions",
        .enabled(if: canCompare, "the economies, or a Python with both packages, are not on this machine"),
        arguments: cases)
    func parity(of economy: Case) async throws {
        let file = try #require(SharedData.url("transition/\(economy.file)"))
        try await withTemporaryFolder { folder in
            _ = try TestPython.run(
                "parity.py", [file.path, economy.region, economy.industry, economy.value, folder.path])
            let theirs = Theirs(folder: folder)
            try compare(try read(file, economy, theirs), theirs)
        }
    }

    /// The same rows and columns as theirs, with zeros where the file has nothing: so do they.
    private func read(_ file: URL, _ economy: Case, _ theirs: Theirs) throws -> EconomyMatrix {
        let text = try EconomyText.text([UInt8](Data(contentsOf: file)))
        var reading = EconomyFile.Reading()
        reading.columns = .init(region: economy.region, industry: economy.industry, value: economy.value)
        reading.year = 2018
        reading.missingIsZero = true
        let read = try EconomyFile(text, reading)
        #expect(read.refused == 0)
        let matrix = try #require(read.years.first).matrix.withoutEmpty()
        #expect(matrix.regions == (try theirs.names("regions")))
        #expect(matrix.industries == (try theirs.names("industries")))
        return matrix
    }

    private func compare(_ matrix: EconomyMatrix, _ theirs: Theirs) throws {
        let specialisation = Specialisation(matrix)
        let space = IndustrySpace(specialisation)
        let one = Density(specialisation, space, diagonal: .one)
        let zero = Density(specialisation, space, diagonal: .zero)
        let complexity = try #require(Complexity(specialisation))
        let outlook = Outlook(specialisation, space, one, complexity)
        let present = (0..<specialisation.regions).flatMap { region in
            (0..<specialisation.industries).map { specialisation.present[region, $0] ? 1.0 : 0 }
        }
        let width = space.count
        let withoutDiagonal = space.proximity.enumerated().map { $0 / width == $0 % width ? 0 : $1 }
        // Relative to the larger where numbers are large: R reaches thousands.
        #expect(try theirs.distance("rca", specialisation.advantage) <= 1e-12)
        #expect(try theirs.distance("mcp", present) == 0)
        #expect(try theirs.distance("proximity", space.proximity) <= 1e-12)
        #expect(try theirs.distance("density", one.values) <= 1e-12)
        #expect(try theirs.distance("eci", complexity.regions) <= 1e-6)
        #expect(try theirs.distance("pci", complexity.industries) <= 1e-6)
        #expect(try theirs.distance("coi", outlook.index) <= 1e-6)
        #expect(try theirs.distance("cog", outlook.gain) <= 1e-6)
        #expect(try theirs.distance("other-rca", specialisation.advantage) <= 1e-12)
        #expect(try theirs.distance("other-proximity", withoutDiagonal) <= 1e-12)
        #expect(try theirs.distance("other-density", zero.values) <= 1e-12)
        // Theirs is reflected twenty times from the diversity, and has not quite arrived.
        #expect(Self.correlation(try theirs.numbers("other-eci"), complexity.regions) > 0.999_999)
    }

    private static func correlation(_ one: [Double], _ other: [Double]) -> Double {
        let (a, b) = (Outlook.standardised(one), Outlook.standardised(other))
        return zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } / Double(a.count)
    }

    /// What the script left in its folder.
    struct Theirs {
        let folder: URL

        func names(_ name: String) throws -> [String] {
            try String(contentsOf: folder.appending(path: "\(name).txt"), encoding: .utf8).components(separatedBy: "\n")
        }

        func numbers(_ name: String) throws -> [Double] {
            let data = try Data(contentsOf: folder.appending(path: "\(name).f64"))
            return data.withUnsafeBytes { bytes in
                (0..<data.count / 8).map { bytes.loadUnaligned(fromByteOffset: $0 * 8, as: Double.self) }
            }
        }

        /// The largest difference, relative to the larger of 1 and the number itself; infinite where the counts differ.
        func distance(_ name: String, _ ours: [Double]) throws -> Double {
            let theirs = try numbers(name)
            guard theirs.count == ours.count else { return .infinity }
            return zip(theirs, ours).reduce(0) { most, pair in
                let gap = abs(pair.0 - pair.1) / max(1, abs(pair.0))
                return gap.isNaN ? .infinity : max(most, gap)
            }
        }
    }
}
