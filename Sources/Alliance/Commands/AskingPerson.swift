import Access
import District
import Record
import Store

extension Ask {
    /// Who is behind what is asked: a token speaks for whoever made it. What two people must do is not done by one of them
    /// and that person's program.
    func maker(in tables: any Reader) throws -> Author? {
        guard case .token(let id) = caller.identity else { return caller.author }
        return try APITokens.maker(of: id, in: tables)
    }
}
