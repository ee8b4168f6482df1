"""Votes as a city would doubt them: killed in the middle, verified and counted again from outside, and cast by keyboard alone."""
import copy
import json
import os
import pathlib
import secrets
import subprocess
import sys
import time

import requests
from commons_vote import Vote, cast_all, verify_ballots, verify_receipt
from conftest import open_browser
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from house import ROOT, patience, shown

LONG = os.environ.get("SLIPWAY_PROOF")
AXE = """const done = arguments[arguments.length - 1];
axe.run(document, {resultTypes: ['violations']}).then(r => done(r.violations
  .filter(v => ['serious', 'critical'].includes(v.impact))
  .map(v => v.id + ': ' + v.nodes.map(n => n.html).join(' | ').slice(0, 300))));"""


def test_no_ballot_is_lost_or_doubled_when_the_house_dies_and_others_count_the_same(house, tmp_path):
    people = 10_000 if LONG else 120
    seed = secrets.randbelow(1 << 32)
    print("seed", seed)
    vote = Vote(house, people, (900 if LONG else 25) * patience())
    begun = time.monotonic()
    work, receipts = cast_all(vote, seed, kill_after=people // 2)
    print(f"{people} ballots in {time.monotonic() - begun:.1f} s, one kill -9 among them")
    assert len({r["receipt"]["ballot"] for r in receipts}) == people
    assert sum(1 for r in receipts if not r["repeated"]) <= people
    for receipt in receipts:
        verify_receipt(receipt, receipts[0]["public_key"])
    # A code that has voted, one that is none, and a mistyped one change nothing.
    assert vote.send(vote.codes[0], ["1"], "R-AAAA-AAAA-AAAA").status_code == 409
    assert vote.send("ABCD-EFGH-JKMN-PQRS", ["1"], "R-AAAA-AAAA-AAAB").status_code == 422
    result = vote.count()
    assert result["result"]["ballots"] == people and result["closed"]["voted_online"] == people
    published = requests.get(house.url + f"{vote.path}/ballots.json", timeout=60).json()
    said = {entry["opening"]["ballot"]: entry["opening"]["options"] for entry in published["ballots"]}
    assert said == {number: sorted(chosen) for _, chosen, number in work}
    assert verify_ballots(published, result, receipts) == []
    # Whoever changes one, drops one or puts one in is found.
    changed = copy.deepcopy(published)
    changed["ballots"][0]["opening"]["options"] = ["6"]
    assert ("changed", changed["ballots"][0]["opening"]["ballot"]) in verify_ballots(changed, result, receipts)
    dropped = {**published, "ballots": published["ballots"][1:]}
    kinds = {kind for kind, _ in verify_ballots(dropped, result, receipts)}
    assert kinds == {"digest", "receipt"}
    # So does a program of the standard library alone, which checks every ballot.
    for name, value in [("result", result), ("ballots", published)]:
        (tmp_path / f"{name}.json").write_text(json.dumps(value))
    done = subprocess.run(
        [sys.executable, "-I", ROOT / "Sources/Commons/Data/recount.py", tmp_path / "result.json", tmp_path / "ballots.json"],
        capture_output=True, text=True, timeout=600 * patience())
    assert done.returncode == 0 and f"{people} ballots" in done.stdout, done.stdout + done.stderr
    # A library that is not ours comes to the same.
    from pabutools.election import Cost_Sat, parse_pabulib
    from pabutools.rules import greedy_utilitarian_welfare, method_of_equal_shares
    file = tmp_path / "vote.pb"
    file.write_bytes(requests.get(house.url + f"{vote.path}/ballots.pb", timeout=60).content)
    instance, profile = parse_pabulib(str(file))
    assert len(profile) == people
    shares = method_of_equal_shares(instance, profile, sat_class=Cost_Sat)
    filled = greedy_utilitarian_welfare(instance, profile, sat_class=Cost_Sat, initial_budget_allocation=shares)
    assert sorted(p.name for p in filled) == sorted(result["result"]["chosen"])
    page = requests.get(house.url + f"{vote.path}/result", timeout=60).text
    assert "씩 내어 값을 치렀습니다" in page or "남은 몫을 모두" in page
    # The look-up says of each that it was counted unchanged.
    look = requests.get(house.url + f"{vote.path}/receipt", params={"number": work[0][2].lower()}, timeout=60).text
    assert "그대로 세어졌습니다" in look


def test_a_ballot_is_cast_by_keyboard_without_script_in_korean_and_can_be_looked_up(sample):
    officer = sample.member("", "zoneOfficer")
    path = "/commons/votes/sample-robots-2026"
    letters = officer.form(f"{path}/census/codes", **{"as": "csv"}).text.strip().splitlines()
    code = letters[1].rsplit(",", 1)[1]
    with open_browser(width=390, height=844, script=False) as browser:
        browser.get(f"{sample.url}/language/ko?next={path}")
        assert "지키지 못합니다" in shown(browser) and "종단간" in shown(browser)
        browser.press("a[href$='/ballot']")
        selects = browser.find_elements(By.CSS_SELECTOR, "select[name^='c.']")
        assert len(selects) == 3
        selects[1].send_keys("1")
        selects[0].send_keys("2")
        field = browser.find_element(By.NAME, "code")
        field.send_keys("ABCD-EFGH" + Keys.ENTER)
        browser.wait_text("글자 16개인데 8개")
        field = browser.find_element(By.NAME, "code")
        field.clear()
        field.send_keys(code.lower().replace("-", " ") + Keys.ENTER)
        browser.wait_text("이대로 투표할까요", selector="body")
        text = shown(browser)
        assert text.index("오전 7시부터") < text.index("하루 종일")
        browser.find_element(By.CSS_SELECTOR, "button[value=cast]").send_keys(Keys.ENTER)
        browser.wait_text("투표함에 들어갔습니다")
        number = browser.find_element(By.ID, "ballot-number").text
        # Its number is not in the address, and a reload sends nothing again.
        assert browser.current_url.endswith("/cast") and number not in browser.current_url
        browser.refresh()
        browser.wait_text("투표함에 들어갔습니다")
        address = browser.find_element(By.CSS_SELECTOR, "a[href*='receipt.json']").get_attribute("href")
        verify_receipt(requests.get(address, timeout=60).json())
        alone = requests.get(f"{sample.url}{path}/receipt.json", params={"number": number}, timeout=60)
        assert alone.status_code == 403, "a number alone tells no time"
        browser.press("a[href$='/cast/done']")
        browser.get(f"{sample.url}{path}/cast")
        assert browser.current_url.endswith("/receipt"), "the next at the same machine does not see it"
        browser.get(f"{sample.url}{path}/receipt?number={number}")
        browser.wait_text("투표함에 있습니다")
        # The same code a second time.
        browser.get(f"{sample.url}{path}/ballot")
        browser.find_element(By.NAME, "code").send_keys(code + Keys.ENTER)
        browser.wait_text("이미 투표하셨습니다")


def test_the_budget_says_what_is_left_while_it_is_filled_in_and_no_page_fails_axe(house):
    vote = Vote(house, 12, 600 * patience())
    import axe_playwright_python
    axe = next(pathlib.Path(axe_playwright_python.__file__).parent.rglob("axe.min.js")).read_text()
    with open_browser(width=390, height=844) as browser:
        browser.execute_cdp_cmd("Page.setBypassCSP", {"enabled": True})
        for language in ("en", "ko"):
            browser.get(f"{house.url}/language/{language}?next={vote.path}/ballot")
            browser.get(f"{house.url}{vote.path}/ballot")
            browser.execute_script(axe)
            assert browser.execute_async_script(AXE) == []
        # Text at 200 %: nothing of the ballot runs out of the page.
        browser.execute_script("document.documentElement.style.fontSize = '200%'")
        assert browser.execute_script("return document.querySelector('main').scrollWidth") <= 390
        browser.execute_script("document.documentElement.style.fontSize = ''")
        boxes = browser.find_elements(By.CSS_SELECTOR, "input[type=checkbox]")
        boxes[0].send_keys(Keys.SPACE)
        browser.wait_text("남은 예산 400원")
        boxes[3].send_keys(Keys.SPACE)
        browser.wait_text("예산을 100원 넘음")
        browser.find_element(By.NAME, "code").send_keys(vote.codes[0] + Keys.ENTER)
        browser.wait_text("예산을 100원 넘었습니다")
        # Begun anew: behind a refused check a browser asks, as it does behind any form that was sent.
        browser.get(f"{house.url}{vote.path}/ballot")
        browser.find_elements(By.CSS_SELECTOR, "input[type=checkbox]")[0].send_keys(Keys.SPACE)
        browser.find_element(By.NAME, "code").send_keys(vote.codes[0])
        browser.press("button[value=check]")
        browser.wait_text("예산에서 400원이 남습니다")
        browser.execute_script(axe)
        assert browser.execute_async_script(AXE) == []
        browser.press("button[value=cast]")
        browser.wait_text("투표함에 들어갔습니다")
        # Back leads to an empty ballot under another number, not to a question whether to send again.
        cast = browser.find_element(By.ID, "ballot-number").text
        while not browser.current_url.endswith("/ballot"):
            browser.back()
        browser.wait_text("확인하기", selector="body")
        assert not any(box.is_selected() for box in browser.find_elements(By.CSS_SELECTOR, "input[type=checkbox]"))
        assert browser.find_element(By.NAME, "code").get_attribute("value") == ""
        assert browser.find_element(By.NAME, "ballot").get_attribute("value") != cast
        for page in ("", "/rules", "/receipt"):
            browser.get(f"{house.url}{vote.path}{page}")
            browser.execute_script(axe)
            assert browser.execute_async_script(AXE) == [], page


def test_rules_stand_side_by_side_before_one_is_fixed_and_what_was_chosen_is_told_of(sample):
    with open_browser(width=390, height=844) as browser:
        # The first visit has it counted in the background; it is there a moment later.
        for _ in range(100):
            browser.get(f"{sample.url}/language/ko?next=/commons/votes/sample-budget-2027/rules")
            text = shown(browser)
            if "계산하고 있습니다" not in text:
                break
            time.sleep(0.2)
        assert "2026년 부두 마을 주민참여예산" in text and "하나 이상 얻은 사람" in browser.page_source
        assert browser.execute_script("return document.documentElement.scrollWidth") <= 390
        browser.get(f"{sample.url}/commons/votes/sample-budget-2026/result")
        text = shown(browser)
        assert "뽑힌 사업과 이유" in text and "씩" in text and "다른 규칙" in text
        assert browser.execute_script("return document.documentElement.scrollWidth") <= 390
        browser.get(f"{sample.url}/commons/outcomes")
        assert "진행률" in shown(browser)
        browser.get(f"{sample.url}/commons/opinions/sample-robots")
        assert "모두를 잇는 것" in shown(browser) and "나누는 것" in shown(browser)
        assert browser.find_elements(By.CSS_SELECTOR, "svg[role=img] text")
    feed = requests.get(f"{sample.url}/commons/outcomes/feed.atom", timeout=60)
    from xml.etree import ElementTree
    entries = ElementTree.fromstring(feed.content).findall("{http://www.w3.org/2005/Atom}entry")
    assert entries and all(e.find("{http://www.w3.org/2005/Atom}id").text.startswith("urn:uuid:") for e in entries)
