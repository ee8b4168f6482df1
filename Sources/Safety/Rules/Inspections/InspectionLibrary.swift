import District
import Record

/// The templates that come with the house, by kind of work; a firm takes one over as it is, or makes its own of it.
struct InspectionLibrary: Sendable {
    /// In the order of the files and their entries.
    let templates: [InspectionTemplate]

    /// Reads every `inspections-….json` of the handbook.
    /// - Throws: ``HandbookError`` naming the file, the template and the question that cannot be used.
    init(_ book: Handbook) throws(HandbookError) {
        var templates: [InspectionTemplate] = []
        for file in book.files("inspections-") {
            for entry in try book.read(file).json["templates"]?.elements ?? [] {
                let name = entry["id"]?.text ?? "?"
                switch InspectionTemplate.read(entry, version: entry["version"]?.integer ?? 1) {
                case .success(let template):
                    guard !templates.contains(where: { $0.id == template.id }) else {
                        throw HandbookError(file: file, place: name, rule: "is there twice")
                    }
                    templates.append(template)
                case .failure(let faults):
                    let first = faults.list.first
                    let place = first?.index.map { "\(name).questions[\($0)]" } ?? name
                    throw HandbookError(file: file, place: place, rule: "\(first?.field ?? ""): \(first?.rule ?? "")")
                }
            }
        }
        self.templates = templates
    }

    subscript(_ id: String) -> InspectionTemplate? { templates.first { $0.id == id } }

    /// What kinds of work are called.
    static let industries: [(id: String, words: Words)] = [
        ("press", Words("프레스·금속가공", "Presses")), ("casting", Words("주조", "Casting")),
        ("painting", Words("도장", "Painting")), ("welding", Words("용접", "Welding")),
        ("cold-store", Words("냉동·냉장창고", "Cold store")), ("warehouse", Words("물류창고", "Warehouse")),
        ("robot", Words("산업용 로봇", "Robot cell")), ("confined", Words("밀폐공간", "Confined space")),
        ("height", Words("고소작업", "Work at height")), ("other", Words("그 밖의 작업", "Other")),
    ]
}
