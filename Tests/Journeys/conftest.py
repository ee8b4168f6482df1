import os
import pathlib
import sys

import pytest
import urllib3
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from house import House  # noqa: E402

urllib3.disable_warnings()


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
    return webdriver.Chrome(service=Service("/usr/bin/chromedriver"), options=options)


def let_in(driver, house, session, language="ko"):
    """The browser with the person's session."""
    driver.get(house.url + "/signin")
    driver.add_cookie({"name": "slipway_session", "value": session.cookies["slipway_session"]})
    driver.add_cookie({"name": "slipway_language", "value": language})


@pytest.fixture
def browser(sample):
    driver = open_browser()
    let_in(driver, sample, sample.session)
    yield driver
    driver.quit()
