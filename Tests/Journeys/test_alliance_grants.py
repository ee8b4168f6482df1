"""A firm applies, an officer grants with a reason, a voucher is used, and what changed is shown with how much it proves."""
import datetime
import re

from conftest import let_in, open_browser

from house import shown

KOREA = datetime.timezone(datetime.timedelta(hours=9))


def test_a_firm_applies_on_a_phone_and_its_voucher_is_used_once(sample):
    chief, officer = sample.member("firm-nuri", "executive"), sample.member("", "zoneOfficer")
    with open_browser(width=390, height=844) as browser:
        let_in(browser, sample, chief, "ko")
        browser.get(f"{sample.url}/alliance/grants")
        browser.wait_text("안전 서비스 이용권")
        assert browser.execute_script("return document.documentElement.scrollWidth") <= 390
        browser.press("a[href*='alliance.grant.apply?programme=sample-safety-voucher']")
        browser.execute_script(
            "document.querySelector('[name=amount]').value='5000000'; document.querySelector('[name=purpose]').value='주조 라인 안전 진단'")
        browser.press("form.form button[type=submit]")
        browser.wait_text("주조 라인 안전 진단")
        browser.press("main form button[type=submit]")
        browser.wait_text("심사 중")
        application = browser.current_url.split("/")[-1]
    page = officer.page(f"/alliance/grants/application/{application}").text
    assert "alliance.grant.grant?" in page and "누리주조" in page
    officer.do("alliance.grant.grant", application=application, amount=5_000_000, reason="위험성평가가 늦어 우선 지원")
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
