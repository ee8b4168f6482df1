"""An inspector gets a firm's half-year as one file, and checks it without the house: with our tool, and as a stranger."""
import contextlib
import json
import re
import shutil
import sqlite3
import subprocess
import zipfile

import pytest
import requests
from selenium.webdriver.common.by import By

import stranger
from conftest import let_in, open_browser
from house import BINARY, House, wait_for
from outside import TimeAuthority, Witness

FIRM = "firm-gaon"


class District:
    """The sample district with a witness and a time-stamping authority, and what its firm has done."""

    def __init__(self, folder):
        self.folder = folder
        (folder / "house").mkdir()
        self.house = House(folder / "house", "--origin", "slipway.example/packs", sample=True, broker="none").start()
        self.key = self.house.api("GET", "/verifier-key").text.strip()
        self.house.stop()
        self.witness = Witness(folder / "witness", "witness.example/labour").start(self.key)
        self.authority = TimeAuthority(folder / "authority")
        self.authority.configure(self.house.data)
        (self.house.data / "witnesses").write_text(f"witness labour {self.witness.key} {self.witness.url}\nquorum labour\n")
        self.house.start()
        self.executive = self.house.member(FIRM, "executive", "가온 대표")
        self.manager = self.house.member(FIRM, "safetyManager", "가온 안전관리자")

    def stop(self):
        self.house.stop()
        self.witness.stop()
        self.authority.stop()

    def make(self, **values):
        """Asks for a pack and waits for it; its identifier."""
        stream = self.executive.do("safety.pack.make", recipient="labour", **values)["safety.pack.asked"]
        pack = stream.removeprefix("pack/")
        wait_for(lambda: f'href="/safety/packs/{pack}/file"' in self.executive.page(f"/safety/packs/{pack}").text, 60, "the pack")
        return pack

    def fetch(self, pack, name):
        file = self.folder / name
        answer = self.executive.page(f"/safety/packs/{pack}/file")
        assert answer.status_code == 200 and answer.headers["Content-Type"] == "application/zip"
        file.write_bytes(answer.content)
        return file

    def verify(self, file, *words, key=None):
        """`slipway verify --pack`, far from any house."""
        done = subprocess.run(
            [BINARY, "verify", "--pack", str(file), "--json", "--data", str(self.folder / "nowhere"), "--key", key or self.key,
             "--witness", self.witness.key, "--authority", str(self.authority.folder / "ca.pem"), *words],
            capture_output=True, text=True, timeout=120, stdin=subprocess.DEVNULL)
        report = json.loads(done.stdout)
        assert (done.returncode == 0) == report["sound"], done.stderr
        return report


@pytest.fixture(scope="module")
def district(tmp_path_factory):
    district = District(tmp_path_factory.mktemp("packs"))
    yield district
    district.stop()


