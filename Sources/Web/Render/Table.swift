public import Record

/// A table as the `table` partial takes it.
public struct Table: Sendable {
    /// A column: its name in the address where it sorts, and its heading.
    public struct Column: Sendable {
        let name: String?
        let label: String
        let isNumber: Bool

        /// A column; without a name it does not sort.
        public init(_ name: String?, _ label: String, isNumber: Bool = false) {
            self.name = name
            self.label = label
            self.isNumber = isNumber
        }
    }

    /// A cell.
    public struct Cell: Sendable {
        var members: [String: JSON]

        /// Text, with a link where it has one; `isHead` marks the cell that names the row.
        public init(
            _ text: String, href: String? = nil, unit: String? = nil, isHead: Bool = false, isCode: Bool = false
        ) {
            members = ["text": .string(text)]
            if let href { members["href"] = .string(href) }
            if let unit, !unit.isEmpty { members["unit"] = .string(unit) }
            if isHead { members["head"] = true }
            if isCode { members["code"] = true }
        }

        /// A moment.
        public init(time: JSON) { members = ["time": time] }

        /// A badge: its kind decides the shape and colour, its label is the word.
        public init(badge kind: String, _ label: String) { members = ["badge": Show.badge(kind, label)] }

        /// Nothing to show.
        public static let none = Cell("–")
    }

    /// What people can look for.
    public struct Filter: Sendable {
        let label: String

        /// A box with a label.
        public init(_ label: String) { self.label = label }
    }

    private let id: String
    private let caption: String
    private let path: String
    private let query: TableQuery
    private let columns: [Column]
    private let rows: [[Cell]]
    private let total: Int64
    private let filter: Filter?
    private let empty: String
    private let kept: [String: String]

    /// A table of some rows out of `total`, at a path.
    /// - Parameters:
    ///   - kept: what else stands in the address and stays there.
    public init(
        _ id: String, caption: String, path: String, _ query: TableQuery, columns: [Column], rows: [[Cell]],
        total: Int64, filter: Filter? = nil, empty: String, kept: [String: String] = [:]
    ) {
        self.id = id
        self.caption = caption
        self.path = path
        self.query = query
        self.columns = columns
        self.rows = rows
        self.total = total
        self.filter = filter
        self.empty = empty
        self.kept = kept
    }

    /// The partial's context.
    public var json: JSON {
        var members: [String: JSON] = [
            "id": .string(id), "caption": .string(caption), "empty": .string(empty),
            "columns": .array(columns.map(heading)),
            "rows": .array(
                rows.map { row in
                    [
                        "cells": .array(
                            zip(columns, row).map { column, cell in
                                var members = cell.members
                                members["label"] = .string(column.label)
                                if column.isNumber { members["number"] = true }
                                return .object(members)
                            })
                    ]
                }),
            "pager": query.pager(path, shown: rows.count, total: total, kept: kept),
        ]
        if let filter {
            members["filter"] = query.filterBox(path, label: filter.label, kept: kept)
        }
        return .object(members)
    }

    private func heading(_ column: Column) -> JSON {
        var members: [String: JSON] = ["label": .string(column.label), "sort": "none"]
        if column.isNumber { members["number"] = true }
        guard let name = column.name else { return .object(members) }
        let current = query.sort == name
        members["href"] = .string(
            query.address(path, sort: current && !query.descending ? "-\(name)" : name, kept: kept))
        if current {
            members["sort"] = .string(query.descending ? "descending" : "ascending")
            members[query.descending ? "desc" : "asc"] = true
        }
        return .object(members)
    }

    /// Percent-encoded for a query.
    public static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            switch byte {
            case 48...57, 65...90, 97...122, 45, 46, 95, 126: String(UnicodeScalar(byte))
            default: "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }.joined()
    }
}
