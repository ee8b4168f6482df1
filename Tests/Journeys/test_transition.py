"""Statistics come in with what is suppressed, a region is read, and what was predicted is scored."""
import html
import os
import pathlib
import re

import pytest
import requests
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
        for words in ("평균 정밀도", "향상도", "비슷한 산업", "당시 닮았던 지역", "지난 예측의 결과", "변이할당", "산업 구성"):
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
    peers = re.search(r'id="peers".*?</section>', page, re.S)[0]
    assert "나군" in peers and "11기계" not in peers, "nobody is alike, or unlike, by what is unknown"
    scatter = re.search(r'id="scatter".*?</section>', page, re.S)
    assert not scatter or "11기계" not in scatter[0], "what is unknown is near to nothing"
    known = re.findall(r"<strong>([^<]+)</strong>", page)
    assert "67 %" in known, "of three cells two are known"
    space = officer.page("/transition/e/journey-jobs/space", params={"region": "가군"}).text
    assert "economy-unknown" in space and ("알 수 없음" in space or "unknown" in space)
    # What is suppressed stays so for whoever has no account; nobody but the zone brings statistics in.
    strangers = requests.get(f"{sample.url}/transition/e/journey-jobs/region", params={"region": "가군"}, timeout=60).text
    open_box = re.search(r'id="treemap".*?</section>', strangers, re.S)[0]
    assert "10조선" in open_box and "11기계" not in open_box
    assert sample.member("firm-gaon", "worker").call("transition.economy.import").status_code in (403, 422)
    # Statistics whose licence keeps them for the district ask for a sign-in, and say so in the list.
    sample.cli(
        "import", "economy", "--name", "closed-jobs", "--measure", "종사자수(명)", "--source", "여정", "--licence", "내부 이용",
        "--published", "2026-01-31", "--suppression", "x로 가림", str(file))
    for page in ("", "/ledger", "/backtest", "/space", "/region?region=가군", "/brief?region=가군", "/brief.pdf?region=가군"):
        answer = requests.get(f"{sample.url}/transition/e/closed-jobs{page}", timeout=60, allow_redirects=False)
        assert answer.status_code == 303 and answer.headers["Location"].startswith("/signin"), page
    assert officer.page("/transition/e/closed-jobs").status_code == 200
    public = requests.get(f"{sample.url}/transition/economies", timeout=60).text
    assert "/transition/e/journey-jobs" in public and "/transition/e/closed-jobs" not in public


def test_whoever_has_no_account_reads_the_scores_and_checks_the_chain(sample):
    with open_browser(width=390, height=844) as browser:
        browser.get(f"{sample.url}/signin")
        browser.add_cookie({"name": "slipway_language", "value": "ko"})
        browser.get(f"{sample.url}/transition")
        browser.press("a[href='/transition/economies']")
        browser.press("a[href='/transition/e/sample-jobs']")
        browser.press("a[href$='/ledger']")
        browser.wait_text("누구나 볼 수 있습니다")
        assert "/signin" not in browser.current_url
        browser.press("a[href$='/backtest']")
        wait_for(lambda: "맞은 예측" in browser.find_element(By.CSS_SELECTOR, "main").text, 90, "the usual test on the past")
        browser.get(f"{sample.url}{ECONOMY}/backtest?by=density&from=2012&to=2015")
        browser.wait_text("아직 아무도 실행하지 않은 검증입니다")
        browser.get(f"{sample.url}{ECONOMY}/region?region=%EB%8B%A4%EC%86%9C%EC%8B%9C")
        browser.wait_text("산업 구성")
        assert not browser.find_elements(By.CSS_SELECTOR, "a[href^='/do/']"), "nothing to change for a stranger"
        browser.get(f"{sample.url}/transition/opportunities/sample-yard-robots")
        browser.wait_text("1. 기회")
        assert not browser.find_elements(By.CSS_SELECTOR, "main a[href^='/do/']")
        links = {link.get_attribute("href") for link in browser.find_elements(By.CSS_SELECTOR, "#chain a")}
        assert len([link for link in links if "/trace/" in link]) >= 3
        for link in sorted(links):
            answer = requests.get(link, timeout=60, allow_redirects=False)
            assert answer.status_code == 200, f"{link}: {answer.status_code}"
        browser.get(f"{sample.url}/transition/cases/odense")
        browser.wait_text("차례")
        banner = browser.find_element(By.CSS_SELECTOR, ".sample").text
        assert "실제" in banner and "모두 가상" not in banner
        for link in browser.find_elements(By.CSS_SELECTOR, "nav details a[href^='#']"):
            anchor = link.get_attribute("href").split("#")[1]
            assert browser.find_elements(By.ID, anchor), anchor


