"""Commons by voice: a citizen of 78 proposes, follows, supports and asks; a ballot is cast by voice where the vote permits it,
and nothing of it is kept but the ballot."""
import csv
import datetime
import io
import re
import sqlite3

import pytest
import requests
from commons_vote import moment, verify_receipt
from conftest import let_in, open_browser
from selenium.webdriver.common.by import By

from house import House, patience, shown, wait_for

OPTIONS = [("그늘 쉼터", "바람이 잘 통하는 지붕"), ("긴 의자", "팔걸이가 있는 의자"), ("물 마시는 곳", "겨울에는 잠급니다")]


def day(distance):
    korea = datetime.timezone(datetime.timedelta(hours=9))
    return (datetime.datetime.now(korea).date() + datetime.timedelta(days=distance)).isoformat()


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    town = House(tmp_path_factory.mktemp("voice")).start()
    town.officer = town.member("", "zoneOfficer")
    opened = town.officer.do(
        "commons.process.open", title="카페 거리 쉼터", question="쉼터를 어디에 둘까요?", kind="rules", voice=True,
        accountless=True, phases=[
            {"phase": "proposals", "begins": day(0), "ends": day(9)}, {"phase": "vote", "begins": day(20), "ends": day(25)}])
    town.civic = opened["commons.process.opened"].split("/")[1]
    yield town
    town.leave()


class Talk:
    """Somebody who speaks with the house, turn by turn, as the page or a telephone's gateway sends it."""

    def __init__(self, town, person=None, channel="voice", language="ko"):
        self.town, self.session, self.channel, self.language = town, person, channel, language
        self.code, self.turn, self.answer, self.heard = None, 0, {}, []

    def say(self, text):
        body = {"text": text, "language": self.language, "channel": self.channel, "turn": self.turn + 1}
        if self.code:
            body["dialogue"] = self.code
        post = self.session.post if self.session else requests.post
        headers = {"X-CSRF-Token": self.session.csrf} if self.session else {}
        answer = post(f"{self.town.url}/api/v1/agent/turns", json=body, headers=headers, timeout=60)
        assert answer.status_code == 200, answer.text
        self.answer = answer.json()
        self.code, self.turn = self.answer["dialogue"], int(self.answer["turn"])
        self.heard.append(self.answer["reply"]["text"])
        if self.answer.get("ended"):
            self.code, self.turn = None, 0
        return self.heard[-1]

    def fill(self, told):
        """Answers each question by what it asks for, until all is read back."""
        for _ in range(8):
            if self.answer["state"] == "confirming":
                return {pair["label"]: pair["value"] for pair in self.answer["read_back"]}
            question = self.answer["reply"]["captions"][-1]
            words = "네" if self.answer["state"] == "clarifying" else next((w for key, w in told if key in question), None)
            assert words, self.answer
            self.say(words)
        raise AssertionError(self.answer)


def test_a_citizen_of_78_proposes_at_the_talk_page_hears_it_back_and_it_stands_on_the_page_of_the_process(town):
    citizen = town.member("", "citizen")
    with open_browser(width=390, height=844, script=False) as browser:
        let_in(browser, town, citizen, "ko")
        browser.get(f"{town.url}/talk")

        def say(text):
            browser.find_element(By.ID, "voice-text").send_keys(text)
            browser.find_element(By.CSS_SELECTOR, "#voice-form .voice-type button").click()
            return shown(browser, ".voice-ask")

        text = say("시민 제안 하고 싶어")
        told = [("어느 참여", "카페 거리 쉼터"), ("제목", "약국 앞에 그늘 쉼터"), ("왜", "약국 앞에서 버스를 기다리는데 여름에 할 수 있는 게 없어요. 그늘 쉼터를 하나 놓자는 제안입니다")]
        for _ in range(6):
            if "이대로" in text:
                break
            words = next((w for key, w in told if key in text), "네")
            text = say(words)
        assert "약국 앞에 그늘 쉼터" in text and "버스를 기다리는데" in text and "이대로" in text, text
        public = requests.get(f"{town.url}/commons/processes/{town.civic}", timeout=60).text
        assert "약국 앞에 그늘 쉼터" not in public, "nothing is done before the yes"
        say("네")
        browser.get(f"{town.url}/commons/processes/{town.civic}")
        browser.wait_text("약국 앞에 그늘 쉼터")
    assert "약국 앞에 그늘 쉼터" in requests.get(f"{town.url}/commons/processes/{town.civic}", timeout=60).text


