"""A house of its own for a journey: started, killed, restarted, ended by its own process number."""
import atexit
import datetime
import json
import os
import pathlib
import re
import secrets
import shutil
import signal
import subprocess
import tempfile
import time

import requests
from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException
from selenium.webdriver.common.by import By

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = os.environ.get("SLIPWAY_BIN", str(ROOT / ".build/debug/slipway"))
SHARED = pathlib.Path(os.environ.get("SLIPWAY_SHARED", ROOT.parent / "shared"))
PASSWORD = "a quiet harbour at dawn"


def open_days():
    """Two days of next month, one after the other, on which offices are open: as they are said, and as they are read back."""
    closed = json.loads((ROOT / "Sources/Citizen/Data/desk.json").read_text())["closed"]
    today = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=9))).date()
    first = (today.replace(day=1) + datetime.timedelta(days=32)).replace(day=11)
    pairs = ((day, day + datetime.timedelta(days=1)) for day in (first + datetime.timedelta(days=n) for n in range(14)))
    pair = next(p for p in pairs if all(d.weekday() < 5 and d.isoformat() not in closed for d in p))
    words = ["", "일", "이", "삼", "사", "오", "육", "칠", "팔", "구"]
    return [(("이" if d.day >= 20 else "") + "십" + words[d.day % 10] + "일", f"{d.day}일") for d in pair]


# How long a house takes to say its address on a quiet machine with two cores, in seconds; and how long to found the sample.
START, FOUNDING = 2, 8
# The longest of the last starts, against that.
starts = [1.0]


def slowness():
    """How much longer than on a quiet machine things take now: by how many wait for each core and how the last houses
    started. For what must happen within a time that was promised."""
    return max(1.0, min(8.0, max(os.getloadavg()[0] / (os.cpu_count() or 1), *starts[-3:])))


def patience():
    """How much longer than it should take something is waited for before it is given up; SLIPWAY_PATIENCE says another."""
    return float(os.environ.get("SLIPWAY_PATIENCE") or 3) * slowness()


def wait_for(condition, seconds=60, what="the condition"):
    """What the condition returns, as soon as it is true."""
    begun = time.monotonic()
    while True:
        # Begun before the time is up, it may say so after it: a page of a busy house comes late, and says what is true.
        over = time.monotonic() - begun > seconds * patience()
        try:
            value = condition()
        except (NoSuchElementException, StaleElementReferenceException):
            # A page was being loaded, or a live region renewed between finding and reading.
            value = None
        if value:
            return value
        if over:
            raise AssertionError(f"{what} did not come about in {time.monotonic() - begun:.0f} s")
        time.sleep(0.1)


def shown(browser, selector="main"):
    """What a part of the page says, read again where it is renewed meanwhile."""
    return wait_for(lambda: browser.find_element(By.CSS_SELECTOR, selector).text, 20, f"{selector} on the page")


