import District
import Record

/// Which columns of a statistics file say what: by their headings, or as whoever brings the file names them.
struct EconomyColumns: Sendable, Hashable {
    var region = 0
    var industry = 0
    /// A column of years; nil where each year has a column of its own, or the file is of one year.
    var year: Int?
    /// The columns with numbers, each with its year where its heading says one.
    var values: [(column: Int, year: Int?)] = []
    /// The column that says what is counted, where the file has several measures.
    var item: Int?

    /// What the file's bringer says of the columns; empty where the headings are to say it.
    struct Named: Sendable, Hashable {
        var region = "", industry = "", value = "", year = "", item = ""
    }

    private static let regions = [
        "지역", "행정구역", "시도", "시군구", "읍면동", "도시", "국가", "region", "area", "county", "metro", "cbsa", "country", "city",
        "location",
    ]
    private static let industries = [
        "산업", "업종", "품목", "중분류", "소분류", "industry", "naics", "isic", "ksic", "product", "sector", "activity",
    ]
    private static let years = ["시점", "연도", "년도", "기준연도", "year", "time", "period"]
    private static let items = ["항목", "item", "measure"]
    private static let measures = [
        "종사자", "근로자", "취업자", "사업체", "매출", "수출", "부가가치", "데이터", "값", "value", "emp", "jobs", "establishments", "estab",
        "export", "output", "sales",
    ]

    /// Reads the headings.
    /// - Throws: ``Refusal`` naming the column that cannot be found.
    init(_ heading: [String], _ named: Named) throws(Refusal) {
        let names = heading.map { $0.lowercased() }
        func column(_ name: String, _ words: [String], _ wanted: String, last: Bool) throws(Refusal) -> Int? {
            if !wanted.isEmpty {
                guard let found = names.firstIndex(of: wanted.lowercased()) else {
                    throw Self.missing(name, heading, wanted)
                }
                return found
            }
            let found = names.indices.filter { index in words.contains { names[index].hasPrefix($0) } }
            return last ? found.last : found.first
        }
        // KOSIS gives places and industries level by level; the last column is the finest.
        guard let region = try column("region", Self.regions, named.region, last: true) else {
            throw Self.missing("region", heading, "")
        }
        guard let industry = try column("industry", Self.industries, named.industry, last: named.industry.isEmpty)
        else {
            throw Self.missing("industry", heading, "")
        }
        self.region = region
        // A US file says the level of a code in a column whose name begins like the code's own.
        self.industry = names[industry].hasSuffix("_level") && industry > 0 ? industry - 1 : industry
        year = try column("year", Self.years, named.year, last: false)
        item = try column("item", Self.items, "", last: false)
        let taken = Set([self.region, self.industry, year, item].compactMap { $0 })
        if !named.value.isEmpty {
            guard let found = try column("value", [], named.value, last: false) else { return }
            values = [(found, nil)]
            return
        }
        let yearly = names.indices.compactMap { index -> (column: Int, year: Int?)? in
            taken.contains(index) ? nil : Self.year(names[index]).map { (index, $0) }
        }
        if !yearly.isEmpty, year == nil {
            values = yearly
        } else if let found = names.indices.first(where: { index in
            !taken.contains(index) && Self.measures.contains { names[index].hasPrefix($0) }
        }) {
            values = [(found, nil)]
        } else {
            throw Self.missing("value", heading, "")
        }
    }

    /// The year that a heading or a cell begins with: `2024`, `2024 년`, `2024년`, `2024.1/2`.
    static func year(_ text: String) -> Int? {
        let digits = text.prefix(while: \.isNumber)
        guard digits.count == 4, let year = Int(digits), (1800...2200).contains(year) else { return nil }
        let rest = text.dropFirst(4)
        return rest.isEmpty || " 년.-/_p(".contains(rest[rest.startIndex]) ? year : nil
    }

    private static func missing(_ field: String, _ heading: [String], _ wanted: String) -> Refusal {
        let (ko, en) =
            switch field {
            case "region": ("지역", "region")
            case "industry": ("산업", "industry")
            case "year": ("연도", "year")
            default: ("값", "value")
            }
        let found = heading.prefix(12).joined(separator: ", ")
        let words =
            wanted.isEmpty
            ? Words(
                "첫 줄에서 \(ko) 열을 찾지 못했습니다. 열 이름을 지정해 주세요. 있는 열: \(found)",
                "The first line names no column of \(en)s that is known. Name it. There are: \(found)")
            : Words("‘\(wanted)’ 열이 없습니다. 있는 열: \(found)", "There is no column “\(wanted)”. There are: \(found)")
        return Refusal(
            .invalid, "economy.heading", words, faults: [.init(field: field, line: 1, rule: "heading", words: words)])
    }

    static func == (one: EconomyColumns, other: EconomyColumns) -> Bool {
        one.region == other.region && one.industry == other.industry && one.year == other.year
            && one.item == other.item && one.values.elementsEqual(other.values) { $0 == $1 }
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(region)
        hasher.combine(industry)
        hasher.combine(values.map(\.column))
    }
}
