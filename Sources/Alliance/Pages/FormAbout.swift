import District
import Record
import Web

extension Reply {
    /// A command's form that says above its fields what it is about, which the form itself does not know: the day that is
    /// cancelled, the programme that is applied to.
    /// - Parameters:
    ///   - bounds: the least and most of number fields where what it is about sets them closer, by field.
    ///   - choices: what a field that refers to something may mean, as value and words: a list to open instead of a search.
    func about(
        _ text: String, bounds: [String: ClosedRange<Int64>] = [:], choices: [String: [(String, String)]] = [:],
        _ visit: Visit
    ) -> Reply {
        guard case .page(let template, let title, .object(var context), let status, let live) = self,
            case .array(var groups) = context["groups"] ?? .null
        else { return self }
        groups = groups.map { group in
            guard case .object(var members) = group, case .array(let fields) = members["fields"] ?? .null else {
                return group
            }
            members["fields"] = .array(
                fields.map { Self.bounded(Self.chosen($0, choices, visit), bounds, visit) })
            return .object(members)
        }
        if case .object(var first)? = groups.first {
            first["about"] = .string(text)
            groups[0] = .object(first)
        } else {
            groups = [["about": .string(text), "fields": []]]
        }
        context["groups"] = .array(groups)
        return .page(template, title: title, .object(context), status: status, live: live)
    }

    private static func chosen(_ field: JSON, _ choices: [String: [(String, String)]], _ visit: Visit) -> JSON {
        guard case .object(var members) = field, let known = members["name"]?.text.flatMap({ choices[$0] }) else {
            return field
        }
        let value = members["value"]?.text
        members["reference"] = nil
        members["select"] = [
            "placeholder": .string(visit.word("form_unchosen")),
            "options": .array(
                known.map { one in
                    var option: [String: JSON] = ["value": .string(one.0), "label": .string(one.1)]
                    if one.0 == value { option["selected"] = true }
                    return .object(option)
                }),
        ]
        return .object(members)
    }

    private static func bounded(_ field: JSON, _ bounds: [String: ClosedRange<Int64>], _ visit: Visit) -> JSON {
        guard case .object(var members) = field, let range = members["name"]?.text.flatMap({ bounds[$0] }),
            case .object(var number) = members["number"] ?? .null
        else { return field }
        number["min"] = .string("\(range.lowerBound)")
        number["max"] = .string("\(range.upperBound)")
        let (low, high) = (Show.count(range.lowerBound), Show.count(range.upperBound))
        number["bounds"] = .string(Words("\(low) 이상 \(high) 이하", "from \(low) to \(high)")[visit.language])
        members["number"] = .object(number)
        return .object(members)
    }
}