def founded():
    """The data folder of a sample district that was founded and stopped: whoever needs one starts from a copy of it."""
    if not founded.folder:
        folder = pathlib.Path(tempfile.mkdtemp(prefix="slipway-sample-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        house = House(folder, sample=True, newborn=True).start()
        house.stop()
        for left in ("console.json", "broker/mosquitto.pid"):
            (house.data / left).unlink(missing_ok=True)
        founded.folder = house.data
    return founded.folder


founded.folder = None
asked = requests.Session.request


def request(self, *words, timeout=60, **more):
    """Whoever asks a busy house waits longer for what it says."""
    if isinstance(timeout, (int, float)):
        timeout *= patience()
    return asked(self, *words, timeout=timeout, **more)


requests.Session.request = request


class House:
    """A house in a folder. With the sample it starts from a copy of one founded before; `newborn` founds its own."""

    # Those that were told to end.
    left = []

    def __init__(self, folder, *options, sample=False, newborn=False, store=None, scheme="http", broker=0, certificate=None):
        self.folder = pathlib.Path(folder)
        self.data = self.folder / "data"
        self.options = [*options, *(["--sample"] if sample else [])]
        self.store = ["--store", store] if store else []
        self.scheme = scheme
        self.broker_port = broker
        self.certificate = certificate
        self.process = None
        self.is_told = False
        self.runs = 0
        self.founds = sample and (newborn or bool(store) or "--origin" in options)
        self.copies = sample and not self.founds

    def start(self):
        self.runs += 1
        self.is_told = False
        if self.copies and self.runs == 1:
            shutil.copytree(founded(), self.data, dirs_exist_ok=True)
        self.output = self.folder / f"output-{self.runs}"
        self.process = subprocess.Popen(
            [BINARY, "serve", "--data", str(self.data), "--listen", "127.0.0.1:0", "--broker", str(self.broker_port), *self.options, *self.store],
            stdin=subprocess.DEVNULL, stdout=open(self.output, "wb"), stderr=subprocess.STDOUT, cwd=ROOT)

        begun = time.monotonic()

        def address():
            assert self.process.poll() is None, f"the house ended:\n{self.text()}"
            return re.search(rf"Slipway \S+\s+{self.scheme}://(\S+)", self.text())

        wait_for(address, 120, "the house's address")
        starts.append((time.monotonic() - begun) / (FOUNDING if self.founds and self.runs == 1 else START))
        self.console = wait_for(self._console, 30, "the console's file")
        self.url = self.console["url"]
        return self

    def _console(self):
        file = self.data / "console.json"
        if not file.exists():
            return None
        console = json.loads(file.read_text())
        return console if console["process"] == self.process.pid else None

    def text(self):
        return self.output.read_text(errors="replace")

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def leave(self):
        """Told to end; how it does is looked at when the journeys are over."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.is_told = True
        House.left.append(self)

    @classmethod
    def over(cls):
        while cls.left:
            cls.left.pop().stop()

    def stop(self):
        if self.process and self.process.poll() is None:
            if not self.is_told:
                self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(20 * patience())
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self._end_broker()

    def _end_broker(self):
        """A house that was killed leaves its broker to the next start; where none comes, it ends here."""
        file = self.data / "broker/mosquitto.pid"
        try:
            number = int(file.read_text())
            line = pathlib.Path(f"/proc/{number}/cmdline").read_bytes().decode()
        except (FileNotFoundError, ValueError):
            return
        if str(self.data / "broker") in line:
            os.kill(number, signal.SIGTERM)

    def api(self, method, path, token=None, **more):
        headers = {"Authorization": f"Bearer {token or self.console['token']}", **more.pop("headers", {})}
        return requests.request(method, self.url + path, headers=headers, timeout=60, **more)

    def cli(self, *words, check=True):
        environment = {**os.environ, "LANG": "C.UTF-8"}
        done = subprocess.run(
            [BINARY, *words, "--data", str(self.data)], capture_output=True, text=True, timeout=240 * patience(), cwd=ROOT,
            stdin=subprocess.DEVNULL, env=environment)
        if check:
            assert done.returncode == 0, done.stderr + done.stdout
        return done

    def person(self):
        """A signed-in session, by the one-time link the house printed."""
        link = re.search(r"/setup/\S+", self.text())[0]
        session = requests.Session()
        session.verify, session.trust_env = self.certificate or True, False
        answer = session.post(
            self.url + link, allow_redirects=False, timeout=60,
            data={"token": link.split("/")[-1], "name": f"김영숙 {secrets.token_hex(2)}", "password": PASSWORD, "again": PASSWORD})
        assert answer.status_code == 303, answer.text
        session.csrf = lambda: re.search(r'name="csrf" value="([^"]+)"', session.get(self.url + "/", timeout=60).text)[1]
        return session

    def member(self, firm, role, name=None):
        """Somebody with a role, invited by the zone's officer and signed in as a person; `firm` is empty for the zone's."""
        if not hasattr(self, "session"):
            self.session = self.person()
        page = self.session.post(
            self.url + "/people", timeout=60, data={"role": role, "firm": firm, "csrf": self.session.csrf()})
        link = re.search(r"/setup/([A-Za-z0-9_-]{20,})", page.text)[1]
        return Person(self, link, name or f"{firm} {role} {secrets.token_hex(2)}")

    def alarms(self, **query):
        return self.api("GET", "/api/v1/alarms", params=query).json()["alarms"]

    def broker(self):
        """Port and password of the gateway's credential."""
        port = int(re.search(r"MQTT\s+127\.0\.0\.1:(\d+)", self.text())[1])
        lines = (self.data / "broker/credentials").read_text().split("\n")
        return port, dict(line.split(":", 1) for line in lines if line)["gateway"]


class Person(requests.Session):
    """A person signed in at a house by a one-time link: opens pages, sends forms, gives commands as the browser would."""

    def __init__(self, house, link, name):
        super().__init__()
        self.house, self.name, self.trust_env = house, name, False
        answer = self.post(
            f"{house.url}/setup/{link}", allow_redirects=False, timeout=60,
            data={"token": link, "name": name, "password": PASSWORD, "again": PASSWORD})
        assert answer.status_code == 303, answer.text
        page = self.get(house.url + "/safety", timeout=60).text
        self.csrf = re.search(r'name="csrf" value="([^"]+)"', page)[1]

    def page(self, path, **more):
        return self.get(self.house.url + path, timeout=60, **more)

    def form(self, path, **fields):
        """Sends a web form; files go as `name=(file name, bytes)`."""
        files = {k: v for k, v in fields.items() if isinstance(v, tuple)}
        data = {"csrf": self.csrf, **{k: v for k, v in fields.items() if k not in files}}
        return self.post(self.house.url + path, data=data, files=files or None, timeout=60)

    def call(self, command, confirmed=True, key=None, **values):
        """Gives a command; the answer, whatever it is."""
        headers = {"X-CSRF-Token": self.csrf, **({"Idempotency-Key": key} if key else {})}
        return self.post(
            f"{self.house.url}/api/v1/commands/{command}", json={**values, "confirmed": confirmed}, headers=headers, timeout=60)

    def do(self, command, **values):
        """Gives a command that must succeed; its events by type."""
        answer = self.call(command, **values)
        assert answer.status_code in (200, 201), f"{command}: {answer.status_code} {answer.text}"
        return {event["type"]: event["stream"] for event in answer.json()["events"]}

    def attach(self, data):
        """Sends a file; its SHA-256."""
        answer = self.post(
            self.house.url + "/api/v1/attachments", data=data, timeout=60,
            headers={"X-CSRF-Token": self.csrf, "Content-Type": "application/octet-stream"})
        assert answer.status_code == 201, answer.text
        return answer.json()["hash"]
