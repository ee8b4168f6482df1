"""From a proposal to a receipt by keyboard alone, as a screen reader tells it; and every page of Commons at twice the size of text."""
import contextlib
import datetime
import functools
import http.server
import pathlib
import re
import threading

import axe_playwright_python
import pytest
import requests
from conftest import let_in, open_browser
from house import wait_for
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

AXE = next(pathlib.Path(axe_playwright_python.__file__).parent.rglob("axe.min.js")).read_text()
SERIOUS = """
const done = arguments[arguments.length - 1];
axe.run(document, {resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']}).then(r => done(r.violations
  .filter(v => ['serious', 'critical'].includes(v.impact)).map(v => v.id + ': ' + v.nodes.map(n => n.target.join(' ')).slice(0, 3).join(', '))));
"""
WIDER = """
return [...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.tablescroll, pre, svg'))
  .slice(0, 5).map(e => e.tagName + '.' + e.className + ' ' + e.textContent.trim().slice(0, 40));
"""
# A page that does not scroll sideways may still cut what stands within it: text whose right edge lies beyond the screen.
CUT = """
const cut = [], walk = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT), range = document.createRange();
while (walk.nextNode()) {
  const text = walk.currentNode, box = text.parentElement;
  if (!text.textContent.trim() || box.closest('pre, svg, .visually-hidden, thead, option, [hidden]') || !box.checkVisibility()) continue;
  range.selectNodeContents(text);
  if ([...range.getClientRects()].some(r => r.width && r.right > innerWidth + 1))
    cut.push(box.tagName + '.' + box.className + ' ' + text.textContent.trim().slice(0, 40));
}
return cut.slice(0, 6);
"""
VOTE = "/commons/votes/sample-robots-2026"
SAID = {
    "ko": {
        "propose": "제안하기", "title": "제목", "body": "내용", "plain": "쉬운 말 요약 (선택)", "send": "이대로 제안하기",
        "east": "동서로 옮기기", "none": "비슷한 제안이 없습니다", "support": "지지하기", "back": "지지 거두기", "one": "지지 1명",
        "code": "투표 코드", "wrong": "글자 16개인데 4개", "check": "확인하기", "cast": "투표하기", "taken": "투표함에 들어갔습니다",
        "hard": "‘금일’ 대신 ‘오늘’", "text": "도서관 앞 길에서 로봇은 천천히 다닙시다.", "summary": "금일부터 길이 안전해집니다."},
    "en": {
        "propose": "Propose", "title": "Title", "body": "Text", "plain": "In plain words (optional)", "send": "Propose this",
        "east": "Move east or west", "none": "No proposal is similar", "support": "Support", "back": "Take support back",
        "one": "1 supporter", "code": "code", "wrong": "16", "check": "", "cast": "", "taken": "", "hard": "Instead of “prior to”",
        "text": "Robots should wait at the school gate.", "summary": "Prior to school the street is quiet."},
}


def day(distance):
    korea = datetime.timezone(datetime.timedelta(hours=9))
    return (datetime.datetime.now(korea).date() + datetime.timedelta(days=distance)).isoformat()


@pytest.fixture(scope="module")
def town(sample):
    sample.officer = sample.member("", "zoneOfficer")
    sample.codes = [
        line.rsplit(",", 1)[1]
        for line in sample.officer.form(f"{VOTE}/census/codes", **{"as": "csv"}).text.strip().splitlines()[1:]]
    return sample


@contextlib.contextmanager
def city(folder):
    """Another site on this machine: its own origin."""
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/index.html"
        server.shutdown()


class Heard:
    """The accessibility tree of a page: what a screen reader has to tell."""

    def __init__(self, browser):
        nodes = browser.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
        self.nodes = [
            {"role": n["role"]["value"], "name": n.get("name", {}).get("value", "") or "",
             "about": n.get("description", {}).get("value", "") or "", "value": n.get("value", {}).get("value", ""),
             **{p["name"]: p["value"].get("value") for p in n.get("properties", [])}}
            for n in nodes if not n.get("ignored") and "role" in n]

    def all(self, role, name=""):
        return [n for n in self.nodes if n["role"] == role and name in n["name"]]

    def one(self, role, name):
        found = self.all(role, name)
        assert found, f"no {role} “{name}” among {[n['name'] for n in self.nodes if n['role'] == role]}"
        return found[0]


