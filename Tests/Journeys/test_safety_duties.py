"""The tenants come in as a list, and one firm's executive closes its half-year: refused by name while a duty lacks evidence."""
import re

from selenium.webdriver.common.by import By

from conftest import let_in, open_browser
from house import Person

LIST = "\ufeff기업 식별자,사업자등록번호,기업명,업종코드,상시근로자 수,이메일\r\n" \
    "yerim,1010000007,예림정밀,C25912,42,\r\n" \
    "hanbit,12,한빛테크,C26,11,\r\n" \
    "dasom,,다솜물류,H52102,23,not-an-address\r\n" \
    "saem,,샘솟는식품,C10,8,\r\n" \
    "yerim,,예림정밀,C25912,42,\r\n"


class Guest(Person):
    """Somebody who came in by a link that was made for their firm."""

    def __init__(self, house, page, name):
        super().__init__(house, re.search(r"/setup/([A-Za-z0-9_-]{20,})", page)[1], name)


def officer(house):
    session = house.person()
    csrf = session.csrf()
    return lambda path, **fields: session.post(
        house.url + path, timeout=60, data={"csrf": csrf, **{k: v for k, v in fields.items() if not isinstance(v, tuple)}},
        files={k: v for k, v in fields.items() if isinstance(v, tuple)} or None)


