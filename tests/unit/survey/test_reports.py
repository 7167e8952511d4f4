"""Each report says what the survey says, and no name of a foreign project can do harm in it."""

import json as plain_json
import re
from pathlib import Path
from typing import Any

import msgspec
import pytest
from tests.surveys import HOSTILE, made, module, shop, survey_of

from banyan.survey import facts
from banyan.survey.facts import Coupling, Kind, Survey
from banyan.survey.figures import figures
from banyan.survey.reports import explanation, html, json, mermaid, sarif, terminal
from banyan.survey.words import WORDS

PACKAGED = Path(facts.__file__).parent / "banyan.survey.schema.json"


def hostile() -> Survey:
    names = [HOSTILE, 'a"]; click m0 "javascript:alert(1)"', "\x1b[2Jgone\nnext"]
    ties = [
        Coupling(
            kind=Kind.MODEL_ACCESS,
            from_=one,
            to=other,
            file=f"shop/{one}.py",
            line=1,
            source=one,
            target=other,
        )
        for one in names
        for other in names
        if one != other
    ]
    return survey_of([module(name, name) for name in names], ties, name=HOSTILE)


def lines_of(survey: Survey) -> list[str]:
    return [line.plain for line in terminal.lines(survey, figures(survey))]


# --- The terminal


def test_the_terminal_answers_in_at_most_ten_lines() -> None:
    for survey in (shop(), made(120, 3000), made(1, 0), made(2, 0)):
        assert len(lines_of(survey)) <= 10


def test_the_terminal_says_what_was_asked() -> None:
    text = "\n".join(lines_of(shop()))
    assert "5 modules" in text
    assert "3 of 5 modules are in 1 cycle: orders, payments, users" in text
    assert "orders and users: 1 import, 2 foreign keys, 1 cascade, 2 joins, 2 accesses" in text
    assert "an import graph shows 1" in text
    assert "shop/orders/models.py:12  orders.Order.user → users.User" in text
    assert "3 places where following ended; 1 file that could not be read whole" in text
    assert "banyan explain orders users" in text


def test_one_module_has_nothing_to_be_tangled_with() -> None:
    assert "nothing to be tangled with" in "\n".join(lines_of(made(1, 0)))


def test_no_name_moves_the_terminals_cursor() -> None:
    survey = hostile()
    shown = lines_of(survey)
    names = [each.name for each in survey.modules]
    shown += [line.plain for line in explanation.render(survey, names[1], names[2])]
    assert "\x1b" not in "".join(shown)


# --- JSON


def test_json_reads_back_as_the_survey_it_was() -> None:
    for survey in (shop(), made(30, 500), hostile()):
        assert msgspec.json.decode(json.render(survey), type=Survey, strict=True) == survey


def test_the_packaged_schema_is_the_one_that_the_structures_give() -> None:
    assert plain_json.loads(PACKAGED.read_text()) == json.json_schema(), (
        "Refresh it from banyan.survey.reports.json.json_schema()"
    )


SCALARS = {"string": str, "integer": int, "boolean": bool, "null": type(None)}


def fits(value: Any, schema: dict[str, Any], root: dict[str, Any]) -> bool:
    """Whether a value is what a schema of msgspec's says, and has no key that it doesn't name."""
    words = set(schema) - {"$schema", "$defs", "title", "description", "default"}
    if words == {"$ref"}:
        good = fits(value, root["$defs"][schema["$ref"].rpartition("/")[2]], root)
    elif words == {"anyOf"}:
        good = any(fits(value, choice, root) for choice in schema["anyOf"])
    elif words == {"const"}:
        good = value == schema["const"]
    elif words == {"enum"}:
        good = value in schema["enum"]
    elif words == {"type", "properties", "required"}:
        properties = schema["properties"]
        good = (
            isinstance(value, dict)
            and set(schema["required"]) <= set(value) <= set(properties)
            and all(fits(each, properties[name], root) for name, each in value.items())
        )
    elif words == {"type", "items"}:
        good = isinstance(value, list) and all(fits(each, schema["items"], root) for each in value)
    else:
        assert words == {"type"}, words
        good = type(value) is SCALARS[schema["type"]]
    return good


def test_what_is_rendered_is_what_the_schema_says() -> None:
    schema = plain_json.loads(PACKAGED.read_text())
    for survey in (shop(), made(30, 500)):
        assert fits(plain_json.loads(json.render(survey)), schema, schema)


@pytest.mark.parametrize(
    "change",
    [
        {"schema": "banyan.survey/2"},
        {"modules": [{"name": 1, "label": "a", "path": "a"}]},
        {"modules": [{"name": "a"}]},
        {"couplings": [{"kind": "unheard_of"}]},
    ],
)
def test_the_schema_refuses_what_is_not_a_survey(change: dict[str, Any]) -> None:
    schema = plain_json.loads(PACKAGED.read_text())
    assert not fits(plain_json.loads(json.render(shop())) | change, schema, schema)


def test_the_schema_describes_what_has_a_meaning_of_its_own() -> None:
    properties = json.json_schema()["$defs"]["Coupling"]["properties"]
    assert properties["from"]["description"] == "the module that holds on."
    assert all(properties[name].get("description") for name in properties if name != "kind")


# --- SARIF


