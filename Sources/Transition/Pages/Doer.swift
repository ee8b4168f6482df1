import District
import Record
import Web

extension Visit {
    /// Who did something, in words: also a part of the house or a rule, which has a name for machines alone.
    func doer(_ author: Author) -> String {
        switch author {
        case .system(let name), .rule(let name):
            let key = "doer_" + name.replacing(".", with: "_").replacing("-", with: "_")
            return pages.wording[key]?[language] ?? authorName(author)
        default: return authorName(author)
        }
    }
}