def named(name):
    return lambda e: e.get_attribute("name") == name


@pytest.mark.parametrize("language", ["ko", "en"])
def test_from_a_proposal_to_a_receipt_by_keyboard_as_a_screen_reader_tells_it(town, language):
    said = SAID[language]
    author, other = town.member("", "citizen"), town.member("", "citizen")
    opened = town.officer.do(
        "commons.process.open", title=f"걷는 길 {language}", title_en=f"Walks {language}", question="어디를 고칠까요?",
        question_en="What is to be mended?", kind="rules",
        phases=[{"phase": "proposals", "begins": day(0), "ends": day(5)}, {"phase": "vote", "begins": day(9), "ends": day(12)}])
    process = opened["commons.process.opened"].split("/")[1]
    with open_browser(width=390, height=844) as browser:
        let_in(browser, town, author, language)
        browser.get(f"{town.url}/commons/processes/{process}")
        heard = Heard(browser)
        assert heard.one("link", said["propose"]) and heard.all("main") and len(heard.all("heading")) > 3
        browser.tab_to("propose", lambda e: e.text == said["propose"]).send_keys(Keys.ENTER)
        browser.wait_text(said["title"])
        heard = Heard(browser)
        for name in ("title", "body"):
            assert heard.one("textbox", said[name]).get("required"), f"{name} is told to be required"
        assert heard.one("textbox", said["plain"])["about"], "its help is read with it"
        assert len(heard.all("slider")) == 2 and heard.one("slider", said["east"])
        assert browser.find_element(By.ID, "similar").get_attribute("aria-live") == "polite"
        browser.tab_to("the title", named("title")).send_keys(f"{said['text'][:12]} {language}")
        browser.tab_to("the text", named("body")).send_keys(said["text"])
        browser.tab_to("the summary", named("plain")).send_keys(said["summary"])
        # What is alike and what is hard to read is told while one goes on: in regions that were there before.
        slider = browser.tab_to("the place", lambda e: e.get_attribute("data-axis") == "x")
        browser.wait_text(said["hard"], "#plain")
        browser.wait_text(said["none"], "#similar")
        for _ in range(3):
            slider.send_keys(Keys.ARROW_RIGHT)
        east = float(browser.find_element(By.NAME, "place.lon").get_attribute("value"))
        slider.send_keys(Keys.ARROW_LEFT)
        assert float(browser.find_element(By.NAME, "place.lon").get_attribute("value")) < east
        # What a slider stands for is told in words, not as a number from 0 to 600; and beside the map, as it changes.
        assert re.search(r"\d+ m", slider.get_attribute("aria-valuetext"))
        assert re.search(r"\d+ m", browser.find_element(By.CSS_SELECTOR, "[data-said][role=status]").text)
        browser.tab_to("on", lambda e: e.get_attribute("value") == "check" and e.tag_name == "button").send_keys(Keys.ENTER)
        browser.wait_text(said["send"])
        browser.tab_to("send", lambda e: e.get_attribute("value") == "send").send_keys(Keys.ENTER)
        wait_for(lambda: "/commons/proposals/" in browser.current_url, 20, "the proposal's page")
        proposal = browser.current_url.split("/")[-1]
        heard = Heard(browser)
        assert heard.all("status") and heard.one("heading", f"{said['text'][:12]}")["level"] == 1
        let_in(browser, town, other, language)
        browser.get(f"{town.url}/commons/proposals/{proposal}")
        assert said["summary"] in browser.find_element(By.CSS_SELECTOR, "#text").text
        assert Heard(browser).one("button", said["support"])
        browser.tab_to("support", lambda e: e.text == said["support"]).send_keys(Keys.ENTER)
        browser.wait_text(said["one"])
        heard = Heard(browser)
        assert heard.one("button", said["back"]) and heard.all("status")
    with open_browser(width=390, height=844) as browser:
        browser.get(f"{town.url}/language/{language}?next={VOTE}")
        browser.tab_to("vote", lambda e: (e.get_attribute("href") or "").endswith(f"{VOTE}/ballot")).send_keys(Keys.ENTER)
        wait_for(lambda: browser.current_url.endswith("/ballot"), 20, "the ballot")
        heard = Heard(browser)
        boxes = heard.all("combobox")
        assert len(boxes) == 3 and all(box["name"].strip() for box in boxes), "each choice is told by its name"
        browser.tab_to("the first choice", lambda e: e.get_attribute("name") == "c.2").send_keys("1")
        field = browser.tab_to("the code", named("code"))
        field.send_keys("ABCD" + Keys.ENTER)
        browser.wait_text("16")
        heard = Heard(browser)
        wrong = [n for n in heard.all("textbox") if n.get("invalid") == "true"]
        assert len(wrong) == 1 and "16" in wrong[0]["about"], "what is wrong is told with its box"
        assert heard.all("alert") or heard.all("status") or browser.find_elements(By.CSS_SELECTOR, "[role=alert]"), "and at once"
        field = browser.tab_to("the code", named("code"))
        field.clear()
        field.send_keys(town.codes.pop() + Keys.ENTER)
        wait_for(lambda: browser.find_elements(By.CSS_SELECTOR, "button[value=cast]"), 20, "the ballot read back")
        assert Heard(browser).all("listitem"), "what was chosen is a list"
        browser.tab_to("cast", lambda e: e.get_attribute("value") == "cast").send_keys(Keys.ENTER)
        wait_for(lambda: browser.find_elements(By.ID, "ballot-number"), 20, "the receipt")
        heard = Heard(browser)
        assert heard.all("status"), "that the ballot is in is told by itself"
        number = browser.find_element(By.ID, "ballot-number").text
        browser.tab_to("look it up", lambda e: "/receipt?number=" in (e.get_attribute("href") or "")).send_keys(Keys.ENTER)
        browser.wait_text(number, "main")


