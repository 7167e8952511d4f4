"""Where a command's report goes, and in which form: the options for it, and what they mean."""

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, TypeAlias

import click

from banyan.errors import ConfigurationError

Option: TypeAlias = Callable[[Callable[..., Any]], Callable[..., Any]]

OUTPUT: Final[Option] = click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    default=None,
    help="Write to this file instead.",
)


def format_option(forms: Sequence[str]) -> Option:
    """``--format``, of these; where it isn't given, :func:`form_of` tells."""
    return click.option(
        "-f",
        "--format",
        "form",
        type=click.Choice(forms),
        default=None,
        help="How to show it; by default as the name given with -o says, else on the terminal.",
    )


def form_of(asked: str | None, output: Path | None, suffixes: Mapping[str, str]) -> str:
    """The form that was asked for, or that the file's name says.

    Args:
        suffixes: what the end of a file's name says, as ``.json``.

    Raises:
        click.UsageError: its name says no form, or a page would be printed on a terminal.
    """
    form = asked or _said_by(output, suffixes)
    if form == "html" and output is None and sys.stdout.isatty():
        raise click.UsageError(
            "An HTML report is no sight on a terminal; name a file: -o report.html"
        )
    return form


def may_show_colours() -> bool:
    """Whether it is worth loading what knows for sure if colours are seen or wanted."""
    asked = "FORCE_COLOR" in os.environ or "TTY_COMPATIBLE" in os.environ
    return asked or sys.stdout.isatty()


def give(text: str, output: Path | None) -> None:
    """Write a report to a file, and say so beside it; or print it.

    Raises:
        ConfigurationError: it can't be written there.
    """
    if output is None:
        # As it is: a file is UTF-8 whatever the terminal speaks.
        sys.stdout.buffer.write(text.encode())
        return
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        raise ConfigurationError(
            f"The report can't be written to {output}: {error.strerror}.",
            hint="Name a file in a folder that exists and may be written to.",
        ) from error
    click.echo(f"{output}: {len(text.encode()) / 1000:,.0f} kB", err=True)


def _said_by(output: Path | None, suffixes: Mapping[str, str]) -> str:
    if output is None:
        return "terminal"
    if output.suffix not in suffixes:
        known = ", ".join(suffixes)
        raise click.UsageError(f"{output.name} says no format; add --format, or end it in {known}.")
    return suffixes[output.suffix]
