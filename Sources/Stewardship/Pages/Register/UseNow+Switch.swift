import Access
import District
import Web

extension UseNow {
    /// Where this use is switched the other way than it stands; nil where whoever looks may not, or there is nothing to
    /// switch.
    func switchHref(_ visit: Visit, next: String) -> String? {
        let command = entry.isDeclared ? "district.ai.switch" : SwitchUse.name
        guard entry.isDeclared ? acts != nil : entry.permit != nil,
            visit.spine.district.forms[command]?.permission.allows(visit.caller) == true
        else { return nil }
        return "/do/\(command)?use=\(Table.encoded(entry.id))&on=\(standing == .off)&next=\(next)"
    }
}
