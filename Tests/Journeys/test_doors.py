"""Who comes in and who does not; what is refused, and how it is said; pages for every eye and hand."""
import datetime
import gzip
import json
import pathlib
import re
import subprocess
import time

import paho.mqtt.client as mqtt
import pytest
import requests
from influxdb_client import InfluxDBClient, Point
from influxdb_client.client.write_api import SYNCHRONOUS
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from conftest import let_in, open_browser
from house import BINARY, PASSWORD, House, wait_for

PAGES = ["/", "/alarms", "/readings", "/import", "/things", "/things?view=table", "/record", "/ai-uses", "/tokens", "/people", "/audit",
         "/machines/press-2", "/do/sensing.limit.set", "/nowhere"]


def test_a_stranger_gets_nowhere(sample):
    # The public part of the Record is open to everybody.
    assert requests.get(sample.url + "/record", allow_redirects=False, timeout=30).status_code == 200
    for page in [page for page in PAGES[:-1] if page != "/record"]:
        answer = requests.get(sample.url + page, allow_redirects=False, timeout=30)
        assert answer.status_code == 303 and answer.headers["Location"].startswith("/signin"), page
    for call in ["/api/v1/alarms", "/api/v1/things", "/api/v1/series/press-2/vibration", "/metrics"]:
        answer = requests.get(sample.url + call, headers={"Accept": "application/json"}, timeout=30)
        assert answer.status_code == 401, call
        assert answer.headers["Content-Type"] == "application/problem+json"
    answer = requests.post(sample.url + "/api/v2/write", data="a v=1", headers={"Authorization": "Token slw_wrong"}, timeout=30)
    assert answer.status_code == 401


def test_the_first_link_works_once_and_cookies_and_policies_are_strict(sample):
    link = re.search(r"/setup/\S+", sample.text())[0]
    assert requests.get(sample.url + link, timeout=30).status_code == 404
    for page in [*PAGES, "/signin", "/api/v1/alarms", "/assets/slipway.js"]:
        answer = sample.session.get(sample.url + page, timeout=30)
        policy = dict(part.strip().partition(" ")[::2] for part in answer.headers["Content-Security-Policy"].split(";"))
        assert policy["default-src"] == "'none'" and policy["script-src"] == "'self'", page
        assert policy["frame-ancestors"] == "'none'" and policy["form-action"] == "'self'" and policy["base-uri"] == "'none'", page
        assert answer.headers["X-Content-Type-Options"] == "nosniff", page
        assert not re.search(r"<script(?![^>]*\ssrc=)|\son[a-z]+=|javascript:", answer.text) or "/assets/" in page, page
    cookie = next(c for c in sample.session.cookies if c.name == "slipway_session")
    assert cookie.has_nonstandard_attr("HttpOnly") and cookie.get_nonstandard_attr("SameSite") in ("Lax", "Strict")
    # Wherever somebody is sent after signing in, it is within the house.
    for foreign in ["https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example"]:
        page = requests.get(sample.url + "/signin", params={"next": foreign}, timeout=30).text
        assert 'name="next" value="/"' in page, foreign


def test_a_forged_form_is_refused(sample):
    answer = sample.session.post(sample.url + "/tokens", data={"name": "x", "scope": "read"}, timeout=30)
    assert answer.status_code == 403
    answer = sample.session.post(sample.url + "/tokens", data={"name": "x", "scope": "read", "csrf": "0" * 43}, timeout=30)
    assert answer.status_code == 403


