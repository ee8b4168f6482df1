import os
import pathlib
import sys
import tempfile

import pytest
from selenium import webdriver
from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException, WebDriverException
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from house import House, wait_for  # noqa: E402


@pytest.fixture(scope="session")
def sample(tmp_path_factory):
    """The sample district, shared by journeys that only look or add."""
    house = House(tmp_path_factory.mktemp("sample"), sample=True).start()
    house.session = house.person()
    yield house
    house.stop()


@pytest.fixture
def house(tmp_path):
    """An empty house of one's own."""
    house = House(tmp_path).start()
    yield house
    house.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def durable(request, tmp_path):
    """An empty house on each store, to be killed."""
    store = None
    if request.param == "postgresql":
        base = os.environ.get("SLIPWAY_TEST_POSTGRES")
        if not base:
            pytest.skip("SLIPWAY_TEST_POSTGRES names no PostgreSQL")
        store = f"{base}?schema=journey_{os.urandom(4).hex()}"
    house = House(tmp_path, store=store).start()
    yield house
    house.stop()


def open_browser(width=1440, height=900, script=True):
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for word in ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu",
                 f"--window-size={width},{height}"]:
        options.add_argument(word)
    if not script:
        options.add_experimental_option("prefs", {"profile.managed_default_content_settings.javascript": 2})
    driver = Browser(service=Service("/usr/bin/chromedriver"), options=options)
    # Chromium makes no window narrower than 500 pixels: a telephone's width has to be insisted on.
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
        "width": width, "height": height, "deviceScaleFactor": 1, "mobile": False})
    return driver


class Browser(webdriver.Chrome):
    """A browser for a `with` block; what it showed when the block failed is kept as a picture."""

    def __exit__(self, kind, error, trace):
        if error is not None:
            folder = pathlib.Path(os.environ.get("SLIPWAY_PICTURES") or tempfile.mkdtemp(prefix="slipway-journey-"))
            folder.mkdir(parents=True, exist_ok=True)
            file = folder / f"{os.environ['PYTEST_CURRENT_TEST'].split('::')[-1].split(' ')[0].replace('/', '-')}.png"
            self.save_screenshot(str(file))
            error.add_note(f"what the browser showed ({self.current_url}): {file}")
        self.quit()

    def press(self, selector):
        """Clicks what there is by then, even where the page is just being renewed."""
        def clicked():
            try:
                self.find_element(By.CSS_SELECTOR, selector).click()
                return True
            except WebDriverException:
                # Not there yet, just renewed, or gone between finding and pressing.
                return False

        wait_for(clicked, 20, selector)

    def wait_text(self, words, selector="main", seconds=20):
        """Until what is selected says so."""
        def said():
            try:
                return words in self.find_element(By.CSS_SELECTOR, selector).text
            except (NoSuchElementException, StaleElementReferenceException):
                return False

        wait_for(said, seconds, f"“{words}” in {selector}")


def let_in(driver, house, session, language="ko"):
    """The browser with the person's session."""
    driver.get(house.url + "/signin")
    driver.add_cookie({"name": "slipway_session", "value": session.cookies["slipway_session"]})
    driver.add_cookie({"name": "slipway_language", "value": language})


@pytest.fixture
def browser(sample):
    with open_browser() as driver:
        let_in(driver, sample, sample.session)
        yield driver
