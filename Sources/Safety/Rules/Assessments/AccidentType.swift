import District
import Record

/// How people are hurt, by the classes that Korean accident statistics use.
enum AccidentType: String, Sendable, Hashable, CaseIterable {
    case fall, slip, caught, struckBy = "struck-by", struckAgainst = "struck-against", crushed, collapse, cut
    case electric, fire, explosion, asphyxia, toxic, heat, cold, strain, noise, vehicle, other

    /// What people call it.
    var words: Words {
        switch self {
        case .fall: Words("떨어짐", "Fall from height")
        case .slip: Words("넘어짐", "Slip or trip")
        case .caught: Words("끼임", "Caught in or between")
        case .struckBy: Words("맞음", "Struck by an object")
        case .struckAgainst: Words("부딪힘", "Struck against")
        case .crushed: Words("깔림·뒤집힘", "Crushed or overturned")
        case .collapse: Words("무너짐", "Collapse")
        case .cut: Words("절단·베임·찔림", "Cut or pierced")
        case .electric: Words("감전", "Electric shock")
        case .fire: Words("화재", "Fire")
        case .explosion: Words("폭발·파열", "Explosion or burst")
        case .asphyxia: Words("산소결핍·질식", "Lack of oxygen")
        case .toxic: Words("화학물질 누출·접촉", "Chemical contact")
        case .heat: Words("고온 접촉·열사병", "Heat and burns")
        case .cold: Words("저온·동상", "Cold")
        case .strain: Words("무리한 동작·근골격계", "Strain")
        case .noise: Words("소음·진동", "Noise and vibration")
        case .vehicle: Words("교통사고", "Traffic accident")
        case .other: Words("기타", "Other")
        }
    }

    static let choices = allCases.map { Field.Choice($0.rawValue, $0.words) }
}
