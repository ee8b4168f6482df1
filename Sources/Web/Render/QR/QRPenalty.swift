/// How hard a masked code is to read, by the four rules of ISO/IEC 18004, section 7.8.3; the least is taken.
enum QRPenalty {
    static func of(_ dark: [[Bool]]) -> Int {
        let columns = dark.indices.map { x in dark.map { $0[x] } }
        let lines = (dark + columns).reduce(0) { $0 + runs($1) + finderLike($1) }
        return lines + squares(dark) + balance(dark)
    }

    /// Rule 1: five or more of one colour in a line.
    static func runs(_ line: [Bool]) -> Int {
        var (penalty, length) = (0, 0)
        for index in line.indices {
            length = index > 0 && line[index] == line[index - 1] ? length + 1 : 1
            if length == 5 { penalty += 3 } else if length > 5 { penalty += 1 }
        }
        return penalty
    }

    /// Rule 2: squares of two by two in one colour.
    static func squares(_ dark: [[Bool]]) -> Int {
        var penalty = 0
        for y in dark.indices.dropLast() {
            for x in dark.indices.dropLast() {
                let colour = dark[y][x]
                if dark[y][x + 1] == colour, dark[y + 1][x] == colour, dark[y + 1][x + 1] == colour { penalty += 3 }
            }
        }
        return penalty
    }

    /// Rule 3: what looks like a finder, 1:1:3:1:1 with four light modules on one side; outside the code is light.
    static func finderLike(_ line: [Bool]) -> Int {
        let core = [true, false, true, true, true, false, true]
        guard line.count >= core.count else { return 0 }
        func isLight(_ range: Range<Int>) -> Bool { range.allSatisfy { !line.indices.contains($0) || !line[$0] } }
        var penalty = 0
        for at in 0...(line.count - core.count) where Array(line[at..<at + core.count]) == core {
            if isLight(at - 4..<at) { penalty += 40 }
            if isLight(at + 7..<at + 11) { penalty += 40 }
        }
        return penalty
    }

    /// Rule 4: ten for each five per cent that the dark share lies away from one half.
    static func balance(_ dark: [[Bool]]) -> Int {
        let total = dark.count * dark.count
        let count = dark.reduce(0) { $0 + $1.count { $0 } }
        return abs(count * 20 - total * 10) / total * 10
    }
}
