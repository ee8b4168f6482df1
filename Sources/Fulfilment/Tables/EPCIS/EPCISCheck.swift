import Access
import District
import Record
import Store

/// Whether the log of EPCIS, read from its beginning and alone, gives the stock that is kept: whoever trusts nothing
/// holds one against the other.
struct EPCISCheck: Sendable, Hashable {
    /// A heap of which the two say different numbers.
    struct Difference: Sendable, Hashable {
        let heap: StockReplay.Heap
        let logged: Int64
        let kept: Int64
    }

    /// How many events of the house's own the log holds.
    private(set) var events = 0
    /// How many heaps there are by the kept stock.
    private(set) var heaps = 0
    /// Where the two differ, by place and goods.
    private(set) var differences: [Difference] = []
    /// What the log takes away where nothing lay.
    private(set) var missing: [StockReplay.Heap] = []

    var isSound: Bool { differences.isEmpty && missing.isEmpty }

    /// So many events are read back at most while somebody waits.
    static let most = 200_000
    private static let page = 2000

    /// - Throws: ``Refusal`` where the log is too long to wait for.
    init(of firm: FirmID, _ settings: EPCISSettings, in reader: any Reader) throws {
        let tenant = Tenant.firm(firm)
        let query = try EPCISQuery([(name: "orderBy", value: "recordTime")])
        guard try EPCISTable.count(query, upTo: Self.most + 1, for: tenant, in: reader) <= Self.most else {
            throw Refusal(
                .conflict, "epcis.long",
                Words(
                    "이벤트가 \(Self.most)건을 넘어 화면에서 대조할 수 없습니다. 내보내기로 받아 대조해 주십시오.",
                    "There are more than \(Self.most) events: export them and compare there."))
        }
        var (replay, place) = (StockReplay(), EPCISPlace?.none)
        repeat {
            let part = try EPCISTable.page(query, size: Self.page, after: place, for: tenant, in: reader)
            for kept in part.events where !kept.isCaptured {
                try replay.read(kept)
                events += 1
            }
            place = part.next
        } while place != nil
        let stock = try Self.stock(of: firm, settings, in: reader)
        heaps = stock.count
        missing = replay.missing
        differences = Set(stock.keys).union(replay.heaps.keys).compactMap { heap in
            let (logged, kept) = (replay.heaps[heap] ?? 0, stock[heap] ?? 0)
            return logged == kept ? nil : Difference(heap: heap, logged: logged, kept: kept)
        }.sorted { ($0.heap.place, $0.heap.goods) < ($1.heap.place, $1.heap.goods) }
    }

    /// The kept stock, by the names of EPCIS.
    private static func stock(
        of firm: FirmID, _ settings: EPCISSettings, in reader: any Reader
    ) throws -> [StockReplay.Heap: Int64] {
        let scope = Scope.firm(firm)
        let rows = try reader.query(
            """
            SELECT item, lot, location, status, SUM(quantity) AS quantity FROM fulfilment_stock
            WHERE scope = ? GROUP BY item, lot, location, status
            """, [.text(scope.text)])
        let names = try EPCISTable.names(
            items: Set(try rows.map { try $0.text("item") }),
            containers: Set(try rows.map { try $0.text("location") }.filter(EPCISNames.isContainer)), scope, settings,
            in: reader)
        return try rows.reduce(into: [:]) { all, row in
            guard let status = StockStatus(rawValue: try row.text("status")) else { return }
            let quantity = try row.integer("quantity")
            guard quantity > 0 else { return }
            let heap = StockReplay.Heap(
                place: names.place(try row.text("location")),
                goods: names.goods(try row.text("item"), lot: try row.text("lot")), status: status)
            all[heap, default: 0] += quantity
        }
    }
}
