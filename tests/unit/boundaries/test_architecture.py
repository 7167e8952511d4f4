"""The documentation of an architecture: what it says, that it stays the same, that it is safe."""

import re
from pathlib import Path, PurePosixPath

import pytest
from markdown_it import MarkdownIt
from msgspec.structs import replace
from tests.advices import shop_advice
from tests.surveys import HOSTILE, made, module, shop, survey_of

from banyan.boundaries.architecture import describe
from banyan.boundaries.architecture.adapters.folder import Difference, differences, write
from banyan.boundaries.architecture.markdown import code, text
from banyan.boundaries.architecture.mermaid import MOST_TIES
from banyan.boundaries.architecture.naming import WRITTEN, file_names, identifiers
from banyan.boundaries.architecture.structurizr import MOST_DRAWN, quoted
from banyan.errors import ConfigurationError
from banyan.modules import Module, Project, Route, Service, Topology
from banyan.survey.facts import Coupling, Kind, Offer, Survey

SERVICES = Topology(
    "services",
    {
        "trade": Service("trade", ("orders", "payments")),
        "people": Service("people", ("users",)),
        "stock": Service("stock", url="https://stock.example"),
    },
)
PROJECT = Project(
    "plants",
    modules={
        "orders": Module("orders", ("orders",), calls=("users",), public=("orders.prices",)),
        "payments": Module("payments", ("payments",)),
        "users": Module("users", ("users",)),
    },
    topologies={
        "monolith": Topology("monolith", {"web": Service("web", ("orders", "payments", "users"))}),
        "services": SERVICES,
    },
    routes={"/api/orders": Route("/api/orders", "orders")},
)


def with_contract() -> Survey:
    """The shop, whose orders offer a contract that payments uses."""
    survey = shop()
    offered = (
        Offer(kind="command", name="Orders.place"),
        Offer(kind="event", name="OrderPlaced"),
    )
    modules = tuple(
        replace(one, offers=offered) if one.name == "orders" else one for one in survey.modules
    )
    heard = Coupling(
        kind=Kind.IMPORT,
        from_="payments",
        to="orders",
        file="shop/payments/handlers.py",
        line=3,
        source="payments.handlers",
        target="orders.contract.OrderPlaced",
        face="public",
    )
    return replace(survey, modules=modules, couplings=(*survey.couplings, heard))


# --- What is said


def test_a_module_has_its_page() -> None:
    page = describe(with_contract(), PROJECT)["modules/orders.md"]
    for said in (
        "# orders",
        "| **Models** | `Order`, `Line` |",
        "| **Lives in** | trade |",
        "| **In a cycle with** | [payments](payments.md), [users](users.md) |",
        "| command | `Orders.place` |   |",
        "| event | `OrderPlaced` | [payments](payments.md) |",
        "- `orders.prices`",
        "By `banyan.toml` it may call users.",
        "| [users](users.md) | 1 import, 2 foreign keys, 1 cascade, 2 joins, 1 access |",
        "`users.User` (5), `users.Address` |",
    ):
        assert said in page, said


def test_what_was_not_seen_is_said() -> None:
    pages = describe(shop())
    assert "No contract and no event of Banyan's was seen" in pages["modules/orders.md"]
    assert "1 HTTP call to hosts outside of the project" in pages["modules/shipping.md"]
    assert "Nobody." in pages["modules/shipping.md"]


def test_the_first_page_has_services_modules_and_the_matrix() -> None:
    page = describe(with_contract(), PROJECT)["index.md"]
    for said in (
        "# The architecture of plants",
        "in the topology `services` of `banyan.toml`",
        "| trade | [orders](modules/orders.md), [payments](modules/payments.md) | `/api/orders` |",
        "| stock | implemented elsewhere: https://stock.example |   |",
        "| not in the topology | [catalogue](modules/catalogue.md), ",
        "| [orders](modules/orders.md) | 2 | 2 | 3 | 4 | ↻ |",
        "| [shipping](modules/shipping.md) | · | 3 |",
    ):
        assert said in page, said
    assert "| [orders](modules/orders.md) | " in page.partition("Who holds on")[2]


def test_rung_and_verdict_are_there_when_there_is_an_advice() -> None:
    advice = shop_advice()
    without = describe(shop())
    pages = describe(shop(), advice=advice)
    assert "| 2 contracted | cut its data next |" in pages["index.md"]
    assert "| **Verdict** | cut its data next: What speaks" in pages["modules/payments.md"]
    assert "Verdict" not in without["modules/payments.md"]
    assert "verdict" not in without["index.md"]


