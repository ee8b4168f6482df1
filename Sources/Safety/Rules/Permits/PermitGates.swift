import Record

/// Everything that must be true before work under a permit begins. Pure: it is handed what is known.
struct PermitGates: Sendable {
    /// What is known of someone named in the permit.
    struct Standing: Sendable, Hashable {
        let person: PersonID
        let name: String?
        /// Courses they lack today.
        let lacks: [TrainingCourse]
        /// Whether they took part in today's tool-box meeting at the place; nil where nobody asks it of them.
        let attended: Bool?
    }

    let kind: PermitKind
    let permit: Permit
    /// Everyone who works, and the watcher, each with the courses their part asks for.
    let people: [Standing]
    let locks: [PermitLock]
    /// The air; nil where it is not asked for.
    let air: GasGate.Verdict?
    let clashes: [Clash]
    /// Names of flammable substances at the place.
    let flammables: [String]
    /// Names of places that are closed, of those that hold the place or lie in it.
    let closed: [Words]
    /// Items of the checklist that were confirmed; nil where nobody is asked now.
    let checks: Set<String>?
    let limits: [Gas: GasLimit]
    let now: Timestamp

    /// One gate, and every way in which it is shut.
    struct Gate: Sendable, Hashable {
        /// `training`, `tbm`, `gas`, `clash`, `closed`, `isolation`, `watcher`, `checklist`, `time`, `flammables`.
        let id: String
        let faults: [Fault]
        var isOpen: Bool { faults.isEmpty }
    }

    /// A reason why a gate is shut: the field of the form it concerns, the rule and the words.
    struct Fault: Sendable, Hashable {
        let field: String, rule: String
        let words: Words
    }

    /// Every gate that this kind of permit has, in the order in which people go through them.
    var all: [Gate] {
        var gates = [
            Gate(id: "time", faults: time), Gate(id: "training", faults: training), Gate(id: "tbm", faults: tbm),
        ]
        if kind.needsWatcher { gates.append(Gate(id: "watcher", faults: watcher)) }
        if kind.needsLocks || !locks.isEmpty { gates.append(Gate(id: "isolation", faults: isolation)) }
        if let air { gates.append(Gate(id: "gas", faults: Self.faults(of: air, limits))) }
        gates.append(Gate(id: "clash", faults: clashFaults))
        if kind.id == "hot" { gates.append(Gate(id: "flammables", faults: flammableFaults)) }
        gates.append(Gate(id: "closed", faults: closedFaults))
        if let checks { gates.append(Gate(id: "checklist", faults: checklist(checks))) }
        return gates
    }

    /// What is wrong with the air, each with the gas as its field.
    static func faults(of air: GasGate.Verdict, _ limits: [Gas: GasLimit]) -> [Fault] {
        air.problems.map { finding in
            let (gas, problem) = (finding.gas, finding.problem ?? .missing)
            let name = limits[gas]?.title ?? Words(gas.rawValue, gas.rawValue)
            let value = finding.value.map { " \(text($0)) \(gas.unit.sign)" } ?? ""
            let source = finding.reading.map { " (\($0.source))" } ?? ""
            let limit = limits[gas]?.words(text) ?? Words("", "")
            let hint = [.low, .high].contains(problem) ? limit : Words("", "")
            return Fault(
                field: gas.rawValue, rule: "gas.\(problem.rawValue)",
                words: Words(
                    "\(name.ko)\(value): \(problem.words.ko)\(hint.ko.isEmpty ? "" : " (기준: \(hint.ko))")\(source)",
                    "\(name.en)\(value) \(problem.words.en)\(hint.en.isEmpty ? "" : " (limit: \(hint.en))")\(source)"))
        }
    }

    /// A number as people read it, every digit that decides kept.
    static func text(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e9 ? "\(Int64(value))" : "\(value)"
    }

