"""Inspections in a basement: forty taken without a connection, the browser killed twice, a clock that is wrong, an answer
that never came back: none lost, none doubled, the skew shown."""
import hashlib
import os
import pathlib
import re
import signal
import socket
import time

import pytest
from selenium.webdriver.common.by import By

from conftest import open_browser
from house import PASSWORD, House, wait_for

ROUNDS = 40
# How far the phone's clock stands ahead, in seconds.
AHEAD = 540

# The phone's clock, and an answer of the outbox that is lost on its way back although the house did what it was asked.
PHONE = """
const Real = Date;
self.Date = class extends Real {
  constructor(...words) { if (words.length) super(...words); else super(Real.now() + AHEAD); }
  static now() { return Real.now() + AHEAD; }
};
if (self.SyncManager) SyncManager.prototype.register = async () => {};
const send = self.fetch.bind(self);
self.fetch = async (place, options) => {
  const answer = await send(place, options);
  if (options?.method === "POST" && String(place) === "/api/v1/outbox" && !localStorage.getItem("lost")) {
    localStorage.setItem("lost", "yes");
    throw new TypeError("the answer was lost");
  }
  return answer;
};
""".replace("AHEAD", str(AHEAD * 1000))


class Phone:
    """A browser that keeps its profile, as a phone does, and can be killed."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder) / "profile"
        self.driver = None

    def open(self):
        self.driver = open_browser(390, 900, folder=self.folder)
        self.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": PHONE})
        return self.driver

    def kill(self):
        """As the battery does it: the browser's own process, found below the driver that started it, and at once."""
        chromedriver = self.driver.service.process.pid
        browsers = [int(path.parent.name) for path in pathlib.Path("/proc").glob("[0-9]*/stat") if parent(path) == chromedriver]
        assert browsers, "the browser's process is not there"
        for browser in browsers:
            os.kill(browser, signal.SIGKILL)
        self.driver.service.process.kill()
        self.driver.service.process.wait()
        for lock in self.folder.glob("Singleton*"):
            lock.unlink(missing_ok=True)

    def ask(self, script):
        """What a promise in the page comes to."""
        return self.driver.execute_async_script(
            "const done = arguments[arguments.length - 1]; (async () => (" + script + "))().then(done, (e) => done('failed: ' + e));")


def parent(stat):
    try:
        return int(stat.read_text().rsplit(")", 1)[1].split()[1])
    except (FileNotFoundError, ProcessLookupError):
        return None


@pytest.fixture
def basement(tmp_path):
    """A house at a fixed address, so that it comes back where the phone knows it; its manager, and the inspector."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    house = House(tmp_path, "--listen", f"127.0.0.1:{port}", sample=True).start()
    assert house.url.endswith(f":{port}")
    house.manager = house.member("firm-gaon", "safetyManager")
    house.inspector = house.member("firm-gaon", "worker")
    phone = Phone(tmp_path)
    yield house, phone
    if phone.driver:
        phone.driver.quit()
    house.leave()


def sign_in(house, phone):
    driver = phone.open()
    driver.get(house.url + "/signin")
    for name, value in [("slipway_session", house.inspector.cookies["slipway_session"]), ("slipway_language", "ko")]:
        # With an end, as the house sets it: a cookie without one dies with the browser.
        driver.add_cookie({"name": name, "value": value, "path": "/", "expiry": int(time.time()) + 86_400})
    return driver


def plan(house, count):
    """So many rounds for the inspector, by the firm's own short template; their names."""
    me = house.inspector.get(house.url + "/api/v1/outbox", timeout=60).json()["person"]
    house.manager.do("safety.template.publish", template="quick", title="짧은 점검", industry="press", questions=[
        {"id": "guard", "text": "방호장치가 있습니까?", "kind": "check", "severity": "severe", "photo": True},
        {"id": "why", "text": "왜 없습니까?", "kind": "text", "severity": "low", "when_question": "guard", "when_is": "no"},
        {"id": "oil", "text": "유압", "kind": "number", "severity": "medium", "unit": "MPa", "low": 1, "high": 2},
    ])
    return [
        house.manager.do(
            "safety.inspection.schedule", template="quick", place="gaon-stamping", responsible=me, every=1, unit="days",
        )["safety.inspection.scheduled"].split("/")[1]
        for _ in range(count)]


