"""A citizen proposes, others support, the text is amended in sight of all; two proposals become one; what is taken down is appealed."""
import csv
import datetime
import io
import pathlib
import re
import xml.etree.ElementTree as ET

import axe_playwright_python
import pytest
import requests
from conftest import let_in, open_browser
from house import wait_for
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

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


def a_process(house, title, phases, **more):
    """A process that the officer opens; each phase with its first and last day from today."""
    opened = house.officer.do(
        "commons.process.open", title=title, question=f"{title}: 무엇을 정할까요?", kind="rules",
        phases=[{"phase": phase, "begins": day(begins), "ends": day(ends)} for phase, begins, ends in phases], **more)
    return opened["commons.process.opened"].split("/")[1]


@pytest.fixture(scope="module")
def town(sample):
    sample.officer = sample.member("", "zoneOfficer")
    return sample


def propose(person, process, title, body, **more):
    made = person.do("commons.proposal.make", process=process, title=title, body=body, **more)
    return made["commons.proposal.made"].split("/")[1]


def test_by_keyboard_alone_a_proposal_is_made_supported_and_amended_in_sight_of_all(town):
    author, other = town.member("", "citizen"), town.member("", "citizen")
    process = a_process(town, "여정 로봇 길", [("proposals", 0, 9), ("vote", 20, 25)], support_needed=1)
    with open_browser(width=390, height=844) as browser:
        let_in(browser, town, author, "ko")
        browser.get(f"{town.url}/commons/processes/{process}")
        browser.wait_text("‘제안’ 단계입니다")
        browser.tab_to("propose", lambda e: e.text == "제안하기").send_keys(Keys.ENTER)
        browser.tab_to("the title", lambda e: e.get_attribute("name") == "title").send_keys("학교 앞에서는 천천히")
        browser.tab_to("the text", lambda e: e.get_attribute("name") == "body").send_keys(
            "학교 앞 길에서 로봇은 시속 4킬로미터로 다닙시다.")
        browser.tab_to("on", lambda e: e.get_attribute("value") == "check" and e.tag_name == "button").send_keys(Keys.ENTER)
        browser.wait_text("비슷한 제안이 없습니다")
        browser.tab_to("send", lambda e: e.get_attribute("value") == "send").send_keys(Keys.ENTER)
        browser.wait_text("지지 0명")
        proposal = browser.current_url.split("/")[-1]
        assert "학교 앞에서는 천천히" in browser.find_element(By.TAG_NAME, "h1").text
    with open_browser(width=390, height=844) as browser:
        let_in(browser, town, other, "ko")
        browser.get(f"{town.url}/commons/proposals/{proposal}")
        browser.tab_to("support", lambda e: e.text == "지지하기").send_keys(Keys.ENTER)
        browser.wait_text("지지 1명")
        browser.tab_to("take back", lambda e: e.text == "지지 거두기").send_keys(Keys.ENTER)
        browser.wait_text("지지 0명")
        browser.press("form[action='/do/commons.proposal.support'] button")
        browser.wait_text("지지 1명")
        # A second one like it: the first is shown before it is sent.
        browser.get(f"{town.url}/commons/processes/{process}/propose")
        browser.find_element(By.NAME, "title").send_keys("학교 앞에서는 로봇도 천천히")
        browser.find_element(By.NAME, "body").send_keys("학교 앞 길에서 로봇은 시속 4킬로미터로 다녔으면 합니다.")
        browser.press("button[value=check]")
        browser.wait_text("% 비슷함", "#similar")
        assert "학교 앞에서는 천천히" in browser.find_element(By.ID, "similar").text
        assert browser.find_element(By.NAME, "title").get_attribute("value") == "학교 앞에서는 로봇도 천천히"
        browser.press("button[value=send]")
        browser.wait_text("지지 0명")
        twin = browser.current_url.split("/")[-1]
        # Somebody talks about it.
        browser.find_element(By.CSS_SELECTOR, "#debate textarea").send_keys("등교 시간에는 더 천천히 갔으면 합니다.")
        browser.press("#debate input[value=pro]")
        browser.press("#debate button[type=submit]")
        browser.wait_text("등교 시간에는 더 천천히", "#debate")
    # The officer reads both side by side and merges them: whoever supports both counts once.
    author.do("commons.proposal.support", proposal=twin)
    other.do("commons.proposal.support", proposal=twin)
    with open_browser(width=1440, height=900) as browser:
        let_in(browser, town, town.officer, "ko")
        browser.get(f"{town.url}/commons/moderation")
        link = next(a for a in browser.find_elements(By.CSS_SELECTOR, "#alike a") if "학교 앞에서는" in a.text)
        link.click()
        browser.wait_text("합치면 지지가 모두 2명입니다")
        browser.press(f"a[href^='/do/commons.proposal.merge?'][href*='proposal={twin}']")
        browser.find_element(By.NAME, "reason").send_keys("같은 학교 앞 길입니다")
        browser.press("main form button[type=submit]")
        browser.press("main form button[type=submit]")
        browser.wait_text("지지 2명")
        assert browser.current_url.endswith(proposal)
    gone = requests.get(f"{town.url}/commons/proposals/{twin}", timeout=60).text
    assert "다녔으면 합니다" in gone and f"/commons/proposals/{proposal}" in gone and "같은 학교 앞 길입니다" in gone
    mine = author.page("/commons/mine").text
    assert "학교 앞에서는 천천히" in mine and "제안을 합침" in mine
    said = author.post(
        f"{town.url}/api/v1/agent/turns", json={"text": "내 제안 어떻게 됐어", "language": "ko"}, timeout=60,
        headers={"X-CSRF-Token": author.csrf}).text
    assert "학교 앞에서는 천천히" in said and "지지 2명" in said, said


