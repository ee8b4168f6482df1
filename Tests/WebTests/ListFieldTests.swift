import Access
import District
import Record
import Testing

@testable import Web

@Suite("A field of several entries in a web form")
struct ListFieldTests {
    static let people = [
        Field("name", Words("이름", "Name"), .text(maximum: 20)),
        Field("trained", Words("교육", "Trained"), .flag, required: false),
    ]
    static let form = Form(
        "toys.crew.list", title: Words("승선", "Crew"), help: Words("명단", "List"),
        fields: [
            Field("boat", Words("배", "Boat"), .text(maximum: 20)),
            Field("people", Words("사람", "People"), .list(people, maximum: 5)),
        ], permission: .signedIn)

    @Test("its rows become entries in order, empty rows fall away, and the frame's check takes them")
    func rows() throws {
        let entered = [
            "boat": "선유호", "people[2].name": "나", "people[0].name": "가", "people[0].trained": "true",
            "people[1].name": "", "people[x].name": "다", "people[-1].name": "라", "people[99999].name": "마",
        ]
        let values = FormPage.values(Self.form.fields, entered)
        let expected: JSON = [["name": "가", "trained": "true"], ["name": "나", "trained": false]]
        #expect(values["people"] == expected)
        #expect(values["boat"] == "선유호")
        #expect(values.count == 2)
        let checked = try Self.form.check(values)
        #expect(checked["people"]?.elements?.count == 2)
        #expect(checked["people"]?.elements?.first?["trained"] == true)
    }

    @Test("a list left empty is missing, and a form that needs it says so")
    func empty() {
        let values = FormPage.values(Self.form.fields, ["boat": "선유호", "people[0].name": ""])
        #expect(values["people"] == nil)
        #expect {
            try Self.form.check(values)
        } throws: { error in
            (error as? Refusal)?.faults.map(\.field) == ["people"]
        }
    }
}