def open_round(house, phone, name):
    phone.driver.get(f"{house.url}/safety/inspections/take/{name}")
    wait_for(lambda: phone.driver.find_elements(By.CSS_SELECTOR, "form[data-take][data-ready]"), 20, f"the questions of {name}")


def pick(phone, question, value):
    driver = phone.driver
    before = driver.find_element(By.CSS_SELECTOR, "form[data-take]").get_attribute("data-saved")
    box = driver.find_element(By.CSS_SELECTOR, f"[data-question={question}] input[value={value}]")
    driver.execute_script("arguments[0].click()", box)
    wait_for(lambda: driver.find_element(By.CSS_SELECTOR, "form[data-take]").get_attribute("data-saved") != before, 10, "the answer kept")


def hand_in(phone):
    driver = phone.driver
    oil = driver.find_element(By.CSS_SELECTOR, "[data-question=oil] input[inputmode=decimal]")
    if not oil.get_attribute("value"):
        oil.send_keys("1.5")
    driver.execute_script("arguments[0].click()", driver.find_element(By.CSS_SELECTOR, "[data-take-signed]"))
    driver.execute_script("arguments[0].click()", driver.find_element(By.CSS_SELECTOR, "form[data-take] [type=submit]"))
    wait_for(lambda: driver.current_url.split("#")[0].endswith("/safety/inspections"), 20, "the list after handing in")


def results(house):
    page = house.manager.page("/safety/inspections/results?size=500&sort=-arrived").text
    return re.findall(r'href="/safety/inspections/results/([0-9a-f-]{36})"', page)


def test_forty_inspections_offline_killed_skewed_and_doubled_arrive_once_each(basement, tmp_path):
    house, phone = basement
    rounds = plan(house, ROUNDS)
    before = set(results(house))
    driver = sign_in(house, phone)
    driver.get(house.url + "/safety/inspections")
    wait_for(lambda: driver.find_element(By.TAG_NAME, "html").get_attribute("data-offline-ready"), 60, "the kept pages")
    assert {"/outbox", "/safety/inspections", *(f"/safety/inspections/take/{name}" for name in rounds)} <= set(kept_pages(phone))

    house.kill()
    photo = tmp_path / "guard.jpg"
    photo.write_bytes(bytes.fromhex("ffd8ffe000104a464946") + os.urandom(40_000))
    for number, name in enumerate(rounds):
        open_round(house, phone, name)
        if number == 7:
            pick(phone, "guard", "no")
            driver.find_element(By.CSS_SELECTOR, "[data-question=why] textarea").send_keys("정비하느라 떼어 두었음")
            driver.find_element(By.CSS_SELECTOR, "[data-question=guard] input[type=file]").send_keys(str(photo))
            wait_for(lambda: driver.find_elements(By.CSS_SELECTOR, "[data-question=guard] .thumb img[src^=blob]"), 10, "the photo")
        elif number == 19:
            # Killed in the middle of an inspection: what was tapped is there when the phone is on again.
            pick(phone, "guard", "yes")
            phone.kill()
            driver = phone.open()
            open_round(house, phone, name)
            assert driver.find_element(By.CSS_SELECTOR, "[data-question=guard] input[value=yes]").is_selected()
        else:
            pick(phone, "guard", "yes")
        hand_in(phone)
        if number == 29:
            # Killed right after one was handed in.
            phone.kill()
            driver = phone.open()
    driver.get(house.url + "/outbox")
    wait_for(lambda: len(driver.find_elements(By.CSS_SELECTOR, ".outbox-item[data-state=waiting]")) == ROUNDS, 20, "forty waiting")
    driver.wait_text("연결되지 않았습니다", "#outbox")
    keys = {item["key"] for item in phone.ask("await SlipwayOutbox.list()")}
    assert len(keys) == ROUNDS

    # Two batteries have died: the session is over, and nothing is lost by that either.
    house.start()
    driver.delete_all_cookies()
    driver.add_cookie({"name": "slipway_language", "value": "ko", "path": "/"})
    driver.get(house.url + "/outbox")
    wait_for(lambda: "/signin" in driver.current_url, 20, "the sign-in page")
    assert len(phone.ask("await SlipwayOutbox.list()")) == ROUNDS
    driver.find_element(By.NAME, "name").send_keys(house.inspector.name)
    driver.find_element(By.NAME, "password").send_keys(PASSWORD)
    driver.press("main form [type=submit]")
    wait_for(lambda: driver.current_url.endswith("/outbox"), 20, "the outbox after signing in")
    wait_for(lambda: len(driver.find_elements(By.CSS_SELECTOR, ".outbox-item[data-state=sent]")) == ROUNDS, 90, "forty arrived")
    # The first answer was lost on its way: everything was sent twice, and is there once.
    items = phone.ask("await SlipwayOutbox.list()")
    assert {item["answer"] for item in items} == {"repeated"}
    assert all(item["values"] is None for item in items), "what has arrived does not stay on the phone"
    driver.wait_text("시계가 9분 빠릅니다", "#outbox")

    new = [name for name in results(house) if name not in before]
    assert len(new) == ROUNDS and len(set(new)) == ROUNDS
    pages = [house.manager.page(f"/safety/inspections/results/{name}").text for name in new]
    assert all(re.search(r"기기 시계가 (8|9)분 빠름", page) for page in pages), "the skew is shown on each"
    failed = [page for page in pages if "정비하느라 떼어 두었음" in page]
    assert len(failed) == 1
    digest = hashlib.sha256(photo.read_bytes()).hexdigest()
    assert f"/attachments/{digest}" in failed[0]
    assert house.manager.page(f"/attachments/{digest}").content == photo.read_bytes()
    # Every round is due again tomorrow, and none today.
    driver.get(house.url + "/safety/inspections")
    wait_for(lambda: len(driver.find_elements(By.CSS_SELECTOR, ".round")) == ROUNDS, 20, "the rounds")
    assert not driver.find_elements(By.CSS_SELECTOR, ".round .badge-warn, .round .badge-danger")
    assert house.cli("verify", check=False).returncode == 0


