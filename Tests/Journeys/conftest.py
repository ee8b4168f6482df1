import os
import pathlib
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from browser import Browser, let_in, open_browser  # noqa: E402, F401
from house import House  # noqa: E402


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


@pytest.fixture
def browser(sample):
    with open_browser() as driver:
        let_in(driver, sample, sample.session)
        yield driver
