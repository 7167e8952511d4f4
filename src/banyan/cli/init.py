"""``banyan init``: writes the banyan.toml and the baseline that a project begins with."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from banyan.cli import surveying
from banyan.errors import ConfigurationError

if TYPE_CHECKING:
    from banyan.boundaries.checking.additions import Addition
    from banyan.boundaries.checking.baseline import Baseline
    from banyan.conf import Document
    from banyan.modules import Project

EPILOG = """\b
Examples:
  banyan init               write banyan.toml and a baseline, so that `banyan check` passes
  banyan init --dry-run     print them, and write nothing
  banyan init               again: say what has come and gone since, and ask before it is added
  banyan init --yes         add it without asking

\b
Exit statuses:
  0  the files are as they should be
  1  there is no Django project, a file is wrong or can't be written, what is missing was not
     added, or what has gone is still there
  2  the command line itself was not understood
"""


@click.command(epilog=EPILOG)
@surveying.PATH
@click.option("--dry-run", is_flag=True, help="Print what would be written, and write nothing.")
@click.option("-y", "--yes", is_flag=True, help="Add to files that are there without asking.")
@click.pass_context
def init(ctx: click.Context, path: Path, *, dry_run: bool, yes: bool) -> None:
    """Begin to hold the line: write banyan.toml and a baseline for the Django project in PATH.

    The modules are the project's apps, each with whom it uses today; what breaks a rule today is in
    the baseline, so that `banyan check` passes at once and fails for what is new. Files that are
    there are never written anew: what is missing is added at their end, after a question.
    """
    from banyan.conf import FILE_NAME

    file = path / FILE_NAME
    if file.exists():
        _again(ctx, path, file, dry_run=dry_run, yes=yes)
    else:
        _first(ctx, path, file, dry_run=dry_run)


def _first(ctx: click.Context, path: Path, file: Path, *, dry_run: bool) -> None:
    from banyan.boundaries.checking import drafting, uses
    from banyan.boundaries.checking.adapters.files import write_baseline, write_description

    found = surveying.read(ctx, path)
    text = drafting.draft(found, uses(found))
    project = _understood(text, file)
    baseline = _baseline(ctx, path, project)
    known = path / project.check.baseline
    if dry_run:
        from banyan.boundaries.checking.baseline import render

        click.echo(f"{text}\n# --- {known.name}\n{render(baseline)}", nl=False)
        return
    # Last what says that all is there: where the first can't be written, nothing is.
    if not known.exists():
        write_baseline(known, baseline)
    write_description(file, text)
    _tell_written(file, project, known, baseline)
    _tell_next(path)


def _again(ctx: click.Context, path: Path, file: Path, *, dry_run: bool, yes: bool) -> None:
    from banyan.boundaries.checking import uses
    from banyan.boundaries.checking.adapters.files import write_baseline, write_description
    from banyan.boundaries.checking.additions import addition
    from banyan.conf import read_document

    document = read_document(file)
    listed = _listed(document)
    found = surveying.read(ctx, path, described=lambda _: None)
    change = addition(found, uses(found), listed)
    text = _source(file)
    if change.gone:
        _tell_gone(document, change)
    if change.new:
        text = _with(text, change.text)
        _understood(text, file, besides="banyan.E008")
        _tell_new(file, change)
        if dry_run:
            click.echo(f"\n{change.text}", nl=False)
        else:
            _ask(ctx, yes, f"Add what is missing at the end of {file.name}?")
            write_description(file, text)
            click.echo(f"Added to {file}.")
    if change.gone:
        # Until they are taken out the file can't be read, and nothing be judged by it.
        ctx.exit(1)
    project = _understood(text, file)
    known = path / project.check.baseline
    if known.exists():
        if not change.new:
            click.echo(f"{file} and {known.name} are there, and each app is in a module.")
            click.echo("Nothing is to be done. `banyan check` tells what is new.")
        return
    baseline = _baseline(ctx, path, project)
    click.echo(f"{known} is not there. It would list {_debts(baseline)}.")
    if not dry_run:
        _ask(ctx, yes, "Write it?")
        write_baseline(known, baseline)
        click.echo(f"Written: {known}.")


def _ask(ctx: click.Context, yes: bool, question: str) -> None:
    """End here unless it may be done: who can't be asked hasn't agreed."""
    try:
        if yes or click.confirm(question):
            return
    except click.Abort:
        click.echo("\n`banyan init --yes` does it without asking.", err=True)
    click.echo("Nothing was changed.", err=True)
    ctx.exit(1)


def _listed(document: "Document") -> dict[str, list[str]]:
    """The apps of each module, of a file that may list apps which have gone."""
    from banyan.findings import FindingsError
    from banyan.modules.reading import understand

    try:
        understand(document)
    except FindingsError as error:
        if any(one.id != "banyan.E008" for one in error.findings):
            raise
    tables = document.values.get("modules", {})
    return {name: table.get("apps", [name]) for name, table in tables.items()}


def _source(file: Path) -> str:
    # As it is, with the ends that its lines have.
    return file.read_bytes().decode()


def _with(text: str, more: str) -> str:
    """A text with more at its end, in lines that end as its own do."""
    ending = "\r\n" if "\r\n" in text else "\n"
    parted = text if not text or text.endswith("\n") else f"{text}{ending}"
    return parted + f"\n{more}".replace("\n", ending)


def _understood(text: str, file: Path, besides: str = "") -> "Project":
    """What a text means that is about to be written; it is not written unless it can be read.

    Args:
        besides: the id of findings that are told elsewhere.
    """
    from banyan.conf.document import parse_document
    from banyan.findings import FindingsError
    from banyan.modules import Project
    from banyan.modules.reading import understand

    try:
        return understand(parse_document(text.encode(), file))
    except FindingsError as error:
        if besides and all(one.id == besides for one in error.findings):
            return Project(name=file.parent.name)
        raise ConfigurationError(
            f"What would be in {file} could not be read again, so it was not written:\n{error}",
            hint="`banyan init --dry-run` prints it; take over by hand what you need.",
        ) from error


def _baseline(ctx: click.Context, path: Path, project: "Project") -> "Baseline":
    """All that breaks a rule today, in modules as the project has them."""
    from banyan.boundaries.checking import first_baseline, judge

    found = surveying.read(ctx, path, described=lambda _: project)
    return first_baseline(judge(found, project))


# --- What is told


def _tell_written(file: Path, project: "Project", known: Path, baseline: "Baseline") -> None:
    count = len(project.modules)
    click.echo(f"{file}: {count} {'module' if count == 1 else 'modules'}, as the apps are today")
    click.echo(f"{known}: {_debts(baseline)}")
    click.echo("\n`banyan check` passes now. From here on it fails for what is new.")


def _debts(baseline: "Baseline") -> str:
    count = len(baseline.entries)
    return f"{count:,} {'violation' if count == 1 else 'violations'} of today, as known debt"


def _tell_next(path: Path) -> None:
    from banyan.boundaries.checking import explaining

    where = "" if path == Path() else f" {path}"
    click.echo(
        f"\nNext\n"
        f"  1. Read banyan.toml, and group apps that only make sense together. Then remove\n"
        f"     banyan.baseline.toml and run `banyan init{where}` again, which writes it anew.\n"
        f"  2. Commit both files, with one of these:\n"
    )
    for title, block in explaining.STEPS.items():
        click.echo(f"{title}\n\n{_indented(block)}\n")
    click.echo("docs/check.md says what is judged, and how to allow what is meant.")


def _indented(block: str) -> str:
    return "".join(f"    {line}\n" for line in block.splitlines())


def _tell_new(file: Path, change: "Addition") -> None:
    count = len(change.new)
    click.echo(
        f"{file} has no module for {count} {'app' if count == 1 else 'apps'} of this project:"
    )
    for name, apps in change.new.items():
        click.echo(f"  [modules.{name}]  {', '.join(apps)}")


def _tell_gone(document: "Document", change: "Addition") -> None:
    from banyan.conf import nearest

    came = [app for apps in change.new.values() for app in apps]
    click.echo("These apps are not there, under this name:")
    for one in change.gone:
        place = document.locate("modules", one.module, "apps", one.number)
        near = nearest(one.app, dict.fromkeys(came), "")
        click.echo(f"  {place}: {one.app!r} of module {one.module!r}{f'. {near}' if near else ''}")
    listed = _listed(document)
    times = Counter(one.module for one in change.gone)
    if whole := [name for name, count in times.items() if count == len(listed[name])]:
        click.echo(f"With them goes all of {', '.join(whole)}.")
    click.echo(
        "Where one was renamed or moved, write its new name; else take it out, and its module "
        "wherever `calls` and `listens` name it. It is not done for you: the file is yours."
    )
