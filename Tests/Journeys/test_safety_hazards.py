"""Dangers and stops: a near miss by QR in twenty seconds, a stop of work in Vietnamese with what followed, and the loop."""
import hashlib
import re
import struct
import time
import zlib

import paho.mqtt.client as mqtt
import pytest
import requests
from selenium.webdriver.common.by import By

from conftest import let_in, open_browser
from house import House, shown, slowness, wait_for


def picture(red):
    """A small PNG of one colour."""
    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    row = b"\0" + bytes([red, 40, 40]) * 8
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(row * 8)) + chunk(b"IEND", b""))


@pytest.fixture(scope="module")
def plant(tmp_path_factory):
    house = House(tmp_path_factory.mktemp("hazards"), sample=True).start()
    house.manager = house.member("firm-gaon", "safetyManager")
    house.executive = house.member("firm-gaon", "executive")
    house.worker = house.member("firm-gaon", "worker", name="Nguyễn Văn Mẫu")
    house.colleague = house.member("firm-gaon", "worker")
    house.stranger = house.member("firm-haesol", "safetyManager")
    yield house
    house.leave()


def code(house, thing):
    """The address of a place's QR code, as its sheet prints it."""
    house.manager.do("safety.place.code", thing=thing)
    addresses = re.findall(r'href="(/r/[\w-]+)"', house.manager.page("/safety/places").text)
    for address in addresses:
        if "press-1" not in thing or "1호 프레스" in requests.get(house.url + address + "?l=ko", timeout=60).text:
            return address
    raise AssertionError(f"no code of {thing} on the page")


def test_a_near_miss_by_qr_without_an_account_within_twenty_seconds(plant, tmp_path):
    address = code(plant, "press-1")
    photo = tmp_path / "near-miss.png"
    photo.write_bytes(picture(200))
    with open_browser(390, 844) as driver:
        # From the moment the camera has read the code to the number that the reporter keeps.
        begun = time.monotonic()
        driver.get(plant.url + address + "?l=ne")
        driver.find_element(By.CSS_SELECTOR, "input[value=caught]").click()
        driver.find_element(By.ID, "photo").send_keys(str(photo))
        wait_for(lambda: driver.find_element(By.CSS_SELECTOR, "[data-hash]").text, 10, "the photo's hash")
        driver.find_element(By.CSS_SELECTOR, "[data-send]").click()
        wait_for(lambda: "new=yes" in driver.current_url, 20, "the number's page")
        seconds = time.monotonic() - begun
        assert seconds <= 20 * slowness(), f"{seconds:.1f} s"
        number = driver.current_url.split("?")[0]
        assert driver.find_element(By.TAG_NAME, "html").get_attribute("lang") == "ne"
        assert driver.execute_script("return document.documentElement.scrollWidth") <= 390
        sums = hashlib.sha256(photo.read_bytes()).hexdigest()
        assert sums[:12] in shown(driver)

    hazard = "/safety/hazards/" + number.rsplit("/", 1)[1]
    page = plant.manager.page(hazard).text
    assert "끼임" in page and "촬영 때와 같음" in page and "전에 쓴 사진" not in page
    assert plant.stranger.page(hazard).status_code == 404
    # A colleague sees that there is a danger, and nothing that might show who reported it.
    assert sums[:16] not in plant.colleague.page(hazard).text and "끼임" in plant.colleague.page(hazard).text

    # What becomes of it changes what the reporter sees.
    def steps():
        return requests.get(number + "?l=en", timeout=60).text.count("worker-done")

    assert steps() == 1
    plant.manager.do("safety.hazard.accept", hazard=hazard.rsplit("/", 1)[1], frequency=2, severity=2)
    assert steps() == 2
    plant.manager.do("safety.hazard.close", hazard=hazard.rsplit("/", 1)[1], reason="guard fixed on the spot")
    assert steps() == 3


def test_without_script_and_with_a_photo_that_was_changed_or_used_before(plant):
    address = plant.url + code(plant, "press-1")
    form = requests.get(address + "?l=th", timeout=60).text
    assert 'lang="th"' in form and "<style" not in form and " style=" not in form
    key = re.search(r'name="key" value="([^"]+)"', form)[1]
    fields = {"key": key, "l": "th", "accident": "slip", "taken": "0" * 64}
    first = requests.post(address, data=fields, files={"photo": ("p.png", picture(90))}, timeout=60)
    again = requests.post(address, data=fields, files={"photo": ("p.png", picture(90))}, timeout=60)
    assert first.status_code == 200 and first.url == again.url, "sent twice, it counts once"
    page = plant.manager.page("/safety/hazards/" + first.url.split("?")[0].rsplit("/", 1)[1]).text
    assert "촬영 뒤 바뀜" in page and "전에 쓴 사진" not in page
    second = requests.post(
        address, data={"l": "th", "text": "ลื่น"}, files={"photo": ("p.png", picture(90))}, timeout=60)
    page = plant.manager.page("/safety/hazards/" + second.url.split("?")[0].rsplit("/", 1)[1]).text
    assert "전에 쓴 사진" in page and "촬영 때 확인 안 됨" in page
    # Nothing said is no report, and says so in the reader's language; a code that is no code leads nowhere.
    empty = requests.post(address, data={"l": "th"}, timeout=60)
    assert empty.status_code == 422 and "เลือกอันตราย" in empty.text
    assert requests.get(plant.url + "/r/AAAAAAAAAAAAAAAAAAAAAA?l=th", timeout=60).status_code == 422
    assert requests.get(plant.url + "/r/AAAAAAAAAAAAAAAAAAAAAA/stop", timeout=60).status_code == 422