def test_an_executive_makes_a_pack_with_one_click_and_an_inspector_fetches_it_by_a_link(district):
    house = district.house
    minutes = "회의록: 협착 위험 구역의 방호덮개를 교체하기로 함".encode()
    document = district.manager.attach(minutes)
    district.manager.do("safety.duty.evidence", duty="sapa-d4-1", kind="policy", file=document)

    with open_browser() as browser:
        let_in(browser, house, district.executive)
        browser.get(house.url + "/safety/packs")
        browser.find_element(By.CSS_SELECTOR, 'button[name="period"].button-primary').click()
        wait_for(lambda: browser.find_element(By.CSS_SELECTOR, "#packs-live .list-row").text, 20, "the pack in the list")
        wait_for(
            lambda: "만드는 중" not in browser.find_element(By.ID, "packs-live").text
            and "만들어짐" in browser.find_element(By.ID, "packs-live").text, 60, "the pack without a reload")
        browser.find_element(By.CSS_SELECTOR, "#packs-live .list-row a").click()
        wait_for(lambda: browser.find_elements(By.CSS_SELECTOR, 'a[href$="/file"]'), 20, "the download")
        page = browser.find_element(By.TAG_NAME, "main").text
        assert "witness.example/labour" in page and "독립된 시각" in page
        here = browser.current_url
        browser.find_element(By.ID, "f-days").clear()
        browser.find_element(By.ID, "f-days").send_keys("3")
        browser.find_element(By.CSS_SELECTOR, 'form[action$="/share"] button').click()
        link = wait_for(lambda: re.search(r"http://\S+/packs/\S+", browser.find_element(By.TAG_NAME, "main").text), 20, "the link")[0]
        browser.get(here)
        assert link.split("/")[-1] not in browser.page_source, "shown once only"

    inspector = requests.Session()
    inspector.trust_env = False
    door = inspector.get(link, timeout=30)
    assert door.status_code == 200 and "고용노동부" in door.text and district.key in door.text.replace("&#43;", "+")
    answer = inspector.get(link + "/file", timeout=60)
    assert answer.status_code == 200 and answer.headers["Content-Disposition"].startswith('attachment; filename="slipway-firm-gaon-')
    file = district.folder / "fetched.zip"
    file.write_bytes(answer.content)

    report = district.verify(file)
    assert report["findings"] == [] and report["witnesses"] == ["witness.example/labour"] and report["time"]["verified"]
    found = stranger.check(file, district.key, [district.witness.key])
    assert found["files"][f"documents/{document}.txt"] == minutes
    assert found["manifest"]["subject"]["scope"] == f"firm:{FIRM}"
    assert (report["events"], report["documents"]) == (found["events"], found["documents"])
    bodies = [json.loads(event["body"]) for event in stranger.lines(found["files"]["events.jsonl"])]
    assert {body["scope"] for body in bodies} <= {f"firm:{FIRM}", "public"} | {b["scope"] for b in bodies if FIRM in b["scope"]}
    assert all(body["type"].startswith("safety.") for body in bodies)
    # openssl knows the time-stamp too.
    (district.folder / "checkpoint").write_bytes(found["files"]["checkpoint"])
    (district.folder / "timestamp.tsr").write_bytes(found["files"]["timestamp.tsr"])
    said = subprocess.run(
        ["openssl", "ts", "-verify", "-data", "checkpoint", "-in", "timestamp.tsr", "-CAfile", "authority/ca.pem"],
        cwd=district.folder, capture_output=True, text=True)
    assert "Verification: OK" in said.stdout + said.stderr

    # The firm sees that it was fetched, and ends the link at once.
    page = district.executive.page(here.removeprefix(house.url)).text
    assert re.search(r"내려받은 횟수 1", page)
    assert "link/" in district.executive.page("/audit").text
    revoke = re.search(r"/do/safety\.pack\.revoke\?link=([0-9a-f-]+)", page)[1]
    district.executive.do("safety.pack.revoke", link=revoke)
    for path in ("", "/file"):
        assert inspector.get(link + path, timeout=30).status_code == 404
    assert inspector.get(house.url + "/packs/nothing-that-exists", timeout=30).status_code == 404


def test_another_firm_and_a_stranger_get_no_pack(district):
    pack = district.make()
    other = district.house.member("firm-nuri", "executive")
    for path in (f"/safety/packs/{pack}", f"/safety/packs/{pack}/file"):
        assert other.page(path).status_code == 404
        assert requests.get(district.house.url + path, timeout=30, allow_redirects=False).status_code in (303, 401)
    assert pack not in other.page("/safety/packs").text
    assert other.form(f"/safety/packs/{pack}/share", days="3").status_code == 404
    worker = district.house.member(FIRM, "worker")
    assert worker.page("/safety/packs").status_code == 403


def rewritten(source, target, change):
    """A copy of a pack in which something was changed, the archive itself whole."""
    with zipfile.ZipFile(source) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    change(files)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, data in files.items():
            info = zipfile.ZipInfo(name)
            info.flag_bits |= 0x800
            archive.writestr(info, data)
    return target


def drop_line(name, number):
    def change(files):
        rows = files[name].splitlines(keepends=True)
        del rows[number]
        files[name] = b"".join(rows)
    return change


def edit_event(files):
    assert b"policy" in files["events.jsonl"]
    files["events.jsonl"] = files["events.jsonl"].replace(b"policy", b"Policy", 1)


