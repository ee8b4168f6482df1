import Foundation
import Record

/// Holds a message against the CAP 1.2 schema and the rules its text adds (OASIS CAP-v1.2-os, 3.2).
enum CAPRules {
    /// What is wrong, and where.
    struct Fault: Sendable, Hashable, CustomStringConvertible {
        let place: String
        let rule: String
        var description: String { "\(place): \(rule)" }
    }

    /// Which elements stand in another, in the order of the schema, and how often.
    private static let alert: [(String, ClosedRange<Int>)] = [
        ("identifier", 1...1), ("sender", 1...1), ("sent", 1...1), ("status", 1...1), ("msgType", 1...1),
        ("source", 0...1), ("scope", 1...1), ("restriction", 0...1), ("addresses", 0...1), ("code", 0...999),
        ("note", 0...1), ("references", 0...1), ("incidents", 0...1), ("info", 0...999),
    ]
    private static let info: [(String, ClosedRange<Int>)] = [
        ("language", 0...1), ("category", 1...999), ("event", 1...1), ("responseType", 0...999), ("urgency", 1...1),
        ("severity", 1...1), ("certainty", 1...1), ("audience", 0...1), ("eventCode", 0...999), ("effective", 0...1),
        ("onset", 0...1), ("expires", 0...1), ("senderName", 0...1), ("headline", 0...1), ("description", 0...1),
        ("instruction", 0...1), ("web", 0...1), ("contact", 0...1), ("parameter", 0...999), ("resource", 0...999),
        ("area", 0...999),
    ]
    private static let resource: [(String, ClosedRange<Int>)] = [
        ("resourceDesc", 1...1), ("mimeType", 1...1), ("size", 0...1), ("uri", 0...1), ("derefUri", 0...1),
        ("digest", 0...1),
    ]
    private static let area: [(String, ClosedRange<Int>)] = [
        ("areaDesc", 1...1), ("polygon", 0...999), ("circle", 0...999), ("geocode", 0...999), ("altitude", 0...1),
        ("ceiling", 0...1),
    ]
    private static let named: [(String, ClosedRange<Int>)] = [("valueName", 1...1), ("value", 1...1)]

    /// The words an element may have.
    private static let words: [String: [String]] = [
        "status": CAPWords.Status.allCases.map(\.rawValue), "msgType": CAPWords.MessageType.allCases.map(\.rawValue),
        "scope": CAPWords.Reach.allCases.map(\.rawValue), "category": CAPWords.Category.allCases.map(\.rawValue),
        "responseType": CAPWords.Response.allCases.map(\.rawValue),
        "urgency": CAPWords.Urgency.allCases.map(\.rawValue), "severity": CAPWords.Severity.allCases.map(\.rawValue),
        "certainty": CAPWords.Certainty.allCases.map(\.rawValue),
    ]

    /// Everything that is wrong with a document; none where it may go out.
    static func check(_ document: String) -> [Fault] {
        do throws(MarkupReader.Failure) {
            return check(try MarkupReader.read(document))
        } catch {
            return [Fault(place: "document", rule: error.description)]
        }
    }

    /// Everything that is wrong with a message.
    static func check(_ message: Markup) -> [Fault] {
        guard message.name == "alert", message.namespace == CAPWords.namespace else {
            return [Fault(place: message.name, rule: "alert in \(CAPWords.namespace)")]
        }
        var faults: [Fault] = []
        walk(message, alert, "alert", into: &faults)
        conditions(message, into: &faults)
        return faults
    }

    private static func walk(
        _ element: Markup, _ order: [(String, ClosedRange<Int>)], _ place: String, into faults: inout [Fault]
    ) {
        var last = 0
        for child in element.children {
            guard child.namespace == CAPWords.namespace else {
                // After everything else the schema lets signatures stand.
                if place != "alert" || child.namespace != "http://www.w3.org/2000/09/xmldsig#" {
                    faults.append(Fault(place: "\(place)/\(child.name)", rule: "namespace"))
                }
                continue
            }
            guard let index = order.firstIndex(where: { $0.0 == child.name }) else {
                faults.append(Fault(place: "\(place)/\(child.name)", rule: "unknown"))
                continue
            }
            if index < last { faults.append(Fault(place: "\(place)/\(child.name)", rule: "order")) }
            last = max(last, index)
            value(child, "\(place)/\(child.name)", into: &faults)
        }
        for (name, many) in order where !many.contains(element.children.count { $0.name == name }) {
            faults.append(Fault(place: "\(place)/\(name)", rule: "occurs \(many.lowerBound) to \(many.upperBound)"))
        }
    }

