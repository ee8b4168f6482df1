import Testing

@testable import Robots

@Suite struct GridTests {
    private let picture = "type octile\nheight 3\nwidth 4\nmap\n..@.\n.G.S\nT...\n"

    @Test func aMapIsReadAndHangsTogether() throws {
        let grid = try Grid(picture)
        #expect(grid.cell.count == 10)
        #expect(grid.node(x: 2, y: 0) == nil && grid.node(x: 4, y: 0) == nil && grid.node(x: 0, y: -1) == nil)
        let roadmap = grid.roadmap
        let middle = try #require(grid.node(x: 1, y: 1))
        #expect(
            Set(roadmap.next[Int(middle)])
                == Set([(1, 0), (0, 1), (2, 1), (1, 2)].compactMap { grid.node(x: $0, y: $1) }))
        #expect(roadmap.next.allSatisfy { $0 == $0.sorted() })
        #expect(Ground.isConnected(roadmap))
    }

    @Test func brokenMapsAreRefusedByLine() {
        func fault(_ text: String) -> TrafficFault? {
            do throws(TrafficFault) {
                _ = try Grid(text)
                return nil
            } catch { return error }
        }
        #expect(fault("") == .line(1, "expected `type octile`"))
        #expect(fault("type octile\nheight x\nwidth 4\nmap\n") == .line(2, "expected `height N`"))
        #expect(fault("type octile\nheight 1\nwidth -4\nmap\n") == .line(3, "expected `width N`"))
        #expect(fault("type octile\nheight 1\nwidth 2\n..\n") == .line(4, "expected `map`"))
        #expect(fault("type octile\nheight 2\nwidth 2\nmap\n..\n.") == .line(6, "1 cells, not 2"))
        #expect(fault("type octile\nheight 2\nwidth 2\nmap\n..") == .line(6, "missing row"))
        #expect(fault("type octile\nheight 1\nwidth 2\nmap\n.x") == .line(5, "no such cell: x"))
    }

    @Test func scenariosAreReadAndBrokenOnesRefusedByLine() throws {
        let grid = try Grid(picture)
        let good = "version 1\n0\tm.map\t4\t3\t0\t0\t3\t0\t5\n1\tm.map\t4\t3\t1\t0\t3\t2\t5\n"
        let scenario = try Scenario(good, grid: grid)
        #expect(scenario.starts == [grid.node(x: 0, y: 0), grid.node(x: 1, y: 0)].compactMap(\.self))
        #expect(scenario.goals == [grid.node(x: 3, y: 0), grid.node(x: 3, y: 2)].compactMap(\.self))
        #expect(try Scenario(good, grid: grid, limit: 1).starts.count == 1)
        #expect(throws: TrafficFault.line(2, "nobody can start at 2, 0")) {
            try Scenario("version 1\n0\tm\t4\t3\t2\t0\t3\t0\t5", grid: grid)
        }
        #expect(throws: TrafficFault.line(2, "of another map")) {
            try Scenario("version 1\n0\tm\t9\t3\t0\t0\t3\t0\t5", grid: grid)
        }
        #expect(throws: TrafficFault.line(2, "8 fields, not 9")) {
            try Scenario("version 1\n0\tm\t4\t3\t0\t0\t3\t0", grid: grid)
        }
        #expect(throws: TrafficFault.line(1, "expected `version 1`")) { try Scenario("0\tm", grid: grid) }
    }
}
