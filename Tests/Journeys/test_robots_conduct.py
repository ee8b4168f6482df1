"""A fleet at work: a mission is driven to its end by vehicles over the broker; holds, closures and emergencies stop it, and a
hold outlasts a kill of the house."""
import re
import time

import pytest
from house import House, wait_for


@pytest.fixture
def district(tmp_path):
    """A sample district of one's own, with its broker and simulated vehicles."""
    house = House(tmp_path, sample=True).start()
    house.session = house.person()
    yield house
    house.leave()


def floor(person, site):
    return person.page(f"/api/v1/robots/sites/{site}/floor").json()["vehicles"]


def places(person, site):
    return {vehicle["id"]: (vehicle.get("x"), vehicle.get("y")) for vehicle in floor(person, site)}


def heard(person, site, many):
    """Waits until so many vehicles of a site have said where they are."""
    wait_for(lambda: len([v for v in floor(person, site) if v.get("x") is not None]) >= many, 120, "the vehicles on the floor")


def moves(person, site):
    """Whether a vehicle of a site drives: it is elsewhere a moment later."""
    before = places(person, site)
    time.sleep(1)
    return {vehicle for vehicle, place in places(person, site).items() if place != before.get(vehicle)}


def stand_still(person, site, seconds):
    """Whether no vehicle of a site moves for so long, once those that were moving had a moment to stop."""
    wait_for(lambda: not moves(person, site), 5, "vehicles that stand")
    before = places(person, site)
    assert before and all(x is not None for x, _ in before.values()), before
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        time.sleep(1)
        if places(person, site) != before:
            return False
    return True


def one_at(person, site, node):
    """The vehicle that stands at a node: one, and no other."""
    def one():
        there = [vehicle["id"] for vehicle in floor(person, site) if vehicle["node"] == node]
        return there[0] if len(there) == 1 else None

    try:
        return wait_for(one, 5, f"one vehicle at {node}")
    except AssertionError as none:
        raise AssertionError(f"{none}: {floor(person, site)}") from None


def stations(person, site):
    """The named places of a site, as a mission's form offers them."""
    found, seen = [], set()
    plan = person.page(f"/api/v1/robots/sites/{site}/plan").json()
    for node in plan["nodes"]:
        if node.get("kind") == "station" and node.get("name") and node["id"] not in seen:
            seen.add(node["id"])
            found.append(f"{site}/{node['id']}")
    return found


def keep_busy(person, site, many=2):
    """Asks for deliveries across a site; their numbers."""
    offered = stations(person, site)
    numbers = []
    for index in range(many):
        asked = person.do(
            "robots.mission.deliver", **{"from": offered[index], "to": offered[-1 - index]}, what="상자", handover="none")
        numbers.append(asked["robots.mission.asked"].split("/")[-1])
    return numbers


def test_a_delivery_is_driven_to_its_end_and_handed_over_by_its_code(district):
    operator = district.member("firm-onyu", "operator")
    mission = operator.do(
        "robots.mission.deliver", **{"from": "onyu-main/lab", "to": "onyu-main/linen"}, what="검체 용기", priority="clinical",
        handover="code")["robots.mission.asked"]
    number = mission.split("/")[-1]
    path = f"/robots/missions/{number}"
    link = re.search(r"/robots/track/[A-Za-z0-9_-]{20,}", operator.page(path).text)[0]
    # Before the robot is there no digits are asked for, and none are taken.
    assert 'name="code"' not in operator.page(path).text
    early = operator.call("robots.mission.confirm", mission=number, code="0000")
    assert early.status_code == 409 and early.json()["code"] == "mission.not-here", early.text
    # It waits at the laboratory until somebody says that everything is aboard: it never leaves with an empty box.
    loading = wait_for(
        lambda: (lambda text: text if f'action="{path}/load"' in text else None)(operator.page(path).text), 300,
        "the robot at the laboratory")
    time.sleep(5)
    assert f'action="{path}/load"' in operator.page(path).text
    one_at(operator, "onyu-main", "lab")
    key = re.search(rf'action="{path}/load".*?name="key" value="([^"]+)"', loading)[1]
    loaded = operator.form(f"{path}/load", key=key)
    assert loaded.status_code == 200 and f'action="{path}/load"' not in loaded.text, loaded.text
    page = wait_for(
        lambda: (lambda text: text if 'name="code"' in text else None)(operator.page(path).text), 300,
        "the robot at the recipient's")
    # It stands where the goods were to go, and stays there until the digits were keyed in.
    holder = one_at(operator, "onyu-main", "linen")
    digits = "".join(re.search(r'aria-label="(\d) (\d) (\d) (\d)"', operator.page(link).text).groups())
    wrong = "0000" if digits != "0000" else "1111"
    key = re.search(r'name="key" value="([^"]+)"', page)[1]
    answer = operator.form(f"{path}/confirm", key=key, code=wrong)
    # Whoever asked for it locks nobody out by their own slips.
    assert answer.status_code == 422 and "번호가 맞지 않습니다. 남은 횟수: 5" in answer.text, answer.text
    time.sleep(3)
    assert 'name="code"' in operator.page(path).text
    assert one_at(operator, "onyu-main", "linen") == holder
    key = re.search(r'name="key" value="([^"]+)"', operator.page(path).text)[1]
    done = operator.form(f"{path}/confirm", key=key, code=digits)
    assert done.status_code == 200 and "번호가 맞지 않습니다" not in done.text, done.text
    wait_for(lambda: "잘 전달했습니다" in operator.page(link).text, 60, "the recipient's page that says it was handed over")
    steps = operator.page(path).text
    assert "robots.mission.handed" not in steps and digits not in re.findall(r">(\d{4})<", steps)


