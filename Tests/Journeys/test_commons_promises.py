"""What citizens proposed is promised, given to a working group, slips on its roadmap, and is seen by whoever proposed it."""
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


def a_group(house, officer):
    """A working group with a chair who signs in."""
    chair = house.member("firm-gaon", "executive", f"위원장 {secrets.token_hex(2)}")
    found = officer.page("/api/v1/choices/person", params={"q": chair.name}).json()
    person = next(choice["value"] for choice in found if chair.name in choice["label"])
    title = f"약속 여정 분과 {secrets.token_hex(2)}"
    formed = officer.do(
        "alliance.group.form", title=title, field="robots", purpose="시민과 한 약속을 이룬다", sector="industry",
        organisation="여정산업", person=person)
    return formed["alliance.group.formed"].split("/")[1], title, chair


def a_proposal(officer, author, title):
    """A proposal of a process in which proposals are made today."""
    opened = officer.do(
        "commons.process.open", title=f"{title} 과정", question="무엇을 할까요?", kind="rules",
        phases=[{"phase": "proposals", "begins": day(0), "ends": day(9)}])
    process = opened["commons.process.opened"].split("/")[1]
    made = author.do(
        "commons.proposal.make", process=process, title=title, body=f"{title}. 학교 앞 길에서 아이들이 쉴 그늘이 없습니다.")
    return made["commons.proposal.made"].split("/")[1]


def test_a_proposal_becomes_a_milestone_and_its_slip_is_seen_on_its_page(sample):
    officer, author = sample.member("", "zoneOfficer"), sample.member("", "citizen")
    group, name, chair = a_group(sample, officer)
    title = f"여정 학교 앞 그늘 {secrets.token_hex(2)}"
    proposal = a_proposal(officer, author, title)
    with open_browser(width=1440, height=900) as browser:
        # Found feasible, it leads on to the promise, with all that is known of it filled in.
        let_in(browser, sample, officer, "ko")
        browser.get(f"{sample.url}/commons/proposals/{proposal}")
        browser.press(f"a[href^='/do/commons.proposal.judge?'][href*='{proposal}']")
        browser.press("input[name=verdict][value=feasible]")
        browser.find_element(By.NAME, "reason").send_keys("학교 담장 옆에 놓을 수 있습니다.")
        browser.find_element(By.NAME, "cost").send_keys("21000000")
        browser.press("main form button[type=submit]")
        browser.wait_text("할 수 있음")
        browser.press(f"a[href^='/do/commons.outcome.promise?'][href*='{proposal}']")
        assert browser.find_element(By.NAME, "title").get_attribute("value") == title
        assert browser.find_element(By.NAME, "summary").get_attribute("value") == "학교 담장 옆에 놓을 수 있습니다."
        assert browser.find_element(By.NAME, "planned").get_attribute("value") == "21000000"
        wait_for(
            lambda: any(title in box.get_attribute("value") for box in browser.find_elements(By.CSS_SELECTOR, "[data-search]")),
            20, "the proposal by its title")
        browser.find_element(By.NAME, "due").send_keys(day(40))
        browser.find_element(By.CSS_SELECTOR, "#f-group").send_keys(name)
        wait_for(
            lambda: browser.find_elements(By.CSS_SELECTOR, f"input[type=hidden][name=group][value='{group}']"), 20,
            "the group that was chosen by its name")
        browser.press("main form button[type=submit]")
        browser.wait_text("지금까지의 일")
        promise = browser.current_url.split("/")[-1].split("?")[0]
        said = browser.find_element(By.TAG_NAME, "main").text
        assert name in said and "이정표 등록" in said and "이정표가 올라가지 않았습니다" not in said
        assert browser.find_elements(By.CSS_SELECTOR, "a[href^='/alliance/milestones/']")
    # The roadmap shows it to everybody as what it is, and leads back.
    public = requests.get(f"{sample.url}/alliance/roadmap?group={group}", timeout=60, headers={"Accept-Language": "ko"}).text
    assert title in public and "시민에게 한 약속" in public and f"/commons/outcomes/{promise}" in public
    milestone = re.search(rf'/alliance/milestones/([0-9a-f-]{{36}})[^<]*">[^<]*{title}', public)[1]
    # While the group has it, its day and its end are said there alone.
    refused = officer.call("commons.outcome.slip", item=promise, due=day(50), said="늦어집니다.")
    assert refused.status_code == 409 and "outcome.milestone" in refused.text
    with open_browser(width=390, height=844) as browser:
        let_in(browser, sample, chair, "ko")
        browser.get(f"{sample.url}/alliance/milestones/{milestone}")
        assert "시민에게 한 약속" in browser.find_element(By.TAG_NAME, "main").text
        browser.press(f"a[href^='/do/alliance.milestone.move?milestone={milestone}']")
        browser.find_element(By.NAME, "due").send_keys(day(61))
        browser.find_element(By.NAME, "reason").send_keys("그늘막 공장이 납기를 미뤘습니다.")
        browser.press("main form button[type=submit]")
        browser.wait_text("그늘막 공장이 납기를 미뤘습니다.")
    for width, language in ((390, "ko"), (1440, "en")):
        with open_browser(width=width, height=900) as browser:
            # Whoever proposed it, or anybody else, reads it without signing in.
            browser.execute_cdp_cmd("Page.setBypassCSP", {"enabled": True})
            browser.get(f"{sample.url}/language/{language}?next=/commons")
            for path in (f"/commons/proposals/{proposal}", "/commons/outcomes", f"/commons/outcomes/{promise}"):
                browser.get(sample.url + path)
                text = browser.find_element(By.TAG_NAME, "main").text
                for words in (day(40), day(61), "21" if language == "ko" else "21 days later", "21,000,000"):
                    assert words in text, f"{path}: {words}"
                assert not re.search(r"\b(outcomes|commons)_[a-z_]+|\{[a-z]+\}", text), f"{path}: words that are missing"
                assert browser.execute_script("return document.documentElement.scrollWidth") <= width, path
                browser.execute_script(AXE.read_text())
                assert browser.execute_async_script(SERIOUS) == [], path
            assert "그늘막 공장이 납기를 미뤘습니다." in browser.find_element(By.ID, "news").text
            browser.press("#news a[href^='/trace/']")
            # On the Record it stands behind the move of the milestone that caused it.
            for event in ("이정표 기한 변경", "끝낼 날을 바꿈") if language == "ko" else ("Milestone moved", "Day changed"):
                browser.wait_text(event)
    mine = author.page("/commons/mine").text
    assert f"/commons/outcomes/{promise}" in mine and day(61) in mine
    # The group reaches it: the officer is asked how it ended, and says so.
    chair.do("alliance.milestone.reach", milestone=milestone, evidence="준공 검사 결과")
    assert "분과가 이룬 약속이 어떻게 끝났는지" in officer.page("/", headers={"Accept-Language": "ko"}).text
    officer.do("commons.outcome.report", item=promise, percent=100, spent="20500000", said="모두 놓았습니다.")
    officer.do("commons.outcome.end", item=promise, state="done", said="그늘 아래에서 쉴 수 있습니다.")
    entry = requests.get(f"{sample.url}/api/v1/commons/outcomes/{promise}", timeout=60).json()
    assert entry["state"] == "done" and entry["milestone"] == milestone and entry["group"] == group
    assert entry["on_time"] is True, "it was done before the first day after all"
    kinds = [news["kind"].split(".")[-1] for news in entry["news"]]
    assert sorted(kinds) == ["ended", "promised", "reached", "reported", "set", "slipped"]


