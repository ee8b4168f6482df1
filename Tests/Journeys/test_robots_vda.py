"""Vehicles at the house's own broker: the sample's, simulated ones that are killed, and those of PyPI's vda5050-sdk."""
import json
import re
import signal
import subprocess
import sys

import paho.mqtt.client as mqtt
import pytest

from house import BINARY, ROOT, House, wait_for

pytest.importorskip("vda5050")
SDK = ROOT / "Tests/RobotsTests/Fleet/sdk_vehicle.py"


@pytest.fixture(scope="module")
def fleet(tmp_path_factory):
    house = House(tmp_path_factory.mktemp("fleet"), sample=True).start()
    house.session = house.person()
    yield house
    house.leave()


def broker(house):
    port = int(re.search(r"MQTT\s+127\.0\.0\.1:(\d+)", house.text())[1])
    lines = (house.data / "broker/credentials").read_text().split("\n")
    return port, dict(line.split(":", 1) for line in lines if line)["vehicles"]


def page(house, path="/robots/vehicles"):
    answer = house.session.get(house.url + path, timeout=60)
    assert answer.status_code == 200, answer.text[:500]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))


def enrol(house, manufacturer, serial, name, site="haesol-center"):
    answer = house.session.post(
        f"{house.url}/api/v1/commands/robots.vehicle.enrol", timeout=60, headers={"X-CSRF-Token": house.session.csrf()},
        json={"manufacturer": manufacturer, "serial": serial, "name": name, "site": site, "confirmed": True})
    assert answer.status_code in (200, 201), answer.text


def test_the_samples_vehicles_are_here_with_their_batteries(fleet):
    wait_for(lambda: "나래 1호" in page(fleet), 60, "the sample's vehicles")
    wait_for(lambda: re.search(r"연결됨 6 ", page(fleet)), 90, "six vehicles that are heard")
    one = wait_for(lambda: "제원" in page(fleet, "/robots/vehicles/narae-nr-01") and page(fleet, "/robots/vehicles/narae-nr-01"))
    wait_for(lambda: "60 kg" in page(fleet, "/robots/vehicles/narae-nr-01"), 60, "its factsheet")
    assert "VDA 5050 2.1.0" in one


def test_a_simulated_vehicle_that_is_killed_leaves_its_last_will(fleet):
    port, _ = broker(fleet)
    enrol(fleet, "simulated", "sv-01", "모의 1호")
    process = subprocess.Popen(
        [BINARY, "simulate", "vehicle", "--site", "haesol-center", "--version", "3.0", "--port", str(port),
         "--password-file", str(fleet.data / "broker/credentials")],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(lambda: "대기" in page(fleet, "/robots/vehicles/simulated-sv-01"), 60, "the simulated vehicle")
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
    wait_for(lambda: "연결 끊김" in page(fleet, "/robots/vehicles/simulated-sv-01"), 60, "its last will")


def test_a_vehicle_made_by_others_is_a_stranger_until_it_is_enrolled(fleet):
    port, password = broker(fleet)
    process = subprocess.Popen(
        [sys.executable, str(SDK), "127.0.0.1", str(port), "vehicles", password, "acme", "a-7", "s1", "0.5"],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(lambda: "acme a-7" in page(fleet), 60, "the stranger")
        enrol(fleet, "acme", "a-7", "다른 회사 로봇")
        wait_for(lambda: "77 %" in page(fleet, "/robots/vehicles/acme-a-7"), 60, "its battery")
        assert "acme a-7" not in page(fleet)
    finally:
        process.terminate()
        process.wait()


def test_a_message_that_breaks_the_standard_is_refused_by_field(fleet):
    port, password = broker(fleet)
    client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2, client_id="breaker")
    client.username_pw_set("vehicles", password)
    client.connect("127.0.0.1", port)
    client.loop_start()
    try:
        # The commonest fault of simulators: one serial number for every vehicle.
        state = {"headerId": 1, "timestamp": "2026-11-21T00:00:00.00Z", "version": "2.1.0", "manufacturer": "narae",
                 "serialNumber": "nr-02", "orderId": "", "orderUpdateId": 0}
        for topic in ("uagv/v2/narae/nr-01/state", "uagv/v2/narae/nr-01/factsheet"):
            client.publish(topic, json.dumps(state), qos=1).wait_for_publish(10)
        shown = wait_for(
            lambda: "serialNumber" in page(fleet, "/robots/vehicles/narae-nr-01")
            and page(fleet, "/robots/vehicles/narae-nr-01"), 30, "the refusal")
        # Every field that the standard asks for and the message lacks is named, of which this is one.
        assert "‘batteryState’ 항목이 없습니다" in shown
    finally:
        client.loop_stop()