def test_of_many_modules_the_heaviest_are_drawn_and_the_rest_is_counted() -> None:
    pages = describe(made(120, 6000))
    page = pages["index.md"]
    arrows = re.findall(r"^  \w+ (?:-->|-\.->)", page, re.MULTILINE)
    assert len(arrows) == MOST_TIES
    total = re.search(r"The 40 heaviest of ([\d,]+) relationships; ([\d,]+) are left out", page)
    assert total
    whole, left = (int(figure.replace(",", "")) for figure in total.groups())
    assert whole == left + MOST_TIES > 1_000
    assert "| holds on to → |" not in page, "a matrix of 120 columns can't be read"
    assert "| module | holds on to, the most first |" in page
    assert len(pages) == 122


def test_each_link_leads_to_a_page() -> None:
    pages = describe(made(60, 900))
    for name, page in pages.items():
        for address in re.findall(r"\]\(([^)]+)\)", page):
            there = PurePosixPath(name).parent / address
            parts: list[str] = []
            for part in there.parts:
                if part == "..":
                    parts.pop()
                else:
                    parts.append(part)
            assert "/".join(parts) in pages, (name, address)


# --- The same for the same architecture


def test_neither_a_commit_nor_lines_that_move_change_a_page() -> None:
    survey = shop()
    moved = replace(
        survey,
        project=replace(survey.project, commit="0123456789", lines=1, files=1),
        modules=tuple(replace(one, lines=one.lines + 7) for one in survey.modules),
        couplings=tuple(replace(one, line=one.line + 40) for one in survey.couplings),
    )
    assert describe(moved) == describe(survey)


def test_the_name_may_be_given_where_the_folders_may_differ() -> None:
    pages = describe(shop(), name="plants")
    assert pages["index.md"].splitlines()[2] == "# The architecture of plants"
    assert 'workspace "plants"' in pages["workspace.dsl"]


# --- The Structurizr DSL

QUOTED = r'"(?:[^"\\]|\\")+"'
STATEMENTS = re.compile(
    rf"""workspace\ {QUOTED}\ {QUOTED}\ \{{ | \# .* | !identifiers\ flat | (model|views|styles)\ \{{
    | \w+\ =\ (person|softwareSystem|container|component)(\ {QUOTED})+(\ \{{)?
    | \w+\ ->\ \w+(\ {QUOTED})+
    | (systemContext|container|component)\ \w+(\ {QUOTED})+\ \{{
    | include\ (\*|\w+|{QUOTED}) | exclude\ {QUOTED} | autoLayout\ lr | \}} |
    | (element|relationship)\ {QUOTED}\ \{{ | [a-zA-Z]+\ [\#\w]+""",
    re.VERBOSE,
)


def hostile() -> Survey:
    names = [HOSTILE, 'a"b', "x\\", "${HOME}", "}", "{", "a\n}", "!include /etc/passwd", "Orders"]
    names += ["orders", "ärger", "con", "../../etc/passwd", "`|`", "[x](javascript:alert(1))"]
    ties = [
        Coupling(
            kind=Kind.MODEL_ACCESS,
            from_=one,
            to=other,
            file="f.py",
            line=1,
            source=one,
            target=other,
        )
        for one in names
        for other in names
        if one != other
    ]
    return survey_of([module(name, name) for name in names], ties, name=HOSTILE)


@pytest.mark.parametrize("survey", [shop(), made(40, 900), hostile()])
def test_each_line_of_the_workspace_is_a_statement(survey: Survey) -> None:
    lines = describe(survey, PROJECT, SERVICES)["workspace.dsl"].splitlines()
    assert [line for line in lines if not STATEMENTS.fullmatch(line.strip())] == []
    opened = sum(line.endswith("{") for line in lines)
    assert opened == sum(line.strip() == "}" for line in lines)


def test_the_workspace_has_systems_containers_components_and_kinds() -> None:
    text = describe(with_contract(), PROJECT)["workspace.dsl"]
    for said in (
        'container_trade = container "trade" "2 modules" "Django" {',
        'module_orders = component "orders" "2 models, offers 2 things" "1 Django app" ',
        'container_stock = softwareSystem "stock"',
        'people -> container_trade "/api/orders"',
        'module_orders -> module_users "1 import, 2 foreign keys, 1 cascade, 2 joins, 1 access" ',
        'container_trade -> container_people "1 import, 2 foreign keys, 1 cascade, 2 joins',
        'module_shipping -> outside "1 HTTP call" "HTTP"',
        '"In a cycle"',
    ):
        assert said in text, said


