import ArgumentParser
import Foundation
import Record

/// Talks to the running house as somebody on the telephone would: one line in, one answer out.
struct Talk: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Talk to the running house. 실행 중인 서버와 말로 민원을 처리합니다.",
        discussion: "Each line is what you say; an empty line is silence. The same call as POST /api/v1/agent/turns.")

    @OptionGroup var house: HouseOptions

    @Option(help: "Language: ko or en.")
    var lang = "ko"

    @Option(help: "Token to use instead of this machine's own.")
    var token: String?

    @Option(help: "Address of the house, where it is not this machine's.")
    var url: String?

    func validate() throws {
        guard Language(rawValue: lang) != nil else { throw ValidationError("--lang is ko or en") }
    }

    func run() async throws {
        let client = try HouseClient(try DataFolder(house.data), token: token, url: url)
        var (dialogue, turn): (String?, Int64) = (nil, 0)
        var next: [String: JSON] = ["event": "start"]
        while true {
            turn += 1
            next["language"] = .string(lang)
            next["channel"] = "cli"
            next["turn"] = .number(Double(turn))
            if let dialogue { next["dialogue"] = .string(dialogue) }
            let (status, answer) = try await client.send(
                "POST", "/api/v1/agent/turns", body: JSON.object(next).canonical)
            guard (200..<300).contains(status) else {
                if house.json { Output.json(answer) } else { Output.problem(answer) }
                throw ExitCode(status >= 500 ? 2 : 1)
            }
            dialogue = answer["dialogue"]?.text
            if house.json { Output.json(answer) } else { show(answer) }
            if answer["ended"]?.bool == true { return }
            if isatty(STDIN_FILENO) == 1 { print("> ", terminator: "") }
            guard let line = readLine() else { return }
            next = line.allSatisfy(\.isWhitespace) ? ["event": "silence"] : ["text": .string(line)]
        }
    }

    private func show(_ answer: JSON) {
        for caption in answer["reply"]?["captions"]?.elements ?? [] { print(caption.text ?? "") }
        for pair in answer["read_back"]?.elements ?? [] {
            print("  \(pair["label"]?.text ?? ""): \(pair["value"]?.text ?? "")")
        }
        for link in answer["links"]?.elements ?? [] {
            print("  \(link["title"]?.text ?? "")  \(link["href"]?.text ?? "")")
        }
    }
}
