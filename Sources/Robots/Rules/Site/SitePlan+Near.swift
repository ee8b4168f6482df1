import Record

extension SitePlan {
    /// What people call the place nearest to a point of a floor, with its floor where there are several; nil where no
    /// place of that floor has a name.
    func near(x: Double, y: Double, map: String) -> Words? {
        let named = nodes.filter { $0.map == map && $0.name != nil }
        func away(_ node: Node) -> Double { (node.x - x) * (node.x - x) + (node.y - y) * (node.y - y) }
        guard let name = named.min(by: { (away($0), $0.id) < (away($1), $1.id) })?.name else { return nil }
        guard maps.count > 1, let floor = maps.first(where: { $0.id == map })?.name else { return name }
        return Words("\(floor.ko) \(name.ko)", "\(name.en), \(floor.en)")
    }

    /// The same of a node.
    func near(_ node: String) -> Words? {
        nodes.first { $0.id == node }.flatMap { near(x: $0.x, y: $0.y, map: $0.map) }
    }
}
