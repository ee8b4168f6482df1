"""A whole shift of a hospital's supply centre, by its people, in the browser, and with its robots: 40 lots in, one kept back, up to
200 orders out, one pick short, a zone closed mid-shift, a delivery to a ward, a return; then the stock made anew is the stock."""
import os
import random
import re
import urllib.parse

import pytest
from browser import let_in, open_browser
from house import House, wait_for
from selenium.webdriver.common.by import By

CENTRE = "onyu-main"
ORDERS = 200 if os.environ.get("SLIPWAY_PROOF") else 40
ITEMS = [f"HALL{n}" if n < 6 else f"COLD{n}" for n in range(8)]
LOTS = [(item, f"{item}-L{n}") for item in ITEMS for n in range(1, 6)]


def place(number):
    return f"S-{number:02}"


def zone(number):
    return "B" if number % 4 == 3 else "A"


@pytest.fixture
def hospital(tmp_path):
    """A sample district of one's own, with its broker and simulated vehicles."""
    house = House(tmp_path, sample=True).start()
    house.session = house.person()
    yield house
    house.leave()


class Shift:
    """The people of the centre, and what they do."""

    def __init__(self, house):
        self.house = house
        self.lead = house.member("firm-onyu", "operator", "김반장")
        self.pickers = [house.member("firm-onyu", "worker", f"피커 {n}") for n in (1, 2)]
        self.orders = []
        # Which lot an order's item was taken from last.
        self.lots = {}

    # What the hall is like, and what comes in.

    def build(self):
        lead = self.lead
        for index, item in enumerate(ITEMS):
            lead.do(
                "fulfilment.item.register", centre=CENTRE, code=item, name=f"소모품 {index}", length=80, width=60, height=40,
                weight=150, lots=True, shelf_life=3650, minimum_life=2, climate="ambient" if index < 6 else "chilled",
                cost=1000, price=2000)
        rows = ["name,kind,aisle,position,climate,sequence,node,zone"]
        rows += [
            f"{place(n)},pick,{n // 8},{n % 8},{'ambient' if n < 30 else 'chilled'},{n},linen,{zone(n)}" for n in range(40)]
        rows += ["S-STAGE,staging,,,ambient,,,", "S-PACK,pack,,,ambient,,supply,", "S-RET,returns,,,ambient,,,",
                 "S-QUA,quarantine,,,ambient,,,", "S-QUC,quarantine,,,chilled,,,"]
        lead.do("fulfilment.goods.import", centre=CENTRE, kind="places", list="\n".join(rows) + "\n")
        lead.do(
            "fulfilment.centre.set", centre=CENTRE, name_ko="온유병원 물류센터", name_en="Onyu supplies", cutoffs="11:00 16:00 23:00",
            handling=10, capacity=5000, floor=5000, weekends=True,
            carriers=[{"id": "hanbit", "name": "한빛택배(예시)", "days": 1, "fee": 3000}], robot_site="onyu-main",
            robot_from="supply", robot_minutes=30, robot_stops=[{"node": "nurses-3a", "name": "3A병동", "name_en": "Ward 3A"}])

    def receive(self):
        """One pallet of 40 lots: one line short, one with damage; checked by samples; put away."""
        lead, hands = self.lead, self.pickers[0]
        lead.do(
            "fulfilment.inbound.announce", centre=CENTRE, supplier="예시의료", reference="PALLET-1", due="2030-01-01T09:30",
            lines=[{"item": item, "lot": lot, "quantity": 24, "expiry": "2031-01-10", "sscc": "340123450000000000"}
                   for item, lot in LOTS])
        checks = []
        for number, (item, lot) in enumerate(LOTS):
            good, damaged = {5: (21, 0), 9: (22, 2)}.get(number, (24, 0))
            came = hands.do(
                "fulfilment.inbound.receive", inbound="PALLET-1", item=item, lot=lot, quantity=good, damaged=damaged, place="S-STAGE")
            checks += [came["fulfilment.check.asked"]] if "fulfilment.check.asked" in came else []
        for check in checks:
            page = lead.page("/fulfilment/check", params={"check": check.split("/")[-1]}).text
            sample = int(re.search(r'name="looked"[^>]*value="(\d+)"', page)[1])
            lead.do("fulfilment.check.decide", check=check.split("/")[-1], looked=sample, faulty=0)
        for number, (item, lot) in enumerate(LOTS):
            hands.do(
                "fulfilment.goods.store", item=item, lot=lot, quantity={5: 21, 9: 22}.get(number, 24), place=place(number),
                reason="시험", **{"from": "S-STAGE"})
        hands.do("fulfilment.inbound.close", inbound="PALLET-1")

    def order(self, count):
        draw = random.Random(20_261_122)
        for number in range(count):
            kinds = ITEMS[6:] if draw.random() < 0.25 else ITEMS[:6]
            lines = [{"item": item, "quantity": draw.randint(1, 3)} for item in draw.sample(kinds, draw.randint(1, 2))]
            way = {0: {"delivery": "robot", "carrier": "nurses-3a"}}.get(number, {"delivery": "carrier"})
            placed = self.lead.do(
                "fulfilment.order.place", centre=CENTRE, lines=lines, name=f"받는이 {number}", phone="010-0000-0000",
                address="예시로 1", reference=f"SHIFT-{number}", urgent=number == 0, **way)
            self.orders.append(placed["fulfilment.order.placed"])

    # What people see and do.

    def state(self, order):
        return self.lead.page(f"/api/v1/fulfilment/orders/{order.split('/')[1]}").json()

    def states(self):
        found = {}
        for order in self.orders:
            found.setdefault(self.state(order)["state"], []).append(order)
        return found

    def task(self, picker):
        """The pick that a picker stands before; taken where none was. None where there is nothing to do."""
        page = picker.page("/fulfilment/pick").text
        if 'action="/fulfilment/pick/start"' in page:
            picker.form("/fulfilment/pick/start")
            page = picker.page("/fulfilment/pick").text
        if 'class="pick-place"' not in page:
            return None
        found = {name: re.search(rf'name="{name}" value="([^"]+)"', page)[1] for name in ("tour", "task")}
        found["place"] = re.search(r'class="pick-place">([^<]+)<', page)[1]
        found["quantity"] = int(re.search(r'class="pick-quantity"[^>]*>× (\d+)<', page)[1])
        found["item"] = re.search(r'<p class="soft">((?:HALL|COLD)\d)', page)[1]
        self.lots[re.search(r"<strong>(\d{4}-[0-9A-Z]{8})</strong>", page)[1], found["item"]] = re.search(
            r"<strong>((?:HALL|COLD)\d-L\d)</strong>", page)[1]
        return found

    def pick(self, most=10_000, picker=None):
        """Picks what is open, a pick at a time by each in turn; the places where they were sent."""
        sent = []
        while len(sent) < most:
            done = False
            for person in [picker] if picker else self.pickers:
                task = self.task(person)
                if task and len(sent) < most:
                    sent.append(task["place"])
                    answer = person.form("/fulfilment/pick/confirm", **{k: str(v) for k, v in task.items()})
                    assert answer.status_code == 200 and 'role="alert"' not in answer.text, answer.text
                    done = True
            if not done:
                break
        return sent

    def pack(self, order):
        short = order.split("/")[1]
        page = self.pickers[1].page(f"/fulfilment/pack/{short}").text
        values = {}
        for index, weight in enumerate(re.findall(r"예상 ([\d,]+) g", page)):
            block = page.split(f'name="carton.{index}"')[1]
            values[f"carton.{index}"] = re.search(r'<option value="([^"]+)" selected', block)[1]
            values[f"weight.{index}"] = weight.replace(",", "")
        answer = self.pickers[1].form(f"/fulfilment/pack/{short}", **values)
        assert answer.status_code == 200 and self.state(order)["state"] == "packed", answer.text

    def hand_over(self):
        """All parcels for the carrier, scanned a second time."""
        listed = self.pickers[0].form("/fulfilment/ship/new/open", centre=CENTRE, carrier="hanbit")
        manifest = listed.url.replace(self.house.url, "")
        for sscc in re.findall(r"\(00\) ([\d ]{20})", listed.text):
            assert self.pickers[0].form(f"{manifest}/scan", sscc=sscc).status_code == 200
        assert self.pickers[0].form(f"{manifest}/hand-over").status_code == 200

    def ship(self):
        packed = self.states().get("picked", [])
        for order in packed:
            self.pack(order)
        if any(order != self.orders[0] for order in packed):
            self.hand_over()
        return packed


