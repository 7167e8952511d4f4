"""The rows that an SQL text writes when a cursor of Django's runs it."""

import re
from typing import Final

from banyan.survey.following.arguments import Arguments
from banyan.survey.following.frames import Frame
from banyan.survey.following.happenings import Write
from banyan.survey.following.values import Outside, Value, Written, texts
from banyan.survey.sql import first_written, written_by

EXECUTING: Final = frozenset({"execute", "executemany"})
_CURSOR: Final = "django.db.connection."
_WORD: Final = re.compile(r"\w+")


def executed(frame: Frame, cursor: Value, arguments: Arguments, line: int) -> None:
    """What a text writes that is handed to a cursor; that it names it is told by its own kind.

    A cursor that came from elsewhere may be of another database, which is in no transaction of
    this one.
    """
    if not cursor or not all(
        isinstance(one, Outside) and one.name.startswith(_CURSOR) for one in cursor
    ):
        return
    given = texts(arguments.first or arguments.named.get("sql", ()))
    outcomes = [_writes(frame, text, line) for text in given]
    frame.writes |= outcomes[0] if len(outcomes) == 1 else frame.one_of(line, outcomes)


def _writes(frame: Frame, text: Written, line: int) -> set[Write]:
    known = frame.world.graph.with_table
    if not any(map(known, dict.fromkeys(_WORD.findall(text.text)))):
        return set()
    tables = written_by(text.text) if text.is_whole else first_written(text.text)
    models = (known(table) for table in tables)
    return {Write(model, frame.path, line) for model in models if model is not None}
