"""A pallet with lots: announced, received with one short and one damaged, checked, one lot quarantined, put away at 390 px."""
from conftest import let_in, open_browser
from house import wait_for
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

CENTRE = "haesol-center"


def find(browser, selector):
    return browser.find_element(By.CSS_SELECTOR, selector)


def scan(browser, text):
    """Types as a wedge scanner does: into whatever has the focus, with Enter at the end."""
    field = wait_for(
        lambda: (here := browser.switch_to.active_element).tag_name == "input" and here, 20, "the box that has the focus")
    field.send_keys(text, Keys.ENTER)


def fill(browser, **fields):
    for name, value in fields.items():
        field = find(browser, f"#f-{name}")
        if field.get_attribute("type") == "date":
            browser.execute_script("arguments[0].value = arguments[1]", field, value)
        else:
            field.clear()
            field.send_keys(value)


def submit(browser):
    browser.press("main form[method=post] button[type=submit]")


def narrow(browser):
    assert browser.execute_script("return document.documentElement.scrollWidth") <= 390


def events(session, kind):
    return [e for e in session.page("/api/v1/events", params={"type": kind}).json().get("events", [])]


def test_a_pallet_with_lots_is_received_checked_and_put_away(sample):
    lead, worker = sample.member("firm-haesol", "operator"), sample.member("firm-haesol", "worker")
    stranger = sample.member("firm-gaon", "worker")
    lead.do(
        "fulfilment.inbound.announce", centre=CENTRE, supplier="여정유업", reference="D-390", due="2026-12-01T09:00",
        lines=[
            {"item": "MILK-1L", "quantity": 40, "lot": "J1", "expiry": "2027-06-01", "sscc": "340123450000000000"},
            {"item": "MILK-1L", "quantity": 30, "lot": "J2", "expiry": "2027-06-05"},
            {"item": "HELMET-W", "quantity": 5},
        ])
    with open_browser(width=390, height=844) as browser:
        let_in(browser, sample, worker, "ko")
        browser.get(f"{sample.url}/fulfilment/receive")
        browser.wait_text("여정유업")
        narrow(browser)
        # The pallet's label finds the delivery; a code that nobody knows is refused where it was scanned.
        scan(browser, "00340123450000000000")
        browser.wait_text("안전모")
        scan(browser, "NO-SUCH-ITEM")
        browser.wait_text("등록되지 않은 상품입니다")
        scan(browser, "MILK-1L")
        browser.wait_text("남은 수량")
        narrow(browser)
        # One short of the first lot.
        fill(browser, lot="J1", expiry="2027-06-01", quantity="39")
        submit(browser)
        browser.wait_text("입고했습니다")
        scan(browser, "milk-1l")
        browser.wait_text("정상 수량")
        fill(browser, lot="J2", expiry="2027-06-05", quantity="30")
        submit(browser)
        browser.wait_text("입고했습니다")
        # One helmet is broken.
        scan(browser, "HELMET-W")
        browser.wait_text("정상 수량")
        fill(browser, quantity="4", damaged="1")
        submit(browser)
        browser.wait_text("파손 수량 1")
        # The first lot passes, the second fails and lies in quarantine.
        browser.get(f"{sample.url}/fulfilment/check")
        browser.wait_text("J1")
        narrow(browser)
        scan(browser, "J1")
        browser.wait_text("ISO 2859-1")
        fill(browser, faulty="0")
        submit(browser)
        browser.wait_text("합격입니다")
        scan(browser, "J2")
        browser.wait_text("ISO 2859-1")
        fill(browser, faulty="9")
        submit(browser)
        browser.wait_text("불합격입니다")
        # Put away: a dry place is refused with why, the proposed one is taken.
        browser.get(f"{sample.url}/fulfilment/putaway")
        browser.wait_text("적치할 물건")
        scan(browser, "J1")
        browser.wait_text("놓을 위치")
        narrow(browser)
        best = find(browser, ".floor-place strong").text
        assert best.startswith("K-"), best
        fill(browser, place="A-01-1", reason="가까워서")
        submit(browser)
        browser.wait_text("냉장")
        assert "적치했습니다" not in find(browser, "main").text
        browser.get(f"{sample.url}/fulfilment/putaway?scan=J1")
        browser.wait_text("놓을 위치")
        scan(browser, best.lower())
        browser.wait_text("적치했습니다")
        browser.get(f"{sample.url}/fulfilment/stock?q=J1")
        browser.wait_text(best)
        assert "39" in find(browser, "#stock").text
        narrow(browser)
        browser.get(f"{sample.url}/fulfilment/stock?view=held&q=J2")
        browser.wait_text("Q-01")
        assert "격리" in find(browser, "#stock").text
    # What was short is named when the delivery is finished, and nobody else sees any of it.
    inbound = lead.page("/fulfilment/receive", params={"scan": "D-390"})
    assert inbound.status_code == 200 and "여정유업" in inbound.text
    assert "여정유업" not in stranger.page("/fulfilment/receive").text
    assert best not in stranger.page("/fulfilment/stock", params={"q": "J1"}).text
    assert best in worker.page("/fulfilment/items/MILK-1L").text


def test_a_place_is_counted_blind_and_approved_by_somebody_else(sample):
    lead, worker = sample.member("firm-haesol", "operator"), sample.member("firm-haesol", "worker")
    with open_browser(width=390, height=844) as browser:
        let_in(browser, sample, worker, "ko")
        place = worker.page("/api/v1/fulfilment/choices/place", params={"q": "B-05-3"}).json()[0]["value"]
        lead.do(
            "fulfilment.inbound.announce", centre=CENTRE, supplier="여정상사", reference="D-391",
            due="2026-12-01T09:00", lines=[{"item": "HELMET-W", "quantity": 6}])
        worker.do("fulfilment.inbound.receive", inbound="D-391", item="HELMET-W", quantity=6, place="STAGE-2")
        worker.do(
            "fulfilment.goods.store", item="HELMET-W", quantity=6, **{"from": "STAGE-2"}, place=place, reason="여정")
        browser.get(f"{sample.url}/fulfilment/count")
        browser.wait_text("셀 위치 스캔")
        scan(browser, "B-05-3")
        browser.wait_text("장부 수량은 보이지 않습니다")
        narrow(browser)
        fill(browser, item="HELMET-W", quantity="2")
        submit(browser)
        browser.wait_text("지금까지 센 것")
        assert "안전모" in find(browser, ".floor-rows").text
        browser.press("form[action$='/send'] button[type=submit]")
        browser.wait_text("실사 결과를 보냈습니다")
        # Who counted does not see what the books had; the shift's lead does, and corrects the stock.
        assert "6 → 2" not in find(browser, "main").text
        page = lead.page("/fulfilment/count").text
        assert "6 → 2 (−4)" in page
        count = page.split("/fulfilment/count/")[1].split("/decide")[0]
        # Before it is approved: who counted what, and what the difference is worth.
        decide = lead.page(f"/fulfilment/count/{count}/decide").text
        assert "센 사람" in decide and "−4" in decide and "차이를 승인하고" in decide
        assert worker.page(f"/fulfilment/count/{count}/decide").status_code == 403
        assert lead.form(f"/fulfilment/count/{count}/decide", verdict="approve").status_code == 200
        assert lead.page(f"/fulfilment/count/{count}/decide").status_code == 404
        browser.get(f"{sample.url}/fulfilment/places/{place}")
        browser.wait_text("안전모")
        assert find(browser, "#stock td.number").text.strip().endswith("2")