def test_she_follows_a_proposal_supports_it_and_asks_what_became_of_it_and_of_her_own(town):
    author, citizen = town.member("", "citizen"), town.member("", "citizen")
    author.do("commons.proposal.make", process=town.civic, title="골목 화단에 물 주기", body="당번을 정해 화단에 물을 줍시다.")
    talk = Talk(town, citizen)
    talk.say("골목 화단에 물 주기 제안 소식 받을게")
    assert talk.fill([("어느 제안", "골목 화단에 물 주기")])["제안"] == "골목 화단에 물 주기"
    talk.say("네")
    assert "골목 화단에 물 주기" in citizen.page("/commons/mine").text, talk.answer
    talk.say("골목 화단에 물 주기 제안 지지할게")
    talk.fill([("어느 제안", "골목 화단에 물 주기")])
    talk.say("네")
    said = talk.say("골목 화단에 물 주기 제안 어떻게 됐어")
    assert "지지 1명" in said and "검토 전" in said, said
    said = talk.say("소식 받는 제안 어떻게 됐어")
    assert "골목 화단에 물 주기" in said and "지지 1명" in said, said
    assert "아직 하신 제안이 없습니다" in talk.say("내 제안 어떻게 됐어")
    assert "1개" in Talk(town, author).say("내 제안 어떻게 됐어")
    english = Talk(town, author, language="en")
    assert "골목 화단에 물 주기" in english.say("what became of my proposal")


@pytest.mark.parametrize("language,said,told", [
    ("ko", "지금 참여할 수 있는 게 뭐야", "‘카페 거리 쉼터’ 제안 단계"), ("ko", "열려 있는 참여 과정이 뭐가 있어", "카페 거리 쉼터"),
    ("en", "what can I take part in now", "카페 거리 쉼터"), ("ko", "지금 하는 투표가 있어", "지금 하는 투표가 없습니다"),
    ("en", "is there a vote open", "No vote is open"), ("ko", "누가 투표할 수 있어", "투표가 없습니다"), ("ko", "투표할게", "지금 하는 투표가 없습니다"),
])
def test_whoever_asks_what_there_is_hears_it_at_once(town, language, said, told):
    assert told in Talk(town, language=language).say(said)


class VoiceVote:
    """A vote in a house of its own, with codes."""

    def __init__(self, town, **more):
        self.town, officer = town, town.officer
        begin = 4 * patience()
        self.title = more.pop("title", "쉼터에 놓을 것")
        events = officer.do(
            "commons.vote.set-up", title=self.title, summary="세 가지 가운데 고릅니다.", begins=moment(begin), ends=moment(3600),
            accountless=True, options=[{"name": name, "summary": about} for name, about in OPTIONS],
            **{"method": "approval", "most": 2, **more})
        self.id = events["commons.vote.set-up"].removeprefix("vote/")
        officer.do("commons.vote.fix-rule", vote=self.id, method="most")
        lines = ["식별번호,이름,주소"] + [f"p{n},사람 {n},부두로 {n}" for n in range(12)]
        officer.do("commons.census.import", vote=self.id, list="\n".join(lines))
        answer = officer.form(f"/commons/votes/{self.id}/census/codes", **{"as": "csv"})
        self.codes = [row["code"] for row in csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))]
        officer.do("commons.vote.open", vote=self.id)
        wait_for(lambda: requests.get(town.url + f"/commons/votes/{self.id}/ballot", timeout=60).ok, 30, "the vote's beginning")


NAMES = dict(zip("ABCDEFGHJKMNPQRSTUVWXYZ", (
    "에이 비 씨 디 이 에프 지 에이치 제이 케이 엠 엔 피 큐 알 에스 티 유 브이 더블유 엑스 와이 제트").split()))


def spell(talk, code):
    letters = code.replace("-", "")
    for start in range(0, 16, 4):
        said = talk.say(" ".join(NAMES[letter] for letter in letters[start:start + 4]))
    return said


def kept(town):
    """Every byte that the house keeps, its log with it."""
    found = []
    for file in [*town.data.rglob("*"), *town.folder.glob("output-*")]:
        if file.is_file():
            found.append((file, file.read_bytes()))
    return found


def talks(town):
    """How many conversations and turns the house keeps."""
    with sqlite3.connect(f"file:{town.data / 'record.sqlite'}?mode=ro", uri=True) as base:
        return [base.execute(f"SELECT count(*) FROM citizen_{table}").fetchone()[0] for table in ("dialogues", "dialogue_turns")]


