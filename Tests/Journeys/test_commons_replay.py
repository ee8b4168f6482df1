"""A city's budget replayed: the file of a past vote is brought in, both rules stand side by side, and two programs that are not
ours come to the same."""
import os
import random
import secrets
import sys

from conftest import let_in, open_browser
from selenium.webdriver.common.by import By

from house import ROOT, shown, wait_for

sys.path.insert(0, str(ROOT / "Sources/Commons/Data"))
sys.dont_write_bytecode = True
import recount  # noqa: E402

NAMES = ["도서관", "쉼터", "가로등", "놀이터", "무대", "꽃밭", "버스 정류장", "자전거길", "담장 벽화", "돌봄방", "공구 대여소", "작은 숲"]


def city(seed, ballots=400):
    """A city in the format of pabulib.org: two quarters, the larger of which wants other projects than the smaller."""
    draw = random.Random(seed)
    costs = [draw.randrange(20, 200) * 1000 for _ in NAMES]
    lines = ["META", "key;value", "description;A city's past budget", "country;Korea", "unit;Ulsan", "instance;2024",
             f"num_projects;{len(NAMES)}", f"num_votes;{ballots}", f"budget;{sum(costs) // 3}", "vote_type;approval", "rule;greedy",
             "PROJECTS", "project_id;cost;name"]
    lines += [f"{place + 101};{cost};{NAMES[place]}" for place, cost in enumerate(costs)]
    lines += ["VOTES", "voter_id;vote"]
    said = []
    for voter in range(ballots):
        home = range(0, 6) if draw.random() < 0.65 else range(6, 12)
        chosen = {str(101 + place) for place in draw.sample(home, draw.randrange(1, 5))}
        chosen |= {str(101 + draw.randrange(12))} if draw.random() < 0.3 else set()
        said.append(sorted(chosen))
        lines.append(f"{voter};{','.join(said[-1])}")
    return "\n".join(lines) + "\n", said


def by_pabutools(path):
    """What the library pays for: from the most wanted down, and by equal shares with what is left filled so."""
    from pabutools.election import Cost_Sat, parse_pabulib
    from pabutools.rules import greedy_utilitarian_welfare, method_of_equal_shares
    instance, profile = parse_pabulib(str(path))
    greedy = greedy_utilitarian_welfare(instance, profile, sat_class=Cost_Sat)
    shares = method_of_equal_shares(instance, profile, sat_class=Cost_Sat)
    filled = greedy_utilitarian_welfare(instance, profile, sat_class=Cost_Sat, initial_budget_allocation=shares)
    return sorted(p.name for p in greedy), sorted(p.name for p in filled)


def winners(count):
    return sorted(line["option"] for line in count["lines"] if "order" in line)


def test_a_citys_budget_is_replayed_from_its_file_by_both_rules_and_explained(house, tmp_path):
    seed = secrets.randbelow(1 << 32)
    print("seed", seed)
    text, said = city(seed)
    path = tmp_path / "city.pb"
    path.write_text(text)
    greedy, filled = by_pabutools(path)
    officer = house.member("", "zoneOfficer")
    with open_browser(width=390, height=844) as browser:
        let_in(browser, house, officer)
        browser.get(f"{house.url}/commons/votes")
        browser.press("a[href='/do/commons.vote.replay']")
        browser.find_element(By.NAME, "file").send_keys(str(path))
        browser.find_element(By.NAME, "title").send_keys("2024년 시 예산")
        for choice in browser.find_elements(By.CSS_SELECTOR, "[name=method]"):
            if choice.get_attribute("value") == "shares" or choice.tag_name == "select":
                choice.send_keys("똑같이") if choice.tag_name == "select" else browser.execute_script("arguments[0].click()", choice)
        for choice in browser.find_elements(By.CSS_SELECTOR, "[name=filling]"):
            if choice.tag_name == "select":
                browser.execute_script("arguments[0].value = 'greedy'", choice)
            elif choice.get_attribute("value") == "greedy":
                browser.execute_script("arguments[0].click()", choice)
        browser.press("main form button[type=submit]")
        browser.wait_text("지난 투표 다시 세기")
        vote = browser.current_url.split("/")[-1].split("?")[0]
        page = f"{house.url}/commons/votes/{vote}"
        wait_for(lambda: officer.page(f"/commons/votes/{vote}/result").ok, 60, "the count")
        result = officer.page(f"/commons/votes/{vote}/result.json").json()
        # The same winners as the library's, by both rules, and as the small program's that anybody can fetch.
        assert result["rule"]["filling"] == "greedy" and result["result"]["ballots"] == 400
        assert winners(result["result"]["budget"]) == sorted(result["result"]["chosen"]) == filled
        assert winners(result["result"]["beside"]) == greedy
        assert sorted(recount.count_budget(result, result["rule"], said)) == filled
        assert sorted(recount.count_budget(result, result["result"]["beside"]["rule"], said)) == greedy
        # Both side by side, each project with its reason, in words.
        browser.get(f"{page}/result")
        text = shown(browser)
        assert "따라 달라지는 것은 없습니다" in text and "두 규칙을 나란히" in text and "다른 규칙" in text
        assert "씩 내어 값을 치렀습니다" in text or "남은 몫을 모두" in text
        assert all(name in text for name in NAMES)
        rows = browser.find_elements(By.CSS_SELECTOR, "table tbody tr")
        assert len(rows) == len(NAMES)
        assert browser.execute_script("return document.documentElement.scrollWidth") <= 390
        if folder := os.environ.get("SLIPWAY_SCREENSHOTS"):
            browser.save_screenshot(f"{folder}/replay-390.png")
    # The file is handed out as it was sent; nothing was promised by it, and nobody can vote in it.
    assert path.read_bytes() == officer.page(f"/commons/votes/{vote}/ballots.pb").content
    assert officer.call("commons.vote.open", vote=vote).status_code == 409
    assert officer.page("/api/v1/commons/outcomes").json().get("items", []) == []


def test_the_other_way_round_and_with_shares_that_are_raised(house, tmp_path):
    text, said = city(7, ballots=120)
    officer = house.member("", "zoneOfficer")
    hash = officer.attach(text.encode())
    for method, filling in [("greedy", None), ("shares", "add-one"), ("shares", "add-one-greedy"), ("shares", "none")]:
        more = {"filling": filling} if filling else {}
        events = officer.do("commons.vote.replay", file=hash, title="지난 예산", method=method, **more)
        vote = events["commons.vote.set-up"].removeprefix("vote/")
        address = f"/commons/votes/{vote}/result.json"
        wait_for(lambda: officer.page(address).ok, 60, "the count")
        result = officer.page(address).json()
        assert sorted(recount.count_budget(result, result["rule"], said)) == sorted(result["result"]["chosen"]), (method, filling)
