#!/usr/bin/env python3
"""Shows every page with sample contexts, before and beside the server: renders, photographs, and checks accessibility.

usage: scripts/preview/preview.py render            renders every page, in ko and en; fails on any name or word that is missing
       scripts/preview/preview.py serve [PORT]      serves them on loopback with the server's content-security policy
       scripts/preview/preview.py shots [PAGE…]     pictures at 390 and 1440 px, light and dark, ko and en
       scripts/preview/preview.py axe [PAGE…]       runs axe on each page, both themes and widths; fails on serious issues

Everything it makes lies in .build-preview, which git ignores.
"""

import http.server
import json
import re
import subprocess
import sys
import threading
import time
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
OUT = ROOT / ".build-preview"
FOLDERS = [ROOT / "Sources/Web/Templates", ROOT / "Sources/Sensing/Pages/Templates"]
ASSETS = ROOT / "Sources/Web/Assets"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
TYPES = {".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".json": "application/json"}

sys.path.insert(0, str(HERE))
from mustache import Library, TemplateError  # noqa: E402
from samples import pages  # noqa: E402


def wording(lang):
    """All words of one language; fails on a key that is missing or said twice."""
    words = {}
    for folder in FOLDERS:
        for key, said in json.loads((folder / "wording.json").read_text("utf-8")).items():
            if key in words:
                raise TemplateError(f"wording {key} exists twice")
            if set(said) != {"ko", "en"}:
                raise TemplateError(f"wording {key} is not in both languages")
            words[key] = said[lang]
    for folder in FOLDERS:
        for file in folder.glob("*.mustache"):
            for key in re.findall(r"\{\{t\.(\w+)\}\}", file.read_text("utf-8")):
                if key not in words:
                    raise TemplateError(f"{file.name}: no wording for {key}")
    return words


def render():
    """Renders every page; gives the names."""
    library = Library(*FOLDERS)
    names = []
    for lang in ("ko", "en"):
        made, charts = pages(lang, wording(lang))
        folder = OUT / "pages" / lang
        folder.mkdir(parents=True, exist_ok=True)
        for name, (template, context) in made.items():
            page = library.render(template, context)
            for bad in (r"<style", r"\sstyle=", r"<script(?![^>]*\ssrc=)", r"\son\w+="):
                if re.search(bad, page):
                    raise TemplateError(f"{name}: {bad} would be refused by the content-security policy")
            (folder / f"{name}.html").write_text(page, "utf-8")
        for name, data in charts.items():
            (folder / f"{name}.json").write_text(json.dumps(data), "utf-8")
        names = list(made)
    return names


class Handler(http.server.BaseHTTPRequestHandler):
    """Serves pages, assets, chart data and a quiet event stream; `/en/x.html`, `/ko/x.html`."""

    protocol_version = "HTTP/1.1"
    lang = "ko"

    def do_GET(self):
        """Any address ends in a file of the preview or of the assets."""
        path = self.path.split("?")[0]
        if path.endswith("/live"):
            return self.stream()
        if path.startswith("/assets/"):
            file = ASSETS / path.removeprefix("/assets/")
        elif path.startswith("/chart/"):
            file = OUT / "pages/ko" / path.removeprefix("/chart/")
        else:
            parts = path.strip("/").split("/")
            lang = parts[0] if parts[0] in ("ko", "en") else "ko"
            file = OUT / "pages" / lang / (parts[-1] if parts[-1].endswith(".html") else "home.html")
        if not file.is_file():
            return self.send_error(404)
        body = file.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", TYPES.get(file.suffix, "application/octet-stream"))
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)

    def stream(self):
        """An event every second, as the server sends them."""
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        try:
            while True:
                for topic in ("alarms", "readings"):
                    self.wfile.write(f"event: {topic}\ndata: .\n\n".encode())
                self.wfile.flush()
                time.sleep(1)
        except OSError:
            return

    def log_message(self, *_):
        """Says nothing."""


