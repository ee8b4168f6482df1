"""Events of EPCIS 2.0 through the real server: stock said in them, partners' documents, queries and subscriptions; every
answer held against the official JSON schema."""
import datetime
import hashlib
import hmac
import http.server
import json
import pathlib
import re
import sys
import threading
import urllib.parse

import jsonschema_rs
import pytest
import requests
from selenium.webdriver.common.by import By

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from conftest import let_in, open_browser  # noqa: E402
from house import SHARED, House, wait_for  # noqa: E402

SCHEMAS = SHARED / "data/fulfilment/epcis"
pytestmark = pytest.mark.skipif(
    not SCHEMAS.exists(), reason=f"the official schemas are not here: {SCHEMAS} (SLIPWAY_SHARED names another folder)")
FIRM, CENTRE = "firm-haesol", "haesol-center"
CONTEXT = ["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld", {"example": "https://ns.example.com/epcis/"}]


class Partner:
    """A subscriber on loopback: keeps what it is sent, and refuses as often as it is told to."""

    def __init__(self):
        self.messages, self.refusals = [], 0
        partner = self

        class Door(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if partner.refusals > 0:
                    partner.refusals -= 1
                    self.send_response(503)
                else:
                    partner.messages.append(({name.lower(): value for name, value in self.headers.items()}, body))
                    self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *words):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Door)
        self.url = f"http://127.0.0.1:{self.server.server_port}/events"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def events(self):
        return [event for _, body in self.messages for event in listed(json.loads(body))]


def listed(document):
    return document["epcisBody"]["queryResults"]["resultsBody"]["eventList"]


@pytest.fixture(scope="module")
def district(tmp_path_factory):
    folder = tmp_path_factory.mktemp("epcis")
    corrections = folder / "data/handbook/fulfilment"
    corrections.mkdir(parents=True)
    (corrections / "epcis.json").write_text(json.dumps({"base": "https://id.haesol.example", "hosts": ["127.0.0.1"]}))
    house = House(folder, sample=True).start()
    house.lead = house.member(FIRM, "operator")
    house.boss = house.member(FIRM, "executive")
    house.keys = {scope: token(house.boss, scope) for scope in ("read:epcis", "capture:epcis", "read")}
    house.other = token(house.member("firm-onyu", "executive"), "read:epcis")
    yield house
    house.leave()


def token(person, scope):
    page = person.form("/tokens", name=scope.replace(":", "-"), scope=scope, days="30")
    return re.search(r"slw_[A-Za-z0-9_-]+", page.text)[0]


@pytest.fixture(scope="module")
def valid():
    schema = json.loads((SCHEMAS / "EPCIS-JSON-Schema.json").read_text())
    validator = jsonschema_rs.Draft7Validator(schema, validate_formats=True)

    def check(document):
        validator.validate(document)
        return document

    return check


def call(district, method, path, scope="read:epcis", key=None, **more):
    return district.api(method, "/epcis/v2" + path, token=key or district.keys[scope], **more)


def found(district, query="", **more):
    answer = call(district, "GET", "/events" + query, **more)
    assert answer.status_code == 200, answer.text
    return listed(answer.json())


def event(number, **more):
    return {
        "type": "ObjectEvent", "eventTime": "2026-11-20T10:00:00+09:00", "eventTimeZoneOffset": "+09:00",
        "epcList": [f"urn:epc:id:sgtin:0614141.107346.{number}"], "action": "OBSERVE", "bizStep": "shipping",
        "disposition": "in_transit", "readPoint": {"id": "urn:epc:id:sgln:0012345.11111.400"},
        "example:note": "as it came", **more}


def document(*events):
    now = datetime.datetime.now(datetime.timezone.utc).isoformat()
    return {
        "@context": CONTEXT, "type": "EPCISDocument", "schemaVersion": "2.0", "creationDate": now,
        "epcisBody": {"eventList": list(events)}}