def test_how_promises_were_kept_is_open_data_with_its_basis(sample):
    all_of_them = requests.get(f"{sample.url}/api/v1/commons/outcomes", timeout=60).json()
    kept = all_of_them["kept"]
    judged = [entry for entry in all_of_them["outcomes"] if entry["on_time"] is not None]
    assert kept["judged"] == len(judged) >= 3 and kept["on_time"] == sum(entry["on_time"] for entry in judged)
    assert kept["promises"] == len(all_of_them["outcomes"]) == kept["judged"] + kept["not_due_yet"] + kept["without_day"]
    rows = list(csv.DictReader(io.StringIO(
        requests.get(f"{sample.url}/api/v1/commons/outcomes?format=csv", timeout=60).content.decode("utf-8-sig"))))
    assert {row["id"]: row["due"] for row in rows} == {entry["id"]: entry["due"] or "" for entry in all_of_them["outcomes"]}
    feed = ET.fromstring(requests.get(f"{sample.url}/commons/outcomes/feed.atom", timeout=60).text)
    entries = list(feed.iter(f"{ATOM}entry"))
    assert entries and all(len(entry.findall(f"{ATOM}link")) == 2 for entry in entries)
    # One of the sample's promises came of a proposal, and stands on a group's roadmap.
    taken = next(entry for entry in all_of_them["outcomes"] if entry["id"] == "sample-skills")
    assert taken["milestone"] and taken["milestone_state"] == "open"
    page = requests.get(f"{sample.url}/commons/proposals/{taken['proposal']}", timeout=60).text
    assert "/commons/outcomes/sample-skills" in page
    result = requests.get(f"{sample.url}/commons/votes/sample-budget-2026/result", timeout=60).text
    assert result.count("/commons/outcomes/sample-budget-2026-") >= 2, "each that was chosen, with what became of it"
