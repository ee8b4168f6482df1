import Record
import Web

/// Words and badges of vehicles.
enum VehicleView {
    /// Who drives it: in words, with VDA 5050's name beside them.
    static func mode(_ mode: String, _ visit: Visit) -> String {
        let known = ["AUTOMATIC", "SEMIAUTOMATIC", "MANUAL", "SERVICE", "TEACHIN", "STARTUP", "INTERVENED"]
        let key = mode.replacing("_", with: "")
        return known.contains(key) ? "\(visit.word("vehicles_mode_\(key.lowercased())")) (\(mode))" : mode
    }

    /// A word of VDA 5050 as people say it, with the word itself beside it; a maker's own as it is.
    /// - Parameter kind: `action` or `status`.
    static func coded(_ kind: String, _ code: String, _ visit: Visit) -> String {
        let key = "vehicles_vda_\(kind)_\(code.lowercased())"
        let word = visit.word(key)
        return word == key ? code : "\(word) (\(code))"
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
