import Access
import District
import HTTPTypes
import Record
import Store

/// Signing in and out, the first sign-in by a one-time link, and the language.
struct SignInRoutes {
    let doors: Doors
    let ways: Ways

    var routes: [Route] {
        [
            .get("/signin", .anyone) { signInPage($0, next: $0.query["next"]) },
            .post("/signin", .anyone) { try await signIn($0) },
            .post("/signout", .signedIn) { visit in
                if let token = Cookies(visit.headers)["slipway_session"] { try await doors.signOut(token) }
                return .redirect(
                    "/signin", flash: visit.word("signin_out"), cookies: ["slipway_session=; Path=/; Max-Age=0"])
            },
            .get("/setup/{link}", .anyone) { try await setUpPage($0) },
            .post("/setup/{link}", .anyone) { try await setUp($0) },
            .get("/language/{language}", .anyone) { visit in
                guard let language = visit.parameters["language"].flatMap({ Language(rawValue: $0) }) else {
                    throw Refusals.nowhere
                }
                return .redirect(
                    Self.next(visit.query["next"]),
                    cookies: ["slipway_language=\(language.rawValue); Path=/; Max-Age=31536000; SameSite=Lax"])
            },
        ]
    }

    private func signInPage(
        _ visit: Visit, next: String?, name: String = "", error: AccessError? = nil
    ) -> Reply {
        var context: [String: JSON] = [
            "action": "/signin", "next": .string(Self.next(next)), "open": ["ways": ways.json(for: visit)],
        ]
        if !name.isEmpty { context["name"] = .string(name) }
        if let error { context["error"] = .string(error.words[visit.language]) }
        let status: HTTPResponse.Status =
            error == nil ? .ok : error?.code == .throttled ? .tooManyRequests : .unprocessableContent
        return .page("signin", title: visit.word("signin_title"), .object(context), status: status)
    }

    private func signIn(_ visit: Visit) async throws -> Reply {
        let form = visit.form
        do {
            let opened = try await doors.signIn(
                account: form["name"] ?? "", password: form["password"] ?? "", address: visit.address,
                agent: visit.headers[.userAgent] ?? "")
            return .redirect(Self.next(form["next"]), cookies: [doors.cookie(opened.token)])
        } catch let refused as AccessError {
            return signInPage(visit, next: form["next"], name: form["name"] ?? "", error: refused)
        }
    }

    private func setUpPage(_ visit: Visit, name: String = "", error: AccessError? = nil) async throws -> Reply {
        let (token, now, language) = (visit.parameters["link"] ?? "", visit.now, visit.language)
        let link = try await doors.district.store.read { try SetupLink.look(token, at: now, in: $0) }
        var context: [String: JSON] = [
            "action": .string(visit.path), "token": .string(token), "minimum": .string("\(PasswordRules.shortest)"),
            "role": .string(link.roles.sorted().map { $0.words[language] }.joined(separator: ", ")),
            "expires": Show.time(link.expires, language),
        ]
        if !name.isEmpty { context["name"] = .string(name) }
        if let error {
            let field = ["password", "again"].contains(error.field) ? error.field ?? "" : "name"
            context["\(field)_error"] = .string(error.words[language])
            context["errors"] = Show.errors([(field, error.words[language])])
        }
        return .page(
            "setup", title: visit.word("setup_title"), .object(context),
            status: error == nil ? .ok : .unprocessableContent)
    }

    private func setUp(_ visit: Visit) async throws -> Reply {
        let form = visit.form
        let (name, password) = (form["name"] ?? "", form["password"] ?? "")
        do {
            guard password == form["again"] else { throw AccessError.passwordsDiffer }
            let opened = try await doors.setUp(
                link: visit.parameters["link"] ?? "", name: name, account: name, password: password,
                language: visit.language, address: visit.address, agent: visit.headers[.userAgent] ?? "")
            return .redirect("/", flash: visit.word("setup_done"), cookies: [doors.cookie(opened.token)])
        } catch let refused as AccessError where refused.code != .linkNotValid {
            return try await setUpPage(visit, name: name, error: refused)
        }
    }

    /// Only places of our own: an address with a host would lead people away after they have signed in.
    static func next(_ asked: String?) -> String {
        // Byte by byte, as browsers read it: they drop tabs and line breaks, and a mark that joins the second slash
        // would make it another character to us but not to them.
        guard let asked, asked.utf8.first == 47, asked.utf8.dropFirst().first != 47,
            asked.utf8.allSatisfy({ $0 > 31 && $0 != 92 && $0 != 127 })
        else { return "/" }
        return asked
    }
}
