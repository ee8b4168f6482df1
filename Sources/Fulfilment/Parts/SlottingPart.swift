import District
import Record
import Web

extension Part {
    /// Slotting: which goods should change places, decided by people, carried by the floor.
    static func slotting(_ book: Handbook) throws(HandbookError) -> Part {
        let (file, separation) = ("slotting.json", "inbound-segregation.json")
        let terms = try SlotTerms(book.read(file).json, file: file)
        let segregation = try Segregation(book.read(separation).json, file: separation)
        var part = Part()
        part.migrations = [SlotTable.migration]
        part.projections = [SlotTable.projection]
        part.commands = DecideSlot.all
        part.reactions = [SlotsDone.reaction]
        part.routes = SlottingRoutes(segregation: segregation).routes
        part.doors = [
            Door(
                SlottingRoutes.path, Words("보관 위치 변경 제안", "Where goods are picked from"),
                Words("덜 걷도록 상품 자리를 바꿉니다.", "Goods change places so that less is walked."), roles: GoodsAsk.readers)
        ]
        part.home = { visit in try await SlotTasks.home(visit) }
        part.topics = [
            ("fulfilment.slotting.", "fulfilment-slotting"), ("fulfilment.goods.relocated", "fulfilment-slotting"),
        ]
        part.services = { [SlotService(district: $0.district, terms: terms, segregation: segregation)] }
        return part
    }
}
