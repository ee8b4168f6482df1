import Record
import Testing

struct TileTests {
    @Test(
        "paths are those of tlog-tiles, there and back",
        arguments: [
            (TilePath.hashes(Tile(level: 0, index: 1_234_067)), "tile/0/x001/x234/067"),
            (.hashes(Tile(level: 0, index: 0, width: 112)), "tile/0/000.p/112"),
            (.hashes(Tile(level: 63, index: 999)), "tile/63/999"),
            (.hashes(Tile(level: 1, index: 1000)), "tile/1/x001/000"),
            (.entries(index: 1_234_067, width: 256), "tile/entries/x001/x234/067"),
            (.entries(index: 273, width: 1), "tile/entries/273.p/1"),
        ] as [(TilePath, String)])
    func paths(path: TilePath, text: String) {
        #expect(path.text == text)
        #expect(TilePath(text) == path)
    }

    @Test(
        "a path that is not written exactly so asks for nothing",
        arguments: [
            "", "tile", "tile/0", "tile/0/", "tile/00/000", "tile/64/000", "tile/-1/000", "tile/a/000", "tile/0/0",
            "tile/0/0000",
            "tile/0/x001", "tile/0/001/000", "tile/0/x000/001", "tile/0/x01/001", "tile/0/+01", "tile/0/000.p",
            "tile/0/000.p/",
            "tile/0/000.p/0", "tile/0/000.p/256", "tile/0/000.p/01", "tile/0/000.p/+1", "tile/0/xx01/000",
            "/tile/0/000",
            "tile/0/000/", "tile/entries/x", "tile/0/x999/x999/x999/x999/x999/x999/999",
        ])
    func strictness(text: String) {
        #expect(TilePath(text) == nil)
    }

    @Test("the partial tiles of a tree of 70,000 leaves are those of the standard's example")
    func widths() {
        let width = { (level: Int, index: Int64) in Tile.width(level: level, index: index, size: 70_000) }
        #expect(width(0, 272) == 256)
        #expect(width(0, 273) == 112)
        #expect(width(0, 274) == 0)
        #expect(width(1, 0) == 256)
        #expect(width(1, 1) == 17)
        #expect(width(2, 0) == 1)
        #expect(width(3, 0) == 0)
        #expect(width(63, 0) == 0)
        #expect(Tile.width(level: 0, index: .max, size: 70_000) == 0)
        #expect(Tile.width(level: 0, index: 0, size: 256) == 256)
        #expect(Tile.width(level: 1, index: 0, size: 256) == 1)
        #expect(Tile.width(level: 0, index: 1, size: 256) == 0)
    }

    @Test("a bundle leads every entry by its length, and a torn one is refused")
    func bundles() {
        let entries: [[UInt8]] = [[1, 2, 3], [], Array(repeating: 7, count: 300)]
        let bytes = EntryBundle.bytes(entries)
        #expect(bytes.prefix(7) == [0, 3, 1, 2, 3, 0, 0])
        #expect(bytes[7...8] == [1, 44])
        #expect(EntryBundle.entries(bytes) == entries)
        #expect(EntryBundle.entries(Array(bytes.dropLast())) == nil)
        #expect(EntryBundle.entries([0]) == nil)
    }
}
