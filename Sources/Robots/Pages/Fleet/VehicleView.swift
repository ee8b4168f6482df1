import Record
import Web

/// Words and badges of vehicles.
enum VehicleView {
    /// What a vehicle does now, as a badge; what is unknown is shown as such and never as standing.
    static func state(_ standing: VehicleStanding?, _ visit: Visit) -> (kind: String, label: String) {
        func badge(_ kind: String, _ key: String) -> (kind: String, label: String) {
            (kind, visit.word("vehicles_state_\(key)"))
        }
        guard let standing else { return badge("unknown", "unheard") }
        switch standing.presence {
        case .unheard: return badge("unknown", "unheard")
        case .silent: return badge("stale", "silent")
        case .broken: return badge("stale", "broken")
        case .offline: return badge("off", "offline")
        case .asleep: return badge("off", "asleep")
        case .contested: return badge("danger", "contested")
        case .here: break
        }
        guard let report = standing.report else { return badge("unknown", "unheard") }
        if report.emergencyStop { return badge("danger", "stopped") }
        if report.mode != "AUTOMATIC", report.mode != "SEMIAUTOMATIC" { return badge("warn", "manual") }
        if report.isPaused { return badge("warn", "paused") }
        if report.isDriving { return badge("ok", "driving") }
        if report.isCharging { return badge("info", "charging") }
        if standing.order != nil { return badge("info", "working") }
        return badge("ok", "free")
    }

    /// A fault's name: in words where it is one that we know, else as the maker calls it.
    static func fault(_ type: String, _ visit: Visit) -> String {
        FaultWords.of(type)[visit.language]
    }

    /// What a person must do about a fault; nil where nobody must.
    static func advice(_ type: String, _ visit: Visit) -> String? {
        if let call = RobotCall.Kind(fault: type) { return call.advice[visit.language] }
        let told: Set<String> = [
            "lost", "manual", "blocked", "moved", "contested", "clockSkew", "orderNotTaken", "cancelNotTaken",
            "notLocalised",
            "emergencyStop",
        ]
        return told.contains(type) ? visit.word("vehicles_advice_\(type.lowercased())") : nil
    }

    static func badge(of level: String) -> String {
        switch level {
        case "FATAL", "CRITICAL": "danger"
        case "URGENT": "warn"
        default: "info"
        }
    }

    /// Charge with its unit; unknown where it is not said or too old to tell.
    static func charge(_ standing: VehicleStanding?, _ visit: Visit) -> String {
        guard let standing, standing.presence == .here, let charge = standing.report?.charge else {
            return visit.word("vehicles_unknown")
        }
        return "\(Show.number(charge.rounded())) %"
    }
}
