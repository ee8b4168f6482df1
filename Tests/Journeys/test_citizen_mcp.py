"""Programs at the house over the Model Context Protocol, with the protocol's own client: what they may call, and that
nothing which needs a person's yes is done before that person gave it, nor twice."""
import base64
import json
import os
import re

import anyio
import httpx2
import jsonschema
import pytest
import requests
from mcp import Client, MCPError
from mcp.client.streamable_http import streamable_http_client
from mcp_types import ElicitResult
from selenium.webdriver.common.by import By

from conftest import let_in, open_browser
from house import SHARED, House, wait_for

REVISION = "2026-07-28"
SCHEMA = json.loads((SHARED / "data/citizen/mcp/schema-2026-07-28.json").read_text())
META = {
    "io.modelcontextprotocol/protocolVersion": REVISION,
    "io.modelcontextprotocol/clientCapabilities": {"elicitation": {"form": {}, "url": {}}},
}


def valid(kind, value):
    """Holds a value against the revision's schema."""
    jsonschema.validate(value, {"$ref": f"#/$defs/{kind}", "$defs": SCHEMA["$defs"]})
    return value


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    house = House(tmp_path_factory.mktemp("mcp")).start()
    house.session = house.person()
    house.agent = token(house, "agent", "command")
    house.machine = token(house, "machine", "command-own")
    yield house
    house.leave()


def token(house, name, scope):
    page = house.session.post(house.url + "/tokens", timeout=60, data={
        "name": name, "scope": scope, "days": "30", "csrf": house.session.csrf()})
    return re.search(r"slw_[\w-]+", page.text)[0]


@pytest.fixture
def alarm(house):
    """An acknowledged alarm, ready to be cleared."""
    thing = f"pump{len(house.alarms(view='all'))}"
    assert house.api("POST", "/api/v2/write", data=f"{thing} v=1").status_code == 204
    set_ = house.api("POST", "/api/v1/commands/sensing.limit.set", json={
        "thing": thing, "property": "v", "high": 5, "reason": "sheet", "confirmed": True})
    assert set_.status_code == 201, set_.text
    house.api("POST", "/api/v2/write", data=f"{thing} v=9")
    return wait_for(lambda: next((a for a in house.alarms() if a["thing"] == thing), None), 20, "the alarm")


def cleared(house, alarm):
    """How often the Record says that the alarm was cleared, and by whom."""
    steps = house.api("GET", f"/api/v1/trace/{alarm['correlation']}").json()["steps"]
    return [s["author"] for s in steps if s["type"] == "sensing.alarm.cleared"]


def with_client(house, key, body, answer=None):
    """Runs a body with the protocol's own client; `answer` is what its user says to elicitations."""
    asked = []

    async def elicit(context, params):
        asked.append(params)
        given = answer(params) if answer else ElicitResult(action="cancel")
        return given

    async def run():
        async with httpx2.AsyncClient(headers={"Authorization": f"Bearer {key}", "Accept-Language": "en"}) as http:
            transport = streamable_http_client(house.url + "/mcp", http_client=http)
            async with Client(transport, elicitation_callback=elicit) as client:
                return await body(client)

    return anyio.run(run), asked


def post(house, method, key=None, meta=META, headers=None, status=200, **params):
    """A message as bytes on the line; the whole answer."""
    said = {
        "Content-Type": "application/json", "Accept": "application/json, text/event-stream",
        "MCP-Protocol-Version": REVISION, "Mcp-Method": method, "Accept-Language": "en",
        **({"Mcp-Name": params["name"]} if "name" in params else {}),
        **({"Authorization": f"Bearer {key or house.agent}"} if key != "" else {}), **(headers or {})}
    body = {"jsonrpc": "2.0", "id": 7, "method": method, "params": {"_meta": meta, **params}}
    answer = requests.post(
        house.url + "/mcp", json=body, headers={k: v for k, v in said.items() if v is not None}, timeout=60)
    assert answer.status_code == status, answer.text
    return answer.json()


def clear(house, alarm, reason="seen on site", key=None, **more):
    return post(house, "tools/call", key=key, name="sensing_alarm_clear",
                arguments={"alarm": alarm["id"], "reason": reason}, **more)