def pages(town):
    """Every page of Commons, with what it needs in its address."""
    listed = requests.get(f"{town.url}/commons", timeout=60).text
    found = list(dict.fromkeys(re.findall(r"/commons/processes/([0-9a-f-]{36})", listed)))
    texts = {p: requests.get(f"{town.url}/commons/processes/{p}", timeout=60).text for p in found}
    robots = next(p for p, text in texts.items() if "병원 앞 건널목에서는" in text)
    budget = next(p for p, text in texts.items() if "빈 창고를 주민 체육관으로" in text)
    roadmap = next(p for p, text in texts.items() if "용접사 재교육" in text)
    crossing = re.search(r'/commons/proposals/([0-9a-f-]{36})">병원 앞 건널목에서는', texts[robots])[1]
    twin = re.search(r'/commons/proposals/([0-9a-f-]{36})">병원 앞 건널목에서 로봇이', texts[robots])[1]
    skills = re.search(r'/commons/proposals/([0-9a-f-]{36})">용접사', texts[roadmap])[1]
    about = requests.get(f"{town.url}/commons/proposals/{skills}", timeout=60).text
    comment = re.search(r'id="c-([0-9a-f-]{36})"', requests.get(f"{town.url}/commons/proposals/{crossing}", timeout=60).text)[1]
    outcome = re.search(r'/commons/outcomes/((?!feed)[^"/?#]+)"', requests.get(f"{town.url}/commons/outcomes", timeout=60).text)[1]
    return [
        "/commons", *[f"/commons/processes/{p}" for p in (robots, budget, roadmap)], f"/commons/processes/{robots}/propose",
        f"/commons/processes/{budget}/vote", f"/commons/proposals/{crossing}", f"/commons/proposals/{skills}",
        f"/commons/proposals/{skills}/texts", f"/commons/proposals/{skills}/amend", f"/commons/comments/{comment}",
        "/commons/amendments/" + re.search(r"/commons/amendments/([0-9a-f-]{36})", about)[1],
        f"/commons/proposals/{crossing}/beside/{twin}", "/commons/mine", "/commons/moderation", "/commons/votes", VOTE,
        "/commons/votes/sample-civic-budget", "/commons/votes/sample-budget-2027/rules", f"{VOTE}/rules", f"{VOTE}/ballot",
        f"{VOTE}/receipt", "/commons/votes/sample-budget-2026", "/commons/votes/sample-budget-2026/result", f"{VOTE}/census",
        f"{VOTE}/paper", "/commons/opinions", "/commons/opinions/sample-robots", "/commons/opinions/sample-civic-budget",
        "/commons/outcomes", f"/commons/outcomes/{outcome}", f"/commons/embed/processes/{budget}",
        "/commons/embed/votes/sample-budget-2026", "/do/commons.process.open", "/do/commons.vote.set-up",
        f"/do/commons.process.explain?process={budget}"]