def test_an_amendment_shows_what_goes_and_what_comes_and_its_author_hears_what_became_of_it(town):
    author, other = town.member("", "citizen"), town.member("", "citizen")
    # Proposals are made today alone; the officer opens the next phase by moving its days, with the reason.
    process = a_process(town, "여정 수정", [("amendment", 0, 9), ("vote", 20, 25)])
    closed = author.call("commons.proposal.make", process=process, title="늦은 제안", body="제안 단계가 없는 과정입니다.")
    assert closed.status_code == 409 and "process.phase" in closed.text
    # Of the sample: a proposal whose text is being amended.
    page = requests.get(f"{town.url}/commons", timeout=60).text
    roadmap = next(
        p for p in re.findall(r'/commons/processes/([0-9a-f-]{36})', page)
        if "용접사 재교육" in requests.get(f"{town.url}/commons/processes/{p}", timeout=60).text)
    listed = requests.get(f"{town.url}/commons/processes/{roadmap}", timeout=60).text
    proposal = re.search(r'/commons/proposals/([0-9a-f-]{36})">용접사', listed)[1]
    with open_browser(width=390, height=844) as browser:
        let_in(browser, town, other, "ko")
        browser.get(f"{town.url}/commons/proposals/{proposal}/amend")
        body = browser.find_element(By.NAME, "body")
        before = body.get_attribute("value")
        assert "다음 해 봄에 시작합시다" in before, "the form begins with the text as it stands"
        body.clear()
        body.send_keys(before.replace("다음 해 봄에", "다음 해 가을에"))
        browser.find_element(By.NAME, "why").send_keys("봄에는 강사를 구하지 못합니다")
        browser.press("main form button[type=submit]")
        browser.wait_text("무엇이 바뀌나요")
        assert "봄에" in browser.find_element(By.CSS_SELECTOR, "#change del").text
        assert "가을에" in browser.find_element(By.CSS_SELECTOR, "#change ins").text
        amendment = browser.current_url.split("/")[-1]
        assert "봄에는 강사를 구하지 못합니다" in browser.find_element(By.TAG_NAME, "main").text
    refused = other.call("commons.amendment.accept", amendment=amendment, reason="내가 낸 것")
    assert refused.status_code == 403 and "proposal.author" in refused.text
    author.do("commons.amendment.support", amendment=amendment)
    public = requests.get(f"{town.url}/commons/proposals/{proposal}", timeout=60).text
    assert public.count("/commons/amendments/") >= 2 and "수정안" in public or "amendment" in public


def test_moving_a_phase_needs_a_reason_and_everybody_reads_it(town):
    process = a_process(town, "여정 날짜", [("proposals", 0, 3), ("vote", 10, 12)])
    with open_browser(width=390, height=844) as browser:
        let_in(browser, town, town.officer, "ko")
        browser.get(f"{town.url}/commons/processes/{process}")
        browser.press("a[href^='/do/commons.process.move?']")
        browser.find_element(By.CSS_SELECTOR, "select[name=phase] option[value=proposals], input[name=phase][value=proposals]").click()
        browser.find_element(By.NAME, "ends").send_keys(day(6))
        browser.press("main form button[type=submit]")
        browser.wait_text("입력해 주세요")
        browser.find_element(By.NAME, "reason").send_keys("공휴일이 끼었습니다")
        browser.press("main form button[type=submit]")
        browser.wait_text(day(6))
        browser.press("main form button[type=submit]")
        browser.wait_text("공휴일이 끼었습니다", "#changes")
    public = requests.get(f"{town.url}/commons/processes/{process}", timeout=60, headers={"Accept-Language": "ko"}).text
    assert day(6) in public and "공휴일이 끼었습니다" in public
    assert town.member("firm-gaon", "executive").call(
        "commons.process.move", process=process, phase="vote", ends=day(30), reason="x").status_code == 403


