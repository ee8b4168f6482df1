import District
import Record

/// The sites of the sample district, as the handbook holds them.
enum SampleSites {
    /// The files, in the order in which the sites are founded.
    static let files = ["site-onyu-main.json", "site-solmaru.json", "site-haesol-center.json"]

    /// The plans.
    /// - Throws: ``HandbookError`` where a file is no plan, or one that nobody could drive by.
    static func plans(_ book: Handbook) throws(HandbookError) -> [SitePlan] {
        var plans: [SitePlan] = []
        for file in files {
            let (json, _) = try book.read(file)
            do throws(PlanFaults) {
                let isRule = json["generate"]?.text == "warehouse"
                plans.append(isRule ? try WarehousePlan(json).plan : try PlanJSON.read(json))
            } catch {
                let fault = error.faults.first
                throw HandbookError(file: file, place: fault?.place ?? "", rule: fault?.words.en ?? "is no plan")
            }
        }
        return plans
    }
}
