"""The main job: a reading becomes an alarm that a person sees, takes on and traces to a signed checkpoint."""
import base64
import hashlib
import json
import sqlite3
import subprocess
from contextlib import closing

import paho.mqtt.client as mqtt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from selenium.webdriver.common.by import By

from conftest import let_in, open_browser
from house import BINARY, SHARED, House, shown, wait_for


def press_alarm(house):
    return wait_for(
        lambda: next((a for a in house.alarms() if a["thing"] == "press-2" and a["property"] == "vibration"), None),
        60, "the alarm of press 2")


@pytest.fixture
def newborn(tmp_path):
    """A sample district that was just started, and in which nothing is wrong yet."""
    house = House(tmp_path, sample=True, newborn=True).start()
    house.session = house.person()
    yield house
    house.leave()


def test_live_mqtt_to_a_traced_alarm(browser, newborn):
    sample = newborn
    let_in(browser, sample, sample.session)
    # The page is opened before anything is wrong, and shows the alarm without being loaded anew.
    browser.get(sample.url + "/")
    assert browser.find_element(By.TAG_NAME, "html").get_attribute("lang") == "ko"
    assert "2호 프레스" not in shown(browser) and sample.alarms(view="all") == []
    browser.execute_script("window.neverLeft = true")
    browser.wait_text("2호 프레스", seconds=60)
    assert browser.execute_script("return window.neverLeft") is True, "the page was loaded anew"
    alarm = press_alarm(sample)
    assert alarm["origin"] == "live"

    browser.get(f"{sample.url}/alarms/{alarm['id']}")
    browser.find_element(By.ID, "f-note").send_keys("베어링 소음 <script>alert(1)</script>")
    browser.find_element(By.CSS_SELECTOR, "section.do form button").click()
    wait_for(lambda: "베어링 소음 <script>alert(1)</script>" in shown(browser), 20, "the note")
    assert "확인" in shown(browser, ".page-head")
    state = next(a for a in sample.alarms(view="all") if a["id"] == alarm["id"])["state"]
    assert state in ("acknowledged-active", "normal")
    assert "베어링 소음" in shown(browser, ".history") and not browser.find_elements(By.CSS_SELECTOR, ".history script")

    wait_for(lambda: "checkpoint" in trace(sample, alarm), 20, "a checkpoint over the acknowledgement")
    browser.get(f"{sample.url}/trace/{alarm['correlation']}")
    page = shown(browser)
    for step in ["측정값 수신", "저장 완료", "경보 발생", "경보 확인", "체크포인트까지 검증됨"]:
        assert step in page, page
    seen = trace(sample, alarm)
    kinds = [s["type"] for s in seen["steps"]]
    assert kinds[0] == "sensing.alarm.raised" and "sensing.alarm.acknowledged" in kinds
    assert "safety.hazard.proposed" in kinds, "an alarm of this priority proposes a hazard"
    assert seen["steps"][0]["author"] == "model:sensing.tail"
    assert seen["reading"]["series"] == "press-2/vibration"
    assert seen["checkpoint"]["included"] is True


def trace(house, alarm):
    return house.api("GET", f"/api/v1/trace/{alarm['correlation']}").json()


def test_an_own_mqtt_message_becomes_a_reading_and_passing_a_limit_an_alarm(sample):
    port, password = sample.broker()
    sample.cli("do", "sensing.limit.set", "thing=press-1", "property=pit_gas", "high=10", "reason=H2S 10 ppm", "--yes")
    client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2)
    client.username_pw_set("gateway", password)
    client.connect("127.0.0.1", port)
    client.loop_start()
    client.publish("slipway/press-1/pit_gas", "9.5", qos=1).wait_for_publish(10)
    client.publish("slipway/press-1", '{"unit":"[ppm]","values":{"pit_gas":10.4}}', qos=1).wait_for_publish(10)
    client.loop_stop()
    alarm = wait_for(lambda: next((a for a in sample.alarms() if a["property"] == "pit_gas"), None), 20, "the limit's alarm")
    assert alarm["priority"] == "critical"
    assert [s["author"] for s in trace(sample, alarm)["steps"]][0] == "rule:sensing.limit"


