"""Two firms in one house: neither reads, writes, judges or traces what is the other's."""
import re
import threading

import pytest
import requests

from house import PASSWORD, wait_for


class Member:
    """Somebody of a firm, signed in, with tokens made on the page for that."""

    def __init__(self, house, firm, role):
        self.house, self.firm, self.role = house, firm, role
        link = invite(house, firm, role)
        self.session = requests.Session()
        self.session.trust_env = False
        answer = self.session.post(
            f"{house.url}/setup/{link}", allow_redirects=False, timeout=60, data={
                "token": link, "name": f"{firm} {role}", "password": PASSWORD, "again": PASSWORD})
        assert answer.status_code == 303, answer.text
        assert requests.get(f"{house.url}/setup/{link}", timeout=30).status_code == 404, "an invitation works once"
        self.tokens = {scope: self.token(scope) for scope in ["readings:write", "read", "command"]}

    def csrf(self):
        return re.search(r'name="csrf" value="([^"]+)"', self.session.get(self.house.url + "/tokens", timeout=60).text)[1]

    def token(self, scope):
        page = self.session.post(self.house.url + "/tokens", timeout=60, data={
            "name": f"{self.firm}-{self.role}-{scope.replace(':', '-')}", "scope": scope, "days": "30", "csrf": self.csrf()})
        return re.search(r"slw_[A-Za-z0-9_-]{43}", page.text)[0]

    def write(self, lines):
        return self.house.api("POST", "/api/v2/write", token=self.tokens["readings:write"], data=lines)

    def read(self, path):
        return self.house.api("GET", path, token=self.tokens["read"])

    def do(self, command, **values):
        return self.house.api(
            "POST", f"/api/v1/commands/{command}", token=self.tokens["command"], json={**values, "confirmed": True})

    def page(self, path):
        return self.session.get(self.house.url + path, timeout=60)


def invite(house, firm, role):
    """An invitation, as the zone's officer makes one."""
    page = house.session.post(
        house.url + "/people", timeout=60, data={"role": role, "firm": firm, "csrf": house.session.csrf()})
    return re.search(r"/setup/([A-Za-z0-9_-]{20,})", page.text)[1]


@pytest.fixture(scope="module")
def firms(sample):
    nuri, haesol = Member(sample, "firm-nuri", "executive"), Member(sample, "firm-haesol", "executive")
    for member, thing in ((nuri, "nuri-ladle"), (haesol, "haesol-lift")):
        assert member.write(f"{thing} load=1").status_code == 204
        assert member.do("sensing.limit.set", thing=thing, property="load", high=5, reason="사양서").status_code == 201
        assert member.write(f"{thing} load=9").status_code == 204
    alarm = wait_for(lambda: alarms(nuri), 20, "the alarm of Nuri's ladle")[0]
    return nuri, haesol, alarm


def alarms(member):
    return [a for a in member.read("/api/v1/alarms?view=all").json()["alarms"] if a["property"] == "load"]


def test_each_firm_sees_its_own_alarm_and_the_zone_sees_both(sample, firms):
    nuri, haesol, _ = firms
    wait_for(lambda: alarms(haesol), 20, "the alarm of Haesol's lift")
    assert {a["thing"] for a in alarms(nuri)} == {"nuri-ladle"}
    assert {a["thing"] for a in alarms(haesol)} == {"haesol-lift"}
    both = {a["thing"] for a in sample.alarms(view="all", size=500) if a["property"] == "load"}
    assert both == {"nuri-ladle", "haesol-lift"}


def test_readings_for_anothers_thing_are_refused_and_not_stored(firms):
    nuri, haesol, _ = firms
    before = nuri.read("/api/v1/series/nuri-ladle/load").json()["readings"]
    answer = haesol.write("haesol-lift load=2\nnuri-ladle load=3\n")
    assert answer.status_code == 400
    assert [(e["line"], e["rule"]) for e in answer.json()["errors"]] == [(2, "not-yours")]
    assert nuri.read("/api/v1/series/nuri-ladle/load").json()["readings"] == before
    # The line before it was one's own and is stored.
    assert haesol.read("/api/v1/series/haesol-lift/load").json()["readings"][-1]["value"] == 2


