import Access
import District
import Record
import Store
import Twin

/// A place or machine gets a QR code by which dangers are reported without an account.
enum CodePlace {
    static let command = Command(
        Form(
            "safety.place.code", title: Words("신고 QR 만들기", "Make a QR code for reports"),
            help: Words(
                "설비에 붙이면 누구나 로그인 없이 위험을 신고하고 작업을 멈출 수 있습니다.",
                "Stuck on a machine, anyone may report a danger or stop work there without signing in."),
            fields: [Field("thing", Words("장소·설비", "Place or machine"), .reference(kind: "thing", source: nil))],
            permission: .roles(HazardAsk.managers).orToken("command:safety.place.code"))
    ) { ask, tables in
        let thing = try PlaceOfWork.find(ask.values.text("thing"), for: ask.tenant, in: tables)
        let id = Identifier(at: ask.now).description
        return [
            Draft(
                "safety.place.coded", stream: "place-code/\(id)", scope: thing.scope,
                payload: ["thing": .string(thing.id.rawValue), "code": .string(Secret.code())])
        ]
    }

    /// A code that was photographed, lost or misused leads nowhere any more.
    static let revoke = Command(
        Form(
            "safety.place.revoke", title: Words("신고 QR 폐기", "Revoke a QR code"),
            help: Words(
                "붙어 있던 QR은 더 이상 열리지 않습니다. 새 QR을 붙여 주세요.", "The old code opens nothing any more; stick a new one on."),
            fields: [
                Field("place", Words("QR", "QR code"), .reference(kind: "place-code", source: nil)),
                Field("reason", Words("사유", "Reason"), .text(maximum: 200)),
            ], permission: .roles(HazardAsk.managers).orToken("command:safety.place.revoke"), confirmation: .readBack)
    ) { ask, tables in
        guard let place = try PlaceCodes.named(ask.values.text("place"), for: ask.tenant, in: tables),
            place.revoked == nil
        else { throw ReportHazard.noPlace }
        return [
            Draft(
                "safety.place.revoked", stream: "place-code/\(place.id)", scope: .firm(place.firm),
                payload: ["reason": .string(ask.values.text("reason"))])
        ]
    }
}
