"""A house is backed up while it works and made again elsewhere; what was acknowledged before is there, proofs and all."""
import json
import os
import shutil
import sqlite3
import subprocess
import threading
from contextlib import closing

import pytest

from house import House, wait_for


def write(house, lines):
    answer = house.api("POST", "/api/v2/write", data=lines)
    assert answer.status_code == 204, answer.text


def things(house):
    return {t["id"] for t in house.api("GET", "/api/v1/things", params={"size": 500}).json()["things"]}


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_house_is_backed_up_while_it_works_and_restored_elsewhere(tmp_path, kind):
    store, options = None, []
    if kind == "postgresql":
        base = os.environ.get("SLIPWAY_TEST_POSTGRES")
        if not base:
            pytest.skip("SLIPWAY_TEST_POSTGRES names no PostgreSQL")
        store = f"{base}?schema=backup_{os.urandom(4).hex()}"
        options = ["--store", store]
    (tmp_path / "first").mkdir()
    (tmp_path / "second").mkdir()
    copy, checkpoint = tmp_path / "copy", tmp_path / "checkpoint.txt"
    first = House(tmp_path / "first", store=store, broker="none").start()
    try:
        for number in range(20):
            write(first, f"pump-{number} level={number}")
        signed = wait_for(lambda: (answer := first.api("GET", "/checkpoint")).status_code == 200 and answer.text, 20, "a checkpoint")
        checkpoint.write_text(signed)
        acknowledged, done = [], threading.Event()

        def load():
            number = 100
            while not done.is_set():
                write(first, f"pump-{number} level=1")
                acknowledged.append(f"pump-{number}")
                number += 1

        worker = threading.Thread(target=load)
        worker.start()
        before = list(acknowledged)
        first.cli("backup", str(copy), *options)
        done.set()
        worker.join()
        assert len(acknowledged) > len(before), "the house went on working"
        again = first.cli("backup", str(copy), *options, check=False)
        assert again.returncode != 0 and "exists already" in again.stderr
    finally:
        first.stop()
    assert copy.stat().st_mode & 0o077 == 0, "a backup holds secrets"

    second = House(tmp_path / "second", store=store, broker="none")
    if store:
        schema = store.split("schema=")[1]
        subprocess.run(["psql", "-q", base, "-c", f"DROP SCHEMA {schema} CASCADE"], check=True, capture_output=True)
    restored = second.cli("restore", str(copy), "--checkpoint", str(checkpoint), *options)
    assert "verified" in restored.stdout
    refused = second.cli("restore", str(copy), *options, check=False)
    assert refused.returncode != 0 and "not empty" in refused.stderr
    second.start()
    try:
        assert {f"pump-{number}" for number in range(20)} | set(before) <= things(second)
        write(second, "pump-999 level=1")
        second.cli("verify", "--checkpoint", str(checkpoint), *options)
    finally:
        second.stop()


def test_a_backup_that_was_touched_is_not_restored(tmp_path):
    (tmp_path / "first").mkdir()
    house = House(tmp_path / "first", broker="none").start()
    write(house, "pump-1 level=1")
    house.cli("backup", str(tmp_path / "copy"))
    house.stop()
    for name, mischief in (
            ("changed", lambda folder: (folder / "signer.vkey").write_text("other")),
            ("missing", lambda folder: (folder / "record.sqlite").unlink())):
        folder = tmp_path / name
        shutil.copytree(tmp_path / "copy", folder)
        mischief(folder)
        other = House(tmp_path / f"house-{name}")
        refused = other.cli("restore", str(folder), check=False)
        assert refused.returncode != 0 and name in refused.stderr
        assert not other.data.exists() or not any(other.data.iterdir())


def test_readings_that_were_changed_after_they_were_sealed_are_found(tmp_path):
    house = House(tmp_path, broker="none").start()
    # More points than one chunk holds, so that a chunk is sealed and anchored on the Record at once.
    lines = "\n".join(f"pump-1 level={n % 97} {1_795_000_000_000_000_000 + n * 1_000_000_000}" for n in range(3000))
    write(house, lines)

    def anchored():
        """Beside the running house."""
        # A chunk whose anchor has no leaf yet is foreign until it has one.
        report = json.loads(house.cli("verify", "--json", check=False).stdout)["readings"]
        return report["sound"] >= 1 and report["findings"] == []

    wait_for(anchored, 30, "sealed chunks on the Record")
    house.stop()
    with closing(sqlite3.connect(house.data / "series.sqlite")) as db:
        chunk, body = db.execute(
            "SELECT id, body FROM series_chunks WHERE anchored IS NOT NULL ORDER BY id LIMIT 1").fetchone()
        db.execute("UPDATE series_chunks SET body = ? WHERE id = ?", (body[:-1] + bytes([body[-1] ^ 1]), chunk))
        db.commit()
        found = house.cli("verify", "--json", check=False)
        assert found.returncode == 1
        assert [f["kind"] for f in json.loads(found.stdout)["readings"]["findings"]] == ["chunk-changed"]
        db.execute("DELETE FROM series_chunks WHERE id = ?", (chunk,))
        db.commit()
    found = house.cli("verify", "--json", check=False)
    assert found.returncode == 1
    assert [f["kind"] for f in json.loads(found.stdout)["readings"]["findings"]] == ["chunk-missing"]
