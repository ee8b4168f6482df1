"""The city's services from outside: a practice city in a process of its own, and an Open311 client from PyPI."""
import json
import pathlib
import re
import subprocess
import sys

import pytest
import requests
import xmltodict
from georeport import GeoReport

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from house import BINARY, ROOT, House, wait_for  # noqa: E402


class City:
    """`slipway sandbox` in a process of its own."""

    def __init__(self, folder):
        self.state = folder / "city.json"
        self.process = subprocess.Popen(
            [BINARY, "sandbox", "--listen", "127.0.0.1:0", "--state", str(self.state)],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, cwd=ROOT)
        line = self.process.stdout.readline()
        assert line.startswith("sandbox http://"), line
        self.url = line.split()[1]

    def misbehave(self, kind, **more):
        assert requests.post(self.url + "/faults", json={"kind": kind, **more}, timeout=30).status_code == 200

    def taken(self):
        return requests.get(self.url + "/requests", timeout=30).json()["requests"]

    def end(self):
        if self.process.poll() is None:
            # It may be keeping somebody waiting, as it was told to.
            self.process.kill()
            self.process.wait(10)


@pytest.fixture
def city(tmp_path):
    city = City(tmp_path)
    yield city
    city.end()


@pytest.fixture
def served(tmp_path, city):
    """A house whose requests go to the practice city, waiting a second for it."""
    corrections = tmp_path / "data/handbook/citizen"
    corrections.mkdir(parents=True)
    (corrections / "city-endpoint.json").write_text(
        json.dumps({"on": False, "url": "", "send_seconds": 1, "ask_seconds": 1}))
    house = House(tmp_path, "--city", city.url).start()
    yield house
    house.leave()


def token(house, name, scope):
    """An API token, made by the person who runs the house."""
    if not hasattr(house, "session"):
        house.session = house.person()
    page = house.session.post(
        house.url + "/tokens", timeout=60,
        data={"name": name, "scope": scope, "days": "30", "csrf": house.session.csrf()})
    return re.search(r"slw_[A-Za-z0-9_-]{43}", page.text)[0]


def status(house, number):
    return requests.get(f"{house.url}/open311/v2/requests/{number}.json", timeout=30).json()[0]


def code_of(house, answer):
    """What opens a request, for whoever has just asked: its name in the answer leads there, and opens nothing by itself."""
    name = answer.json()["events"][0]["stream"].split("/")[1]
    code = requests.get(f"{house.url}/citizen/requests/{name}", timeout=30).url.rsplit("/", 1)[1]
    assert code != name and len(code) == 22
    return code


def test_an_outside_client_reads_services_and_follows_a_request(served, city):
    """A client made by others lists, describes and follows; a program with a token posts; nothing personal comes out."""
    key = token(served, "citizen-app", "command:citizen.*")
    client = GeoReport(served.url + "/open311/v2")
    in_xml = GeoReport(served.url + "/open311/v2", output_format="xml")
    services = client.get_service_list()
    assert len(services) >= 30
    assert [one["service_code"] for one in in_xml.get_service_list()] == [one["service_code"] for one in services]
    noise = client.get_service_definition("noise")
    assert noise["attributes"][0]["code"] == "source"
    assert len(in_xml.get_service_definition("noise")["attributes"]["attribute"]["values"]["value"]) == 5

    posted = requests.post(served.url + "/open311/v2/requests.xml", timeout=30, data={
        "api_key": key, "service_code": "odour", "lat": "36.4", "long": "127.1",
        "description": "김가상 집 앞", "phone": "010-1234-5678"})
    assert posted.status_code == 200, posted.text
    told = xmltodict.parse(posted.content)["service_requests"]["request"]
    number = told["service_request_id"]

    wait_for(lambda: "접수됨" in client.get_service_request(number)["status_notes"], 20, "the city's acceptance")
    assert [one["service"] for one in city.taken()] == ["odour"]
    assert in_xml.get_service_request(number)["service_code"] == "odour"
    assert [one["service_request_id"] for one in client.get_service_requests(status="open")] == [number]
    whole = json.dumps([client.get_service_request(number), client.get_service_requests()], ensure_ascii=False)
    assert "김가상" not in whole and "5678" not in whole and told["token"] not in whole
    page = requests.get(f"{served.url}/citizen/requests/{told['token']}", timeout=30)
    assert page.status_code == 200 and "T-100001" in page.text and "5678" not in page.text

    officer = served.session
    desk = officer.get(f"{served.url}/citizen/desk/requests/{number}", timeout=30).text
    assert "010-1234-5678" in desk
    done = officer.post(
        f"{served.url}/api/v1/commands/citizen.request.close", timeout=30, headers={"X-CSRF-Token": officer.csrf()},
        json={"request": number, "result": "done", "confirmed": True})
    assert done.status_code == 201, done.text
    assert status(served, number)["status"] == "closed"
    assert client.get_service_requests(status="open") == []


