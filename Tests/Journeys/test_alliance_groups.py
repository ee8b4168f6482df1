"""A milestone whose day passes: its owner is told, and every citizen sees how late it is, why, and what waits for it."""
import csv
import datetime
import io
import pathlib
import re
import secrets
import xml.etree.ElementTree as ET

import axe_playwright_python
import requests
from conftest import let_in, open_browser
from house import wait_for
from selenium.webdriver.common.by import By

ATOM = "{http://www.w3.org/2005/Atom}"
AXE = next(pathlib.Path(axe_playwright_python.__file__).parent.rglob("axe.min.js"))
SERIOUS = """
const done = arguments[0];
axe.run(document, {resultTypes: ['violations']}).then(r => done(r.violations
  .filter(v => ['serious', 'critical'].includes(v.impact)).map(v => v.id + ': ' + v.nodes.map(n => n.target.join(' ')).slice(0, 3).join(', '))));
"""


def day(distance):
    """A day by the Korean calendar, so many days from today."""
    korea = datetime.timezone(datetime.timedelta(hours=9))
    return (datetime.datetime.now(korea).date() + datetime.timedelta(days=distance)).isoformat()


def identifier(house, person):
    """Who somebody is, as the officer's form finds them."""
    found = house.officer.page("/api/v1/choices/person", params={"q": person.name}).json()
    return next(choice["value"] for choice in found if person.name in choice["label"])


def the_group(house):
    """A group with a chair and an owner who sign in, and a member from outside; the chair set its milestones."""
    house.officer = house.member("", "zoneOfficer")
    # Names of their own: a group is everybody's to see, and says of nobody which firm's account they have.
    chair = house.member("firm-gaon", "executive", f"위원장 {secrets.token_hex(2)}")
    owner = house.member("firm-gaon", "worker", f"담당자 {secrets.token_hex(2)}")
    formed = house.officer.do(
        "alliance.group.form", title="여정 분과", title_en="Journey group", field="robots", purpose="여정으로 로봇을 들인다",
        sector="industry", organisation="여정산업", person=identifier(house, chair))
    group = formed["alliance.group.formed"].split("/")[1]
    house.officer.do(
        "alliance.group.join", group=group, sector="research", organisation="여정연구원", person=identifier(house, owner))
    chair.do("alliance.group.join", group=group, sector="academia", organisation="여정대학교", name="외부 김박사")
    choices = chair.page("/api/v1/alliance/groups/choices/member").json()
    member = next(choice["value"] for choice in choices if owner.name in choice["label"])
    return group, chair, owner, member


