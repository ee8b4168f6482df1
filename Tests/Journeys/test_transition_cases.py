"""Another city's case is read with its sources, an opening is taken up, and its chain is there for anybody to read."""
import datetime
import html
import re
import unicodedata

import requests
from conftest import let_in, open_browser
from house import wait_for
from selenium.webdriver.common.by import By

ECONOMY = "/transition/e/sample-jobs"


def paper(pdf):
    """The texts of a PDF of ours, one after the other."""
    pages = re.findall(rb"stream\n(.*?)\nendstream", pdf, re.S)
    return "".join(bytes.fromhex(text.decode()).decode("utf-16-be") for page in pages for text in re.findall(rb"<([0-9A-F]*)> Tj", page))


def folded(text):
    """As the paper writes letters that Korean fonts lack."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not 0x300 <= ord(c) <= 0x36F)
    return unicodedata.normalize("NFC", re.sub("[\u2010-\u2015\u2212]", "-", bare)).replace("€", "EUR ")


def test_every_claim_of_a_case_opens_a_source_and_a_story_is_said_to_be_one(sample):
    with open_browser(width=390, height=844) as browser:
        # Nobody is signed in: cases are public.
        browser.get(f"{sample.url}/signin")
        browser.add_cookie({"name": "slipway_language", "value": "ko"})
        browser.get(f"{sample.url}/transition/cases")
        browser.wait_text("도시 전환 사례")
        rows = browser.find_elements(By.CSS_SELECTOR, "#cases tbody tr")
        assert len(rows) >= 11
        assert sum("도시의 이야기" in row.text for row in rows) >= 9, "a story is flagged in words"
        assert browser.execute_script("return document.documentElement.scrollWidth") <= 390
        browser.get(f"{sample.url}/transition/cases?level=3")
        assert [row.text.split("\n")[0] for row in browser.find_elements(By.CSS_SELECTOR, "#cases tbody tr .head")] == ["선전"]
        browser.get(f"{sample.url}/transition/cases?trigger=closure&mechanism=university")
        browser.press("#cases tbody .head a")
        browser.wait_text("오덴세")
        text = browser.find_element(By.CSS_SELECTOR, "main").text
        assert "스스로 밝힌 이야기" in text and "1단계" in text
        outcomes = browser.find_elements(By.CSS_SELECTOR, "#outcomes tbody tr")
        assert len(outcomes) >= 3
        for row in outcomes:
            assert row.find_elements(By.CSS_SELECTOR, "a[href^=http]"), row.text
        for section in ("context", "mechanism", "limits"):
            claims = browser.find_elements(By.CSS_SELECTOR, f"#{section} .soft")
            assert claims and all("출처" in claim.text for claim in claims), section
        assert "공개되지 않은 자료" in browser.find_element(By.CSS_SELECTOR, "#trigger").text, "a note is said to be one"
        assert browser.find_elements(By.CSS_SELECTOR, "#conditions .rows li .badge"), "each condition has its state"
        assert "초롱시" in browser.find_element(By.CSS_SELECTOR, "#conditions").text
        browser.get(f"{sample.url}/transition/hubs")
        hubs = browser.find_elements(By.CSS_SELECTOR, "#hubs tbody tr")
        assert len(hubs) == 9 and "2020-09-07" in hubs[0].text
        assert all("알 수 없음" in hub.text for hub in hubs), "what is unknown is said to be"


def test_an_officer_answers_a_condition_and_corrects_a_claim_and_both_stand(sample):
    officer = sample.member("", "zoneOfficer")
    before = officer.page("/transition/cases/malmo").text
    assert "답변 없음" in before
    officer.do("transition.condition.answer", case="malmo", condition="land", held=True, reason="제2부두를 구역이 관리합니다")
    officer.do(
        "transition.case.correct", case="malmo", claim="outcomes.3", words_ko="인구 344,000명", words_en="344,000 people",
        title="Statistik", publisher="Malmö stad", url="https://malmo.se/statistik", reason="최근 통계")
    page = requests.get(f"{sample.url}/transition/cases/malmo", timeout=60).text
    assert "제2부두를 구역이 관리합니다" in page and "담당자 답변" in page
    assert "인구 344,000명" in page and "300,000" in page and "https://malmo.se/statistik" in page
    refused = officer.call("transition.case.correct", case="malmo", claim="outcomes.77", words_ko="가", words_en="a", title="t",
                           publisher="p", url="https://x.org", reason="r")
    assert refused.status_code == 422
    assert sample.member("firm-gaon", "worker").call("transition.condition.answer", case="malmo").status_code == 403


def the_rest_of_the_chain(sample, officer, name, address):
    """A group is formed for the opportunity, its milestone is reached and measured, and the chain shows all of it."""
    chair = sample.member("firm-gaon", "executive")
    people = officer.page("/api/v1/choices/person", params={"q": chair.name}).json()
    person = next(choice["value"] for choice in people if chair.name in choice["label"])
    group = officer.do(
        "alliance.group.form", title="사슬 분과", title_en="Chain group", field="robots", purpose="기회를 이룬다", opportunity=name,
        sector="industry", organisation="가온선박프레스", person=person)["alliance.group.formed"].split("/")[1]
    members = chair.page("/api/v1/alliance/groups/choices/member").json()
    member = next(choice["value"] for choice in members if chair.name in choice["label"])
    due = (datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=9))).date() + datetime.timedelta(days=9)).isoformat()
    milestone = chair.do(
        "alliance.milestone.set", group=group, title="사슬 시제품", title_en="Chain prototype", layer="product", owner=member,
        due=due)["alliance.milestone.set"].split("/")[1]
    page = requests.get(address, timeout=60).text
    assert "사슬 분과" in page and f"/alliance/groups/{group}" in page and "사슬 시제품" in page and due in page
    chair.do("alliance.milestone.reach", milestone=milestone, evidence="시험 성적서 12호")
    chair.do(
        "alliance.outcome.measure", milestone=milestone, metric="새 일자리", metric_en="New jobs", unit="명", before=3, value=11, level="1",
        source="분과 회의록 2호")
    with open_browser(width=390, height=844) as browser:
        browser.get(f"{sample.url}/signin")
        browser.add_cookie({"name": "slipway_language", "value": "ko"})
        browser.get(address)
        browser.wait_text("새 일자리")
        links = [browser.find_element(By.ID, f"link-{each}").text for each in ("opportunity", "cases", "groups", "milestones", "outcomes")]
        assert "다솜시" in links[0] and "피츠버그" in links[1] and "사슬 분과" in links[2]
        assert "사슬 시제품" in links[3] and "달성" in links[3] and due in links[3]
        assert "3 명" in links[4] and "11 명" in links[4] and "분과 회의록 2호" in links[4]
        assert browser.find_elements(By.CSS_SELECTOR, "#link-milestones table tbody tr"), "each change, and who"
        assert browser.execute_script("return document.documentElement.scrollWidth") <= 390
        assert browser.find_elements(By.CSS_SELECTOR, "#chain a[href^='/trace/']"), "every link leads to the Record"


def test_an_opening_is_taken_up_rests_on_a_case_and_is_briefed_on_paper(sample):
    officer = sample.member("", "zoneOfficer")
    # The sample's last year comes in after the first forecast: what is taken up rests on the one that follows.
    wait_for(
        lambda: "채점함" in (page := officer.page(f"{ECONOMY}/ledger").text) and "결과 대기" in page, 90,
        "a forecast that is scored, and the next")
    wait_for(lambda: "/do/transition.opportunity.open" in officer.page(f"{ECONOMY}/region", params={"region": "다솜시"}).text,
             90, "openings of the newest statistics")
    with open_browser() as browser:
        let_in(browser, sample, officer, "ko")
        browser.get(f"{sample.url}{ECONOMY}/region?region=%EB%8B%A4%EC%86%9C%EC%8B%9C")
        browser.wait_text("새 산업의 가능성")
        odds = browser.find_element(By.CSS_SELECTOR, "#openings tbody td[data-label='확률'], #openings tbody td.number strong").text
        browser.press("#openings tbody a[href^='/do/transition.opportunity.open']")
        browser.wait_text("기회로 채택")
        browser.find_element(By.NAME, "why").send_keys("지역의 부품 기업이 바라는 산업입니다.")
        browser.press("form button[type=submit].button-primary")
        browser.wait_text("다솜시")
        browser.press("form button[type=submit].button-primary")
        browser.wait_text("1. 기회")
        address = browser.current_url
        text = browser.find_element(By.CSS_SELECTOR, "main").text
        assert "기록에 있는 예측에 근거" in text and odds in text
    name = address.rsplit("/", 1)[1]
    officer.do("transition.opportunity.link-case", opportunity=name, case="pittsburgh", carries="대학 연구소에서 기업이 나오게 하는 길")
    # A citizen who is not signed in reads the chain, and is offered nothing to change it.
    public = requests.get(address, timeout=60).text
    assert "피츠버그" in public and "대학 연구소에서 기업이 나오게" in public and "/do/transition" not in public
    assert public.count("아직 없습니다.") == 3, "group, milestone and outcome are yet to come"
    assert name in requests.get(f"{sample.url}/transition/opportunities", timeout=60).text
    the_rest_of_the_chain(sample, officer, name, address)
    page = officer.page(f"{ECONOMY}/brief", params={"region": "다솜시"})
    assert page.status_code == 200
    for words in ("지역 산업 현황", "닮은 지역", "새 산업의 가능성", "채택한 기회", "피츠버그", "적용 조건", "이정표", "출처 목록"):
        assert words in page.text, words
    pdf = officer.page(f"{ECONOMY}/brief.pdf", params={"region": "다솜시"})
    assert pdf.headers["Content-Type"].startswith("application/pdf") and pdf.content.startswith(b"%PDF-1.4")
    said = paper(pdf.content)
    sources = re.findall(r'<p id="source-\d+">\[\d+\] (.*?)(?:<br><a href="([^"]*)"|</p>)', page.text)
    assert len(sources) >= 6
    for text, url in sources:
        assert folded(html.unescape(text)) in said, text
        assert folded(html.unescape(url)) in said, url
    assert "피츠버그" in said and "같은 확률대의 과거 적중률" in said, "the case, and the past of such odds"
    closed = officer.do("transition.opportunity.close", opportunity=name, how="dropped", reason="여정이 끝났습니다")
    assert "transition.opportunity.closed" in closed
    assert "여정이 끝났습니다" in requests.get(address, timeout=60).text
