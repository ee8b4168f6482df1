import Record

extension VDAState {
    /// The message, as a version writes it.
    func json(_ header: VDAHeader, _ address: VDAAddress) -> JSON {
        var members = header.members(address)
        let isNew = address.version == .v30
        members["orderId"] = .string(order)
        members["orderUpdateId"] = .number(Double(update))
        members["lastNodeId"] = .string(lastNode)
        members["lastNodeSequenceId"] = .number(Double(lastSequence))
        members["nodeStates"] = .array(nodes.map { $0.json("nodeId") })
        members["edgeStates"] = .array(edges.map { $0.json("edgeId") })
        members["driving"] = .bool(isDriving)
        members["paused"] = .bool(isPaused)
        members["newBaseRequest"] = .bool(wantsBase)
        members["operatingMode"] = .string(isNew && mode == "TEACHIN" ? "TEACH_IN" : mode)
        members["actionStates"] = .array(actions.filter { !(isNew && $0.isInstant) }.map { $0.json(address.version) })
        if isNew {
            members["instantActionStates"] = .array(actions.filter(\.isInstant).map { $0.json(.v30) })
            members["zoneSets"] = .array(zoneSets.map(\.json))
            members["zoneRequests"] = .array(requests.filter { $0.kind != .corridor }.map(\.json))
        }
        members["errors"] = .array(errors.map { $0.json(address.version) })
        members["information"] = .array([])
        if let position { members[isNew ? "mobileRobotPosition" : "agvPosition"] = position.json(address.version) }
        if let speed { members["velocity"] = ["vx": .number(speed), "vy": 0, "omega": 0] }
        if let charge {
            members[isNew ? "powerSupply" : "batteryState"] = [
                isNew ? "stateOfCharge" : "batteryCharge": .number(charge), "charging": .bool(isCharging),
            ]
        }
        members["safetyState"] = [
            isNew ? "activeEmergencyStop" : "eStop":
                .string(isNew && emergencyStop == "AUTOACK" ? "MANUAL" : emergencyStop),
            "fieldViolation": .bool(fieldViolation),
        ]
        return .object(members)
    }
}

extension VDAState.ZoneSet {
    fileprivate var json: JSON {
        [
            "zoneSetId": .string(id), "mapId": .string(map),
            "zoneSetStatus": .string(isEnabled ? "ENABLED" : "DISABLED"),
        ]
    }
}

extension VDAState.Request {
    fileprivate var json: JSON {
        [
            "requestId": .string(id), "requestType": .string(kind.rawValue), "zoneId": .string(place),
            "zoneSetId": .string(set), "requestStatus": .string(status),
        ]
    }
}

extension VDAState.Ahead {
    fileprivate func json(_ name: String) -> JSON {
        [name: .string(id), "sequenceId": .number(Double(sequence)), "released": .bool(isReleased)]
    }
}

extension VDAState.ActionState {
    fileprivate func json(_ version: VDAVersion) -> JSON {
        .sparse([
            "actionId": .string(id), "actionType": type.map { .string($0) } ?? .null, "actionStatus": .string(status),
            version == .v30 ? "actionResult" : "resultDescription": result.map { .string($0) } ?? .null,
        ])
    }
}

extension VDAState.Fault {
    fileprivate func json(_ version: VDAVersion) -> JSON {
        // Version 2 knows two levels only: whoever can go on warns, whoever cannot is at an end.
        let level = version == .v30 ? level : level == "WARNING" || level == "URGENT" ? "WARNING" : "FATAL"
        return .sparse([
            "errorType": .string(type), "errorLevel": .string(level),
            "errorDescription": text.map { .string($0) } ?? .null,
            "errorReferences": .array(
                references.sorted { $0.key < $1.key }.map {
                    ["referenceKey": .string($0.key), "referenceValue": .string($0.value)]
                }),
        ])
    }
}

extension VehicleReport.Position {
    fileprivate func json(_ version: VDAVersion) -> JSON {
        [
            "x": .number(x), "y": .number(y), "theta": .number(heading), "mapId": .string(map),
            version == .v30 ? "localized" : "positionInitialized": .bool(isLocalised),
        ]
    }
}
