import Access
import District
import Foundation
import Record
import Web

extension Part {
    /// Inspector's packs: a firm's half-year as one signed archive, fetched by a link that ends.
    static func packs(_ book: Handbook) throws(HandbookError) -> Part {
        var part = Part()
        part.migrations = [PackTable.migration]
        part.commands = [MakePack.command, SharePack.command, RevokePackLink.command]
        part.projections = [PackTable.projection]
        part.routes = PackRoutes().routes
        part.doors = [
            Door(
                "/safety/packs", Words("점검용 증거 묶음", "Inspector's packs"),
                Words("반기의 기록을 위조할 수 없는 파일 하나로 내어 줍니다.", "A half-year's evidence as one file that nobody can forge."),
                roles: MakePack.roles)
        ]
        part.topics = [("safety.pack.", "safety-packs")]
        part.services = { spine in
            let maker = PackMaker(
                district: spine.district, signer: spine.signer, vouching: spine.vouching, summary: PackSummary())
            return [maker, PackSweep(district: spine.district)]
        }
        part.sample = { spine, _ in try await PackSample.found(spine) }
        return part
    }
}
