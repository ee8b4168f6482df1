import Record

/// What an alarm says, in the words of whoever has to go and look.
enum AlarmWords {
    /// `진동이 갑자기 … 측정값 7.2 mm/s, 예상 1.2–2.4 mm/s`.
    static func deviation(
        _ property: String, _ reason: Words, value: Double, unit: String?, low: Double?, high: Double?
    ) -> Words {
        let name = PropertyName.words(property)
        let seen = "\(number(value))\(suffix(unit))"
        guard let low, let high else {
            return Words("\(name.ko): \(reason.ko) 측정값 \(seen).", "\(name.en): \(reason.en) Measured \(seen).")
        }
        let band = "\(number(low))–\(number(high))\(suffix(unit))"
        // A mean may leave its place while single values stay within what chance allows: say so, or nobody believes it.
        guard value < low || value > high else {
            return Words(
                "\(name.ko): \(reason.ko) 측정값 \(seen). 값 하나는 예상 범위(\(band)) 안이지만 여러 값을 함께 보면 평소와 다릅니다.",
                "\(name.en): \(reason.en) Measured \(seen). Each value is within \(band), but together they are unusual."
            )
        }
        return Words(
            "\(name.ko): \(reason.ko) 측정값 \(seen), 예상 범위 \(band).",
            "\(name.en): \(reason.en) Measured \(seen), expected \(band).")
    }

    /// A hard limit that a person set was passed.
    static func limit(_ property: String, value: Double, unit: String?, low: Double?, high: Double?) -> Words {
        let name = PropertyName.words(property)
        let isHigh = high.map { value > $0 } ?? false
        let bound = number((isHigh ? high : low) ?? 0) + suffix(unit)
        let seen = number(value) + suffix(unit)
        return isHigh
            ? Words(
                "\(name.ko): 상한 \(bound)을(를) 넘었습니다. 측정값 \(seen).", "\(name.en) is above its limit of \(bound): \(seen)."
            )
            : Words(
                "\(name.ko): 하한 \(bound)보다 낮습니다. 측정값 \(seen).", "\(name.en) is below its limit of \(bound): \(seen).")
    }

    private static func suffix(_ unit: String?) -> String { unit.map { " \(UnitName.symbol($0))" } ?? "" }

    private static func number(_ value: Double) -> String {
        let scale = abs(value) >= 100 ? 10.0 : abs(value) >= 10 ? 100.0 : 1000.0
        let rounded = (value * scale).rounded() / scale
        return rounded == rounded.rounded() && abs(rounded) < 1e15 ? "\(Int64(rounded))" : "\(rounded)"
    }
}

/// What people call a property.
enum PropertyName {
    private static let known: [String: Words] = [
        "vibration": Words("진동", "Vibration"), "temperature": Words("온도", "Temperature"),
        "current": Words("전류", "Current"), "pressure": Words("압력", "Pressure"), "voltage": Words("전압", "Voltage"),
        "power": Words("전력", "Power"), "flow": Words("유량", "Flow"), "humidity": Words("습도", "Humidity"),
        "speed": Words("속도", "Speed"), "level": Words("수위", "Level"), "force": Words("하중", "Force"),
        "cpu": Words("프로세서 사용률", "Processor load"), "memory": Words("메모리 사용률", "Memory in use"),
        "load": Words("실행 대기 수", "Load average"), "disk_used": Words("디스크 사용률", "Disk in use"),
        "disk_write": Words("디스크 쓰기", "Disk writes"), "disk_read": Words("디스크 읽기", "Disk reads"),
        "network_in": Words("네트워크 수신", "Network in"), "network_out": Words("네트워크 송신", "Network out"),
        "noise": Words("소음", "Noise"), "co2": Words("이산화탄소", "CO₂"), "oxygen": Words("산소", "Oxygen"),
        "o2": Words("산소", "Oxygen (O₂)"), "co": Words("일산화탄소", "Carbon monoxide"),
        "h2s": Words("황화수소", "Hydrogen sulphide"), "lel": Words("폭발하한 대비 농도", "Share of the lower explosive limit"),
        "dust": Words("분진", "Dust"), "thermocouple": Words("열전대 온도", "Thermocouple"),
        "throughput": Words("처리량", "Throughput"), "door": Words("문 열림", "Door"),
        "accelerometer1_rms": Words("가속도 1(RMS)", "Accelerometer 1 (RMS)"),
        "accelerometer2_rms": Words("가속도 2(RMS)", "Accelerometer 2 (RMS)"),
        "volume_flow_rate_rms": Words("유량(RMS)", "Volume flow rate (RMS)"),
    ]

    /// The words, or the name itself where nobody has given it words.
    static func words(_ property: String) -> Words { known[property] ?? Words(property, property) }
}

/// How a UCUM code is written on a page.
enum UnitName {
    private static let symbols = [
        "Cel": "°C", "degF": "°F", "1": "", "{count}": "", "[degF]": "°F", "dB[SPL]": "dB", "m3/h": "m³/h", "{1}": "",
        "kPa": "kPa", "By/s": "B/s", "kBy/s": "kB/s", "ug/m3": "µg/m³", "[ppm]": "ppm", "m3": "m³", "/h": "/h",
        "L/min": "L/min",
    ]

    /// The symbol people know.
    static func symbol(_ code: String) -> String { symbols[code] ?? code }
}
