import Access
import District
import Record
import Store

/// When a vehicle's fault makes the house propose a near miss: it hit something, something stood before it, or it was
/// stopped by the red button.
enum NearMiss {
    /// The use of AI that proposes. It is a rule's word on what a vehicle says of itself; it disposes of nothing.
    static let use = AIUse(
        "safety.vehicle-near-miss",
        title: Words("로봇 고장에서 아차사고 제안", "Near misses proposed after robots' faults"),
        purpose: Words(
            "로봇이 충돌, 장애물, 비상정지를 알리면 아차사고로 등록할지 사람에게 제안합니다.",
            "After a robot reports a collision, an obstacle or an emergency stop, proposes to a person to register a near miss."
        ),
        model:
            "rule, version 1: faults that name a collision, an obstacle, a person or an emergency stop, one open proposal per robot and fault",
        evidence: Words("로봇과 로봇이 알린 고장", "The robot and the fault it reports"),
        override: Words(
            "안전관리자가 받아들이지 않으면 됩니다. 받아들일 때도 위험 등급은 사람이 정합니다.",
            "A safety manager rejects it; whoever accepts it sets the band of risk themselves."),
        modelInKorean: "규칙 1판: 충돌·장애물·사람·비상정지를 알리는 고장에서, 로봇과 고장마다 제안 하나")

    static let propose = Reaction(
        "safety.propose-near-miss", to: VehicleFaulted.type, yields: [HazardProposal.type]
    ) { event, tables in
        guard let fact = VehicleFaulted(event), fact.endangersPeople, case .firm(let firm) = event.scope,
            try use.mayRun(in: tables, at: event.recorded),
            try !HazardTable.isOpen(fact.thing, property: fact.fault, for: Tenant.firm(firm), in: tables)
        else { return [] }
        let id = Identifier(at: event.recorded).description
        return [
            Draft(
                HazardProposal.type, stream: "hazard/\(id)", scope: event.scope, observed: event.observed,
                payload: [
                    "hazard": .string(id), "thing": .string(fact.thing.rawValue), "property": .string(fact.fault),
                    "evidence": .string(event.id.description), "use": .string(use.id),
                    "why": [
                        "ko": .string("로봇이 ‘\(fact.fault)’을(를) 알렸습니다. 사람이 다칠 뻔했는지 확인해 주십시오."),
                        "en": .string(
                            "The robot reported “\(fact.fault)”. Please find out whether anybody could have been hurt."),
                    ],
                ], expectedVersion: 0)
        ]
    }
}