def edit_document(files):
    name = next(name for name in files if name.startswith("documents/"))
    files[name] = files[name][:-1] + b"!"


def swap_proofs(files):
    rows = files["proofs.jsonl"].splitlines(keepends=True)
    one, other = json.loads(rows[0]), json.loads(rows[1])
    one["path"], other["path"] = other["path"], one["path"]
    rows[:2] = [json.dumps(one).encode() + b"\n", json.dumps(other).encode() + b"\n"]
    files["proofs.jsonl"] = b"".join(rows)


def later_time(files):
    files["timestamp.tsr"] = files["timestamp.tsr"][:-1] + bytes([files["timestamp.tsr"][-1] ^ 1])


@pytest.mark.parametrize("change, kinds", [
    (edit_document, {"changed", "document"}),
    (edit_event, {"changed", "event"}),
    (drop_line("events.jsonl", 0), {"changed", "event", "gap", "manifest"}),
    (drop_line("streams.jsonl", 0), {"changed", "gap"}),
    (swap_proofs, {"changed", "proof"}),
    (later_time, {"changed", "timestamp"}),
    (lambda files: files.pop("proofs.jsonl"), {"missing", "proof"}),
    (lambda files: files.update({"documents/other.txt": b"more"}), {"extra"}),
    (lambda files: files.update({"manifest.json": files["manifest.json"].replace(b"firm-gaon", b"firm-nuri")}), {"seal", "foreign"}),
], ids=["document edited", "event edited", "event dropped", "stream dropped", "proofs swapped", "time changed", "file removed", "file added", "manifest edited"])
def test_each_tampering_with_a_pack_is_named(district, tmp_path, change, kinds):
    if not hasattr(district, "good"):
        district.good = district.fetch(district.make(), "good.zip")
        assert district.verify(district.good)["findings"] == []
        copied = rewritten(district.good, tmp_path / "copied.zip", lambda files: None)
        assert district.verify(copied)["findings"] == [] and stranger.check(copied, district.key)
    bad = rewritten(district.good, tmp_path / "bad.zip", change)
    assert {finding["kind"] for finding in district.verify(bad)["findings"]} == kinds
    with pytest.raises((stranger.Wrong, KeyError)):
        stranger.check(bad, district.key)


def test_a_pack_checked_with_another_key_does_not_hold(district, tmp_path):
    if not hasattr(district, "good"):
        district.good = district.fetch(district.make(), "good.zip")
    (tmp_path / "other").mkdir()
    other = House(tmp_path / "other", "--origin", "slipway.example/packs", broker="none").start()
    key = other.api("GET", "/verifier-key").text.strip()
    other.stop()
    assert {finding["kind"] for finding in district.verify(district.good, key=key)["findings"]} == {"key", "seal", "checkpoint"}
    with pytest.raises(stranger.Wrong):
        stranger.check(district.good, key)


def edits(db):
    """An event's content, as one would change a date."""
    leaf, body = db.execute(
        "SELECT leaf, body FROM record_events WHERE scope = ? AND instr(body, CAST('policy' AS BLOB)) > 0 ORDER BY leaf LIMIT 1",
        (f"firm:{FIRM}",)).fetchone()
    db.execute("UPDATE record_events SET body = ? WHERE leaf = ?", (body.replace(b"policy", b"Policy"), leaf))


def deletes(db):
    db.execute("DELETE FROM record_events WHERE leaf = (SELECT MAX(leaf) - 3 FROM record_events WHERE scope = ?)", (f"firm:{FIRM}",))


