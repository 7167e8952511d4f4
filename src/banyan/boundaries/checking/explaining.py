"""What a drafted ``banyan.toml`` explains of itself, and what to do when it is there."""

from typing import Final, get_args

from banyan.boundaries.rules import LAWS
from banyan.modules import Reason

HEADER: Final = """\
# The modules of this project, and what each may use. `banyan init` wrote it from what the code
# does today; from here on it is yours to edit, and nothing writes it anew.
# `banyan check` judges the code by it; what broke a rule before is in banyan.baseline.toml.
"""

MODULES: Final = """\
# --- Modules
#
# A module is one or more Django apps that would move together. To begin with, each app is one.
# Where apps only make sense together, group them: list them all under one name, as
#     [modules.sales]
#     apps = ["orders", "payments"]
# and remove the other blocks and names. Those that use others come before those they use.
#
#   apps      dotted names of Django apps.
#   calls     whose code it may use by name. What isn't listed fails the check, so that a new tie
#             is a decision. Today's are listed; none may close a circle.
#   listens   whose events it may hear, which is no tie of that kind: listens = ["orders"]. Those
#             are listed of whose contract it imports events. A receiver of Django's signals hears
#             no event: it runs in the sender's transaction, and is a tie, which E109 tells.
#   public    which of its names others may import, beside its contract and what its package itself
#             offers: public = ["orders.services"]
#   strict    strict = true when nothing of it is in the baseline any more, and nothing is to be.
#
# The counts are of today, tests and migrations left out: they explain, and nothing reads them.
"""

# How much each speaks for a service of its own is told by `banyan advise`.
_REASONS: Final = {
    "scaling": "its load grows otherwise than that of the rest",
    "deployment": "it must be released when the rest must not",
    "technology": "it needs another language, runtime or database",
    "organisation": "another team, or another company, is to own it",
    "isolation": "its failure, or its data, must be kept from the rest",
    "fashion": "others do it",
    "curriculum_vitae": "somebody wants to have done it",
    "cleanup": "its code is a mess",
    "performance": "it is slow, and nobody measured why",
}
_GOOD: Final = 5


def check() -> str:
    """The part on ``banyan check``."""
    rules = "\n".join(
        f"#   {law.id.removeprefix('banyan.')}  {law.level:<8} {law.title}" for law in LAWS.values()
    )
    return f"""\
# --- banyan check
#
# How much a rule weighs: "error" fails the check; "warning" and "info" are told and fail nothing;
# "off" leaves it out. Each has a page in docs/findings/. As they are:
{rules}
[check]
# The known debt, beside this file. It only shrinks: `banyan check --update` removes what is fixed.
baseline = "banyan.baseline.toml"
# levels = {{ E108 = "warning", E111 = "off" }}
"""


def advice(module: str) -> str:
    """The part on ``banyan advise``, all of it still a question.

    Args:
        module: one to show how reasons are given.
    """
    names = get_args(Reason)
    good = "\n".join(f"#   {name:<17} {_REASONS[name]}" for name in names[:_GOOD])
    bad = "\n".join(f"#   {name:<17} {_REASONS[name]}" for name in names[_GOOD:])
    return f"""\
# --- banyan advise
#
# Whether to split at all depends on what code can't show. Take the # away from what you can answer.
# [advice]
# people = 6        # how many people work on this code
# teams = 1         # how many teams they are
#
# Why a module should be a service of its own, each reason with what shows it:
# [modules.{module}.reasons]
# scaling = "what was measured, and when"
#
# Reasons that count:
{good}
# Reasons that are none, and are asked for since they are often the real ones:
{bad}
"""


GITHUB: Final = """\
# .github/workflows/banyan.yml
name: banyan
on: [push, pull_request]
jobs:
  boundaries:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.12"
      - run: pip install django-banyan
      - run: banyan check --format github
"""

GITLAB: Final = """\
# .gitlab-ci.yml
boundaries:
  image: python:3.12
  script:
    - pip install django-banyan
    - banyan check
"""

PRE_COMMIT: Final = """\
# .pre-commit-config.yaml
repos:
  - repo: local
    hooks:
      - id: banyan-check
        name: banyan check
        entry: banyan check
        language: system
        pass_filenames: false
        types_or: [python, toml, html]
"""

STEPS: Final = {
    "In GitHub Actions:": GITHUB,
    "In GitLab:": GITLAB,
    "Before each commit, with pre-commit, where banyan is installed:": PRE_COMMIT,
}
