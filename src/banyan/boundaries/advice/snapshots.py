"""What was known of a project at an earlier commit: a survey that was kept, or the commit alone."""

import msgspec

from banyan.boundaries.advice.facts import SCHEMA as ADVICE
from banyan.errors import ConfigurationError
from banyan.survey.facts import SCHEMA as SURVEY
from banyan.survey.facts import Survey


class Snapshot(msgspec.Struct, frozen=True, kw_only=True):
    """An earlier state.

    Attributes:
        commit: "" where the survey was made outside of a repository.
        survey: None where only the commit is known, and the survey is to be made again.
    """

    commit: str
    survey: Survey | None = None


class _Head(msgspec.Struct):
    schema: str = ""


class _Advised(msgspec.Struct):
    commit: str


def snapshot(text: bytes, name: str) -> Snapshot:
    """The state that a file tells of: a survey's JSON, or an advice's, which has its commit.

    Args:
        name: of the file, for messages.

    Raises:
        ConfigurationError: it is neither.
    """
    hint = "Give what `banyan survey -f json` or `banyan advise -f json` wrote, or a commit's hash."
    try:
        schema = msgspec.json.decode(text, type=_Head).schema
        if schema == SURVEY:
            found = msgspec.json.decode(text, type=Survey)
            return Snapshot(commit=found.project.commit, survey=found)
        if schema == ADVICE:
            commit = msgspec.json.decode(text, type=_Advised).commit
            if commit:
                return Snapshot(commit=commit)
            raise ConfigurationError(
                f"{name} is an advice without a commit: how things were tied then is not in it.",
                hint=hint,
            )
    except (msgspec.DecodeError, msgspec.ValidationError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{name} is no snapshot: {error}.", hint=hint) from None
    said = f"its schema is {schema!r}" if schema else "it names no schema"
    raise ConfigurationError(f"{name} is no snapshot: {said}.", hint=hint)
