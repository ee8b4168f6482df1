/// Participants laid out on a plane by how alike they answer, and the groups they fall into.
///
/// Two principal components of the centred answers (a missing answer lies at the statement's mean, so it pulls nowhere), each
/// participant moved outwards by √(statements / answered) so that those who answered little do not all lie in the middle; then
/// k-means from fixed beginnings, with as many groups (2 to 5) as set apart best by silhouette. There is no chance in it: the same
/// answers give the same bytes on every machine, since every sum goes in the order of rows and columns.
struct OpinionMap: Sendable {
    struct Point: Sendable, Hashable {
        let x: Double
        let y: Double
    }

    /// Participants who answered enough to be placed, by their row.
    let placed: [Int]
    /// Where each of them lies.
    let points: [Point]
    /// Which group each of them is in.
    let groups: [Int]
    /// How many groups there are; 0 where there are too few participants to speak of any.
    let count: Int
    /// How well they are apart, −1 to 1.
    let silhouette: Double

    /// Fewer answered statements than this, and than there are, place nobody.
    static let leastAnswers = 4
    /// Fewer participants than this are in no groups: each could be told from the picture.
    static let leastParticipants = 10

    init(_ matrix: OpinionMatrix) {
        let least = min(Self.leastAnswers, matrix.statements)
        let placed = (0..<matrix.participants).filter { matrix.answered(by: $0) >= max(1, least) }
        self.placed = placed
        guard placed.count >= Self.leastParticipants, matrix.statements >= 2 else {
            (points, groups, count, silhouette) = ([], [], 0, 0)
            return
        }
        let means = matrix.means
        let centred = placed.map { row in
            (0..<matrix.statements).map { column in
                matrix[row, column].map { Double($0.rawValue) - means[column] } ?? 0
            }
        }
        let axes = PrincipalAxes.two(of: centred, width: matrix.statements)
        let points = zip(placed, centred).map { row, values in
            let out = (Double(matrix.statements) / Double(matrix.answered(by: row))).squareRoot()
            return Point(x: PrincipalAxes.product(values, axes.0) * out, y: PrincipalAxes.product(values, axes.1) * out)
        }
        self.points = points
        var best: (groups: [Int], count: Int, silhouette: Double) = (Array(repeating: 0, count: points.count), 1, 0)
        for count in 2...5 where points.count >= count * 3 {
            let groups = Grouping.kMeans(points, count)
            let silhouette = Grouping.silhouette(points, groups, count)
            // More groups must be clearly better: each is harder to understand.
            if silhouette > best.silhouette + 0.05 { best = (groups, count, silhouette) }
        }
        (groups, count, silhouette) = best
    }
}
