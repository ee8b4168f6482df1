import District
import Record

/// Hazards that are common at certain workplaces, offered where hazards are added; each must be judged by whoever is
/// there.
struct HazardSeeds: Sendable {
    /// What must be known before an article is relied on.
    let note: Words
    let places: [Place]

    /// A kind of workplace.
    struct Place: Sendable, Hashable {
        let key: String
        let name: Words
        let hazards: [Seed]
    }

    /// A hazard with what is usually done about it.
    struct Seed: Sendable, Hashable {
        let id: String
        let words: Words
        let accident: AccidentType
        /// The article; nil where it is advice.
        let citation: String?
        /// The best first.
        let controls: [Control]
    }

    /// A usual control.
    struct Control: Sendable, Hashable {
        let step: ControlStep
        let words: Words
    }

    /// - Throws: ``HandbookError`` naming the place that is not as it must be.
    init(_ json: JSON, file: String) throws(HandbookError) {
        func words(_ entry: JSON?, _ place: String) throws(HandbookError) -> Words {
            guard let ko = entry?["ko"]?.text, let en = entry?["en"]?.text, !ko.isEmpty, !en.isEmpty else {
                throw HandbookError(file: file, place: place, rule: "ko and en")
            }
            return Words(ko, en)
        }
        note = try words(json["note"], "note")
        var places: [Place] = []
        for entry in json["places"]?.elements ?? [] {
            let key = entry["key"]?.text ?? ""
            var seeds: [Seed] = []
            for hazard in entry["hazards"]?.elements ?? [] {
                let id = hazard["id"]?.text ?? ""
                guard !id.isEmpty, let accident = hazard["accident"]?.text.flatMap({ AccidentType(rawValue: $0) })
                else { throw HandbookError(file: file, place: "\(key)/\(id)", rule: "id and a known accident type") }
                var controls: [Control] = []
                for control in hazard["controls"]?.elements ?? [] {
                    guard let step = control["step"]?.text.flatMap({ ControlStep(rawValue: $0) }) else {
                        throw HandbookError(file: file, place: id, rule: "a known step of the hierarchy")
                    }
                    controls.append(Control(step: step, words: try words(control, id)))
                }
                controls.sort { $0.step.order < $1.step.order }
                seeds.append(
                    Seed(
                        id: id, words: try words(hazard, id), accident: accident, citation: hazard["citation"]?.text,
                        controls: controls))
            }
            places.append(Place(key: key, name: try words(entry, key), hazards: seeds))
        }
        self.places = places
    }

    /// The seed from which a hazard was taken, by its text in either language.
    func seed(of description: String) -> Seed? {
        places.lazy.flatMap(\.hazards).first { $0.words.ko == description || $0.words.en == description }
    }
}