def test_a_client_finds_the_house_and_its_tools(house):
    async def body(client):
        tools, cursor = [], None
        while True:
            page = await client.list_tools(cursor=cursor) if cursor else await client.list_tools()
            assert page.cache_scope == "private" and page.ttl_ms > 0
            tools += page.tools
            cursor = page.next_cursor
            if not cursor:
                return client.protocol_version, tools

    (version, tools), _ = with_client(house, house.agent, body)
    assert version == REVISION
    names = [t.name for t in tools]
    assert len(names) == len(set(names)) and all(re.fullmatch(r"[A-Za-z0-9_-]{1,64}", n) for n in names)
    one = next(t for t in tools if t.name == "sensing_alarm_clear")
    assert one.annotations.destructive_hint and not one.annotations.read_only_hint
    assert one.title == "Clear alarm" and one.input_schema["required"] == ["alarm", "reason"]
    # What this caller may not, it does not even see: an opinion is a worker's, without a program between.
    assert "safety_opinion_give" not in names
    valid("DiscoverResult", post(house, "server/discover")["result"])
    valid("ListToolsResult", post(house, "tools/list")["result"])
    korean, more = [], {}
    while True:
        page = post(house, "tools/list", headers={"Accept-Language": "ko"}, **more)["result"]
        korean += page["tools"]
        if not page.get("nextCursor"):
            break
        more = {"cursor": page["nextCursor"]}
    assert next(t for t in korean if t["name"] == "sensing_alarm_clear")["title"] == "경보 해제"


def test_a_tool_without_read_back_is_done_at_once_and_a_refusal_is_the_tools_answer(house, alarm):
    async def body(client):
        done = await client.call_tool("sensing_alarm_acknowledge", {"alarm": alarm["id"]})
        wrong = await client.call_tool("sensing_alarm_acknowledge", {"alarm": alarm["id"], "colour": "red"})
        again = await client.call_tool("sensing_alarm_acknowledge", {"alarm": "no-such"})
        return done, wrong, again

    (done, wrong, again), asked = with_client(house, house.agent, body)
    assert not done.is_error and done.structured_content["state"] == "done" and asked == []
    assert wrong.is_error and wrong.structured_content["faults"][0]["field"] == "colour"
    assert again.is_error and again.structured_content["code"] != "form.invalid"
    assert house.alarms(view="all")[0]["state"] == "acknowledged-active"


def test_a_firms_own_program_confirms_by_elicitation_and_commits_once(house, alarm):
    arguments = {"alarm": alarm["id"], "reason": "seen on site"}

    async def body(client):
        return await client.call_tool("sensing_alarm_clear", arguments)

    declined, asked = with_client(house, house.machine, body, lambda p: ElicitResult(action="decline"))
    assert declined.is_error and declined.structured_content["code"] == "consent.declined"
    assert "seen on site" in asked[0].message and cleared(house, alarm) == []
    unticked, _ = with_client(
        house, house.machine, body, lambda p: ElicitResult(action="accept", content={"confirmed": False}))
    assert unticked.is_error and cleared(house, alarm) == []
    done, asked = with_client(
        house, house.machine, body, lambda p: ElicitResult(action="accept", content={"confirmed": True}))
    assert not done.is_error and done.structured_content["state"] == "done", done
    assert len(asked) == 1 and len(cleared(house, alarm)) == 1
    assert cleared(house, alarm)[0].startswith("machine:")


def test_what_the_client_carries_cannot_be_forged_replayed_or_used_for_something_else(house, alarm):
    first = clear(house, alarm, key=house.machine)["result"]
    valid("InputRequiredResult", first)
    state, yes = first["requestState"], {"confirm": {"action": "accept", "content": {"confirmed": True}}}

    def refused(state, **more):
        error = clear(house, alarm, key=more.pop("key", house.machine), requestState=state, inputResponses=yes,
                      status=400, **more)["error"]
        assert error["code"] == -32602 and cleared(house, alarm) == []

    key, content, code = state.split(".")
    refused(f"{key}.{content}.{'A' * len(code)}")
    refused(f"{key}.{content}.")
    inside = json.loads(base64.urlsafe_b64decode(content + "=="))
    inside["e"] = str(int(inside["e"]) + 10**12)
    forged = base64.urlsafe_b64encode(json.dumps(inside, separators=(",", ":"), sort_keys=True).encode()).decode().rstrip("=")
    refused(f"{key}.{forged}.{code}")
    refused("x" * 5000)
    refused(state, reason="something else was confirmed")
    refused(state, key=token(house, f"thief-{alarm['thing']}", "command-own"))
    # Without an answer the question stays; a yes commits; the same yes again is the same commit.
    assert clear(house, alarm, key=house.machine, requestState=state)["result"]["resultType"] == "input_required"
    done = clear(house, alarm, key=house.machine, requestState=state, inputResponses=yes)["result"]
    again = clear(house, alarm, key=house.machine, requestState=state, inputResponses=yes)["result"]
    valid("CallToolResult", done)
    assert not done["structuredContent"]["repeated"] and again["structuredContent"]["repeated"]
    assert done["structuredContent"]["events"] == again["structuredContent"]["events"]
    assert len(cleared(house, alarm)) == 1


