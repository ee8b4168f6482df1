/// How complex what a region has, and an industry, is: the economic complexity index and its mate for industries.
///
/// Hidalgo and Hausmann 2009: the second eigenvector of K_r⁻¹ M K_p⁻¹ Mᵀ (ECI), and of K_p⁻¹ Mᵀ K_r⁻¹ M (PCI). ECI has
/// mean 0 and (population) standard deviation 1 over the regions; PCI is in the same units, so that the ECI of a
/// region is the mean PCI of what it is specialised in. The sign is the one by which ECI goes with diversity. Regions
/// and industries without any specialisation have none (`nan`).
public struct Complexity: Sendable {
    /// ECI of each region, in standard deviations; `nan` where it has no specialisation.
    public let regions: [Double]
    /// PCI of each industry, in the standard deviations of ECI; `nan` where no region is specialised in it.
    public let industries: [Double]
    /// The mean and the standard deviation by which both were brought to scale: what the eigenvectors were.
    public let mean: Double, deviation: Double
    /// The second and the third eigenvalue. Where they are nearly alike the order of the regions hangs on little.
    public let second: Double, third: Double

    /// Whether every region hangs together with every other by what they have in common. Where not, the index tells the
    /// parts apart and not how complex they are.
    public var isConnected: Bool { second < 1 - 1e-9 }

    /// The PCI as the eigenvector had it, before it was brought to scale.
    public func unscaled(_ industry: Int) -> Double { industries[industry] * deviation + mean }

    /// The index of an economy; nil where fewer than three regions or industries have any specialisation.
    public init?(_ specialisation: Specialisation) {
        let (rows, columns) = (specialisation.diversity, specialisation.ubiquity)
        guard rows.count(where: { $0 > 0 }) > 2, columns.count(where: { $0 > 0 }) > 2 else { return nil }
        let operation = Reflection(specialisation)
        guard let found = Lanczos.second(operation) else { return nil }
        (second, third) = (found.second, found.third)
        // Back from the symmetric form: an industry's score is its component by the root of its ubiquity.
        var scores = zip(found.vector, columns).map { $1 == 0 ? EconomyMatrix.unknown : $0 / Double($1).squareRoot() }
        var own = [Double](repeating: EconomyMatrix.unknown, count: rows.count)
        for region in rows.indices where rows[region] > 0 {
            var sum = 0.0
            specialisation.present.forEach(in: region) { sum += scores[$0] }
            own[region] = sum / Double(rows[region])
        }
        if Self.isTurned(own, rows, scores) {
            for index in scores.indices { scores[index] = -scores[index] }
            for index in own.indices { own[index] = -own[index] }
        }
        let valid = own.filter { !$0.isNaN }
        let mean = valid.reduce(0, +) / Double(valid.count)
        let variance = valid.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(valid.count)
        guard variance > 0 else { return nil }
        let deviation = variance.squareRoot()
        regions = own.map { ($0 - mean) / deviation }
        industries = scores.map { ($0 - mean) / deviation }
        (self.mean, self.deviation) = (mean, deviation)
    }

    /// Whether the signs are to be turned: ECI goes with diversity; where it goes with neither, the first industry with
    /// any score has a positive one.
    private static func isTurned(_ own: [Double], _ diversity: [Int], _ scores: [Double]) -> Bool {
        let pairs = zip(own, diversity).filter { !$0.0.isNaN }
        let (a, b) = (
            pairs.reduce(0) { $0 + $1.0 } / Double(pairs.count),
            pairs.reduce(0) { $0 + Double($1.1) } / Double(pairs.count)
        )
        let together = pairs.reduce(0) { $0 + ($1.0 - a) * (Double($1.1) - b) }
        let size = pairs.reduce(0) { $0 + abs(($1.0 - a) * (Double($1.1) - b)) }
        if abs(together) > 1e-9 * size { return together < 0 }
        return (scores.first { !$0.isNaN && abs($0) > 1e-9 } ?? 1) < 0
    }
}

/// The symmetric matrix K_p^-½ Mᵀ K_r⁻¹ M K_p^-½, as what it does to a vector: it has the eigenvalues that ECI and PCI
/// are of, and its first eigenvector is √k_p.
struct Reflection {
    /// The columns that each row has, one row behind the other, and where each begins.
    private let members: [Int32]
    private let begins: [Int]
    private let rowWeight: [Double]
    private let columnWeight: [Double]
    /// Its first eigenvector, of length 1.
    let first: [Double]

    init(_ specialisation: Specialisation) {
        var (members, begins): ([Int32], [Int]) = ([], [0])
        members.reserveCapacity(specialisation.diversity.reduce(0, +))
        for region in 0..<specialisation.regions {
            specialisation.present.forEach(in: region) { members.append(Int32($0)) }
            begins.append(members.count)
        }
        (self.members, self.begins) = (members, begins)
        rowWeight = specialisation.diversity.map { $0 == 0 ? 0 : 1 / Double($0) }
        columnWeight = specialisation.ubiquity.map { $0 == 0 ? 0 : 1 / Double($0).squareRoot() }
        let total = Double(members.count).squareRoot()
        first = specialisation.ubiquity.map { Double($0).squareRoot() / total }
    }

    var size: Int { columnWeight.count }

    /// What it makes of a vector.
    func callAsFunction(_ vector: [Double]) -> [Double] {
        var weighted = vector
        for column in weighted.indices { weighted[column] *= columnWeight[column] }
        var out = [Double](repeating: 0, count: size)
        members.withUnsafeBufferPointer { members in
            weighted.withUnsafeBufferPointer { weighted in
                out.withUnsafeMutableBufferPointer { out in
                    for row in rowWeight.indices {
                        var sum = 0.0
                        for at in begins[row]..<begins[row + 1] { sum += weighted[Int(members[at])] }
                        sum *= rowWeight[row]
                        for at in begins[row]..<begins[row + 1] { out[Int(members[at])] += sum }
                    }
                }
            }
        }
        for column in out.indices { out[column] *= columnWeight[column] }
        return out
    }
}
