"""What is watched: a use that serves the old worse is flagged, switched off by an officer and says so; anybody objects
without a name and reads the answer by their code."""
import os
import re

import pytest
import requests
from selenium.webdriver.common.by import By

from conftest import let_in, open_browser
from house import House, wait_for



@pytest.fixture(scope="module")
def city(tmp_path_factory):
    house = House(tmp_path_factory.mktemp("watch"), sample=True).start()
    house.owner = house.session = house.person()
    house.officer = house.member("", "zoneOfficer", name="살피는 사람")
    # What the sample has flagged: the first flag of the page leads to its use.
    page = house.officer.page("/stewardship/watch").text
    house.use = re.search(r'class="button button-quiet" href="/stewardship/watch/([^"]+)"', page)[1]
    yield house
    house.leave()


@pytest.fixture
def browser(city):
    driver = open_browser()
    let_in(driver, city, city.officer)
    yield driver
    driver.quit()


def shot(driver, name):
    folder = os.environ.get("SLIPWAY_SHOTS")
    if folder:
        driver.save_screenshot(f"{folder}/{name}.png")


def test_flag_and_switch(city, browser):
    page = f"/stewardship/watch/{city.use}"
    browser.get(city.url + "/stewardship/watch")
    flags = browser.find_elements(By.CSS_SELECTOR, "li.watch-flag")
    assert any("70세 이상" in flag.text for flag in flags), [flag.text for flag in flags]
    shot(browser, "watch")
    browser.get(city.url + page)
    shot(browser, "watch-use")
    text = browser.find_element(By.TAG_NAME, "main").text
    assert "다른 집단보다 나쁨" in text and "횟수가 적어 알 수 없음" in text
    assert "%" in text and browser.find_elements(By.CSS_SELECTOR, ".watch-chart svg rect.watch-bar-rest")
    browser.press(".watch-flag .button-danger")
    wait_for(lambda: "/do/district.ai.switch" in browser.current_url, 20, "the switch's form")
    for box in browser.find_elements(By.CSS_SELECTOR, "[name=reason]"):
        box.send_keys("어르신에게 더 자주 틀림")
    browser.press("form.form button.button-primary")

    def switched():
        """Says yes wherever the page asks, until it has gone back to the use."""
        if browser.current_url == city.url + page:
            return True
        for again in browser.find_elements(By.CSS_SELECTOR, "form:has([name=confirmed]) button.button-primary"):
            again.click()
        return False

    wait_for(switched, 20, "the page of the use")
    public = requests.get(city.url + "/ai", timeout=60).text
    assert "담당자가 이 인공지능을 껐습니다" in public
    flag = browser.find_element(By.CSS_SELECTOR, "li.watch-flag").get_attribute("id").removeprefix("flag-")
    city.officer.do("stewardship.watch.resolve", flag=flag, outcome="stopped", note="껐고 낱말을 더하는 중")
    browser.get(city.url + page)
    assert "사용을 멈추었음" in browser.find_element(By.TAG_NAME, "main").text


def test_appeal_by_nobody(city, browser):
    citizen = open_browser(390, 844)
    try:
        citizen.get(city.url + f"/ai/appeal?use={city.use}")
        chosen = citizen.find_element(By.CSS_SELECTOR, "#f-use option:checked").get_attribute("value")
        assert chosen == city.use
        citizen.find_element(By.ID, "f-text").send_keys("세 번 말해도 못 알아듣습니다")
        shot(citizen, "appeal")
        citizen.press("form.form button.button-primary")
        wait_for(lambda: "/ai/appeals/" in citizen.current_url, 20, "the receipt")
        address = citizen.current_url.split("?")[0]
        code = citizen.find_element(By.CSS_SELECTOR, ".appeal-code").text
        assert code == address.rsplit("/", 1)[1]
        shot(citizen, "appeal-status")
        assert citizen.execute_script("return document.documentElement.scrollWidth") <= 390

        browser.get(city.url + "/stewardship/appeals")
        shot(browser, "appeals")
        assert "세 번 말해도 못 알아듣습니다" in browser.find_element(By.TAG_NAME, "main").text
        # What staff see and what their addresses carry opens nothing.
        assert code not in browser.page_source
        appeal = re.search(r"세 번 말해도.*?/appeals/([0-9a-f-]{36})/answer", browser.page_source, re.DOTALL)[1]
        city.officer.do(
            "stewardship.appeal.answer", appeal=appeal, outcome="upheld", answer="사람이 다시 도와드리겠습니다")
        citizen.get(city.url + "/ai/appeals")
        citizen.find_element(By.ID, "f-code").send_keys(code)
        citizen.press("form.form button.button-primary")
        wait_for(lambda: citizen.current_url == address, 20, "the answer")
        assert "사람이 다시 도와드리겠습니다" in citizen.find_element(By.TAG_NAME, "main").text
    finally:
        citizen.quit()
    assert requests.get(city.url + "/ai/appeals/nobody-has-this-code", timeout=60).status_code == 404


def test_staff_pages(city, browser):
    for path, words in [("/stewardship/ideas", "말로 하는 민원 접수"), ("/stewardship/certificates", "곧 만료")]:
        browser.get(city.url + path)
        assert words in browser.find_element(By.TAG_NAME, "main").text
        shot(browser, path.rsplit("/", 1)[1])
    assert "형편이 어려운 사람에게" in requests.get(city.url + "/ai/ideas", timeout=60).text
    refused = requests.get(city.url + "/stewardship/appeals", timeout=60, allow_redirects=False)
    assert refused.status_code in (303, 401)


@pytest.mark.parametrize("use, page", [("sensing.tail", "/alarms"), ("safety.accident-type", "/safety/proposals")])
def test_the_registers_notice_is_shown_where_the_ai_is_met(city, use, page):
    before = city.officer.page(page).text
    assert "이 서비스에는 인공지능이 쓰입니다" in before or "인공지능" in before.split('id="ai-notice"')[1][:300]
    words = f"{use}: 인공지능이 먼저 살펴보고 사람이 정합니다"
    assert city.officer.do("stewardship.use.describe", use=use, notice=words)
    assert words in city.officer.page(page).text.split('id="ai-notice"')[1][:300]
