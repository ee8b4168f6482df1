import District
import Record

/// National schemes, matched to what a firm needs: hard filters first, then the reasons.
struct NationalProgrammes: Sendable {
    /// One scheme, with where its terms are from.
    struct Programme: Sendable {
        let id: String
        let words: Words, runner: Words, about: Words, source: Words
        let address: String, checked: String
        let tasks: Set<InvestmentTask>
        /// Whom it is for; empty for all.
        let kinds: Set<InvestmentKind>, sizes: Set<InvestmentSize>
        /// People at least and at most, and new jobs at least.
        let leastHeadcount: Int64?, headcount: Int64?, jobs: Int64?
    }

    /// What a scheme is to a firm.
    enum Match: Sendable, Hashable {
        /// Nothing speaks against it: the tasks it helps with.
        case fits([InvestmentTask])
        /// Something that it asks for is not known of the firm.
        case unclear(Words)
        /// It is surely not for this firm.
        case out(Words)
    }

    let programmes: [Programme]
    let about: Words, skilled: Words
    /// Rules of who is young, by id.
    let youth: [(id: String, words: Words)]
    let edition: String

    /// What each scheme is to a firm, those that fit first; none that is surely out.
    func matches(_ found: InvestmentCase) -> [(programme: Programme, match: Match)] {
        programmes.map { ($0, Self.match($0, found)) }.compactMap { entry -> (Int, Programme, Match)? in
            switch entry.1 {
            case .fits(let tasks): (-tasks.count, entry.0, entry.1)
            case .unclear: (1, entry.0, entry.1)
            case .out: nil
            }
        }.enumerated().sorted { ($0.element.0, $0.offset) < ($1.element.0, $1.offset) }
            .map { ($0.element.1, $0.element.2) }
    }

    /// What one scheme is to a firm.
    static func match(_ programme: Programme, _ found: InvestmentCase) -> Match {
        let tasks = InvestmentTask.allCases.filter { programme.tasks.contains($0) && found.tasks.contains($0) }
        guard !tasks.isEmpty else { return .out(Words("필요한 일과 맞지 않음", "helps with none of the tasks")) }
        guard programme.kinds.isEmpty || programme.kinds.contains(found.kind) else {
            return .out(Words("투자 유형이 다름", "another kind of investment"))
        }
        guard programme.sizes.isEmpty || programme.sizes.contains(found.size) else {
            return .out(Words("기업 규모가 다름", "another size of firm"))
        }
        if let people = found.headcount {
            if let most = programme.headcount, people > most {
                return .out(Words("상시근로자 \(most)명 이하만", "at most \(most) people"))
            }
            if let least = programme.leastHeadcount, people < least {
                return .out(Words("상시근로자 \(least)명 이상만", "at least \(least) people"))
            }
        } else if programme.headcount != nil || programme.leastHeadcount != nil {
            return .unclear(Words("상시근로자 수를 모름: 확인 필요", "headcount unknown: to be found out"))
        }
        if let least = programme.jobs {
            guard let jobs = found.jobs else {
                return .unclear(Words("신규 고용 계획을 모름: 최소 \(least)명", "planned jobs unknown: at least \(least)"))
            }
            guard jobs >= least else {
                return .out(Words("신규 고용 \(least)명 이상만", "at least \(least) new jobs"))
            }
        }
        return .fits(tasks)
    }

    /// From `investment-programmes.json`.
    init(_ book: Handbook) throws(HandbookError) {
        let file = "investment-programmes.json"
        let (json, edition) = try book.read(file)
        func set<Value: RawRepresentable>(_ json: JSON?, _: Value.Type) throws(HandbookError) -> Set<Value>
        where Value.RawValue == String, Value: Hashable {
            var values: Set<Value> = []
            for text in json?.elements?.compactMap(\.text) ?? [] {
                guard let value = Value(rawValue: text) else {
                    throw HandbookError(file: file, place: text, rule: "is a known \(Value.self)")
                }
                values.insert(value)
            }
            return values
        }
        var programmes: [Programme] = []
        for entry in json["programmes"]?.elements ?? [] {
            guard let id = entry["id"]?.text, let words = Words(entry), let runner = Words(entry["runner"]),
                let about = Words(entry["about"]), let source = Words(entry["source"]), let url = entry["url"]?.text,
                let checked = entry["checked"]?.text, KoreanDay(checked) != nil
            else {
                throw HandbookError(
                    file: file, place: entry["id"]?.text ?? "programmes", rule: "id, words, about, source, url, checked"
                )
            }
            programmes.append(
                Programme(
                    id: id, words: words, runner: runner, about: about, source: source, address: url, checked: checked,
                    tasks: try set(entry["tasks"], InvestmentTask.self),
                    kinds: try set(entry["kinds"], InvestmentKind.self),
                    sizes: try set(entry["sizes"], InvestmentSize.self),
                    leastHeadcount: entry["least_headcount"]?.integer, headcount: entry["headcount"]?.integer,
                    jobs: entry["jobs"]?.integer))
        }
        var youth: [(id: String, words: Words)] = []
        for entry in json["youth"]?.elements ?? [] {
            guard let id = entry["id"]?.text, let words = Words(entry) else { continue }
            youth.append((id, words))
        }
        guard let about = Words(json["about"]), let skilled = Words(json["skilled"]), !youth.isEmpty,
            !programmes.isEmpty
        else { throw HandbookError(file: file, place: "", rule: "about, programmes, youth, skilled") }
        self.programmes = programmes
        self.about = about
        self.skilled = skilled
        self.youth = youth
        self.edition = edition
    }
}
