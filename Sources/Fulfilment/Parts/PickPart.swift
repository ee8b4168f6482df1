import Access
import District
import Store
import Web

extension Part {
    /// Release and picking: orders go to the floor as it takes them, and are picked in the order of the shortest way.
    static func pick(_ book: Handbook) -> Part {
        var part = Part()
        part.commands = [
            ReleaseOrders.command, StartPicking.command, ConfirmPick.command, ShortPick.command, PutBack.command,
        ]
        part.reactions = [ClosedPlaces.reaction]
        part.services = { [ReleaseService(district: $0.district)] }
        return part
    }
}