def sarif_of(survey: Survey) -> dict[str, Any]:
    log: dict[str, Any] = plain_json.loads(sarif.render(survey, figures(survey), "1.0"))
    return log


def test_sarif_has_what_its_specification_requires() -> None:
    log = sarif_of(shop())
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    driver = run["tool"]["driver"]
    assert driver["name"]
    rules = [rule["id"] for rule in driver["rules"]]
    assert len(set(rules)) == len(rules) == len(Kind)
    assert len(run["results"]) == len(figures(shop()).counted)
    for result in run["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
        assert result["message"]["text"]
        assert result["level"] == "note"
        place = result["locations"][0]["physicalLocation"]
        assert re.fullmatch(r"[\w./%-]+", place["artifactLocation"]["uri"])
        assert place["artifactLocation"]["uriBaseId"] in run["originalUriBaseIds"]
        assert place["region"]["startLine"] >= 1
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is True
    told = [each["message"]["text"] for each in invocation["toolExecutionNotifications"]]
    assert "Not listed here: 1 coupling in tests and 1 coupling in migrations." in told
    assert "Not told: a model chosen at run time" in told


def test_sarif_stays_within_the_limits_of_an_upload_and_says_what_is_left_out() -> None:
    survey = made(60, 40_000)
    counted = len(figures(survey).counted)
    assert counted > sarif.MOST_RESULTS
    (run,) = sarif_of(survey)["runs"]
    assert len(run["results"]) == sarif.MOST_RESULTS
    (first, *_) = run["invocations"][0]["toolExecutionNotifications"]
    assert first["message"]["text"].startswith(f"{counted - sarif.MOST_RESULTS:,} couplings")


def test_a_coupling_that_moves_to_another_line_keeps_its_fingerprint() -> None:
    survey = shop()
    moved = msgspec.structs.replace(
        survey,
        couplings=tuple(
            msgspec.structs.replace(each, line=each.line + 100) for each in survey.couplings
        ),
    )
    prints = [
        {
            result["partialFingerprints"]["coupling/v1"]
            for result in sarif_of(one)["runs"][0]["results"]
        }
        for one in (survey, moved)
    ]
    assert prints[0] == prints[1]


# --- Mermaid


def test_a_diagram_has_each_module_and_each_edge() -> None:
    text = mermaid.render(shop(), figures(shop()))
    assert '["orders ↻"]:::cycle' in text
    assert '["catalogue"]' in text
    assert text.count("|") == 2 * 8
    assert "-.->" in text


def test_a_diagram_of_many_keeps_the_heaviest_and_says_so() -> None:
    survey = made(120, 3000)
    text = mermaid.render(survey, figures(survey))
    assert len(text) < mermaid.MOST_TEXT
    assert text.count('"| m') == mermaid.MOST_EDGES
    assert re.search(r"title: \"shop: 120 modules, the 120 heaviest of [\d,]+ edges", text)


def test_no_name_breaks_out_of_a_diagrams_label() -> None:
    text = mermaid.render(hostile(), figures(hostile()))
    body = text.split("---\n", 2)[2]
    assert re.fullmatch(
        r'flowchart TB\n(?:  m\d+\["[^"<>&\n\x1b]*"\](?::::cycle)?\n)+'
        r'(?:  m\d+ (?:-->|-\.->)\|"[^"<>&\n|]*"\| m\d+\n)+'
        r"  classDef cycle stroke-width:3px\n",
        body,
    )


# --- HTML


def test_a_page_asks_for_nothing_from_anywhere() -> None:
    text = html.render(shop(), figures(shop()), "1.0")
    assert "default-src 'none'" in text
    addresses = set(re.findall(r"https?://[^\s\"'<)]+", text))
    # The name of a namespace, which no browser fetches.
    assert addresses == {"http://www.w3.org/2000/svg"}
    assert not re.search(r"<link[^>]+href=\"(?!data:)|src=|@import|url\((?!#)", text)


def test_no_name_is_markup_in_a_page() -> None:
    text = html.render(hostile(), figures(hostile()), "1.0")
    assert "<img" not in text
    assert text.count("</script>") == 2


def test_a_page_holds_the_whole_survey() -> None:
    survey = shop()
    text = html.render(survey, figures(survey), "1.0")
    inside = re.search(r'<script type="application/json" id="survey">(.*?)</script>', text)
    assert inside
    content = plain_json.loads(inside[1])
    assert len(content["couplings"]["kind"]) == len(survey.couplings)
    for each in survey.couplings:
        assert {each.file, each.source, each.target} <= set(content["texts"])
    assert [each["name"] for each in content["modules"]] == [each.name for each in survey.modules]


def test_modules_on_the_map_stand_apart_and_inside() -> None:
    for survey in (shop(), made(1, 0), made(9, 0), made(120, 3000), made(120, 100)):
        text = html.render(survey, figures(survey), "1.0")
        content = plain_json.loads(text.split('id="survey">')[1].split("</script>")[0])
        places = [tuple(each["at"]) for each in content["modules"]]
        for x, y in places:
            assert 60 <= x <= content["width"] - 60
            assert 23 <= y <= content["height"] - 23
            near = [other for other in places if abs(other[0] - x) < 128 and abs(other[1] - y) < 54]
            assert near == [(x, y)]


def test_each_kind_has_its_words() -> None:
    assert set(WORDS) == set(Kind)
