import District
import Record
import Store

/// Parcels: logistic units under an SSCC, and the lists by which they are handed over.
enum ParcelTable {
    static let migration = Migration(
        "fulfilment.ship.001",
        [
            """
            CREATE TABLE fulfilment_parcels (
                sscc TEXT NOT NULL, scope TEXT NOT NULL, centre TEXT NOT NULL, orders TEXT NOT NULL,
                carton TEXT NOT NULL, weight BIGINT, expected BIGINT, state TEXT NOT NULL, manifest TEXT,
                scanned BIGINT NOT NULL, packed BIGINT NOT NULL, PRIMARY KEY (scope, sscc))
            """,
            "CREATE INDEX fulfilment_parcels_order ON fulfilment_parcels (orders)",
            "CREATE INDEX fulfilment_parcels_state ON fulfilment_parcels (scope, centre, state)",
            """
            CREATE TABLE fulfilment_serial_references (
                scope TEXT PRIMARY KEY, next BIGINT NOT NULL)
            """,
            """
            CREATE TABLE fulfilment_manifests (
                id TEXT PRIMARY KEY, scope TEXT NOT NULL, centre TEXT NOT NULL, carrier TEXT NOT NULL,
                state TEXT NOT NULL, opened BIGINT NOT NULL, handed BIGINT)
            """,
        ])

    /// What lies in an order's tote and in its parcels, in good state.
    static func inHand(
        of order: String, in centre: String, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [(item: String, lot: String, quantity: Int64)] {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            """
            SELECT item, lot, SUM(quantity) AS n FROM fulfilment_stock WHERE centre = ? AND status = 'available'
            AND (location = ? OR location IN
                (SELECT 'container/' || sscc FROM fulfilment_parcels WHERE orders = ? AND state <> 'gone'))
            AND \(own.sql) GROUP BY item, lot
            """, [.text(centre), .text(Tote.location(of: order)), .text(order)] + own.arguments
        ).map { (try $0.text("item"), try $0.text("lot"), try $0.integer("n")) }
    }
}