def test_a_persons_program_waits_for_that_persons_own_yes(house, alarm):
    first = clear(house, alarm)["result"]
    valid("InputRequiredResult", first)
    state, request = first["requestState"], first["inputRequests"]["consent"]["params"]
    assert request["mode"] == "url" and request["url"].startswith(house.url + "/citizen/consents/")
    # A model that answers for its user changes nothing, however often it says yes.
    yes = {"consent": {"action": "accept"}, "confirm": {"action": "accept", "content": {"confirmed": True}}}
    for _ in range(3):
        assert clear(house, alarm, requestState=state, inputResponses=yes)["result"]["resultType"] == "input_required"
    assert cleared(house, alarm) == []
    # The address opens nothing to whoever merely has it: not the program, not a stranger.
    assert requests.get(request["url"], timeout=60, allow_redirects=False).status_code == 303
    assert requests.get(request["url"], timeout=60, headers={"Authorization": f"Bearer {house.agent}"}).status_code == 403
    call = requests.post(
        house.url + "/api/v1/commands/citizen.consent.answer", timeout=60,
        headers={"Authorization": f"Bearer {house.agent}"},
        json={"consent": request["url"].rsplit("/", 1)[1], "answer": "yes"})
    assert call.status_code == 403
    stranger = house.member("", "zoneOfficer")
    assert stranger.page(request["url"].removeprefix(house.url)).status_code == 404
    assert stranger.call("citizen.consent.answer", consent=request["url"].rsplit("/", 1)[1], answer="yes").status_code == 404
    with open_browser() as driver:
        let_in(driver, house, house.session)
        driver.get(request["url"])
        driver.wait_text("seen on site")
        driver.wait_text("agent")
        driver.press("button.button-primary")
        wait_for(lambda: driver.current_url.endswith("/citizen/consents"), 20, "the list of requests")
        driver.wait_text("허락함")
    assert cleared(house, alarm) == [], "the yes alone commits nothing; the program must still want it"
    refused = clear(house, alarm, reason="another reason", requestState=state, status=400)
    assert refused["error"]["code"] == -32602
    done = clear(house, alarm, requestState=state)["result"]
    again = clear(house, alarm, requestState=state, inputResponses=yes)["result"]
    assert done["structuredContent"]["events"] == again["structuredContent"]["events"]
    # It is the person's act, once, and its trace begins with the program that asked.
    authors = cleared(house, alarm)
    assert len(authors) == 1 and authors[0].startswith("person:")


def test_a_person_says_no_and_the_program_is_told(house, alarm):
    first = clear(house, alarm)["result"]
    link = first["inputRequests"]["consent"]["params"]["url"]
    with open_browser(390, 844) as driver:
        let_in(driver, house, house.session, "en")
        driver.get(link)
        no = driver.find_element(By.XPATH, "//button[contains(., 'do nothing')]")
        assert no.rect["height"] >= 44
        no.click()
        wait_for(lambda: driver.current_url.endswith("/citizen/consents"), 20, "the list of requests")
        driver.wait_text("refused")
    told = clear(house, alarm, requestState=first["requestState"])["result"]
    assert told["isError"] and told["structuredContent"]["code"] == "consent.declined"
    # And a client whose user declines withdraws it: nobody can say yes to it any more.
    second = clear(house, alarm)["result"]
    assert clear(house, alarm, requestState=second["requestState"],
                 inputResponses={"consent": {"action": "decline"}})["result"]["isError"]
    late = house.session.post(
        house.url + "/api/v1/commands/citizen.consent.answer", timeout=60, headers={"X-CSRF-Token": house.session.csrf()},
        json={"consent": second["inputRequests"]["consent"]["params"]["url"].rsplit("/", 1)[1], "answer": "yes"})
    assert late.status_code == 409 and late.json()["code"] == "consent.answered"
    assert cleared(house, alarm) == []


def test_a_city_service_takes_the_persons_yes_even_of_a_trusted_program(house):
    hole = {"where": "중앙로 12 편의점 앞", "what": "바퀴가 빠질 만큼 깊습니다."}

    def call(**more):
        return post(house, "tools/call", key=house.machine, name="citizen_pothole_report", arguments=hole, **more)["result"]

    first = call()
    state, link = first["requestState"], first["inputRequests"]["consent"]["params"]["url"]
    ticked = {"confirm": {"action": "accept", "content": {"confirmed": True}}, "consent": {"action": "accept"}}
    assert call(requestState=state, inputResponses=ticked)["resultType"] == "input_required"
    with open_browser(390, 844) as driver:
        let_in(driver, house, house.session)
        driver.get(house.url + "/citizen/consents")
        driver.wait_text("중앙로 12")
        overflow = driver.execute_script("return document.documentElement.scrollWidth > window.innerWidth + 1")
        assert not overflow
        driver.get(link)
        driver.wait_text("바퀴가 빠질 만큼")
        keep_picture(driver, "consent-390")
        driver.press("button.button-primary")
        wait_for(lambda: driver.current_url.endswith("/citizen/consents"), 20, "the list of requests")
    done = call(requestState=state)
    assert not done["isError"] and done["structuredContent"]["number"], done
    again = call(requestState=state)
    assert again["structuredContent"]["number"] == done["structuredContent"]["number"] and again["structuredContent"]["repeated"]
    # The number alone tells what became of it, and not what was asked: numbers follow one another.
    async def ask(client):
        return await client.call_tool("lookup_status", {"number": done["structuredContent"]["number"]})

    status, _ = with_client(house, house.agent, ask)
    assert not status.is_error and status.structured_content["state"]
    assert not {"service", "department"} & set(status.structured_content)
    nothing, _ = with_client(house, house.agent, lambda c: c.call_tool("lookup_status", {"number": "1999-0000-0000"}))
    assert nothing.is_error and nothing.structured_content["code"] == "lookup.unknown"