def test_what_stock_does_is_an_event_that_is_valid_and_read_in_words(district, valid):
    lead = district.lead
    before = found(district, "?perPage=100")
    lead.do(
        "fulfilment.item.register", centre=CENTRE, code="EPCIS-RICE", name="쌀 5kg", gtin="8801234567893", lots=True)
    lead.do("fulfilment.place.register", centre=CENTRE, name="EP-STAGE", kind="staging")
    arrival = lead.do(
        "fulfilment.inbound.announce", centre=CENTRE, supplier="온유식품", due="2026-12-01T09:00",
        lines=[{"item": "EPCIS-RICE", "quantity": 12, "lot": "L7"}])["fulfilment.inbound.announced"]
    lead.do("fulfilment.inbound.receive", inbound=arrival.split("/")[-1], item="EPCIS-RICE", lot="L7", quantity=12)
    epc_class = "https://id.haesol.example/01/08801234567893/10/L7"
    events = found(district, "?MATCH_anyEPCClass=" + urllib.parse.quote(epc_class, safe=""))
    assert len(events) == 1 and len(found(district, "?perPage=100")) >= min(100, len(before) + 1)
    one = events[0]
    assert one["type"] == "ObjectEvent" and one["bizStep"] == "receiving"
    assert one["quantityList"] == [{"epcClass": epc_class, "quantity": 12}]
    for page in (call(district, "GET", "/events?perPage=100"), call(district, "GET", "/events/" + urllib.parse.quote(one["eventID"], safe=""))):
        assert page.status_code == 200 and page.headers["GS1-EPCIS-Version"] == "2.0.0"
        valid(page.json())
    # By a URN of the same lot, and by the top-level resources.
    urn = "urn:epc:class:lgtin:8801234.056789.L7"
    assert found(district, "?MATCH_epcClass=" + urn) == events
    for resource, value in (("epcs", epc_class), ("bizSteps", "receiving"), ("eventTypes", "ObjectEvent"),
                            ("readPoints", one["readPoint"]["id"]), ("bizLocations", one["bizLocation"]["id"]),
                            ("dispositions", one["disposition"])):
        members, place = [], f"/{resource}?perPage=100"
        while place:
            answer = call(district, "GET", place)
            members += answer.json()["member"]
            place = "/" + answer.links["next"]["url"].split("/epcis/v2/")[1] if "next" in answer.links else None
        assert value in members, resource
        path = f"/{resource}/{urllib.parse.quote(value, safe='')}"
        assert call(district, "GET", path).json()["member"] == ["events"]
        assert one["eventID"] in [e["eventID"] for e in listed(call(district, "GET", path + "/events?perPage=100&orderBy=recordTime&orderDirection=DESC").json())]
    with open_browser() as browser:
        let_in(browser, district, lead)
        browser.get(district.url + "/fulfilment/epcis?MATCH_anyEPCClass=" + urllib.parse.quote(epc_class, safe=""))
        browser.wait_text("입고")
        browser.press("#epcis-events ~ ul a")
        browser.wait_text("08801234567893/10/L7")
        text = browser.find_element(By.CSS_SELECTOR, "main").text
        assert "재고 변동" in text and '"bizStep": "receiving"' in text and one["eventID"] in text
        browser.press("a[href^='/trace/']")
        browser.wait_text("fulfilment.goods.received")
    page = lead.page("/fulfilment/epcis/export?MATCH_anyEPCClass=" + urllib.parse.quote(epc_class, safe=""))
    assert valid(page.json())["epcisBody"]["eventList"] == events


