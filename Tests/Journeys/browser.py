"""A browser for journeys that waits as people do: for a page to come, to go away, and to be renewed under their eyes."""
import contextlib
import itertools
import json
import os
import pathlib
import secrets
import tempfile

import requests
import websocket
from house import patience, wait_for
from selenium import webdriver
from selenium.common.exceptions import (
    ElementNotInteractableException, NoSuchElementException, StaleElementReferenceException, WebDriverException)
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

# What chromedriver calls an element whose document has gone while it was being looked at.
GONE = ("does not belong to the document", "No node with given id", "Could not find node", "Cannot find context", "aborted by navigation",
        "loader has changed")

# Notes whether the page leads to another one from here on.
WATCH = """
window.slipwayHere = arguments[0];
window.slipwayLeaves = false;
window.slipwayTurn = null;
if (!window.slipwayWatched) {
  window.slipwayWatched = true;
  window.navigation?.addEventListener("navigate", (event) => {
    if (!event.hashChange && !event.destination.sameDocument && event.downloadRequest === null) window.slipwayLeaves = true;
  });
}
"""
# Asked again and again, since a page that is put away answers no more. It has two turns to begin leaving: a form is sent in
# a turn of its own.
ASK = """
if (window.slipwayHere !== arguments[0]) return true;
if (!window.slipwayTurn) {
  window.slipwayTurn = "first";
  setTimeout(() => setTimeout(() => { window.slipwayTurn = "over"; }));
}
return window.slipwayTurn === "over" && !window.slipwayLeaves;
"""
# Without script nothing hinders a link or a button from leading away.
LEADS = """
const link = arguments[0].closest("a[href]"), button = arguments[0].closest("button, input[type=submit]");
window.slipwayHere = arguments[1];
return link ? !link.getAttribute("href").startsWith("#") : !!(button?.form && (button.form.noValidate || button.form.checkValidity()));
"""


def is_gone(error):
    return isinstance(error, StaleElementReferenceException) or any(word in (error.msg or "") for word in GONE)


class Element(WebElement):
    """Something on a page; found again by what it was found by where the page was renewed since."""

    found_by = None

    def _execute(self, command, params=None):
        return self._parent.insist(lambda: super(Element, self)._execute(command, params), [self])

    def find_elements(self, by=By.ID, value=None):
        return named(self, by, value, super().find_elements(by, value))

    def find_element(self, by=By.ID, value=None):
        return named(self, by, value, [super().find_element(by, value)])[0]

    def find_again(self):
        """Whether it is there once more."""
        if self.found_by is None:
            return False
        place, by, value, number = self.found_by
        there = place.find_elements(by, value)
        if len(there) <= number:
            return False
        self._id = there[number].id
        return True

    def click(self):
        with self._parent.leaving(self):
            super().click()

    def send_keys(self, *values):
        if {"\n", Keys.ENTER, Keys.RETURN} & set("".join(str(value) for value in values)):
            with self._parent.leaving(self):
                super().send_keys(*values)
        else:
            super().send_keys(*values)


def named(place, by, value, found):
    for number, element in enumerate(found):
        element.found_by = (place, by, value, number)
    return found


