import District
import Record

/// A proposal as somebody has written it so far, in the boxes of its page.
struct ProposalDraft: Sendable {
    private let entered: [String: String]
    /// The hash of a picture that was kept.
    var picture: String

    init(_ entered: [String: String]) {
        self.entered = entered
        picture = entered["picture_hash"] ?? ""
    }

    subscript(_ name: String) -> String { entered[name] ?? "" }

    var step: String { self["step"] }
    var key: String? { entered["idempotency"] }

    /// The place in degrees, where it was given so.
    var place: Proposal.Place? {
        guard let latitude = Double(self["place.lat"]), let longitude = Double(self["place.lon"]) else { return nil }
        return Proposal.Place(latitude: latitude, longitude: longitude)
    }

    /// The accounts that are asked to stand beside the author.
    var authors: [String] {
        self["authors"].split { $0.isWhitespace || ",;".contains($0) }.map(String.init)
    }

    /// - Parameter isBringing: whether a picture comes with it that is not kept yet.
    /// - Throws: ``Refusal`` with a fault for each box that cannot stay as it is.
    func check(bringing isBringing: Bool = false) throws(Refusal) {
        var faults: [Refusal.Fault] = []
        for (key, field) in [("title", ProposalAsk.title), ("body", ProposalAsk.body)]
        where self[key].allSatisfy(\.isWhitespace) {
            faults.append(
                .init(
                    field: key, rule: "required",
                    words: Words("\(field.label.ko)을(를) 입력해 주세요.", "Please fill in: \(field.label.en).")))
        }
        if isBringing || !picture.isEmpty, self["about"].allSatisfy(\.isWhitespace) {
            faults.append(
                .init(
                    field: "about", rule: "required",
                    words: Words(
                        "사진에 무엇이 보이는지 적어 주세요. 보지 못하는 사람에게 읽어 드립니다.",
                        "Please say what the picture shows: it is read out to whoever cannot see it.")))
        }
        if authors.count > 5 {
            faults.append(
                .init(
                    field: "authors", rule: "many",
                    words: Words("공동 제안자는 한 번에 다섯 사람까지 청합니다.", "At most five co-authors are asked at once.")))
        }
        guard faults.isEmpty else {
            throw Refusal(
                .invalid, "form.invalid", Words("입력한 내용을 확인해 주세요.", "Please check what was entered."), faults: faults)
        }
    }

    /// What the command takes; a landmark stands for its place where no degrees were given.
    func values(in process: CivicProcess, _ landmarks: [PlaceMap.Landmark]) -> [String: JSON] {
        var values: [String: JSON] = ["process": .string(process.id)]
        for key in ["title", "body", "plain", "cost", "name"] where !self[key].isEmpty {
            values[key] = .string(self[key])
        }
        if let place = place ?? landmarks.first(where: { $0.name.ko == self["place.near"] })?.place {
            values["place"] = ["latitude": .number(place.latitude), "longitude": .number(place.longitude)]
        }
        return values
    }

    /// What is done once it is made, each with the words for where it is refused.
    func additions(to id: String) -> [(command: String, values: [String: JSON], failed: String)] {
        var additions: [(command: String, values: [String: JSON], failed: String)] = []
        if !picture.isEmpty {
            additions.append(
                (
                    AddPicture.name,
                    ["proposal": .string(id), "picture": .string(picture), "about": .string(self["about"])],
                    "commons_picture_failed"
                ))
        }
        return additions
            + authors.map {
                (AskAuthor.name, ["proposal": .string(id), "account": .string($0)], "commons_author_failed")
            }
    }

    /// As the page fills its boxes.
    func json(faults: Set<String>) -> JSON {
        var values: [String: JSON] = [
            "lat": .string(self["place.lat"]), "lon": .string(self["place.lon"]), "picture": .string(picture),
        ]
        if !picture.isEmpty { values["has_picture"] = true }
        for key in ["title", "body", "plain", "cost", "name", "about", "authors"] {
            values[key] = .string(self[key])
            if faults.contains(key) { values["wrong_\(key)"] = true }
        }
        return .object(values)
    }
}