def backdates(db):
    leaf, body = db.execute("SELECT leaf, body FROM record_events WHERE scope = ? AND type LIKE 'safety.%' ORDER BY leaf DESC LIMIT 1", (f"firm:{FIRM}",)).fetchone()
    event = json.loads(body)
    year = event["recorded"][:4]
    event["observed"] = event["observed"].replace(year, str(int(year) - 1), 1)
    event["recorded"] = event["recorded"].replace(year, str(int(year) - 1), 1)
    fresh = json.dumps(event, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    db.execute("UPDATE record_events SET body = ?, recorded = recorded - 31536000000000 WHERE leaf = ?", (fresh, leaf))


def forks(db):
    """History from a point on is made anew: other salts, no tiles, no checkpoints; the next start signs it."""
    for (seq,) in db.execute("SELECT seq FROM record_events WHERE leaf > 20").fetchall():
        db.execute("UPDATE record_events SET salt = randomblob(32) WHERE seq = ?", (seq,))
    db.execute("UPDATE record_events SET leaf = NULL")
    for table in ("record_tiles", "record_checkpoints", "record_cosignatures", "record_timestamps", "record_witnesses"):
        db.execute(f"DELETE FROM {table}")
    db.execute("UPDATE record_tree SET size = 0")


@pytest.mark.parametrize("mischief, kinds", [
    (edits, {"changed"}), (deletes, {"missing"}), (backdates, {"changed"}), (forks, {"fork", "shorter"}),
])
def test_story_8_what_a_database_administrator_does_makes_an_independent_check_fail(district, tmp_path, mischief, kinds):
    """The administrator has the database and the signing key; what they lack is what others keep."""
    if not hasattr(district, "good"):
        district.good = district.fetch(district.make(), "good.zip")
    saved = tmp_path / "checkpoint.txt"
    saved.write_text(wait_for(
        lambda: (answer := district.house.api("GET", "/checkpoint/witnessed")).ok and answer.text, 30, "a cosigned checkpoint"))
    stranger.check_log(lambda path: district.house.api("GET", path), saved.read_text(), district.key)
    district.house.stop()
    (tmp_path / "bad").mkdir()
    shutil.copytree(district.house.data, tmp_path / "bad/data", ignore=shutil.ignore_patterns("console.json"))
    district.house.start()
    house = House(tmp_path / "bad", broker="none")
    with contextlib.closing(sqlite3.connect(house.data / "record.sqlite")) as db:
        db.text_factory = bytes
        mischief(db)
        db.commit()

    # The pack that was fetched before needs no house and still holds: the firm can show what was there.
    assert district.verify(district.good)["findings"] == []

    house.start()
    try:
        executive = district.executive
        csrf = re.search(r'name="csrf" value="([^"]+)"', requests.get(house.url + "/safety", cookies=executive.cookies, timeout=60).text)[1]
        asked = requests.post(
            house.url + "/api/v1/commands/safety.pack.make", json={"recipient": "labour", "confirmed": True},
            headers={"X-CSRF-Token": csrf}, cookies=executive.cookies, timeout=60)
        assert asked.status_code in (200, 201), asked.text
        pack = asked.json()["events"][0]["stream"].removeprefix("pack/")

        def settled():
            text = requests.get(f"{house.url}/safety/packs/{pack}", cookies=executive.cookies, timeout=60).text
            return text if f"/safety/packs/{pack}/file" in text or "만들지 못함" in text else None

        text = wait_for(settled, 90, "an answer about the pack")
        # Our own verifier and a stranger's, each with the checkpoint that was kept elsewhere.
        found = house.cli("verify", "--json", "--checkpoint", str(saved), check=False)
        assert found.returncode == 1
        assert {finding["kind"] for finding in json.loads(found.stdout)["findings"]} & kinds
        with pytest.raises(stranger.Wrong):
            stranger.check_log(lambda path: house.api("GET", path), saved.read_text(), district.key)
        if mischief is not forks:
            # The house itself will not hand out what no longer holds.
            assert "만들지 못함" in text and "slipway verify" in text
            return
        # Signed anew with the true key, a pack is sound in itself; but the witness has refused, so nobody vouches for it.
        bad = tmp_path / "bad.zip"
        bad.write_bytes(requests.get(f"{house.url}/safety/packs/{pack}/file", cookies=executive.cookies, timeout=60).content)
        assert district.verify(bad)["witnesses"] == []
        assert "다른 기록을 보았다며 거부함" in requests.get(house.url + "/record", cookies=executive.cookies, timeout=60).text
        with pytest.raises((stranger.Wrong, KeyError)):
            stranger.check(bad, district.key, [district.witness.key])
    finally:
        house.stop()
