"""Two houses with one name and one key cannot both be shown to a witness: a fork of the Record comes to light."""
import re
import shutil

import requests

from house import House, wait_for
from outside import TimeAuthority, Witness


def write(house, lines):
    answer = house.api("POST", "/api/v2/write", data=lines)
    assert answer.status_code == 204, answer.text


def witnesses(house):
    """What the page of the Record says of each witness."""
    text = house.session.get(house.url + "/record", timeout=60).text
    return re.search(r'id="record-vouching".*?</section>', text, re.S)[0]


def test_a_witness_signs_a_log_that_grows_and_refuses_its_fork(tmp_path):
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    house = House(tmp_path / "one", "--origin", "slipway.example/one", broker="none").start()
    key = house.api("GET", "/verifier-key").text.strip()
    assert key.startswith("slipway.example/one+")
    house.stop()

    witness = Witness(tmp_path / "witness").start(key)
    authority = TimeAuthority(tmp_path / "authority")
    fork = None
    try:
        authority.configure(house.data)
        (house.data / "witnesses").write_text(f"witness office {witness.key} {witness.url}\nquorum office\n")
        house.start()
        house.session = house.person()
        write(house, "pump-1 level=1")
        signed = wait_for(lambda: (answer := house.api("GET", "/checkpoint/witnessed")).ok and answer.text, 40, "a cosignature")
        assert f"— {witness.name} " in signed
        wait_for(lambda: "보증 범위" in (page := witnesses(house)) and "서명함" in page, 30, "the witness on the page")
        wait_for(lambda: "독립된 시각 확인" in witnesses(house), 30, "the time-stamp on the page")
        assert authority.asked >= 1

        # Grown, and signed again: the tree behind the new checkpoint has grown out of the first one.
        def grown(name):
            """The cosigned checkpoint that covers a reading's new thing too."""
            before = int(house.api("GET", "/checkpoint").text.split("\n")[1])
            write(house, f"{name} level=1")
            return wait_for(
                lambda: int((text := house.api("GET", "/checkpoint/witnessed").text).split("\n")[1]) > before and text, 60,
                f"a cosignature that covers {name}")

        grown("pump-2")
        house.stop()

        # The whole folder copied: both go on, each with a history of its own.
        shutil.copytree(house.data, tmp_path / "two/data")
        house.start()
        newest = grown("pump-3")
        house.stop()
        fork = House(tmp_path / "two", broker="none").start()
        fork.session = house.session
        write(fork, "pump-4 level=1")
        write(fork, "pump-5 level=1")
        page = wait_for(lambda: (text := witnesses(fork)) and "거부함" in text and text, 60, "the refusal on the page")
        assert "서명함" not in page
        assert "has seen another history" in fork.text()
        evidence = requests.get(witness.url, timeout=20).text
        assert "# refused" in evidence and newest.split("\n\n")[0] in evidence
        assert f"— {witness.name} " not in fork.api("GET", "/checkpoint").text
    finally:
        house.stop()
        if fork:
            fork.stop()
        witness.stop()
        authority.stop()


def test_a_witness_that_was_restarted_remembers_what_it_signed(tmp_path):
    (tmp_path / "one").mkdir()
    house = House(tmp_path / "one", broker="none").start()
    key = house.api("GET", "/verifier-key").text.strip()
    house.stop()
    witness = Witness(tmp_path / "witness").start(key)
    try:
        (house.data / "witnesses").write_text(f"witness office {witness.key} {witness.url}\nquorum office\n")
        house.start()
        write(house, "pump-1 level=1")
        signed = wait_for(lambda: (answer := house.api("GET", "/checkpoint/witnessed")).ok and answer.text, 40, "a cosignature")
        witness.stop()
        first = witness.key
        witness.start(key)
        assert witness.key == first
        body = "old 0\n\n" + signed
        answer = requests.post(witness.url + "/add-checkpoint", data=body.encode(), timeout=20)
        assert answer.status_code == 409
        assert answer.headers["Content-Type"] == "text/x.tlog.size"
        assert answer.text == signed.split("\n")[1] + "\n"
    finally:
        house.stop()
        witness.stop()