def test_signing_out_leaves_no_page_behind_and_no_item_behind_unsent(basement):
    house, phone = basement
    name = plan(house, 1)[0]
    driver = sign_in(house, phone)
    driver.get(house.url + "/safety/inspections")
    wait_for(lambda: driver.find_element(By.TAG_NAME, "html").get_attribute("data-offline-ready"), 60, "the kept pages")
    house.kill()
    open_round(house, phone, name)
    pick(phone, "guard", "yes")
    hand_in(phone)
    house.start()
    # Signed out on this phone before anything was sent; somebody else has it in hand now.
    phone.ask("(await SlipwayOutbox.leave(), true)")
    other = house.member("firm-haesol", "worker")
    driver.delete_cookie("slipway_session")
    driver.add_cookie({"name": "slipway_session", "value": other.cookies["slipway_session"], "path": "/"})
    driver.get(house.url + "/outbox")
    driver.wait_text("다른 사람이 작성한 1건", "#outbox")
    assert not driver.find_elements(By.CSS_SELECTOR, ".outbox-item"), "another's items are counted and not shown"
    assert not [path for path in kept_pages(phone) if "/take/" in path], "another's pages are gone"
    time.sleep(2)
    assert len(phone.ask("await SlipwayOutbox.list()")) == 1
    # The inspector comes back: now it is sent.
    driver.get(house.url + "/outbox")
    driver.delete_cookie("slipway_session")
    driver.add_cookie({"name": "slipway_session", "value": house.inspector.cookies["slipway_session"], "path": "/"})
    driver.get(house.url + "/outbox")
    wait_for(lambda: driver.find_elements(By.CSS_SELECTOR, ".outbox-item[data-state=sent]"), 30, "the item that waited")
    # By the button itself: the copies go, and offline nothing is shown.
    wait_for(lambda: kept_pages(phone), 30, "pages kept again")
    driver.execute_script("document.querySelector('form[action=\"/signout\"]').requestSubmit()")
    wait_for(lambda: "/signin" in driver.current_url, 20, "the sign-in page")
    wait_for(lambda: not kept_pages(phone), 20, "no page kept")
    house.kill()
    driver.get(f"{house.url}/safety/inspections/take/{name}")
    driver.wait_text("연결되지 않았습니다", "main h1")
    driver.wait_text("보관된 화면이 없습니다")


def kept_pages(phone):
    return phone.ask("(await (await caches.open('slipway-pages')).keys()).map((request) => new URL(request.url).pathname)")