def test_partners_send_documents_and_each_event_is_judged_by_itself(district, valid):
    wrong = event(2, action="SEE")
    paper = document(event(1), wrong, event(3, bizStep="loading"))
    answer = call(district, "POST", "/capture", "capture:epcis", json=paper)
    assert answer.status_code == 202
    job = requests.get(answer.headers["Location"], headers={"Authorization": "Bearer " + district.keys["capture:epcis"]}, timeout=30).json()
    assert job["running"] is False and job["success"] is False and job["captureErrorBehaviour"] == "rollback"
    assert [(e["event"], e["path"], e["rule"]) for e in job["errors"]] == [(1, "action", "vocabulary")]
    assert found(district, "?MATCH_epc=urn:epc:id:sgtin:0614141.107346.1") == []
    answer = call(district, "POST", "/capture", "capture:epcis", json=paper, headers={"GS1-Capture-Error-Behaviour": "proceed"})
    assert answer.status_code == 202
    kept = found(district, "?MATCH_epc=urn:epc:id:sgtin:0614141.107346.1|https://id.gs1.org/01/10614141073464/21/3")
    assert [e["bizStep"] for e in kept] == ["shipping", "loading"]
    assert kept[0]["example:note"] == "as it came" and kept[0]["eventID"].startswith("ni:///sha-256;")
    valid(call(district, "GET", "/events?MATCH_epc=urn:epc:id:sgtin:0614141.107346.1").json())
    jobs = call(district, "GET", "/capture?perPage=1", "capture:epcis")
    assert len(jobs.json()) == 1 and 'rel="next"' in jobs.headers["Link"]
    # The same again is there already; one event alone says so at once.
    one = {"@context": CONTEXT, **event(4), "eventID": "urn:uuid:404d95fc-9457-4a51-bd6a-0bba133845a8"}
    first = call(district, "POST", "/events", "capture:epcis", json=one)
    assert first.status_code == 201 and first.headers["Location"].endswith(urllib.parse.quote(one["eventID"], safe="-"))
    valid(first.json())
    again = call(district, "POST", "/events", "capture:epcis", json=one)
    assert again.status_code == 409 and again.json()["type"] == "epcisException:ResourceAlreadyExistsException"


def test_xml_is_taken_and_answered_in_json(district, valid):
    xml = """<?xml version="1.0"?><epcis:EPCISDocument xmlns:epcis="urn:epcglobal:epcis:xsd:2" schemaVersion="2.0"
      creationDate="2026-11-21T10:00:00Z"><EPCISBody><EventList><ObjectEvent>
      <eventTime>2026-11-21T10:00:00+09:00</eventTime><eventTimeZoneOffset>+09:00</eventTimeZoneOffset>
      <epcList><epc>urn:epc:id:sgtin:0614141.107346.xml</epc></epcList><action>OBSERVE</action>
      <bizStep>urn:epcglobal:cbv:bizstep:arriving</bizStep></ObjectEvent></EventList></EPCISBody></epcis:EPCISDocument>"""
    answer = call(district, "POST", "/capture", "capture:epcis", data=xml.encode(), headers={"Content-Type": "application/xml"})
    assert answer.status_code == 202
    answer = call(district, "GET", "/events?MATCH_epc=urn:epc:id:sgtin:0614141.107346.xml")
    assert listed(valid(answer.json()))[0]["bizStep"] == "arriving"


def test_who_may_and_what_is_refused(district):
    assert requests.get(district.url + "/epcis/v2/events", timeout=30).status_code == 401
    for key, method, path, status in (
            ("read", "GET", "/events", 403), ("capture:epcis", "GET", "/events", 403), ("read:epcis", "POST", "/capture", 403),
            ("read:epcis", "GET", "/events?EQ_nothing=1", 400), ("read:epcis", "GET", "/events?GE_eventTime=x", 400),
            ("read:epcis", "GET", "/events/urn:uuid:none", 404), ("read:epcis", "GET", "/events?maxEventCount=1", 413),
            ("read:epcis", "GET", "/queries/none", 404), ("read:epcis", "GET", "/events?nextPageToken=x", 400),
            ("read:epcis", "GET", "/events?EQ_eventID=" + "x" * 8100, 414)):
        answer = call(district, method, path, key, **({"json": {}} if method == "POST" else {}))
        assert answer.status_code == status, (path, answer.text)
        assert answer.headers["Content-Type"] == "application/problem+json" and answer.json()["type"].startswith("epcisException:")
    for headers, status in (({"GS1-EPCIS-Min": "2.1"}, 406), ({"Accept": "application/xml"}, 406), ({"GS1-EPC-Format": "Always_EPC_URN"}, 406)):
        assert call(district, "GET", "/events", headers=headers).status_code == status
    send = lambda **more: call(district, "POST", "/capture", "capture:epcis", **more).status_code
    assert send(data=b"{", headers={"Content-Type": "application/json"}) == 400
    assert send(data=b"a,b", headers={"Content-Type": "text/csv"}) == 415
    assert send(json=document(*[event(n) for n in range(1001)])) == 413
    assert send(json={"type": "EPCISDocument"}) == 400
    options = call(district, "OPTIONS", "/capture")
    assert options.status_code == 204 and options.headers["Allow"] == "OPTIONS, GET, POST"
    assert options.headers["GS1-EPCIS-Capture-Limit"] == "1000" and options.headers["GS1-CBV-Max"] == "2.0.0"
    # Another firm has none of this.
    assert found(district, key=district.other) == []
    page = call(district, "GET", "/")
    assert len(page.json()["member"]) == 9