def test_bad_lines_are_rejected_alone(sample):
    body = "good-1 v=1\nbad v=abc\ngood-2 v=2\ngood-3 v=NaN,w=3\n"
    answer = sample.api("POST", "/api/v2/write", data=body)
    assert answer.status_code == 400
    errors = {(e["line"], e["field"], e["rule"]) for e in answer.json()["errors"]}
    assert (2, "v", "number") in errors and any(line == 4 and field == "v" for line, field, _ in errors)
    for thing in ("good-1", "good-2"):
        assert len(sample.api("GET", f"/api/v1/series/{thing}/v").json()["readings"]) == 1
    answer = sample.api("POST", "/api/v1/readings", json=[
        {"thing": "good-4", "property": "v", "value": 1}, {"thing": "good-4", "property": "t", "value": "warm"}])
    assert answer.status_code == 207 and answer.json()["stored"] == 1 and answer.json()["errors"][0]["line"] == 2
    answer = sample.api("POST", "/api/v2/write", data=gzip.compress(b"zipped v=1"), headers={"Content-Encoding": "gzip"})
    assert answer.status_code == 204
    # Too large for a number, a text, a count beyond 64 bits; blank lines and comments count as lines.
    body = "# readings of today\n\nbad-1 v=1e999\nbad-2 v=\"warm\",w=7\nbad-3 v=99999999999999999999i\nbad-4 v=1 never\nbad-5\nfine v=1\n"
    answer = sample.api("POST", "/api/v2/write", data=body)
    assert answer.status_code == 400 and "line 3" in answer.json()["message"]
    assert [(e["line"], e["field"]) for e in answer.json()["errors"]] == [
        (3, "v"), (4, "v"), (5, "v"), (6, "timestamp"), (7, "fields")], answer.json()
    assert all(e["rule"] and e["detail"] for e in answer.json()["errors"])
    assert len(sample.api("GET", "/api/v1/series/fine/v").json()["readings"]) == 1
    assert len(sample.api("GET", "/api/v1/series/bad-2/w").json()["readings"]) == 1, "what was good on a sound line is kept"
    for thing in ("bad-1", "bad-3", "bad-4"):
        assert sample.api("GET", f"/api/v1/series/{thing}/v").status_code == 404, thing
    bomb = gzip.compress(b"a" * (40 << 20))
    assert sample.api("POST", "/api/v2/write", data=bomb, headers={"Content-Encoding": "gzip"}).status_code in (413, 422)
    assert sample.api("POST", "/api/v2/write", data=b"x" * (17 << 20)).status_code == 413


def test_a_bad_message_is_rejected_alone_over_mqtt(sample):
    port, password = sample.broker()
    before = sum_of(sample, 'slipway_readings_rejected_total{source="mqtt"}')
    client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2)
    client.username_pw_set("gateway", password)
    client.connect("127.0.0.1", port)
    client.loop_start()
    for topic, payload in [("slipway/crane/load", "1"), ("slipway/crane/load", "{broken"), ("slipway/crane/load", '"warm"'),
                           ("slipway/crane/load/deep", "1"), ("slipway/crane", '{"values":{"sway":2,"note":"x"}}'),
                           ("slipway/crane/load", "3")]:
        client.publish(topic, payload, qos=1).wait_for_publish(10)
    client.loop_stop()

    def values(name):
        answer = sample.api("GET", f"/api/v1/series/crane/{name}")
        return [r["value"] for r in answer.json()["readings"]] if answer.status_code == 200 else []

    wait_for(lambda: values("load")[-1:] == [3], 20, "the last message")
    assert values("load") == [1, 3] and values("sway") == [2]
    assert sum_of(sample, 'slipway_readings_rejected_total{source="mqtt"}') == before + 4


def sum_of(house, name):
    found = re.search(rf"^{re.escape(name)} (\S+)$", house.api("GET", "/metrics").text, re.M)
    return float(found[1]) if found else 0.0


def test_a_stranger_cannot_publish(sample):
    port, _ = sample.broker()
    for name, password in [(None, None), ("gateway", "guessed")]:
        client, codes = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2), []
        client.on_connect = lambda c, data, flags, code, properties: codes.append(code.is_failure)
        if name:
            client.username_pw_set(name, password)
        client.connect("127.0.0.1", port)
        client.loop_start()
        wait_for(lambda: codes, 10, "the broker's answer")
        client.loop_stop()
        client.disconnect()
        assert codes[0] is True, name


