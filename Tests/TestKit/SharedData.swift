public import Foundation

/// The shared data sets (public recordings of real machines), which lie beside the package and not in it.
public enum SharedData {
    /// Where they lie: `data` in the folder that `SLIPWAY_SHARED` names, else in `../shared` next to the package.
    public static let folder: URL = {
        let named = ProcessInfo.processInfo.environment["SLIPWAY_SHARED"].map { URL(fileURLWithPath: $0) }
        return (named ?? neighbour).appendingPathComponent("data")
    }()

    /// Tests/TestKit/SharedData.swift → the package → its neighbour.
    private static var neighbour: URL {
        var package = URL(fileURLWithPath: #filePath)
        for _ in 0..<3 { package.deleteLastPathComponent() }
        return package.deletingLastPathComponent().appendingPathComponent("shared")
    }

    /// A file or folder of the shared data; nil, with one printed line, where it is absent.
    /// - Parameter path: inside the folder: `sensing/skab/valve1/0.csv`.
    public static func url(_ path: String) -> URL? {
        let place = folder.appendingPathComponent(path)
        guard FileManager.default.fileExists(atPath: place.path) else {
            print("shared data absent, not tested: \(place.path) (SLIPWAY_SHARED names another folder)")
            return nil
        }
        return place
    }
}
