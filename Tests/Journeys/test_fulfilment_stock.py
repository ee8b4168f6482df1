"""Slips of the hand at the dock, a delivery finished, a lot let go by two people: each said before and after it is done."""
import html
import re

from conftest import let_in, open_browser
from selenium.webdriver.common.by import By
from test_fulfilment_inbound import CENTRE, fill, find, narrow, scan, submit


def test_ten_times_too_much_is_asked_about_set_right_and_finished(sample):
    lead, worker = sample.member("firm-haesol", "operator"), sample.member("firm-haesol", "worker")
    lead.do(
        "fulfilment.inbound.announce", centre=CENTRE, supplier="여정도매", reference="D-777", due="2026-12-01T09:00",
        lines=[{"item": "HELMET-W", "quantity": 40}, {"item": "MILK-1L", "quantity": 6, "lot": "Q7", "expiry": "2027-06-01"}])
    with open_browser(width=390, height=844) as browser:
        let_in(browser, sample, worker, "ko")
        browser.get(f"{sample.url}/fulfilment/receive?scan=D-777")
        browser.wait_text("여정도매")
        scan(browser, "HELMET-W")
        browser.wait_text("정상 수량")
        fill(browser, quantity="400")
        submit(browser)
        browser.wait_text("360개 더 많습니다")
        narrow(browser)
        # Whoever looks again may say so; what was entered stands there still.
        assert find(browser, "#f-quantity").get_attribute("value") == "400"
        browser.press("input[name=sure]")
        submit(browser)
        browser.wait_text("정상 400 – 입고했습니다")
        browser.wait_text("받은 기록")
        narrow(browser)
        # It was wrong all the same: what was really there comes in instead.
        browser.press("a[href*='fulfilment.inbound.correct']")
        browser.wait_text("바른 정상 수량")
        assert "바로잡는 사유" in find(browser, "main").text
        narrow(browser)
        fill(browser, quantity="39", damaged="1", why="0을 하나 더 눌렀음")
        submit(browser)
        browser.wait_text("아래 내용으로 처리합니다")
        submit(browser)
        browser.wait_text("바로잡음")
        assert "파손 수량 1" in find(browser, "main").text
        # What is missing is named before the delivery is finished, and after.
        browser.press("a[href$='/close']")
        browser.wait_text("아직 들어오지 않은 것")
        narrow(browser)
        assert "부족 6" in find(browser, "main").text and "파손 수량 1" in find(browser, "main").text
        browser.press("form[action$='/close'] button")
        browser.wait_text("입고를 마감했습니다")
        assert "부족 6" in find(browser, "main").text


def test_a_lot_waits_for_a_second_person_before_it_is_let_go(sample):
    lead, second = sample.member("firm-haesol", "operator", "한담당"), sample.member("firm-haesol", "operator", "두담당")
    worker = sample.member("firm-haesol", "worker")
    lead.do(
        "fulfilment.inbound.announce", centre=CENTRE, supplier="여정유업", reference="D-778", due="2026-12-01T09:00",
        lines=[{"item": "MILK-1L", "quantity": 12, "lot": "K8", "expiry": "2027-06-01"}])
    worker.do("fulfilment.inbound.receive", inbound="D-778", item="MILK-1L", lot="K8", quantity=12)
    check = worker.page("/fulfilment/check").text.split("/fulfilment/check?check=")[1].split('"')[0]
    assert "검사 대기" in worker.page("/fulfilment/quarantine").text
    worker.do("fulfilment.check.decide", check=check, looked=12, faulty=9)
    with open_browser(width=390, height=844) as browser:
        let_in(browser, sample, lead, "ko")
        browser.get(f"{sample.url}/fulfilment/quarantine")
        browser.wait_text("검사 불합격")
        narrow(browser)
        text = find(browser, "main").text
        assert "K8" in text and "Q-01" in text
        browser.press("a[href*='/fulfilment/quarantine/free'][href*='K8']")
        browser.wait_text("다른 담당자가 서명해야")
        narrow(browser)
        fill(browser, note="다시 검사해 이상 없음")
        submit(browser)
        browser.wait_text("아직 풀리지 않았고")
        assert "다른 담당자의 서명을 기다립니다" in find(browser, "main").text
        # Who asked cannot sign; the other sees who asked, why and when, and signs.
        assert not browser.find_elements(By.CSS_SELECTOR, "form[action='/do/district.request.sign']")
    with open_browser(width=390, height=844) as browser:
        let_in(browser, sample, second, "ko")
        browser.get(f"{sample.url}/fulfilment/quarantine")
        browser.wait_text("다시 검사해 이상 없음")
        assert "한담당" in find(browser, "main").text
        narrow(browser)
        browser.press("form[action='/do/district.request.sign'] button")
        browser.wait_text("풀렸지만 격리 위치에 있는 재고")
        browser.press("a[href*='/fulfilment/putaway'][href*='K8']")
        browser.wait_text("놓을 위치")
        scan(browser, find(browser, ".floor-place strong").text.lower())
        browser.wait_text("적치했습니다")


