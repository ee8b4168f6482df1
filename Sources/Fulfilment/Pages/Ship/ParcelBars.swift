extension ParcelLabel {
    /// The bar code alone.
    var svg: String {
        let bars = Code128.bars(figures)
        // Ten modules of quiet zone on either side.
        let width = Code128.width(figures) + 20
        let rects = bars.map { "<rect x=\"\($0.at + 10)\" y=\"0\" width=\"\($0.width)\" height=\"60\"/>" }.joined()
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(width) 60" role="img" aria-label="\(SSCC.shown(sscc))">\
            <rect width="\(width)" height="60" fill="#fff"/><g fill="#000">\(rects)</g></svg>
            """
    }
}
