"""What is open to everybody is found by everybody: without an account, and by people who belong to no firm."""
import re

import pytest
import requests
from selenium.webdriver.common.by import By

from browser import open_browser
from house import wait_for
from test_every_page import crawl


def get(house, path, **more):
    return requests.get(house.url + path, allow_redirects=False, timeout=60, **more)


def linked(page):
    """The addresses of a page's own part."""
    return re.findall(r'href="(/[^"#]*)', page.split("<main", 1)[1].split("</main>", 1)[0])


def test_a_stranger_finds_a_door_to_all_that_is_public(sample):
    page = get(sample, "/signin").text
    assert "로그인 없이 볼 수 있는 것" in page
    doors = [href for href in linked(page) if not href.startswith("/setup")]
    for wanted in ("/commons", "/commons/votes", "/alliance/roadmap", "/transition/cases", "/talk", "/record"):
        assert wanted in doors, wanted
    for href in doors:
        assert get(sample, href).status_code == 200, href
    # A room's own cards show a stranger what is open, and nothing else.
    for room in ("/transition", "/alliance", "/commons", "/citizen"):
        cards = linked(get(sample, room).text)
        assert cards, room
        for href in cards:
            assert get(sample, href).status_code in (200, 303 if href.startswith("/do/") else 200), href
    # From a public page the sign-in leads back to it.
    assert 'href="/signin?next=%2Falliance%2Froadmap"' in get(sample, "/alliance/roadmap").text


def test_the_public_part_of_the_record_needs_no_account_and_the_rest_stays_closed(sample):
    def traces(page):
        return set(re.findall(r"/trace/[0-9A-Za-z-]+", page))

    open_to_all = traces(get(sample, "/record").text)
    assert open_to_all, "no public event on the record's page"
    for trace in list(open_to_all)[:5]:
        assert get(sample, trace).status_code == 200, trace
        # What people did is told, and not who else's acts are theirs: identifiers stay with the zone.
        assert '"author":"person:' not in get(sample, trace, headers={"Accept": "application/json"}).text, trace
    everything = traces(sample.session.get(sample.url + "/record", timeout=60).text) | {
        f"/trace/{alarm['correlation']}" for alarm in sample.api("GET", "/api/v1/alarms").json()["alarms"][:3]}
    closed = [trace for trace in everything - open_to_all if get(sample, trace).status_code != 200]
    assert closed, "every trace of the zone is open to strangers"
    for trace in closed:
        assert get(sample, trace).status_code == 404, trace
        answer = get(sample, trace, headers={"Accept": "application/json"})
        assert answer.status_code == 404 and "payload" not in answer.text, trace
    # A program without the scope to read sees through the page's door no more than a stranger.
    key = {"Authorization": "Bearer slw_wrong"}
    assert get(sample, closed[0], headers=key).status_code in (401, 404)


@pytest.mark.parametrize("role", ["citizen", "inspector"])
def test_whoever_belongs_to_no_firm_has_a_first_page_and_meets_no_wall(sample, role):
    person = sample.member("", role)
    first = person.page("/")
    assert first.status_code == 200 and "이용하실 수 있는 것" in first.text
    menu = re.findall(r'<li><a href="(/[^"]*)"', first.text.split('id="menu"', 1)[1].split("</nav>", 1)[0])
    assert "/commons" in menu and "/alarms" not in menu and "/readings" not in menu
    walls = {href: person.page(href).status_code for href in menu + linked(first.text)}
    assert set(walls.values()) == {200}, {href: code for href, code in walls.items() if code != 200}
    broken = {path: answer.status_code for path, answer in crawl(person, most=80, each=2).items() if answer.status_code >= 500}
    assert not broken, broken


def test_the_door_reads_well_on_a_phone_with_text_twice_as_large(sample):
    with open_browser(390, 844) as driver:
        driver.get(sample.url + "/signin")
        driver.execute_script("document.documentElement.style.fontSize = '200%'")
        wait_for(lambda: driver.find_element(By.ID, "open-title").is_displayed(), 10, "the list of what is open")
        assert driver.execute_script("return document.documentElement.scrollWidth <= window.innerWidth")
