"""The register of AI: an entry from draft to retired by people in a browser, and what the house does at every step."""
import csv
import datetime
import io
import sqlite3
import time

import pytest
import requests
from selenium.webdriver.common.by import By

from conftest import let_in, open_browser
from house import House, slowness, wait_for

USE = "sensing.tail"
PAGE = f"/stewardship/uses/{USE}"
DESCRIBED = {
    "version": "1", "department": "산업안전과", "officer": "산업국장", "supplier": "직접 개발", "contact": "02-120",
    "legal_basis": "산업안전보건법 제4조", "affected": "사업장에서 일하는 사람", "alternatives": "사람이 직접 살핌", "data": "센서 측정값",
    "retention": "1년", "notice": "측정값의 이상을 인공지능이 먼저 알려 드립니다.", "appeal": "산업안전과에 말씀하시면 됩니다.", "kpis": "거짓 경보 비율"}


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    house = House(tmp_path_factory.mktemp("register")).start()
    house.owner = house.session = house.person()
    house.first = house.member("", "zoneOfficer", name="첫째 승인자")
    house.second = house.member("", "zoneOfficer", name="둘째 승인자")
    yield house
    house.leave()


def person(house, name):
    """The identifier of somebody, found by name as a form's search box does."""
    found = house.owner.get(house.url + "/api/v1/choices/person", params={"q": name}, timeout=60).json()
    return found[0]["value"]


def owner_asks(house, command, **values):
    """What the owner asks by a call, whatever is answered."""
    return house.owner.post(
        f"{house.url}/api/v1/commands/{command}", json={**values, "confirmed": True},
        headers={"X-CSRF-Token": house.owner.csrf()}, timeout=60)


def browse(house, session):
    driver = open_browser()
    let_in(driver, house, session)
    return driver


def answer_all_no(driver, *yes):
    for field in driver.find_elements(By.CSS_SELECTOR, "fieldset.choices"):
        name = field.get_attribute("id").removeprefix("f-")
        value = "yes" if name in yes else "no"
        field.find_element(By.CSS_SELECTOR, f"input[value={value}]").click()


def begin(driver, house, step):
    driver.get(house.url + PAGE)
    driver.press(f"#step-{step}")
    wait_for(lambda: driver.find_elements(By.CSS_SELECTOR, "form.form"), 20, f"the form of {step}")


def send(driver):
    driver.press("form.form button.button-primary")


def confirm(driver):
    """Sends a form that is read back, and says yes."""
    send(driver)
    driver.press("form:has([name=confirmed]) button.button-primary")


def done(driver, house, words):
    wait_for(lambda: driver.current_url == house.url + PAGE, 20, "the entry's page")
    driver.wait_text(words, "#use-now")


def moment(days):
    """A moment so many days ahead, as a date-and-time box takes it."""
    return (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=days, hours=9)).strftime("%Y-%m-%dT%H:%M")


def fill_moment(driver, name, text):
    driver.execute_script("document.querySelector(arguments[0]).value = arguments[1]", f"[name={name}]", text)


def write(house, thing, values, newest=0):
    """Readings of the last minutes, 150 ms apart, the last of them `newest` seconds ago."""
    end = int((time.time() - newest) * 1000)
    lines = "".join(f"{thing} v={v} {end - (len(values) - i) * 150}\n" for i, v in enumerate(values))
    assert house.api("POST", "/api/v2/write", params={"precision": "ms"}, data=lines).status_code == 204


def strange(house, thing):
    """What is usual, and then what is far from it."""
    write(house, thing, [10 + (i * 7 % 5) / 10 for i in range(600)] + [40 + i % 3 for i in range(40)])


def deviations(house, thing):
    found = house.api("GET", "/api/v1/alarms", params={"view": "all"}).json()["alarms"]
    return [alarm for alarm in found if alarm["thing"] == thing]


def test_what_the_release_declares_runs_provisionally_and_everybody_can_read_so(city):
    page = requests.get(city.url + "/ai", timeout=60).text
    assert "측정값 이상 감지" in page and "배포판의 선언에 따라 임시로 실행" in page
    assert "외부 글 모델" not in page, "what has never run is no use of this city"
    strange(city, "provisional")
    wait_for(lambda: deviations(city, "provisional"), 30, "the alarm of a use that is provisional")
    listed = requests.get(city.url + "/api/v1/stewardship/register", timeout=60).json()["uses"]
    assert USE in [use["id"] for use in listed] and "safety.outside-text" not in [use["id"] for use in listed]
    assert all("owner" not in use for use in listed)
    refused = requests.get(city.url + "/stewardship/uses", timeout=60, allow_redirects=False)
    assert refused.status_code == 303 and "/signin" in refused.headers["Location"]


