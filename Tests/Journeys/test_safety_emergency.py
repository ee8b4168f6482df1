"""Gas leak, 300 people, 12 visitors, dead network: the CAP message holds against the standard, two phones account for people
without a house, their marks merge when it is back, what disagrees goes to a person, and a drill never leaves as Actual."""
import re
import socket
import xml.etree.ElementTree as ET

import pytest
from selenium.webdriver.common.by import By

from conftest import let_in, open_browser
from house import House, patience, wait_for

CAP = "{urn:oasis:names:tc:emergency:cap:1.2}"
SITE = "/safety/muster/gaon-plant"
# The order of the schema's elements, as far as our messages use them.
ALERT = ["identifier", "sender", "sent", "status", "msgType", "scope", "restriction", "addresses", "note", "references", "incidents", "info"]
INFO = ["language", "category", "event", "responseType", "urgency", "severity", "certainty", "senderName", "headline", "description", "instruction", "area"]


@pytest.fixture(scope="module")
def plant(tmp_path_factory):
    """A house at a fixed address, so that it comes back where the phones know it; its manager, executive and worker."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    house = House(tmp_path_factory.mktemp("plant"), "--listen", f"127.0.0.1:{port}", sample=True).start()
    house.manager = house.member("firm-gaon", "safetyManager")
    house.executive = house.member("firm-gaon", "executive")
    house.worker = house.member("firm-gaon", "worker")
    house.stranger = house.member("firm-haesol", "safetyManager")
    yield house
    house.leave()


def cap(house, emergency, number=None):
    """A message, held against what the schema and the standard's text ask."""
    answer = house.manager.page(f"/safety/emergencies/{emergency}/cap.xml" + (f"?number={number}" if number else ""))
    assert answer.status_code == 200 and answer.headers["Content-Type"].startswith("application/cap+xml")
    assert "attachment" in answer.headers["Content-Disposition"]
    root = ET.fromstring(answer.content)
    assert root.tag == CAP + "alert"
    for element, order in [(root, ALERT), *((info, INFO) for info in root.findall(CAP + "info"))]:
        places = [order.index(child.tag.removeprefix(CAP)) for child in element]
        assert places == sorted(places), "in the order of the schema"
    value = lambda name: root.findtext(CAP + name)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d", value("sent"))
    for name in ["identifier", "sender"]:
        assert re.fullmatch(r"[^\s,<&]+", value(name))
    assert value("scope") in {"Restricted", "Private"}, "public alerts belong to the authority"
    assert value("scope") != "Restricted" or value("restriction")
    languages = [info.findtext(CAP + "language") for info in root.findall(CAP + "info")]
    assert languages[:3] == ["ko-KR", "en-US", "vi-VN"] and len(set(languages)) == 10
    return root


def people_in(house, many, kind, name):
    for number in range(many):
        house.manager.do("safety.presence.check", site="gaon-plant", direction="in", kind=kind, name=f"{name} {number + 1}")


def kept(driver, words):
    return driver.execute_async_script(
        """const [words, done] = arguments;
        caches.open("slipway-pages").then((cache) => cache.match(location.pathname, { ignoreVary: true }))
          .then(async (copy) => done(!!copy && (await copy.text()).includes(words))).catch(() => done(false));""", words)


def number(driver, name):
    return int(driver.find_element(By.CSS_SELECTOR, f"[data-muster-{name}]").text)


def mark(driver, status, names):
    """Presses the button of each, as fast as a hand could not."""
    return driver.execute_script(
        """const [status, names] = arguments; let count = 0;
        for (const row of document.querySelectorAll(".muster-row")) {
          if (names && !names.includes(row.querySelector("strong").textContent)) continue;
          row.querySelector(`button[value=${status}]`).click(); count += 1;
        }
        return count;""", status, names)


def waiting(driver):
    return driver.execute_script("return SlipwayOffline.state.waiting")