def keep_picture(driver, name):
    """For whoever wants to look: only where a folder is named."""
    folder = os.environ.get("SLIPWAY_PICTURES")
    if folder:
        os.makedirs(folder, exist_ok=True)
        driver.save_screenshot(f"{folder}/{name}.png")


def test_messages_that_are_none_get_the_errors_of_the_revision(house, alarm):
    def code(answer):
        return answer["error"]["code"]

    assert code(post(house, "tools/list", headers={"Mcp-Method": "tools/call"}, status=400)) == -32020
    assert code(post(house, "tools/list", headers={"MCP-Protocol-Version": "2025-06-18"}, status=400)) == -32020
    assert code(post(house, "tools/list", headers={"MCP-Protocol-Version": None}, status=400)) == -32020
    assert code(clear(house, alarm, headers={"Mcp-Name": "safety_work_stop"}, status=400)) == -32020
    old = {**META, "io.modelcontextprotocol/protocolVersion": "2025-06-18"}
    version = post(house, "tools/list", meta=old, headers={"MCP-Protocol-Version": "2025-06-18"}, status=400)
    valid("UnsupportedProtocolVersionError", version)
    assert version["error"]["data"] == {"requested": "2025-06-18", "supported": [REVISION]}
    mute = {**META, "io.modelcontextprotocol/clientCapabilities": {}}
    lacking = clear(house, alarm, meta=mute, status=400)
    valid("MissingRequiredClientCapabilityError", lacking)
    assert code(post(house, "tools/list", meta={}, status=400)) == -32602
    unknown = post(house, "prompts/list", status=404)
    valid("MethodNotFoundError", unknown["error"])
    assert code(post(house, "tools/call", name="no_such_tool", status=400)) == -32602
    assert code(post(house, "tools/list", cursor="nowhere", status=400)) == -32602
    assert code(post(house, "tools/list", headers={"Origin": "https://evil.example"}, status=403)) == -32600
    assert post(house, "server/discover", headers={"Origin": house.url})["result"]["supportedVersions"] == [REVISION]
    raw = {"Content-Type": "application/json", "Authorization": f"Bearer {house.agent}"}
    for body, expected in ((b"{", -32700), (b"[]", -32600), (b'{"jsonrpc":"2.0","id":{},"method":"x"}', -32600)):
        answer = requests.post(house.url + "/mcp", data=body, headers=raw, timeout=60)
        assert answer.status_code == 400 and code(answer.json()) == expected and answer.json()["id"] is None
    assert requests.post(house.url + "/mcp", data=b" " * (300 << 10), headers=raw, timeout=60).status_code == 413
    notification = requests.post(
        house.url + "/mcp", headers={**raw, "Mcp-Method": "notifications/cancelled"}, timeout=60,
        json={"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {}})
    assert notification.status_code == 202 and notification.content == b""
    for method in ("GET", "DELETE"):
        answer = requests.request(method, house.url + "/mcp", headers=raw, timeout=60)
        assert answer.status_code == 405 and answer.headers["Allow"] == "POST"
    for key in ("", "slw_" + "a" * 43):
        body = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {"_meta": META}}
        headers = {"Accept": "application/json", **({"Authorization": f"Bearer {key}"} if key else {})}
        answer = requests.post(house.url + "/mcp", json=body, headers=headers, timeout=60)
        assert answer.status_code == 401 and answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_wrong_token_meets_the_client_as_an_error(house):
    async def body(client):
        return await client.list_tools()

    with pytest.raises(BaseException) as met:
        with_client(house, "slw_" + "b" * 43, body)
    leaves = [met.value]
    while any(isinstance(e, BaseExceptionGroup) for e in leaves):
        leaves = [x for e in leaves for x in (e.exceptions if isinstance(e, BaseExceptionGroup) else [e])]
    assert any(isinstance(e, (MCPError, httpx2.HTTPError)) for e in leaves), leaves
