import json
import os
import pathlib
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from browser import Browser, let_in, open_browser  # noqa: E402, F401
from house import ROOT, House  # noqa: E402


@pytest.fixture(scope="session")
def sample(tmp_path_factory):
    """The sample district, shared by journeys that only look or add."""
    folder = tmp_path_factory.mktemp("sample")
    # Shorter days are enough to be asked about, and a slow machine may take as long as it needs for them.
    days = json.loads((ROOT / "Sources/Robots/Data/what-if.json").read_text())
    shelf = folder / "data/handbook/robots"
    shelf.mkdir(parents=True)
    (shelf / "what-if.json").write_text(json.dumps({
        **days, "seeds": 3, "hours": 0.25, "warm_minutes": 3, "drain_minutes": 10, "limit_seconds": 1800}))
    house = House(folder, sample=True).start()
    house.session = house.person()
    yield house
    house.leave()


@pytest.fixture(scope="session", autouse=True)
def last():
    """One browser serves all journeys, one after the other; it ends with the last, and so does what was told to end."""
    yield
    Browser.end()
    House.over()


@pytest.fixture
def house(tmp_path):
    """An empty house of one's own."""
    house = House(tmp_path).start()
    yield house
    house.leave()


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
    house.leave()


@pytest.fixture
def browser(sample):
    with open_browser() as driver:
        let_in(driver, sample, sample.session)
        yield driver
