/// Why a region grew or shrank between two moments (Dunn 1960): with the whole, with its industries, or by itself.
///
/// Of each industry p with x jobs before: whole = x·G, mix = x·(g_p − G), own = x·(g_rp − g_p), in the unit of the
/// data; G and g_p are the growth of everything and of the industry over all regions. The three add up to the change.
/// Only cells that are known at both moments count, for the region as for the whole; what that leaves out is told by
/// ``Part/knownShare``.
public struct ShiftShare: Sendable {
    /// One region's change, or one industry's in it.
    public struct Part: Sendable, Hashable {
        /// What there was before and after, of what is known at both moments.
        public var before = 0.0, after = 0.0
        /// What came with the growth of everything.
        public var whole = 0.0
        /// What came with the growth of the industries it has.
        public var mix = 0.0
        /// What came of the place itself.
        public var own = 0.0
        /// The share of the industries with anything in them that is known at both moments.
        public var knownShare = 0.0

        /// The change itself.
        public var change: Double { after - before }
    }

    /// What each region's change came of.
    public let regions: [Part]
    /// The growth of everything, as a share of what was before; nil where nothing was.
    public let growth: Double?
    private let cells: [Part]
    private let industries: Int

    /// How many bytes it takes, about.
    var weight: Int { (cells.count + regions.count) * MemoryLayout<Part>.stride }

    /// Two moments of the same regions and industries.
    /// - Precondition: both have the same rows and columns (see ``EconomyMatrix/aligned(regions:industries:)``).
    public init(from before: EconomyMatrix, to after: EconomyMatrix) {
        precondition(before.regions == after.regions && before.industries == after.industries, "aligned")
        let width = before.industries.count
        industries = width
        var (sumsBefore, sumsAfter) = (
            [Double](repeating: 0, count: width), [Double](repeating: 0, count: width)
        )
        func each(_ body: (_ region: Int, _ industry: Int, _ old: Double, _ new: Double) -> Void) {
            for region in before.regions.indices {
                for industry in 0..<width {
                    guard let old = before[region, industry], let new = after[region, industry] else { continue }
                    body(region, industry, old, new)
                }
            }
        }
        each { _, industry, old, new in
            sumsBefore[industry] += old
            sumsAfter[industry] += new
        }
        let (all, later) = (sumsBefore.reduce(0, +), sumsAfter.reduce(0, +))
        growth = all > 0 ? (later - all) / all : nil
        let general = growth ?? 0
        var cells = [Part](repeating: Part(), count: before.regions.count * width)
        var regions = [Part](repeating: Part(), count: before.regions.count)
        each { region, industry, old, new in
            let own = sumsBefore[industry] > 0 ? sumsAfter[industry] / sumsBefore[industry] - 1 : general
            var part = Part(before: old, after: new)
            part.whole = old * general
            part.mix = old * (own - general)
            part.own = new - old - part.whole - part.mix
            part.knownShare = 1
            cells[region * width + industry] = part
            regions[region].before += old
            regions[region].after += new
            regions[region].whole += part.whole
            regions[region].mix += part.mix
            regions[region].own += part.own
            regions[region].knownShare += 1
        }
        let live = sumsBefore.indices.count { sumsBefore[$0] > 0 || sumsAfter[$0] > 0 }
        for region in regions.indices { regions[region].knownShare /= Double(max(live, 1)) }
        (self.cells, self.regions) = (cells, regions)
    }

    /// What one industry's change in a region came of; nil where it is not known at both moments.
    public func part(_ region: Int, _ industry: Int) -> Part? {
        let part = cells[region * industries + industry]
        return part.knownShare > 0 ? part : nil
    }
}