def test_who_asked_is_told_that_the_release_was_refused(sample):
    lead, second = sample.member("firm-haesol", "operator", "강담당"), sample.member("firm-haesol", "operator", "남담당")
    worker = sample.member("firm-haesol", "worker")
    lead.do(
        "fulfilment.inbound.announce", centre=CENTRE, supplier="여정유업", reference="D-780", due="2026-12-01T09:00",
        lines=[{"item": "MILK-1L", "quantity": 3, "lot": "R9", "expiry": "2027-06-01"}])
    worker.do("fulfilment.inbound.receive", inbound="D-780", item="MILK-1L", lot="R9", quantity=3)
    worker.do("fulfilment.lot.quarantine", item="MILK-1L", lot="R9", reason="papers")
    lead.do("fulfilment.lot.free", item="MILK-1L", lot="R9", note="서류 확인")
    page = second.page("/fulfilment/quarantine").text
    request = html.unescape(re.findall(r"district\.request\.refuse\?request=([^&\"]+)", page)[-1])
    second.do("district.request.refuse", request=request, why="서류가 다른 로트의 것임")
    told = lead.page("/fulfilment/quarantine").text
    assert "거절된 내 해제 요청" in told and "서류가 다른 로트의 것임" in told and "남담당" in told
    assert "격리 해제 요청이 거절됨" in lead.page("/").text
    assert "거절된 내 해제 요청" not in second.page("/fulfilment/quarantine").text


def test_a_correction_begins_with_the_day_that_was_received_and_a_wrong_lot_keeps_the_form(sample):
    lead, worker = sample.member("firm-haesol", "operator"), sample.member("firm-haesol", "worker")
    lead.do(
        "fulfilment.inbound.announce", centre=CENTRE, supplier="여정우유", reference="D-779", due="2026-12-01T09:00",
        lines=[{"item": "MILK-1L", "quantity": 6, "lot": "Z7", "expiry": "2027-06-01"}])
    worker.do("fulfilment.inbound.receive", inbound="D-779", item="MILK-1L", lot="Z7", quantity=6)
    page = worker.page("/fulfilment/receive?in=D-779").text
    link = html.unescape(re.search(r'href="(/do/fulfilment\.inbound\.correct[^"]+)"', page)[1])
    assert "expiry=2027-06-01" in link
    assert 'value="2027-06-01"' in worker.page(link).text
    for lot, words in (("", "로트를 적어 주세요"), ("없는로트", "그런 로트가 없습니다")):
        answer = worker.form("/do/fulfilment.lot.quarantine", item="MILK-1L", lot=lot, reason="recall", note="시험 메모")
        assert answer.status_code == 422 and words in answer.text and "시험 메모" in answer.text, answer.text[-2000:]
