"""Risk assessments: a copy needs its own walk-round, protective equipment needs reasons, a worker reads in their language."""
import datetime
import re

from selenium.webdriver.common.by import By

from conftest import let_in, open_browser

KOREA = datetime.timezone(datetime.timedelta(hours=9))


def ahead(**span):
    return (datetime.datetime.now(KOREA) + datetime.timedelta(**span)).isoformat(timespec="seconds")


def opened(stream):
    return stream["safety.assessment.opened"].split("/")[1]


def identity(member):
    """Who somebody is, as the page of the tool-box meeting ticks them."""
    return re.search(r'\.person" value="([^"]+)" checked', member.page("/safety/tbm").text)[1]


def test_a_copy_without_a_walk_round_is_refused_and_the_page_says_why(sample):
    manager, worker = sample.member("firm-nuri", "safetyManager"), sample.member("firm-nuri", "worker")
    source = opened(manager.do(
        "safety.assessment.open", thing="nuri-melting", process="주입", kind="yearly", method="three-step", planned=ahead(days=1)))
    for text in ["용탕이 튀어 화상을 입는다", "젖은 원료에서 폭발이 난다", "래들이 떨어져 사람이 깔린다"]:
        worker.do("safety.assessment.add-hazard", assessment=source, method="three-step", thing="nuri-melting",
                  description=text, accident="heat", level="low", could_kill=False)
    copy = opened(manager.do(
        "safety.assessment.copy", source=source, thing="nuri-plant", process="주입", kind="yearly", planned=ahead(days=1)))

    refused = manager.call("safety.assessment.submit", assessment=copy)
    assert refused.status_code == 409 and "순회점검" in refused.text
    with open_browser(width=390, height=844) as browser:
        let_in(browser, sample, manager)
        browser.get(f"{sample.url}/safety/assessments/{copy}")
        assert "다른 장소의 평가를 옮긴 것으로" in browser.find_element(By.TAG_NAME, "main").text

    people = [{"person": identity(member)} for member in (manager, worker)]
    manager.do("safety.assessment.walk-round", assessment=copy, at=ahead(seconds=-1), way="walk", participants=people, seen="용해로 둘레를 봄")
    refused = manager.call("safety.assessment.submit", assessment=copy)
    assert refused.status_code == 409 and refused.text.count("확인하지 않았습니다") == 3
    page = manager.page(f"/safety/assessments/{copy}").text
    for hazard in set(re.findall(r"confirm-hazard\?hazard=([0-9a-f-]{36})", page)):
        worker.do("safety.assessment.confirm-hazard", hazard=hazard, is_there=True)
    assert "safety.assessment.reported" in manager.do("safety.assessment.submit", assessment=copy)


def test_protective_equipment_alone_for_a_lethal_press_needs_reasons_and_stays_high(sample):
    manager, worker = sample.member("firm-gaon", "safetyManager"), sample.member("firm-gaon", "worker")
    assessment = opened(manager.do(
        "safety.assessment.open", thing="gaon-stamping", process="낡은 프레스", kind="yearly", method="frequency-severity",
        planned=ahead(days=1)))
    manager.do("safety.assessment.add-hazard", assessment=assessment, method="frequency-severity", thing="gaon-stamping",
               description="슬라이드와 금형 사이에 끼여 죽을 수 있다", accident="caught", likelihood=3, severity=4)
    page = manager.page(f"/safety/assessments/{assessment}").text
    hazard = re.search(r"add-control\?hazard=([0-9a-f-]{36})", page)[1]
    people = [{"person": identity(member)} for member in (manager, worker)]
    manager.do("safety.assessment.add-control", hazard=hazard, step="ppe", description="두꺼운 장갑", owner=people[0]["person"],
               due=ahead(days=3), likelihood_steps=1)
    manager.do("safety.assessment.walk-round", assessment=assessment, at=ahead(seconds=-1), way="walk", participants=people, seen="프레스를 봄")
    refused = manager.call("safety.assessment.submit", assessment=assessment)
    assert refused.status_code == 409 and "제거, 대체, 공학적 대책, 관리적 대책" in refused.text

    manager.do("safety.assessment.reject-higher-steps", hazard=hazard, elimination="이 공정 없이는 만들 수 없습니다",
               substitution="대신할 설비를 아직 구하지 못했습니다", engineering="구형이라 방호장치를 달 수 없습니다",
               administrative="혼자 하는 일이라 감시자가 없습니다")
    control = re.search(r"verify-control\?control=([0-9a-f-]{36})", manager.page(f"/safety/assessments/{assessment}").text)[1]
    manager.do("safety.assessment.verify-control", control=control, result="ok", evidence=manager.attach(b"seen by the press"),
               valid_until=ahead(days=30))
    manager.do("safety.assessment.submit", assessment=assessment)
    page = manager.page(f"/safety/assessments/{assessment}").text
    remaining = re.search(r"남은 위험 .*?</svg>([^<]+)<", page, re.S)[1]
    assert remaining == "높음" and "사망할 수 있는 위험은" in page

    # A worker reads it in Vietnamese, on a phone, and the receipt says so.
    manager.do("safety.assessment.share", assessment=assessment, languages=[{"language": "vi"}])
    with open_browser(width=390, height=844) as browser:
        let_in(browser, sample, worker)
        browser.get(f"{sample.url}/safety/assessments")
        browser.find_element(By.PARTIAL_LINK_TEXT, "낡은 프레스").click()
        browser.find_element(By.LINK_TEXT, "Tiếng Việt").click()
        assert browser.execute_script("return document.documentElement.scrollWidth") <= 390
        browser.press("form[data-outbox] button[type=submit]")
        browser.wait_text("위험성평가")
    receipt = manager.page(f"/safety/assessments/{assessment}").text
    assert "베트남어" in receipt and "1 / " in receipt


def test_a_tool_box_meeting_is_held_on_a_phone_and_counts_for_today(sample):
    worker = sample.member("firm-gaon", "worker")
    with open_browser(width=390, height=844) as browser:
        let_in(browser, sample, worker)
        browser.get(f"{sample.url}/safety/tbm?thing=gaon-line-1")
        browser.find_element(By.CSS_SELECTOR, ".tbm-topic").send_keys("오늘은 바닥이 미끄럽다")
        browser.press("input[name=rights_read]")
        browser.press("form[data-outbox] button[type=submit]")
        browser.wait_text("오늘은 바닥이 미끄럽다")
