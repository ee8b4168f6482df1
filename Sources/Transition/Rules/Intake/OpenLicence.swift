import Record

/// Whether statistics may be shown to everybody, by the name of the licence under which they came.
///
/// It decides only where nobody said so at the import, and for what it knows to be open: any other licence keeps the
/// pages of these statistics for people of the district. In doubt it is closed: who brings them in can say that
/// everybody may see them.
enum OpenLicence {
    /// Licences that let what rests on the data be published, as people write them: all words of a name, one after the
    /// other.
    private static let open = [
        "공공누리 제1유형", "공공누리 1유형", "공공누리 제2유형", "공공누리 2유형", "kogl type 1", "kogl type 2",
        "이용허락범위 제한 없음", "public domain", "퍼블릭 도메인", "cc0", "cc by", "apache 2.0", "apache license 2.0", "odc by",
        "odbl", "open government licence", "etalab",
    ].map(words)
    /// What takes away the right to publish what was worked out of them.
    private static let bounds = ["변경금지", "변경 금지", "noderiv", "제3유형", "제4유형"]
    /// Words by which a name is said to be the wrong one, or only a part of what holds.
    private static let denials: Set = [
        "not", "non", "isn", "never", "neither", "nor", "except", "excluding", "excluded",
    ]
    /// The same in Korean, whatever is joined to them.
    private static let koreanDenials = ["아님", "아니", "아닌", "아닙", "제외", "없음", "않"]

    static func isOpen(_ licence: String) -> Bool {
        let text = licence.lowercased()
        var words = words(text)
        guard !words.contains("nd"), !bounds.contains(where: { text.contains($0) }) else { return false }
        var isKnown = false
        for name in open {
            guard let place = words.firstRange(of: name) else { continue }
            isKnown = true
            // What belongs to the name is no denial of it.
            words.removeSubrange(place)
        }
        return isKnown
            && !words.contains { word in denials.contains(word) || koreanDenials.contains { word.contains($0) } }
    }

    private static func words(_ text: String) -> [String] {
        text.split { !$0.isLetter && !$0.isNumber }.map(String.init)
    }
}
