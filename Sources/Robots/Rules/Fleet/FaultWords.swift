import Record

/// What people call a vehicle's faults.
enum FaultWords {
    /// In words where it is one that we know, else as the maker calls it.
    static func of(_ type: String) -> Words {
        RobotCall.Kind(fault: type)?.title ?? known[type] ?? Words(type, type)
    }

    private static let known: [String: Words] = [
        "lost": Words("소식 끊김", "Lost"), "manual": Words("수동 운전 중", "Driven by hand"),
        "blocked": Words("길이 막힘", "Blocked"), "moved": Words("손으로 옮겨짐", "Moved by hand"),
        "contested": Words("같은 일련번호가 둘", "Two under one serial number"),
        "clockSkew": Words("시계가 틀림", "Clock is wrong"), "orderNotTaken": Words("명령을 받지 않음", "Takes no orders"),
        "zonesNotTaken": Words("구역 설정을 받지 않음", "Does not take its zones"),
        "cancelNotTaken": Words("취소에 답하지 않음", "Does not answer a cancellation"),
        "notLocalised": Words("위치를 잃음", "Does not know where it is"),
        "emergencyStop": Words("비상정지", "Emergency stop"), "batteryEmpty": Words("배터리 방전", "Battery empty"),
        "obstacleDetected": Words("장애물 감지", "Obstacle"), "driveOverheated": Words("구동부 과열", "Drive too hot"),
    ]
}
