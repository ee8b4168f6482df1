"""A firm consents, the Record shows what it needs, a day is matched and published, and what came of it is noted."""
import datetime
import pathlib
import re

import pytest
from conftest import let_in, open_browser
from house import wait_for
from selenium.webdriver.common.by import By

THING = "press-3"

AXE = """
const done = arguments[arguments.length - 1];
axe.run(document, {resultTypes: ['violations']}).then(r => done(r.violations
  .filter(v => ['serious', 'critical'].includes(v.impact)).map(v => v.id + ': ' + v.nodes.map(n => n.html).slice(0, 2).join(' | '))));
"""


def day(after):
    korea = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=9))).date()
    return (korea + datetime.timedelta(days=after)).isoformat()


def send(browser):
    browser.press("main form.form button[type=submit]")


def put(browser, field, text):
    box = browser.find_element(By.ID, f"f-{field}")
    box.clear()
    box.send_keys(text)


def alarm(house, number):
    """A machine of the firm passes a limit."""
    name = f"journey_{number}"
    for line, limit in ((1, True), (9, False)):
        assert house.api("POST", "/api/v2/write", data=f"{THING} {name}={line}").status_code == 204
        if limit:
            done = house.api("POST", "/api/v1/commands/sensing.limit.set", json={
                "thing": THING, "property": name, "high": 5, "reason": "사양서", "confirmed": True})
            assert done.status_code == 201, done.text
    wait_for(lambda: [a for a in house.alarms(view="all", size=500) if a["property"] == name], 30, f"alarm {number}")


def proposed(person):
    page = person.page("/alliance/needs").text
    return re.findall(r'<section class="panel"><div class="panel-head"><h2><a href="/alliance/needs/([^"]+)"', page)


