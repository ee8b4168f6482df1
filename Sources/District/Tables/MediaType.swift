/// The kinds of file that are taken, told by a file's own first bytes: what its sender calls it counts for nothing.
public enum MediaType: String, Sendable, CaseIterable {
    case jpeg = "image/jpeg"
    case png = "image/png"
    case webp = "image/webp"
    case pdf = "application/pdf"
    /// Word, Excel, PowerPoint, HWPX and other documents that are ZIP archives.
    case zip = "application/zip"
    /// HWP 5 and older office documents (OLE compound files).
    case compound = "application/x-ole-storage"
    case text = "text/plain; charset=utf-8"

    /// What a file is; nil where it is nothing that is taken.
    public init?(of bytes: [UInt8]) {
        func begins(_ signature: [UInt8], at offset: Int = 0) -> Bool {
            bytes.count >= offset + signature.count
                && bytes[offset..<offset + signature.count].elementsEqual(signature)
        }
        if begins([0xFF, 0xD8, 0xFF]) {
            self = .jpeg
        } else if begins([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
            self = .png
        } else if begins(Array("RIFF".utf8)), begins(Array("WEBP".utf8), at: 8) {
            self = .webp
        } else if begins(Array("%PDF-".utf8)) {
            self = .pdf
        } else if begins([0x50, 0x4B, 3, 4]) {
            self = .zip
        } else if begins([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
            self = .compound
        } else if !bytes.isEmpty, !bytes.contains(0), String(validating: bytes, as: UTF8.self) != nil {
            self = .text
        } else {
            return nil
        }
    }

    /// Whether a browser may show it in a page; anything else is handed out as a file to keep.
    public var isImage: Bool { [.jpeg, .png, .webp].contains(self) }
}
