"""A clerk and a citizen in a browser, on a telephone: a form filled in already, a receipt that stays, a read-back in view,
tables that need no sideways scrolling; and figures that agree with one another."""
import re

import pytest
import requests
from selenium.webdriver.common.by import By

from conftest import let_in, open_browser
from house import House, wait_for


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    # At the desk somebody sits at any hour of the test.
    folder = tmp_path_factory.mktemp("clerk")
    book = folder / "data/handbook/citizen"
    book.mkdir(parents=True)
    (book / "desk.json").write_text(
        '{"days": ["mon","tue","wed","thu","fri","sat","sun"], "from": "00:00", "to": "24:00", "closed": [], "phone": "120"}')
    house = House(folder, sample=True).start()
    house.officer = house.member("", "zoneOfficer")
    house.colleague = house.member("", "zoneOfficer")
    yield house
    house.leave()


class Talk:
    """A conversation by the channel of turns."""

    def __init__(self, house):
        self.house, self.code, self.turn = house, None, 0

    def say(self, text):
        self.turn += 1
        body = {"text": text, "turn": self.turn, **({"dialogue": self.code} if self.code else {})}
        answer = requests.post(self.house.url + "/api/v1/agent/turns", json=body, timeout=60)
        assert answer.status_code == 200, answer.text
        self.code = answer.json()["dialogue"]
        return answer.json()


def fits(driver):
    return driver.execute_script("return document.documentElement.scrollWidth - window.innerWidth") <= 1


def test_a_clerk_types_nothing_again_and_keeps_the_receipt(town):
    talk = Talk(town)
    talk.say("보건소 진료 예약하고 싶어요. 이름은 김영숙, 전화는 010-1234-5678이에요")
    assert talk.say("기계 말고 사람")["state"] == "handedOver"
    page = town.officer.page("/citizen/desk").text.split('id="mine"')[0]
    one = next(i for i in re.findall(r"/citizen/desk/handovers/([\w-]+)\"", page) if not i.startswith("sample"))
    town.officer.do("citizen.handover.take", handover=one)
    with open_browser(390, 844) as driver:
        let_in(driver, town, town.officer)
        driver.get(f"{town.url}/citizen/desk/handovers/{one}")
        assert fits(driver)
        driver.press("#desk-form")
        phone = wait_for(lambda: driver.find_element(By.NAME, "phone"), 20, "the form")
        assert phone.get_attribute("value") == "010-1234-5678"
        assert driver.find_element(By.NAME, "name").get_attribute("value") == "김영숙"
        address = driver.current_url.replace(one, "")
        assert "010" not in address and "%EA" not in address, "no address carries it"
        driver.execute_script("""
          for (const field of document.querySelectorAll('main form [required]')) {
            if (field.type === 'radio') { if (!document.querySelector(`[name="${field.name}"]:checked`)) field.click(); }
            else if (field.tagName === 'SELECT') { if (!field.value) field.selectedIndex = 1; }
            else if (!field.value) field.value = { day: '2099-11-26', time: '14:00' }[field.name] ?? '진료';
          }""")
        driver.press("main form button[type=submit]")
        driver.wait_text("010-1234-5678")
        driver.press("main form button[type=submit]")
        link = wait_for(lambda: driver.find_element(By.CSS_SELECTOR, ".desk-done a"), 20, "the receipt")
        number = link.text
        assert re.fullmatch(r"\d{6}-\d{6}", number), number
        assert driver.current_url.endswith(f"/citizen/desk/handovers/{one}")
        assert not driver.find_elements(By.ID, "desk-form"), "nobody files it twice"
        link.click()
        driver.wait_text(number, "h1")


def test_a_promise_is_filled_in_and_shown_to_the_minute(town):
    page = town.officer.page("/citizen/desk").text.split('id="calls"')[1]
    one = re.search(r"/citizen/desk/handovers/([\w-]+)", page)[1]
    town.officer.do("citizen.handover.take", handover=one)
    with open_browser(390, 844) as driver:
        let_in(driver, town, town.officer)
        driver.get(f"{town.url}/citizen/desk/handovers/{one}")
        assert not driver.find_elements(By.ID, "desk-say"), "what nobody reads is not offered to be said"
        driver.press("a[href$='/call']")
        phone = wait_for(lambda: driver.find_element(By.NAME, "phone"), 20, "the form")
        assert phone.get_attribute("value") == "010-5550-0123"
        driver.execute_script("document.getElementsByName('due')[0].value = '2099-11-25T15:30'")
        driver.press("main form button[type=submit]")
        driver.wait_text("전화 약속")
        facts = driver.find_element(By.CSS_SELECTOR, ".desk-facts").text
        assert "15:30" in facts and "15:30:00" not in facts and "내일 오전" not in facts and "방금" not in facts, facts


def test_what_is_refused_keeps_what_was_typed_and_speaks_of_no_right(town):
    one = "sample-1"
    town.colleague.do("citizen.handover.take", handover=one)
    with open_browser(390, 844) as driver:
        let_in(driver, town, town.officer)
        driver.get(f"{town.url}/do/citizen.handover.say?handover={one}")
        driver.find_element(By.NAME, "text").send_keys("길게 적은 말입니다")
        driver.press("main form button[type=submit]")
        driver.wait_text("다른 담당자가 맡은 상담입니다")
        assert driver.find_element(By.NAME, "text").get_attribute("value") == "길게 적은 말입니다"
        assert "권한" not in driver.find_element(By.TAG_NAME, "main").text


