"""A firm applies, an officer grants with a reason, a voucher is used, and what changed is shown with how much it proves."""
import datetime
import pathlib
import re

from conftest import let_in, open_browser

from house import shown
from selenium.webdriver.common.by import By

AXE = """
const done = arguments[arguments.length - 1];
axe.run(document, {resultTypes: ['violations']}).then(r => done(r.violations
  .filter(v => ['serious', 'critical'].includes(v.impact)).map(v => v.id + ': ' + v.nodes.map(n => n.html).slice(0, 2).join(' | '))));
"""
KOREA = datetime.timezone(datetime.timedelta(hours=9))


def test_a_firm_applies_on_a_phone_and_its_voucher_is_used_once(sample):
    chief, officer = sample.member("firm-nuri", "executive"), sample.member("", "zoneOfficer")
    with open_browser(width=390, height=844) as browser:
        let_in(browser, sample, chief, "ko")
        browser.get(f"{sample.url}/alliance/grants")
        browser.wait_text("안전 서비스 이용권")
        assert browser.execute_script("return document.documentElement.scrollWidth") <= 390
        browser.press("a[href$='/sample-safety-voucher/apply']")
        asked = shown(browser)
        assert "안전 서비스 이용권" in asked and "한 건 한도 8,000,000원" in asked and "남은 예산" in asked
        assert browser.execute_script("return document.querySelector('[name=amount]').max") == "8000000"
        browser.execute_script(
            "document.querySelector('[name=amount]').value='5000000'; document.querySelector('[name=purpose]').value='주조 라인 안전 진단'")
        browser.press("form.form button[type=submit]")
        browser.wait_text("주조 라인 안전 진단")
        browser.press("main form button[type=submit]")
        browser.wait_text("심사 중")
        application = browser.current_url.split("/")[-1]
        # It can be put right as long as nobody has decided.
        browser.press("a[href$='/revise']")
        assert browser.execute_script("return document.querySelector('[name=amount]').value") == "5000000"
        browser.execute_script("document.querySelector('[name=purpose]').value='주조 라인 끼임 위험 진단'")
        browser.press("form.form button[type=submit]")
        browser.press("main form button[type=submit]")
        browser.wait_text("주조 라인 끼임 위험 진단")
        browser.get(f"{sample.url}/alliance/grants")
        browser.wait_text("신청함 – 보기")
        assert browser.execute_script("return document.documentElement.scrollWidth") <= 390
    page = officer.page(f"/alliance/grants/application/{application}").text
    assert "alliance.grant.grant?" in page and "누리주조" in page
    assert "등록된 상시근로자" in page and "입주기업 등록부" in page and "예산" in page and "남습니다" in page
    # Who decides says which version they have read: the firm has put it right once.
    asked = {"application": application, "amount": 5_000_000, "reason": "위험성평가가 늦어 우선 지원"}
    assert officer.call("alliance.grant.grant", **asked).status_code == 422
    assert officer.call("alliance.grant.grant", version="1", **asked).status_code == 409
    officer.do("alliance.grant.grant", version="2", **asked)
    until = (datetime.datetime.now(KOREA).date() + datetime.timedelta(days=30)).isoformat()
    officer.do("alliance.grant.issue", application=application, amount=3_000_000, provider="바른안전연구소", until=until)
    mine = chief.page(f"/alliance/grants/application/{application}").text
    assert "위험성평가가 늦어 우선 지원" in mine and "바른안전연구소" in mine
    voucher = re.search(r"alliance\.grant\.redeem\?voucher=([^&\"]+)", mine)[1]
    chief.do("alliance.grant.redeem", voucher=voucher, amount=2_900_000, source="계산서 12")
    assert chief.call("alliance.grant.redeem", voucher=voucher, amount=1, source="다시").status_code == 409
    # Nobody else's business.
    assert sample.member("firm-saebyeok", "executive").page(f"/alliance/grants/application/{application}").status_code == 404
    assert sample.member("", "citizen").page("/alliance/grants").status_code == 403


def test_what_changed_is_shown_before_and_after_with_its_evidence_level(sample):
    chief = sample.member("firm-gaon", "executive")
    with open_browser(width=1440, height=900) as browser:
        let_in(browser, sample, chief, "ko")
        browser.get(f"{sample.url}/alliance/grants/application/sample-gaon-voucher")
        browser.wait_text("지원 뒤의 변화")
        text = shown(browser, "#outcomes")
        assert "사고(건/년)" in text and "근거 수준 1 / 5" in text and "나아짐" in text and "지원 때문이라고 말할 수 없습니다" in text
    # The maturity result leads to a programme that takes applications now.
    assert "/alliance/grants/programme/sample-" in chief.page("/alliance/maturity/one/sample-gaon-2").text


def test_a_large_grant_that_waits_is_shown_as_waiting(sample):
    import axe_playwright_python
    axe = next(pathlib.Path(axe_playwright_python.__file__).parent.rglob("axe.min.js")).read_text()
    officer, second = sample.member("", "zoneOfficer"), sample.member("", "zoneOfficer")
    path = "/alliance/grants/application/sample-nuri-equipment"
    with open_browser(width=390, height=844) as browser:
        browser.execute_cdp_cmd("Page.setBypassCSP", {"enabled": True})
        let_in(browser, sample, officer, "ko")
        browser.get(sample.url + path)
        browser.press("a[href*='alliance.grant.grant-large']")
        browser.execute_script(
            "document.querySelector('[name=amount]').value='30000000'; document.querySelector('[name=reason]').value='설비가 낡음'")
        browser.press("form.form button[type=submit]")
        browser.wait_text("서명 대기")
        waiting = shown(browser, "#waiting")
        assert "30,000,000원" in waiting and "서명하거나 거절하기" in waiting
        contrary = "a[href*='alliance.grant.reject'], a[href*='alliance.grant.grant']"
        assert browser.find_elements(By.CSS_SELECTOR, contrary) == []
        browser.execute_script(axe)
        assert browser.execute_async_script(AXE) == []
        assert browser.execute_script("return document.documentElement.scrollWidth") <= 390
        browser.press("#waiting a[href='/requests']")
        browser.wait_text("30,000,000")
    assert "서명 대기" in second.page(path).text and "서명 대기" in second.page("/alliance/grants").text
