import Access
import District
import Record
import Web

extension Part {
    /// Profiles of firms, what they need and what they offer; needs that the record shows, with the firm's consent.
    static func firms(_ book: Handbook) throws(HandbookError) -> Part {
        let lists = try SolutionKinds(book)
        let signs = try NeedSigns(book, kinds: lists)
        let weights = try MatchScore.Weights(book)
        let needs = NeedRoutes(lists: lists, signs: signs, weights: weights)
        var part = Part()
        part.migrations = [
            ProfileTable.migration, OfferTable.migration, NeedTable.migration, ConsentTable.migration,
            ContactTable.migration,
        ]
        part.projections = [
            ProfileTable.projection, OfferTable.projection, NeedTable.projection, ConsentTable.projection,
            ContactTable.projection,
        ]
        part.commands = [
            KeepProfile(lists: lists).command, PublishOffer(lists: lists).command, CloseOffer.command,
            RaiseNeed(lists: lists).command, AcceptNeed(lists: lists).command, EndNeed.decline, EndNeed.close,
            Consents.give, Consents.withdraw, KeepContact.keep, KeepContact.withdraw,
        ]
        part.reactions = NeedReactions(signs: signs).all
        part.aiUses = [MatchingUse.use]
        part.routes = FirmRoutes(lists: lists).routes + needs.routes
        part.names = FirmNames.all
        part.home = { try await needs.home($0) }
        part.doors = [
            Door(
                "/alliance/firms", Words("기업과 솔루션", "Firms and offers"),
                Words("누가 무엇을 만들고 어떤 솔루션을 제공하는지 봅니다.", "Who makes what, and who offers what."),
                roles: Set(Role.allCases).subtracting([.citizen, .guest])),
            Door(
                "/alliance/needs", Words("도입 수요", "Needs"),
                Words("해결할 것을 적고, 기록에서 제안된 것을 살펴봅니다.", "Say what is to be solved; look at what the Record proposes."),
                roles: NeedRoutes.readers),
            Door(
                "/alliance/directory", Words("공개 기업 명부", "Public directory"),
                Words("공개에 동의한 기업을 봅니다.", "Firms that agreed to be public."), roles: nil),
        ]
        part.topics = [
            ("alliance.firm.", "firms"), ("alliance.offer.", "firms"), ("alliance.need.", "needs"),
            ("alliance.consent.", "needs"),
        ]
        return part
    }
}
