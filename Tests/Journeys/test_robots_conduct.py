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
    house.stop()


def floor(person, site):
    return person.page(f"/api/v1/robots/sites/{site}/floor").json()["vehicles"]


def places(person, site):
    return {vehicle["id"]: (vehicle.get("x"), vehicle.get("y")) for vehicle in floor(person, site)}


def stand_still(person, site, seconds):
    """Whether no vehicle of a site moves for so long, once those that were moving had a moment to stop."""
    time.sleep(3)
    before = places(person, site)
    time.sleep(seconds)
    return before == places(person, site)


def events(person, mission):
    return person.page(f"/robots/missions/{mission.split('/')[-1]}").text


def test_a_delivery_is_driven_to_its_end_and_handed_over_by_its_code(district):
    operator = district.member("firm-onyu", "operator")
    mission = operator.do(
        "robots.mission.deliver", **{"from": "onyu-main/lab", "to": "onyu-main/linen"}, what="검체 용기", priority="clinical",
        handover="none")["robots.mission.asked"]
    number = mission.split("/")[-1]

    def ended():
        page = operator.page(f"/robots/missions/{number}").text
        return "완료" in page and "싣기" in page
    wait_for(ended, 300, "the delivery")


def test_one_button_holds_the_fleet_and_a_kill_of_the_house_lifts_nothing(district):
    officer = district.member("", "zoneOfficer")
    site = "haesol-center"
    wait_for(lambda: len([v for v in floor(officer, site) if v.get("x") is not None]) >= 2, 120, "the vehicles on the floor")
    officer.do("robots.hold.place", what="fleet")
    assert stand_still(officer, site, 6)
    district.kill()
    district.start()
    page = wait_for(lambda: officer.page("/robots/holds").text, 60, "the holds after the kill")
    hold = re.search(r"/do/robots\.hold\.lift\?hold=([^&\"]+)", page)[1]
    # The sample's vehicles end and begin with the house; they come back where they stood, and are told again to pause.
    wait_for(lambda: len([v for v in floor(officer, site) if v.get("x") is not None]) >= 2, 120, "the vehicles after the kill")
    time.sleep(8)
    assert stand_still(officer, site, 6)
    refused = officer.call("robots.hold.lift", hold=hold, seen=False)
    assert refused.status_code == 422 and refused.json()["code"] == "hold.unseen", refused.text
    officer.do("robots.hold.lift", hold=hold, seen=True)
    operator = district.member("firm-haesol", "operator")
    before = places(officer, site)
    choices = [c["value"] for c in operator.page("/api/v1/robots/choices/robot-place").json()]
    operator.do("robots.mission.deliver", **{"from": choices[0], "to": choices[-1]}, what="상자", handover="none")
    wait_for(lambda: places(officer, site) != before, 120, "vehicles that move again")


def test_an_emergency_clears_the_corridors_and_holds_until_after_the_all_clear(district):
    officer = district.member("", "zoneOfficer")
    manager = district.member("firm-onyu", "safetyManager")
    operator = district.member("firm-onyu", "operator")
    answer = manager.call("safety.emergency.declare", thing="onyu-main", scenario="fire", drill=True)
    assert answer.status_code in (200, 201), answer.text
    page = wait_for(
        lambda: (lambda text: text if "훈련입니다." in text else None)(operator.page("/robots/holds").text), 30, "the hold")
    hold = re.search(r"/do/robots\.hold\.lift\?hold=([^&\"]+)", page)[1]
    refused = operator.call("robots.hold.lift", hold=hold, seen=True)
    assert refused.status_code == 409 and refused.json()["code"] == "hold.emergency", refused.text

    def cleared():
        kinds = {v["state"] for v in floor(officer, "onyu-main")}
        return kinds and "driving" not in kinds
    wait_for(cleared, 240, "vehicles that have cleared the corridors")
