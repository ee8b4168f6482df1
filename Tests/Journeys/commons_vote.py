"""A vote from outside: set up, cast, verified and counted again by tools that are not ours."""
import concurrent.futures
import csv
import datetime
import hashlib
import io
import json
import random
import threading
import time

import requests
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from house import patience, wait_for

PROJECTS = [("쉼터", 600), ("가로등", 350), ("꽃밭", 120), ("놀이터", 500), ("도서관", 280), ("무대", 900)]


def canonical(value):
    """RFC 8785 for what receipts and ballots hold: texts and small whole numbers."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def verify_receipt(file, key=None):
    """Whether a receipt was signed by the house's key."""
    if key is not None:
        assert file["public_key"] == key
    Ed25519PublicKey.from_public_bytes(bytes.fromhex(file["public_key"])).verify(
        bytes.fromhex(file["signature"]), canonical(file["receipt"]))


def verify_ballots(published, result, receipts):
    """What is wrong with the published ballots: those that were changed, dropped or added."""
    wrong, seen = [], {}
    for entry in published["ballots"]:
        commitment = hashlib.sha256(canonical(entry["opening"])).hexdigest()
        if commitment != entry["commitment"]:
            wrong.append(("changed", entry["opening"]["ballot"]))
        seen[entry["opening"]["ballot"]] = commitment
    digest = hashlib.sha256("".join(f"{c}\n" for c in sorted(seen.values())).encode()).hexdigest()
    if digest != result["result"]["digest"]:
        wrong.append(("digest", digest))
    for receipt in receipts:
        if seen.get(receipt["receipt"]["ballot"]) != receipt["receipt"]["commitment"]:
            wrong.append(("receipt", receipt["receipt"]["ballot"]))
    return wrong


def moment(seconds):
    return (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=seconds)).isoformat(timespec="seconds")


class Vote:
    """A vote on a budget in a house, opened, with a code for each of so many people."""

    def __init__(self, house, people, seconds, method="knapsack"):
        self.house, self.officer = house, house.member("", "zoneOfficer")
        begin = 4 * patience()
        self.end = time.monotonic() + begin + seconds
        events = self.officer.do(
            "commons.vote.set-up", title="마을 예산", summary="여섯 사업 가운데 고릅니다.", method=method, limit="1000",
            begins=moment(begin), ends=moment(begin + seconds), accountless=True,
            options=[{"name": name, "cost": str(cost)} for name, cost in PROJECTS])
        self.id = events["commons.vote.set-up"].removeprefix("vote/")
        self.path = f"/commons/votes/{self.id}"
        self.officer.do("commons.vote.fix-rule", vote=self.id, method="shares", filling="greedy", measure="cost")
        lines = ["식별번호,이름,주소"] + [f"p{n},사람 {n},부두로 {n}" for n in range(people)]
        self.officer.do("commons.census.import", vote=self.id, list="\n".join(lines))
        self.codes = []
        while len(self.codes) < people:
            answer = self.officer.form(f"{self.path}/census/codes", **{"as": "csv"})
            assert answer.headers["Content-Type"].startswith("text/csv"), answer.text
            self.codes += [row["code"] for row in csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))]
        self.officer.do("commons.vote.open", vote=self.id)
        wait_for(lambda: requests.get(house.url + f"{self.path}/ballot", timeout=60).ok, 30, "the vote's beginning")

    def send(self, code, choices, number):
        return requests.post(
            self.house.url + "/api/v1/commons/ballots", timeout=60,
            json={"vote": self.id, "code": code, "choices": choices, "ballot": number})

    def insist(self, code, choices, number):
        """A receipt, however often the house dies meanwhile: the same ballot is sent until it is answered."""
        while True:
            try:
                answer = self.send(code, choices, number)
            except OSError:
                time.sleep(0.05)
                continue
            if answer.status_code == 503:
                time.sleep(0.05)
                continue
            assert answer.status_code in (200, 201), answer.text
            return answer.json()

    def count(self):
        """Past its end: closed, and counted by the house."""
        time.sleep(max(0, self.end - time.monotonic()) + 1)
        self.officer.do("commons.vote.close", vote=self.id)
        address = self.house.url + f"{self.path}/result.json"
        wait_for(lambda: requests.get(address, timeout=60).ok, 60, "the count")
        return requests.get(address, timeout=60).json()


def number(draw):
    letters = "".join(draw.choice("ABCDEFGHJKMNPQRSTUVWXYZ") for _ in range(12))
    return f"R-{letters[:4]}-{letters[4:8]}-{letters[8:]}"


def choices(draw):
    """Projects that fit into the budget."""
    chosen, left = [], 1000
    for place in draw.sample(range(len(PROJECTS)), len(PROJECTS)):
        if draw.random() < 0.5 and PROJECTS[place][1] <= left:
            chosen.append(str(place + 1))
            left -= PROJECTS[place][1]
    return chosen


def cast_all(vote, seed, hands=8, kill_after=None):
    """Every code votes once, from several hands; the house is killed when so many are in."""
    draw = random.Random(seed)
    work = [(code, choices(draw), number(draw)) for code in vote.codes]
    done, receipts, lock = threading.Event(), [], threading.Lock()

    def cast(item):
        receipt = vote.insist(*item)
        with lock:
            receipts.append(receipt)
            if kill_after and len(receipts) >= kill_after:
                done.set()
        return receipt

    with concurrent.futures.ThreadPoolExecutor(hands) as pool:
        jobs = [pool.submit(cast, item) for item in work]
        if kill_after:
            wait_for(done.is_set, 300, "ballots before the kill")
            vote.house.kill()
            vote.house.start()
        return work, [job.result() for job in jobs]
