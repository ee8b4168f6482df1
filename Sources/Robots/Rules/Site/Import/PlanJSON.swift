import Record

/// Our own form of a plan, as the Record keeps it.
enum PlanJSON {
    /// The plan that a JSON value is.
    /// - Throws: ``PlanFaults`` with every field that is not what it must be.
    static func read(_ json: JSON) throws(PlanFaults) -> SitePlan {
        guard json.members != nil else {
            throw PlanFaults(faults: [
                PlanFault(place: "", rule: "object", words: Words("도면이 JSON 객체가 아닙니다.", "The plan is no JSON object."))
            ])
        }
        var reader = PlanReader()
        let plan = SitePlan(
            id: reader.text(json, "id", ""), name: reader.words(json, "name", ""),
            maps: elements("maps", of: json, &reader) { floor, place, reader in
                SitePlan.Floor(id: reader.text(floor, "id", place), name: reader.words(floor, "name", place))
            },
            nodes: elements("nodes", of: json, &reader, node), edges: elements("edges", of: json, &reader, edge),
            zones: elements("zones", of: json, &reader, zone),
            lifts: elements("lifts", of: json, &reader) { lift, place, reader in
                SitePlan.Lift(
                    id: reader.text(lift, "id", place), name: reader.words(lift, "name", place),
                    stops: reader.list(lift, "stops", place).map { $0.text ?? "" },
                    patience: reader.number(lift, "patience", place, usual: 120))
            },
            doors: elements("doors", of: json, &reader) { door, place, reader in
                SitePlan.Door(
                    id: reader.text(door, "id", place), name: reader.words(door, "name", place),
                    patience: reader.number(door, "patience", place, usual: 60))
            },
            footprint: reader.number(json, "footprint", ""))
        guard reader.faults.isEmpty else { throw PlanFaults(faults: reader.faults + others(of: plan, besides: reader)) }
        return plan
    }

    /// What else is wrong with the values that could be read, so that all of it is told at once. What follows from a value
    /// that could not be read is left out.
    private static func others(of plan: SitePlan, besides reader: PlanReader) -> [PlanFault] {
        let own: Set<SiteFault.Rule> = [.speed, .slope, .width, .patience, .name, .zone, .duplicate]
        let told = Set(reader.faults.map { $0.place.prefix { $0 != "." } })
        return SiteCheck.faults(of: plan).compactMap { fault in
            guard own.contains(fault.rule), !fault.place.id.isEmpty,
                let index = plan.ids.first(where: { $0.0 == fault.place.list })?.1.firstIndex(of: fault.place.id)
            else { return nil }
            let place = "\(fault.place.list.rawValue)[\(index)]"
            guard !told.contains(place[...]) else { return nil }
            return PlanFault(place: place, rule: fault.rule.rawValue, words: fault.words)
        }
    }

    private static func elements<Element>(
        _ key: String, of json: JSON, _ reader: inout PlanReader,
        _ read: (JSON, String, inout PlanReader) -> Element
    ) -> [Element] {
        reader.list(json, key, "").enumerated().map { index, element in
            let place = "\(key)[\(index)]."
            reader.call(place, key, element)
            return read(element, place, &reader)
        }
    }

    static func node(_ json: JSON, _ place: String, _ reader: inout PlanReader) -> SitePlan.Node {
        SitePlan.Node(
            id: reader.text(json, "id", place), map: reader.text(json, "map", place),
            x: reader.number(json, "x", place), y: reader.number(json, "y", place),
            name: reader.optionalWords(json, "name", place),
            kind: reader.one(reader.optional(json, "kind", place), usual: .way, "\(place)kind") {
                SitePlan.Kind(rawValue: $0)
            },
            thing: reader.optional(json, "thing", place).map { ThingID($0) },
            loading: reader.one(reader.optional(json, "loading", place), usual: .person, "\(place)loading") {
                Mission.Stop.Loading(rawValue: $0)
            })
    }

    static func edge(_ json: JSON, _ place: String, _ reader: inout PlanReader) -> SitePlan.Edge {
        SitePlan.Edge(
            id: reader.text(json, "id", place), from: reader.text(json, "from", place),
            to: reader.text(json, "to", place), isTwoWay: reader.flag(json, "two_way", place, usual: true),
            speed: reader.number(json, "speed", place, usual: 1), slope: reader.number(json, "slope", place, usual: 0),
            width: reader.optionalNumber(json, "width", place), lift: reader.optional(json, "lift", place),
            door: reader.optional(json, "door", place))
    }

    static func zone(_ json: JSON, _ place: String, _ reader: inout PlanReader) -> SitePlan.Zone {
        let value = reader.optionalNumber(json, "value", place)
        let rule = reader.one(reader.text(json, "rule", place), usual: .named, "\(place)rule") {
            SitePlan.Zone.Rule(name: $0, value: value)
        }
        return SitePlan.Zone(
            id: reader.text(json, "id", place), name: reader.words(json, "name", place),
            map: reader.text(json, "map", place),
            corners: reader.list(json, "corners", place).enumerated().compactMap { index, corner in
                if case .array(let pair) = corner, pair.count == 2, case .number(let x) = pair[0],
                    case .number(let y) = pair[1]
                {
                    return SitePlan.Point(x: x, y: y)
                }
                reader.add(
                    "\(place)corners[\(index)]", "point",
                    Words(
                        "‘\(place)corners[\(index)]’은(는) [x, y]여야 합니다.", "“\(place)corners[\(index)]” must be [x, y]."))
                return nil
            }, rule: rule, thing: reader.optional(json, "thing", place).map { ThingID($0) })
    }
}
