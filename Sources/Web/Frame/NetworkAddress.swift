import Foundation

/// An IPv4 or IPv6 address. An IPv4 address within IPv6 (`::ffff:192.0.2.1`) is the IPv4 address.
public struct NetworkAddress: Sendable, Hashable {
    /// 4 or 16 bytes.
    let bytes: [UInt8]

    /// Reads an address as numbers write it; nil where it is none. A zone (`%eth0`) is left out.
    public init?(_ text: String) {
        let text = text.prefix { $0 != "%" }
        var four = in_addr()
        var sixteen = in6_addr()
        if inet_pton(AF_INET, String(text), &four) == 1 {
            bytes = withUnsafeBytes(of: &four) { Array($0) }
        } else if inet_pton(AF_INET6, String(text), &sixteen) == 1 {
            let all = withUnsafeBytes(of: &sixteen) { Array($0) }
            bytes = all.starts(with: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255]) ? Array(all.suffix(4)) : all
        } else {
            return nil
        }
    }

    /// As throttles count it: one connection has a whole /64 of IPv6, so its addresses are one.
    var counted: String {
        guard bytes.count == 16 else { return bytes.map(String.init).joined(separator: ".") }
        let groups = stride(from: 0, to: 8, by: 2).map {
            String(UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]), radix: 16)
        }
        return groups.joined(separator: ":") + "::/64"
    }
}

/// A range of addresses (`10.0.0.0/8`), or one address.
public struct NetworkRange: Sendable, Hashable {
    private let base: NetworkAddress
    /// How many of its bits count.
    private let bits: Int

    /// Reads a range in CIDR notation (RFC 4632), or one address; nil where it is none.
    public init?(_ text: String) {
        let halves = text.split(separator: "/", omittingEmptySubsequences: false)
        guard let first = halves.first, let base = NetworkAddress(String(first)) else { return nil }
        let most = base.bytes.count * 8
        // Of an IPv4 range written as IPv6 the first 96 bits are the same for all.
        let isMapped = most == 32 && first.contains(":")
        guard halves.count > 1 else {
            (self.base, bits) = (base, most)
            return
        }
        guard halves.count == 2, let count = Int(halves[1]), (isMapped ? 96...128 : 0...most).contains(count) else {
            return nil
        }
        (self.base, bits) = (base, isMapped ? count - 96 : count)
    }

    func contains(_ address: NetworkAddress) -> Bool {
        guard address.bytes.count == base.bytes.count else { return false }
        return zip(address.bytes, base.bytes).enumerated().allSatisfy { index, pair in
            let counting = min(max(bits - index * 8, 0), 8)
            let mask = UInt8(truncatingIfNeeded: 0xFF00 >> counting)
            return pair.0 & mask == pair.1 & mask
        }
    }
}
