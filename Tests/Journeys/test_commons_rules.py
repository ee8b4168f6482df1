"""What citizens vote for, robots keep: from the ballot to the map, to the vehicles, and to the trace that joins them."""
import csv
import io
import json
import re
import time

import paho.mqtt.client as mqtt
import pytest
import requests
from commons_vote import moment
from conftest import let_in, open_browser
from selenium.webdriver.common.by import By

from house import House, patience, shown, wait_for

TITLE = "장터 앞 로봇 속도"
RULE = "장터 앞: 로봇 최고 시속 1.8 km(초속 0.5 m)"


@pytest.fixture(scope="module")
def street(tmp_path_factory):
    """A sample district of its own: a vote changes what its robots drive by."""
    house = House(tmp_path_factory.mktemp("street"), sample=True).start()
    yield house
    house.leave()


def sets(house):
    """The sets of zones that vehicles of 3.0 are sent from now on."""
    port = int(re.search(r"MQTT\s+127\.0\.0\.1:(\d+)", house.text())[1])
    lines = (house.data / "broker/credentials").read_text().split("\n")
    password = dict(line.split(":", 1) for line in lines if line)["vehicles"]
    heard = []
    client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2, client_id="listener")
    client.username_pw_set("vehicles", password)
    client.on_message = lambda client, data, message: heard.append(json.loads(message.payload))
    client.connect("127.0.0.1", port)
    client.subscribe("+/+/+/+/zoneSet", qos=1)
    client.loop_start()
    return client, heard


def zones(house, officer):
    plan = officer.page("/api/v1/robots/sites/solmaru/plan").json()
    # The sample's own vote set a limit on the hill; this is about the market.
    return {zone["id"]: zone for zone in plan["zones"]
            if zone["id"].startswith("civic-vote-") and zone["name"]["ko"].startswith("장터")}


