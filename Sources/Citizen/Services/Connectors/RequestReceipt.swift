import District
import Record
import Store

extension CityServices {
    /// What became of a command that was just done, read from the service's own answer.
    ///
    /// Waits until the service has answered, but not longer than `within`. Of a command that asked nothing of the city
    /// it is simply done.
    func receipt(of outcome: Outcome, in spine: Spine, within: Duration) async -> Receipt {
        guard let stream = outcome.events.first(where: { $0.type == RequestEvents.submitted })?.stream else {
            return .done
        }
        let id = CityRequest.id(stream)
        let end = ContinuousClock.now + within
        while true {
            let found: CityRequest?
            do {
                found = try await spine.district.store.read { try RequestTable.find(id: id, in: $0) }
            } catch {
                spine.district.report("what became of a request could not be read", error)
                return .unconfirmed
            }
            guard let request = found else { return .unconfirmed }
            switch request.state {
            case .accepted, .answered, .closed: return .number(request.receipt ?? request.number)
            case .refused: return .refused(request.reason ?? Words("담당 시스템이 받지 않았습니다.", "The service did not take it."))
            case .waiting where line.address(spine) == nil: return .kept(request.number)
            case .waiting where ContinuousClock.now >= end:
                // What is known not to have arrived is kept here and goes out by itself. Of what is on its way, nobody
                // knows yet: it may still be refused.
                do {
                    let isKept = try await spine.district.store.read { try DeliveryTable.isKept(id, in: $0) }
                    return isKept ? .kept(request.number) : .unconfirmed
                } catch {
                    spine.district.report("whether a request is only kept could not be read", error)
                    return .unconfirmed
                }
            case .unconfirmed where ContinuousClock.now >= end: return .unconfirmed
            case .waiting, .unconfirmed: break
            }
            do { try await Task.sleep(for: .milliseconds(40)) } catch { return .unconfirmed }
        }
    }
}