def waiting(town):
    """A vote whose letters have not been printed yet."""
    vote = town.officer.do(
        "commons.vote.set-up", title="그늘 쉼터", summary="쉼터 자리를 고릅니다.", method="approval",
        begins=f"{day(3)}T09:00:00+09:00", ends=f"{day(5)}T18:00:00+09:00", accountless=True,
        options=[{"name": "부두"}, {"name": "공원"}])["commons.vote.set-up"].removeprefix("vote/")
    town.officer.do("commons.vote.fix-rule", vote=vote, method="most")
    town.officer.do("commons.census.import", vote=vote, list="식별번호,이름,주소\np1,사람 1,부두로 1\np2,사람 2,부두로 2")
    return f"/commons/votes/{vote}"


def look(browser, path, wrong):
    """Twice the size of text without sideways scrolling, and nothing serious by axe."""
    browser.execute_script("document.documentElement.style.fontSize = '200%'")
    if browser.execute_script("return document.documentElement.scrollWidth") > 390:
        wrong.append((path, "too wide", browser.execute_script(WIDER)))
    if cut := browser.execute_script(CUT):
        wrong.append((path, "cut", cut))
    browser.execute_script("document.documentElement.style.fontSize = ''")
    if browser.execute_script("return document.documentElement.scrollWidth") > 390:
        wrong.append((path, "too wide at 100 %", browser.execute_script(WIDER)))
    browser.execute_script(AXE)
    wrong += [(path, found) for found in browser.execute_async_script(SERIOUS)]


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_page_holds_at_twice_the_text_and_none_fails_axe(town, language):
    wrong = []
    with open_browser(width=390, height=844) as browser:
        browser.execute_cdp_cmd("Page.setBypassCSP", {"enabled": True})
        let_in(browser, town, town.officer, language)
        for path in pages(town):
            browser.get(town.url + path)
            look(browser, path, wrong)
        browser.get(f"{town.url}{waiting(town)}/census")
        browser.press("form[action$='/census/codes'] button:not([value])")
        browser.wait_text("부두로 2")
        look(browser, "letters", wrong)
    assert not wrong, "\n".join(map(str, wrong))


def test_a_frame_of_another_site_shows_where_a_process_stands(town, tmp_path):
    budget = next(
        p for p in re.findall(r"/commons/processes/([0-9a-f-]{36})", requests.get(f"{town.url}/commons", timeout=60).text)
        if "빈 창고를 주민 체육관으로" in requests.get(f"{town.url}/commons/processes/{p}", timeout=60).text)
    with open_browser(width=1440, height=900) as browser:
        browser.get(f"{town.url}/language/ko?next=/commons/processes/{budget}")
        browser.press("#embed summary")
        snippet = browser.find_element(By.CSS_SELECTOR, "#embed code").text
        (tmp_path / "index.html").write_text(f"<!doctype html><title>city</title><h1>우리 시</h1>{snippet}", encoding="utf-8")
        with city(tmp_path) as address:
            browser.get(address)
            browser.switch_to.frame(browser.find_element(By.TAG_NAME, "iframe"))
            wait_for(
                lambda: any(w in browser.find_element(By.TAG_NAME, "h1").text for w in ("주민참여예산", "Participatory budget")),
                20, "the process in its frame")
        assert "빈 창고" not in browser.find_element(By.TAG_NAME, "body").text
        link = browser.find_element(By.CSS_SELECTOR, ".button-primary")
        assert link.get_attribute("target") == "_blank" and link.get_attribute("href").endswith(f"/commons/processes/{budget}")
