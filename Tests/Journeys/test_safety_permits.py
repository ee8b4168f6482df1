"""Permits to work: a confined space is entered only in air known to be good, and works that clash are kept apart."""
import datetime
import time

import pytest
from conftest import open_browser
from house import House, shown, slowness, wait_for
from selenium.webdriver.common.by import By

GOOD = {"o2": (20.9, "%"), "co2": (0.05, "%"), "co": (2, "[ppm]"), "h2s": (0.1, "[ppm]")}
CHECKS = {
    "confined": ["vented", "closed-off", "rescue", "contact", "told"],
    "hot": ["cleared", "extinguisher", "spatter", "watch-after"],
}


def moment(hours=0.0, seconds=0.0):
    return (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=hours, seconds=seconds)).isoformat(
        timespec="milliseconds").replace("+00:00", "Z")


class Crew:
    """A firm of the sample district with a manager, an executive and two workers who are trained and met this morning."""

    def __init__(self, house):
        self.house = house
        self.manager = house.member("firm-nuri", "safetyManager", "누리 안전관리자")
        self.executive = house.member("firm-nuri", "executive", "누리 경영책임자")
        self.workers = [house.member("firm-nuri", "worker", f"누리 근로자 {n}") for n in "12"]
        found = self.manager.page("/api/v1/choices/person?q=누리").json()
        self.ids = {entry["label"].split(" (")[0]: entry["value"] for entry in found}
        self.names = [self.ids[w.name] for w in self.workers]
        for course in ["confined-space", "hot-work"]:
            for person in self.names:
                self.certify(person, course)
        for course in ["confined-watch", "fire-watch"]:
            self.certify(self.ids[self.executive.name], course)
        self.manager.do(
            "safety.tbm.hold", thing="nuri-plant", rights_read=True, language="ko", topics=[{"topic": "산소 결핍"}],
            participants=[{"person": p} for p in [*self.names, self.ids[self.executive.name]]])

    def certify(self, person, course):
        self.manager.do(
            "safety.training.certify", person=person, course=course, issuer="협회", issued="2026-01-02T00:00")

    def request(self, kind, thing, **more):
        if kind == "confined":
            more = {"inflow": "맹판 설치", "equipment": "송기마스크", "contacts": "119", **more}
        done = self.workers[0].do(
            "safety.permit.request", kind=kind, thing=thing, work="점검", to=moment(2), **{"from": moment(seconds=-1)},
            people=[{"person": p} for p in self.names], supervisor=self.ids[self.manager.name],
            watcher=self.ids[self.executive.name], **more)
        return done["safety.permit.requested"].split("/")[1]

    def authorise(self, permit, kind):
        return self.manager.call(
            "safety.permit.authorise", permit=permit, checks=[{"check": c} for c in CHECKS[kind]])

    def state(self, permit):
        return self.manager.page(f"/api/v1/safety/permits/{permit}").json()


@pytest.fixture(scope="module")
def crew(tmp_path_factory):
    house = House(tmp_path_factory.mktemp("permits"), sample=True).start()
    yield Crew(house)
    house.leave()


def measure(house, thing, age=0.0, **changed):
    """Sensors of a thing say something, by HTTP, as a gateway would."""
    stamp = int((time.time() - age) * 1e9)
    lines = [f"{thing},unit={unit} {gas}={changed.get(gas, value)} {stamp}" for gas, (value, unit) in GOOD.items()
             if changed.get(gas, value) is not None]
    answer = house.api("POST", "/api/v2/write", data="\n".join(lines).encode())
    assert answer.status_code == 204, answer.text


def faults(answer):
    assert answer.status_code == 409, answer.text
    return [fault["rule"] for fault in answer.json()["errors"]]


def enter(crew, permit, worker=0):
    return crew.workers[worker].call("safety.permit.enter", permit=permit)