def test_an_influx_client_with_a_token_from_the_page(sample):
    with open_browser() as driver:
        let_in(driver, sample, sample.session)
        driver.get(sample.url + "/tokens")
        driver.find_element(By.NAME, "name").send_keys("telegraf")
        driver.find_element(By.CSS_SELECTOR, "[name=scope] option[value='readings:write']").click()
        driver.find_element(By.CSS_SELECTOR, "form[action='/tokens'] button").click()
        token = wait_for(lambda: re.search(r"slw_[A-Za-z0-9_-]{43}", driver.page_source), 20, "the token")[0]
    with InfluxDBClient(url=sample.url, token=token, org="x") as client:
        client.write_api(write_options=SYNCHRONOUS).write(
            bucket="x", record=Point("boiler").tag("unit", "Cel").field("temperature", 81.5))
    readings = sample.api("GET", "/api/v1/series/boiler/temperature").json()["readings"]
    assert [r["value"] for r in readings] == [81.5]
    # What it is not for, it may not do.
    assert sample.api("GET", "/api/v1/alarms", token=token).status_code == 403
    answer = sample.api("POST", "/api/v1/commands/sensing.limit.set", token=token, json={"thing": "boiler", "confirmed": True})
    assert answer.status_code == 403 and answer.headers["Content-Type"] == "application/problem+json"
    # Revoked on the page, it opens nothing any more.
    page = sample.session.get(sample.url + "/tokens", timeout=30).text
    action = re.search(r'action="(/tokens/[^"]+/revoke)"[^>]*?>(?:(?!</form>).)*telegraf', page, re.S)
    revoke = action[1] if action else re.findall(r'action="(/tokens/[^"]+/revoke)"', page)[0]
    assert sample.session.post(sample.url + revoke, data={"csrf": sample.session.csrf()}, timeout=30).status_code == 200
    assert sample.api("POST", "/api/v2/write", token=token, data="boiler v=1").status_code == 401


def test_a_use_of_ai_is_switched_off_on_its_page_and_hard_limits_stay(house):
    session = house.person()
    def strange(thing, last):
        """Ten minutes' worth of the usual, and then readings far from it, all of them recent enough to be live."""
        begin = int((time.time() - 110) * 1000)
        values = [10 + (i * 7 % 5) / 10 for i in range(600)] + [40 + i % 3 for i in range(40)] + [last]
        lines = "".join(f"{thing} v={value} {begin + i * 150}\n" for i, value in enumerate(values))
        assert house.api("POST", "/api/v2/write", params={"precision": "ms"}, data=lines).status_code == 204

    def switch(word):
        driver.get(house.url + "/ai-uses")
        driver.press("#use-sensing\\.tail .actions a")
        wait_for(lambda: driver.find_elements(By.NAME, "reason"), 20, "the form")[0].send_keys("시험")
        driver.press("form:not(:has([name=confirmed])) button.button-primary")
        # Nothing is done before it has been read back and confirmed.
        driver.press("form:has([name=confirmed]) button.button-primary")
        wait_for(lambda: driver.current_url.endswith("/ai-uses"), 20, "the page of uses")
        driver.wait_text(word, "#use-sensing\\.tail .panel-head")

    with open_browser() as driver:
        let_in(driver, house, session)
        switch("멈춤")
        assert house.api("POST", "/api/v2/write", data="fan v=10").status_code == 204
        driver.get(house.url + "/do/sensing.limit.set?thing=fan&property=v")
        driver.find_element(By.NAME, "high").send_keys("50")
        driver.find_element(By.NAME, "reason").send_keys("사양서 4쪽")
        driver.press("form:not(:has([name=confirmed])) button.button-primary")
        driver.press("form:has([name=confirmed]) button.button-primary")
        wait_for(lambda: "/trace/" in driver.current_url, 20, "the limit's trace")
        strange("fan", 60)
        alarms = wait_for(lambda: house.alarms(), 20, "the limit's alarm")
        assert [(a["thing"], a["priority"]) for a in alarms] == [("fan", "critical")]
        # Switched on again (by somebody who has learnt to operate it), it speaks of just what it was silent about.
        certify(house, session)
        switch("작동 중")
        strange("pump", 41)
        alarm = wait_for(lambda: next((a for a in house.alarms() if a["thing"] == "pump"), None), 20, "the detector's alarm")
        assert trace_authors(house, alarm) == ["model:sensing.tail"]
        # And that it was switched, by whom and why, stands on the Record.
        page = session.get(house.url + "/record?filter=ai", timeout=30).text
        assert page.count("district.ai") >= 2 or page.count("/trace/") >= 2, page


