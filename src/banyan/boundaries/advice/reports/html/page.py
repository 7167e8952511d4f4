"""Puts the advice into the survey's page: two views, a mark at each module, a part of its page."""

from importlib.resources import files

from banyan.boundaries.advice.facts import Advice
from banyan.boundaries.advice.reports.html.legend import legend
from banyan.boundaries.advice.reports.html.overview import overview
from banyan.boundaries.advice.reports.html.panel import panel
from banyan.boundaries.advice.reports.html.plan import plan
from banyan.boundaries.advice.reports.html.words import mark
from banyan.survey.facts import Survey
from banyan.survey.figures import Figures
from banyan.survey.reports import html as survey_page
from banyan.survey.reports.html.additions import Additions, View


def render(survey: Survey, figures: Figures, advice: Advice, version: str) -> str:
    """The page, in HTML: the survey's, opened at what is advised.

    Args:
        version: of Banyan.
    """
    modules = {module.name: module for module in advice.modules}
    style = files("banyan.boundaries.advice.reports.html").joinpath("advice.css")
    additions = Additions(
        title="advice",
        views=(
            View(id="advice", name="Advice", content=overview(advice, modules, version)),
            View(id="plan", name="Plan", content=plan(advice)),
        ),
        marks={
            name: mark(module, is_first=name == advice.first) for name, module in modules.items()
        },
        panels={name: panel(advice, module) for name, module in modules.items()},
        legend=legend(),
        style=style.read_text(encoding="utf-8"),
    )
    return survey_page.render(survey, figures, version, additions)