def test_gas_leak_with_a_dead_network(plant):
    people_in(plant, 292, "contractor", "협력")
    people_in(plant, 11, "visitor", "손님")
    with open_browser(390, 900) as one, open_browser(390, 900) as two:
        for driver, person in [(one, plant.manager), (two, plant.executive)]:
            driver.set_script_timeout(30)
            let_in(driver, plant, person)
        done = plant.worker.do("safety.emergency.declare", thing="gaon-stamping", scenario="gas", drill=False)
        emergency = done["safety.emergency.declared"].split("/")[1]
        assert "safety.zone.closed" in done
        root = cap(plant, emergency)
        assert (root.findtext(CAP + "status"), root.findtext(CAP + "msgType")) == ("Actual", "Alert")
        assert "정문 앞 마당" in root.find(CAP + "info").findtext(CAP + "instruction")
        assert root.find(f"{CAP}info/{CAP}area/{CAP}circle") is not None

        for driver in [one, two]:
            driver.get(plant.url + SITE)
            wait_for(lambda: kept(driver, emergency), 60, "the roster kept on the phone")
            assert len(driver.find_elements(By.CSS_SELECTOR, ".muster-row")) == 312
            assert number(driver, "open") == 312, "nobody is safe because nothing is known of them"
            assert driver.execute_script("return document.documentElement.scrollWidth") <= 390
        names = [row.text for row in one.find_elements(By.CSS_SELECTOR, ".muster-row strong")]
        assert sum(name.startswith("손님") or name.startswith("방문자") for name in names) == 12

        # The network dies, and the house with it.
        plant.process.terminate()
        plant.process.wait(60 * patience())
        one.get(plant.url + SITE)
        assert len(one.find_elements(By.CSS_SELECTOR, ".muster-row")) == 312, "from the copy on the phone"
        wait_for(lambda: one.find_element(By.ID, "outbox").is_displayed(), 30, "the word that there is no connection")
        assert mark(one, "safe", [name for name in names if name not in ("협력 7", "협력 8")]) == 310
        wait_for(lambda: waiting(one) == 310, 60, "all marks on the disk")
        # The manual is there too, and the marks are after coming back from it.
        one.get(plant.url + "/safety/manuals/gaon-plant")
        one.wait_text("가스 누출")
        one.get(plant.url + SITE)
        wait_for(lambda: number(one, "open") == 2, 30, "what this phone marked, laid over the old copy")
        two.get(plant.url + SITE)
        mark(two, "safe", ["협력 7"])
        mark(two, "missing", ["협력 9"])
        wait_for(lambda: waiting(two) == 2, 30, "the other phone's marks on its disk")
        assert number(two, "open") == 311

        plant.start()
        for driver in [one, two]:
            driver.execute_script("SlipwayOffline.flush()")
            wait_for(lambda: waiting(driver) == 0, 90, "the marks sent")
            assert driver.execute_script("return SlipwayOffline.state.refused") == 0
        def together():
            # A house that is slow to answer is spoken for by the copy that the phone kept.
            one.get(plant.url + SITE)
            return number(one, "open") == 2 and number(one, "conflicts") == 1

        wait_for(together, 20, "what both marked, put together")
        rows = {row.find_element(By.TAG_NAME, "strong").text: row.get_attribute("data-standing")
                for row in one.find_elements(By.CSS_SELECTOR, ".muster-row")[:3]}
        assert rows.pop("협력 9") == "conflict", "two who saw different things are never made one"
        assert rows.pop("협력 8") == "unknown"
        assert list(rows.values()) == ["safe"]

        # By a person, on the page; and the end only by whoever commands, with a reason for each who was not seen safe.
        place = f"/safety/emergencies/{emergency}"
        clear = plant.executive.call("safety.emergency.clear", emergency=emergency)
        assert (clear.status_code, clear.json()["code"]) == (403, "emergency.commander-only")
        plant.executive.do("safety.emergency.command", emergency=emergency)
        clear = plant.executive.call("safety.emergency.clear", emergency=emergency)
        assert (clear.status_code, clear.json()["code"]) == (409, "emergency.unaccounted")
        two.get(plant.url + place)
        two.press("a[href*='safety.muster.resolve']")
        wait_for(lambda: two.find_elements(By.CSS_SELECTOR, "[name=reason]"), 20, "the form")
        two.execute_script("const it = document.querySelector('[name=status][value=safe]') ?? document.querySelector('[name=status] option[value=safe]'); it.selected = it.checked = true;")
        two.find_element(By.CSS_SELECTOR, "[name=reason]").send_keys("마당 뒤편에서 직접 확인")
        two.press("main form [type=submit]")
        two.wait_text("협력 8", "main", 30)
        assert "협력 9" not in two.find_element(By.CSS_SELECTOR, "main").text
        two.find_element(By.ID, "f-reason-0").send_keys("119가 병원으로 이송")
        two.press("form[action='/do/safety.emergency.clear'] [type=submit]")
        if two.find_elements(By.CSS_SELECTOR, "[name=confirmed]"):
            two.press("main form [type=submit]")
        two.wait_text("상황 해제: 처리했습니다", "body", 30)
    end = cap(plant, emergency)
    assert (end.findtext(CAP + "status"), end.findtext(CAP + "msgType")) == ("Actual", "Cancel")
    assert end.findtext(CAP + "references").split(",")[1] == root.findtext(CAP + "identifier")
    assert plant.stranger.page(f"/safety/emergencies/{emergency}").status_code == 404
    assert plant.stranger.page(f"/safety/emergencies/{emergency}/cap.xml").status_code == 404


def test_a_drill_never_leaves_as_actual(plant):
    done = plant.worker.do("safety.emergency.declare", thing="gaon-plant", scenario="fire", drill=True, message="<status>Actual</status>")
    emergency = done["safety.emergency.declared"].split("/")[1]
    assert "safety.zone.closed" not in done
    plant.manager.do("safety.emergency.update", emergency=emergency, ko="</note><status>Actual</status>")
    for message in [1, 2]:
        root = cap(plant, emergency, message)
        assert [status.text for status in root.findall(CAP + "status")] == ["Exercise"]
        assert root.findtext(CAP + "note")
        assert all(info.findtext(CAP + "headline").startswith("[") for info in root.findall(CAP + "info"))
    assert "훈련" in plant.worker.page(SITE).text
    again = plant.manager.call("safety.cap.hand-over", emergency=emergency, to="119 상황실")
    assert again.status_code in (200, 201)