def take_at_the_ward(shift, path):
    """Who waits at the ward reads the digits on their own page, and says them."""
    page = wait_for(lambda: (lambda text: text if 'name="code"' in text else None)(shift.lead.page(path).text), 300, "the robot")
    link = re.search(r"/robots/track/[A-Za-z0-9_-]{20,}", page)[0]
    digits = "".join(re.search(r'aria-label="(\d) (\d) (\d) (\d)"', shift.lead.page(link).text).groups())
    key = re.search(rf'action="{path}/confirm".*?name="key" value="([^"]+)"', page, re.S)[1]
    assert shift.lead.form(f"{path}/confirm", key=key, code=digits).status_code == 200


def test_a_shift_from_the_pallet_to_the_ward_and_back(hospital):
    shift = Shift(hospital)
    safety = hospital.member("firm-onyu", "safetyManager", "박안전")
    shift.build()
    shift.receive()
    shift.order(ORDERS)
    assert len(set(shift.orders)) == ORDERS
    promised = [shift.state(order) for order in shift.orders]
    assert all(order["due"] for order in promised)

    # A lot is kept back: who was promised it is promised another, and can read why.
    shift.lead.do("fulfilment.lot.quarantine", item="HALL0", lot="HALL0-L1", reason="recall")
    moved = [shift.state(order) for order in shift.orders]
    assert not [order for order in moved if any(int(line["waiting"]) for line in order["lines"])]

    # The first picks are done in the browser of a telephone, one of them short.
    shift.lead.call("fulfilment.order.release", centre=CENTRE)
    with open_browser(390, 844) as phone:
        let_in(phone, hospital, shift.pickers[0])
        task = shift.task(shift.pickers[0])
        while task["quantity"] < 2:
            shift.pick(1, shift.pickers[0])
            task = shift.task(shift.pickers[0])
        phone.get(hospital.url + "/fulfilment/pick")
        assert phone.find_element(By.CSS_SELECTOR, ".pick-place").text == task["place"]
        phone.press("form[action='/fulfilment/pick/short'] button")
        box = phone.find_element(By.ID, "f-found")
        box.clear()
        box.send_keys("1\n")
        # What it will do is said first.
        phone.wait_text("이렇게 됩니다")
        phone.press("form[action='/fulfilment/pick/short'] .button-danger")
        phone.wait_text("다시 짰습니다")
    wall = shift.lead.page("/fulfilment/count").text
    assert task["place"] in wall

    # A zone is closed mid-shift by whoever sees danger: nobody is sent there until a safety manager opens it.
    closed = {place(n) for n in range(40) if zone(n) == "B"}
    assert shift.pick(6)
    stopped = shift.pickers[1].do("safety.work.stop", thing=f"{CENTRE}-zone-b", text="선반이 기울었습니다")
    wait_for(
        lambda: "닫" in shift.lead.page(f"/fulfilment/places/{CENTRE}-{place(3).lower()}").text
        and not (closed & {(shift.task(p) or {"place": ""})["place"] for p in shift.pickers}), 30, "picks that avoid the zone")
    assert not closed & set(shift.pick())
    shift.lead.call("fulfilment.order.release", centre=CENTRE)
    assert not closed & set(shift.pick())

    # A robot carries a finished tour's totes to packing.
    tours = re.findall(r'fulfilment\.carry\.totes\?tour=([^&"]+)', shift.lead.page("/fulfilment/carry").text)
    shift.lead.do("fulfilment.carry.totes", tour=urllib.parse.unquote(tours[0]))

    # What was picked is packed and leaves; the ward's by robot.
    shipped = shift.ship()
    assert shipped
    ward = shift.orders[0]
    if ward not in shipped:
        for _ in range(5):
            shift.lead.call("fulfilment.order.release", centre=CENTRE, order=ward)
            shift.pick()
            if ward in shift.ship():
                break
    assert shift.state(ward)["state"] == "packed"
    sent = shift.pickers[0].do("fulfilment.ship.robot", order=ward)

    # The zone is opened again: what lay there goes out too.
    stop = stopped["safety.work.stopped"].split("/")[-1]
    safety.do("safety.work.respond", stop=stop, answer="선반을 바로 세웠습니다.")
    safety.do("safety.work.resume", stop=stop, basis="ruled-out", note="선반을 다시 고정했습니다.")
    for _ in range(4):
        shift.lead.call("fulfilment.order.release", centre=CENTRE)
        shift.pick()
        shift.ship()
    left = [order for order in shift.orders if shift.state(order)["state"] not in ("shipped", "delivered", "settled", "sent")]
    assert all(int(shift.state(order)["lines"][0]["waiting"]) for order in left if order != ward), [shift.state(o) for o in left]

    # The robot has come to the ward: handed over by its digits.
    take_at_the_ward(shift, f"/robots/missions/{sent['robots.mission.asked'].split('/')[-1]}")
    wait_for(lambda: shift.state(ward)["state"] in ("delivered", "settled"), 120, "the ward's order that is delivered")
    wait_for(lambda: "도착" in shift.lead.page("/fulfilment/carry").text, 300, "the totes at packing")

    # What the ward does not need comes back, and is as good as new.
    line = next(line for line in shift.state(ward)["lines"] if int(line["shipped"]))
    asked = shift.lead.do(
        "fulfilment.return.ask", order=ward, reason="unwanted", lines=[{"line": int(line["line"]), "quantity": 1}])
    back = asked["fulfilment.return.asked"]
    lot = shift.lots[shift.state(ward)["number"], line["item"]]
    values = {"return": back, "line": int(line["line"]), "quantity": 1, "lot": lot, "place": "S-RET"}
    shift.pickers[0].do("fulfilment.return.receive", **values)
    home = place(LOTS.index((line["item"], lot)))
    graded = shift.pickers[0].do("fulfilment.return.grade", grade="a", note="새것과 같음", to=home, **values)
    assert "fulfilment.return.refunded" in graded

    # The log of EPCIS is the stock, and the tables made anew from the Record are the tables.
    check = shift.lead.page("/fulfilment/epcis/check").text
    assert "notice-ok" in check and "notice-danger" not in check, check
    hospital.stop()
    assert "✗" not in hospital.cli("rebuild", "--check").stdout