def test_a_voted_speed_is_on_the_ballot_the_map_the_vehicles_and_the_trace(street):
    officer = street.member("", "zoneOfficer")
    found = officer.page("/api/v1/robots/areas/choices", params={"q": "장터"}).json()
    assert [choice["value"] for choice in found] == ["solmaru/market"], found
    assert "투표지에 보일 장소 이름" in officer.page("/do/commons.vote.set-up").text
    market = {"effect": "speed-limit", "place": "solmaru/market", "place_name": "장터 앞"}
    asked = dict(
        title=TITLE, summary="장터 앞을 지나는 로봇이 얼마나 빨리 달려도 될지 정합니다.", method="approval", seats="1",
        accountless=True)
    wrong = officer.call(
        "commons.vote.set-up", **asked, begins=moment(60), ends=moment(120),
        options=[{"name": "아주 빠르게", **market, "speed": "20"}, {"name": "지금처럼"}])
    assert wrong.status_code == 422 and "options[0].speed" in wrong.text
    begin, length = 5 * patience(), 25 * patience()
    end = time.monotonic() + begin + length
    vote = officer.do(
        "commons.vote.set-up", **asked, begins=moment(begin), ends=moment(begin + length),
        options=[{"name": "초속 0.5 m", **market, "speed": "0.5"}, {"name": "지금처럼"}])[
            "commons.vote.set-up"].removeprefix("vote/")
    path = f"/commons/votes/{vote}"
    officer.do("commons.vote.fix-rule", vote=vote, method="most")
    officer.do("commons.census.import", vote=vote, list="식별번호,이름,주소\np1,가,부두로 1\np2,나,부두로 2\np3,다,부두로 3")
    letters = officer.form(f"{path}/census/codes", **{"as": "csv"}).content.decode("utf-8-sig")
    codes = [row["code"] for row in csv.DictReader(io.StringIO(letters))]
    officer.do("commons.vote.open", vote=vote)
    wait_for(lambda: requests.get(street.url + f"{path}/ballot", timeout=60).ok, 60, "the vote's beginning")

    with open_browser(width=390, height=844) as browser:
        browser.get(f"{street.url}/language/ko?next={path}")
        assert RULE in shown(browser)
        browser.get(f"{street.url}{path}/ballot")
        assert RULE in shown(browser)
        assert browser.execute_script("return document.documentElement.scrollWidth") <= 390
        browser.find_elements(By.CSS_SELECTOR, "input[type=checkbox]")[0].click()
        browser.find_element(By.NAME, "code").send_keys(codes[0])
        browser.press("button[value=check]")
        browser.wait_text("이대로 투표할까요", selector="body")
        assert "초속 0.5 m" in shown(browser)
        browser.press("button[value=cast]")
        browser.wait_text("투표함에 들어갔습니다")
    for place, (code, choice) in enumerate(zip(codes[1:], ["1", "2"])):
        cast = requests.post(
            street.url + "/api/v1/commons/ballots", timeout=60,
            json={"vote": vote, "code": code, "choices": [choice], "ballot": f"R-AAAA-AAAA-AAA{'BC'[place]}"})
        assert cast.status_code in (200, 201), cast.text
    assert zones(street, officer) == {}, "nothing holds before the count"
    listener, heard = sets(street)
    try:
        time.sleep(max(0, end - time.monotonic()) + 1)
        officer.do("commons.vote.close", vote=vote)
        wait_for(lambda: zones(street, officer), 60, "the zone on the map")
        zone = next(iter(zones(street, officer).values()))
        assert zone["rule"] == "speed" and zone["value"] == 0.5 and zone["map"] == "street"
        wait_for(
            lambda: any(
                one["zoneId"] == zone["id"] and one["maximumSpeed"] == 0.5
                for message in heard for one in message["zoneSet"]["zones"]), 90, "the vehicles being told")
    finally:
        listener.loop_stop()
        listener.disconnect()

    rule = requests.get(street.url + "/api/v1/commons/rules", timeout=60).json()["rules"][0]
    assert rule["holds"] and rule["ballots"] == 3 and rule["vote"] == vote and rule["limit_m_per_s"] == 0.5
    # The map editor cannot raise it, and says by which vote it stands.
    raised = officer.call(
        "robots.site-zone.put", site="solmaru", zone="market", map="street", rule="speed", value="2",
        corners=[{"x": 125, "y": -1}, {"x": 175, "y": -1}, {"x": 175, "y": 1}, {"x": 125, "y": 1}])
    assert raised.status_code == 409 and TITLE in raised.text, raised.text
    with open_browser(width=390, height=844) as browser:
        browser.get(f"{street.url}/language/ko?next=/commons/rules")
        assert RULE in shown(browser) and "적용 중" in shown(browser)
        assert browser.execute_script("return document.documentElement.scrollWidth") <= 390
        browser.press("a[href^='/trace/']")
        # A stranger sees what is public of it: the count, the rule, and that it is on the map.
        steps = ["투표를 셈", "시민 투표로 로봇 규칙을 정함", "시민 투표로 정한 제한을 로봇 지도에 적용함"]
        text = shown(browser)
        assert all(step in text for step in steps) and "로봇 지도를 새로 펴냄" not in text, text
        let_in(browser, street, officer)
        browser.get(rule["trace"])
        text = shown(browser)
        assert "로봇 지도를 새로 펴냄" in text and all(step in text for step in steps)
        assert text.index(steps[1]) < text.index(steps[2])
        browser.get(f"{street.url}/robots/sites/solmaru")
        browser.wait_text("시민 투표로 정한 속도 제한")
        browser.press("a[href^='/commons/rules#rule-']")
        browser.wait_text("투표부터 지도까지 기록 보기")
    asked = officer.do("commons.rule.end", rule=rule["id"], reason="장터가 옮겨 갔습니다.")
    assert zones(street, officer), "one officer alone ends nothing"
    second = street.member("", "zoneOfficer")
    second.do("district.request.sign", request=asked["district.request.opened"].split("/")[-1])
    assert zones(street, officer) == {}
    rules = requests.get(street.url + "/api/v1/commons/rules", timeout=60).json()["rules"]
    rule = next(one for one in rules if one["id"] == rule["id"])
    assert not rule["holds"] and rule["reason"] == "장터가 옮겨 갔습니다."
    listed = requests.get(street.url + "/api/v1/commons/rules?format=csv", timeout=60).text
    assert "speed-limit,solmaru,market,0.5" in listed
