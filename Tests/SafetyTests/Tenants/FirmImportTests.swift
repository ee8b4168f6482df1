import Access
import District
import Record
import Store
import TestKit
import Testing

@testable import Safety

@Suite("Tenants: the list of firms")
struct FirmImportTests {
    static let heading = "기업 식별자,사업자등록번호,기업명,업종코드,상시근로자 수,이메일,전화,주소\r\n"

    /// A list of so many firms that do not exist.
    static func list(_ count: Int) -> String {
        heading
            + (1...count).map { number in
                "load-\(number),\(registration(number)),예시기업 \(number),C2511\(number % 3),\(number % 300 + 1),a\(number)@example.invalid,055-000-0000,솔마루로 \(number)\r\n"
            }.joined()
    }

    /// A registration number whose check digit is right.
    static func registration(_ number: Int) -> String {
        let nine = "9" + String("00000000\(number)".suffix(8))
        let last = (0...9).first { FirmListing.isSound(nine + "\($0)") } ?? 0
        return nine + "\(last)"
    }

    static func take(_ yard: Yard, _ list: String, update: Bool = false) async throws -> FirmImports.Report {
        let outcome = try await yard.perform(
            "safety.tenants.import", ["list": .string(try CommaText.text(Array(list.utf8))), "update": .bool(update)],
            by: .officer)
        let id = String(try #require(outcome.events.first).stream.dropFirst("firm-import/".count))
        return try #require(
            try await yard.store.read { try FirmImports.find(id, for: Caller.officer.tenant, in: $0) })
    }

    @Test("1,954 firms come in at once, and again they change nothing")
    func whole() async throws {
        try await Yard.with { yard in
            let list = Self.list(1954)
            let first = try await Self.take(yard, list)
            #expect(first.rows == 1954 && first.added == 1954 && first.refused == 0)
            #expect(first.findings.isEmpty)
            let before = try await yard.district.dump()
            let again = try await Self.take(yard, list)
            #expect(again.added == 0 && again.changed == 0 && again.unchanged == 1954 && again.refused == 0)
            let (firms, missing) = try await yard.store.read { reader in
                (
                    try FirmProfiles.counts(at: yard.clock.read(), for: Caller.officer.tenant, in: reader).all,
                    try DutyTable.missing(in: HalfYear(year: 2026, half: 2), for: Caller.officer.tenant, in: reader)
                )
            }
            #expect(firms == 1956)
            #expect(missing.total == 1956)
            #expect(missing.rows.allSatisfy { $0.missing > 0 })
            let after = try await yard.district.dump()
            #expect(before["access_firms"] == after["access_firms"])
            #expect(before["safety_firms"] == after["safety_firms"])
            #expect(before["safety_duty_state"] == after["safety_duty_state"])
        }
    }