def test_a_vietnamese_worker_stops_work_and_a_later_penalty_is_visible(plant):
    address = code(plant, "press-1")
    with open_browser(390, 844) as driver:
        let_in(driver, plant, plant.worker)
        driver.get(plant.url + address + "?l=vi")
        driver.find_element(By.CSS_SELECTOR, ".worker-stop-link").click()
        wait_for(lambda: "/stop" in driver.current_url, 20, "the page to stop work")
        assert driver.find_element(By.TAG_NAME, "html").get_attribute("lang") == "vi"
        button = driver.find_element(By.CSS_SELECTOR, ".worker-red")
        assert button.size["height"] >= 200 and button.size["width"] >= 300, "one big red button"
        button.click()
        wait_for(lambda: re.search(r"/r/[\w-]+/[0-9a-f-]{36}", driver.current_url), 20, "the stop's page")
        assert "Không vào cho đến khi được báo" in shown(driver)
        number = driver.current_url.split("?")[0]
        stop = number.rsplit("/", 1)[1]

        assert "1호 프레스" in plant.manager.page("/safety/closures").text
        plant.manager.do("safety.work.respond", stop=stop, answer="전원을 차단하고 점검합니다")
        driver.get(number + "?l=vi")
        assert "전원을 차단하고 점검합니다" in shown(driver)
        refused = plant.manager.call("safety.work.resume", stop=stop, basis="verified", note="x")
        assert refused.status_code == 409, "nothing was verified"
        plant.manager.do("safety.work.resume", stop=stop, basis="ruled-out", note="시험 신호였음")
        assert plant.manager.page("/safety/closures").text.count('class="panel closure"') == 0

    # Nobody in the firm reads who it was, wherever they look.
    for person in [plant.colleague, plant.manager, plant.executive]:
        for path in [f"/safety/stops/{stop}", "/safety/stops", "/record"]:
            assert plant.worker.name not in person.page(path).text, path
    assert "내가 멈춤" in plant.worker.page("/safety/stops").text
    assert "내가 멈춤" not in plant.colleague.page("/safety/stops").text

    people = plant.manager.page("/api/v1/choices/person", params={"q": plant.worker.name}).json()
    person = people[0]["value"]
    plant.manager.do(
        "safety.personnel.measure", person=person, kind="penalty", reason="지시 불이행",
        date=time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime()))
    for reader in [plant.executive, plant.session, plant.worker]:
        page = reader.get(plant.url + "/safety/retaliation", timeout=60).text
        assert plant.worker.name in page and "징계" in page and "작업중지" in page
    for reader in [plant.colleague, plant.manager, plant.stranger]:
        assert plant.worker.name not in reader.page("/safety/retaliation").text
    plant.worker.do("safety.retaliation.report", kind="exclusion", text="근무표에서 빠졌습니다")
    assert "근무표에서 빠졌습니다" in plant.session.get(plant.url + "/safety/retaliation", timeout=60).text
    assert "근무표에서 빠졌습니다" not in plant.executive.page("/safety/retaliation").text