def test_a_time_out_after_the_commit_leaves_exactly_one_request(served, city):
    """The city takes a request and then says nothing; it is looked up before anything is sent again, over restarts too."""
    city.misbehave("silent-after-commit", seconds=30, times=1)
    answer = requests.post(
        served.url + "/api/v1/commands/citizen.pothole.report", timeout=30, json={"where": "바다로 12", "confirmed": True})
    assert answer.status_code == 201, answer.text
    code = code_of(served, answer)

    def page():
        return requests.get(f"{served.url}/citizen/requests/{code}", timeout=30).text

    wait_for(lambda: "접수됐는지 확인되지 않았습니다" in page() or "T-100001" in page(), 20, "the doubt")
    served.kill()
    served.start()
    wait_for(lambda: "T-100001" in page(), 30, "the number that the city had given")
    assert [one["number"] for one in city.taken()] == ["T-100001"]


def test_without_the_city_a_request_is_kept_and_goes_out_later(served, city):
    city.end()
    answer = requests.post(
        served.url + "/api/v1/commands/citizen.snow.report", timeout=30, json={"where": "언덕길", "confirmed": True})
    code = code_of(served, answer)
    number = requests.get(f"{served.url}/open311/v2/tokens/{code}.json", timeout=30).json()[0]["service_request_id"]
    assert "접수 대기" in status(served, number)["status_notes"]
    lookup = requests.post(served.url + "/citizen/lookups/air", timeout=30)
    assert "지금은 담당 시스템이 답하지 않습니다" in lookup.text
    port = city.url.rsplit(":", 1)[1]
    again = subprocess.Popen(
        [BINARY, "sandbox", "--listen", f"127.0.0.1:{port}", "--state", str(city.state)], stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, cwd=ROOT)
    try:
        wait_for(lambda: "접수됨" in status(served, number)["status_notes"], 40, "the city's acceptance")
    finally:
        again.terminate()
        again.wait(10)


def test_the_sample_starts_its_practice_city_and_ends_it(tmp_path):
    house = House(tmp_path, sample=True, broker="none").start()
    try:
        def child():
            for entry in pathlib.Path("/proc").glob("[0-9]*/stat"):
                try:
                    if entry.read_text().rsplit(")", 1)[1].split()[1] == str(house.process.pid):
                        if b"sandbox" in (entry.parent / "cmdline").read_bytes():
                            return entry.parent
                except (FileNotFoundError, ProcessLookupError):
                    continue
            return None

        sandbox = wait_for(child, 20, "the practice city")
        wait_for(
            lambda: "연습용 모의 시스템" in requests.post(house.url + "/citizen/lookups/weather", timeout=30).text, 20,
            "an answer of the practice city")
        listed = requests.get(house.url + "/open311/v2/requests.json", timeout=30).json()
        assert len(listed) >= 7 and all(one["service_notice"] == "가상의 예시" for one in listed)
        house.kill()
        wait_for(lambda: not (sandbox / "cmdline").exists() or not (sandbox / "cmdline").read_bytes(), 10, "its end")
    finally:
        house.stop()
