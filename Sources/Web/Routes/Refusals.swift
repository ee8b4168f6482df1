import District
import Record

/// Refusals that several pages share.
enum Refusals {
    static let nowhere = Refusal(.notFound, "page.unknown", Words("찾으시는 화면이 없습니다.", "There is no such page."))
    static let noSuchThing = Refusal(.notFound, "thing.unknown", Words("그런 설비나 장소가 없습니다.", "There is no such thing."))
    static let noSuchTrace = Refusal(
        .notFound, "trace.unknown", Words("그런 기록이 없거나 볼 권한이 없습니다.", "There is no such record, or not for you."))
}
