"""What two cities agreed is followed in public: what is late, what is moved and why, and what came of it."""
import datetime

import requests
from conftest import let_in, open_browser
from selenium.webdriver.common.by import By

ACCORD = "/transition/accords/sample-odense"


def test_everybody_sees_what_is_late_and_its_owner_moves_it_with_a_reason(sample):
    text = requests.get(sample.url + "/transition/accords", timeout=60).text
    assert "가상의 협약입니다" in text and "지연" in text
    assert "2024-03-13" in text and "https://etnews.com/20240317000036" in text, "what others agreed has its source"
    text = requests.get(sample.url + ACCORD, timeout=60).text
    assert "예시 참가자" not in text and "협동로봇 안전" in text, "who went is nobody's business"
    officer = sample.member("", "zoneOfficer")
    undertaking = "sample-odense-project"
    milestone = officer.call(
        "transition.accord.milestone.set", undertaking=undertaking, title_ko="여정 이정표", title_en="A journey's milestone",
        due="2026-01-31", owner="zone-officer-1")
    assert milestone.status_code in (200, 201), milestone.text
    stream = next(one["stream"] for one in milestone.json()["events"]).split("/")[1]
    assert "여정 이정표" in requests.get(sample.url + ACCORD, timeout=60).text
    later = (datetime.date.today() + datetime.timedelta(days=90)).isoformat()
    with open_browser(width=390, height=844) as browser:
        let_in(browser, sample, officer, "ko")
        browser.get(f"{sample.url}{ACCORD}")
        browser.wait_text("여정 이정표")
        assert "예시 참가자 가" in browser.find_element(By.CSS_SELECTOR, "main").text
        browser.press(f"a[href*='milestone.move?milestone={stream}']")
        browser.wait_text("새 기한")
        browser.find_element(By.CSS_SELECTOR, "[name=due]").send_keys(later)
        browser.find_element(By.CSS_SELECTOR, "[name=reason]").send_keys("상대 도시 일정")
        browser.press("main form button.button-primary")
        browser.wait_text("상대 도시 일정")
        assert browser.execute_script("return document.documentElement.scrollWidth") <= 390
    assert f"기한 {later}" in requests.get(sample.url + ACCORD, timeout=60).text
