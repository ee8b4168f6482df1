import Access
import District
import Record
import Store

/// A person has taken out what a mission that was cancelled or failed had left aboard: only then the vehicle works again.
enum UnloadVehicle {
    static let command = Command(
        Form(
            "robots.vehicle.unload", title: Words("로봇에서 물건 꺼냄", "Unloaded a robot"),
            help: Words(
                "끝나지 못한 미션의 물건을 모두 꺼냈다고 확인합니다. 확인하면 로봇이 다시 일을 맡습니다.",
                "Confirms that all goods of a mission that did not end well were taken out. Then the robot works again."
            ),
            fields: [
                Field(
                    "vehicle", Words("로봇", "Robot"),
                    .reference(kind: "vehicle", source: "/api/v1/robots/choices/vehicle"))
            ], permission: .roles(MissionFound.staff).orToken("command:robots.vehicle.unload"),
            confirmation: .readBack, surfaces: [.web, .http, .cli, .voice])
    ) { ask, tables in
        let thing = ThingID(ask.values.text("vehicle"))
        guard
            let laden = try MissionTable.laden(for: try ask.tenant, in: tables).first(where: {
                $0.vehicle.thing == thing
            })
        else {
            let words = Words("꺼낼 물건이 있는 로봇이 아닙니다.", "This robot has nothing aboard that must be taken out.")
            throw Refusal(.conflict, "vehicle.not-laden", of: "vehicle", "laden", words)
        }
        return [MissionEvents.unloaded(laden)]
    }
}
