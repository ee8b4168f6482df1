"""The talk page as somebody of 78 uses it: by voice, by keyboard alone, without script, and with what it shows on paper.

Headless Chromium has neither a recogniser nor a voice: DEVICE stands in for these two parts of the browser, and for
nothing else. Every turn goes to the house itself."""
import json
import pathlib
import re

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from conftest import open_browser
from house import House, shown, open_days, wait_for

DEVICE = """
window.spoken = []; window.ears = [];
class Recogniser {
  constructor() { window.ears.push(this); }
  start() { this.on = true; }
  abort() { if (!this.on) return; this.on = false; this.onerror?.({error: 'aborted'}); this.onend?.(); }
  hear(text) { this.onresult({results: [Object.assign([{transcript: text}], {isFinal: true})]}); }
  fail(error) { this.on = false; this.onerror({error}); this.onend(); }
}
window.SpeechRecognition = window.webkitSpeechRecognition = Recogniser;
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
Object.defineProperty(window, 'speechSynthesis', {value: {
  speak(words) { window.spoken.push({text: words.text, rate: words.rate, lang: words.lang}); this.words = words;
    this.timer = setTimeout(() => words.onend(), window.speakingTime ?? 100); },
  cancel() { clearTimeout(this.timer); const words = this.words; this.words = null; words?.onerror?.({}); },
  getVoices() { return []; }}});
"""
AXE = """
const done = arguments[arguments.length - 1];
axe.run(document, {resultTypes: ['violations']}).then(r => done(r.violations.map(
  v => v.id + ': ' + v.nodes.map(n => n.html).slice(0, 2).join(' | '))));
"""
ALWAYS_OPEN = {"days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], "from": "00:00", "to": "24:00", "closed": [], "phone": "120"}


def city(folder, desk):
    """A sample house whose desk is open all day, or never on any of the coming days."""
    shelf = pathlib.Path(folder) / "data/handbook/citizen"
    shelf.mkdir(parents=True)
    (shelf / "desk.json").write_text(json.dumps(desk))
    return House(folder, sample=True).start()


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    house = city(tmp_path_factory.mktemp("town"), ALWAYS_OPEN)
    house.officer = house.member("", "zoneOfficer")
    yield house
    house.leave()


class Talk:
    """Somebody before the talk page, with a microphone."""

    def __init__(self, driver, house, language="ko"):
        self.driver, self.house = driver, house
        driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": DEVICE})
        driver.get(house.url + f"/language/{language}?next=/talk")
        wait_for(lambda: self.mode() == "idle", 20, "the button")

    def js(self, text, *arguments):
        return self.driver.execute_script(text, *arguments)

    def mode(self):
        return self.js("return document.querySelector('[data-talk]')?.dataset.mode")

    def spoken(self):
        return self.js("return window.spoken")

    def text(self, name):
        return self.driver.find_element(By.CSS_SELECTOR, f"[data-{name}]").text

    def tap(self):
        self.driver.find_element(By.CSS_SELECTOR, "[data-talk]").click()

    def begin(self):
        self.tap()
        return self.answered(0)

    def answered(self, before):
        """The captions of the next answer, once it is spoken or listened for again."""
        def said():
            lines = [line["text"] for line in self.spoken()[before:] if "찾아보고" not in line["text"]]
            return lines and self.mode() in ("idle", "listening")

        wait_for(said, 30, "an answer")
        return self.text("said")

    def say(self, words):
        if self.mode() != "listening":
            wait_for(lambda: self.mode() == "idle", 20, "the button")
            self.tap()
        wait_for(lambda: self.mode() == "listening", 20, "that it listens")
        before = len(self.spoken())
        half = words[: max(1, len(words) // 2)]
        self.js("window.ears.at(-1).hear(arguments[0])", half)
        assert self.text("heard-text") == half.strip(), "what is heard is shown while it is heard"
        self.js("window.ears.at(-1).hear(arguments[0])", words)
        assert self.text("heard-text") == words
        return self.answered(before)

    def press(self, words):
        """Presses a button of the page by its words."""
        before = len(self.spoken())
        self.driver.press(f'button[value="{words}"]')
        return self.answered(before)

    def read_back(self):
        return {
            pair.find_element(By.TAG_NAME, "dt").text: pair.find_element(By.TAG_NAME, "dd").text
            for pair in self.driver.find_elements(By.CSS_SELECTOR, "[data-pairs] > div")}

    def asked(self):
        """The last sentence: the question."""
        return self.driver.find_elements(By.CSS_SELECTOR, "[data-said] p")[-1].text

    def answers(self):
        return self.driver.find_elements(By.CSS_SELECTOR, "[data-choices] button")

    def fill(self, **more):
        """Answers questions, by the words they are asked with, until something is read back."""
        known = {**HOME, **more}
        for _ in range(12):
            if self.read_back():
                return self.read_back()
            asked = self.asked()
            value = next((value for word, value in known.items() if word in asked), None)
            assert value or self.answers(), f"no answer to: {asked}"
            self.say(value or self.answers()[0].text)
        raise AssertionError(f"nothing was read back: {self.text('said')}")


(DAY, _), (NEXT, NEXT_READ) = open_days()

# What somebody answers to a question with these words in it, the first that fits.
HOME = {
    "어디": "중앙로 12 앞", "성함": "김영숙", "연락처": "010-1234-5678", "전화번호": "010-1234-5678", "주소": "중앙로 12",
    "등본": "등본", "서류": "등본", "몇 통": "하나", "받으시겠어요": "동 행정복지센터 방문", "어느 날": f"다음 달 {DAY}", "날짜": f"다음 달 {DAY}", "며칠": f"다음 달 {DAY}",
    "언제": f"다음 달 {DAY}", "몇 시": "오후 두 시", "시간": "오후 두 시", "품목": "침대", "몇 개": "하나",
}


@pytest.fixture
def talk(town):
    with open_browser(390, 844) as driver:
        yield Talk(driver, town)


def test_it_speaks_first_and_tells_what_it_is(talk):
    about = talk.driver.find_element(By.CSS_SELECTOR, ".voice-about").text
    assert "인공지능" in about and "회사로 보내" in about and "녹음하지 않습니다" in about
    assert talk.spoken() == [], "nothing is said before somebody touches the page"
    size = talk.driver.find_element(By.CSS_SELECTOR, "[data-talk]").size
    assert size["width"] >= 160 and size["height"] >= 160
    captions = talk.begin()
    assert "사람이 아닌" in captions and captions.replace("\n", " ") == talk.spoken()[-1]["text"]
    assert all(line["lang"] == "ko-KR" and line["rate"] < 1 for line in talk.spoken())
    assert float(talk.js("return getComputedStyle(document.querySelector('[data-said] p')).fontSize").rstrip("px")) >= 24
    wait_for(lambda: talk.mode() == "listening", 10, "that it listens by itself after it spoke")


def test_dialogue_1_a_certificate_and_its_number(talk):
    talk.begin()
    talk.say("등본 하나 뽑아야 되는데")
    back = talk.fill()
    assert len(back) >= 2 and any("등본" in value for value in back.values()), back
    assert [button.text for button in talk.answers()] == ["네", "아니요"]
    assert not talk.driver.find_element(By.CSS_SELECTOR, "[data-receipt]").is_displayed()
    said = talk.say("네")
    number = talk.text("number")
    assert number and number in said, said
    assert "적어 두세요" in talk.driver.find_element(By.CSS_SELECTOR, "[data-receipt]").text
    assert float(talk.js("return getComputedStyle(document.querySelector('[data-number]')).fontSize").rstrip("px")) >= 32
    # The number is the service's own: the desk's list of requests has it.
    assert number in talk.house.officer.page("/citizen/desk/requests").text


def test_dialogue_2_a_hole_in_the_road_confirmed_by_the_large_button(talk):
    talk.begin()
    said = talk.say("집 앞 도로에 구멍 났어")
    assert "어디" in said or talk.read_back(), said
    back = talk.fill()
    assert any("중앙로" in value or "집 앞" in value for value in back.values()), back
    # A television says yes while the page itself is speaking: that is nobody's answer.
    talk.js("window.speakingTime = 4000")
    talk.driver.press('button[value="다시 말해 줘"]')
    wait_for(lambda: talk.mode() == "speaking", 10, "that it speaks")
    talk.js("window.ears.at(-1).hear('네')")
    wait_for(lambda: talk.mode() == "listening", 10, "that it has finished")
    assert not talk.text("number"), "its own yes was taken for an answer"
    talk.js("window.speakingTime = 100")
    before = len(talk.spoken())
    talk.answers()[0].click()
    talk.answered(before)
    assert talk.text("number")


def test_dialogue_5_a_day_corrected_and_speaking_stopped(talk):
    talk.begin()
    talk.say("보건소 예약하고 싶어요")
    talk.fill(받으시겠어요="진료")
    before = talk.read_back()
    talk.say(f"{DAY} 말고 {NEXT}")
    after = talk.read_back()
    changed = {label for label in after if after[label] != before.get(label)}
    assert len(changed) == 1 and NEXT_READ in after[changed.pop()], (before, after)
    # Slower stays slower, and a tap stops the voice and listens.
    rate = talk.spoken()[-1]["rate"]
    talk.press("천천히 말해 줘")
    assert talk.spoken()[-1]["rate"] < rate
    talk.js("window.speakingTime = 60000")
    talk.driver.press('button[value="다시 말해 줘"]')
    wait_for(lambda: talk.mode() == "speaking", 10, "that it speaks")
    talk.tap()
    wait_for(lambda: talk.mode() == "listening", 5, "that it listens at once")


def test_dialogue_8_danger_comes_before_everything(talk):
    talk.begin()
    talk.say("보건소 예약하고 싶어요")
    said = talk.say("가슴이 아파 숨을 못 쉬겠어")
    assert "119" in said
    call = talk.driver.find_element(By.CSS_SELECTOR, "[data-emergency] a[href='tel:119']")
    assert call.is_displayed() and call.size["height"] >= 100
    assert talk.driver.switch_to.active_element == call
    assert not talk.read_back() and "일일구" in talk.spoken()[-1]["text"]


def test_dialogue_9_a_person_takes_over_with_what_was_said(talk):
    officer = talk.house.officer
    talk.begin()
    talk.say("집 앞 도로에 구멍 났어")
    talk.say("기계 말고 사람")
    talk.driver.wait_text("담당자 연결 중, 앞에", "[data-desk-state]")
    queue = officer.page("/citizen/desk").text
    stream = re.findall(r"/citizen/desk/handovers/([0-9a-zA-Z-]+)", queue)
    mine = next(one for one in stream if "기계 말고 사람" in officer.page(f"/citizen/desk/handovers/{one}").text and "sample" not in one)
    officer.do("citizen.handover.take", handover=mine)
    talk.driver.wait_text("담당자가 연결되었습니다", "[data-desk-state]")
    officer.do("citizen.handover.say", handover=mine, text="창구 박서준입니다. 어디인가요?")
    talk.driver.wait_text("창구 박서준입니다", "[data-desk-lines]")
    wait_for(lambda: "창구 박서준입니다" in talk.spoken()[-1]["text"], 10, "that it is read aloud")
    box = talk.driver.find_element(By.CSS_SELECTOR, "[data-text]")
    box.send_keys("시청 앞이에요")
    talk.driver.press(".voice-type button")
    talk.driver.wait_text("시청 앞이에요", "[data-desk-lines]")
    assert "시청 앞이에요" in officer.page(f"/citizen/desk/handovers/{mine}").text
    officer.do("citizen.handover.finish", handover=mine, outcome="solved", failure="none")
    talk.driver.wait_text("끝났습니다", "[data-desk-state]")


def test_a_hole_in_the_road_by_keyboard_alone(town):
    with open_browser(1200, 900) as driver:
        driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {
            "source": "window.webkitSpeechRecognition = window.SpeechRecognition = undefined"})
        driver.get(town.url + "/language/ko?next=/talk")

        def type_(words):
            before = driver.find_element(By.CSS_SELECTOR, "[data-said]").text
            driver.tab_to("the box", lambda e: e.get_attribute("name") == "text").send_keys(words)
            driver.tab_to("the button", lambda e: e.text == "보내기").send_keys(Keys.ENTER)
            wait_for(lambda: driver.find_element(By.CSS_SELECTOR, "[data-said]").text != before, 20, "an answer")

        # Without a recogniser the page says so, and everything else works.
        driver.wait_text("말을 알아들을 수 없습니다", "[data-note]")
        type_("도로에 구멍이 났어요")
        for _ in range(6):
            if driver.find_elements(By.CSS_SELECTOR, "[data-pairs] > div"):
                break
            asked = driver.find_elements(By.CSS_SELECTOR, "[data-said] p")[-1].text
            type_(next((value for word, value in HOME.items() if word in asked), "네"))
        driver.tab_to("yes", lambda e: e.text == "네").send_keys(Keys.ENTER)
        number = wait_for(lambda: driver.find_element(By.CSS_SELECTOR, "[data-number]").text, 20, "the number")
        assert number in town.officer.page("/citizen/desk/requests").text
        live = driver.find_element(By.CSS_SELECTOR, "[data-said]")
        assert live.get_attribute("aria-live") == "polite"


def test_a_certificate_without_script(town):
    with open_browser(390, 844, script=False) as driver:
        driver.get(town.url + "/language/ko?next=/talk")
        assert not driver.find_element(By.CSS_SELECTOR, "[data-talk]").is_displayed()

        def type_(words):
            driver.find_element(By.NAME, "text").send_keys(words)
            driver.find_element(By.CSS_SELECTOR, ".voice-type button").click()
            driver.wait_text(words, "[data-heard-text]")
            return shown(driver, "[data-said]")

        said = type_("도로에 구멍이 났어요")
        for _ in range(6):
            if driver.find_elements(By.CSS_SELECTOR, "[data-pairs] > div"):
                break
            said = type_(next((value for word, value in HOME.items() if word in said.split("\n")[-1]), "네"))
        driver.press(".voice-answer-0")
        assert wait_for(lambda: driver.find_element(By.CSS_SELECTOR, "[data-number]").text, 20, "the number")
        assert "dialogue=" not in driver.current_url and driver.current_url.endswith("/talk")
        driver.press(".voice-person")
        driver.wait_text("담당자 연결 중", "[data-desk-state]")


def test_a_microphone_that_is_refused_or_deaf_is_said_plainly(talk):
    talk.begin()
    wait_for(lambda: talk.mode() == "listening", 10, "that it listens")
    talk.js("window.ears.at(-1).fail('not-allowed')")
    talk.driver.wait_text("마이크를 쓸 수 없습니다", "[data-note]")
    assert talk.driver.switch_to.active_element.get_attribute("name") == "text"
    assert talk.mode() == "idle"


@pytest.mark.parametrize("language,width,theme", [("ko", 390, "light"), ("en", 320, "dark"), ("ko", 1200, "dark"), ("en", 1200, "light")])
def test_nothing_on_the_page_keeps_anybody_out(town, language, width, theme):
    import axe_playwright_python
    axe = next(pathlib.Path(axe_playwright_python.__file__).parent.rglob("axe.min.js")).read_text()
    with open_browser(width, 844) as driver:
        driver.execute_cdp_cmd("Page.setBypassCSP", {"enabled": True})
        driver.get(town.url + "/signin")
        driver.add_cookie({"name": "theme", "value": theme})
        talk = Talk(driver, town, language)
        sentence, danger = {"ko": ("도로에 구멍이 났어요", "사람이 쓰러졌어요"), "en": ("there is a pothole in the road", "somebody collapsed")}[language]

        def clean(where):
            driver.execute_script(axe)
            assert driver.execute_async_script(AXE) == [], where
            wide = driver.execute_script("return document.documentElement.scrollWidth - window.innerWidth")
            assert wide <= 1, f"{where}: {wide} px too wide"
            small = driver.execute_script("""return [...document.querySelectorAll('main button, main a, main summary')]
              .filter(e => e.offsetParent && e.getBoundingClientRect().height < 44).map(e => e.outerHTML.slice(0, 80))""")
            assert small == [], where

        clean("before anything was said")
        talk.begin()
        talk.say(sentence)
        clean("while it asks")
        talk.say(danger)
        clean("in danger")
        # Twice as large, everything still has its place.
        driver.execute_script("document.documentElement.style.fontSize = '200%'")
        wide = driver.execute_script("return document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 1 or width < 390, f"enlarged: {wide} px too wide"
