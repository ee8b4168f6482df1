"""A vehicle of PyPI's vda5050-sdk: it takes orders by the library's own judgement and drives them node by node."""
import asyncio
import sys

from vda5050.client.agv import VehicleClient
from vda5050.config import VehicleConfig
from vda5050.model.enums import ActionStatus
from vda5050.model.state import BatteryState

host, port, user, password, manufacturer, serial, start, pace = sys.argv[1:9]


def client():
    return VehicleClient(VehicleConfig(
        broker_url=f"mqtt://{host}:{port}", username=user, password=password, manufacturer=manufacturer,
        serial_number=serial, state_interval=2.0, keepalive=5, validate_messages=True))


async def live():
    """One life of the vehicle: until the connection breaks."""
    vehicle = client()
    await vehicle.connect()
    vehicle.publisher.set_battery(BatteryState(battery_charge=77.0, charging=False))
    vehicle.publisher.update_position(x=0.0, y=0.0, theta=0.0, map_id="1")
    vehicle.publisher.last_node_id = memory["node"]
    vehicle.publisher.last_node_sequence_id = memory["sequence"]
    await vehicle.publish_state()
    way = []
    done = set()

    @vehicle.on_order
    def taken(order):
        print("order", order.order_id, order.order_update_id, flush=True)
        known = {node.sequence_id for node in way}
        if order.order_update_id == 0:
            way.clear()
            known = set()
        # The horizon is replaced: what was not released is forgotten.
        way[:] = [node for node in way if node.released]
        for node in order.nodes:
            if not any(one.sequence_id == node.sequence_id for one in way):
                way.append(node)

    while True:
        await asyncio.sleep(float(pace))
        # Throws where the connection is gone.
        await vehicle.publish_state()
        state = vehicle.publisher.snapshot()
        if not state.node_states and not any(
                one.action_status not in (ActionStatus.FINISHED, ActionStatus.FAILED) for one in state.action_states):
            continue
        ahead = [node for node in way if node.released and (state.order_id, node.sequence_id) not in done]
        if not state.node_states and vehicle.session.order is None:
            way.clear()
            continue
        if not ahead:
            continue
        node = ahead[0]
        done.add((state.order_id, node.sequence_id))
        if node.node_position is not None:
            vehicle.publisher.set_driving(True)
            vehicle.publisher.update_position(
                x=node.node_position.x, y=node.node_position.y, theta=0.0, map_id=node.node_position.map_id)
        vehicle.mark_node_traversed(node.node_id, node.sequence_id)
        memory.update(node=node.node_id, sequence=node.sequence_id)
        vehicle.publisher.set_driving(False)
        for action in node.actions:
            if vehicle.publisher.action_status(action.action_id) is not ActionStatus.WAITING:
                continue
            vehicle.report_action(action.action_id, ActionStatus.RUNNING, action_type=action.action_type)
            await vehicle.publish_state()
            await asyncio.sleep(float(pace))
            vehicle.report_action(action.action_id, ActionStatus.FINISHED, action_type=action.action_type)


async def main():
    while True:
        try:
            await live()
        except Exception as error:
            print("again:", type(error).__name__, error, flush=True)
            await asyncio.sleep(0.5)


memory = {"node": start, "sequence": 0}
asyncio.run(main())
