"""Who comes in and who does not; what is refused, and how it is said; pages for every eye and hand."""
import gzip
import pathlib
import re
import subprocess
import time

import pytest
import requests
from influxdb_client import InfluxDBClient, Point
from influxdb_client.client.write_api import SYNCHRONOUS
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from conftest import let_in, open_browser
from house import PASSWORD, House, wait_for

PAGES = ["/", "/alarms", "/readings", "/import", "/things", "/things?view=table", "/record", "/ai-uses", "/tokens", "/people", "/audit",
         "/machines/press-2", "/do/sensing.limit.set", "/nowhere"]


def test_a_stranger_gets_nowhere(sample):
    for page in PAGES[:-1]:
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
    answer = requests.get(sample.url + "/signin", timeout=30)
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    cookie = next(c for c in sample.session.cookies if c.name == "slipway_session")
    assert cookie.has_nonstandard_attr("HttpOnly")


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
    bomb = gzip.compress(b"a" * (40 << 20))
    assert sample.api("POST", "/api/v2/write", data=bomb, headers={"Content-Encoding": "gzip"}).status_code in (413, 422)
    assert sample.api("POST", "/api/v2/write", data=b"x" * (17 << 20)).status_code == 413


def test_an_influx_client_with_a_token_from_the_page(sample):
    driver = open_browser()
    try:
        let_in(driver, sample, sample.session)
        driver.get(sample.url + "/tokens")
        driver.find_element(By.NAME, "name").send_keys("telegraf")
        driver.find_element(By.CSS_SELECTOR, "input[name=scope][value='readings:write']").click()
        driver.find_element(By.CSS_SELECTOR, "form[action='/tokens'] button").click()
        token = wait_for(lambda: re.search(r"slw_[A-Za-z0-9_-]{43}", driver.page_source), 20, "the token")[0]
    finally:
        driver.quit()
    with InfluxDBClient(url=sample.url, token=token, org="x") as client:
        client.write_api(write_options=SYNCHRONOUS).write(
            bucket="x", record=Point("boiler").tag("unit", "Cel").field("temperature", 81.5))
    readings = sample.api("GET", "/api/v1/series/boiler/temperature").json()["readings"]
    assert [r["value"] for r in readings] == [81.5]
    # What it is not for, it may not do.
    assert sample.api("GET", "/api/v1/alarms", token=token).status_code == 403


def test_a_use_of_ai_is_switched_off_and_hard_limits_stay(house):
    session = house.person()
    form = {"use": "sensing.tail", "on": "false", "reason": "시험", "csrf": session.csrf(), "next": "/ai-uses"}
    page = session.post(house.url + "/do/district.ai.switch", data=form, timeout=30)
    assert "아래 내용으로 처리합니다" in page.text
    done = session.post(house.url + "/do/district.ai.switch", data={**form, "confirmed": "yes"}, timeout=30)
    assert "멈춤" in done.text
    now = int(time.time())
    lines = "".join(f"fan v={10 + (i * 7 % 5) / 10} {now - 700 + i}\n" for i in range(600))
    assert house.api("POST", "/api/v2/write", params={"precision": "s"}, data=lines).status_code == 204
    assert house.api("POST", "/api/v1/commands/sensing.limit.set", json={
        "thing": "fan", "property": "v", "high": 50, "reason": "sheet", "confirmed": True}).status_code == 201
    spikes = "".join(f"fan v={40 + i % 3} {now - 60 + i}\n" for i in range(30)) + f"fan v=60 {now}\n"
    assert house.api("POST", "/api/v2/write", params={"precision": "s"}, data=spikes).status_code == 204
    alarms = wait_for(lambda: house.alarms(), 20, "the limit's alarm")
    assert [a["priority"] for a in alarms] == ["critical"]


AXE = """
const done = arguments[arguments.length - 1];
axe.run(document, {resultTypes: ['violations']}).then(r => done(r.violations
  .filter(v => ['serious', 'critical'].includes(v.impact)).map(v => v.id + ': ' + v.nodes.map(n => n.html).slice(0, 2).join(' | '))));
"""


@pytest.mark.parametrize("language,width,theme", [("ko", 1440, "light"), ("en", 390, "dark"), ("ko", 390, "light")])
def test_pages_have_no_serious_accessibility_fault(sample, language, width, theme):
    import axe_playwright_python
    axe = next(pathlib.Path(axe_playwright_python.__file__).parent.rglob("axe.min.js")).read_text()
    alarm = wait_for(lambda: sample.alarms(view="all"), 90, "an alarm")[0]
    driver = open_browser(width)
    try:
        driver.execute_cdp_cmd("Page.setBypassCSP", {"enabled": True})
        let_in(driver, sample, sample.session, language)
        driver.add_cookie({"name": "theme", "value": theme})
        for page in [*PAGES, f"/alarms/{alarm['id']}", f"/trace/{alarm['correlation']}", "/signin"]:
            driver.get(sample.url + page)
            assert driver.find_element(By.TAG_NAME, "html").get_attribute("lang") == language, page
            driver.execute_script(axe)
            assert driver.execute_async_script(AXE) == [], page
            overflow = driver.execute_script("return document.documentElement.scrollWidth > window.innerWidth + 1")
            assert not overflow, page
    finally:
        driver.quit()


def test_signing_in_by_keyboard_alone(sample, browser):
    browser.delete_all_cookies()
    browser.get(sample.url + "/alarms")
    for _ in range(12):
        if browser.switch_to.active_element.get_attribute("name") == "name":
            break
        browser.switch_to.active_element.send_keys(Keys.TAB)
    name = browser.switch_to.active_element
    assert name.get_attribute("name") == "name"
    name.send_keys("nobody", Keys.TAB)
    browser.switch_to.active_element.send_keys("wrong password at all", Keys.ENTER)
    wait_for(lambda: browser.find_elements(By.CSS_SELECTOR, "[role=alert]"), 20, "the refusal")


def test_https_with_strict_cookies(tmp_path):
    key, certificate = tmp_path / "key.pem", tmp_path / "cert.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, "-days", "2",
         "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"], check=True, capture_output=True)
    house = House(tmp_path, "--tls-cert", str(certificate), "--tls-key", str(key), scheme="https").start()
    try:
        answer = requests.get(house.url + "/signin", verify=str(certificate), timeout=30)
        assert answer.status_code == 200 and "max-age" in answer.headers["Strict-Transport-Security"]
        session = house.person()
        assert next(c for c in session.cookies if c.name == "slipway_session").secure
    finally:
        house.stop()


def test_the_command_line_says_what_it_can_and_why_it_cannot(sample):
    assert "sensing.alarm.acknowledge" in sample.cli("do").stdout
    assert sample.cli("do", "no.such.command", check=False).returncode == 1
    assert sample.cli("do", "sensing.alarm.clear", "alarm=x", "reason=y", "--json", check=False).returncode == 3
    assert sample.cli("doctor").returncode == 0
    words = ["simulate", "--seed", "7", "--seconds", "3", "--start", "2026-11-21T00:00:00Z"]
    from house import BINARY
    first, second = (subprocess.run([BINARY, *words], capture_output=True).stdout for _ in range(2))
    assert first == second and first.count(b"\n") > 60
    metrics = sample.api("GET", "/metrics").text
    assert re.search(r'^slipway_readings_total\{source="mqtt"\} \d', metrics, re.M)
    assert PASSWORD not in sample.text()


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
