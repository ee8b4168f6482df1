import ArgumentParser
import Foundation
import Record

/// Gives any command of the house from the command line: the same form, the same check, the same record.
struct Do: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Give a command to the running house. 실행 중인 서버에 명령합니다.",
        discussion:
            "Without a name it lists what can be asked. Example: slipway do sensing.alarm.acknowledge alarm=… --yes")

    @OptionGroup var house: HouseOptions

    @Argument(help: "The command, such as sensing.alarm.acknowledge.")
    var name: String?

    @Argument(help: "Its values: field=value. A value that begins with { or [ is JSON.")
    var values: [String] = []

    @Flag(help: "Say yes to what is read back. 확인 질문에 예로 답합니다.")
    var yes = false

    @Option(help: "Idempotency key: the same key with the same values is done once.")
    var key: String?

    @Option(help: "Token to use instead of this machine's own.")
    var token: String?

    @Option(help: "Address of the house, where it is not this machine's.")
    var url: String?

    func run() async throws {
        let client = try HouseClient(try DataFolder(house.data), token: token, url: url)
        guard let name else { return try await list(client) }
        var members: [String: JSON] = [:]
        for value in values {
            guard let equals = value.firstIndex(of: "=") else {
                throw ValidationError("\(value): field=value is wanted")
            }
            let text = String(value[value.index(after: equals)...])
            let isJSON = text.hasPrefix("{") || text.hasPrefix("[")
            members[String(value[..<equals])] = isJSON ? try JSON(parsing: text) : .string(text)
        }
        if yes { members["confirmed"] = true }
        let (status, answer) = try await client.send(
            "POST", "/api/v1/commands/\(name)", body: JSON.object(members).canonical,
            headers: key.map { ["Idempotency-Key": $0] } ?? [:])
        if status == 428, !yes, !house.json, isatty(STDIN_FILENO) == 1 {
            try await confirm(client, name, members)
            return
        }
        try finish(status, answer)
    }

    private func confirm(_ client: HouseClient, _ name: String, _ members: [String: JSON]) async throws {
        for (field, value) in members.sorted(by: { $0.key < $1.key }) {
            print("  \(field): \(value.text ?? value.canonicalText)")
        }
        print("이렇게 처리할까요? / Shall this be done? (y/N) ", terminator: "")
        guard ["y", "yes", "네", "예"].contains((readLine() ?? "").lowercased()) else { throw ExitCode(3) }
        var confirmed = members
        confirmed["confirmed"] = true
        let (status, answer) = try await client.send(
            "POST", "/api/v1/commands/\(name)", body: JSON.object(confirmed).canonical,
            headers: key.map { ["Idempotency-Key": $0] } ?? [:])
        try finish(status, answer)
    }

    private func finish(_ status: Int, _ answer: JSON) throws {
        guard (200..<300).contains(status) else {
            if house.json { Output.json(answer) } else { Output.problem(answer) }
            throw ExitCode(status == 428 ? 3 : status >= 500 ? 2 : 1)
        }
        if house.json { return Output.json(answer) }
        for event in answer["events"]?.elements ?? [] {
            print("\(event["type"]?.text ?? "")  \(event["stream"]?.text ?? "")")
        }
        print("/trace/\(answer["correlation"]?.text ?? "")")
    }

    private func list(_ client: HouseClient) async throws {
        let (_, answer) = try await client.send("GET", "/api/v1/commands")
        if house.json { return Output.json(answer) }
        for command in answer["commands"]?.elements ?? [] {
            print("\(command["name"]?.text ?? "")  \(command["title"]?.text ?? "")")
        }
    }
}