def test_the_loop_from_an_alarm_to_a_place_that_is_opened_again(plant):
    port, password = plant.broker()
    plant.cli("do", "sensing.limit.set", "thing=press-1", "property=pit_gas", "high=10", "reason=H2S 10 ppm", "--yes")
    with open_browser() as driver:
        let_in(driver, plant, plant.manager)
        driver.get(plant.url + "/")
        client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2)
        client.username_pw_set("gateway", password)
        client.connect("127.0.0.1", port)
        client.loop_start()
        client.publish("slipway/press-1", '{"unit":"[ppm]","values":{"pit_gas":14.2}}', qos=1).wait_for_publish(10)
        client.loop_stop()
        client.disconnect()
        # Sense and decide: the alarm proposes, and a task says that a person has to judge.
        driver.wait_text("경보에서 제안된 위험", seconds=60)
        # By its name: another alarm of the plant may have proposed one meanwhile, and stands above it.
        alarm = wait_for(lambda: next((a for a in plant.alarms(view="all") if a["property"] == "pit_gas"), None), 20, "the alarm")
        wait_for(
            lambda: driver.get(plant.url + "/safety/hazards?view=new") or driver.find_elements(By.PARTIAL_LINK_TEXT, "pit_gas"),
            20, "the hazard")
        driver.find_element(By.PARTIAL_LINK_TEXT, "pit_gas").click()
        wait_for(lambda: "pit_gas" in shown(driver, "h1"), 20, "it")
        hazard = driver.current_url.split("/")[-1]
        driver.press("a.button-primary[href*='safety.hazard.accept']")
        driver.find_element(By.ID, "f-frequency").send_keys("5")
        driver.find_element(By.ID, "f-severity").send_keys("4")
        driver.find_element(By.ID, "f-title").send_keys("피트 환기팬 교체")
        driver.press("main form [type=submit]")
        driver.wait_text("매우 높음")

        # Act: what is severe is closed at once, and the first page says so before all else.
        driver.get(plant.url + "/")
        driver.wait_text("닫힌 구역이 있습니다", ".headline")
        refused = plant.manager.page("/safety/closures").text
        assert "효과가 확인되지 않은 조치" in refused and "safety.zone.open" not in refused
        page = plant.manager.page(f"/safety/hazards/{hazard}").text
        action = re.search(r"/safety/actions/([0-9a-f-]{36})", page)[1]
        proof = plant.worker.attach(picture(17))
        plant.worker.do("safety.action.complete", action=action, note="팬을 바꿈", proof=proof)
        plant.manager.do("safety.action.verify", action=action, effective=True, note="0 ppm")

        # Verify: a person who looked opens it, after it was read back.
        driver.get(plant.url + "/safety/closures")
        driver.press("a[href*='safety.zone.open']")
        driver.press("[name=seen]")
        driver.press("main form [type=submit]")
        driver.press("main form [type=submit]")
        wait_for(lambda: driver.current_url.endswith("/safety/closures"), 20, "the list")
        driver.wait_text("닫힌 구역이 없습니다")

        driver.get(f"{plant.url}/trace/{alarm['correlation']}")
        page = shown(driver)
        for step in ["경보 발생", "경보에서 위험 제안", "위험 인정", "구역 닫힘", "위험 해소 확인", "구역 열림"]:
            assert step in page, f"{step} in {page}"
    types = [s["type"] for s in plant.api("GET", f"/api/v1/trace/{alarm['correlation']}").json()["steps"]]
    assert types[0] == "sensing.alarm.raised" and types[-1] == "safety.zone.opened", types


def test_a_stop_without_a_connection_waits_on_the_phone_and_arrives(plant):
    """The page is kept, the phone has no line, the stop goes once there is one: with the time it was pressed."""
    with open_browser(390, 844) as driver:
        let_in(driver, plant, plant.worker)
        driver.get(plant.url + "/safety/stop?l=vi")
        driver.execute_cdp_cmd("Network.enable", {})
        driver.execute_cdp_cmd("Network.emulateNetworkConditions", {
            "offline": True, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1})
        driver.execute_script("document.querySelector('main form').dataset.next = ''")
        driver.find_element(By.CSS_SELECTOR, "#thing option[value=press-1]").click()
        driver.find_element(By.CSS_SELECTOR, ".worker-red").click()
        wait_for(lambda: driver.find_element(By.ID, "outbox").is_displayed(), 20, "the outbox says that it waits")
        assert "press-1" not in plant.manager.page("/safety/closures").text
        assert 'class="panel closure"' not in plant.manager.page("/safety/closures").text
        driver.execute_cdp_cmd("Network.emulateNetworkConditions", {
            "offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1})
        driver.execute_script("dispatchEvent(new Event('online'))")
        wait_for(lambda: 'class="panel closure"' in plant.manager.page("/safety/closures").text, 60, "the closure")
    page = plant.manager.page("/safety/stops").text
    stop = re.search(r"/safety/stops/([0-9a-f-]{36})", page)[1]
    plant.manager.do("safety.work.respond", stop=stop, answer="확인했습니다")
    plant.manager.do("safety.work.resume", stop=stop, basis="ruled-out", note="이상 없음")


def test_an_action_with_a_photo_used_before_or_put_off_three_times_is_marked_and_keeps_its_age(plant):
    def opened(title):
        events = plant.manager.do(
            "safety.action.open", thing="press-1", title=title, band="high", step="engineering",
            due=time.strftime("%Y-%m-%dT00:00:00+09:00", time.gmtime(time.time() + 2 * 86400)))
        return events["safety.action.opened"].split("/")[1]

    doer = plant.member("firm-gaon", "safetyManager")
    photo = plant.manager.attach(picture(55))
    pages = []
    for title in ["방호울 고정(예시)", "방호울 도색(예시)"]:
        action = opened(title)
        doer.do("safety.action.complete", action=action, note="함", proof=photo)
        pages.append(plant.manager.page(f"/safety/actions/{action}").text)
    assert "notice-warn" not in pages[0] and "notice-warn" in pages[1] and "사진" in pages[1]

    late = opened("감지기 교정(예시)")
    first = plant.manager.page(f"/safety/actions/{late}").text
    for days in [5, 9, 14]:
        until = time.strftime("%Y-%m-%dT00:00:00+09:00", time.gmtime(time.time() + days * 86400))
        plant.manager.do("safety.action.extend", action=late, due=until, reason="부품 대기")
    page = plant.manager.page(f"/safety/actions/{late}").text
    due = re.search(r"20\d\d-\d\d-\d\d", first)[0]
    assert f"{due} → " in page, "the first due day stays in front"
    assert "연장" in page and page.count("notice-warn") == 1 and "notice-warn" not in first