def test_by_voice_the_options_are_read_the_ballot_is_read_back_and_nothing_of_it_is_kept(town):
    vote = VoiceVote(town, voice=True)
    page = requests.get(f"{town.url}/commons/votes/{vote.id}", timeout=60, headers={"Accept-Language": "ko"}).text
    assert "말로 투표하면 옆에 있는 사람이 듣습니다" in page and "/talk" in page
    assert "투표할게" in Talk(town).say("지금 하는 투표가 있어")
    before = talks(town)
    talk = Talk(town, channel="phone")
    said = talk.say("투표할게")
    assert "저장하지 않습니다" in said and "혼자 계실 때" in said and "열여섯 글자" in said and talk.answer["private"], said
    said = spell(talk, vote.codes[0])
    places = [said.index(f"{n}번, {name}") for n, (name, _) in enumerate(OPTIONS, 1)]
    assert places == sorted(places), "in the order of the ballot"
    said = talk.say("삼번하고 일번이요")
    assert "1번 그늘 쉼터, 3번 물 마시는 곳" in said, said
    assert "2개까지" in talk.say("2번")
    said = talk.say("끝")
    assert "모두 2개" in said and "이대로 투표할까요" in said, said
    assert "투표하지 않았습니다" in talk.say("네 그런데 말이야"), "only a yes that is nothing else"
    said = talk.say("네")
    letters = re.findall(r"\b[A-Z]\b", said.split("알려 주지 마세요.")[1])[:13]
    number = f"R-{''.join(letters[1:5])}-{''.join(letters[5:9])}-{''.join(letters[9:13])}"
    assert "투표함에 들어갔습니다" in said and letters[0] == "R", said
    assert talk.say("다시 말해 줘").count(said.split("알려 주지 마세요. ")[1][:20]) >= 1
    assert "마쳤습니다" in talk.say("끝")
    # With the code, the same choices and the number that was heard the receipt is had in writing, too.
    written = requests.post(
        f"{town.url}/api/v1/commons/ballots", timeout=60,
        json={"vote": vote.id, "code": vote.codes[0], "choices": ["1", "3"], "ballot": number})
    assert written.status_code == 200 and written.json()["repeated"], written.text
    said = written.json()["receipt"]
    receipt = requests.get(
        f"{town.url}/commons/votes/{vote.id}/receipt.json", timeout=60, params={"number": number, "event": said["event"]})
    assert receipt.status_code == 200, number
    verify_receipt(receipt.json())
    # The same code on the page: whoever has voted has voted.
    again = requests.post(
        f"{town.url}/api/v1/commons/ballots", json={"vote": vote.id, "code": vote.codes[0], "choices": ["1"]}, timeout=60)
    assert again.status_code == 409, again.text
    # Of what was said nothing is kept: neither the code, as it was said or as it is written, nor the choice, nor the talk.
    plain = vote.codes[0].replace("-", "")
    traces = [plain, vote.codes[0], " ".join(plain[:4]), " ".join(NAMES[c] for c in plain[:4]), "삼번하고", "네 그런데 말이야", talk.heard[-3][:40]]
    for file, data in kept(town):
        for trace in traces:
            assert trace.encode() not in data, (file, trace)
    assert talks(town) == before, "not even that it came to a ballot"


def test_where_the_vote_does_not_permit_it_the_house_says_so_and_how_to_vote(town):
    vote = VoiceVote(town, title="꽃 이름 고르기")
    page = requests.get(f"{town.url}/commons/votes/{vote.id}/rules", timeout=60, headers={"Accept-Language": "ko"}).text
    assert "할 수 없습니다. 화면이나 종이로" in page
    said = Talk(town).say("꽃 이름 고르기 투표할게")
    assert "말로 할 수 없게" in said and "창구" in said, said
    refused = town.officer.call(
        "commons.vote.set-up", title="순위", summary="x", method="ranked", voice=True, accountless=True, begins=moment(60),
        ends=moment(600), options=[{"name": "a"}, {"name": "b"}])
    assert refused.status_code == 422 and "voice" in refused.text


def test_a_program_proposes_only_with_the_yes_of_the_person_whose_program_it_is(town):
    from test_citizen_mcp import post, token
    assert town.session, "the officer who opened the house, whose program it is"
    key = token(town, "helper", "command")
    listed = post(town, "tools/list", key=key)["result"]
    tools, more = listed["tools"], listed.get("nextCursor")
    while more:
        page = post(town, "tools/list", key=key, cursor=more)["result"]
        tools, more = tools + page["tools"], page.get("nextCursor")
    names = {tool["name"] for tool in tools}
    assert {"commons_proposal_make", "commons_processes_running", "commons_votes_open", "commons_proposals_mine"} <= names
    assert "commons_ballot_speak" not in names, "no program casts a ballot by voice"
    running = post(town, "tools/call", key=key, name="commons_processes_running", arguments={})["result"]
    assert "카페 거리 쉼터" in str(running)
    wish = {"process": town.civic, "title": "프로그램이 적은 제안", "body": "사람이 읽고 네라고 해야 올라갑니다."}
    asked = post(town, "tools/call", key=key, name="commons_proposal_make", arguments=wish)["result"]
    assert asked["resultType"] == "input_required", asked
    assert "프로그램이 적은 제안" not in requests.get(f"{town.url}/commons/processes/{town.civic}", timeout=60).text
    link = asked["inputRequests"]["consent"]["params"]["url"]
    with open_browser() as browser:
        let_in(browser, town, town.session, "ko")
        browser.get(town.url + link[link.index("/citizen/consents/"):])
        assert "프로그램이 적은 제안" in shown(browser)
        browser.press("button.button-primary")
        wait_for(lambda: browser.current_url.endswith("/citizen/consents"), 20, "the list of requests")
    done = post(
        town, "tools/call", key=key, name="commons_proposal_make", arguments=wish, requestState=asked["requestState"],
        inputResponses={"consent": {"action": "accept"}})["result"]
    assert done["structuredContent"]["state"] == "done", done
    assert "프로그램이 적은 제안" in requests.get(f"{town.url}/commons/processes/{town.civic}", timeout=60).text
