import Access
import District
import Record
import Store
import Web

/// The events of grants, and what their commands ask in the same way.
enum GrantEvents {
    static let opened = "alliance.grant.opened"
    static let applied = "alliance.grant.applied"
    static let granted = "alliance.grant.granted"
    static let rejected = "alliance.grant.rejected"
    static let issued = "alliance.grant.voucher-issued"
    static let redeemed = "alliance.grant.voucher-redeemed"
    static let paid = "alliance.grant.paid"
    static let seminar = "alliance.grant.seminar-set"
    static let attended = "alliance.grant.attended"
    static let measured = "alliance.grant.outcome-measured"
    static let changed = "alliance.grant.changed"
    static let closed = "alliance.grant.closed"
    static let revised = "alliance.grant.revised"
    static let withdrawn = "alliance.grant.withdrawn"
    static let all = [
        opened, changed, closed, applied, revised, withdrawn, granted, rejected, issued, redeemed, paid, seminar,
        attended, measured,
    ]
}

/// What the commands about grants ask in the same way.
enum GrantAsk {
    static let programme = Field(
        "programme", Words("지원사업", "Programme"), .reference(kind: "grant-programme", source: nil))
    static let application = Field(
        "application", Words("신청", "Application"), .reference(kind: "grant-application", source: nil))

    /// Which of an application's versions who decides has read: filled in by the page that shows it. Counted from 1, one
    /// more each time that the firm puts it right.
    static let version = Field(
        "version", Words("읽은 신청서의 판", "Version that was read"), .reference(kind: "grant-version", source: nil),
        help: Words(
            "신청 화면에서 누르면 채워집니다. 처음 낸 신청은 1이고, 바로잡을 때마다 1씩 늘어납니다.",
            "Filled in by the application's page: 1 as it was filed, and one more each time it is put right."))

    static func amount(_ label: Words) -> Field { Field("amount", label, .integer(GrowthAsk.amounts, unit: "원")) }

    static func zone(_ name: String) -> Permission { .roles(GrowthAsk.zone).orToken("command:\(name)") }

    static func programme(_ ask: Ask, _ tables: any Reader) throws -> Programme {
        guard let found = try GrantTable.programme(ask.values.text("programme"), in: tables) else {
            throw GrowthAsk.fault(
                "programme", "grant.programme", Words("그런 지원사업이 없습니다.", "There is no such programme."), kind: .notFound)
        }
        return found
    }

    /// An application that the caller may see, in a state where one is asked for.
    static func application(_ ask: Ask, _ tables: any Reader, in state: GrantState? = nil) throws -> GrantApplication {
        guard
            let found = try GrantTable.application(
                ask.values.text("application"), on: KoreanDay(ask.now), for: ask.tenant, in: tables)
        else {
            throw GrowthAsk.fault(
                "application", "grant.application", Words("그런 신청이 없습니다.", "There is no such application."),
                kind: .notFound)
        }
        guard state == nil || found.state == state else {
            throw GrowthAsk.fault(
                "application", "grant.state",
                Words(
                    "지금은 할 수 없습니다. 신청 상태: \(found.state.words.ko)",
                    "Not now: the application is “\(found.state.words.en)”."),
                kind: .conflict)
        }
        return found
    }

    /// An application to be decided, as it was read: what the firm put right since must be read first.
    static func read(_ ask: Ask, _ tables: any Reader) throws -> GrantApplication {
        let found = try application(ask, tables, in: .filed)
        guard ask.values.text("version") == "\(found.version)" else {
            throw GrowthAsk.fault(
                "application", "grant.revised",
                Words("기업이 신청 내용을 바로잡았습니다. 다시 읽고 결정해 주세요.", "The firm has put the application right: read it again."),
                kind: .conflict)
        }
        return found
    }

    /// Refuses more than the programme gives one application.
    static func check(_ amount: Int64, of programme: Programme) throws {
        guard amount <= programme.most else {
            throw GrowthAsk.fault(
                "amount", "grant.most",
                Words(
                    "한 건의 한도는 \(Show.count(programme.most))원입니다.",
                    "The most for one application is \(Show.count(programme.most)) won."))
        }
    }

    /// Refuses more than was asked for while the programme took applications, once it takes none.
    static func check(
        _ amount: Int64, raising application: GrantApplication, to programme: Programme, on day: KoreanDay
    ) throws {
        guard amount <= application.amount || programme.takes(on: day) else {
            throw GrowthAsk.fault(
                "amount", "grant.raised",
                Words(
                    "신청 기간이 끝나 \(Show.count(application.amount))원보다 올릴 수 없습니다.",
                    "Applications have closed: it cannot be raised above \(Show.count(application.amount)) won."),
                kind: .conflict)
        }
    }

    /// The assessment that an application starts from, where one was chosen: one that was handed in.
    static func assessment(_ ask: Ask, _ tables: any Reader) throws -> JSON {
        let assessment = ask.values.text("assessment")
        guard !assessment.isEmpty else { return .null }
        guard try MaturityTable.find(assessment, for: ask.tenant, in: tables)?.submitted != nil else {
            throw GrowthAsk.fault(
                "assessment", "grant.assessment",
                Words("제출한 진단을 골라 주세요.", "Please choose an assessment that was handed in."))
        }
        return .string(assessment)
    }

    /// Refuses more than is left of what was granted.
    static func check(_ amount: Int64, within application: GrantApplication) throws {
        guard amount <= application.left else {
            throw GrowthAsk.fault(
                "amount", "grant.exceeded",
                Words(
                    "선정 금액에서 남은 것은 \(Show.count(application.left))원입니다.",
                    "Of what was granted \(Show.count(application.left)) won is left."),
                kind: .conflict)
        }
    }
}
