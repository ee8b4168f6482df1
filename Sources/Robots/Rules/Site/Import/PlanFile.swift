import Record

/// A plan in any of the forms that are read: told apart by what is in the file, not by its name.
enum PlanFile {
    /// The most bytes of a file.
    static let largest = 2 << 20

    /// The plan of a file.
    /// - Parameters:
    ///   - site: the site it is for, which forms that know no sites take.
    ///   - name: what that site is called.
    /// - Throws: ``PlanFaults`` with line or field and rule.
    static func read(_ bytes: [UInt8], site: String, name: Words) throws(PlanFaults) -> SitePlan {
        guard bytes.count <= largest else {
            throw PlanFaults(faults: [
                PlanFault(
                    place: "", rule: "size",
                    words: Words("파일은 \(largest >> 20) MB까지입니다.", "A file has at most \(largest >> 20) MB."))
            ])
        }
        if PlanGrid.isGrid(bytes) { return try PlanGrid.read(bytes, site: site, name: name) }
        let json: JSON
        do throws(JSONError) {
            json = try JSON(parsing: bytes)
        } catch {
            let line = bytes.prefix(error.offset).count { $0 == UInt8(ascii: "\n") } + 1
            throw PlanFaults(faults: [
                PlanFault(
                    place: "", rule: "json",
                    words: Words("\(line)행: \(error.words.ko)", "Line \(line): \(error.words.en)"), line: line)
            ])
        }
        if json["generate"]?.text == "warehouse" { return try WarehousePlan(json).plan }
        if json["type"]?.text == "FeatureCollection" { return try PlanGeoJSON.read(json, site: site, name: name) }
        if json["layouts"] != nil { return try PlanLIF.read(json, site: site, name: name) }
        return try PlanJSON.read(json)
    }
}