def test_what_is_hidden_says_why_is_kept_for_its_author_and_is_decided_anew_by_another_person(town):
    writer, reader, second = town.member("", "citizen"), town.member("firm-gaon", "worker"), town.member("", "zoneOfficer")
    process = a_process(town, "여정 토론", [("debate", 0, 9)])
    path = f"/commons/processes/{process}"
    with open_browser(width=390, height=844) as browser:
        let_in(browser, town, writer, "ko")
        browser.get(town.url + path)
        browser.find_element(By.CSS_SELECTOR, "#debate textarea").send_keys("로봇을 만든 사람은 정신이 나갔습니다")
        browser.press("#debate button[type=submit]")
        browser.wait_text("정신이 나갔습니다", "#debate")
        let_in(browser, town, reader, "ko")
        browser.get(town.url + path)
        browser.press("#debate a[href^='/do/commons.text.report']")
        browser.press("input[name=rule][value=insult], select[name=rule] option[value=insult]")
        browser.press("main form button[type=submit]")
        let_in(browser, town, town.officer, "ko")
        browser.get(f"{town.url}/commons/moderation")
        browser.wait_text("정신이 나갔습니다", "#reported")
        row = next(li for li in browser.find_elements(By.CSS_SELECTOR, "#reported li") if "정신이 나갔습니다" in li.text)
        row.find_element(By.CSS_SELECTOR, "a[href^='/do/commons.text.hide']").click()
        browser.press("input[name=rule][value=insult], select[name=rule] option[value=insult]")
        browser.find_element(By.NAME, "reason").send_keys("만든 사람을 모욕합니다")
        browser.press("main form button[type=submit]")
        browser.wait_text("이의 신청")
    public = requests.get(town.url + path, timeout=60).text
    assert "정신이 나갔습니다" not in public and "만든 사람을 모욕합니다" in public
    with open_browser(width=390, height=844) as browser:
        let_in(browser, town, writer, "ko")
        browser.get(f"{town.url}/commons/mine")
        browser.wait_text("정신이 나갔습니다", "#held")
        browser.press("#held a[href^='/do/commons.text.appeal']")
        browser.find_element(By.NAME, "why").send_keys("사람이 아니라 결정을 두고 한 말입니다")
        browser.press("main form button[type=submit]")
        let_in(browser, town, town.officer, "ko")
        browser.get(f"{town.url}/commons/moderation")
        browser.wait_text("다른 담당자가 정해야 합니다", "#appeals")
        let_in(browser, town, second, "ko")
        browser.get(f"{town.url}/commons/moderation")
        row = next(li for li in browser.find_elements(By.CSS_SELECTOR, "#appeals li") if "결정을 두고 한 말" in li.text)
        row.find_element(By.CSS_SELECTOR, "a[href^='/do/commons.appeal.decide']").click()
        browser.press("input[name=restored][value=true]")
        browser.find_element(By.NAME, "reason").send_keys("모욕으로 보기 어렵습니다")
        browser.press("main form button[type=submit]")
        browser.wait_text("이의 신청")
    assert "정신이 나갔습니다" in requests.get(town.url + path, timeout=60).text


def test_what_is_doubtful_waits_and_its_author_is_told(town):
    writer = town.member("", "citizen")
    process = a_process(town, "여정 기다림", [("debate", 0, 9)])
    answer = writer.form(
        "/commons/comments", process=process, position="neutral", body="여기서 사세요 https://shop.example/ad")
    assert answer.status_code == 200 and "확인한 뒤 공개합니다" in answer.text
    assert "shop.example" not in requests.get(f"{town.url}/commons/processes/{process}", timeout=60).text
    assert "처음 오신 분의 글에 외부 주소가 있어" in writer.page("/commons/mine").text
    for number in range(2):
        writer.do("commons.comment.write", process=process, position="pro", body=f"서로 다른 의견 {number}번입니다")
    fast = writer.form("/commons/comments", process=process, position="pro", body="너무 빨리 쓴 넷째 의견")
    assert fast.status_code == 429 and "너무 빨리 쓴 넷째 의견" in fast.text, "what was written stays in the form"