    private static func value(_ element: Markup, _ place: String, into faults: inout [Fault]) {
        func require(_ rule: String, _ holds: Bool) { if !holds { faults.append(Fault(place: place, rule: rule)) } }
        switch element.name {
        case "info": return walk(element, info, place, into: &faults)
        case "resource": return walk(element, resource, place, into: &faults)
        case "area": return walk(element, area, place, into: &faults)
        case "parameter", "eventCode", "geocode": return walk(element, named, place, into: &faults)
        default: break
        }
        require("text", element.children.isEmpty)
        let text = element.text
        switch element.name {
        case "identifier", "sender": require("no space, comma, < or &", isName(text))
        case "sent", "effective", "onset", "expires": require("a moment with an offset, not Z", isMoment(text))
        case "language": require("a language", isLanguage(text))
        case "polygon": require("a closed ring of 4 pairs or more", isRing(text))
        case "circle": require("a pair and a radius", isCircle(text))
        case "size": require("an integer", Int(text) != nil)
        case "altitude", "ceiling": require("a decimal", isDecimal(text))
        case "references": require("sender,identifier,sent", isReferences(text))
        default: if let allowed = words[element.name] { require("one of the words", allowed.contains(text)) }
        }
        require("not empty", !text.allSatisfy(\.isWhitespace))
    }

    /// What one element asks of another.
    private static func conditions(_ message: Markup, into faults: inout [Fault]) {
        func require(_ place: String, _ rule: String, _ holds: Bool) {
            if !holds { faults.append(Fault(place: "alert/\(place)", rule: rule)) }
        }
        let scope = message.first("scope")
        require("restriction", "with scope Restricted", scope != "Restricted" || message.first("restriction") != nil)
        require("addresses", "with scope Private", scope != "Private" || message.first("addresses") != nil)
        if let type = message.first("msgType"), ["Update", "Cancel", "Ack", "Error"].contains(type) {
            require("references", "with msgType \(type)", message.first("references") != nil)
        }
        require("note", "with status Exercise", message.first("status") != "Exercise" || message.first("note") != nil)
        for info in message.children where info.name == "info" {
            for area in info.children where area.name == "area" {
                require(
                    "info/area/ceiling", "only with an altitude",
                    area.first("ceiling") == nil || area.first("altitude") != nil)
            }
        }
    }

    /// A text that may stand in references: without spaces, commas, `<` and `&`.
    static func isName(_ text: String) -> Bool {
        !text.isEmpty && text.allSatisfy { !$0.isWhitespace && !",<&".contains($0) }
    }

    /// A language as RFC 3066 writes it.
    static func isLanguage(_ text: String) -> Bool {
        text.wholeMatch(of: /[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*/) != nil
    }

    /// `2026-11-21T09:00:00+09:00`; the schema's pattern, and a day and time that exist.
    static func isMoment(_ text: String) -> Bool {
        guard
            let match = text.wholeMatch(
                of: /(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)[-+](\d\d):(\d\d)/)
        else { return false }
        let bounds: [(Substring, ClosedRange<Int>)] = [
            (match.4, 0...23), (match.5, 0...59), (match.6, 0...59), (match.7, 0...14), (match.8, 0...59),
        ]
        return KoreanDay(String(text.prefix(10))) != nil
            && bounds.allSatisfy { text, range in Int(text).map(range.contains) ?? false }
    }

    private static func isDecimal(_ text: String) -> Bool { text.wholeMatch(of: /[-+]?\d+(\.\d+)?/) != nil }

    private static func isPair(_ text: Substring) -> Bool {
        let halves = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        guard halves.count == 2, halves.allSatisfy(isDecimal), let lat = Double(halves[0]), let lon = Double(halves[1])
        else { return false }
        return abs(lat) <= 90 && abs(lon) <= 180
    }

    private static func isRing(_ text: String) -> Bool {
        let pairs = text.split(separator: " ")
        return pairs.count >= 4 && pairs.first == pairs.last && pairs.allSatisfy(isPair)
    }

    private static func isCircle(_ text: String) -> Bool {
        let parts = text.split(separator: " ")
        guard parts.count == 2, isPair(parts[0]), isDecimal(String(parts[1])), let radius = Double(parts[1]) else {
            return false
        }
        return radius >= 0
    }

    private static func isReferences(_ text: String) -> Bool {
        let references = text.split(whereSeparator: \.isWhitespace)
        return !references.isEmpty
            && references.allSatisfy { one in
                let parts = one.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
                return parts.count == 3 && isName(parts[0]) && isName(parts[1]) && isMoment(parts[2])
            }
    }
}
