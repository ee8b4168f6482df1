import District
import HTTPTypes
import Record
import Store
import Web

/// The page after casting. The ballot is answered by a way to it (303), so that neither Back nor a reload sends it again; which
/// ballot it is stands in a cookie for some minutes, and not in the address, where the next at the same machine would read it.
enum CastPage {
    private static let name = "slipway_ballot"
    /// How long the page can be opened again, in seconds.
    private static let kept = 180

    private static func path(_ vote: String) -> String { "\(VoteView.path(vote))/cast" }

    /// The way to the page.
    static func reply(_ taken: BallotBox.Taken, _ visit: Visit) -> Reply {
        let (receipt, path) = (taken.receipt, path(taken.receipt.vote))
        let value = "\(receipt.number).\(receipt.event).\(taken.repeated ? 1 : 0)"
        return .redirect(path, cookies: [cookie(value, path, seconds: kept, visit)])
    }

    /// The page; whoever has no cookie looks a ballot up by its number.
    static func shown(_ visit: Visit) async throws -> Reply {
        let (found, _) = try await VoteRoutes.find(visit)
        let parts = (value(visit) ?? "").split(separator: ".").map(String.init)
        let cast =
            parts.count == 3
            ? try await visit.spine.district.store.read { try CastTable.find(parts[0], in: $0) } : nil
        guard let cast, cast.vote == found.vote.id, cast.event == parts[1] else {
            return .redirect("\(VoteView.path(found.vote.id))/receipt")
        }
        var context = try ReceiptRoutes.context(cast.receipt, found.vote, repeated: parts[2] == "1", visit)
        context["done_href"] = .string("\(path(found.vote.id))/done")
        return .page("ballots-receipt", title: visit.word("ballots_cast_title"), .object(context))
    }

    /// Away from it: the next at the same machine does not see it.
    static func done(_ visit: Visit) -> Reply {
        let vote = visit.parameters["vote"] ?? ""
        return .redirect(VoteView.path(vote), cookies: [cookie("", path(vote), seconds: 0, visit)])
    }

    private static func cookie(_ value: String, _ path: String, seconds: Int, _ visit: Visit) -> String {
        "\(name)=\(value); Path=\(path); Max-Age=\(seconds); HttpOnly; SameSite=Strict"
            + (visit.site.hasPrefix("https:") ? "; Secure" : "")
    }

    private static func value(_ visit: Visit) -> String? {
        for header in visit.headers[values: .cookie] {
            for pair in header.split(separator: ";") {
                let text = pair.drop { $0 == " " }
                if text.hasPrefix("\(name)=") { return String(text.dropFirst(name.count + 1)) }
            }
        }
        return nil
    }
}