def test_light_relationships_are_left_to_the_views_of_their_modules() -> None:
    text = describe(made(40, 900))["workspace.dsl"]
    light = text.count('Light"\n') - text.count('tag==Light"\n')
    drawn = len(re.findall(r"^    module_\w+ -> module_", text, re.MULTILINE))
    assert drawn - light == MOST_DRAWN
    assert f"the {MOST_DRAWN} heaviest of {drawn} relationships" in text
    assert 'exclude "relationship.tag==Light"' in text


def test_a_quoted_text_can_not_be_left() -> None:
    assert quoted('a" {\n!include x\\') == '"a\\" { !include x/"'
    assert quoted("${HOME}") == '"$ {HOME}"'
    assert quoted(" ") == '"?"'


# --- Names


def test_file_names_are_safe_and_differ_where_case_does_not_tell() -> None:
    odd = ["orders", "Orders", "con", "../etc", ".", "ä", "Ä", "a" * 300, "a b"]
    files = file_names(odd)
    assert files["orders"] == "orders-" + files["orders"][7:] or files["orders"] == "orders"
    assert len({name.lower() for name in files.values()}) == len(odd)
    assert all(re.fullmatch(r"[A-Za-z0-9_-][A-Za-z0-9_.-]{0,90}", one) for one in files.values())
    assert not any(re.fullmatch(r"(?i)con(\..*)?", one) for one in files.values())


def test_identifiers_differ_whatever_the_names() -> None:
    given = identifiers(["a.b", "a-b", "a_b", "A_b"], "m_")
    assert len({one.lower() for one in given.values()}) == 4
    assert given["A_b"] == "m_A_b"
    assert all(re.fullmatch(r"m_\w+", one) for one in given.values())


def links_and_markup(page: str) -> tuple[set[str], set[str]]:
    """The addresses that a Markdown page leads to, and the HTML that is in it."""
    links: set[str] = set()
    markup: set[str] = set()
    for token in MarkdownIt("commonmark").enable("table").parse(page):
        for each in [token, *(token.children or [])]:
            if each.type == "link_open":
                links.add(str(each.attrs["href"]))
            elif each.type.startswith("html") or each.type == "image":
                markup.add(each.content.strip())
    return links, markup


def test_no_name_is_markdown_or_html() -> None:
    pages = describe(hostile())
    for name, page in pages.items():
        if name.endswith(".md"):
            links, markup = links_and_markup(page)
            assert {link for link in links if not re.fullmatch(r"[\w./-]+", link)} == set()
            assert markup == {f"<!-- {WRITTEN} -->"}
    planted = links_and_markup("[x](javascript:1) <img> ![](a)")
    assert planted == (set(), {"<img>", ""}), "a script's address is no link to this parser"
    assert links_and_markup("[x](https://a)")[0] == {"https://a"}


def test_text_is_text_and_code_is_code() -> None:
    assert text("a|b*[x]<i>`") == r"a\|b\*\[x\]&lt;i&gt;\`"
    assert code("orders.models.Order") == "`orders.models.Order`"
    assert code("a`b|") == r"a\`b\|"


# --- The folder


def test_pages_are_written_once_and_then_only_where_they_changed(tmp_path: Path) -> None:
    pages = describe(shop())
    assert {one.what for one in write(tmp_path, pages)} == {"missing"}
    assert differences(tmp_path, pages) == []
    assert write(tmp_path, pages) == []
    changed = pages | {"index.md": pages["index.md"] + "more\n"}
    assert differences(tmp_path, changed) == [Difference("index.md", "out of date")]


def test_the_page_of_a_module_that_has_gone_is_taken_away(tmp_path: Path) -> None:
    pages = describe(shop())
    write(tmp_path, pages)
    (tmp_path / "modules" / "notes.md").write_text("# Ours\n")
    fewer = {name: page for name, page in pages.items() if name != "modules/users.md"}
    assert write(tmp_path, fewer) == [Difference("modules/users.md", "left over")]
    assert not (tmp_path / "modules" / "users.md").exists()
    assert (tmp_path / "modules" / "notes.md").read_text() == "# Ours\n"


def test_a_file_of_somebody_elses_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "index.md").write_text("# Our documentation\n")
    with pytest.raises(ConfigurationError, match="is in the way"):
        write(tmp_path, describe(shop()))
    assert (tmp_path / "index.md").read_text() == "# Our documentation\n"
    assert list(tmp_path.iterdir()) == [tmp_path / "index.md"]


def test_line_ends_of_another_machine_are_no_difference(tmp_path: Path) -> None:
    pages = describe(shop())
    write(tmp_path, pages)
    file = tmp_path / "index.md"
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert differences(tmp_path, pages) == []
