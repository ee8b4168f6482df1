"""The hand-over desk: somebody who waits is taken over, talked with, helped and finished; calls; figures; who looked."""
import pathlib
import re

import pytest
from selenium.webdriver.common.by import By

from conftest import let_in, open_browser
from house import House, wait_for

AXE = """
const done = arguments[arguments.length - 1];
axe.run(document, {resultTypes: ['violations']}).then(r => done(r.violations
  .filter(v => ['serious', 'critical'].includes(v.impact)).map(v => v.id + ': ' + v.nodes.map(n => n.html).slice(0, 2).join(' | '))));
"""


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    house = House(tmp_path_factory.mktemp("desk"), sample=True).start()
    house.officer = house.member("", "zoneOfficer")
    house.colleague = house.member("", "zoneOfficer")
    house.stranger = house.member("firm-gaon", "safetyManager")
    yield house
    house.leave()


def test_from_the_queue_to_the_figures_in_a_browser(town):
    with open_browser(1200, 900) as driver:
        let_in(driver, town, town.officer)
        driver.get(town.url + "/citizen/desk")
        card = wait_for(lambda: next(
            (c for c in driver.find_elements(By.CSS_SELECTOR, "#waiting .desk-card") if "사람을 찾음" in c.text), None), 20, "who waits")
        assert "기다린 시간" in card.text
        before = len(driver.find_elements(By.CSS_SELECTOR, "#waiting .desk-card"))
        assert before == 2
        card.find_element(By.CSS_SELECTOR, "form button").click()

        # Everything that was said and is known comes along; nobody has to ask again.
        driver.wait_text("집 앞 도로에 구멍 났어")
        assert "물결로 12" in driver.find_element(By.CSS_SELECTOR, "#desk-slots ~ dl").text
        link = driver.find_element(By.ID, "desk-form").get_attribute("href")
        assert "물결로" not in link, "what is personal stands in no address"
        driver.find_element(By.ID, "desk-say").send_keys("창구 박서준입니다. 곧 고치러 갑니다.")
        driver.press("form[action$='citizen.handover.say'] button")
        driver.wait_text("곧 고치러 갑니다", "#desk-chat-live")
        driver.find_element(By.ID, "desk-note").send_keys("귀가 어두우심")
        driver.press("form[action$='citizen.handover.note'] button")
        driver.wait_text("귀가 어두우심")
        one = driver.current_url.split("/")[-1].split("?")[0]

        # A colleague sees it, but speaks for nobody else; a firm sees nothing.
        assert town.colleague.call("citizen.handover.say", handover=one, text="여보세요").status_code == 403
        assert town.colleague.call("citizen.handover.take", handover=one).status_code == 409
        assert town.stranger.page("/citizen/desk").status_code == 403
        assert town.stranger.page(f"/citizen/desk/handovers/{one}").status_code == 403

        driver.press("a[href*='citizen.handover.finish']")
        wait_for(lambda: driver.find_elements(By.NAME, "outcome"), 20, "the form")
        for name, value in [("outcome", "solved"), ("failure", "dialect")]:
            driver.execute_script("""
              const [field] = document.getElementsByName(arguments[0]);
              if (field.tagName === 'SELECT') field.value = arguments[1];
              else document.querySelector(`[name="${arguments[0]}"][value="${arguments[1]}"]`).click();""", name, value)
        driver.press("main form button[type=submit]")
        driver.wait_text("해결했습니다", "#finished")
        assert len(driver.find_elements(By.CSS_SELECTOR, "#waiting .desk-card")) == before - 1

        driver.get(town.url + "/citizen/desk/figures")
        figures = driver.find_element(By.TAG_NAME, "main").text
        assert "사투리나 말투를 못 알아들음" in figures and "도로 파손" in figures
        assert re.search(r"[0-9.]+ – [0-9.]+ %", figures), "no figure without its range"
    # Who looked at what somebody had said is written down.
    assert f"handover/{one}" in town.officer.page("/audit").text


def test_a_call_is_promised_tried_and_done(town):
    one = re.search(
        r"/citizen/desk/handovers/([\w-]+)", town.officer.page("/citizen/desk").text.split('id="calls"')[1])[1]
    town.officer.do("citizen.handover.take", handover=one)
    page = town.officer.page(f"/citizen/desk/handovers/{one}").text
    assert "010-5550-0123" in page and "내일 오전" in page
    early = town.officer.call("citizen.handover.finish", handover=one, outcome="unreached", failure="none")
    assert early.status_code == 409 and early.json()["code"] == "callback.too-few", early.text
    town.officer.do("citizen.callback.try", handover=one, result="no-answer")
    town.officer.do("citizen.handover.finish", handover=one, outcome="solved", failure="none")
    assert one in town.officer.page("/citizen/desk").text.split('id="finished"')[1]


def test_whoever_has_no_code_of_a_conversation_learns_nothing_of_it(town):
    import requests
    for code in ["", "sample-0", "A" * 22]:
        answer = requests.post(town.url + "/api/v1/agent/desk", json={"dialogue": code, "text": "여보세요"}, timeout=30)
        assert answer.status_code == 404, answer.text


@pytest.mark.parametrize("language,width", [("ko", 390), ("en", 1200)])
def test_the_desk_keeps_nobody_out(town, language, width):
    import axe_playwright_python
    axe = next(pathlib.Path(axe_playwright_python.__file__).parent.rglob("axe.min.js")).read_text()
    one = re.search(r"/citizen/desk/handovers/([\w-]+)", town.officer.page("/citizen/desk").text)[1]
    with open_browser(width, 900) as driver:
        driver.execute_cdp_cmd("Page.setBypassCSP", {"enabled": True})
        let_in(driver, town, town.officer, language)
        for page in ["/citizen/desk", f"/citizen/desk/handovers/{one}", "/citizen/desk/figures"]:
            driver.get(town.url + page)
            driver.execute_script(axe)
            assert driver.execute_async_script(AXE) == [], page
            wide = driver.execute_script("return document.documentElement.scrollWidth - window.innerWidth")
            assert wide <= 1, page
