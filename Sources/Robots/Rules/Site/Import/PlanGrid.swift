import Record

/// A site made of a MovingAI grid (Sturtevant 2012): a node for each free cell, joined to its four neighbours, one metre
/// apart. The first free cell is an escape, so that there is one; whoever draws on says what the others are.
enum PlanGrid {
    /// The most free cells: what one event of the Record carries.
    static let largest = 2_500

    static func isGrid(_ bytes: [UInt8]) -> Bool { bytes.starts(with: Array("type ".utf8)) }

    /// - Throws: ``PlanFaults`` naming the line.
    static func read(_ bytes: [UInt8], site: String, name: Words) throws(PlanFaults) -> SitePlan {
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { line in
            line.last == UInt8(ascii: "\r") ? line.dropLast() : line
        }
        let header = lines.prefix(4).map { String(decoding: $0, as: UTF8.self).split(separator: " ").map(String.init) }
        guard header.count == 4, header[0].first == "type" else {
            throw fault(1, "type", "형식 줄이 없습니다.", "no type line")
        }
        var sizes: [String: Int] = [:]
        for (index, line) in header[1...2].enumerated() {
            guard line.count == 2, ["height", "width"].contains(line[0]), let size = Int(line[1]),
                (1...4096).contains(size)
            else { throw fault(index + 2, "size", "높이와 너비는 1–4096입니다.", "height and width are 1 to 4096") }
            sizes[line[0]] = size
        }
        guard let height = sizes["height"], let width = sizes["width"] else {
            throw fault(2, "size", "높이와 너비가 있어야 합니다.", "height and width must both be there")
        }
        guard header[3] == ["map"] else { throw fault(4, "map", "‘map’ 줄이 있어야 합니다.", "the line “map” is missing") }
        var plan = SitePlan.empty(id: site, name: name)
        var ids: [Int: String] = [:]
        for row in 0..<height {
            guard row + 4 < lines.count, lines[row + 4].count == width else {
                throw fault(row + 5, "width", "칸이 \(width)개여야 합니다.", "the line has not \(width) cells")
            }
            for (column, cell) in lines[row + 4].enumerated() {
                switch cell {
                case UInt8(ascii: "."), UInt8(ascii: "G"), UInt8(ascii: "S"):
                    let id = "c\(column)-\(row)"
                    ids[row * width + column] = id
                    plan.nodes.append(
                        SitePlan.Node(
                            id: id, map: "1F", x: Double(column), y: Double(height - 1 - row),
                            kind: plan.nodes.isEmpty ? .escape : .way))
                    for before in [column > 0 ? row * width + column - 1 : -1, (row - 1) * width + column] {
                        guard let other = ids[before] else { continue }
                        plan.edges.append(SitePlan.Edge(id: "\(other).\(id)", from: other, to: id))
                    }
                case UInt8(ascii: "@"), UInt8(ascii: "O"), UInt8(ascii: "T"), UInt8(ascii: "W"): break
                default: throw fault(row + 5, "cell", "\(column + 1)번째 칸을 모릅니다.", "cell \(column + 1) is not known")
                }
            }
            guard plan.nodes.count <= largest else {
                throw fault(row + 5, "size", "빈칸은 \(largest)개까지입니다.", "at most \(largest) free cells")
            }
        }
        return plan
    }

    private static func fault(_ line: Int, _ rule: String, _ ko: String, _ en: String) -> PlanFaults {
        PlanFaults(faults: [
            PlanFault(
                place: "", rule: rule, words: Words("\(line)행: \(ko)", "Line \(line): \(en)"), line: line)
        ])
    }
}
