import District
import Foundation
import Record
import Store
import TestKit
import Testing
import Web

@testable import Access
@testable import Citizen

/// The pages of the city's services, as people without and with an account see them.
struct ServicePageTests {
    @Test("whoever is unknown finds services, files one, and is led to the page that only they know")
    func filing() async throws {
        try await Yard.with { yard in
            try await yard.serve { client in
                let list = try await client.send("GET", "/citizen/services?q=%EA%B0%80%EB%A1%9C%EB%93%B1", [])
                #expect(list.status == 200 && list.text.contains("가로등 고장 신고") && !list.text.contains("보건소 진료 예약"))
                let path = "/do/citizen.street-light.report"
                let body = "where=%EB%93%B1%EB%8C%80%EA%B8%B8&next=%2Fcitizen%2Frequests%2F%7Bit%7D&idempotency=i1"
                let type = [("Content-Type", "application/x-www-form-urlencoded")]
                let back = try await client.send("POST", path, type, body: Array(body.utf8))
                #expect(back.status == 200 && back.text.contains("등대길"))
                let done = try await client.send("POST", path, type, body: Array((body + "&confirmed=yes").utf8))
                #expect(done.status == 303)
                let named = try #require(done["location"])
                // What it is named by opens nothing but the way to its code, and that for a few minutes.
                let name = String(named.dropFirst("/citizen/requests/".count))
                #expect(Identifier(name) != nil)
                let led = try await client.send("GET", named, [])
                #expect(led.status == 303)
                let place = try #require(led["location"])
                #expect(
                    place.hasPrefix("/citizen/requests/") && place.utf8.count == "/citizen/requests/".utf8.count + 22)
                yard.clock.advance(by: CityRequest.handing + 1)
                #expect(try await client.send("GET", "/citizen/requests/\(name)", []).status == 404)
                let status = try await client.send("GET", place, [])
                #expect(status.text.contains("접수했습니다. 담당자가 확인하기를 기다리고 있습니다."))
                #expect(try await client.send("GET", place + "x", []).status == 404)
                let form = try await client.send("GET", path + "?next=%2Fcitizen%2Frequests%2F%7Bit%7D", [])
                #expect(form.text.contains("href=\"/citizen/requests\""))
            }
        }
    }

    @Test(
        "the desk is the officer's alone; that they looked is written down, and personal content is on their page only")
    func desk() async throws {
        try await Yard.with { yard in
            let outcome = try await yard.perform(
                "citizen.street-light.report", ["where": "등대길", "what": "사흘째 꺼져 있어요"], by: .resident)
            let id = CityRequest.id(outcome.events.first?.stream ?? "")
            let request = try #require(try await yard.store.read { try RequestTable.find(id: id, in: $0) })
            let number = request.number
            let code = try #require(try await RequestCode.find(request, in: yard.district))
            let (officer, resident, neighbour) = (
                try await yard.signIn(.officer), try await yard.signIn(.resident), try await yard.signIn(.neighbour)
            )
            try await yard.serve { client in
                for path in ["/citizen/desk/requests", "/citizen/desk/requests/\(number)"] {
                    #expect(try await client.send("GET", path, []).status == 303, "\(path)")
                    #expect(try await client.send("GET", path, resident).status == 403, "\(path)")
                    #expect(try await client.send("GET", path, officer).status == 200, "\(path)")
                }
                let seen = try await client.send("GET", "/citizen/desk/requests/\(number)", officer)
                #expect(seen.text.contains("사흘째 꺼져 있어요"))
                let mine = try await client.send("GET", "/citizen/requests", resident)
                #expect(mine.text.contains(number))
                #expect(!(try await client.send("GET", "/citizen/requests", neighbour)).text.contains(number))
                #expect(try await client.send("GET", "/citizen/requests/\(code)", resident).text.contains("사흘째"))
                // Another who was given the address sees what became of it, not what was told of oneself.
                #expect(!(try await client.send("GET", "/citizen/requests/\(code)", [])).text.contains("사흘째"))
                let byNumber = try await client.send("GET", "/citizen/requests?number=\(number)", [])
                // Numbers follow one another: by one alone only where it stands is told, and whose it is sees all.
                #expect(byNumber.text.contains(number) && byNumber.text.contains("접수 대기"))
                #expect(!byNumber.text.contains("가로등 고장 신고") && !byNumber.text.contains("등대길"))
                let byOwner = try await client.send("GET", "/citizen/requests?number=\(number)", resident)
                #expect(byOwner.text.contains("가로등 고장 신고"))
                #expect(try await client.send("GET", "/citizen/desk/requests/1", officer).status == 404)
            }
            let looks = try await yard.store.read {
                try $0.query("SELECT object FROM access_looks").map { try $0.text("object") }
            }
            #expect(looks.contains("citizen-request/\(number)"))
        }
    }
}