class Browser(webdriver.Chrome):
    """A browser for a `with` block; what it showed when the block failed is kept as a picture.

    Whatever is asked of an element is asked of the one that stands there by then. Whoever presses something that leads to
    another page goes on only on that page."""

    _web_element_cls = Element
    # Whether pages may run script.
    script = True
    # What a journey's windows, cookies and kept pages belong to; none where the browser is a journey's own.
    context = None
    shared = False
    # The browsers that nobody uses.
    idle = []

    def begin(self, width, height):
        """Somebody's browser who has never been anywhere."""
        if self.shared:
            self.context = self.manage("Target.createBrowserContext")["browserContextId"]
            self.switch_to.window(self.manage("Target.createTarget", url="about:blank", browserContextId=self.context)["targetId"])
        # Sooner than the driver's own line is given up, after two minutes.
        self.set_page_load_timeout(min(110, 60 * patience()))
        self.set_script_timeout(min(110, 20 * patience()))
        # Chromium makes no window narrower than 500 pixels: a telephone's width has to be insisted on.
        self.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": False})

    def manage(self, method, **values):
        """Asks the browser itself, not a page of it."""
        self.line.send(json.dumps({"id": (number := next(self.numbers)), "method": method, "params": values}))
        while (answer := json.loads(self.line.recv())).get("id") != number:
            pass
        return answer["result"]

    def share(self):
        """Made to serve one journey after the other."""
        address = self.capabilities["goog:chromeOptions"]["debuggerAddress"]
        door = requests.get(f"http://{address}/json/version").json()["webSocketDebuggerUrl"]
        self.line, self.numbers = websocket.create_connection(door, timeout=60, suppress_origin=True), itertools.count(1)
        self.shared, self.first = True, self.current_window_handle

    def quit(self):
        """Leaves nothing of the journey behind, and waits for the next."""
        if not self.shared:
            super().quit()
            return
        try:
            self.switch_to.window(self.first)
            self.manage("Target.disposeBrowserContext", browserContextId=self.context)
            self.idle.append(self)
        except (WebDriverException, OSError, KeyError, websocket.WebSocketException):
            self.shared = False
            super().quit()

    @classmethod
    def end(cls):
        for browser in cls.idle:
            browser.shared = False
            browser.quit()
        cls.idle.clear()

    def __exit__(self, kind, error, trace):
        if error is not None:
            folder = pathlib.Path(os.environ.get("SLIPWAY_PICTURES") or tempfile.mkdtemp(prefix="slipway-journey-"))
            folder.mkdir(parents=True, exist_ok=True)
            file = folder / f"{os.environ['PYTEST_CURRENT_TEST'].split('::')[-1].split(' ')[0].replace('/', '-')}.png"
            # A browser that shows nothing any more must not hide what went wrong.
            with contextlib.suppress(Exception):
                self.save_screenshot(str(file))
                error.add_note(f"what the browser showed ({self.current_url}): {file}")
        self.quit()

    def insist(self, act, elements):
        """Does what may meet an element of a page that has just gone: found again, it is done to the new one."""
        try:
            return act()
        except WebDriverException as error:
            if not is_gone(error) or not elements:
                raise
            met = error

        def again():
            if not all(element.find_again() for element in elements):
                return None
            try:
                return [act()]
            except WebDriverException as error:
                if not is_gone(error):
                    raise
                return None

        try:
            return wait_for(again, 2, "the element on the page that came")[0]
        except AssertionError:
            # It is on the page no more.
            raise met from None

    def execute_script(self, script, *values):
        return self.insist(lambda: super(Browser, self).execute_script(script, *values), [v for v in values if isinstance(v, Element)])

    def find_elements(self, by=By.ID, value=None):
        return named(self, by, value, super().find_elements(by, value))

    def find_element(self, by=By.ID, value=None):
        """Waits until it is there."""
        def found():
            return super(Browser, self).find_element(by, value)

        return named(self, by, value, [wait_for(found, 20, f"{value} on the page")])[0]

    @contextlib.contextmanager
    def leaving(self, element):
        """Around what may lead to another page: ends on that page; where it leads nowhere, at once."""
        mark, leads = secrets.token_hex(8), False
        if self.script:
            self.execute_script(WATCH, mark)
        else:
            leads = self.execute_script(LEADS, element, mark)
        yield

        def over():
            try:
                if not self.script:
                    return not leads or self.execute_script("return window.slipwayHere") != mark
                return self.execute_script(ASK, mark)
            except WebDriverException:
                # The page went while it was asked; or it shows a question of its own, which stays for the journey to see.
                return False

        with contextlib.suppress(AssertionError):
            wait_for(over, 20, "the next page")

    def tab_to(self, what, condition):
        """Presses the tabulator key until the focus is where the condition holds, and shows that it is there."""
        for _ in range(60):
            try:
                here = self.switch_to.active_element
                if condition(here):
                    ring = self.execute_script(
                        "const s = getComputedStyle(arguments[0]); return s.outlineStyle !== 'none' || s.boxShadow !== 'none'", here)
                    assert ring, f"{what}: where the keyboard is does not show"
                    return here
                if here.get_attribute("type") == "file":
                    # Keys sent to a box for files are taken for the names of files.
                    ActionChains(self).send_keys(Keys.TAB).perform()
                else:
                    here.send_keys(Keys.TAB)
            except StaleElementReferenceException:
                # A live region was renewed; whatever had the focus gets it back.
                continue
        raise AssertionError(f"{what} cannot be reached by keyboard")

    def press(self, selector):
        """Clicks what there is by then, once it can be clicked."""
        def clicked():
            try:
                self.find_element(By.CSS_SELECTOR, selector).click()
                return True
            except (ElementNotInteractableException, NoSuchElementException, StaleElementReferenceException):
                # Not there yet, covered, or gone between finding and pressing.
                return False

        wait_for(clicked, 20, selector)

    def wait_text(self, words, selector="main", seconds=20):
        """Until what is selected says so."""
        def said():
            # All there is, at once: what is not there yet is looked for again with the words.
            return any(words in place.text for place in self.find_elements(By.CSS_SELECTOR, selector)[:1])

        wait_for(said, seconds, f"“{words}” in {selector}")


def open_browser(width=1440, height=900, script=True, folder=None):
    """A browser in which nobody was before; with a folder it keeps its profile there."""
    if script and not folder and Browser.idle:
        driver = Browser.idle.pop()
        driver.begin(width, height)
        return driver
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for word in ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu",
                 f"--window-size={max(width, 500)},{height}", *([f"--user-data-dir={folder}"] if folder else [])]:
        options.add_argument(word)
    if not script:
        options.add_experimental_option("prefs", {"profile.managed_default_content_settings.javascript": 2})
    driver = Browser(service=Service("/usr/bin/chromedriver"), options=options)
    driver.script = script
    if script and not folder:
        driver.share()
    driver.begin(width, height)
    return driver


def let_in(driver, house, session, language="ko"):
    """The browser with the person's session."""
    driver.get(house.url + "/signin")
    driver.add_cookie({"name": "slipway_session", "value": session.cookies["slipway_session"]})
    driver.add_cookie({"name": "slipway_language", "value": language})