def test_a_slipped_milestone_notifies_its_owner_and_the_citizens_page(sample):
    group, chair, owner, member = the_group(sample)
    with open_browser(width=390, height=844) as browser:
        # The chair copies in a milestone that was agreed two months ago and was due yesterday.
        let_in(browser, sample, chair, "ko")
        browser.get(f"{sample.url}/do/alliance.milestone.set?group={group}&next=/alliance/groups/{group}")
        for name, value in {"title": "여정 시험장 개소", "title_en": "Journey site opens", "due": day(-1), "agreed": day(-60)}.items():
            browser.find_element(By.NAME, name).send_keys(value)
        browser.press("input[name=layer][value=resources]")
        browser.find_element(By.NAME, "owner").send_keys(member)
        browser.press("main form button[type=submit]")
        browser.wait_text("여정 시험장 개소")
        page = browser.find_element(By.CSS_SELECTOR, "main").text
        assert "기한 1일 지남" in page and owner.name in page, "the group's page names the owner to whoever is signed in"
    page = chair.page(f"/alliance/groups/{group}").text
    late = re.search(r'/alliance/milestones/([0-9a-f-]{36})[^<]*">[^<]*여정 시험장 개소', page)[1]
    chair.do(
        "alliance.milestone.set", group=group, title="여정 시제품", title_en="Journey prototype", layer="product",
        owner=member, due=day(9), needs=[{"milestone": late}], work_days=10)

    def told():
        text = requests.get(f"{sample.url}/alliance/roadmap.atom", timeout=60).text
        return text if f"({day(-1)})" in text or f"was due {day(-1)}" in text else None

    feed = wait_for(told, 40, "the slip on the Record")
    entries = [e for e in ET.fromstring(feed).iter(f"{ATOM}entry") if "여정 시험장 개소" in e.findtext(f"{ATOM}title")]
    assert any("늦어짐" in e.findtext(f"{ATOM}title") for e in entries)
    assert all(e.findtext(f"{ATOM}id") and e.findtext(f"{ATOM}updated") for e in entries)
    with open_browser(width=390, height=844) as browser:
        # The owner finds it on the first page, and says why.
        let_in(browser, sample, owner, "ko")
        browser.get(sample.url + "/")
        task = next(a for a in browser.find_elements(By.CSS_SELECTOR, ".tasks a") if "이정표가 늦어졌습니다" in a.text)
        task.click()
        browser.wait_text("여정 시험장 개소")
        browser.press(f"a[href^='/do/alliance.milestone.explain?milestone={late}']")
        browser.find_element(By.NAME, "reason").send_keys("변압기 납품이 밀림")
        browser.press("main form button[type=submit]")
        browser.wait_text("변압기 납품이 밀림")
    with open_browser(width=390, height=844) as browser:
        # A citizen who never signed in.
        browser.get(f"{sample.url}/language/ko?next=/alliance/roadmap")
        browser.get(f"{sample.url}/alliance/roadmap?group={group}")
        browser.wait_text("여정 시험장 개소", "#late")
        card = browser.find_element(By.CSS_SELECTOR, "#late").text
        for words in ("기한 1일 지남", "변압기 납품이 밀림", "여정 시제품", "1일 밀림", "여정연구원"):
            assert words in card, words
        text = browser.find_element(By.CSS_SELECTOR, "main").text
        assert owner.name not in text and chair.name not in text and "외부 김박사" not in text
        assert browser.find_elements(By.CSS_SELECTOR, "#roadmap svg[role=img]")
        assert len(browser.find_elements(By.CSS_SELECTOR, "#milestones tbody tr")) == 2
        assert "지연 사유 등록" in browser.find_element(By.CSS_SELECTOR, "#changes").text
        assert browser.execute_script("return document.documentElement.scrollWidth") <= 390
    # It is moved, reached and measured, each with its reason, and the public log keeps it all.
    owner.do("alliance.milestone.move", milestone=late, due=day(2), reason="새 변압기 도착일에 맞춤")
    owner.do("alliance.milestone.reach", milestone=late, evidence="여정 개소식 공고")
    owner.do(
        "alliance.outcome.measure", milestone=late, metric="여정 이용 기업", unit="곳", before=0, value=4, source="여정 집계", level="1")
    public = requests.get(f"{sample.url}/alliance/groups/{group}", timeout=60).text
    for words in ("새 변압기 도착일에 맞춤", "여정 개소식 공고", "여정 이용 기업", "50 %"):
        assert words in public, words
    assert f"{day(-1)}" in public, "the first due day stays beside the new one"


