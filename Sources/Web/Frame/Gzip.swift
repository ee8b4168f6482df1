import CZlib

/// Bodies that came compressed: Telegraf and the Influx clients send gzip.
enum Gzip {
    /// The plain bytes; nil where this is no gzip, or would grow past the limit.
    static func inflated(_ bytes: [UInt8], limit: Int) -> [UInt8]? {
        var stream = z_stream()
        // 15 bits of window, plus 16 for a gzip header (zlib.h, inflateInit2).
        guard inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            return nil
        }
        defer { inflateEnd(&stream) }
        var input = bytes
        var plain: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 * 1024)
        return input.withUnsafeMutableBufferPointer { source in
            stream.next_in = source.baseAddress
            stream.avail_in = UInt32(source.count)
            while true {
                let (status, produced) = chunk.withUnsafeMutableBufferPointer { out in
                    stream.next_out = out.baseAddress
                    stream.avail_out = UInt32(out.count)
                    let status = inflate(&stream, Z_NO_FLUSH)
                    return (status, out.count - Int(stream.avail_out))
                }
                plain.append(contentsOf: chunk[..<produced])
                guard plain.count <= limit else { return nil }
                if status == Z_STREAM_END {
                    guard stream.avail_in > 0 else { return plain }
                    // Several members in a row are one file (RFC 1952, 2.2).
                    guard inflateReset(&stream) == Z_OK else { return nil }
                    continue
                }
                guard status == Z_OK, produced > 0 || stream.avail_in > 0 else { return nil }
            }
        }
    }
}
