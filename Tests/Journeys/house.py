"""A house of its own for a journey: started, killed, restarted, ended by its own process number."""
import json
import os
import pathlib
import re
import secrets
import signal
import subprocess
import time

import requests
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.common.by import By

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = os.environ.get("SLIPWAY_BIN", str(ROOT / ".build/debug/slipway"))
SHARED = pathlib.Path(os.environ.get("SLIPWAY_SHARED", ROOT.parent / "shared"))
PASSWORD = "a quiet harbour at dawn"


def wait_for(condition, seconds=60, what="the condition"):
    """What the condition returns, as soon as it is true."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            value = condition()
        except StaleElementReferenceException:
            # A live region was renewed between finding and reading.
            value = None
        if value:
            return value
        time.sleep(0.1)
    raise AssertionError(f"{what} did not come about in {seconds} s")


def shown(browser, selector="main"):
    """What a part of the page says, read again where it is renewed meanwhile."""
    return wait_for(lambda: browser.find_element(By.CSS_SELECTOR, selector).text, 20, f"{selector} on the page")


class House:
    def __init__(self, folder, *options, sample=False, store=None, scheme="http", broker=0, certificate=None):
        self.folder = pathlib.Path(folder)
        self.data = self.folder / "data"
        self.options = [*options, *(["--sample"] if sample else [])]
        self.store = ["--store", store] if store else []
        self.scheme = scheme
        self.broker_port = broker
        self.certificate = certificate
        self.process = None
        self.runs = 0

    def start(self):
        self.runs += 1
        self.output = self.folder / f"output-{self.runs}"
        self.process = subprocess.Popen(
            [BINARY, "serve", "--data", str(self.data), "--listen", "127.0.0.1:0", "--broker", str(self.broker_port), *self.options, *self.store],
            stdin=subprocess.DEVNULL, stdout=open(self.output, "wb"), stderr=subprocess.STDOUT, cwd=ROOT)

        def address():
            assert self.process.poll() is None, f"the house ended:\n{self.text()}"
            return re.search(rf"Slipway \S+\s+{self.scheme}://(\S+)", self.text())

        wait_for(address, 120, "the house's address")
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

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(20)
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
            [BINARY, *words, "--data", str(self.data)], capture_output=True, text=True, timeout=240, cwd=ROOT,
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

    def alarms(self, **query):
        return self.api("GET", "/api/v1/alarms", params=query).json()["alarms"]

    def broker(self):
        """Port and password of the gateway's credential."""
        port = int(re.search(r"MQTT\s+127\.0\.0\.1:(\d+)", self.text())[1])
        lines = (self.data / "broker/credentials").read_text().split("\n")
        return port, dict(line.split(":", 1) for line in lines if line)["gateway"]
