extension BrokerFolder {
    /// The passwords of these accounts: those of the last start, new ones for new accounts.
    func keepCredentials(for accounts: [BrokerAccount]) throws(BusError) -> [BusCredential] {
        var known: [Substring: String] = [:]
        for line in (read(credentials) ?? "").split(separator: "\n") {
            guard let colon = line.firstIndex(of: ":") else { continue }
            known[line[..<colon]] = String(line[line.index(after: colon)...])
        }
        let all = accounts.map { account in
            BusCredential(name: account.name, password: known[account.name[...]] ?? Self.newPassword())
        }
        try write(all.map { "\($0.name):\($0.password)\n" }.joined(), to: credentials)
        return all
    }

    /// 256 random bits in hexadecimal; from the system's generator and no seeded one, because it guards something.
    private static func newPassword() -> String {
        var generator = SystemRandomNumberGenerator()
        return (0..<4).map { _ in
            let digits = String(generator.next() as UInt64, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }

    /// Writes Mosquitto's settings for a listener on loopback.
    func writeConfiguration(port: Int, user: String, tls: BrokerTLS?) throws(BusError) {
        var lines = [
            "listener \(port) 127.0.0.1",
            "allow_anonymous false",
            "password_file \(passwords)",
            "acl_file \(access)",
            // Everything a client has not taken is kept: the limit is ours to watch, not the broker's to drop by.
            "max_queued_messages 0",
            "max_packet_size \(LocalBroker.maximumPacket)",
            "persistence true",
            "persistence_location \(path)/",
            // What a crash of the broker itself may cost, in seconds of messages not yet taken.
            "autosave_interval 10",
            "set_tcp_nodelay true",
            "log_dest stderr",
            "log_timestamp_format %Y-%m-%dT%H:%M:%S",
            // Started by root it would become another user, which may not read this folder.
            "user \(user)",
        ]
        if let tls {
            lines += ["certfile \(tls.certificateFile)", "keyfile \(tls.keyFile)"]
        }
        try write(lines.joined(separator: "\n") + "\n", to: configuration)
    }
}
