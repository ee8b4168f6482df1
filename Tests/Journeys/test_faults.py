"""What happens to a house: killed at any moment, its database edited by hand, started twice, restarted."""
import json
import random
import re
import shutil
import socket
import sqlite3
import subprocess
import threading
import time
from contextlib import closing

import paho.mqtt.client as mqtt
import pytest

from house import BINARY, House, patience, wait_for


def token(house, *scopes):
    """A program's key that outlives restarts, made as a person makes it."""
    session, keys = house.person(), []
    for scope in scopes:
        page = session.post(house.url + "/tokens", timeout=60, data={
            "name": scope.replace(":", "-"), "scope": scope, "days": "1", "csrf": session.csrf()}).text
        keys.append(re.search(r"slw_[A-Za-z0-9_-]{43}", page)[0])
    return keys


def events_of(house, kind):
    """What the Record itself holds, read past the server."""
    if not house.store:
        with closing(sqlite3.connect(house.data / "record.sqlite")) as db:
            rows = [row[0] for row in db.execute("SELECT body FROM record_events WHERE type = ?", (kind,))]
        return [json.loads(row)["payload"] for row in rows]
    address, _, schema = house.store[1].partition("?schema=")
    rows = subprocess.run(
        ["psql", address, "-Atc", f"SELECT encode(body, 'hex') FROM {schema}.record_events WHERE type = '{kind}'"],
        capture_output=True, text=True, check=True).stdout.split()
    return [json.loads(bytes.fromhex(row))["payload"] for row in rows]


def test_killed_at_random_moments_nothing_acknowledged_is_lost_or_doubled(durable):
    """Writers send the same again until they are answered, as Telegraf and careful clients do."""
    seed = random.SystemRandom().randrange(1 << 32)
    print("seed", seed)
    chance = random.Random(seed)
    readings, commands, closing_time = {}, {}, threading.Event()
    base = int(time.time()) - 20_000
    writing, commanding = token(durable, "readings:write", "command")

    def insist(accepted, *request, **more):
        """The answer, however often the house dies meanwhile."""
        while True:
            try:
                answer = durable.api(*request, **more)
            except OSError:
                time.sleep(0.05)
                continue
            assert answer.status_code in accepted or answer.status_code == 503, answer.text
            if answer.status_code in accepted:
                return answer

    def send_readings(number):
        second = 0
        # No more than are asked for at once below.
        while not closing_time.is_set() and second < 9_000:
            second += 1
            moment, value = base + second, number * 100_000 + second
            insist([204], "POST", "/api/v2/write", token=writing, params={"precision": "s"}, data=f"k{number} v={value} {moment}\n")
            readings[(number, moment)] = value

    def send_commands(number):
        turn = 0
        while not closing_time.is_set():
            turn += 1
            key = f"{number}-{turn}"
            answer = insist(
                [200, 201], "POST", "/api/v1/commands/sensing.limit.set", token=commanding, headers={"Idempotency-Key": key},
                json={"thing": f"k{number}", "property": f"p{turn}", "high": turn, "reason": key, "confirmed": True})
            commands[key] = answer.json()["events"][0]["id"]

    def guarded(work, number):
        try:
            work(number)
        except BaseException as error:  # told by the test itself: a thread's failure would pass unseen
            failures.append(error)
            closing_time.set()

    failures = []
    for number in (1, 2):
        insist([204], "POST", "/api/v2/write", token=writing, params={"precision": "s"}, data=f"k{number} v=0 {base}\n")
    workers = [threading.Thread(target=guarded, args=(work, n)) for work in (send_readings, send_commands) for n in (1, 2)]
    for worker in workers:
        worker.start()
    for _ in range(5):
        time.sleep(chance.uniform(0.3, 1.5))
        durable.kill()
        durable.start()
    enough = len(readings) + 20, len(commands) + 5
    wait_for(lambda: failures or (len(readings) > enough[0] and len(commands) > enough[1]), 60, "work after the last start")
    closing_time.set()
    for worker in workers:
        worker.join()
    assert not failures, failures
    assert len(readings) > 50 and len(commands) > 20, (len(readings), len(commands))

    for number in (1, 2):
        answer = durable.api("GET", f"/api/v1/series/k{number}/v", params={
            "from": (base - 1) * 1000, "to": (base + 19_000) * 1000, "limit": 10_000}).json()["readings"]
        assert len(answer) == len({r["time"] for r in answer}), "each moment once"
        # Every one that was answered, and no other: each was asked again until it was.
        assert sorted(r["value"] for r in answer) == sorted([0, *(v for (n, _), v in readings.items() if n == number)])
    # The same key again, by the same caller, gives the first answer and does nothing more.
    key = max(commands, key=lambda k: int(k.split("-")[1]))
    number, turn = key.split("-")
    again = durable.api(
        "POST", "/api/v1/commands/sensing.limit.set", token=commanding, headers={"Idempotency-Key": key},
        json={"thing": f"k{number}", "property": f"p{turn}", "high": int(turn), "reason": key, "confirmed": True})
    assert again.status_code == 200 and again.json()["events"][0]["id"] == commands[key]
    durable.stop()
    assert sorted(e["reason"] for e in events_of(durable, "sensing.limit.set")) == sorted(commands), "each command once"
    assert "검증됨" in durable.cli("verify", *durable.store).stdout
    durable.cli("rebuild", "--check", *durable.store)


