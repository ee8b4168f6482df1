import District
import Record

extension MissionSettings {
    /// What places may be called by whoever speaks: by their names, with their site's, and where goods of a ward are
    /// received (`3B병동 간호사실`) by the ward's name alone.
    func named(_ places: [Place]) -> [Named] {
        let names = Set(places.map(\.name.ko))
        let short = places.map { self.short($0.name.ko) }
        return zip(places, short).map { place, only in
            var said = [place.name.ko, place.name.en, place.full.ko, place.full.en]
            // A name that is another place's, or that two might be called by, says which of them to nobody.
            if let only, !names.contains(only), short.count(where: { $0 == only }) == 1 { said.append(only) }
            return Named(place.id, said, label: place.full)
        }
    }

    /// A place's name without the word that says where in it goods are received.
    private func short(_ name: String) -> String? {
        receiving.lazy.compactMap { word in
            name.hasSuffix(" \(word)") ? String(name.dropLast(word.count + 1)) : nil
        }.first { $0.count > 1 }
    }
}