def test_bad_stale_or_missing_air_lets_nobody_in(crew):
    """Story 5: confined entry at O2 17.9 %, H2S 10.0 ppm or with a stale sensor is blocked; good air lets in."""
    house, tank = crew.house, "nuri-melting"
    permit = crew.request("confined", tank)
    assert set(faults(crew.authorise(permit, "confined"))) == {"gas.missing"}
    # Good a while ago: enough to authorise, and a minute and a second after they were taken they are stale.
    measure(house, tank, age=max(0, 60 - 12 * slowness()))
    wait_for(lambda: len(crew.state(permit)["readings"]) == 4 and all(r["safe"] for r in crew.state(permit)["readings"]),
             10, "good readings at the permit")
    answer = crew.authorise(permit, "confined")
    assert answer.status_code == 201, answer.text
    wait_for(lambda: not any(r["safe"] for r in crew.state(permit)["readings"]), 75, "the readings to grow stale")
    assert set(faults(enter(crew, permit))) == {"gas.stale"}

    for gas, value, rule in [("o2", 17.9, "gas.low"), ("h2s", 10.0, "gas.high")]:
        measure(house, tank, **{gas: value})
        wait_for(lambda: any(r.get("value") == value for r in crew.state(permit)["readings"]), 10, f"{gas} {value}")
        assert faults(enter(crew, permit)) == [rule]
    measure(house, tank)
    wait_for(lambda: all(r["safe"] for r in crew.state(permit)["readings"]), 10, "good air")
    # In a telephone's browser, with one big button.
    browser = open_browser(390, 800)
    with browser:
        browser.get(f"{house.url}/signin")
        for cookie in crew.workers[0].cookies:
            browser.add_cookie({"name": cookie.name, "value": cookie.value})
        browser.get(f"{house.url}/safety/permits/{permit}")
        browser.press(f"#enter-{crew.names[0]}")
        wait_for(lambda: crew.state(permit)["people_inside"] == [crew.names[0]], 10, "the head-count")
        button = wait_for(
            lambda: browser.find_elements(By.CSS_SELECTOR, f"#leave-{crew.names[0]}"), 10, "the way out")[0]
        assert button.size["height"] >= 44
        assert enter(crew, permit).status_code == 409
        # The air turns while somebody is inside: the page says it by itself, in the workers' languages.
        measure(house, tank, h2s=25.0)
        wait_for(lambda: crew.state(permit)["state"] == "suspended", 10, "the watch to stop the work")
        wait_for(lambda: "Leave at once" in shown(browser), 20, "the page to call them out")
        assert "Ra ngay" in shown(browser)
        assert crew.workers[0].name in shown(browser, ".permit-names")
        assert browser.execute_script("return document.documentElement.scrollWidth") <= 390
        browser.press(f"#leave-{crew.names[0]}")
        wait_for(lambda: crew.state(permit)["inside"] == 0, 10, "everyone to be out")
    assert faults(crew.manager.call("safety.permit.resume", permit=permit)) == ["gas.high"]
    measure(house, tank)
    wait_for(lambda: all(r["safe"] for r in crew.state(permit)["readings"]), 10, "good air")
    crew.manager.do("safety.permit.resume", permit=permit)
    crew.manager.do("safety.permit.close", permit=permit, restored=True)
    # Another firm sees nothing of it.
    stranger = house.member("firm-saebyeok", "safetyManager")
    assert stranger.page(f"/safety/permits/{permit}").status_code == 404
    assert stranger.call("safety.permit.enter", permit=permit).status_code == 404


def test_hot_work_beside_solvent_is_refused(crew):
    """Story 6: hot work near a permit with solvent is blocked, and both permits are named."""
    paint = crew.request("hot", "mixer-1", solvent=True, flammables_cleared=True)
    assert crew.authorise(paint, "hot").status_code == 201
    weld = crew.request("hot", "nuri-plant", flammables_cleared=True)
    answer = crew.authorise(weld, "hot")
    assert "clash.hot-solvent" in faults(answer)
    numbers = [crew.state(p)["number"] for p in (paint, weld)]
    detail = answer.text
    assert all(number in detail for number in numbers)
    page = crew.manager.page(f"/safety/permits/{weld}").text
    assert numbers[0] in page
    crew.manager.do("safety.permit.close", permit=paint, restored=True)
    assert crew.authorise(weld, "hot").status_code == 201


def test_the_notice_has_all_six_facts(crew):
    permit = crew.request("confined", "nuri-melting")
    page = crew.manager.page(f"/safety/permits/{permit}/facts").text
    for text in ["송기마스크", "119", "맹판 설치", "누리 근로자 1", "누리 경영책임자", "<svg"]:
        assert text in page, text
