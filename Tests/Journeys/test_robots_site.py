"""Sites of robots: drawn on the map, refused at the place of the fault, published whole, and seen as they are."""
import pytest
from conftest import let_in, open_browser
from house import wait_for
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select


def find(browser, selector):
    return browser.find_element(By.CSS_SELECTOR, selector)


def ready(browser):
    wait_for(lambda: find(browser, ".floor").get_attribute("data-ready") == "yes", 30, "the map")


def revision(browser):
    return int(find(browser, ".floor").get_attribute("data-revision"))


def step(browser, act):
    """Does something that changes the draft, and waits until it has."""
    before = revision(browser)
    act()
    wait_for(lambda: revision(browser) != before, 20, "the draft's next step")


def point(browser, x, y):
    """Presses the map so many pixels from its middle."""
    canvas = find(browser, ".floor-canvas")
    browser.execute_script("arguments[0].scrollIntoView({ block: 'center' })", canvas)
    ActionChains(browser).move_to_element_with_offset(canvas, x, y).click().perform()


def vehicles(session, site="onyu-main"):
    return session.page(f"/api/v1/robots/sites/{site}/floor").json()["vehicles"]


def draft(session, site):
    return session.page(f"/api/v1/robots/sites/{site}/draft").json()


@pytest.mark.parametrize("language,width,site", [("ko", 1280, "gaon-plant"), ("en", 390, "nuri-plant")])
def test_a_site_is_drawn_refused_at_its_place_mended_and_published(sample, language, width, site):
    firm = "firm-gaon" if site == "gaon-plant" else "firm-nuri"
    operator = sample.member(firm, "operator")
    with open_browser(width=width, height=900) as browser:
        let_in(browser, sample, operator, language)
        browser.get(f"{sample.url}/robots/sites/{site}/edit")
        ready(browser)
        assert browser.execute_script("return document.documentElement.scrollWidth") <= width
        Select(find(browser, "[data-new-kind]")).select_by_value("station")
        browser.press("[data-tool=node]")
        step(browser, lambda: point(browser, -80, 0))
        Select(find(browser, "[data-new-kind]")).select_by_value("escape")
        step(browser, lambda: point(browser, 80, 0))
        # The station is named where it is refused, on the page and by the command.
        name = "작업 지점 n1" if language == "ko" else "station n1"
        browser.wait_text(name, "[data-faults]")
        # Until it may be published, the button says so; and the command refuses whoever goes round it.
        assert not find(browser, "[data-do=publish]").is_enabled()
        assert ("아직 펴낼 수 없음" if language == "ko" else "Cannot be published yet") in find(browser, "[data-do=publish]").text
        refused = operator.call("robots.site.publish", site=site, source="draft")
        assert refused.status_code == 422 and any(e["field"] == "nodes/n1" for e in refused.json()["errors"]), refused.text
        assert operator.page(f"/robots/sites/{site}").status_code == 404

        browser.press("[data-tool=join]")
        point(browser, -80, 0)
        step(browser, lambda: point(browser, 80, 0))
        browser.wait_text("이상이 없습니다" if language == "ko" else "Nothing is wrong", "[data-faults]")
        plan = draft(operator, site)["plan"]
        assert [(edge["from"], edge["to"]) for edge in plan["edges"]] == [("n1", "n2")]
        distance = plan["nodes"][1]["x"] - plan["nodes"][0]["x"]
        assert abs(distance - 160 / 20) < 0.3, "a press is where the map says it is"

        # By keys alone: a node at the cross, and back again.
        browser.press("[data-tool=node]")
        canvas = find(browser, ".floor-canvas")
        step(browser, lambda: canvas.send_keys(Keys.ARROW_UP, Keys.ARROW_UP, Keys.ENTER))
        assert len(draft(operator, site)["plan"]["nodes"]) == 3
        step(browser, lambda: canvas.send_keys(Keys.CONTROL, "z"))
        assert len(draft(operator, site)["plan"]["nodes"]) == 2

        # What is chosen in the list is changed in the form.
        Select(find(browser, "[data-find]")).select_by_value("edges/e1")
        speed = find(browser, "#fe-speed")
        speed.clear()
        speed.send_keys("0")
        step(browser, lambda: browser.press("[data-form=edges] [type=submit]"))
        browser.wait_text("e1", "[data-faults]")
        step(browser, lambda: browser.press("[data-do=undo]"))
        browser.press("[data-do=publish]")
        wait_for(lambda: browser.current_url.endswith(f"/robots/sites/{site}"), 20, "the live floor")
        ready(browser)
        assert browser.execute_script("return document.documentElement.scrollWidth") <= width
    places = operator.page(f"/api/v1/robots/sites/{site}/plan").json()
    assert [node["id"] for node in places["nodes"]] == ["n1", "n2"] and places["edges"][0]["speed"] == 1
    assert draft(operator, site)["revision"] == 0


