import ArgumentParser
import Foundation

/// Options that every command which opens the house shares.
struct HouseOptions: ParsableArguments {
    @Option(help: "Folder for databases and keys. 데이터 폴더.")
    var data = ".slipway"

    @Option(help: "Store of Record and tables: a SQLite file or postgres://… (default: in the data folder).")
    var store: String?

    @Flag(help: "Answer in JSON.")
    var json = false
}
