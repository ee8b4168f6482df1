public import Record

/// What kind of thing it is. The first six are the levels of ISA-95's equipment hierarchy, from the top.
public enum ThingKind: String, Sendable, Hashable, CaseIterable {
    case enterprise, site, area, line, machine, sensor
    case zone, robot, vehicle, shelf, building, service, other

    /// Its level in ISA-95, counted from the top; nil where the hierarchy does not speak of it.
    public var level: Int? {
        switch self {
        case .enterprise: 0
        case .site: 1
        case .area: 2
        case .line: 3
        case .machine: 4
        case .sensor: 5
        case .zone, .robot, .vehicle, .shelf, .building, .service, .other: nil
        }
    }

    /// What people call it.
    public var words: Words {
        switch self {
        case .enterprise: Words("기업", "Enterprise")
        case .site: Words("사업장", "Site")
        case .area: Words("작업장", "Area")
        case .line: Words("생산라인", "Line")
        case .machine: Words("설비", "Machine")
        case .sensor: Words("센서", "Sensor")
        case .zone: Words("구역", "Zone")
        case .robot: Words("로봇", "Robot")
        case .vehicle: Words("차량", "Vehicle")
        case .shelf: Words("선반", "Shelf")
        case .building: Words("건물", "Building")
        case .service: Words("서비스", "Service")
        case .other: Words("기타", "Other")
        }
    }
}
