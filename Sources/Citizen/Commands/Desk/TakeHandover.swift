import District
import Record

/// A member of staff takes somebody over.
enum TakeHandover {
    static let command = Command(
        DeskAsk.form(
            "citizen.handover.take", Words("상담 맡기", "Take somebody over"),
            Words("기다리는 사람을 맡습니다. 지금까지 한 말과 내용이 함께 옵니다.", "Takes somebody over, with all that they have said."))
    ) { ask, tables in
        [DeskAsk.draft(DeskEvents.taken, try DeskAsk.find(ask, [.waiting, .callback], in: tables))]
    }
}
