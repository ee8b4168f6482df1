"""A lot is called back: from the phone of whoever hears of it to every parcel and every customer; and a buyer who has lost the link
fetches an order at the counter."""
import re
import uuid

import requests
from conftest import let_in, open_browser
from house import shown, wait_for

CENTRE = "haesol-center"


def goods(lead, worker, code, lot, quantity):
    """Goods of a lot on a shelf of their own, received, checked and put away as people do."""
    lead.do("fulfilment.item.register", centre=CENTRE, code=code, name=f"여정 통조림 {code}", length=80, width=80, height=100,
            weight=400, price=2500, lots=True)
    for name, kind in [(f"{code}-D", "dock"), (f"{code}-P", "pick"), (f"{code}-R", "returns")]:
        lead.do("fulfilment.place.register", centre=CENTRE, name=name, kind=kind, sequence=9100)
    lead.do("fulfilment.inbound.announce", centre=CENTRE, supplier="예시식품", reference=f"IN-{code}", due="2030-01-01T09:00",
            lines=[{"item": code, "quantity": quantity, "lot": lot}])
    worker.do("fulfilment.inbound.receive", inbound=f"IN-{code}", item=code, lot=lot, quantity=quantity, place=f"{code}-D")
    page = worker.page("/fulfilment/check", params={"scan": lot}).text
    check = re.search(r'name="check" value="([^"]+)"', page)[1]
    worker.do("fulfilment.check.decide", check=check, looked=quantity, faulty=0)
    worker.do("fulfilment.goods.store", item=code, lot=lot, quantity=quantity, place=f"{code}-P", reason="여정", **{"from": f"{code}-D"})


def state(lead, order):
    return lead.page(f"/api/v1/fulfilment/orders/{order.split('/')[1]}").json()["state"]


def picked(lead, picker, order):
    """Releases an order and picks whatever comes until it is picked."""
    lead.call("fulfilment.order.release", centre=CENTRE, order=order)
    wait_for(lambda: state(lead, order) == "released", 60, "the release")
    for _ in range(60):
        if state(lead, order) != "released":
            return
        page = picker.page("/fulfilment/pick").text
        if 'action="/fulfilment/pick/start"' in page:
            page = picker.form("/fulfilment/pick/start").text
        tour, task = (re.search(rf'name="{name}" value="([^"]+)"', page)[1] for name in ["tour", "task"])
        place = re.search(r'class="pick-place">([^<]+)<', page)[1]
        item = re.search(r'<p class="soft">([A-Z0-9-]+) ', page)[1]
        quantity = int(re.search(r'class="pick-quantity"[^>]*>\D*(\d+)', page)[1])
        done = picker.call("fulfilment.pick.confirm", tour=tour, task=int(task), place=place, item=item, quantity=quantity)
        if done.status_code >= 400:
            # Something of the sample that is told apart by numbers which nobody reads here.
            picker.do("fulfilment.pick.short", tour=tour, task=int(task), found=0, cause="empty")
    raise AssertionError("never picked")


def packed(lead, picker, order):
    picked(lead, picker, order)
    picker.do("fulfilment.pack.confirm", order=order, parcels=[{"carton": "3호"}], reason="여정")


def place(lead, code, quantity, **more):
    return lead.do("fulfilment.order.place", centre=CENTRE, lines=[{"item": code, "quantity": quantity}],
                   **{"delivery": "carrier", "carrier": "hanbit", "name": "김회수", "phone": "010-2222-3456",
                      "address": "시흥시 예시로 3", **more})["fulfilment.order.placed"]


def scan_all(picker, manifest, page):
    for sscc in re.findall(r"\(00\) ([\d ]{20})", page):
        picker.form(f"{manifest}/scan", sscc=sscc)


def fits(browser, width):
    assert browser.execute_script("return document.documentElement.scrollWidth") <= width


