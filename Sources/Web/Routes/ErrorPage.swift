import District
import HTTPTypes
import Record

/// A refusal as a page: what happened, what to do, a number to quote.
enum ErrorPage {
    static func reply(_ refusal: Refusal, _ visit: Visit) -> Reply {
        let code = refusal.status.code
        // Wording stands by status; those without words of their own are mended as a bad request is.
        let words = [401: "403", 403: "403", 404: "404", 409: "409", 413: "413", 429: "429", 503: "503"][code] ?? "400"
        // A rule that forbids this to somebody who may see the page is no right that is missing, and where nothing was
        // sent nobody was overtaken.
        let isRule =
            refusal.kind == .forbidden && !refusal.code.hasPrefix("access.")
            || refusal.kind == .conflict && visit.method == .get
        let known = refusal.code == "csrf.missing" ? "419" : isRule ? "refused" : words
        var context: [String: JSON] = [
            "status": .string(String(code)), "what": .string(refusal.words[visit.language]),
            "todo": .string(visit.word("error_\(known)_todo")), "reference": .string(refusal.code),
            "time": Show.time(visit.now, visit.language), "home_href": "/",
            "home_label": .string(visit.word("error_home")),
        ]
        if code == 503 || code == 429 { context["retry_href"] = .string(visit.path) }
        return .page(
            "error", title: visit.word("error_\(known)_title"), .object(context), status: refusal.status)
    }
}
