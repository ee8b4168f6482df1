import Access
import District
import Record
import Store
import Twin

/// “Is an alarm ringing?”: how many are open, how many nobody has taken on yet, and the most urgent ones.
enum RingingAlarms {
    /// So many are said by name: more than that nobody keeps in mind.
    private static let told = 3

    static let inquiry = Inquiry(
        "sensing.alarm.ringing",
        title: Words("지금 울리는 경보", "Alarms that are ringing"),
        help: Words(
            "지금 처리할 경보가 몇 건인지, 가장 급한 것이 무엇인지 알려 드립니다.",
            "Says how many alarms are open now, how many nobody has taken on, and which are the most urgent."),
        permission: .roles([.zoneOfficer, .safetyManager, .executive, .operator, .worker]).orToken("read")
    ) { ask, spine in
        let tenant = try ask.tenant
        return try await spine.district.store.read { reader in
            let (rows, open, waiting) = try AlarmTable.ringing(limit: told, for: tenant, in: reader)
            let named = try rows.map { alarm in
                (alarm, try Things.find(alarm.thing, for: tenant, in: reader)?.name)
            }
            return words(named, open: open, waiting: waiting)
        }
    }

    /// The answer.
    static func words(_ alarms: [(AlarmRow, Words?)], open: Int64, waiting: Int64) -> Words {
        guard open > 0 else { return Words("지금 울리는 경보가 없습니다.", "No alarm is ringing now.") }
        var (ko, en) = (["처리할 경보가 \(open)건 있습니다."], [open == 1 ? "One alarm is open." : "\(open) alarms are open."])
        ko.append(waiting == 0 ? "모두 누군가 확인했습니다." : "\(waiting)건은 아직 아무도 확인하지 않았습니다.")
        en.append(waiting == 0 ? "Somebody has taken each of them on." : "\(waiting) nobody has taken on yet.")
        for (alarm, name) in alarms {
            let level = AlarmPriority(rawValue: alarm.priority)?.level ?? "-"
            ko.append("\(level)순위, \(name?.ko ?? alarm.thing.rawValue): \(alarm.why.ko)")
            en.append("Priority \(level), \(name?.en ?? alarm.thing.rawValue): \(alarm.why.en)")
        }
        if open > Int64(alarms.count) {
            ko.append("그 밖에 \(open - Int64(alarms.count))건은 경보 목록에 있습니다.")
            en.append("\(open - Int64(alarms.count)) more are on the list of alarms.")
        }
        return Words(ko.joined(separator: " "), en.joined(separator: " "))
    }
}
