import Logging

/// The application's one logger: it goes to standard error, so that what a command answers can be piped.
enum Log {
    static func bootstrap(_ level: String) -> Logger {
        LoggingSystem.bootstrap { StreamLogHandler.standardError(label: $0) }
        var logger = Logger(label: "slipway")
        logger.logLevel = Logger.Level(rawValue: level) ?? .notice
        return logger
    }
}
