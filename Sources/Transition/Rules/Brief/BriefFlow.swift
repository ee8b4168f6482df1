/// Lays the pieces of a brief out on pages of A4, as content streams of a PDF: lines are broken between words (a word
/// longer than the line between letters), a table's heading is said again on each page, and each page has its number.
public struct BriefFlow: Sendable {
    /// A4 in points.
    public static let width = 595.0, height = 842.0
    private static let margin = 50.0, foot = 40.0
    private static let room = width - 2 * margin

    private var pages: [String] = [""]
    private var y = height - margin
    private let footer: String

    private init(footer: String) { self.footer = footer }

    /// The pages of a brief, with its title on the first and in each page's foot.
    public static func pages(_ title: String, _ blocks: [BriefBlock]) -> [String] {
        var flow = BriefFlow(footer: BriefText.folded(title))
        flow.lines(title, 18)
        flow.y -= 6
        for block in blocks { flow.add(block) }
        let count = flow.pages.count
        return flow.pages.enumerated().map { index, content in
            content + BriefText.drawn(flow.footer, 8, x: margin, foot)
                + BriefText.drawn("\(index + 1) / \(count)", 8, x: width - margin - 40, foot)
        }
    }

    private mutating func add(_ block: BriefBlock) {
        switch block {
        case .heading(let text):
            // A heading does not stand alone at the foot of a page.
            need(60)
            y -= 14
            lines(text, 13)
            y -= 2
        case .sub(let text):
            need(44)
            y -= 6
            lines(text, 11)
        case .paragraph(let text):
            lines(text, 9.5)
            y -= 3
        case .table(let head, let rows, let parts): table(head, rows, parts)
        case .source(let number, let text, let url):
            lines("[\(number)] \(text)", 8.5)
            if let url { lines(url, 8, indent: 16) }
            y -= 2
        }
    }

    private mutating func need(_ points: Double) {
        guard y - points < Self.margin + 14 else { return }
        pages.append("")
        y = Self.height - Self.margin
    }

    private mutating func draw(_ text: String) { pages[pages.count - 1] += text }

    private mutating func lines(_ text: String, _ size: Double, indent: Double = 0) {
        for line in BriefText.wrapped(BriefText.folded(text), size, width: Self.room - indent) {
            need(size * 1.45)
            y -= size * 1.45
            draw(BriefText.drawn(line, size, x: Self.margin + indent, y))
        }
    }

    private mutating func table(_ head: [String], _ rows: [[String]], _ parts: [Double]) {
        let (size, gap) = (8.5, 6.0)
        let sum = parts.reduce(0, +)
        let widths = parts.map { $0 / sum * Self.room }
        func cells(_ row: [String]) -> [[String]] {
            zip(row, widths).map { BriefText.wrapped(BriefText.folded($0), size, width: $1 - gap) }
        }
        let most = (Self.height - 2 * Self.margin) / (size * 1.4) - 6
        func tall(_ row: [[String]]) -> Double { Double(min(row.map(\.count).max() ?? 1, Int(most))) * size * 1.4 + 5 }
        let heading = cells(head)
        need(tall(heading) + 26)
        line(heading, widths, size)
        rule(0.8)
        for row in rows {
            var rest = cells(row)
            var points = tall(rest)
            // A row that is taller than a page goes on over the next ones.
            while rest.contains(where: { !$0.isEmpty }) {
                let before = pages.count
                need(points)
                if pages.count > before {
                    line(heading, widths, size)
                    rule(0.8)
                }
                let fit = max(1, Int((y - Self.margin - 14) / (size * 1.4)))
                line(rest.map { Array($0.prefix(fit)) }, widths, size)
                rest = rest.map { Array($0.dropFirst(fit)) }
                points = Self.height
            }
            rule(0.3)
        }
        y -= 6
    }

    private mutating func line(_ cells: [[String]], _ widths: [Double], _ size: Double) {
        var (x, deepest) = (Self.margin, 0)
        for (cell, width) in zip(cells, widths) {
            for (index, text) in cell.enumerated() {
                draw(BriefText.drawn(text, size, x: x, y - Double(index + 1) * size * 1.4))
            }
            deepest = max(deepest, cell.count)
            x += width
        }
        y -= Double(deepest) * size * 1.4 + 3
    }

    private mutating func rule(_ thick: Double) {
        let (from, to) = (BriefText.number(Self.margin), BriefText.number(Self.width - Self.margin))
        draw("\(thick) w \(from) \(BriefText.number(y)) m \(to) \(BriefText.number(y)) l S\n")
        y -= 2
    }
}
