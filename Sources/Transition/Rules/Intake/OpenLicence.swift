import Record

/// Whether statistics may be shown to everybody, by the name of the licence under which they came.
///
/// It decides only where nobody said so at the import, and for what it knows to be open: any other licence keeps the
/// pages of these statistics for people of the district.
enum OpenLicence {
    /// Licences that let what rests on the data be published, as people write them.
    private static let open = [
        "공공누리 제1유형", "공공누리 1유형", "공공누리 제2유형", "공공누리 2유형", "kogl type 1", "kogl type 2",
        "이용허락범위 제한 없음", "public domain", "퍼블릭 도메인", "cc0", "cc by", "cc-by", "apache-2.0", "odc-by", "odbl",
        "open government licence", "etalab",
    ]
    /// What takes away the right to publish what was worked out of them.
    private static let bounds = ["변경금지", "변경 금지", "nd", "noderiv"]

    static func isOpen(_ licence: String) -> Bool {
        let text = licence.lowercased()
        let words = text.split { !$0.isLetter && !$0.isNumber }
        guard
            !bounds.contains(where: { bound in words.contains { $0 == bound } || bound.count > 2 && text.contains(bound)
            })
        else { return false }
        return open.contains { text.contains($0) }
    }
}