def test_minutes_stay_inside_and_the_roadmap_is_open_data(sample, tmp_path):
    group, chair, owner, member = the_group(sample)
    first = chair.do(
        "alliance.milestone.set", group=group, title="자료 이정표", layer="technology", owner=member, due=day(30))
    milestone = first["alliance.milestone.set"].split("/")[1]
    chair.do(
        "alliance.meeting.hold", group=group, day=day(0), title="여정 첫 회의", minutes="안에서만 읽는 말", everyone=True,
        decisions=[{"decision": "장비를 함께 산다", "for": 2, "against": 1, "milestone": milestone}])
    path = f"/alliance/groups/{group}"
    for person in (chair, owner, sample.officer):
        page = person.page(path).text
        assert "안에서만 읽는 말" in page and "장비를 함께 산다" in page and "찬성 2" in page
    stranger = sample.member("firm-haesol", "executive").page(path).text
    assert "안에서만 읽는 말" not in stranger and "장비를 함께 산다" not in stranger and "외부 김박사" in stranger
    nobody = requests.get(sample.url + path, timeout=60).text
    assert "안에서만 읽는 말" not in nobody and "외부 김박사" not in nobody and "자료 이정표" in nobody
    # Open data, which another group takes in again.
    data = requests.get(f"{sample.url}/api/v1/alliance/roadmap", params={"group": group}, timeout=60).json()
    assert data["groups"][0]["done_percent"] == 0 and data["milestones"][0]["expected"] == day(30)
    table = requests.get(f"{sample.url}/api/v1/alliance/roadmap", params={"group": group, "format": "csv"}, timeout=60)
    rows = list(csv.DictReader(io.StringIO(table.content.decode("utf-8-sig"))))
    assert [row["title_ko"] for row in rows] == ["자료 이정표"] and rows[0]["owner"] == "여정연구원"
    answer = chair.form(
        "/do/alliance.roadmap.import", group=group, next=path, file=("roadmap.csv", table.content))
    assert answer.status_code == 200 and answer.text.count("자료 이정표") > nobody.count("자료 이정표")
    wrong = table.content.decode("utf-8-sig").replace(day(30), "내년").encode()
    answer = chair.form("/do/alliance.roadmap.import", group=group, next=path, file=("roadmap.csv", wrong))
    assert answer.status_code == 422 and "2번째" in answer.text


def test_whoever_asks_hears_what_is_late_and_what_is_theirs(sample):
    def ask(text, language, **more):
        turn = requests.post(
            f"{sample.url}/api/v1/agent/turns", json={"text": text, "language": language}, timeout=60,
            headers={"Accept-Language": language, **more})
        assert turn.status_code in (200, 201), turn.text
        return turn.text

    wait_for(lambda: "협동 로봇 공동 시험장 개소" in ask("로드맵에서 늦어진 이정표 알려 줘", "ko"), 60, "the late milestone, said")
    assert "Shared test site for collaborative robots opens" in ask("what is late on the roadmap", "en")
    _, _, owner, member = the_group(sample)
    said = owner.post(
        f"{sample.url}/api/v1/agent/turns", json={"text": "내가 맡은 이정표 알려 줘", "language": "ko"}, timeout=60,
        headers={"X-CSRF-Token": owner.csrf})
    assert "맡은 이정표가 없습니다" in said.text, said.text


def test_the_pages_are_readable_by_everybody_in_both_languages(sample):
    officer = sample.member("", "zoneOfficer")
    listed = officer.page("/alliance/groups").text
    many, people = map(int, re.search(r"(\d+)개 분과 · (\d+)명", listed).groups())
    assert many >= 10 and people >= 155, "Daegu's shape, and what other journeys added"
    group = re.search(r"/alliance/groups/([0-9a-f-]{36})", listed)[1]
    late = wait_for(lambda: re.search(r"/alliance/milestones/([0-9a-f-]{36})", officer.page("/alliance/roadmap").text), 40)[1]
    pages = [
        "/alliance/groups", f"/alliance/groups/{group}", "/alliance/roadmap", f"/alliance/milestones/{late}",
        "/alliance/milestones", f"/do/alliance.milestone.set?group={group}", f"/do/alliance.meeting.hold?group={group}"]
    for width, language in ((390, "ko"), (1440, "en")):
        with open_browser(width=width, height=900) as browser:
            browser.execute_cdp_cmd("Page.setBypassCSP", {"enabled": True})
            let_in(browser, sample, officer, language)
            for path in pages:
                browser.get(sample.url + path)
                assert browser.execute_script("return document.documentElement.scrollWidth") <= width, path
                browser.execute_script(AXE.read_text())
                assert browser.execute_async_script(SERIOUS) == [], path
                text = browser.find_element(By.CSS_SELECTOR, "main").text
                assert not re.search(r"\bgroups_[a-z]+|\{[a-z]+\}", text), f"{path}: words that are missing"
