import Citizen
import District
import Web

/// How well the agent that listens understands. The sentences are our own, so the figures compare with no other corpus.
struct AgentBench {
    /// The folder with the sentences.
    let corpus: String
    /// Whether the sentences that went wrong are shown.
    let showsFailures: Bool

    func run() throws -> [Figure] {
        let rooms = try Rooms.all(sampleSeed: nil, handbook: "")
        let forms = Dictionary(
            rooms.flatMap(\.commands).map { ($0.form.name, $0.form) }, uniquingKeysWith: { first, _ in first })
        let figures = try AgentFigures.measure(
            forms: forms, phrasings: rooms.flatMap(\.phrasings), inquiries: rooms.flatMap(\.answers), corpus: corpus)
        if showsFailures {
            for figure in figures { for failure in figure.failures { Output.error("\(figure.name): \(failure)") } }
        }
        return figures.map { Figure(name: $0.name, value: $0.value, unit: $0.unit, how: $0.how) }
    }
}