def test_one_button_holds_the_fleet_and_a_kill_of_the_house_lifts_nothing(district):
    officer = district.member("", "zoneOfficer")
    operator = district.member("firm-haesol", "operator")
    site = "haesol-center"
    heard(officer, site, 2)
    keep_busy(operator, site, 4)
    wait_for(lambda: moves(officer, site), 120, "vehicles that drive")
    # They are held on their way, not at its end.
    officer.do("robots.hold.place", what="fleet")
    assert stand_still(officer, site, 8)
    before = places(officer, site)
    district.kill()
    district.start()
    page = wait_for(lambda: officer.page("/robots/holds").text, 60, "the holds after the kill")
    hold = re.search(r"/do/robots\.hold\.lift\?hold=([^&\"]+)", page)[1]
    # The sample's vehicles end and begin with the house; they come back where they stood, and are told again to pause.
    # Until the new house has the conductor's lease, one that knows nothing of its pause may drive on what it was released.
    heard(officer, site, 2)
    time.sleep(8)
    wait_for(lambda: stand_still(officer, site, 8), 30, "vehicles that stand again")
    # Pressed again it is the same hold.
    assert officer.do("robots.hold.place", what="fleet")["robots.hold.placed"] == f"hold/{hold}"
    refused = officer.call("robots.hold.lift", hold=hold, seen=False)
    assert refused.status_code == 422 and refused.json()["errors"][0]["field"] == "seen", refused.text
    officer.do("robots.hold.lift", hold=hold, seen=True)
    assert "/do/robots.hold.lift" not in officer.page("/robots/holds").text
    wait_for(lambda: moves(officer, site), 120, "vehicles that move again")
    assert before.keys() == places(officer, site).keys()


def test_an_emergency_clears_the_corridors_and_holds_until_after_the_all_clear(district):
    officer = district.member("", "zoneOfficer")
    manager = district.member("firm-onyu", "safetyManager")
    operator = district.member("firm-onyu", "operator")
    site = "onyu-main"
    heard(officer, site, 2)
    nodes = officer.page(f"/api/v1/robots/sites/{site}/plan").json()["nodes"]
    refuges = {node["id"] for node in nodes if node.get("kind") in ("charger", "parking", "escape")}
    numbers = keep_busy(operator, site, 4)
    wait_for(lambda: moves(officer, site), 120, "vehicles that drive")
    answer = manager.call("safety.emergency.declare", thing=site, scenario="fire", drill=True)
    assert answer.status_code in (200, 201), answer.text
    page = wait_for(
        lambda: (lambda text: text if "훈련입니다." in text else None)(operator.page("/robots/holds").text), 30, "the hold")
    hold = re.search(r"/do/robots\.hold\.lift\?hold=([^&\"]+)", page)[1]
    refused = operator.call("robots.hold.lift", hold=hold, seen=True)
    assert refused.status_code == 409 and refused.json()["code"] == "hold.emergency", refused.text

    def cleared():
        there = floor(officer, site)
        return len(there) >= 2 and all(vehicle["node"] in refuges for vehicle in there) and not moves(officer, site)

    def settled():
        # One that waits in a refuge for a lift, or whose last word is late, is not there to stay.
        if cleared():
            time.sleep(5)
            return cleared()

    try:
        wait_for(settled, 240, "vehicles out of the corridors")
        # Whoever cleared the corridors stays out of them, though its mission is still open.
        time.sleep(5)
        assert cleared(), "they left again"
    except AssertionError as late:
        raise AssertionError(f"{late}: {[(v['id'], v['node'], v['state']) for v in floor(officer, site)]}") from None
    assert any("robots.mission.cancel" in operator.page(f"/robots/missions/{number}").text for number in numbers)
