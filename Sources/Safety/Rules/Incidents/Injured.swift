import District
import Record

/// Somebody hurt or ill in an accident, by number: who it is stands in the vault alone.
struct Injured: Sendable, Hashable {
    /// 1 for the first on the list.
    let number: Int64
    /// What care was needed.
    var care: Care
    /// Whether it is an illness from work and not an injury.
    var isIll: Bool
    /// What kind of injury; nil where not known.
    var nature: Nature?
    /// Which illness, by the handbook's list; nil where not known or an injury.
    var disease: String?
    /// Days off work that are expected; nil while nobody knows.
    var expectedDays: Int64?
    /// Days lost so far.
    var lostDays: Int64
    /// Months of care that are needed; nil while nobody knows.
    var careMonths: Double?
    /// Whether they are back at work, so that no more days are lost.
    var isBack: Bool

    /// What care somebody needed.
    enum Care: String, Sendable, CaseIterable {
        case death, hospital, medical
        case firstAid = "first-aid"
        case unknown

        var words: Words {
            switch self {
            case .death: Words("사망", "Died")
            case .hospital: Words("입원", "In hospital")
            case .medical: Words("통원 치료", "Treated by a doctor")
            case .firstAid: Words("응급처치만", "First aid only")
            case .unknown: Words("아직 모름", "Not known yet")
            }
        }

        static let choices = allCases.map { Field.Choice($0.rawValue, $0.words) }
    }

    /// Kinds of injury, as Form 30 asks for them.
    enum Nature: String, Sendable, CaseIterable {
        case fracture, amputation, cut, crush, burn, shock, poisoning, sprain, bruise, multiple, other

        var words: Words {
            switch self {
            case .fracture: Words("골절", "Fracture")
            case .amputation: Words("절단", "Amputation")
            case .cut: Words("베임·찔림", "Cut or stab")
            case .crush: Words("압궤", "Crush")
            case .burn: Words("화상", "Burn")
            case .shock: Words("감전", "Electric shock")
            case .poisoning: Words("중독·질식", "Poisoning or suffocation")
            case .sprain: Words("염좌", "Sprain")
            case .bruise: Words("타박상", "Bruise")
            case .multiple: Words("복합 손상", "Multiple injuries")
            case .other: Words("그 밖의 상해", "Another injury")
            }
        }

        static let choices = allCases.map { Field.Choice($0.rawValue, $0.words) }
    }

    /// Days off work that are certain: what was lost, and what is expected where somebody said so.
    var daysOff: Int64? {
        switch care {
        case .firstAid: max(expectedDays ?? 0, lostDays)
        default: isBack ? lostDays : expectedDays.map { max($0, lostDays) }
        }
    }

    /// Months of care that are certain; first aid needs none.
    var monthsOfCare: Double? { care == .firstAid ? careMonths ?? 0 : careMonths }
}

extension Injured {
    /// As events and tables carry it.
    var json: JSON {
        var members: [String: JSON] = [
            "number": .decimal(number), "care": .string(care.rawValue), "ill": .bool(isIll),
            "lost_days": .decimal(lostDays), "back": .bool(isBack),
        ]
        if let nature { members["nature"] = .string(nature.rawValue) }
        if let disease { members["disease"] = .string(disease) }
        if let expectedDays { members["expected_days"] = .decimal(expectedDays) }
        if let careMonths { members["care_months"] = .number(careMonths) }
        return .object(members)
    }

    /// From its JSON; what it does not say is not known.
    init(json: JSON) {
        number = json["number"]?.integer ?? 0
        care = json["care"]?.text.flatMap { Care(rawValue: $0) } ?? .unknown
        isIll = json["ill"]?.bool ?? false
        nature = json["nature"]?.text.flatMap { Nature(rawValue: $0) }
        disease = json["disease"]?.text
        expectedDays = json["expected_days"]?.integer
        lostDays = json["lost_days"]?.integer ?? 0
        careMonths = json["care_months"]?.double
        isBack = json["back"]?.bool ?? false
    }
}
