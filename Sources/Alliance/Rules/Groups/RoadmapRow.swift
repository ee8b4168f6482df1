import District
import Record

/// A milestone as files carry it: a line of a table, or an entry of JSON. What the house hands out it also takes in.
struct RoadmapRow: Sendable, Hashable {
    /// What other rows call it.
    let key: String
    /// Where it stands in the file, from 1.
    let line: Int
    let title: Words
    let layer: RoadmapLayer
    let due: KoreanDay
    /// Whose it is: a member's organisation or identifier; empty for the chair.
    let owner: String
    let needs: [String]
    let work: Int64

    /// The most that are taken at once.
    static let most = 300

    /// The headings that a table may have for each column.
    private static let headings: [String: [String]] = [
        "id": ["id", "번호"], "ko": ["title_ko", "title", "이정표"], "en": ["title_en", "이정표(영어)"],
        "layer": ["layer", "계층", "층"],
        "due": ["due", "기한"], "owner": ["owner", "맡은 곳"], "needs": ["needs", "선행"], "work_days": ["work_days", "작업일"],
    ]

    /// Reads a file, a table or JSON.
    /// - Throws: ``Refusal`` with a fault for each line that breaks a rule.
    static func read(_ bytes: [UInt8]) throws(Refusal) -> [RoadmapRow] {
        let text = try CommaText.text(bytes)
        let isJSON = text.first { !$0.isWhitespace }.map { "{[".contains($0) } ?? false
        let entries = isJSON ? try entries(json: text) : try entries(table: text)
        guard !entries.isEmpty, entries.count <= most else {
            throw refusal([
                fault(0, "rows", Words("이정표가 1개에서 \(most)개까지 있어야 합니다.", "It must have 1 to \(most) milestones."))
            ])
        }
        var (rows, faults, seen): ([RoadmapRow], [Refusal.Fault], Set<String>) = ([], [], [])
        for (line, entry) in entries {
            let ko = entry["ko"] ?? ""
            let layer = RoadmapLayer.allCases.first {
                [$0.rawValue, $0.words.ko, $0.words.en.lowercased()].contains((entry["layer"] ?? "").lowercased())
            }
            let work = entry["work_days"].flatMap { $0.isEmpty ? "0" : $0 } ?? "0"
            if ko.isEmpty { faults.append(fault(line, "title", Words("이정표의 이름이 없습니다.", "It has no title."))) }
            if layer == nil {
                faults.append(
                    fault(
                        line, "layer",
                        Words(
                            "계층은 시장, 제품·서비스, 기술, 연구개발, 자원 가운데 하나입니다.",
                            "The layer is market, product, technology, research or resources.")))
            }
            let due = KoreanDay(entry["due"] ?? "")
            if due == nil {
                faults.append(
                    fault(line, "due", Words("기한은 2026-12-31처럼 적습니다.", "The due day is written as 2026-12-31.")))
            }
            let key = entry["id"].flatMap { $0.isEmpty ? nil : $0 } ?? "\(line)"
            if !seen.insert(key).inserted {
                faults.append(fault(line, "id", Words("번호가 두 번 나옵니다.", "Its id stands twice.")))
            }
            guard let days = Int64(work), (0...3650).contains(days) else {
                faults.append(fault(line, "work_days", Words("작업일은 0에서 3650까지의 수입니다.", "Days of work are 0 to 3650.")))
                continue
            }
            guard let layer, let due, !ko.isEmpty else { continue }
            let en = entry["en"] ?? ""
            rows.append(
                RoadmapRow(
                    key: key, line: line,
                    title: Words(String(ko.prefix(120)), String((en.isEmpty ? ko : en).prefix(120))),
                    layer: layer, due: due, owner: entry["owner"] ?? "",
                    needs: (entry["needs"] ?? "").split { $0 == " " || $0 == ";" || $0 == "|" }.map(String.init),
                    work: days))
        }
        for row in rows {
            for need in row.needs where !seen.contains(need) {
                faults.append(
                    fault(
                        row.line, "needs",
                        Words("선행 ‘\(need)’이(가) 파일에 없습니다.", "What it needs, “\(need)”, is not in the file.")))
            }
        }
        guard faults.isEmpty else { throw refusal(faults) }
        return rows
    }

    static func fault(_ line: Int, _ rule: String, _ words: Words) -> Refusal.Fault {
        let at = line > 0 ? Words("\(line)번째: \(words.ko)", "Entry \(line): \(words.en)") : words
        return Refusal.Fault(field: "file", line: line > 0 ? line : nil, rule: rule, words: at)
    }

    static func refusal(_ faults: [Refusal.Fault]) -> Refusal {
        Refusal(
            .invalid, "roadmap.file", Words("파일을 확인해 주세요.", "Please check the file."),
            faults: Array(faults.prefix(20)))
    }

    private static func entries(table text: String) throws(Refusal) -> [(Int, [String: String])] {
        let rows = try CommaText(text).rows
        guard let first = rows.first else { return [] }
        let names = first.cells.map { cell in
            let plain = cell.lowercased()
            return headings.first { $0.value.contains(plain) }?.key
        }
        for need in ["ko", "layer", "due"] where !names.contains(need) {
            throw refusal([
                fault(
                    0, "heading",
                    Words("머리글에 title_ko, layer, due가 있어야 합니다.", "The heading needs title_ko, layer and due."))
            ])
        }
        return rows.dropFirst().map { row in
            var entry: [String: String] = [:]
            for (name, cell) in zip(names, row.cells) {
                // What was put before a cell so that no spreadsheet takes it for a formula is no part of it.
                if let name { entry[name] = cell.hasPrefix("'") ? String(cell.dropFirst()) : cell }
            }
            return (row.line, entry)
        }
    }

    private static func entries(json text: String) throws(Refusal) -> [(Int, [String: String])] {
        let json: JSON
        do throws(JSONError) {
            json = try JSON(parsing: Array(text.utf8))
        } catch {
            throw refusal([fault(0, "json", Words("JSON 형식이 올바르지 않습니다: \(error)", "This is not valid JSON: \(error)"))])
        }
        return (json["milestones"]?.elements ?? json.elements ?? []).enumerated().map { index, entry in
            let title = Words(entry["title"])
            return (
                index + 1,
                [
                    "id": entry["id"]?.text ?? "", "ko": title?.ko ?? "", "en": title?.en ?? "",
                    "layer": entry["layer"]?.text ?? "", "due": entry["due"]?.text ?? "",
                    "owner": entry["owner"]?.text ?? "",
                    "needs": (entry["needs"]?.elements?.compactMap(\.text) ?? []).joined(separator: " "),
                    "work_days": entry["work_days"]?.integer.map { "\($0)" } ?? entry["work_days"]?.text ?? "",
                ]
            )
        }
    }
}
