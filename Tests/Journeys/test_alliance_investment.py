"""An officer follows a firm from a lead to its jobs; everybody sees totals, and no name."""
import datetime

import requests
from conftest import let_in, open_browser

from house import shown

KOREA = datetime.timezone(datetime.timedelta(hours=9))


def test_an_officer_follows_a_case_with_obstacles_that_are_tasks_and_schemes_with_sources(sample):
    officer = sample.member("", "zoneOfficer")
    stream = officer.do(
        "alliance.investment.open", name="여정정공", kind="relocation", size="small", headcount=40, sector="금형", jobs=30,
        tasks=[{"task": "hiring"}, {"task": "permit"}])["alliance.investment.opened"]
    case = stream.split("/")[1]
    due = (datetime.datetime.now(KOREA).date() + datetime.timedelta(days=14)).isoformat()
    officer.do("alliance.investment.raise", case=case, what="도로 점용 허가", rule="도로법", decider="구청 도로과", due=due)
    officer.do("alliance.investment.move", case=case, stage="visit", reason="현장을 봄")
    with open_browser(width=390, height=844) as browser:
        let_in(browser, sample, officer, "ko")
        browser.get(f"{sample.url}/alliance/investment/case/{case}")
        browser.wait_text("도로 점용 허가")
        text = shown(browser)
        assert "현장 방문" in text and "구청 도로과" in text and "결정 대기" in text
        national = shown(browser, "#national")
        assert "지방투자촉진보조금" in national and "해당 가능" in national and "클린사업장" not in national
        assert browser.execute_script("return document.documentElement.scrollWidth") <= 390
        browser.get(f"{sample.url}/alliance/investment")
        assert "공장 높이 제한" in shown(browser, "#obstacles") and "기한 지남" in shown(browser, "#obstacles")
        assert "환수 검토" in shown(browser, "#incentives")
        browser.get(f"{sample.url}/")
        assert "기한이 지난 규제 애로" in shown(browser), "what is overdue is a task on the first page"
    assert sample.member("firm-gaon", "executive").page(f"/alliance/investment/case/{case}").status_code == 404


def test_everybody_sees_totals_and_no_name(sample):
    page = requests.get(f"{sample.url}/alliance/investment/figures", timeout=60)
    assert page.status_code == 200
    text = page.text
    assert "15~34세" in text and "숙련" in text and "더하지 않습니다" in text
    assert text.count('<th scope="row">') == 2, "a scheme for which nobody counted has no row"
    assert sample.member("", "zoneOfficer").page("/alliance/grants/programme/none").status_code == 404
    for name in ("한결정밀", "노스필드", "여정정공"):
        assert name not in text