def test_a_recalled_lot_is_found_from_the_shelf_to_the_customer(sample):
    lead, picker = sample.member("firm-haesol", "operator"), sample.member("firm-haesol", "worker")
    stranger = sample.member("firm-gaon", "worker")
    code, lot = f"CAN-{uuid.uuid4().hex[:4].upper()}", "LOT-7"
    goods(lead, picker, code, lot, 20)
    delivered = place(lead, code, 2)
    packed(lead, picker, delivered)
    listed = picker.form("/fulfilment/ship/new/open", centre=CENTRE, carrier="hanbit")
    manifest = listed.url.replace(sample.url, "")
    scan_all(picker, manifest, listed.text)
    done = picker.form(f"{manifest}/hand-over")
    assert "인계했습니다" in done.text and "한빛택배" in done.text
    lead.do("fulfilment.order.deliver", order=delivered)
    assert "배달을" in lead.page(f"/fulfilment/orders/{delivered.split('/')[1]}").text
    waiting = place(lead, code, 3, name="이대기", phone="010-9999-1234")
    packed(lead, picker, waiting)
    listed = picker.form("/fulfilment/ship/new/open", centre=CENTRE, carrier="hanbit")
    manifest = listed.url.replace(sample.url, "")

    with open_browser(390, 844) as phone:
        let_in(phone, sample, lead)
        phone.get(f"{sample.url}/fulfilment/items/{code}")
        phone.wait_text(lot)
        phone.get(f"{sample.url}/do/fulfilment.lot.quarantine?item={code}&lot={lot}&reason=recall")
        phone.press("main form[method=post] button[type=submit]")
        phone.press("main form[method=post] button[type=submit]")
        # At once: who has it, and what must be taken out.
        phone.wait_text("010-2222-3456")
        text = shown(phone)
        assert "회수" in text and "목록에서 빼기" in text and "이대기" not in text.split("나간 주문")[1].split("보관 위치")[0]
        fits(phone, 390)
        phone.get(f"{sample.url}/fulfilment/wall")
        phone.wait_text("내보낼 수 없는 상자와 바구니")
        assert "목록에서 빼기" in shown(phone)
        fits(phone, 390)
        phone.get(sample.url + manifest)
        phone.wait_text("싣지 마세요")
        fits(phone, 390)

    # The list for calling: as a page to print, as CSV, and to nobody else.
    asked = {"item": code, "lot": lot}
    calls = lead.page("/fulfilment/lot/calls", params=asked).text
    assert "김회수" in calls and "010-2222-3456" in calls and "이대기" not in calls
    csv = lead.page("/fulfilment/lot/calls.csv", params=asked)
    assert csv.headers["Content-Type"].startswith("text/csv") and "김회수,010-2222-3456" in csv.text
    assert stranger.page("/fulfilment/lot", params=asked).status_code == 404
    assert lead.page("/api/v1/fulfilment/lot", params=asked).json()["held"] == "recall"

    # It is refused when it is scanned, comes off the list and out of the parcel, and goes into quarantine.
    sscc = lead.page(f"/api/v1/fulfilment/orders/{waiting.split('/')[1]}").json()["parcels"][0]["sscc"]
    refused = picker.form(f"{manifest}/scan", sscc=sscc)
    assert refused.status_code == 409 and "회수" in refused.text
    way = re.search(r'href="(/do/fulfilment\.manifest\.remove[^"]+)"', picker.page(manifest).text)[1].replace("&amp;", "&")
    assert "내보낼 수 없는 물건이 들어 있음" in picker.page(way).text
    picker.do("fulfilment.manifest.remove", manifest=manifest.split("/")[-1], sscc=sscc, reason="회수")
    picker.do("fulfilment.container.empty", container=sscc, place="Q-01")
    assert "꺼내야 할" not in lead.page("/fulfilment/lot", params=asked).text


def test_a_buyer_who_lost_the_link_fetches_the_order(sample):
    lead, picker = sample.member("firm-haesol", "operator"), sample.member("firm-haesol", "worker")
    code = f"CAN-{uuid.uuid4().hex[:4].upper()}"
    goods(lead, picker, code, "A1", 6)
    someone = requests.Session()
    someone.trust_env = False
    cart = {f"q.{code}": "2", "idempotency": uuid.uuid4().hex, "way": "counter:", "to_name": "박방문", "to_phone": "010-7777-4321",
            "to_address": "", "to_note": ""}
    page = someone.post(f"{sample.url}/shop/{CENTRE}/order", data=cart, timeout=60)
    assert page.status_code == 200, page.text
    number = re.search(r"\d{4}-[0-9A-Z]{8}", page.text)[0]
    assert "창구에서 이 코드를 보여 주세요" in page.text and "창구에 준비되었습니다" not in page.text
    order = lead.page(f"/api/v1/fulfilment/orders/{number}").json()["order"]
    packed(lead, picker, order)

    with open_browser(390, 844) as phone:
        phone.get(f"{sample.url}/shop/find")
        phone.add_cookie({"name": "slipway_language", "value": "ko", "path": "/"})
        phone.get(f"{sample.url}/shop/find")
        phone.find_element("id", "f-number").send_keys(number.lower())
        phone.find_element("id", "f-phone").send_keys("0000")
        phone.press("main form button[type=submit]")
        phone.wait_text("찾지 못했습니다")
        fits(phone, 390)
        phone.find_element("id", "f-phone").send_keys("4321")
        phone.press("main form button[type=submit]")
        phone.wait_text("창구에서 이 코드를 보여 주세요")
        # It is packed: the page says that it can be fetched, and no longer when it will be there.
        assert "창구에 준비되었습니다" in shown(phone)
        fits(phone, 390)
        code_address = phone.current_url

    # Without proof it stays; the address of the page, as its QR code says it, is proof.
    assert picker.call("fulfilment.ship.counter", order=order, proof="1111").status_code == 422
    with open_browser(390, 844) as phone:
        let_in(phone, sample, picker)
        phone.get(f"{sample.url}/fulfilment/ship")
        phone.wait_text(number)
        phone.get(f"{sample.url}/do/fulfilment.ship.counter?order={order}")
        phone.find_element("name", "proof").send_keys(code_address)
        phone.press("main form[method=post] button[type=submit]")
        phone.wait_text("내주었습니다")
        text = shown(phone)
        assert "주문 확인 코드" in text and "반품은" in text
        fits(phone, 390)

    # Over the counter: the price before it is paid, and a receipt.
    with open_browser(390, 844) as phone:
        let_in(phone, sample, picker)
        phone.get(f"{sample.url}/fulfilment/sell")
        phone.find_element("id", "f-item-0").send_keys(code)
        phone.find_element("id", "f-quantity-0").send_keys("3")
        phone.press("main form[method=post] button[type=submit]:not([name])")
        phone.wait_text("7,500원")
        fits(phone, 390)
        phone.press("button[name=confirmed]")
        phone.wait_text("7,500원에 팔았습니다")
        assert "카드" in shown(phone) and "A1" in phone.page_source
        fits(phone, 390)
