import Foundation
import Record
import TestKit
import Testing

@testable import Robots

@Suite("What may not be held at once")
struct SiteConflictTests {
    @Test func longEdgesAreCutAndEveryPieceIsFound() throws {
        let site = try SiteCompiler.compile(.square)
        // 10 m at a diameter of 0.8 m: pieces of at most 2.4 m, so five of 2 m.
        #expect(site.number("ab~n1") != nil && site.number("ab~n4") != nil && site.number("ab~n5") == nil)
        let from = try #require(site.number("a")), to = try #require(site.number("ab~n1"))
        let passage = try #require(site.passage(from, to))
        #expect(passage.edge == "ab~e1" && passage.drawn == "ab")
        #expect(abs(passage.seconds - 2) < 1e-9)
        #expect(site.roadmap.next[Int(from)].contains(to) && site.roadmap.next[Int(to)].contains(from))
        #expect(site.roadmap.next.allSatisfy { $0 == $0.sorted() })
    }

    @Test func zonesSlowWeighAndClose() throws {
        let plan = SitePlan.square.with {
            $0.zones = [
                SitePlan.zone("slow", [(-1, -1), (11, -1), (11, 1), (-1, 1)], .speed(0.5)),
                SitePlan.zone("dear", [(-1, 9), (11, 9), (11, 11), (-1, 11)], .cost(4)),
                SitePlan.zone("few", [(4, 9), (6, 9), (6, 11), (4, 11)], .capacity(1)),
                SitePlan.zone("shut", [(6, 6), (8, 6), (8, 8), (6, 8)], .blocked),
            ]
            $0.edges.append(.init(id: "ac", from: "a", to: "c"))
        }
        let site = try SiteCompiler.compile(plan)
        let number = { (name: String) in try #require(site.number(name)) }
        #expect(try site.passage(number("a"), number("ab~n1"))?.speed == 0.5)
        #expect(try site.passage(number("c"), number("cd~n1"))?.weight == 4)
        #expect(site.number("bc~n1") != nil && site.number("ac~n1") == nil)
        let few = try #require(site.area("few"))
        #expect(few.capacity == 1)
        #expect(try few.nodes.contains(number("cd~n2")) && few.nodes.contains(number("cd~n3")))
        #expect(try !few.nodes.contains(number("c")))
    }

    @Test("for random plans the sets are those of a check of every pair", arguments: Array(0..<60) as [UInt64])
    func likeBruteForce(seed: UInt64) throws {
        var draw = SeededGenerator(seed: seed)
        let site = try #require(Self.random(&draw))
        let radius = site.plan.footprint
        let pieces = Set(
            site.passages.keys.map { $0.from < $0.to ? $0 : CompiledSite.Way($0.to, $0.from) }
        ).filter { site.spots[$0.from].map == site.spots[$0.to].map }.sorted { ($0.from, $0.to) < ($1.from, $1.to) }
        #expect(Self.bruteForce(site, pieces, radius) == site.roadmap.conflicts)
        // What the sets are for: two bodies on ways that are held by nodes without conflict never touch.
        let segment = { (way: CompiledSite.Way) in
            SiteGeometry.Segment(from: site.spots[way.from].point, to: site.spots[way.to].point)
        }
        for (index, one) in pieces.enumerated() {
            for other in pieces[(index + 1)...]
            where site.spots[one.from].map == site.spots[other.from].map
                && SiteGeometry.distance(segment(one), segment(other)) < radius * 2 - 1e-9
            {
                let held = [one.from, one.to].contains { mine in
                    [other.from, other.to].contains {
                        mine == $0 || site.roadmap.conflicts[Int(mine)].contains($0)
                    }
                }
                #expect(held, "\(site.name(one.from))–\(site.name(one.to)), \(site.name(other.from))")
            }
        }
    }

    /// A floor of random nodes joined to some neighbours, compiled without being checked for where it leads.
    private static func random(_ draw: inout SeededGenerator) -> CompiledSite? {
        let count = Int.random(in: 6...16, using: &draw)
        var plan = SitePlan.tower
        for index in 0..<count {
            plan.nodes.append(
                .init(
                    id: "r\(index)", map: Bool.random(using: &draw) ? "1F" : "2F",
                    x: .random(in: 0...14, using: &draw), y: .random(in: 0...14, using: &draw), kind: .parking))
        }
        plan.footprint = .random(in: 0.2...0.9, using: &draw)
        for floor in ["1F", "2F"] {
            let ids = ["1F": "bay", "2F": "roof"][floor].map { [$0] } ?? []
            let nodes = ids + plan.nodes.filter { $0.map == floor && $0.id.hasPrefix("r") && $0.id != "roof" }.map(\.id)
            var joined: Set<Set<String>> = []
            // A ring holds all of them together; chords cross it.
            let ring = Array(zip(nodes, nodes.dropFirst() + nodes.prefix(1)))
            let chords = (0..<nodes.count).map { _ in
                (nodes.randomElement(using: &draw) ?? "", nodes.randomElement(using: &draw) ?? "")
            }
            for (from, to) in ring + chords where from != to && joined.insert([from, to]).inserted {
                plan.edges.append(.init(id: "\(from).\(to)", from: from, to: to))
            }
        }
        do {
            return try SiteCompiler.compile(plan)
        } catch {
            Issue.record("\(error.faults.map(\.words.en))")
            return nil
        }
    }

    private static func bruteForce(
        _ site: CompiledSite, _ pieces: [CompiledSite.Way], _ radius: Double
    ) -> [[Int32]] {
        let spots = site.spots
        var sets = [Set<Int32>](repeating: [], count: spots.count)
        let add = { (one: Int32, other: Int32) in
            sets[Int(one)].insert(other)
            sets[Int(other)].insert(one)
        }
        for one in spots.indices {
            for other in spots.indices where one < other {
                let isNear =
                    spots[one].map == spots[other].map
                    && hypot(spots[one].x - spots[other].x, spots[one].y - spots[other].y) < radius * 2
                let isCabin = spots[one].lift != nil && spots[one].lift == spots[other].lift
                if isNear || isCabin { add(Int32(one), Int32(other)) }
            }
        }
        var found = sets
        for piece in pieces {
            let segment = SiteGeometry.Segment(from: spots[piece.from].point, to: spots[piece.to].point)
            for node in Int32(0)..<Int32(spots.count)
            where node != piece.from && node != piece.to && spots[node].map == spots[piece.from].map {
                guard SiteGeometry.distance(spots[node].point, segment) < radius * 2,
                    !found[Int(node)].contains(piece.from), !found[Int(node)].contains(piece.to)
                else { continue }
                let (one, two) = (
                    SiteGeometry.distance(spots[node], spots[piece.from]),
                    SiteGeometry.distance(spots[node], spots[piece.to])
                )
                add(node, two < one ? piece.to : piece.from)
            }
        }
        found = sets
        for (index, one) in pieces.enumerated() {
            for other in pieces[(index + 1)...] where spots[one.from].map == spots[other.from].map {
                let ends = [one.from, one.to].flatMap { mine in [other.from, other.to].map { (mine, $0) } }
                guard ends.allSatisfy({ $0 != $1 }),
                    SiteGeometry.cross(
                        .init(from: spots[one.from].point, to: spots[one.to].point),
                        .init(from: spots[other.from].point, to: spots[other.to].point)),
                    !ends.contains(where: { found[Int($0)].contains($1) })
                else { continue }
                let nearest = ends.min {
                    SiteGeometry.distance(spots[$0.0], spots[$0.1]) < SiteGeometry.distance(spots[$1.0], spots[$1.1])
                }
                if let nearest { add(nearest.0, nearest.1) }
            }
        }
        return sets.map { $0.sorted() }
    }
}