    @Test(
        "bad rows are named by line, field and rule, and keep none of their neighbours out",
        arguments: StoreUnderTest.all)
    func bad(_ kind: StoreUnderTest) async throws {
        try await Yard.with(kind) { yard in
            let good = Self.registration(1)
            let list = ##"""
                firm_id,registration,name,ksic,headcount,email,phone,address
                one,\##(good),하나,C25112,12,,,
                TWO!,,둘,,,,,
                three,12345,셋,,,,,
                four,,,,,,,
                five,,다섯,Z99,,,,
                six,,여섯,,열둘,,,
                seven,,일곱,,,not-an-address,,
                eight,,여덟,,,,전화없음,
                nine,,아홉
                one,,또 하나,,,,,
                ten,\##(good),열,,,,,
                eleven,1234567890,열하나,,,,,
                "twelve",,"열둘, ""주식회사""","25112","1,234",,,"솔마루로 12
                2층"
                alfa,,alfa,,,,,
                bravo,,다른 이름,,,,,

                thirteen,,열\##u{7}셋,,,,,
                fourteen,,열넷,,,,,
                """##
            let report = try await Self.take(yard, list)
            let named = report.findings.map { "\($0.line) \($0.column.rawValue) \($0.rule.rawValue) \($0.other ?? "")" }
            #expect(
                named == [
                    "3 id identifier ", "4 registration registration ", "5 name missing ", "6 industry industry ",
                    "7 headcount headcount ", "8 email email ", "9 phone phone ", "10 row columns ", "11 id twice 2",
                    "12 registration twice 2", "13 registration check-digit ", "17 id differs bravo",
                    "19 name sign ",
                ])
            #expect(report.added == 4 && report.unchanged == 1 && report.rows == 17)
            #expect(report.refused == 12)
            let twelve = try await yard.store.read {
                try FirmProfiles.find("twelve", for: Caller.officer.tenant, in: $0)
            }
            #expect(twelve?.name == "열둘, \"주식회사\"")
            #expect(twelve?.headcount == 1234)
            #expect(twelve?.industry?.description == "C25112")
            #expect(twelve?.address == "솔마루로 12\n2층" || twelve?.address == "솔마루로 12\r\n2층")
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("a firm that exists is changed only where the officer says so, and what it said of itself stays")
    func update() async throws {
        try await Yard.with { yard in
            try await yard.perform(
                "safety.firm.profile", ["contracting": "no", "industry": "C24"], by: .manager("alfa"))
            let list = "기업ID,상호,상시근로자\nalfa,alfa,77\n"
            let named = try await Self.take(yard, list)
            #expect(named.findings.map(\.rule) == [.differs])
            let changed = try await Self.take(yard, list, update: true)
            #expect(changed.changed == 1 && changed.findings.isEmpty)
            let firm = try await yard.store.read { try FirmProfiles.find("alfa", for: Caller.officer.tenant, in: $0) }
            #expect(firm?.headcount == 77)
            #expect(firm?.industry?.description == "C24")
            #expect(firm?.traits == [.contracting: false])
            let taken = "id,name,registration\nother,other,1234567890\n"
            _ = try await Self.take(yard, taken)
            let again = try await Self.take(yard, "id,name,registration\nthird,third,123-45-67890\n")
            #expect(again.findings.map(\.rule) == [.known])
            #expect(again.findings.first?.other == "other")
        }
    }

    @Test("a file that is no UTF-8 or no list is refused with a word that helps")
    func unreadable() {
        func rule(_ bytes: [UInt8]) -> String? {
            do throws(Refusal) {
                _ = try FirmListing(CommaText.text(bytes))
                return nil
            } catch {
                return error.faults.first?.rule
            }
        }
        // "기업명" in CP949.
        #expect(rule([0xB1, 0xE2, 0xBE, 0xF7, 0xB8, 0xED, 44, 105, 100, 10]) == "encoding")
        #expect(rule([0xFF, 0xFE, 0x41, 0x00, 0x0A, 0x00]) == "encoding")
        #expect(rule([0x50, 0x4B, 3, 4, 0, 0]) == "workbook")
        #expect(rule(Array("  \n".utf8)) == "empty")
        #expect(rule(Array("기업명,주소\nA,B\n".utf8)) == "heading")
        #expect(rule(Array("a,b\n".utf8)) == "heading")
        #expect(rule([0xEF, 0xBB, 0xBF] + Array("기업명;사업자등록번호\nA;1234567890\n".utf8)) == nil)
    }

    @Test("only the zone's officers take lists in, and see what came of them")
    func tenancy() async throws {
        try await Yard.with { yard in
            for caller in [Caller.executive("alfa"), .manager("alfa"), .worker("alfa")] {
                #expect(
                    try await yard.refusal("safety.tenants.import", ["list": "id,name\nx,x\n"], by: caller)?.kind
                        == .forbidden)
            }
            _ = try await Self.take(yard, "id,name\nx,x\n")
            let seen = try await yard.store.read {
                try FirmImports.latest(5, for: Caller.executive("alfa").tenant, in: $0).count
            }
            #expect(seen == 0)
            #expect(try await yard.refusal("safety.firm.profile", ["firm": "x"], by: .manager("alfa")) == nil)
            let x = try await yard.store.read { try FirmProfiles.find("x", for: Caller.manager("alfa").tenant, in: $0) }
            #expect(x == nil)
        }
    }

    @Test(
        "an industry code is a letter and digits that belong together",
        arguments: [
            ("C25112", "C25112"), ("25112", "C25112"), ("c 25.112", "C25112"), ("C", "C"), ("41", "F41"), ("A25", nil),
            ("Z", nil), ("04", nil), ("2", nil), ("251120", nil), ("", nil), ("C2x", nil),
        ] as [(String, String?)])
    func industry(text: String, code: String?) {
        #expect(IndustryCode(text)?.description == code)
    }
}