def test_a_use_is_described_triaged_assessed_and_approved_by_two_who_do_not_own_it(city):
    with browse(city, city.owner) as driver:
        begin(driver, city, "describe")
        for name, text in DESCRIBED.items():
            box = driver.find_element(By.NAME, name)
            box.clear()
            box.send_keys(text)
        driver.press("input[name=personal][value=none]")
        driver.find_element(By.NAME, "owner").send_keys(person(city, "김영숙"))
        send(driver)
        done(driver, city, "초안")
        begin(driver, city, "triage")
        answer_all_no(driver)
        send(driver)
        done(driver, city, "위험 등급 정함")
        driver.wait_text("최소")
        begin(driver, city, "assess")
        for name, value in [("kind", "privacy"), ("outcome", "acceptable")]:
            driver.press(f"input[name={name}][value={value}]")
        driver.find_element(By.NAME, "summary").send_keys("개인정보를 다루지 않습니다.")
        send(driver)
        done(driver, city, "평가 마침")
        driver.get(city.url + PAGE)
        assert not driver.find_elements(By.ID, "step-approve"), "the owner is offered no approval"
    # Asked all the same, the owner is refused by name.
    refused = owner_asks(city, "stewardship.use.approve", use=USE)
    assert refused.status_code == 403 and refused.json()["code"] == "use.owner"
    untrained = city.first.call("stewardship.use.approve", use=USE)
    assert untrained.status_code == 403 and untrained.json()["code"] == "use.certificate"
    today = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=9))).date().isoformat()
    for name in ("첫째", "둘째"):
        for module in ("ai.approve", "ai.operate"):
            issued = owner_asks(
                city, "stewardship.certificate.record", person=person(city, name), module=module, score=95, passed=today)
            assert issued.status_code == 201, issued.text
    with browse(city, city.first) as driver:
        begin(driver, city, "approve")
        driver.press("form:has([name=confirmed]) button.button-primary")
        done(driver, city, "평가 마침")
        driver.wait_text("첫째 승인자", "#use-missing")
    again = city.first.call("stewardship.use.approve", use=USE)
    assert again.status_code == 409 and again.json()["code"] == "use.same-person"
    with browse(city, city.second) as driver:
        begin(driver, city, "approve")
        driver.press("form:has([name=confirmed]) button.button-primary")
        done(driver, city, "승인됨")


def test_a_pilot_stops_at_its_cap_and_says_so_where_it_would_have_helped(city):
    with browse(city, city.first) as driver:
        acts = int(city.first.page(PAGE).text.split("오늘 실행</dt><dd>")[1].split("<")[0])
        begin(driver, city, "pilot")
        driver.find_element(By.NAME, "cap").send_keys(str(acts + 1))
        fill_moment(driver, "until", moment(7))
        confirm(driver)
        done(driver, city, "시범 운영")
        strange(city, "pilot-one")
        wait_for(lambda: deviations(city, "pilot-one"), 30, "the one act of the pilot")
        strange(city, "pilot-two")
        time.sleep(3)
        assert not deviations(city, "pilot-two")
        driver.get(city.url + "/alarms")
        driver.wait_text("시범 운영의 하루 한도에 이르러 멈췄습니다", "#detection-off")
        driver.wait_text("한계값 경보는 계속 작동합니다", "#detection-off")
        driver.get(city.url + PAGE)
        driver.wait_text("오늘 한도 도달", "#use-now")


def test_live_it_runs_until_it_is_switched_off_within_a_second(city):
    with browse(city, city.first) as driver:
        begin(driver, city, "golive")
        fill_moment(driver, "review", moment(90))
        confirm(driver)
        done(driver, city, "운영 중")
        driver.press("#use-switch")
        wait_for(lambda: driver.find_elements(By.NAME, "reason"), 20, "the reason")[0].send_keys("거짓 경보가 많음")
        send(driver)
        driver.press("form:has([name=confirmed]) button.button-primary")
        done(driver, city, "꺼짐")
        driver.wait_text("거짓 경보가 많음", "#use-now")
        driver.get(city.url + "/alarms")
        driver.wait_text("담당자가 이 인공지능을 껐습니다", "#detection-off")
    assert city.first.do("district.ai.switch", use=USE, on=True, reason="고침")
    begun = time.monotonic()
    assert city.first.do("district.ai.switch", use=USE, on=False, reason="다시 끔")
    page = city.first.page("/alarms").text
    assert "자동 감지가 꺼져 있습니다" in page and time.monotonic() - begun < slowness()
    strange(city, "off")
    time.sleep(3)
    assert not deviations(city, "off")
    city.first.do("district.ai.switch", use=USE, on=True, reason="고침")
    assert "자동 감지가 꺼져 있습니다" not in city.first.page("/alarms").text
    strange(city, "on-again")
    wait_for(lambda: deviations(city, "on-again"), 30, "the alarm of a use that is live")