def test_pages_lead_on_until_the_end(district, valid):
    call(district, "POST", "/capture", "capture:epcis", json=document(*[event(f"p{n}", bizStep="consigning") for n in range(7)]))
    seen, place = [], "/events?EQ_bizStep=consigning&perPage=3"
    for _ in range(5):
        answer = call(district, "GET", place)
        seen += [e["eventID"] for e in listed(valid(answer.json()))]
        if "next" not in answer.links:
            break
        place = answer.links["next"]["url"].split("/epcis/v2")[1]
    assert len(seen) == 7 and len(set(seen)) == 7


def test_a_named_query_tells_its_subscribers_once_and_in_time(district, valid):
    partner = Partner()
    query = {"name": "departures", "query": {"eventType": ["ObjectEvent"], "EQ_bizStep": ["departing"]}}
    made = call(district, "POST", "/queries", json=query)
    assert made.status_code == 201 and made.headers["Location"].endswith("/queries/departures")
    assert call(district, "POST", "/queries", json=query).status_code == 409
    assert call(district, "GET", "/queries/departures").json() == query and query in call(district, "GET", "/queries").json()
    refused = call(district, "POST", "/queries/departures/subscriptions", json={"dest": "https://elsewhere.example/x", "stream": True})
    assert refused.status_code == 400 and refused.json()["type"] == "epcisException:SubscriptionControlsException"
    assert call(district, "POST", "/queries/departures/subscriptions", json={"dest": partner.url}).status_code == 400
    secret = "13df38d8275b13f05704629e5f1cf3d45d6132d5"
    answer = call(district, "POST", "/queries/departures/subscriptions", json={"dest": partner.url, "stream": True, "signatureToken": secret})
    assert answer.status_code == 201 and secret not in answer.text
    one = answer.json()
    partner.refusals = 2
    call(district, "POST", "/capture", "capture:epcis", json=document(event("d1", bizStep="departing"), event("d2"), event("d3", bizStep="departing")))
    wait_for(lambda: len(partner.events()) >= 2, 60, "the message to the subscriber")
    headers, body = partner.messages[0]
    document_sent = valid(json.loads(body))
    assert document_sent["epcisBody"]["queryResults"]["subscriptionID"] == one["subscriptionID"]
    assert headers["gs1-signature"] == "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    assert [e["epcList"][0][-2:] for e in partner.events()] == ["d1", "d3"]
    assert listed(call(district, "GET", "/queries/departures/events").json()) == partner.events()
    call(district, "POST", "/capture", "capture:epcis", json=document(event("d4", bizStep="departing")))
    wait_for(lambda: len(partner.events()) == 3, 60, "the next message")
    path = f"/queries/departures/subscriptions/{one['subscriptionID']}"
    assert "lastNotifiedAt" in wait_for(lambda: (s := call(district, "GET", path).json()).get("lastNotifiedAt") and s, 20)
    assert call(district, "DELETE", path).status_code == 204 and call(district, "GET", path).status_code == 404
    call(district, "POST", "/capture", "capture:epcis", json=document(event("d5", bizStep="departing")))
    assert call(district, "DELETE", "/queries/departures").status_code == 204
    assert call(district, "GET", "/queries/departures/events").status_code == 404
    assert len(partner.events()) == 3


def test_a_file_is_captured_on_the_page_with_its_errors(district):
    lead = district.lead
    paper = json.dumps(document(event("u1"), event("u2", eventTime="yesterday"))).encode()
    page = lead.form("/fulfilment/epcis/capture", file=("partner.json", paper), proceed="on")
    assert page.status_code == 200 and "2번째 이벤트의 eventTime" in page.text
    assert len(found(district, "?MATCH_epc=urn:epc:id:sgtin:0614141.107346.u1")) == 1
    page = lead.form("/fulfilment/epcis/capture", file=("partner.json", b"no document"))
    assert page.status_code == 422
    english = lead.page("/fulfilment/epcis", headers={"Accept-Language": "en"})
    assert "Find events" in english.text