def test_story_1_a_half_year_with_one_duty_lacking_evidence_does_not_close(house, tmp_path):
    send = officer(house)

    # The list: three of five rows are bad and one is doubtful; each is named, and the good ones come in.
    report = send("/safety/firms/import", file=("firms.csv", LIST.encode()))
    assert report.status_code == 200 and "/safety/firms/imports/" in report.url
    rows = [re.sub(r"<[^>]+>", "|", row) for row in re.findall(r"<tr><td.*?</tr>", report.text, re.S)]
    assert [re.findall(r"\d+", row)[0] for row in rows] == ["2", "3", "4", "6"], rows
    assert "확인 필요" in rows[0] and "10자리" in rows[1] and "이메일" in rows[2] and "2번째 줄" in rows[3]
    errors = send("/safety/firms/import", file=("firms.csv", "기업명".encode("cp949")))
    assert errors.status_code == 422 and "CSV UTF-8" in errors.text
    again = send("/safety/firms/import", file=("firms.csv", LIST.encode()))
    assert "새 기업" in again.text and re.search(r"새 기업</dt><dd><strong>0</strong>", again.text)

    # The firm comes in by its own link, and its executive gives the work to a manager.
    made = send("/safety/firms/invite", which="one", firm="yerim", days="14", format="page").text
    executive = Guest(house, made, "예림 대표")
    manager = Guest(house, executive.form("/people", role="safetyManager").text, "예림 안전관리자")
    worker = Guest(house, executive.form("/people", role="worker").text, "예림 근로자 1")
    assert send("/safety/firms/invite", which="one", firm="yerim", days="14", format="page").url.endswith("/safety/firms")

    manager.do("safety.firm.profile", contracting="no", confined="no", foreign="no", top_builder="no")
    people = manager.page("/api/v1/choices/person").json()
    representative = next(p["value"] for p in people if p["label"].startswith("예림 근로자"))
    manager.do("safety.role.appoint", person=representative, role="workersRepresentative")

    # Evidence for every duty but one.
    board = manager.page("/api/v1/safety/duties").json()
    lacking = [duty["id"] for duty in board["duties"] if duty["state"] == "lacking" and duty["mark"] != "know"]
    assert len(lacking) == 13 and "sapa-d4-8" in lacking
    kinds = {
        "sapa-d4-1": "policy", "sapa-d4-3": "assessment", "sapa-d4-4": "budget", "sapa-d4-5": "evaluation",
        "sapa-d4-6": "appointment", "sapa-d4-7": "minutes", "sapa-d5-1": "gaps", "sapa-d5-3": "training",
        "osh-36": "assessment", "osh-37-2": "walkround", "osh-37-3": "receipts", "osh-29": "training"}
    assert set(kinds) == set(lacking) - {"sapa-d4-8"}
    for duty, kind in kinds.items():
        manager.do("safety.duty.evidence", duty=duty, kind=kind, file=manager.attach(f"evidence of {duty}".encode()))
    for person in (manager, executive, worker):
        person.do("safety.duty.sign")

    refused = executive.call("safety.half-year.close")
    assert refused.status_code == 409
    assert [error["field"] for error in refused.json()["errors"]] == ["sapa-d4-8"]

    with open_browser() as browser:
        let_in(browser, house, executive)
        browser.get(house.url + "/safety/duties")
        browser.wait_text("증거가 없는 의무가 1건 있습니다", "#duties-live")
        assert "비상 대응 매뉴얼과 훈련" in browser.find_element(By.ID, "duty-sapa-d4-8").text

        # Closing says by name what is missing, before it asks for a yes.
        browser.press("a[href^='/do/safety.half-year.close']")
        browser.press("main form button[type=submit]")
        browser.wait_text("비상 대응 매뉴얼과 훈련: 증거가 없습니다", ".error-summary")

        # The drill's report is added here, signed, and the half-year closes.
        report = tmp_path / "drill.txt"
        report.write_text("11월 대피 훈련 결과")
        browser.get(house.url + "/safety/duties")
        browser.press("#duty-sapa-d4-8 a[href^='/do/safety.duty.evidence']")
        browser.wait_text("의무", "main form")
        browser.find_element(By.NAME, "file").send_keys(str(report))
        browser.press("main form button[type=submit]")
        browser.wait_text("서명할 의무가 1건 남았습니다", "#duties-live")
        browser.press("#duty-sapa-d4-8 a[href^='/do/safety.duty.sign']")
        browser.press("main form button[type=submit]")
        browser.press("main form button[type=submit]")
        browser.wait_text("마감할 수 있습니다", "#duties-live")
        browser.press(".headline a[href^='/do/safety.half-year.close']")
        browser.press("main form button[type=submit]")
        browser.press("main form button[type=submit]")
        browser.wait_text("마감한 반기입니다", "#duties-live")

    assert executive.call("safety.half-year.close").status_code == 409
    # The zone sees it too; another firm does not.
    zone = send("/safety/firms/invite", which="one", firm="saem", days="14", format="page").text
    other = Guest(house, zone, "샘솟는식품 대표")
    assert other.page("/safety/duties?firm=yerim").status_code == 404
    assert "예림" not in other.page("/safety/duties").text


def test_a_worker_says_something_without_a_name_and_sees_what_became_of_it(sample):
    session = sample.session
    csrf = session.csrf()

    def invite(role):
        return session.post(
            sample.url + "/people", timeout=60, data={"csrf": csrf, "role": role, "firm": "firm-onyu"}).text

    manager, worker = Guest(sample, invite("safetyManager"), "온유 관리"), Guest(sample, invite("worker"), "온유 근로")
    answer = worker.form("/safety/opinions", topic="hazard", text="3번 문턱에 자꾸 걸려 넘어집니다.", anonymous="on")
    assert answer.status_code == 200 and "3번 문턱" in answer.text and "이름 없음" in answer.text
    opinion = re.search(
        r"3번 문턱.*?safety\.opinion\.decide\?opinion=([0-9a-f-]+)", manager.page("/safety/opinions").text, re.S)[1]
    manager.do("safety.opinion.decide", opinion=opinion, decision="accept", reason="문턱을 없앱니다.", due="2099-12-31")
    manager.do("safety.opinion.finish", opinion=opinion, outcome="경사판을 달았습니다.")
    page = worker.page("/safety/opinions").text
    assert "문턱을 없앱니다." in page and "경사판을 달았습니다." in page and "처리 완료" in page
