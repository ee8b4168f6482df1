"""What if: asked on the page, simulated beside everything else, read with its intervals; and refused where it cannot be."""
import pytest
from conftest import let_in, open_browser
from house import wait_for
from selenium.webdriver.common.by import By


def find(browser, selector):
    return browser.find_element(By.CSS_SELECTOR, selector)


def enter(browser, field, text):
    box = find(browser, f"#f-{field}")
    box.clear()
    box.send_keys(text)


def fits(browser, width):
    """Nothing stands beyond the edge, and whatever is pressed is large enough for a finger."""
    assert browser.execute_script("return document.documentElement.scrollWidth") <= width
    for button in browser.find_elements(By.CSS_SELECTOR, "main .button, main select, main input.input"):
        if button.is_displayed():
            assert button.size["height"] >= 44, button.text


@pytest.mark.parametrize("language,width", [("ko", 390), ("en", 1440)])
def test_two_robots_more_are_asked_about_and_answered_with_intervals(sample, language, width):
    operator = sample.member("firm-haesol" if width == 390 else "firm-onyu", "operator")
    site = "haesol-center" if width == 390 else "onyu-main"
    with open_browser(width=width, height=900) as browser:
        let_in(browser, sample, operator, language)
        browser.get(f"{sample.url}/robots/what-if?site={site}")
        fits(browser, width)
        # More than the site has places for is refused at its field, and what was entered stays.
        enter(browser, "more", "150")
        enter(browser, "rate", "12")
        browser.press("form.form button[type=submit]")
        browser.wait_text("기다릴 곳" if language == "ko" else "places to wait", "#whatif-fault")
        assert find(browser, "#f-more").get_attribute("aria-invalid") == "true"
        assert find(browser, "#f-rate").get_attribute("value") == "12"
        # Stopped while it runs, it gives no answer.
        enter(browser, "more", "2")
        browser.press("form.form button[type=submit]")
        wait_for(lambda: "/robots/what-if/" in browser.current_url, 20, "the question's page")
        browser.press("#whatif-live .button-danger")
        browser.wait_text("멈추었습니다" if language == "ko" else "stopped it", "#whatif-live")
        # And whole: the table, and for each measure a drawing with a table behind it.
        browser.get(f"{sample.url}/robots/what-if?site={site}")
        enter(browser, "more", "2")
        enter(browser, "rate", "12")
        browser.press("form.form button[type=submit]")
        wait_for(lambda: browser.find_elements(By.CSS_SELECTOR, ".whatif-plot"), 300, "the answer")
        fits(browser, width)
        assert len(browser.find_elements(By.CSS_SELECTOR, ".whatif-plot")) == 8
        assert len(browser.find_elements(By.CSS_SELECTOR, ".whatif-plot circle")) == 16
        summary = find(browser, "#figure-busy details summary")
        browser.execute_script("arguments[0].scrollIntoView({ block: 'center' })", summary)
        summary.click()
        assert len(browser.find_elements(By.CSS_SELECTOR, "#days-busy tbody tr")) >= 3
        assert "~" in find(browser, "#what-if").text
        mine = browser.current_url.split(sample.url)[1]
    # It is its own firm's: another's operator finds nothing there.
    other = sample.member("firm-solmaru", "operator")
    assert other.page(mine).status_code == 404
    assert other.page(f"/robots/what-if?site={site}").status_code == 404


def test_what_if_is_for_those_who_steer(sample):
    assert sample.member("firm-onyu", "worker").page("/robots/what-if").status_code == 403
    assert sample.session.get(f"{sample.url}/robots/what-if?site=solmaru", timeout=60).status_code == 200
