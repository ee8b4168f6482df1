import Record

/// What an industry is called in each language, where its name in the statistics says both: `131 산업용 로봇 Industrial
/// robots`. A name in one language stands for both, without the code before it.
enum IndustryName {
    static func words(_ name: String) -> Words {
        let bare = name.replacing(/^[A-Z]?[0-9]+[.]?\s+/, with: "")
        guard let parts = bare.wholeMatch(of: /(.*[가-힣][^A-Za-z]*?)\s+([A-Za-z][^가-힣]*)/) else {
            return Words(bare.isEmpty ? name : bare, bare.isEmpty ? name : bare)
        }
        return Words(String(parts.1), String(parts.2))
    }
}
