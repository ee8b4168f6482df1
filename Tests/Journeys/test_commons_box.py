"""The ballot box as whoever doubts it would try it: accounts and codes that are not on the list, ballots sent twice, a ballot
altered in the database underneath, and receipts checked where no house runs."""
import contextlib
import copy
import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time

import requests
from commons_vote import Vote, cast_all, choices, number
from conftest import let_in, open_browser

from house import BINARY, ROOT, House, patience, shown, wait_for

LONG = os.environ.get("SLIPWAY_PROOF")
PROGRAM = ROOT / "Sources/Commons/Data/recount.py"
LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ"


def invented(draw):
    """A code that nobody was given, with the check letter that it must have."""
    values = [draw.randrange(23) for _ in range(15)]
    values.append(sum((place + 1) * value for place, value in enumerate(values)) % 23)
    return "".join(LETTERS[value] for value in values)


def run(*words):
    """A program, without network settings, home or house."""
    return subprocess.run([str(word) for word in words], capture_output=True, text=True, timeout=120 * patience(), cwd="/")


def verify(file, key):
    return run(BINARY, "verify", "--receipt", file, "--key", key)


def write(path, value):
    path.write_text(json.dumps(value, ensure_ascii=False))
    return path


def proven(vote, receipt):
    """The receipt fetched again once a checkpoint covers its ballot."""
    said = receipt["receipt"]

    def file():
        answer = requests.get(
            vote.house.url + f"{vote.path}/receipt.json", timeout=60, params={"number": said["ballot"], "event": said["event"]})
        return answer.json() if answer.json()["record"] else None

    return wait_for(file, 60, "the proof on the receipt")


def test_a_thousand_strangers_change_nothing_and_every_voter_can_prove_their_ballot(tmp_path):
    house = House(tmp_path / "house", "--trusted-proxy", "127.0.0.1")
    house.folder.mkdir()
    house.start()
    vote = Vote(house, 24, (900 if LONG else 30) * patience())
    draw, page, anybody = random.Random(8), house.url + vote.path, requests.Session()

    def send(address, session=anybody, **values):
        return session.post(
            house.url + "/api/v1/commons/ballots", timeout=60, headers={"X-Forwarded-For": address},
            json={"vote": vote.id, "choices": ["1"], "ballot": number(draw), **values})

    # A thousand invented codes from one address: thirty are looked up, the others are held back with the time to wait.
    answers = [send("203.0.113.7", code=invented(draw)) for _ in range(1000)]
    assert [a.status_code for a in answers] == [422] * 30 + [429] * 970
    assert all(int(a.headers["Retry-After"]) > 0 for a in answers[30:])
    assert send("203.0.113.8").status_code == 422, "neither code nor account"
    # Accounts that are real and not on the list.
    strangers = [house.member("", "citizen") for _ in range(1000 if LONG else 5)]
    for stranger in strangers:
        stranger.headers["X-CSRF-Token"] = stranger.csrf
        answer = send("203.0.113.9", stranger)
        assert answer.status_code in ((403, 429) if LONG else (403,)), answer.text
    said = requests.get(house.url + f"/api/v1/commons/votes/{vote.id}", timeout=60).json()
    assert said["ballots"] == {"online": 0, "paper": 0}
    # Officers see how many were refused, and of nobody in particular.
    with open_browser(width=390, height=844) as browser:
        let_in(browser, house, vote.officer)
        browser.get(page)
        text = shown(browser)
        assert "없는 코드" in text and "30" in text and "970" in text and "명부에 없는 계정" in text
        if folder := os.environ.get("SLIPWAY_SCREENSHOTS"):
            browser.save_screenshot(f"{folder}/refused-390.png")

    # Those on the list vote, each once; a second try changes nothing, by whatever way.
    work, receipts = cast_all(vote, 8)
    assert len({r["receipt"]["ballot"] for r in receipts}) == 24
    for code, chosen, _ in work[:5]:
        again = send("203.0.113.10", code=code)
        assert again.status_code == 409 and "voted" in again.text
    entry_page = vote.officer.page(f"{vote.path}/census", params={"name": "사람 3"}).text
    assert "온라인으로 투표함" in entry_page
    said = requests.get(house.url + f"/api/v1/commons/votes/{vote.id}", timeout=60).json()
    assert said["ballots"]["online"] == 24

    # The page of the Record tells strangers nothing of when which ballot came in.
    record = requests.get(house.url + "/record", timeout=60).text
    assert not any(r["receipt"]["ballot"] in record for r in receipts)
    # What each receipt proves is checked by the public key alone, by the command and by the small program.
    key = requests.get(house.url + "/verifier-key", timeout=60).text.strip()
    files = [proven(vote, receipt) for receipt in receipts[:3]]
    with open_browser(width=390, height=844) as browser:
        ballot, event = files[0]["receipt"]["ballot"], files[0]["receipt"]["event"]
        browser.get(f"{house.url}/language/ko?next={vote.path}/receipt")
        browser.get(f"{page}/receipt?number={ballot}&event={event}")
        browser.wait_text("서명된 기록 안에 있습니다")
        assert "slipway verify --receipt" in shown(browser) and key in shown(browser)
        assert browser.execute_script("return document.documentElement.scrollWidth") <= 390
        if folder := os.environ.get("SLIPWAY_SCREENSHOTS"):
            browser.save_screenshot(f"{folder}/proof-390.png")
    result = vote.count()
    ballots = requests.get(f"{page}/ballots.json", timeout=60).json()
    assert requests.get(f"{page}/receipt.json", params={"number": ballot}, timeout=60).status_code == 403
    program = requests.get(house.url + "/commons/recount.py", timeout=60).content
    assert program == PROGRAM.read_bytes()
    house.stop()

    # From here on there is no house: files, a key, and two programs.
    good = [write(tmp_path / f"receipt-{place}.json", file) for place, file in enumerate(files)]
    done = verify(good[0], key)
    assert done.returncode == 0 and "✓ 검증됨" in done.stdout, done.stdout + done.stderr
    other = copy.deepcopy(files[0])
    other["receipt"]["commitment"] = "0" * 64
    forged = verify(write(tmp_path / "forged.json", other), key)
    assert forged.returncode == 1 and "서명이 맞지 않습니다" in forged.stdout
    moved = copy.deepcopy(files[0])
    moved["record"] = files[1]["record"]
    assert verify(write(tmp_path / "moved.json", moved), key).returncode == 1
    # Another house's key did not sign it.
    other = House(tmp_path / "other")
    other.folder.mkdir()
    other.start()
    foreign = requests.get(other.url + "/verifier-key", timeout=60).text.strip()
    other.leave()
    refused = verify(good[0], foreign)
    assert refused.returncode == 1 and "이 키의 것이 아닙니다" in refused.stdout

    told = [write(tmp_path / "result.json", result), write(tmp_path / "ballots.json", ballots)]
    count = run(sys.executable, "-I", PROGRAM, *told, *good, "--key", key)
    assert count.returncode == 0 and "24 ballots, 3 receipts" in count.stdout, count.stdout + count.stderr
    changed = copy.deepcopy(ballots)
    changed["ballots"][0]["opening"]["options"] = ["6"]
    dropped = {**ballots, "ballots": ballots["ballots"][1:]}
    added = {**ballots, "ballots": ballots["ballots"] + ballots["ballots"][:1]}
    for wrong, word in [(changed, "was changed"), (dropped, "not the ballots that were in the box"), (added, "there twice")]:
        done = run(sys.executable, "-I", PROGRAM, told[0], write(tmp_path / "wrong.json", wrong))
        assert done.returncode == 1 and word in done.stdout, done.stdout
    done = run(sys.executable, "-I", PROGRAM, *told, tmp_path / "forged.json", "--key", key)
    assert done.returncode == 1 and "signature is false" in done.stdout
    # A receipt of another vote is named, and accuses nobody.
    elsewhere = copy.deepcopy(files[0])
    elsewhere["receipt"]["vote"] = "another"
    done = run(sys.executable, "-I", PROGRAM, *told, write(tmp_path / "elsewhere.json", elsewhere), good[1], "--key", key)
    assert done.returncode == 0 and "belongs to another vote (another)" in done.stdout and "1 receipts" in done.stdout, done.stdout
    assert "다른 투표(another)의 것입니다" in done.stdout and "센 결과와 같습니다" in done.stdout
    winners = copy.deepcopy(result)
    winners["result"]["chosen"] = winners["result"]["chosen"][1:]
    done = run(sys.executable, "-I", PROGRAM, write(tmp_path / "winners.json", winners), told[1])
    assert done.returncode == 1 and "counted again these are chosen" in done.stdout


