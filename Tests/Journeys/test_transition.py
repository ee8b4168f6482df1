"""Statistics come in with what is suppressed, a region is read, and what was predicted is scored."""
import re

from conftest import let_in, open_browser
from house import wait_for
from selenium.webdriver.common.by import By

ECONOMY = "/transition/e/sample-jobs"


def test_a_region_has_peers_with_reasons_openings_with_odds_and_a_past_that_is_scored(sample):
    officer = sample.member("", "zoneOfficer")
    page = wait_for(
        lambda: (found := officer.page(f"{ECONOMY}/ledger")).status_code == 200
        and "채점함" in found.text and "결과 대기" in found.text and found, 90, "a forecast that is scored, and the next")
    assert re.search(r"Brier|브라이어", page.text)
    with open_browser(width=390, height=844) as browser:
        let_in(browser, sample, officer, "ko")
        browser.get(f"{sample.url}{ECONOMY}")
        browser.wait_text("산업 복잡도")
        browser.press("#regions tbody a")
        browser.wait_text("새 산업의 가능성")
        text = browser.find_element(By.CSS_SELECTOR, "main").text
        assert "합성 자료" in text
        openings = browser.find_elements(By.CSS_SELECTOR, "#openings .table-stack")[0]
        rows = openings.find_elements(By.CSS_SELECTOR, "tbody tr")
        assert 1 <= len(rows) <= 10 and all("%" in row.text for row in rows)
        assert "n = " in openings.text, "how often such odds came true"
        for words in ("평균 정밀도", "향상도", "닮게 하는 산업", "그때 닮았던 지역", "지난번 예측은 어떻게", "변이할당", "무엇으로 사는 지역인가"):
            assert words in text, words
        assert browser.find_elements(By.CSS_SELECTOR, "#openings td[data-label='P@10']"), "precision at k"
        assert len(browser.find_elements(By.CSS_SELECTOR, "#peers .rows > li")) == 8
        for picture in ("shift", "scatter", "treemap", "path"):
            assert browser.find_elements(By.CSS_SELECTOR, f"#{picture} svg[role=img]"), picture
            assert browser.find_elements(By.CSS_SELECTOR, f"#{picture} table tbody tr"), f"no table behind {picture}"
        assert browser.execute_script("return document.documentElement.scrollWidth") <= 390


def test_statistics_come_in_and_what_is_suppressed_is_never_zero(sample, tmp_path):
    cells = [f"{region},{industry},{value},2020" for region, industry, value in [
        ("가군", "10조선", "120"), ("가군", "11기계", "x"), ("가군", "12식품", "30"), ("나군", "10조선", "40"),
        ("나군", "11기계", "많음"), ("나군", "12식품", "70"), ("다군", "11기계", "55"), ("다군", "10조선", "5"),
        ("전국", "10조선", "165"),
    ]]
    file = tmp_path / "kosis.csv"
    file.write_bytes("\n".join(["행정구역별,산업별,종사자수,시점", *cells]).encode("cp949"))
    said = sample.cli(
        "import", "economy", "--name", "journey-jobs", "--measure", "종사자수(명)", "--source", "여정", "--licence", "공공누리 제1유형",
        "--published", "2026-01-31", "--suppression", "x로 가림", str(file)).stdout
    assert "6행 value" in said and "[number]" in said, said
    officer = sample.member("", "zoneOfficer")
    listed = officer.page("/transition/economies").text
    assert "x로 가림" in listed and "공공누리 제1유형" in listed
    page = officer.page("/transition/e/journey-jobs/region", params={"region": "가군"}).text
    box = re.search(r'id="treemap".*?</section>', page, re.S)[0]
    assert "10조선" in box and "12식품" in box and "11기계" not in box, "what is suppressed is no share of nothing"
    space = officer.page("/transition/e/journey-jobs/space", params={"region": "가군"}).text
    assert "economy-unknown" in space and ("알 수 없음" in space or "unknown" in space)
    # A stranger sees none of it, and nobody but the zone brings statistics in.
    assert sample.member("firm-gaon", "worker").call("transition.economy.import").status_code in (403, 422)