def test_exports_bear_the_names_of_other_registers(city):
    def shape(name, **more):
        answer = requests.get(
            city.url + "/api/v1/stewardship/register", params={"shape": name, **more}, timeout=60)
        assert answer.status_code == 200, answer.text
        return answer

    atrs = shape("atrs1", lang="ko", use=USE).json()["records"]
    assert atrs[0]["name"] == "측정값 이상 감지" and atrs[0]["contact_email"] == "02-120"
    assert {"appeals_and_review", "human_decisions_and_review", "impact_assessments"} <= set(
        shape("atrs2").json()["records"][0])
    union = shape("euviii", lang="en", use=USE).json()
    assert union["version"].startswith("OJ L, 2024/1689") and union["records"][0]["status"] == "in service"
    rows = list(csv.DictReader(io.StringIO(shape("nl", format="csv", lang="ko").content.decode("utf-8-sig"))))
    own = next(row for row in rows if row["source_id"] == USE)
    assert own["status"] == "In gebruik" and own["organization"] == "산업안전과" and own["lawful_basis"]
    wrong = requests.get(city.url + "/api/v1/stewardship/register", params={"shape": "none"}, timeout=60)
    assert wrong.status_code == 422


def test_another_hash_reopens_it_and_it_stops(city):
    before = city.first.page(PAGE).text
    assert "운영 중" in before
    city.first.do("stewardship.use.describe", use=USE, model_hash="ab" * 32, stops=True)
    with browse(city, city.first) as driver:
        driver.get(city.url + PAGE)
        driver.wait_text("평가 마침", "#use-now")
        driver.wait_text("다시 승인이 필요합니다", "#use-now")
        driver.get(city.url + "/alarms")
        driver.wait_text("승인되지 않은 인공지능이라 쓰지 않습니다", "#detection-off")
        driver.get(city.url + "/")
        driver.wait_text("다시 승인이 필요한 인공지능")
    strange(city, "reopened")
    time.sleep(3)
    assert not deviations(city, "reopened")


def test_a_permit_ends_by_itself_and_people_are_told(city):
    for person in (city.first, city.second):
        listed = requests.get(city.url + "/api/v1/stewardship/register", params={"use": USE}, timeout=60).json()["uses"]
        person.do("stewardship.use.approve", use=USE, signed=listed[0]["signed"])
    until = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=4 * slowness())
    city.first.do("stewardship.use.pilot", use=USE, cap=1000, until=until.isoformat())
    assert "자동 감지가 꺼져 있습니다" not in city.first.page("/alarms").text
    wait_for(lambda: datetime.datetime.now(datetime.timezone.utc) > until, 40, "the end")
    assert "승인 기간이 끝나 멈췄습니다" in city.first.page("/alarms").text
    wait_for(lambda: "기한이 지나 멈춘 인공지능" in city.first.page("/").text, 30, "the task on the first page")
    wait_for(lambda: "기한이 지남" in city.first.page(PAGE).text, 40, "the event")


def test_retired_it_is_told_as_ended_and_runs_no_more(city):
    with browse(city, city.second) as driver:
        begin(driver, city, "retire")
        driver.find_element(By.NAME, "reason").send_keys("새 방법으로 바꿈")
        driver.find_element(By.NAME, "data").send_keys("측정값은 보유 기간이 지나면 지움")
        confirm(driver)
        done(driver, city, "종료")
        driver.get(city.url + "/ai")
        driver.wait_text("더 쓰지 않는 인공지능")
        assert "측정값 이상 감지" in driver.find_elements(By.CSS_SELECTOR, "section")[-1].text
    refused = city.first.call("stewardship.use.pilot", use=USE, cap=1, until=moment(1))
    assert refused.status_code == 409 and refused.json()["code"] == "use.step"


def test_a_departments_own_ai_is_registered_and_a_citizen_may_not(city):
    with browse(city, city.first) as driver:
        driver.get(city.url + "/stewardship/uses")
        driver.press("a.button-primary")
        wait_for(lambda: driver.find_elements(By.NAME, "id"), 20, "the form")[0].send_keys("welfare.chatbot")
        driver.find_element(By.NAME, "name").send_keys("복지 상담 챗봇")
        send(driver)
        driver.wait_text("복지 상담 챗봇")
    nobody = requests.post(
        city.url + "/api/v1/commands/stewardship.use.register", json={"id": "x.y", "name": "x"}, timeout=60)
    assert nobody.status_code == 401
    assert "복지 상담 챗봇" not in requests.get(city.url + "/ai", timeout=60).text


def test_a_restart_and_a_rebuild_leave_the_register_as_it_was(city):
    def kept():
        with sqlite3.connect(f"file:{city.data}/record.sqlite?mode=ro", uri=True) as base:
            return (base.execute("SELECT * FROM stewardship_uses ORDER BY id").fetchall(),
                    base.execute("SELECT * FROM district_ai_permits ORDER BY use").fetchall())

    before = kept()
    city.stop()
    assert kept() == before
    city.cli("rebuild")
    assert kept() == before
    city.start()
    assert kept() == before, "what the register knows as it is leads to nothing at a start"