def test_a_stranger_verifies_the_log_with_other_tools(sample, tmp_path):
    """Checkpoint, tiles and proofs by their standards alone: C2SP signed-note and tlog-tiles, RFC 6962."""
    alarm = press_alarm(sample)
    wait_for(lambda: "checkpoint" in trace(sample, alarm), 20, "a checkpoint over the alarm")
    raised = next(s for s in trace(sample, alarm)["steps"] if s["type"] == "sensing.alarm.raised")
    leaf = int(raised["leaf"])
    note = sample.api("GET", "/checkpoint").text
    key = sample.api("GET", "/verifier-key").text.strip()
    body, _, signatures = note.partition("\n\n")
    origin, size, root = (body + "\n").split("\n")[:3]
    name, _, rest = key.partition("+")
    public = base64.b64decode(rest.partition("+")[2])
    line = next(s for s in signatures.split("\n") if s.startswith(f"— {name} "))
    number, signature = (signed := base64.b64decode(line.split(" ")[2]))[:4], signed[4:]
    # A note's key is named by the hash of its name, its kind and itself.
    assert number == hashlib.sha256(name.encode() + b"\n" + public).digest()[:4] == bytes.fromhex(rest.partition("+")[0])
    Ed25519PublicKey.from_public_bytes(public[1:]).verify(signature, (body + "\n").encode())
    size = int(size)

    entries = []
    for index in range(0, size, 256):
        width = min(256, size - index)
        part = f".p/{width}" if width < 256 else ""
        bundle = sample.api("GET", f"/tile/entries/{index // 256:03d}{part}").content
        while bundle:
            length = int.from_bytes(bundle[:2], "big")
            entries.append(bundle[2:2 + length])
            bundle = bundle[2 + length:]
    assert len(entries) == size

    def tree(leaves):
        if len(leaves) == 1:
            return hashlib.sha256(b"\0" + leaves[0]).digest()
        split = 1
        while split * 2 < len(leaves):
            split *= 2
        return hashlib.sha256(b"\1" + tree(leaves[:split]) + tree(leaves[split:])).digest()

    assert base64.b64encode(tree(entries)).decode() == root
    proof = sample.api("GET", f"/api/v1/record/proof/{leaf}").json()
    node, at, last = hashlib.sha256(b"\0" + entries[leaf]).digest(), leaf, int(proof["size"]) - 1
    for step in map(bytes.fromhex, proof["path"]):
        if at % 2 or at == last:
            node = hashlib.sha256(b"\1" + step + node).digest()
            while at % 2 == 0 and at:
                at, last = at // 2, last // 2
        else:
            node = hashlib.sha256(b"\1" + node + step).digest()
        at, last = at // 2, last // 2
    assert base64.b64encode(node).decode() == proof["checkpoint"].split("\n")[2]

    # The alarm's leaf hides its content until salt and event are disclosed; then it is this alarm and no other.
    with closing(sqlite3.connect(sample.data / "record.sqlite", timeout=30)) as db:
        salt, event = db.execute("SELECT salt, body FROM record_events WHERE leaf = ?", (leaf,)).fetchone()
    assert entries[leaf] == hashlib.sha256(salt + event).digest()
    assert json.loads(event)["type"] == "sensing.alarm.raised" and json.loads(event)["correlation"] == alarm["correlation"]
    # Canonical JSON (RFC 8785) has its members in order, whoever writes it.
    json.loads(event, object_pairs_hook=lambda members: sorted(n for n, _ in members) == [n for n, _ in members] or pytest.fail(event))

    saved = tmp_path / "checkpoint.txt"
    saved.write_text(note)
    done = subprocess.run(
        [BINARY, "verify", "--data", str(sample.data), "--checkpoint", str(saved), "--key", key, "--json"],
        capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


SKAB = SHARED / "data/sensing/skab/valve1/0.csv"


@pytest.mark.skipif(not SKAB.exists(), reason=f"{SKAB} is absent")
def test_skab_replay_becomes_an_acknowledged_traced_alarm(sample, browser):
    before = len(sample.alarms(view="all", size=500))
    dry = sample.cli("import", str(SKAB), "--thing", "skab-past", "--dry-run")
    assert "1147" in dry.stdout and "저장 stored 0" in dry.stdout
    assert sample.api("GET", "/api/v1/series/skab-past/pressure").status_code == 404, "a dry run stores nothing"
    first = sample.cli("import", str(SKAB), "--thing", "skab-past", "--json")
    assert '"findings":[{' in first.stdout and '"stored":9176' in first.stdout
    again = sample.cli("import", str(SKAB), "--thing", "skab-past", "--json")
    assert '"stored":0' in again.stdout and '"duplicates":9176' in again.stdout
    # The past raises no alarm: whatever is new is the live district's own.
    assert not [a for a in sample.alarms(view="all", size=500) if a["thing"] == "skab-past"], before

    sample.cli("import", str(SKAB), "--thing", "skab", "--replay", "--json")
    alarm = next(a for a in sample.alarms(view="all", size=500) if a["thing"] == "replay-skab")
    assert alarm["origin"] == "replay"
    sample.cli("do", "sensing.alarm.acknowledge", f"alarm={alarm['id']}", "note=재생 확인", "--json")
    wait_for(lambda: "checkpoint" in trace(sample, alarm), 20, "a checkpoint over the replay")
    seen = trace(sample, alarm)
    assert seen["checkpoint"]["included"] is True
    assert "sensing.alarm.acknowledged" in [s["type"] for s in seen["steps"]]

    browser.get(f"{sample.url}/alarms/{alarm['id']}")
    assert "재생" in shown(browser)
    browser.get(f"{sample.url}/machines/replay-skab")
    assert "재생" in shown(browser, "body")
    browser.get(f"{sample.url}/trace/{alarm['correlation']}")
    assert "체크포인트까지 검증됨" in shown(browser)


def test_acknowledging_works_without_script(sample):
    sample.cli("do", "sensing.limit.set", "thing=press-4", "property=oil", "high=5", "reason=시험", "--yes")
    assert sample.api("POST", "/api/v1/readings", json={"thing": "press-4", "property": "oil", "value": 6}).status_code == 200
    alarm = wait_for(lambda: next((a for a in sample.alarms() if a["property"] == "oil"), None), 20, "the alarm")
    with open_browser(390, 844, script=False) as driver:
        let_in(driver, sample, sample.session)
        driver.get(f"{sample.url}/alarms/{alarm['id']}")
        assert "no-js" in driver.find_element(By.TAG_NAME, "html").get_attribute("class"), "script ran"
        driver.press("section.do form button")
        driver.wait_text("경보 확인", ".history")
    assert next(a for a in sample.alarms(view="all") if a["id"] == alarm["id"])["state"].startswith("acknowledged")
