import Access
import District
import Foundation
import HTTPTypes
import Hummingbird
import Record
import ServiceLifecycle

/// Dresses what a route answers in a response: the page around it, cookies, headers.
struct Shell: Sendable {
    let rooms: [any Room]
    let doors: Doors
    let settings: WebSettings
    /// Who may open a page of the menu, by its path.
    let permissions: [String: Permission]

    func response(to reply: Reply, _ visit: Visit) async throws -> Response {
        switch reply {
        case .page(let template, let title, let context, let status, let live):
            let flash = Cookies(visit.headers)["slipway_flash"].flatMap { $0.removingPercentEncoding }
            let html = try visit.pages.render(
                template, frame(visit, title: title, flash: flash, live: live, context), visit.language)
            var response = Self.bytes(html, "text/html; charset=utf-8", status)
            response.headers[.contentLanguage] = visit.language.rawValue
            if flash != nil { response.headers[values: .setCookie].append("slipway_flash=; Path=/; Max-Age=0") }
            return response
        case .json(let json, let status): return Self.bytes(json.canonical, "application/json", status)
        case .answer(let json, let status, let headers):
            var response = json.map { Self.bytes($0.canonical, "application/json", status) } ?? Response(status: status)
            for header in headers { response.headers[header.name] = header.value }
            return response
        case .bytes(let bytes, let type, let keep, let status, let download):
            var response = Self.bytes(bytes, type, status)
            if let download { response.headers[.contentDisposition] = "attachment; filename=\"\(download)\"" }
            if keep > 0 { response.headers[.cacheControl] = "public, max-age=\(keep)" }
            return response
        case .file(let name, let type, let size, let piece):
            return Response(
                status: .ok,
                headers: [
                    .contentType: type, .cacheControl: "no-store",
                    .contentDisposition: "attachment; filename=\"\(name)\"",
                ],
                body: ResponseBody(contentLength: Int(size)) { writer in
                    var number: Int64 = 0
                    while let bytes = try await piece(number) {
                        try await writer.write(ByteBuffer(bytes: bytes))
                        number += 1
                    }
                    try await writer.finish(nil)
                })
        case .redirect(let place, let flash, var cookies):
            if let flash {
                cookies.append("slipway_flash=\(Table.encoded(flash)); Path=/; Max-Age=60; HttpOnly; SameSite=Lax")
            }
            return Self.redirect(place, cookies: cookies)
        case .done: return Response(status: .noContent)
        case .events(let produce):
            return Response(
                status: .ok,
                headers: [.contentType: "text/event-stream", .cacheControl: "no-store"],
                body: ResponseBody { writer in
                    // One task writes; whoever produces is never held up by a slow line, and ends with it.
                    let (lines, feed) = AsyncStream.makeStream(of: String.self, bufferingPolicy: .bufferingNewest(256))
                    let producer = Task {
                        defer { feed.finish() }
                        try await produce(EventWriter { feed.yield($0) })
                    }
                    defer { producer.cancel() }
                    for await line in lines.cancelOnGracefulShutdown() {
                        try await writer.write(ByteBuffer(string: line))
                    }
                    try await writer.finish(nil)
                })
        }
    }

    static func bytes(_ bytes: [UInt8], _ type: String, _ status: HTTPResponse.Status) -> Response {
        Response(
            status: status, headers: [.contentType: type], body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    static func redirect(_ place: String, cookies: [String]) -> Response {
        var headers = HTTPFields()
        headers[.location] = place
        headers[values: .setCookie] = cookies
        return Response(status: .seeOther, headers: headers)
    }

    /// The context every page has, with the page's own on top.
    private func frame(_ visit: Visit, title: String, flash: String?, live: Bool, _ own: JSON) -> JSON {
        let (language, other): (Language, Language) = (visit.language, visit.language == .ko ? .en : .ko)
        let address = visit.path + (visit.queryText.isEmpty ? "" : "?" + visit.queryText)
        var members: [String: JSON] = [
            "lang": .string(language.rawValue), "title": .string(title), "csrf": .string(visit.csrf),
            "district": .string(visit.word(visit.spine.isSample ? "shell_district_sample" : "shell_district")),
            "sample": .bool(visit.spine.isSample), "version": .string(settings.version),
            "now": Show.time(visit.now, language), "self": .string(address),
            "other_lang_href": .string("/language/\(other.rawValue)?next=\(Table.encoded(address))"),
            "other_lang_label": .string(other == .ko ? "한국어" : "English"), "menu": [], "breadcrumbs": [],
        ]
        if let theme = Cookies(visit.headers)["theme"], ["light", "dark"].contains(theme) {
            members["theme"] = .string(theme)
        }
        if !visit.caller.isKnown, visit.path != "/signin" {
            members["sign_in_href"] = .string("/signin?next=" + Table.encoded(address))
        }
        if visit.caller.isKnown {
            let name = visit.caller.name ?? "–"
            members["user"] = [
                "name": .string(name), "initials": .string(String(name.prefix(1))), "sign_out_action": "/signout",
                "role": .string(visit.caller.roles.sorted().first?.words[language] ?? ""),
            ]
            members["person"] = .string(visit.caller.person?.rawValue ?? "")
            members["menu"] = .array(menu(visit))
            if live { members["live"] = "/live" }
            if visit.path != "/" {
                // The entry of the menu that a deeper page belongs to stands between.
                let above = entries(visit).filter { $0.path != "/" && visit.path.hasPrefix($0.path + "/") }
                members["breadcrumbs"] = .array(
                    [["href": "/", "label": .string(visit.word("menu_home"))]]
                        + above.map { ["href": .string($0.path), "label": .string($0.label[visit.language])] }
                        + [["label": .string(title)]])
            }
        }
        if let flash { members["flash"] = ["kind": "ok", "text": .string(flash)] }
        members.merge(own.members ?? [:]) { $1 }
        return .object(members)
    }

    private func entries(_ visit: Visit) -> [MenuEntry] {
        [MenuEntry("/", visit.pages.wording["menu_home"] ?? Words("", ""))] + rooms.flatMap(\.menu)
            + SpineMenu.entries(visit.pages)
    }

    private func menu(_ visit: Visit) -> [JSON] {
        entries(visit).filter { permissions[$0.path]?.allows(visit.caller) ?? true }.map { entry in
            let current = entry.path == "/" ? visit.path == "/" : visit.path.hasPrefix(entry.path)
            return [
                "href": .string(entry.path), "label": .string(entry.label[visit.language]), "current": .bool(current),
            ]
        }
    }
}

/// The spine's own pages in the menu.
enum SpineMenu {
    static func entries(_ pages: Pages) -> [MenuEntry] {
        [
            ("/things", "menu_things"), ("/record", "menu_record"), ("/people", "menu_people"), ("/ai-uses", "menu_ai"),
            ("/tokens", "menu_tokens"),
            ("/audit", "menu_audit"),
        ].map { MenuEntry($0.0, pages.wording[$0.1] ?? Words($0.1, $0.1)) }
    }
}
