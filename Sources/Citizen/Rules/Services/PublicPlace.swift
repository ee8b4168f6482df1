import Record

/// What of a place that somebody described may stand where anybody reads it: the road, never the house, and coordinates
/// rounded to about a hundred metres.
struct PublicPlace: Sendable, Hashable {
    /// `바다구 물결로`; nil where no road with a number was named: free words may say anything.
    var street: String?
    /// WGS 84, degrees.
    var latitude: Double?, longitude: Double?

    init(street: String? = nil, latitude: Double? = nil, longitude: Double? = nil) {
        (self.street, self.latitude, self.longitude) = (street, latitude, longitude)
    }

    /// Of what was filled in.
    init(_ values: [String: JSON]) {
        street = values["where"]?.text.flatMap(Self.street)
        latitude = values["place"]?["latitude"]?.double.map(Self.rounded)
        longitude = values["place"]?["longitude"]?.double.map(Self.rounded)
    }

    /// As the Record carries it.
    init(_ json: JSON) {
        street = json["street"]?.text
        latitude = json["latitude"]?.double
        longitude = json["longitude"]?.double
    }

    var json: JSON {
        var members: [String: JSON] = [:]
        if let street { members["street"] = .string(street) }
        if let latitude { members["latitude"] = .number(latitude) }
        if let longitude { members["longitude"] = .number(longitude) }
        return .object(members)
    }

    /// Three decimals: 111 m from north to south.
    static func rounded(_ degrees: Double) -> Double { (degrees * 1000).rounded() / 1000 }

    /// The road of a road-name address, with the district before it (도로명주소법: a road's name ends in 대로, 로 or 길,
    /// a building's number follows).
    static func street(_ text: String) -> String? {
        let words = text.split { !$0.isLetter && !$0.isNumber && $0 != "-" }.map(String.init)
        for (place, word) in words.enumerated() {
            guard let match = word.wholeMatch(of: /(\p{Hangul}+(?:로|길)(?:[0-9]+번?길)?)([0-9]+(?:-[0-9]+)?\p{Hangul}*)?/),
                match.1.count > 1
            else { continue }
            let next = words.indices.contains(place + 1) ? words[place + 1] : ""
            guard match.2 != nil || next.wholeMatch(of: /[0-9]+(?:-[0-9]+)?(?:번지|호|번|앞|옆|뒤)?/) != nil else { continue }
            var before: [String] = []
            for word in words[..<place].reversed() {
                guard before.count < 3, word.wholeMatch(of: /\p{Hangul}+(?:시|도|군|구|읍|면|동)/) != nil else { break }
                before.insert(word, at: 0)
            }
            return (before + [String(match.1)]).joined(separator: " ")
        }
        return nil
    }
}
