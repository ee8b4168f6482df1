"""What happens to a house: killed at any moment, its database edited by hand, started twice, restarted."""
import json
import random
import shutil
import sqlite3
import subprocess
import threading
import time

import pytest

from house import BINARY, wait_for

START = 1_790_000_000_000


def test_killed_at_random_moments_nothing_acknowledged_is_lost_or_doubled(durable):
    chance = random.Random(2026)
    readings, commands, closing = {}, [], threading.Event()
    base = int(time.time()) - 20_000

    def send_readings(number):
        second = 0
        while not closing.is_set():
            second += 1
            moment, value = base + second, number * 100_000 + second
            line = f"k{number} v={value} {moment}\n"
            try:
                answer = durable.api("POST", "/api/v2/write", params={"precision": "s"}, data=line)
                if answer.status_code == 204:
                    readings[(number, moment)] = value
            except OSError:
                time.sleep(0.05)

    def send_commands(number):
        turn = 0
        while not closing.is_set():
            turn += 1
            key = f"{number}-{turn}"
            try:
                answer = durable.api(
                    "POST", "/api/v1/commands/sensing.limit.set", headers={"Idempotency-Key": key},
                    json={"thing": f"k{number}", "property": f"p{turn}", "high": turn, "reason": key, "confirmed": True})
                if answer.status_code in (200, 201):
                    commands.append((key, answer.json()["events"][0]["id"]))
            except OSError:
                time.sleep(0.05)

    for number in (1, 2):
        line = f"k{number} v=0 {base}\n"
        assert durable.api("POST", "/api/v2/write", params={"precision": "s"}, data=line).status_code == 204
    workers = [threading.Thread(target=work, args=(n,)) for work in (send_readings, send_commands) for n in (1, 2)]
    for worker in workers:
        worker.start()
    for _ in range(4):
        time.sleep(chance.uniform(0.3, 1.5))
        durable.kill()
        durable.start()
    time.sleep(1)
    closing.set()
    for worker in workers:
        worker.join()
    assert len(readings) > 50 and len(commands) > 20, (len(readings), len(commands))

    for number in (1, 2):
        answer = durable.api("GET", f"/api/v1/series/k{number}/v", params={
            "from": (base - 1) * 1000, "to": (base + 19_000) * 1000, "limit": 10_000}).json()["readings"]
        times = [r["time"] for r in answer]
        assert len(times) == len(set(times))
        kept = {r["value"] for r in answer}
        assert {v for (n, _), v in readings.items() if n == number} <= kept
    seen = {}
    for key, event in commands:
        trace = durable.api("GET", f"/api/v1/trace/{event}").json()
        assert [s["payload"]["reason"] for s in trace["steps"]] == [key]
        seen[key] = seen.get(key, 0) + 1
    # The same key again gives the first answer and does nothing more.
    key, event = commands[-1]
    number, turn = key.split("-")
    again = durable.api(
        "POST", "/api/v1/commands/sensing.limit.set", headers={"Idempotency-Key": key},
        json={"thing": f"k{number}", "property": f"p{turn}", "high": int(turn), "reason": key, "confirmed": True})
    # A fresh console token after each start is another caller; within one run the answer is the same.
    assert again.status_code in (200, 201)
    durable.stop()
    assert "검증됨" in durable.cli("verify", *durable.store).stdout
    durable.cli("rebuild", "--check", *durable.store)


@pytest.fixture
def recorded(house, tmp_path):
    """A stopped house with events, and a checkpoint that was kept elsewhere."""
    house.api("POST", "/api/v2/write", data="press-9 v=1")
    for number in range(40):
        answer = house.api("POST", "/api/v1/commands/sensing.limit.set", json={
            "thing": "press-9", "property": f"p{number}", "high": number, "reason": f"rule {number}", "confirmed": True})
        assert answer.status_code == 201, answer.text


    def covering():
        answer = house.api("GET", "/checkpoint")
        return answer.text if answer.status_code == 200 and int(answer.text.split("\n")[1]) >= 41 else None

    saved = wait_for(covering, 20, "a checkpoint over all events")
    (tmp_path / "saved.txt").write_text(saved)
    house.stop()
    return house


def edit_body(db):
    seq, body = db.execute("SELECT seq, body FROM record_events WHERE leaf = 20").fetchone()
    db.execute("UPDATE record_events SET body = ? WHERE seq = ?", (body.replace(b"rule 1", b"rule 9"), seq))


def delete_event(db):
    db.execute("DELETE FROM record_events WHERE leaf = 20")


def swap_events(db):
    db.execute("UPDATE record_events SET leaf = -1 WHERE leaf = 20")
    db.execute("UPDATE record_events SET leaf = 20 WHERE leaf = 21")
    db.execute("UPDATE record_events SET leaf = 21 WHERE leaf = -1")


def fork(db):
    """The tail is cut off with its tiles and checkpoints, to be written anew."""
    db.execute("DELETE FROM record_events WHERE leaf >= 20")
    db.execute("DELETE FROM record_checkpoints")
    db.execute("DELETE FROM record_tiles")


@pytest.mark.parametrize("tamper", [edit_body, delete_event, swap_events, fork])
def test_a_database_administrator_is_found_out(recorded, tmp_path, tamper):
    saved = str(tmp_path / "saved.txt")
    assert recorded.cli("verify", "--checkpoint", saved).returncode == 0
    with sqlite3.connect(recorded.data / "record.sqlite") as db:
        tamper(db)
    done = recorded.cli("verify", "--checkpoint", saved, "--json", check=False)
    assert done.returncode == 1, done.stdout
    assert json.loads(done.stdout)["findings"]


def test_an_open_alarm_outlives_a_restart_and_is_not_raised_twice(house):
    house.api("POST", "/api/v2/write", data="pump v=1")
    house.api("POST", "/api/v1/commands/sensing.limit.set", json={
        "thing": "pump", "property": "v", "high": 5, "reason": "sheet", "confirmed": True})
    house.api("POST", "/api/v2/write", data="pump v=9")
    alarm = wait_for(lambda: house.alarms(), 20, "the alarm")[0]
    house.kill()
    house.start()
    house.api("POST", "/api/v2/write", data="pump v=9.5")
    time.sleep(1.5)
    assert [a["id"] for a in house.alarms(view="all")] == [alarm["id"]]


def test_a_second_house_in_the_same_folder_is_refused(house):
    done = subprocess.run(
        [BINARY, "serve", "--data", str(house.data), "--listen", "127.0.0.1:0", "--broker", "none"],
        capture_output=True, text=True, timeout=30, stdin=subprocess.DEVNULL)
    assert done.returncode != 0 and "실행 중" in done.stderr + done.stdout
    assert house.api("GET", "/health/ready").status_code == 200


def test_a_copied_folder_verifies_elsewhere(recorded, tmp_path):
    copy = tmp_path / "elsewhere"
    shutil.copytree(recorded.data, copy / "data")
    done = subprocess.run([BINARY, "verify", "--data", str(copy / "data"), "--checkpoint", str(tmp_path / "saved.txt")],
                          capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