def test_nothing_of_another_firm_can_be_read(firms):
    nuri, haesol, alarm = firms
    own = [f"/api/v1/series/nuri-ladle/load", f"/api/v1/series/nuri-ladle/load/chart", f"/api/v1/trace/{alarm['correlation']}"]
    for path in own:
        assert nuri.read(path).status_code == 200, path
        assert haesol.read(path).status_code == 404, path
        assert "ladle" not in haesol.read(path).text.replace("/nuri-ladle/", ""), path
    for path in [f"/alarms/{alarm['id']}", f"/trace/{alarm['correlation']}", "/machines/nuri-ladle"]:
        assert nuri.page(path).status_code == 200, path
        assert haesol.page(path).status_code == 404, path
    for path in ["/", "/alarms", "/alarms?view=all", "/readings", "/things", "/things?view=table", "/record", "/audit", "/tokens", "/people"]:
        page = haesol.page(path)
        assert page.status_code == 200, path
        assert "nuri-ladle" not in page.text and "firm-nuri" not in page.text, path
    for path in ["/api/v1/alarms?view=all&size=500", "/api/v1/things?size=500"]:
        assert "nuri-ladle" not in haesol.read(path).text, path
        assert "nuri-ladle" in nuri.read(path).text, path


def test_nothing_of_another_firm_can_be_commanded(sample, firms):
    nuri, haesol, alarm = firms
    for command, values in [
        ("sensing.alarm.acknowledge", {"alarm": alarm["id"]}),
        ("sensing.alarm.clear", {"alarm": alarm["id"], "reason": "남의 것"}),
        ("sensing.limit.set", {"thing": "nuri-ladle", "property": "load", "high": 50, "reason": "남의 것"}),
    ]:
        answer = haesol.do(command, **values)
        assert answer.status_code in (403, 404), (command, answer.text)
        assert answer.headers["Content-Type"] == "application/problem+json"
    form = haesol.session.post(
        f"{sample.url}/alarms/{alarm['id']}/acknowledge", timeout=60, data={"csrf": haesol.csrf(), "note": "남의 것"})
    assert form.status_code in (403, 404)
    assert alarms(nuri)[0]["state"] == alarm["state"]
    assert nuri.do("sensing.alarm.acknowledge", alarm=alarm["id"]).status_code == 201
    assert alarms(nuri)[0]["state"].startswith("acknowledged")


def test_a_firm_does_not_govern_the_zone(firms):
    nuri, _, _ = firms
    assert nuri.do("district.ai.switch", use="sensing.tail", on=False, reason="남의 권한").status_code == 403
    assert nuri.page("/metrics").status_code == 403
    page = nuri.page("/ai-uses")
    assert page.status_code == 200 and "/do/district.ai.switch" not in page.text


def test_live_news_of_another_firms_alarm_is_not_told(firms):
    nuri, haesol, _ = firms
    heard = {member: listen(member) for member in (nuri, haesol)}
    wait_for(lambda: all("hello" in topics for topics in heard.values()), 20, "both streams")
    assert nuri.do("sensing.limit.set", thing="nuri-ladle", property="tilt", high=1, reason="사양서").status_code == 201
    assert nuri.write("nuri-ladle tilt=0\nnuri-ladle tilt=2\n").status_code in (204, 400)
    wait_for(lambda: "alarms" in heard[nuri], 20, "news of the alarm")
    # A later event that is Haesol's own marks the end: whatever was to be told before it, was told.
    assert haesol.do("sensing.limit.set", thing="haesol-lift", property="sway", high=9, reason="사양서").status_code == 201
    wait_for(lambda: "record" in heard[haesol], 20, "news of one's own")
    assert "alarms" not in heard[haesol]


def listen(member):
    """The topics that a live page of this person is told of, as they come."""
    heard = []

    def follow():
        with member.session.get(member.house.url + "/live", stream=True, timeout=60) as answer:
            for line in answer.iter_lines():
                if line.startswith(b"event:"):
                    heard.append(line.partition(b":")[2].strip().decode())

    threading.Thread(target=follow, daemon=True).start()
    return heard


def test_nobody_invites_another_into_more_than_they_are(sample, firms):
    manager = Member(sample, "firm-nuri", "safetyManager")
    for role, status in [("executive", 422), ("zoneOfficer", 422), ("administrator", 422), ("worker", 200)]:
        page = manager.session.post(
            sample.url + "/people", timeout=60, data={"role": role, "firm": "firm-haesol", "csrf": manager.csrf()})
        assert page.status_code == status, role
    # The firm is the inviter's own, whatever the form says.
    link = re.search(r"/setup/([A-Za-z0-9_-]{20,})", page.text)[1]
    guest = requests.Session()
    guest.post(f"{sample.url}/setup/{link}", timeout=60, data={
        "token": link, "name": "누리 근로자 1", "password": PASSWORD, "again": PASSWORD})
    assert guest.get(sample.url + "/machines/nuri-ladle", timeout=30).status_code == 200
    assert guest.get(sample.url + "/machines/haesol-lift", timeout=30).status_code == 404
    assert guest.get(sample.url + "/people", timeout=30).status_code == 403