def start(port=0):
    """A server in the background; gives its address."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # browsers hang up on event streams
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_address[1]}"


def within_venv():
    """Makes the tool's own Python environment and goes on inside it."""
    home = OUT / "venv"
    python = home / "bin/python"
    if Path(sys.prefix) == home:
        return
    if not (home / "ready").exists():
        venv.create(home, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "selenium==4.44.0"], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "axe-playwright-python==0.1.8"], check=True)
        (home / "ready").touch()
    sys.exit(subprocess.run([python, *sys.argv]).returncode)


def browser():
    """Headless Chromium through chromedriver."""
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--hide-scrollbars"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    return webdriver.Chrome(options, Service("/usr/bin/chromedriver"))


def open_page(driver, address, width, theme):
    """Opens a page at a width in a theme and waits for its charts."""
    height = 844 if width < 600 else 900
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600})
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": theme}]})
    driver.get(address)
    time.sleep(0.35)
    for entry in driver.get_log("browser"):
        if entry["level"] in ("SEVERE", "WARNING") and "favicon" not in entry["message"]:
            print("   console:", entry["message"][:300])


def shots(chosen):
    """Whole-page pictures; prints where a page is wider than the screen."""
    within_venv()
    names = render()
    base = start()
    driver = browser()
    folder = OUT / "shots"
    folder.mkdir(exist_ok=True)
    try:
        for name in names:
            if chosen and name not in chosen:
                continue
            for lang, width, theme in (("ko", 1440, "light"), ("ko", 390, "light"), ("en", 1440, "dark"), ("en", 390, "dark")):
                open_page(driver, f"{base}/{lang}/{name}.html", width, theme)
                wide = driver.execute_script("return document.documentElement.scrollWidth")
                if wide > width:
                    print(f"{name} {lang} {width}: {wide} px wide")
                size = driver.execute_script("return document.documentElement.scrollHeight")
                picture = driver.execute_cdp_cmd("Page.captureScreenshot", {"captureBeyondViewport": True, "clip": {"x": 0, "y": 0, "width": width, "height": size, "scale": 1}})
                import base64
                (folder / f"{name}-{lang}-{width}-{theme}.png").write_bytes(base64.b64decode(picture["data"]))
    finally:
        driver.quit()
    print(f"pictures are in {folder}")


def axe(chosen):
    """Runs axe everywhere; exits 1 where an issue is serious or critical."""
    within_venv()
    import axe_playwright_python

    script = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
    names = render()
    base = start()
    driver = browser()
    bad = 0
    checked = 0
    try:
        for name in names:
            if chosen and name not in chosen:
                continue
            for lang, width, theme in (("ko", 1440, "light"), ("ko", 1440, "dark"), ("en", 390, "light"), ("en", 390, "dark")):
                open_page(driver, f"{base}/{lang}/{name}.html", width, theme)
                driver.execute_script(script)
                found = driver.execute_async_script("const done = arguments[0]; axe.run(document).then((r) => done(r.violations), (e) => done(String(e)))")
                checked += 1
                for issue in found:
                    serious = issue["impact"] in ("serious", "critical")
                    bad += serious
                    print(f"{name} {lang} {width} {theme}: {issue['impact']} {issue['id']}: {issue['help']}")
                    for node in issue["nodes"][:3]:
                        print("     ", node["html"][:160], "|", (node["any"] or node["all"] or node["none"] or [{"message": ""}])[0]["message"][:200])
    finally:
        driver.quit()
    print(f"axe: {checked} views, {bad} serious or critical issues")
    sys.exit(1 if bad else 0)


def main():
    """Reads the command line."""
    command, *rest = sys.argv[1:] or ["render"]
    try:
        if command == "render":
            print(f"{len(render())} pages in two languages are in {OUT / 'pages'}")
        elif command == "serve":
            render()
            print(start(int(rest[0]) if rest else 8099), flush=True)
            threading.Event().wait()
        elif command == "shots":
            shots(rest)
        elif command == "axe":
            axe(rest)
        else:
            sys.exit(__doc__)
    except TemplateError as error:
        sys.exit(f"preview: {error}")


if __name__ == "__main__":
    main()