def test_whoever_asks_hears_what_is_open_and_a_picture_loses_where_it_was_taken(town):
    said = requests.post(
        f"{town.url}/api/v1/agent/turns", json={"text": "열려 있는 참여 과정이 뭐가 있어", "language": "ko"}, timeout=60,
        headers={"Accept-Language": "ko"})
    assert "지금 참여할 수 있는 것은" in said.text, said.text
    author = town.member("", "citizen")
    process = a_process(town, "여정 사진", [("proposals", 0, 9), ("vote", 20, 25)])
    proposal = propose(author, process, "꽃밭 넓히기", "정문 앞 꽃밭을 두 배로 넓힙시다.")
    exif = b"\xff\xe1\x00\x0cExif\x00\x00GPS!"
    photo = b"\xff\xd8" + exif + b"\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00" + b"\xff\xda\x00\x02\xff\xd9"
    answer = author.form(
        f"/commons/proposals/{proposal}/pictures", about="지금 꽃밭", picture=("garden.jpg", photo))
    assert answer.status_code == 200, answer.text
    source = re.search(r"/commons/pictures/[0-9a-f]{64}", answer.text)[0]
    shown = requests.get(town.url + source, timeout=60)
    assert shown.status_code == 200 and shown.headers["Content-Type"] == "image/jpeg" and b"GPS" not in shown.content
    stranger = town.member("", "citizen").form(
        f"/commons/proposals/{proposal}/pictures", about="x", picture=("garden.jpg", photo))
    assert stranger.status_code == 403
    author.do("commons.text.withdraw", text=proposal)
    assert requests.get(town.url + source, timeout=60).status_code == 404


def test_open_data_has_what_is_shown_and_nobodys_name(town):
    author = town.member("", "citizen")
    process = a_process(town, "여정 자료", [("proposals", 0, 9), ("vote", 20, 25)])
    proposal = propose(author, process, "물놀이터", "여름에 물놀이터를 엽시다.", name="아무개 시민")
    data = requests.get(f"{town.url}/api/v1/commons/processes", timeout=60).json()
    assert any(one["id"] == process and one["phase"] == "proposals" and one["proposals"] == 1 for one in data["processes"])
    listed = requests.get(f"{town.url}/api/v1/commons/processes/{process}/proposals", timeout=60)
    assert [one["id"] for one in listed.json()["proposals"]] == [proposal] and "아무개" not in listed.text
    table = requests.get(
        f"{town.url}/api/v1/commons/processes/{process}/proposals", params={"format": "csv"}, timeout=60).content.decode("utf-8-sig")
    assert [row["title"] for row in csv.DictReader(io.StringIO(table))] == ["물놀이터"] and "아무개" not in table
    feed = ET.fromstring(requests.get(f"{town.url}/commons/changes.atom", params={"process": process}, timeout=60).text)
    assert len(list(feed.iter("{http://www.w3.org/2005/Atom}entry"))) >= 1


def test_the_pages_are_readable_by_everybody_in_both_languages(town):
    listed = requests.get(f"{town.url}/commons", timeout=60).text
    processes = list(dict.fromkeys(re.findall(r"/commons/processes/([0-9a-f-]{36})", listed)))
    texts = {p: requests.get(f"{town.url}/commons/processes/{p}", timeout=60).text for p in processes}
    robots = next(p for p, text in texts.items() if "병원 앞 건널목에서는" in text)
    crossing = re.search(r'/commons/proposals/([0-9a-f-]{36})">병원 앞 건널목에서는', texts[robots])[1]
    twin = re.search(r'/commons/proposals/([0-9a-f-]{36})">병원 앞 건널목에서 로봇이', texts[robots])[1]
    roadmap = next(p for p, text in texts.items() if "용접사 재교육" in text)
    skills = re.search(r'/commons/proposals/([0-9a-f-]{36})">용접사', texts[roadmap])[1]
    amendment = re.search(
        r"/commons/amendments/([0-9a-f-]{36})", requests.get(f"{town.url}/commons/proposals/{skills}", timeout=60).text)[1]
    pages = [
        "/commons", f"/commons/processes/{robots}", f"/commons/processes/{robots}/propose", f"/commons/proposals/{crossing}",
        f"/commons/amendments/{amendment}", "/commons/mine", "/commons/moderation",
        f"/commons/proposals/{crossing}/beside/{twin}", f"/commons/proposals/{skills}/amend", "/do/commons.process.open"]
    for width, language in ((390, "ko"), (390, "en"), (1440, "en")):
        with open_browser(width=width, height=900) as browser:
            browser.execute_cdp_cmd("Page.setBypassCSP", {"enabled": True})
            let_in(browser, town, town.officer, language)
            for path in pages:
                browser.get(town.url + path)
                assert browser.execute_script("return document.documentElement.scrollWidth") <= width, path
                browser.execute_script(AXE.read_text())
                assert browser.execute_async_script(SERIOUS) == [], path
                text = browser.find_element(By.CSS_SELECTOR, "main").text
                assert not re.search(r"\bcommons_[a-z_]+|\{[a-z]+\}", text), f"{path}: words that are missing"