def certify(house, session):
    """Has a colleague record that whoever is signed in has learnt to operate AI: nobody certifies themselves."""
    house.session = session
    colleague = house.member("", "zoneOfficer")
    me = colleague.page("/api/v1/choices/person", params={"q": "김영숙"}).json()[0]["value"]
    today = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=9))).date().isoformat()
    colleague.do("stewardship.certificate.record", person=me, module="ai.operate", score=95, passed=today)


def trace_authors(house, alarm):
    return [s["author"] for s in house.api("GET", f"/api/v1/trace/{alarm['correlation']}").json()["steps"]]


AXE = """
const done = arguments[arguments.length - 1];
axe.run(document, {resultTypes: ['violations']}).then(r => done(r.violations
  .filter(v => ['serious', 'critical'].includes(v.impact)).map(v => v.id + ': ' + v.nodes.map(n => n.html).slice(0, 2).join(' | '))));
"""


@pytest.mark.parametrize("language,width,theme", [
    ("ko", 1440, "light"), ("en", 390, "dark"), ("ko", 390, "light"), ("en", 1440, "dark")])
def test_pages_have_no_serious_accessibility_fault(sample, language, width, theme):
    import axe_playwright_python
    axe = next(pathlib.Path(axe_playwright_python.__file__).parent.rglob("axe.min.js")).read_text()
    alarm = wait_for(lambda: sample.alarms(view="all"), 90, "an alarm")[0]
    with open_browser(width) as driver:
        driver.execute_cdp_cmd("Page.setBypassCSP", {"enabled": True})
        let_in(driver, sample, sample.session, language)
        driver.add_cookie({"name": "theme", "value": theme})
        for page in [*PAGES, f"/alarms/{alarm['id']}", f"/trace/{alarm['correlation']}", "/signin"]:
            driver.get(sample.url + page)
            html = driver.find_element(By.TAG_NAME, "html")
            assert html.get_attribute("lang") == language and html.get_attribute("data-theme") == theme, page
            assert driver.execute_script("return window.innerWidth") == width, page
            driver.execute_script(axe)
            assert driver.execute_async_script(AXE) == [], page
            overflow = driver.execute_script("return document.documentElement.scrollWidth > window.innerWidth + 1")
            assert not overflow, page


