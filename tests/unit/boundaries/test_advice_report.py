"""The advice on the survey's page: what it says, to whom, and that no name in it is markup."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.advices import advised, hostile_advice, made_advice, price, shop_advice
from tests.surveys import HOSTILE, made, module, shop, survey_of

from banyan.boundaries.advice import order, traps
from banyan.boundaries.advice.aftermath import Aftermath, PairAftermath
from banyan.boundaries.advice.facts import Advice, Rung, Verdict
from banyan.boundaries.advice.outcomes import Outcome
from banyan.boundaries.advice.reports.html import render
from banyan.boundaries.advice.reports.html.markup import Markup, element, joined, rows, spoken
from banyan.boundaries.advice.reports.html.overview import MOST_STEPS, overview
from banyan.boundaries.advice.reports.html.panel import panel
from banyan.boundaries.advice.reports.html.plan import plan
from banyan.boundaries.advice.reports.html.words import PLAIN, RUNGS, TRAPS, figure, mark, signed
from banyan.survey.facts import Kind
from banyan.survey.figures import figures
from banyan.survey.reports import html

INLINE = {"a", "b", "code", "span"}


class Words(HTMLParser):
    """What is read of a page, and which elements it is made of."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.parts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in INLINE:
            self.parts.append(" ")

    def handle_data(self, data: str) -> None:
        self.parts.append(data)

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", "".join(self.parts))


def sheet(advice: Advice) -> str:
    modules = {each.name: each for each in advice.modules}
    return Words(overview(advice, modules, "1.0")).text


# --- For somebody who reads no code


def test_the_sheet_says_what_why_first_price_and_what_pays_anyway() -> None:
    advice = shop_advice()
    text = sheet(advice)
    for said in (advice.headline, *advice.reasoning, *advice.cleanup, *advice.unseen):
        assert said in text
    assert "Begin with payments" in text
    assert "payments → orders: ask the other to change its records (1 place)" in text
    assert "; ends the cycle with orders" in text
    assert "foreign keys to give up: rules between tables 1 " in text
    assert "that such a page takes longer 5 ms " in text
    assert "requests are seen running" in text
    assert "Distributed monolith: apart, they would still be changed together" in text
    assert "fail together: orders, users." in text
    assert "How many people work on it?" in text


def test_where_all_stay_the_sheet_gives_the_price_of_the_likeliest_all_the_same() -> None:
    text = sheet(replace(shop_advice(), first=""))
    assert "No module is to leave." in text
    assert "What a split would cost all the same" in text
    assert "The module with the least against it, and the one with the most:" in text
    assert "payments users foreign keys to give up: rules between tables 1 3 " in text


def test_without_modules_or_steps_nothing_is_made_up() -> None:
    nothing = Advice(project="p", commit="", headline="Stay.", reasoning=(), cleanup=(), modules=())
    text = sheet(nothing)
    assert "There is no module." in text
    assert "there is nothing that has to be cut" in text
    assert "Traps" not in text


def test_what_has_no_room_on_the_sheet_is_counted() -> None:
    survey = made(40, 300)
    advice = made_advice(survey)
    text = sheet(advice)
    rest = advice.order[MOST_STEPS:]
    assert f"then 19 steps more, in {sum(one.count for one in rest)} places" in text
    assert "… and 4 more, on the page Plan" in text


def test_every_cut_has_words_for_somebody_who_reads_no_code() -> None:
    # Those of the survey, and what an order adds to them.
    assert set(PLAIN) == {cut.name for cut in vars(order)["_CUTS"]}
    jargon = re.compile(
        r"\b(saga|projection|contract|ORM|FK|constraint|event|gateway)\b", re.IGNORECASE
    )
    assert [words for words in PLAIN.values() if jargon.search(words)] == []


def test_each_trap_is_told_once_a_kind_in_words_that_need_no_code() -> None:
    advice = shop_advice()
    first = advice.warnings[0]
    text = sheet(replace(advice, warnings=(first, first, replace(first, name="odd", text="Odd!"))))
    assert text.count("Distributed monolith") == 1
    assert "fail together: orders, users. 1 more is on the page Plan." in text
    assert "Odd: Odd!" in text
    assert set(TRAPS) == set(re.findall(r'name="([^"]+)"', Path(str(traps.__file__)).read_text()))


def test_what_stands_between_backticks_is_code() -> None:
    assert spoken("run `a <b>` now") == "run <code>a &lt;b&gt;</code> now"
    assert spoken("one ` alone") == "one ` alone"


# --- For those who do the work