def test_the_floor_is_live_in_words_and_pictures(sample):
    operator = sample.member("firm-onyu", "operator")
    other = sample.member("firm-haesol", "operator")
    assert other.page("/robots/sites/onyu-main").status_code == 404
    assert other.page("/api/v1/robots/sites/onyu-main/floor").status_code == 404
    assert "onyu-main" not in other.page("/robots/sites").text
    with open_browser(width=390, height=844) as browser:
        let_in(browser, sample, operator)
        browser.get(f"{sample.url}/robots/sites/onyu-main")
        ready(browser)
        assert browser.execute_script("return document.documentElement.scrollWidth") <= 390
        # The sample's vehicles speak over the broker: they stand on the map where they say they are.
        wait_for(lambda: any("x" in vehicle for vehicle in vehicles(operator)), 90, "a vehicle's place")
        wait_for(
            lambda: find(browser, "[data-floor-count]").text == str(len(vehicles(operator))), 20, "the vehicles in the list")
        for vehicle in vehicles(operator):
            browser.wait_text(vehicle["name"], "[data-floor-vehicles]")
        before = int(find(browser, ".floor").get_attribute("data-frames"))
        wait_for(lambda: int(find(browser, ".floor").get_attribute("data-frames")) > before, 20, "the drawing anew")
        # A ward that is held is drawn, and said in words, within seconds.
        operator.do("robots.hold.place", what="thing", thing="onyu-ward-3a", reason="병동 소독")
        browser.wait_text("병동 소독", "[data-floor-marks]")
        assert "3A병동" in find(browser, "[data-floor-marks]").text
        # Every control is as large as a gloved finger.
        for control in browser.find_elements(By.CSS_SELECTOR, ".floor button"):
            assert control.size["height"] >= 44 and control.size["width"] >= 44, control.text
        browser.get(f"{sample.url}/robots/sites/onyu-main/heat")
        ready(browser)
        browser.get(f"{sample.url}/robots/sites/onyu-main/replay")
        ready(browser)
        assert find(browser, "[data-slide]").get_attribute("max") == "3600"
        assert browser.execute_script("return document.documentElement.scrollWidth") <= 390


def test_plans_leave_in_the_forms_of_others_and_come_back(sample):
    operator = sample.member("firm-solmaru", "operator")
    lif = operator.page("/robots/sites/solmaru/export/lif").json()
    assert lif["layouts"][0]["stations"] and lif["metaInformation"]["lifVersion"]
    collection = operator.page("/robots/sites/solmaru/export/geojson")
    assert collection.json()["type"] == "FeatureCollection"
    same = operator.call("robots.site.publish", site="solmaru", source="file", file=operator.attach(collection.content))
    assert same.status_code == 409 and same.json()["code"] == "site.same"
    faulty = collection.text.replace('"speed":1.4', '"speed":0')
    refused = operator.call("robots.site.publish", site="solmaru", source="file", file=operator.attach(faulty.encode()))
    assert refused.status_code == 422 and any(e["field"].startswith("edges/s0_s20") for e in refused.json()["errors"])