def test_what_would_have_been_said_is_held_against_what_came(sample):
    officer, worker = sample.member("", "zoneOfficer"), sample.member("firm-gaon", "worker")
    page = wait_for(
        lambda: (found := worker.page(f"{ECONOMY}/backtest", params={"from": "2018", "to": "2021"})).status_code == 200
        and 'id="backtest-hits"' in found.text and found, 90, "a past forecast made anew")
    for part in ("backtest-hits", "backtest-misses", "backtest-overlooked", "backtest-record"):
        assert f'id="{part}"' in page.text, part
    rows = re.findall(r'<tr><td class="number"[^>]*>(\d+)</td><th scope="row"><a href="([^"]+)">', page.text)
    places = sorted(int(place) for place, _ in rows if int(place) <= 100)
    assert places and len(places) == len(set(places)), "each place once, a hit or a miss"
    region = html.unescape(rows[0][1])
    assert officer.page(region).status_code == 200, "a row leads to its region"
    with open_browser(width=390, height=844) as browser:
        let_in(browser, sample, officer, "ko")
        browser.get(f"{sample.url}{ECONOMY}")
        browser.press(f"a[href$='/backtest']")
        wait_for(lambda: "맞은 예측" in browser.find_element(By.CSS_SELECTOR, "main").text, 60, "the last possible test")
        text = browser.find_element(By.CSS_SELECTOR, "main").text
        for words in ("평균 정밀도", "향상도", "빗나간 예측", "예측 확률과 실제 결과", "귀무 모형", "나중에 고친 값"):
            assert words in text, words
        browser.find_element(By.CSS_SELECTOR, "#f-from option[value='2012']").click()
        browser.press("main form button[type=submit]")
        browser.wait_text("두 해 이상의 통계가 있어야 합니다")
    later = worker.page(f"{ECONOMY}/backtest", params={"from": "2021", "to": "2018"}).text
    assert "뒤여야" in later or "must come after" in later


AXE = """
const done = arguments[arguments.length - 1];
axe.run(document, {resultTypes: ['violations']}).then(r => done(r.violations
  .filter(v => ['serious', 'critical'].includes(v.impact)).map(v => v.id + ': ' + v.nodes.map(n => n.html).slice(0, 2).join(' | '))));
"""


@pytest.mark.parametrize("language,width", [("ko", 390), ("en", 390), ("ko", 1440), ("en", 1440)])
def test_pages_have_no_serious_accessibility_fault(sample, language, width):
    import axe_playwright_python
    axe = next(pathlib.Path(axe_playwright_python.__file__).parent.rglob("axe.min.js")).read_text()
    officer = sample.member("", "zoneOfficer")
    listed = wait_for(lambda: (found := officer.page(ECONOMY)).status_code == 200 and found.text, 60, "the sample's statistics")
    region = html.unescape(re.search(r'href="(/transition/e/sample-jobs/region[^"]+)"', listed)[1])
    name = re.search(r"region=([^&]+)", region)[1]
    with open_browser(width) as driver:
        driver.execute_cdp_cmd("Page.setBypassCSP", {"enabled": True})
        let_in(driver, sample, officer, language)
        for page in [
                "/transition/economies", "/transition/import", ECONOMY, region, f"{region}&like=proximity",
                f"{ECONOMY}/space", f"{ECONOMY}/space?region={name}", f"{ECONOMY}/ledger", f"{ECONOMY}/backtest",
                f"{ECONOMY}/backtest?by=alike&from=2012&to=2015"]:
            driver.get(sample.url + page)
            assert driver.find_element(By.TAG_NAME, "html").get_attribute("lang") == language, page
            driver.execute_script(axe)
            assert driver.execute_async_script(AXE) == [], page
            overflow = driver.execute_script("return document.documentElement.scrollWidth > window.innerWidth + 1")
            assert not overflow, page
            for picture in driver.find_elements(By.CSS_SELECTOR, "svg.economy-svg"):
                assert picture.get_attribute("role") == "img" and picture.get_attribute("aria-label"), page
                panel = picture.find_element(By.XPATH, "ancestor::*[contains(@class, 'panel')][1]")
                behind = panel.find_elements(By.TAG_NAME, "table") or panel.find_elements(
                    By.XPATH, "following-sibling::section//table")
                assert behind, f"no table behind a picture of {page}"
            shots = os.environ.get("SLIPWAY_SHOTS")
            if shots:
                height = driver.execute_script("return document.documentElement.scrollHeight")
                driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
                    "width": width, "height": min(height, 9000), "deviceScaleFactor": 1, "mobile": False})
                name_of = re.sub(r"[^a-z]+", "-", page.split("/")[-1].split("%")[0])[:40]
                driver.save_screenshot(f"{shots}/{language}-{width}-{name_of}.png")
                driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