def test_from_signing_in_to_acknowledging_by_keyboard_alone(house):
    """No pointer is used: only the tabulator key, letters and the enter key."""
    name = "김 영숙"
    link = re.search(r"/setup/\S+", house.text())[0]
    made = requests.post(house.url + link, allow_redirects=False, timeout=60, data={
        "token": link.split("/")[-1], "name": name, "password": PASSWORD, "again": PASSWORD})
    assert made.status_code == 303
    house.api("POST", "/api/v2/write", data="pump v=1")
    house.api("POST", "/api/v1/commands/sensing.limit.set", json={
        "thing": "pump", "property": "v", "high": 5, "reason": "sheet", "confirmed": True})
    house.api("POST", "/api/v2/write", data="pump v=9")
    alarm = wait_for(house.alarms, 20, "the alarm")[0]

    with open_browser() as driver:
        driver.get(house.url + "/alarms")
        driver.tab_to("the name", lambda e: e.get_attribute("name") == "name").send_keys(name)
        driver.tab_to("the password", lambda e: e.get_attribute("name") == "password").send_keys("not it at all", Keys.ENTER)
        wait_for(lambda: driver.find_elements(By.CSS_SELECTOR, "[role=alert]"), 20, "the refusal")
        driver.tab_to("the password", lambda e: e.get_attribute("name") == "password").send_keys(PASSWORD, Keys.ENTER)
        wait_for(lambda: driver.current_url.endswith("/alarms"), 20, "the page that was asked for")
        skip = driver.tab_to("the skip link", lambda e: (e.get_attribute("href") or "").endswith("#main"))
        skip.send_keys(Keys.ENTER)
        driver.tab_to("the alarm", lambda e: (e.get_attribute("href") or "").endswith(alarm["id"])).send_keys(Keys.ENTER)
        wait_for(lambda: driver.current_url.endswith(alarm["id"]), 20, "the alarm's page")
        driver.tab_to("the note", lambda e: e.get_attribute("name") == "note").send_keys("키보드로 확인")
        driver.tab_to("the button", lambda e: e.tag_name == "button" and e.get_attribute("class").count("button-primary")).send_keys(Keys.ENTER)
        driver.wait_text("키보드로 확인", ".history")
    assert house.alarms(view="all")[0]["state"] == "acknowledged-active"


def test_https_with_strict_cookies(tmp_path):
    key, certificate = tmp_path / "key.pem", tmp_path / "cert.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, "-days", "2",
         "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"], check=True, capture_output=True)
    house = House(tmp_path, "--tls-cert", str(certificate), "--tls-key", str(key), scheme="https", certificate=str(certificate)).start()
    try:
        answer = requests.get(house.url + "/signin", verify=str(certificate), timeout=30)
        assert answer.status_code == 200 and "max-age" in answer.headers["Strict-Transport-Security"]
        session = house.person()
        assert next(c for c in session.cookies if c.name == "slipway_session").secure
        assert session.get(house.url + "/alarms", timeout=30).status_code == 200
        with pytest.raises(requests.ConnectionError):
            requests.get(house.url.replace("https:", "http:"), timeout=10)
    finally:
        house.stop()


def test_behind_a_proxy_links_and_cookies_are_those_of_the_public_address(tmp_path):
    house = House(tmp_path, "--public-url", "https://slipway.example", scheme="https").start()
    try:
        assert "https://slipway.example/setup/" in house.text()
        assert house.url.startswith("http://127.0.0.1:")
        answer = requests.get(house.url + "/signin", timeout=30)
        assert "max-age" in answer.headers["Strict-Transport-Security"]
        session = house.person()
        assert next(c for c in session.cookies if c.name == "slipway_session").secure
    finally:
        house.stop()


def test_the_command_line_says_what_it_can_and_why_it_cannot(sample):
    listed = json.loads(sample.cli("do", "--json").stdout)["commands"]
    assert {"sensing.alarm.acknowledge", "sensing.limit.set", "district.ai.switch"} <= {c["name"] for c in listed}
    unknown = sample.cli("do", "no.such.command", "--json", check=False)
    assert unknown.returncode == 1 and json.loads(unknown.stdout)["status"] == 404
    # What must be read back is not done without a yes, and says so by a code of its own.
    cold = ["do", "fulfilment.cold.unwatch", "watch=haesol-center/chilled", "reason=y", "--json"]
    assert sample.cli(*cold, check=False).returncode == 3
    # What would be refused is refused before anybody is asked for a yes.
    assert sample.cli("do", "sensing.alarm.clear", "alarm=x", "reason=y", "--json", check=False).returncode == 1
    checks = json.loads(sample.cli("doctor", "--json").stdout)
    assert all(c["fine"] for c in checks if c["needed"]) and all(c["remedy"] for c in checks if not c["fine"])
    assert "Mosquitto" in {c["name"] for c in checks}
    # Without a house: a sentence and a code, no stack.
    alone = subprocess.run([BINARY, "do", "--data", str(sample.folder / "nobody")], capture_output=True, text=True)
    assert alone.returncode not in (0, 139) and alone.stderr.strip() and "Fatal" not in alone.stderr
    assert subprocess.run([BINARY, "serv"], capture_output=True).returncode == 64
    assert PASSWORD not in sample.text() and "slw_" not in sample.text()


