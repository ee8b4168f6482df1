"""Inspections on the firm's side: a template's next version made on its page, a result reviewed, nothing for another firm."""
import re

import pytest
from selenium.webdriver.common.by import By

from conftest import let_in, open_browser
from house import House, wait_for


@pytest.fixture(scope="module")
def plant(tmp_path_factory):
    house = House(tmp_path_factory.mktemp("inspections"), sample=True).start()
    house.manager = house.member("firm-gaon", "safetyManager")
    house.stranger = house.member("firm-haesol", "safetyManager")
    yield house
    house.leave()


def test_the_next_version_is_made_on_the_page_and_the_one_before_stays(plant):
    with open_browser() as driver:
        let_in(driver, plant, plant.manager)
        driver.get(plant.url + "/safety/inspections/templates/press-daily/edit")
        title = driver.find_element(By.ID, "f-title")
        title.clear()
        title.send_keys("프레스 점검(가온)")
        rows = driver.find_elements(By.CSS_SELECTOR, ".list-row")
        last = len(rows) - 1
        driver.find_element(By.ID, f"f-questions-{last}-id").send_keys("radio")
        driver.find_element(By.ID, f"f-questions-{last}-text").send_keys("무전기가 켜져 있습니까?")
        driver.find_element(By.CSS_SELECTOR, f"#f-questions-{last}-kind option[value=check]").click()
        driver.find_element(By.CSS_SELECTOR, f"#f-questions-{last}-severity option[value=low]").click()
        driver.press("main form [type=submit]")
        wait_for(lambda: driver.current_url.endswith("/safety/inspections/templates"), 20, "the list")
        driver.wait_text("프레스 점검(가온)")
    new = plant.manager.page("/safety/inspections/templates/press-daily").text
    assert "무전기가 켜져 있습니까?" in new and "판 2" in new
    # What was not touched came through the page as it was: choices, the condition on one, the law it follows.
    assert "광전자식 | 양수조작식 | 가드·울 | 없음!" in new
    assert "어떤 방호장치입니까? = light" in new
    assert "조문 번호는 원문 대조 전" in new
    old = plant.manager.page("/safety/inspections/templates/press-daily?version=1").text
    assert "무전기" not in old and "프레스 작업 전 점검" in old
    # A round asks the new one from now on.
    take = plant.manager.page("/safety/inspections/take/sample-press-daily").text
    assert "press-daily/2" in take


def test_a_template_that_cannot_be_asked_comes_back_with_its_fault(plant):
    fields = {
        "template": "own", "title": "우리 것", "industry": "press", "questions[0].id": "a", "questions[0].text": "가?",
        "questions[0].kind": "number", "questions[0].severity": "low"}
    page = plant.manager.form("/do/safety.template.publish", **fields)
    assert page.status_code == 422
    assert "우리 것" in page.text and "단위" in page.text


def test_a_result_is_reviewed_by_somebody_else_once(plant):
    with open_browser(390, 900) as driver:
        let_in(driver, plant, plant.manager)
        driver.get(plant.url + "/safety/inspections/results?sort=-failed")
        driver.press("td.head a")
        driver.wait_text("부적합 조치")
        # Narrow as a telephone, and nothing hangs over the edge.
        assert driver.execute_script("return document.documentElement.scrollWidth") <= 390
        assert not driver.find_element(By.ID, "f-note").is_displayed()
        driver.execute_script("document.querySelector('input[value=returned]').click()")
        driver.find_element(By.ID, "f-note").send_keys("사진이 없습니다")
        result = driver.current_url
        driver.press("main form [type=submit]")
        driver.wait_text("사진이 없습니다")
        assert driver.current_url == result
        assert not driver.find_elements(By.CSS_SELECTOR, "input[name=verdict]")
    name = result.split("/")[-1]
    again = plant.manager.call("safety.inspection.review", inspection=name, verdict="accepted")
    assert (again.status_code, again.json()["code"]) == (409, "inspection.reviewed")


def test_another_firm_sees_none_of_it(plant):
    ours = re.findall(r"/safety/inspections/results/([\w-]+)\"", plant.manager.page("/safety/inspections/results").text)
    assert ours
    theirs = plant.stranger.page("/safety/inspections/results").text
    assert not [name for name in ours if name in theirs]
    assert plant.stranger.page(f"/safety/inspections/results/{ours[0]}").status_code == 404
    assert plant.stranger.page("/safety/inspections/take/sample-press-daily").status_code == 404
    assert "가온" not in plant.stranger.page("/safety/inspections/templates").text
    pages = plant.stranger.page("/api/v1/offline/pages").json()["pages"]
    assert {page["path"].split("/")[-1] for page in pages if "/take/" in page["path"]} == {"sample-warehouse-weekly"}
    refused = plant.stranger.call(
        "safety.inspection.submit", schedule="sample-press-daily", template="press-daily", version=1, answers=[], signed=True)
    assert refused.json()["code"] == "inspection.no-schedule"
