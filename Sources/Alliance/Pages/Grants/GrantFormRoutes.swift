import Access
import District
import Record
import Store
import Web

/// The forms that say what they are about: applying to a programme with its limit and what is left, putting an
/// application right, changing and closing a programme.
struct GrantFormRoutes {
    var routes: [Route] {
        let programme = "/alliance/grants/programme/{programme}"
        return [
            .get("\(programme)/apply", .roles(GrowthAsk.speakers)) { visit in
                try await applying(visit).shown(visit, visit.query)
            },
            .post("\(programme)/apply", .roles(GrowthAsk.speakers)) { try await applying($0).sent($0) },
            .get("\(programme)/change", .roles(GrowthAsk.zone)) { visit in
                let found = try await self.programme(visit)
                return try visit.form(OpenGrantProgramme.change, entered: entered(found))
                    .about(about(found, visit), visit)
            },
            .get("\(programme)/close", .roles(GrowthAsk.zone)) { visit in
                let found = try await self.programme(visit)
                return try visit.form(
                    "alliance.grant.close",
                    entered: ["programme": found.id, "next": "/alliance/grants/programme/\(found.id)"]
                ).about(about(found, visit), visit)
            },
            .get("/alliance/grants/application/{application}/revise", .roles(GrowthAsk.speakers)) { visit in
                let (form, entered) = try await revising(visit)
                return try form.shown(visit, entered.merging(visit.query) { $1 })
            },
            .post("/alliance/grants/application/{application}/revise", .roles(GrowthAsk.speakers)) { visit in
                try await revising(visit).form.sent(visit)
            },
        ]
    }

    private static let subject = Words("지원사업", "Programme")

    private func applying(_ visit: Visit) async throws -> AboutForm {
        let found = try await programme(visit)
        return AboutForm(
            form: DecideGrant.apply.form, path: "/alliance/grants/programme/\(found.id)/apply", subject: Self.subject,
            about: about(found, visit), chosen: ["programme": found.id], next: "/alliance/grants/application/{it}",
            bounds: ["amount": 1...found.most], choices: ["assessment": try await assessments(visit)])
    }

    private func programme(_ visit: Visit) async throws -> Programme {
        let id = visit.parameters["programme"] ?? ""
        guard let found = try await visit.spine.district.store.read({ try GrantTable.programme(id, in: $0) }) else {
            throw Refusal(.notFound, "grant.programme", Words("그런 지원사업이 없습니다.", "There is no such programme."))
        }
        return found
    }

    /// The firm's assessments that were handed in, the latest first.
    private func assessments(_ visit: Visit) async throws -> [(String, String)] {
        let tenant = try visit.tenant
        let found = try await visit.spine.district.store.read { try MaturityTable.list(for: tenant, in: $0) }
        return found.compactMap { one in
            guard let submitted = one.submitted else { return nil }
            let level = one.overall.map { Words("\($0)단계", "level \($0)")[visit.language] }
            return (one.id, [KoreanDay(submitted).description, level].compactMap(\.self).joined(separator: " · "))
        }
    }

    private func about(_ found: Programme, _ visit: Visit) -> String {
        let view = GrantView(visit: visit)
        return Words(
            "\(found.title.ko) · 한 건 한도 \(view.won(found.most)) · 남은 예산 \(view.won(found.left)) · 신청 \(found.opens) – \(found.closes) · \(view.size(found))",
            "\(found.title.en) · at most \(view.won(found.most)) · \(view.won(found.left)) left · open \(found.opens) – \(found.closes) · \(view.size(found))"
        )[visit.language]
    }

    private func entered(_ found: Programme) -> [String: String] {
        var entered = [
            "programme": found.id, "title": found.title.ko, "title_en": found.title.en, "runner": found.runner,
            "kind": found.kind.rawValue, "budget": "\(found.budget)", "most": "\(found.most)",
            "opens": found.opens.description, "closes": found.closes.description,
            "next": "/alliance/grants/programme/\(found.id)",
        ]
        if let headcount = found.headcount { entered["headcount"] = "\(headcount)" }
        for (row, kind) in found.solutions.sorted().enumerated() { entered["solutions[\(row)].kind"] = kind }
        return entered
    }

    /// The form that puts an application right, with what it says now.
    private func revising(_ visit: Visit) async throws -> (form: AboutForm, entered: [String: String]) {
        let (tenant, id, today) = (try visit.tenant, visit.parameters["application"] ?? "", KoreanDay(visit.now))
        let read = try await visit.spine.district.store.read { reader -> (GrantApplication, Programme)? in
            guard let found = try GrantTable.application(id, on: today, for: tenant, in: reader),
                let programme = try GrantTable.programme(found.programme, in: reader)
            else { return nil }
            return (found, programme)
        }
        guard let (found, programme) = read else {
            throw Refusal(.notFound, "grant.application", Words("그런 신청이 없습니다.", "There is no such application."))
        }
        let page = "/alliance/grants/application/\(id)"
        let form = AboutForm(
            form: ReviseGrant.revise.form, path: "\(page)/revise", subject: Self.subject,
            about: about(programme, visit),
            chosen: ["application": id], next: page,
            // Once applications have closed it is not raised.
            bounds: ["amount": 1...(programme.takes(on: today) ? programme.most : found.amount)],
            choices: ["assessment": try await assessments(visit)])
        return (
            form, ["amount": "\(found.amount)", "purpose": found.purpose, "assessment": found.assessment ?? ""]
        )
    }
}