DAMAGE = {
    "vault": "UPDATE record_vault SET sealed = zeroblob(length(sealed)) WHERE event = ?",
    "event": "UPDATE record_events SET body = CAST(replace(CAST(body AS TEXT), '\"paper\":false', '\"paper\":true') AS BLOB) WHERE id = ?",
    "row": "UPDATE commons_ballots_cast SET commitment = substr(commitment, 2) || 'x' WHERE event = ?",
}


def test_a_ballot_altered_underneath_stops_the_count_and_the_page_says_so(tmp_path):
    house = House(tmp_path).start()
    vote = Vote(house, 12, 12 * patience())
    _, receipts = cast_all(vote, 3)
    told, base = receipts[4]["receipt"], house.data / "record.sqlite"
    house.stop()
    with contextlib.closing(sqlite3.connect(base)) as tables:
        tables.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(base, tmp_path / "kept.sqlite")
    for damage, change in DAMAGE.items():
        for left in ("-wal", "-shm"):
            base.with_name(base.name + left).unlink(missing_ok=True)
        shutil.copy(tmp_path / "kept.sqlite", base)
        with contextlib.closing(sqlite3.connect(base)) as tables, tables:
            assert tables.execute(change, [told["event"]]).rowcount == 1
        house.start()
        time.sleep(max(0, vote.end - time.monotonic()) + 1)
        answer = vote.officer.call("commons.vote.close", vote=vote.id)
        assert answer.status_code in (200, 201), answer.text
        with open_browser(width=390, height=844) as browser:
            browser.get(f"{house.url}/language/ko?next={vote.path}")
            browser.get(house.url + vote.path)
            browser.wait_text("기록과 맞지 않는 투표지가 있어 세지 못한 것입니다", selector="main")
        # Where the vault cannot be opened, whoever follows the Record says so first and does not get as far as the count.
        said = ("is not what the Record committed to", "cannot be opened")
        wait_for(lambda: any(words in house.text() for words in said), 30, "the house's log")
        file = requests.get(f"{house.url}{vote.path}/result.json", headers={"Accept": "application/json"}, timeout=60)
        assert file.status_code == 404, "nothing is counted"
        house.stop()
        # The Record's own check names what was changed there; a table is made anew from the Record.
        done = house.cli("verify", check=False)
        assert (done.returncode == 0) == (damage == "row"), done.stdout
