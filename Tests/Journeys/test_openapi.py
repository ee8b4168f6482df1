"""The house's calls as OpenAPI 3.1: valid, whole, and true of what the house answers."""
import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, given, seed, settings
from openapi_spec_validator import OpenAPIV31SpecValidator

from house import House

LARGEST = 1 << 20
COMMANDS = "/api/v1/commands/"


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    house = House(tmp_path_factory.mktemp("openapi")).start()
    yield house
    house.leave()


def document(house, language):
    answer = requests.get(house.url + f"/api/v1/openapi.json?lang={language}", timeout=60)
    assert answer.status_code == 200 and answer.headers["Content-Type"] == "application/json"
    assert len(answer.content) <= LARGEST
    return answer.json()


def test_the_document_is_valid_and_names_every_command(house):
    korean, english = document(house, "ko"), document(house, "en")
    for spec in (korean, english):
        assert spec["openapi"].startswith("3.1.")
        OpenAPIV31SpecValidator(spec).validate()
    listed = {c["name"]: c["title"] for c in requests.get(house.url + "/api/v1/commands", timeout=60).json()["commands"]}
    assert len(listed) > 50
    described = {p.removeprefix(COMMANDS) for p, ways in english["paths"].items() if p.startswith(COMMANDS) and "post" in ways}
    assert described == set(listed)
    for name, title in listed.items():
        operation = korean["paths"][COMMANDS + name]["post"]
        assert operation["summary"] == title and operation["x-confirmation"] in ("none", "read-back", "second-person")
        asks = "confirmed" in operation["requestBody"]["content"]["application/json"]["schema"]["properties"]
        assert asks == (operation["x-confirmation"] == "read-back")
    assert korean["paths"] != english["paths"], "each language has its own words"
    # The fixed calls are there by their routes, with who may use them.
    assert {"token": ["readings:write"]} in english["paths"]["/api/v2/write"]["post"]["security"]


def test_what_the_house_answers_is_what_the_document_says(house):
    schema = schemathesis.openapi.from_dict(document(house, "en"))
    asked = []
    for name in ("safety.hazard.report", "safety.opinion.give", "district.ai.switch"):
        operation = schema[COMMANDS + name]["POST"]

        @seed(20261121)
        @settings(max_examples=12, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy())
        def drive(case):
            answer = case.call(base_url=house.url, headers={"Authorization": f"Bearer {house.console['token']}"})
            asked.append(answer.status_code)
            assert answer.status_code < 500, answer.text
            case.validate_response(answer, checks=[
                schemathesis.checks.not_a_server_error, schemathesis.specs.openapi.checks.status_code_conformance,
                schemathesis.specs.openapi.checks.content_type_conformance,
                schemathesis.specs.openapi.checks.response_schema_conformance])

        drive()
    assert len(asked) >= 30 and {403, 422} <= set(asked), "refused for its rights, and for its values"


def test_a_call_without_a_name_says_how_to_give_one(house):
    answer = requests.post(house.url + COMMANDS + "district.ai.switch", json={}, timeout=60)
    assert answer.status_code == 401 and answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert answer.json()["code"] == "access.signInRequired"
