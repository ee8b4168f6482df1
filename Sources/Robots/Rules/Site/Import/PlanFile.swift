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
            let before = bytes.prefix(error.offset)
            let line = before.count { $0 == UInt8(ascii: "\n") } + 1
            let column = (before.lastIndex(of: UInt8(ascii: "\n")).map { before.count - $0 - 1 } ?? before.count) + 1
            throw PlanFaults(faults: [
                PlanFault(
                    place: "", rule: "json",
                    words: Words(
                        "\(line)행 \(column)번째 글자부터 읽을 수 없습니다. Slipway JSON, GeoJSON, LIF, MovingAI 격자 파일인지 확인해 주세요.",
                        """
                        It cannot be read from line \(line), character \(column). Is it Slipway JSON, GeoJSON, LIF or a \
                        MovingAI grid?
                        """), line: line)
            ])
        }
        if json["generate"]?.text == "warehouse" { return try WarehousePlan(json).plan }
        if json["type"]?.text == "FeatureCollection" { return try PlanGeoJSON.read(json, site: site, name: name) }
        if json["layouts"] != nil { return try PlanLIF.read(json, site: site, name: name) }
        // Whose plan it is follows from where it is put, where it does not say so itself.
        guard var members = json.members else { return try PlanJSON.read(json) }
        members["id"] = members["id"] ?? .string(site)
        return try PlanJSON.read(.object(members))
    }
}