def test_what_the_broker_acknowledged_survives_the_house_being_killed(tmp_path):
    """A gateway publishes on and on at QoS 1; what it was told has arrived is stored, once, however the house dies."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    house = House(tmp_path, broker=port).start()
    chance, acknowledged, sent = random.Random(7), set(), {}
    client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2, client_id="gateway-1", clean_session=False)
    client.reconnect_delay_set(1, 1)
    client.on_publish = lambda c, data, number, code, properties: acknowledged.add(number)
    try:
        assert house.broker()[0] == port
        client.username_pw_set("gateway", house.broker()[1])
        client.connect("127.0.0.1", port)
        client.loop_start()
        begin = int(time.time() * 1000) - 60_000
        closing_time = threading.Event()

        def publish():
            value = 0
            while not closing_time.is_set():
                value += 1
                payload = json.dumps({"time": begin + value, "values": {"level": value}})
                info = client.publish("slipway/tank", payload, qos=1)
                sent[info.mid] = value
                time.sleep(0.02)

        worker = threading.Thread(target=publish)
        worker.start()
        for _ in range(3):
            time.sleep(chance.uniform(0.5, 1.5))
            house.kill()
            house.start()
        before = len(acknowledged)
        wait_for(lambda: len(acknowledged) > before + 20, 30, "answers after the last start")
        closing_time.set()
        worker.join()
        wanted = {sent[number] for number in set(acknowledged)}
        assert len(wanted) > 100, len(wanted)

        def kept():
            answer = house.api("GET", "/api/v1/series/tank/level", params={"from": begin, "to": begin + 60_000, "limit": 10_000})
            return [r["value"] for r in answer.json()["readings"]] if answer.status_code == 200 else []

        wait_for(lambda: wanted <= set(kept()), 30, "every acknowledged message")
        assert len(kept()) == len(set(kept())), "each once"
    finally:
        client.loop_stop()
        house.stop()


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    house = House(tmp_path_factory.mktemp("recorded")).start()
    house.api("POST", "/api/v2/write", data="press-9 v=1")
    for number in range(40):
        answer = house.api("POST", "/api/v1/commands/sensing.limit.set", json={
            "thing": "press-9", "property": f"p{number}", "high": number, "reason": f"rule {number}", "confirmed": True})
        assert answer.status_code == 201, answer.text
    save_checkpoint(house, 41, house.folder / "saved.txt")
    house.stop()
    return house


@pytest.fixture
def recorded(original, tmp_path):
    """A stopped house with events, and a checkpoint that was kept elsewhere."""
    house = House(tmp_path)
    shutil.copytree(original.data, house.data)
    shutil.copy(original.folder / "saved.txt", tmp_path / "saved.txt")
    yield house
    house.leave()


def save_checkpoint(house, size, file):
    """Keeps a checkpoint over so many events elsewhere."""
    def covering():
        answer = house.api("GET", "/checkpoint")
        return answer.text if answer.status_code == 200 and int(answer.text.split("\n")[1]) >= size else None

    file.write_text(wait_for(covering, 20, "a checkpoint over all events"))


def edit_body(db):
    seq, body = db.execute("SELECT seq, body FROM record_events WHERE leaf = 20").fetchone()
    changed = re.sub(rb'":"([a-z])', lambda found: b'":"' + bytes([found[1][0] ^ 1]), body, count=1)
    assert changed != body
    db.execute("UPDATE record_events SET body = ? WHERE seq = ?", (changed, seq))


def delete_event(db):
    db.execute("DELETE FROM record_events WHERE leaf = 20")


def swap_events(db):
    db.execute("UPDATE record_events SET leaf = -1 WHERE leaf = 20")
    db.execute("UPDATE record_events SET leaf = 20 WHERE leaf = 21")
    db.execute("UPDATE record_events SET leaf = 21 WHERE leaf = -1")


def cut_the_tail(db):
    """The tail goes with its tiles and checkpoints, as if it had never been."""
    db.execute("DELETE FROM record_events WHERE leaf >= 20")
    db.execute("DELETE FROM record_checkpoints")
    db.execute("DELETE FROM record_tiles")


def add_at_the_end(db):
    """An event copied to the end, with a name of its own."""
    columns = [row[1] for row in db.execute("PRAGMA table_info(record_events)") if row[1] not in ("seq", "id", "leaf", "stream_version")]
    db.execute(
        f"INSERT INTO record_events (id, leaf, stream_version, {', '.join(columns)}) "
        f"SELECT 'forged', (SELECT MAX(leaf) + 1 FROM record_events), 999, {', '.join(columns)} FROM record_events WHERE leaf = 20")


@pytest.mark.parametrize("tamper,kinds,leaf", [
    (edit_body, {"changed"}, 20), (delete_event, {"missing"}, 20), (swap_events, {"changed"}, 20),
    (cut_the_tail, {"shorter"}, None), (add_at_the_end, {"column", "stream", "size"}, None),
])
def test_a_database_administrator_is_found_out(recorded, tmp_path, tamper, kinds, leaf):
    saved = str(tmp_path / "saved.txt")
    sound = json.loads(recorded.cli("verify", "--checkpoint", saved, "--json").stdout)
    assert sound["sound"] is True and sound["findings"] == []
    with closing(sqlite3.connect(recorded.data / "record.sqlite")) as db, db:
        tamper(db)
    done = recorded.cli("verify", "--checkpoint", saved, "--json", check=False)
    assert done.returncode == 1, done.stdout
    findings = json.loads(done.stdout)["findings"]
    assert kinds & {f["kind"] for f in findings}, findings
    if leaf is not None:
        assert leaf in {int(f["leaf"]) for f in findings if f.get("leaf") is not None}, findings


def test_a_past_written_anew_with_the_houses_own_key_is_a_fork(recorded, tmp_path):
    """Whoever holds database and key can make another sound log, but not one that a checkpoint kept elsewhere agrees with."""
    other = House(tmp_path / "other")
    shutil.copytree(recorded.data, other.data)
    recorded.start()
    for house, high in ((recorded, 7), (other, 8)):
        if house is other:
            house.start()
        answer = house.api("POST", "/api/v1/commands/sensing.limit.set", json={
            "thing": "press-9", "property": "told", "high": high, "reason": "which of the two", "confirmed": True})
        assert answer.status_code == 201
        trace = house.api("GET", f"/api/v1/trace/{answer.json()['correlation']}").json()
        save_checkpoint(house, int(trace["steps"][-1]["leaf"]) + 1, house.folder / "now.txt")
        house.stop()
    for house, alien in ((recorded, other), (other, recorded)):
        assert house.cli("verify", "--checkpoint", str(house.folder / "now.txt")).returncode == 0
        done = house.cli("verify", "--checkpoint", str(alien.folder / "now.txt"), "--json", check=False)
        assert done.returncode == 1
        assert {f["kind"] for f in json.loads(done.stdout)["findings"]} & {"fork", "shorter"}, done.stdout


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
        capture_output=True, text=True, timeout=60 * patience(), stdin=subprocess.DEVNULL)
    assert done.returncode != 0 and "실행 중" in done.stderr + done.stdout
    assert house.api("GET", "/health/ready").status_code == 200


def test_a_copied_folder_verifies_elsewhere(recorded, tmp_path):
    copy = tmp_path / "elsewhere"
    shutil.copytree(recorded.data, copy / "data")
    done = subprocess.run([BINARY, "verify", "--data", str(copy / "data"), "--checkpoint", str(tmp_path / "saved.txt")],
                          capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
