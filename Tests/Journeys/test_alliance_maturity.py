"""A shop assesses itself on a phone, sees what to do next, and the zone counts it without its name."""
import re

from conftest import let_in, open_browser
from selenium.webdriver.common.by import By

from house import shown


def test_a_shop_assesses_itself_screen_by_screen_and_is_counted_without_its_name(sample):
    manager = sample.member("firm-nuri", "executive")
    with open_browser(width=390, height=844) as browser:
        let_in(browser, sample, manager, "ko")
        browser.get(f"{sample.url}/alliance/maturity")
        browser.press("form[action='/do/alliance.maturity.start'] button")
        steps = 0
        while browser.find_elements(By.CSS_SELECTOR, "form[action='/do/alliance.maturity.answer']"):
            steps += 1
            assert browser.execute_script("return document.documentElement.scrollWidth") <= 390
            for field in browser.find_elements(By.CSS_SELECTOR, "fieldset"):
                choices = field.find_elements(By.CSS_SELECTOR, "input[type=radio]")
                assert len(choices) == 6, "five described levels and “don't know”"
                browser.execute_script("arguments[0].click()", choices[5 if steps == 2 else 1])
            browser.press("form[action='/do/alliance.maturity.answer'] button")
            assert steps < 9
        assert steps == 6
        one = browser.current_url.split("?")[0]
        browser.press("main a.button-primary")
        browser.wait_text("진단 제출")
        browser.press("form.form button[type=submit]")
        browser.wait_text("다음 할 일")
        text = shown(browser)
        assert "기초" in text and "근거 수준 1–2 / 5" in text and "5,003" in text and "도입 전후" in text
        floor = browser.find_elements(By.CSS_SELECTOR, "#movement tbody tr")[1].text
        assert "모름" in floor and "4 / 4" in floor, "what is unknown is shown, and is no level"
        assert browser.find_elements(By.CSS_SELECTOR, "#movement svg[role=img]")
        assert browser.execute_script("return document.documentElement.scrollWidth") <= 390
    # The firm next door sees none of it, nor does the zone without consent; its counts hide what is small.
    path = one[len(sample.url):]
    assert sample.member("firm-saebyeok", "executive").page(path).status_code == 404
    officer = sample.member("", "zoneOfficer")
    assert officer.page(path).status_code == 404
    zone = officer.page("/alliance/maturity/zone").text
    assert "전체 수준" in zone and "가림" in zone and "누리주조" not in zone
    counts = [int(n) for n in re.findall(r'class="number" data-label="\d">(\d+)<', zone)]
    assert counts and all(n == 0 or n >= 5 for n in counts)
    assert sample.member("", "citizen").page("/alliance/maturity").status_code == 403


def test_a_second_assessment_shows_what_moved_beside_what_was_verified(sample):
    page = sample.member("firm-gaon", "executive").page("/alliance/maturity").text
    newest = re.search(r'href="(/alliance/maturity/one/sample-gaon-2)"', page)[1]
    text = sample.member("firm-gaon", "worker").page(newest).text
    moved = re.search(r'id="movement".*?</section>', text, re.S)[0]
    assert "+1" in moved and "확인됨" in text and "지난번" in moved and moved.count("<circle") >= 7