def test_what_is_simulated_is_the_same_for_a_seed_and_can_be_written(house):
    words = ["simulate", "--seed", "1", "--seconds", "3", "--start", "2026-11-21T00:00:00Z"]
    first, second, other = (
        subprocess.run([BINARY, *words, *more], capture_output=True, check=True).stdout for more in ([], [], ["--seed", "2"]))
    assert first == second != other
    lines = [line for line in first.split(b"\n") if line]
    assert len(lines) > 60
    assert house.api("POST", "/api/v2/write", data=first).status_code == 204
    again = house.api("POST", "/api/v2/write", data=first)
    assert again.status_code == 204
    assert sum_of(house, 'slipway_readings_duplicate_total{source="influx"}') >= len(lines)


def test_operating_figures_are_prometheus_text(sample):
    answer = sample.api("GET", "/metrics")
    assert answer.headers["Content-Type"].startswith("text/plain")
    figure = re.compile(r'[a-zA-Z_:][a-zA-Z0-9_:]*(\{[a-zA-Z_][a-zA-Z0-9_]*="[^"\n]*"(,[a-zA-Z_][a-zA-Z0-9_]*="[^"\n]*")*\})? -?[0-9.eE+-]+')
    lines = [line for line in answer.text.split("\n") if line and not line.startswith("#")]
    assert lines and [line for line in lines if not figure.fullmatch(line)] == []
    names = [line.rsplit(" ", 1)[0] for line in lines]
    assert len(names) == len(set(names)), "no figure twice"
    assert sum_of(sample, 'slipway_readings_total{source="mqtt"}') > 0


def test_an_invited_safety_manager_sees_their_own_firm_only(sample):
    form = {"role": "safetyManager", "firm": "firm-gaon", "csrf": sample.session.csrf()}
    page = sample.session.post(sample.url + "/people", data=form, timeout=30)
    assert page.status_code == 200, page.text
    link = re.search(r"/setup/[A-Za-z0-9_-]{20,}", page.text)[0]
    guest = requests.Session()
    answer = guest.post(sample.url + link, allow_redirects=False, timeout=60, data={
        "token": link.split("/")[-1], "name": "가온 안전관리자 1", "password": PASSWORD, "again": PASSWORD})
    assert answer.status_code == 303, answer.text
    assert requests.get(sample.url + link, timeout=30).status_code == 404
    assert guest.get(sample.url + "/machines/press-2", timeout=30).status_code == 200
    assert guest.get(sample.url + "/machines/furnace-1", timeout=30).status_code == 404
    assert "furnace-1" not in guest.get(sample.url + "/readings", timeout=30).text
    assert guest.post(sample.url + "/people", timeout=30, data={
        "role": "zoneOfficer", "csrf": re.search(r'name="csrf" value="([^"]+)"', guest.get(sample.url + "/", timeout=30).text)[1],
    }).status_code == 422


def test_a_thing_is_chosen_by_its_name(sample, browser):
    browser.get(sample.url + "/do/sensing.limit.set")
    box = browser.find_element(By.ID, "f-thing")
    box.send_keys("2호")
    option = wait_for(lambda: browser.execute_script(
        "return [...document.querySelectorAll('#f-thing-list option')].find(o => o.value === 'press-2')?.textContent"), 20, "the press among the choices")
    browser.execute_script(
        "arguments[0].value = 'press-2'; arguments[0].dispatchEvent(new Event('input', {bubbles: true}))", box)
    sent = wait_for(lambda: browser.execute_script("return new FormData(document.querySelector('form.form')).get('thing')"), 20, "the choice")
    assert sent == "press-2"
    assert box.get_property("value") == option != "press-2"