def test_a_read_back_is_in_view_with_its_answers_and_numbers_are_written(town):
    with open_browser(390, 844) as driver:
        driver.get(town.url + "/language/ko?next=/talk")

        def type_(words):
            before = driver.find_element(By.CSS_SELECTOR, "[data-said]").text
            driver.find_element(By.CSS_SELECTOR, "[data-text]").send_keys(words)
            driver.find_element(By.CSS_SELECTOR, ".voice-type button").click()
            wait_for(lambda: driver.find_element(By.CSS_SELECTOR, "[data-said]").text != before, 20, "an answer")

        type_("등본 두 통 떼 주세요. 제 이름은 김영숙이고 전화는 010-1234-5678이에요")
        known = {"받으": "방문", "서류": "등본", "성함": "김영숙", "주소": "중앙로 12", "연락처": "010-1234-5678", "전화": "010-1234-5678", "몇 통": "둘"}
        for _ in range(8):
            if driver.find_elements(By.CSS_SELECTOR, "[data-pairs] > div"):
                break
            asked = driver.find_elements(By.CSS_SELECTOR, "[data-said] p")[-1].text
            type_(next(value for word, value in known.items() if word in asked))
        values = [place.text for place in driver.find_elements(By.CSS_SELECTOR, "[data-pairs] dd")]
        assert "010-1234-5678" in values, values
        assert "공일공" not in driver.find_element(By.TAG_NAME, "main").text
        said = driver.find_element(By.CSS_SELECTOR, "[data-said]").text
        assert "김영숙" not in said, "what is read back stands there once"

        def place(selector):
            return driver.execute_script(
                "const box = document.querySelector(arguments[0]).getBoundingClientRect(); return [box.top, box.bottom]", selector)

        def in_view():
            top, bottom = place("[data-pairs]")
            yes = place("[data-choices]")
            return top >= 0 and bottom <= 844 and yes[0] >= 0 and yes[1] <= 844 and yes[0] - bottom < 160

        wait_for(in_view, 5, "the read-back and its answers in view")
        assert [b.text for b in driver.find_elements(By.CSS_SELECTOR, "[data-choices] button")] == ["네", "아니요"]
        assert fits(driver)


@pytest.mark.parametrize("width", [390, 1440])
def test_no_page_for_staff_runs_out_of_its_window(town, width):
    with open_browser(width, 900) as driver:
        let_in(driver, town, town.officer)
        for path in ["/citizen/desk", "/citizen/desk/figures", "/stewardship/certificates", "/stewardship/watch",
                     "/stewardship/watch/citizen.understanding", "/ai-uses", "/ai", "/citizen/dialogues"]:
            driver.get(town.url + path)
            assert fits(driver), f"{path} at {width}"
            if width == 390:
                # No column stands where one has to scroll sideways for it.
                hidden = driver.execute_script("""
                  return [...document.querySelectorAll('.tablescroll')].filter(box => box.querySelector('.table-stack'))
                    .filter(box => box.scrollWidth > box.clientWidth + 1).length""")
                assert hidden == 0, f"{path}: columns out of sight"


def test_what_ran_is_no_less_than_what_was_taken_and_none_runs_without_a_model(town):
    page = requests.get(town.url + "/ai", timeout=60, headers={"Accept-Language": "ko"}).text
    uses = page.split('<section class="panel register" id="use-')[1:]
    assert len(uses) > 5
    for use in uses:
        def figure(label):
            found = re.search(rf"<dt>{label}</dt><dd>([\d,]+)</dd>", use)
            return int(found[1].replace(",", "")) if found else None
        ran, kept = figure("지금까지 실행"), figure("그대로 받아들임")
        assert kept is None or ran is None or ran >= kept, use[:60]
    hearing = next(use for use in uses if use.startswith("citizen.hearing"))
    assert "연결된 모델이 없어" in hearing
    running = int(re.search(r"<strong>(\d+)</strong> / (\d+)", page)[1])
    assert running == sum("badge-ok" in use.split("</div>")[0] or "badge-warn" in use.split("</div>")[0] for use in uses)
    # The list of the house names models in Korean.
    listed = town.officer.page("/ai-uses").text
    assert "none configured" not in listed and "설정된 모델 없음" in listed and "sentence templates" not in listed


def test_a_trace_speaks_no_program_names(town):
    talk = Talk(town)
    talk.say("가로등이 고장 났어요")
    talk.say("중앙로 12 앞")
    talk.say("글쎄요")
    page = town.officer.page("/citizen/dialogues").text
    one = re.search(r"/citizen/dialogues/([0-9a-f-]{36})", page)[1]
    shown = town.officer.page(f"/citizen/dialogues/{one}").text
    assert "assent:" not in shown and "citizen.street-light.report" not in shown.split('class="foot"')[0].split("<main")[1]
    assert "가로등 고장 신고" in shown and re.search(r"\d+ %", shown)
