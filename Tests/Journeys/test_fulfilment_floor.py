"""The floor: picked in Vietnamese and with the phone's camera, the lead called, packed by station, goods that change places."""
import html
import re

from conftest import let_in, open_browser
from house import shown, wait_for
from selenium.webdriver.common.by import By

CENTRE = "haesol-center"

# A browser that reads codes, and a camera that shows one: as phones have them, and this machine has not.
CAMERA = """
window.slipwayCode = null;
window.BarcodeDetector = class {
  static async getSupportedFormats() { return ["qr_code", "code_128"]; }
  async detect() { return window.slipwayCode ? [{ rawValue: window.slipwayCode }] : []; }
};
const stream = () => Object.assign(document.createElement("canvas").captureStream(1));
Object.defineProperty(navigator, "mediaDevices", { configurable: true, value: { getUserMedia: async () => stream() } });
"""


def goods(lead, name, places):
    """An item of its own with stock in some new pick places."""
    lead.do("fulfilment.item.register", centre=CENTRE, code=name, name=f"{name} 상자", length=100, width=100, height=100,
            weight=300, price=5000, cost=3000)
    lead.do("fulfilment.place.register", centre=CENTRE, name=f"{name}-D", kind="dock", sequence=9100)
    for place, quantity, more in places:
        lead.do("fulfilment.place.register", centre=CENTRE, name=place, kind="pick", **more)
        lead.do("fulfilment.inbound.announce", centre=CENTRE, supplier="예시상사", reference=f"{name}-{place}",
                due="2030-01-01T09:00", lines=[{"item": name, "quantity": quantity}])
        lead.do("fulfilment.inbound.receive", inbound=f"{name}-{place}", item=name, quantity=quantity, place=f"{name}-D")
        lead.do("fulfilment.goods.store", item=name, quantity=quantity, place=place, reason="여정", **{"from": f"{name}-D"})


def test_picked_in_the_workers_language_and_by_camera(sample):
    lead, picker = sample.member("firm-haesol", "operator"), sample.member("firm-haesol", "worker")
    goods(lead, "FLOOR-BOX", [("FLR-1", 6, {"sequence": 9101})])
    for number in (1, 2):
        lead.do("fulfilment.order.place", centre=CENTRE, delivery="counter", name=f"김바닥 {number}", urgent=True,
                lines=[{"item": "FLOOR-BOX", "quantity": 1}])
    released = lead.form("/do/fulfilment.order.release", centre=CENTRE)
    assert released.status_code in (200, 409)

    with open_browser(390, 844) as phone:
        let_in(phone, sample, picker)
        phone.get(sample.url + "/fulfilment/pick")
        # No reader of codes here: no button, and typing works.
        assert not phone.find_elements(By.CSS_SELECTOR, ".scan-button")
        phone.press("a[lang='vi']")
        assert "Bắt đầu lấy hàng" in shown(phone) and "피킹 시작" in shown(phone)
        phone.press("form[action='/fulfilment/pick/start'] button")
        assert "Quét mã vị trí" in shown(phone) and "위치를 스캔하세요" in shown(phone)
        assert phone.execute_script("return document.documentElement.scrollWidth") <= 390
        # It is kept on this device.
        phone.get(sample.url + "/fulfilment/pick")
        assert "Quét mã vị trí" in shown(phone)

        place = shown(phone, ".pick-place")
        phone.find_element(By.ID, "f-scan").send_keys("DOCK-1\n")
        phone.wait_text("Sai vị trí.")
        assert f"{place} 라벨을 스캔하세요" in shown(phone)

        # With a camera: what it reads leads on, as a wedge scanner's Enter does.
        phone.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": CAMERA})
        phone.get(sample.url + "/fulfilment/pick")
        wait_for(lambda: phone.find_elements(By.CSS_SELECTOR, ".scan-button"), 10, "the camera's button")
        assert shown(phone, ".scan-button") == "Quét bằng camera"
        phone.find_element(By.CSS_SELECTOR, ".scan-button").click()
        wait_for(lambda: phone.find_elements(By.CSS_SELECTOR, ".scan-box[open]"), 10, "the camera")
        phone.execute_script("window.slipwayCode = arguments[0]", f"https://example.org/414/8801234567893/254/{place}")
        phone.wait_text("Quét mã hàng")

        # Called once, the lead stands on the wall's list until he came.
        phone.press("form[action='/fulfilment/pick/lead'] button")
        phone.wait_text("Đã gọi trưởng ca.")
        assert not phone.find_elements(By.CSS_SELECTOR, "form[action='/fulfilment/pick/lead']")
    wall = lead.page("/fulfilment/wall").text
    assert "반장 호출:" in wall and place in wall
    call = html.unescape(re.search(r"lead\.come\?call=([^&\"]+)", wall)[1]).replace("%2F", "/")
    lead.do("fulfilment.lead.come", call=call)
    assert "반장 호출:" not in lead.page("/fulfilment/wall").text


def test_whoever_packs_sees_their_stations_queue_first(sample):
    picker = sample.member("firm-haesol", "worker")
    page = picker.page("/fulfilment/pack").text
    stations = re.findall(r'/fulfilment/pack\?station=([^"]+)">(PACK-\d) \((\d+)\)', page)
    assert len(stations) == 6
    busy = next((one for one in stations if one[2] != "0"), stations[0])
    chosen = picker.page(f"/fulfilment/pack?station={busy[0]}").text
    assert "내 포장대:" in chosen and f"<strong>{busy[1]}</strong>" in chosen
    # It is kept on this device.
    assert "내 포장대:" in picker.page("/fulfilment/pack").text
    wall = picker.page("/fulfilment/wall").text
    assert all(name in wall for _, name, _ in stations) and "지난 1시간에 나감" in wall


def test_goods_change_places_where_a_lead_wants_it(sample):
    lead, picker = sample.member("firm-haesol", "operator"), sample.member("firm-haesol", "worker")

    def advice():
        text = lead.page("/fulfilment/slotting").text
        return text if "slotting.accept" in text else None

    page = wait_for(advice, 60, "advice")
    assert "인공지능이 아니라" in page and "하루에 걷는 거리" in page
    move = html.unescape(re.search(r"slotting\.accept\?move=([^&\"]+)", page)[1]).replace("%2F", "/")
    # Whoever works on the floor sees it, and decides nothing.
    assert "slotting.accept" not in picker.page("/fulfilment/slotting").text
    lead.do("fulfilment.slotting.accept", move=move)
    with open_browser(390, 844) as phone:
        let_in(phone, sample, picker)
        for _ in range(12):
            phone.get(sample.url + "/fulfilment/slotting")
            if not phone.find_elements(By.CSS_SELECTOR, f"a[href*='task={move.replace('/', '%2F')}']"):
                break
            phone.press(f"a[href*='task={move.replace('/', '%2F')}']")
            goal = shown(phone, ".floor-card .facts > div:nth-of-type(2) dd")
            wrong = "DOCK-1" if goal != "DOCK-1" else "Q-01"
            phone.find_element(By.ID, "f-place").send_keys(f"{wrong}\n")
            phone.wait_text("다른 위치입니다")
            phone.find_element(By.ID, "f-place").send_keys(goal + "\n")
            phone.wait_text("옮겼습니다")
    assert move not in html.unescape(lead.page("/fulfilment/slotting").text).replace("%2F", "/")