    private var time: [Fault] {
        if now >= permit.to {
            return [Fault(field: "to", rule: "time.over", words: Words("허가 시간이 지났습니다.", "Its time is over."))]
        }
        guard KoreanDay(now) < KoreanDay(permit.from) else { return [] }
        return [
            Fault(
                field: "from", rule: "time.early",
                words: Words("작업하는 날에 허가할 수 있습니다.", "It can be authorised on the day of the work."))
        ]
    }

    private var training: [Fault] {
        people.flatMap { standing in
            standing.lacks.map { course in
                Fault(
                    field: "people", rule: "training.\(course.id)",
                    words: Words(
                        "\(standing.called.ko): ‘\(course.title.ko)’ 교육이 유효하지 않습니다.",
                        "\(standing.called.en) has no valid training: \(course.title.en)."))
            }
        }
    }

    private var tbm: [Fault] {
        people.filter { $0.attended == false }.map { standing in
            Fault(
                field: "people", rule: "tbm.missing",
                words: Words(
                    "\(standing.called.ko): 오늘 이 장소의 작업 전 안전점검회의(TBM)에 참여하지 않았습니다.",
                    "\(standing.called.en) took no part in today's tool-box meeting here."))
        }
    }

    private var watcher: [Fault] {
        guard permit.watcher == nil else { return [] }
        return [
            Fault(
                field: "watcher", rule: "watcher.required",
                words: Words("감시인을 정해야 합니다.", "A watcher must be named."))
        ]
    }

    private var isolation: [Fault] {
        if locks.isEmpty {
            return [
                Fault(
                    field: "locks", rule: "isolation.required",
                    words: Words("차단 지점과 자물쇠를 등록해야 합니다.", "Isolation points and locks must be listed."))
            ]
        }
        return locks.filter { !$0.isOn }.map { lock in
            Fault(
                field: "locks", rule: "isolation.open",
                words: Words(
                    "\(lock.point): 자물쇠 \(lock.number)번이 잠겨 있지 않습니다.", "\(lock.point): lock \(lock.number) is not on."))
        }
    }

    private var clashFaults: [Fault] {
        clashes.map { clash in
            let distance = clash.distance.map { $0 == 0 ? nil : Int($0.rounded(.up)) } ?? nil
            let far = distance.map { Words(" (거리 \($0) m)", " (\($0) m apart)") } ?? Words("", "")
            return Fault(
                field: "thing", rule: "clash.\(clash.rule.one)-\(clash.rule.other)",
                words: Words(
                    "허가 \(clash.one.number)호와 \(clash.other.number)호가 겹칩니다: \(clash.rule.words.ko)\(far.ko)",
                    "Permits \(clash.one.number) and \(clash.other.number) clash: \(clash.rule.words.en)\(far.en)"))
        }
    }

    private var flammableFaults: [Fault] {
        guard !permit.flammablesCleared else { return [] }
        return flammables.map { name in
            Fault(
                field: "flammables_cleared", rule: "flammables.near",
                words: Words(
                    "인화성 물질 ‘\(name)’이(가) 있는 곳입니다. 치우거나 덮었는지 확인해야 합니다.",
                    "\(name), which catches fire, is kept here: it must be taken away or covered."))
        }
    }

    private var closedFaults: [Fault] {
        closed.map { name in
            Fault(
                field: "thing", rule: "place.closed",
                words: Words("\(name.ko)이(가) 폐쇄되어 있습니다.", "\(name.en) is closed."))
        }
    }

    private func checklist(_ checks: Set<String>) -> [Fault] {
        kind.checklist.filter { !checks.contains($0.id) }.map { check in
            Fault(
                field: "checks", rule: "checklist.\(check.id)",
                words: Words("확인하지 않았습니다: \(check.words.ko)", "Not confirmed: \(check.words.en)"))
        }
    }
}

extension PermitGates.Standing {
    /// What to call them.
    var called: Words { Words(name ?? person.rawValue, name ?? person.rawValue) }
}
