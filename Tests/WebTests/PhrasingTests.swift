import Access
import District
import HouseKit
import Record
import Testing

/// What the rooms' own tests are asked to find in their phrasings.
@Suite("Faults of phrasings")
struct PhrasingTests {
    private struct Toys: Capability {
        let name = "toys"
        let title = Words("장난감", "Toys")
        let phrasings: [Phrasing]
        var commands: [Command] {
            [form("toys.boat.launch", [.web, .voice]), form("toys.boat.sink", [.web])].map {
                Command($0) { _, _ in [] }
            }
        }

        private func form(_ name: String, _ surfaces: Set<Form.Surface>) -> Form {
            Form(
                name, title: title, help: title, fields: [Field("slip", title, .text(maximum: 40))],
                permission: .anyone, surfaces: surfaces)
        }
    }

    @Test("a room without any, a stranger's command, one that may not be spoken and a field that is none are found")
    func faults() {
        func found(_ phrasings: Phrasing...) -> [String] { phrasingFaults(of: Toys(phrasings: phrasings)) }
        let launch = Phrasing("toys.boat.launch", ko: ["{slip}에 배 띄워 줘"], en: ["launch a boat at {slip}"])
        #expect(found(launch) == [])
        #expect(found() == ["toys has no phrasings"])
        #expect(
            found(launch, Phrasing("toys.boat.fly", ko: ["날려 줘"], en: ["fly"]))
                == ["toys.boat.fly is no command and no question of toys"])
        #expect(
            found(Phrasing("toys.boat.sink", ko: ["가라앉혀 줘"], en: ["sink it"])) == ["toys.boat.sink may not be spoken"])
        #expect(
            found(Phrasing("toys.boat.launch", ko: ["배 띄워 줘"], en: ["launch {boat2}"]))
                == ["toys.boat.launch has no such field: launch {boat2}"])
    }
}