def test_the_plan_gives_each_step_with_its_places_and_how() -> None:
    advice = shop_advice()
    text = Words(plan(advice)).text
    for step in advice.order:
        assert step.hint in text
        for place in step.places:
            assert place in text
    assert "11 more" in text, "14 places, of which 3 are named"
    assert "orders, users: 9 within, 4 to the rest" in text
    assert "small_team" in text
    assert "people = 4" in text


def test_the_plan_says_what_became_of_a_past_cut_and_names_the_way_back() -> None:
    pair = PairAftermath(
        first="orders",
        second="users",
        outcome=Outcome.TOGETHER,
        then={Kind.FOREIGN_KEY: 3},
        now={},
        together_before=12,
        either_before=20,
        together_after=11,
        either_after=19,
        said=("Their changes still move together.",),
        way_back=("Put `users` back beside orders.",),
    )
    told = Aftermath(
        commit="",
        headline="It did not pay.",
        then=9,
        now=6,
        days=90,
        commits_before=40,
        commits_after=38,
        pairs=(pair,),
        others=2,
        unseen=("No history before March.",),
    )
    text = Words(plan(replace(shop_advice(), after=told))).text
    assert "It did not pay. orders and users: Their changes still move together." in text
    assert "Put users back beside orders." in text
    assert "2 pairs more by little" in text
    assert "No history before March." in text
    assert "What became" not in Words(plan(shop_advice())).text


def test_the_panel_says_where_a_module_stands_and_what_holds_it() -> None:
    advice = shop_advice()
    text = Words(panel(advice, advice.modules[2])).text
    assert "Cut its data next" in text
    assert "2 contracted stands here" in text
    assert "From rung 3, data-owned: 1 hold 2 foreign keys to users cut by a reference" in text
    assert "shop/orders/models.py:12" in text
    assert (
        "4 people work on it: they can talk to each other \N{MINUS SIGN}2 small_team banyan.toml"
        in text
    )
    assert "+3 in all" in text
    assert "2.5 remote calls per request that reaches it, also seen running" in text
    assert "1 of the crossings" in text
    assert "instability 0.75 Martin (1994)" in text


def test_a_mark_tells_rung_and_verdict_without_colour() -> None:
    marks = [mark(one, is_first=one.name == "payments") for one in shop_advice().modules]
    assert [(one.level, one.text, one.frame) for one in marks] == [
        (1, "stay", "thin"),
        (0, "bound first", "thick"),
        (2, "▶ cut data", "thick"),
        (3, "ready", "filled"),
        (0, "stay", "thin"),
    ]
    assert marks[2].said == ("rung 2 of 5, contracted; verdict: cut its data next; begin here")


def test_all_rungs_and_verdicts_can_be_shown() -> None:
    assert set(RUNGS) == set(Rung)
    for verdict in Verdict:
        for rung in Rung:
            one = advised("orders", rung, verdict, price=price(owners=(), assumptions=()))
            assert str(verdict) in Words(panel(shop_advice(), one)).text.lower()


@pytest.mark.parametrize(
    ("value", "said"), [(0, "0"), (0.44, "0.4"), (12.3, "12"), (1204, "1,204"), (2.0, "2")]
)
def test_figures_are_as_people_read_them(value: float, said: str) -> None:
    assert figure(value) == said


def test_a_weight_has_its_sign() -> None:
    assert [signed(2), signed(-1.5), signed(0)] == ["+2", "\N{MINUS SIGN}1.5", "±0"]


# --- As HTML


def test_the_same_advice_gives_the_same_page() -> None:
    survey = shop()
    pages = {render(survey, figures(survey), shop_advice(), "1.0") for _ in range(2)}
    assert len(pages) == 1


def test_the_survey_without_advice_has_nothing_of_it() -> None:
    survey = shop()
    page = html.render(survey, figures(survey), "1.0")
    tags = Words(page).tags
    assert "template" not in tags
    assert 'href="#advice"' not in page
    assert '"marks"' not in page


def test_no_name_is_markup_whoever_chose_it() -> None:
    survey = survey_of([module(HOSTILE, HOSTILE), module("users")], [], name=HOSTILE)
    page = render(survey, figures(survey), hostile_advice(), "1.0")
    parsed = Words(page)
    assert "img" not in parsed.tags
    assert parsed.tags.count("script") == 2
    assert parsed.text.count("<img src=x onerror=alert(1)>") > 20


def test_texts_are_escaped_and_markup_is_not_escaped_twice() -> None:
    made_of = element("p", "a<b", element("i", "&"), None, ["x", Markup("<hr>")], title='"')
    assert made_of == '<p title="&quot;">a&lt;b<i>&amp;</i>x<hr></p>'
    assert joined(None) == ""
    assert '<th scope="row">a&lt;</th>' in rows(["one"], [["a<"]])