def test_a_need_from_the_record_becomes_an_introduction_with_an_outcome(sample):
    firm = sample.member("firm-gaon", "executive")
    supplier = sample.member("firm-byeolbit-data", "executive")
    stranger = sample.member("firm-haesol", "executive")
    officer = sample.member("", "zoneOfficer")
    before = set(proposed(firm))
    with open_browser(width=390, height=844) as browser:
        let_in(browser, sample, firm, "ko")
        # Without consent nothing is proposed, whatever happens.
        browser.get(f"{sample.url}/alliance/needs")
        browser.wait_text("동의하지 않음")
        browser.press("a[href*='alliance.consent.give?source=alarms']")
        send(browser)
        browser.press("main form.form button[type=submit]")
        browser.wait_text("동의함")
        for number in range(3):
            assert not (set(proposed(firm)) - before), "two are no pattern"
            alarm(sample, number)
        need = wait_for(
            lambda: next(iter(n for n in proposed(firm) if n not in before and "3호" in firm.page(f"/alliance/needs/{n}").text), None),
            30, "the proposed need")
        # Nobody else is told of it.
        for other in (officer, supplier, stranger):
            assert other.page(f"/alliance/needs/{need}").status_code == 404
        assert "기록에서 제안된 수요" in firm.page("/").text
        browser.get(f"{sample.url}/alliance/needs/{need}")
        browser.wait_text("기록에 남은 근거")
        assert len(browser.find_elements(By.CSS_SELECTOR, "a[href^='/trace/']")) >= 3
        traced = browser.find_elements(By.CSS_SELECTOR, "a[href^='/trace/']")[0].get_attribute("href")
        assert "경보 발생" in firm.get(traced).text
        browser.press("a[href*='alliance.need.accept']")
        put(browser, "title", "3호 프레스 예지보전")
        put(browser, "budget_low", "20")
        put(browser, "budget_high", "80")
        send(browser)
        browser.wait_text("맞는 공급기업")
        assert "별빛데이터" in browser.find_element(By.ID, "advice").text
    assert officer.page(f"/alliance/needs/{need}").status_code == 200
    assert stranger.page(f"/alliance/needs/{need}").status_code == 404

    opened = officer.do(
        "alliance.brokerage.open", title="여정 상담회", day=day(7), firm_slots=3, supplier_slots=4,
        begins="13:00", ends="17:00", minutes=30, tables=5, place="혁신지원센터 2층",
        kinds=[{"kind": "predictive-maintenance"}])["alliance.brokerage.opened"].split("/")[1]
    with open_browser() as browser:
        let_in(browser, sample, officer, "ko")
        browser.get(f"{sample.url}/alliance/brokerage/{opened}")
        browser.press("a[href*='alliance.brokerage.match']")
        send(browser)
        browser.wait_text("3호 프레스 예지보전")
        said = browser.find_element(By.CSS_SELECTOR, "main").text
        assert "찾는 분야의" in said and "제공 분야의" in said and "연결되지 않은 수요와 그 사유" in said
        assert "여정 상담회" not in firm.page("/alliance/introductions").text
        # What is published is read back before it is done.
        browser.press(f"a[href$='/{opened}/publish']")
        read = browser.find_element(By.CSS_SELECTOR, "main").text
        assert "여정 상담회" in read and day(7) in read and "13:00–17:00" in read and "가온" in read and "별빛데이터" in read
        send(browser)
        browser.wait_text("공개함")

    def mine(person):
        page = person.page("/alliance/introductions?view=waiting").text
        rows = re.findall(r'href="/alliance/introductions/([0-9a-f-]{36})">([^<]*)<', page)
        return next((one for one, title in rows if title == "3호 프레스 예지보전"), None)

    one = wait_for(lambda: mine(firm), 10, "the introduction")
    assert mine(supplier) == one and mine(stranger) is None
    assert stranger.page(f"/alliance/introductions/{one}").status_code == 404
    assert "답을 기다리는 소개" in supplier.page("/").text
    with open_browser(width=390, height=844) as browser:
        let_in(browser, sample, firm, "ko")
        browser.get(f"{sample.url}/alliance/introductions/{one}")
        browser.press("a[href*='answer=accept']")
        send(browser)
        browser.wait_text("받아들임")
        supplier.do("alliance.introduction.answer", introduction=one, answer="accept")
        firm.do("alliance.firm.contact", name="여정 담당", phone="051-777-1234")
        supplier.do("alliance.firm.contact", name="별빛 담당", phone="051-888-1234")
        browser.get(f"{sample.url}/alliance/introductions/{one}")
        meeting = browser.find_element(By.ID, "meeting").text
        assert f"{day(7)} 13:" in meeting and "테이블" in meeting and "별빛 담당" in meeting and "051-888-1234" in meeting
        assert "여정 담당" in supplier.page(f"/alliance/introductions/{one}").text
        for other in (officer, stranger):
            assert "051-888-1234" not in other.page(f"/alliance/introductions/{one}").text
        # The day is moved: both are told when, where and why, and may still think again.
        officer.do("alliance.brokerage.move", day=opened, date=day(9), begins="14:00", place="본관 대회의실", reason="장소 공사")
        for person in (firm, supplier):
            page = person.page(f"/alliance/introductions/{one}").text
            assert f"{day(9)} 14:" in page and "본관 대회의실" in page and "장소 공사" in page
            assert "일정이나 답이 바뀐 소개" in person.page("/").text
        supplier.do("alliance.introduction.answer", introduction=one, answer="decline", reason="출장이 겹침")
        assert "출장이 겹침" in firm.page(f"/alliance/introductions/{one}").text
        supplier.do("alliance.introduction.answer", introduction=one, answer="accept", reason="출장을 미룸")
        browser.get(f"{sample.url}/alliance/introductions/{one}")
        browser.press("a[href*='alliance.introduction.note']")
        browser.find_element(By.CSS_SELECTOR, "[name=outcome][value=met], #f-outcome option[value=met]").click()
        put(browser, "follow_up", day(21))
        put(browser, "note", "현장을 둘러봄")
        send(browser)
        browser.wait_text("현장을 둘러봄")
        assert browser.execute_script("return document.documentElement.scrollWidth") <= 390
    supplier.do("alliance.introduction.note", introduction=one, outcome="contract", note="시범 도입")
    page = officer.page("/alliance/brokerage").text
    assert "계약" in page and "소개가 어디까지 이어졌나" in page
    # Withdrawing consent ends the looking.
    firm.do("alliance.consent.withdraw", source="alarms")
    assert "동의하지 않음" in firm.page("/alliance/needs").text


@pytest.mark.parametrize("language,width", [("ko", 390), ("en", 1440)])
def test_pages_have_no_serious_accessibility_fault(sample, language, width):
    import axe_playwright_python
    axe = next(pathlib.Path(axe_playwright_python.__file__).parent.rglob("axe.min.js")).read_text()
    officer = sample.member("", "zoneOfficer")
    found = {name: re.search(rf'href="({name}/[0-9a-f-]{{36}})"', officer.page(name).text)[1] for name in (
        "/alliance/needs", "/alliance/brokerage", "/alliance/introductions")}
    with open_browser(width) as browser:
        browser.execute_cdp_cmd("Page.setBypassCSP", {"enabled": True})
        let_in(browser, sample, officer, language)
        for page in ["/alliance/firms", "/alliance/firms?view=offers", "/alliance/directory", "/alliance/firms/firm-dasom-vision",
                     *found, *found.values()]:
            browser.get(sample.url + page)
            browser.execute_script(axe)
            assert browser.execute_async_script(AXE) == [], page
            assert browser.execute_script("return document.documentElement.scrollWidth <= window.innerWidth + 1"), page
