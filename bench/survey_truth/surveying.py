"""What `banyan survey` says of a project: its JSON, read for what is measured here."""

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.survey_truth.relations import KINDS, Relation

SCHEMA = "banyan.survey/1"


class NotSurveyed(Exception):
    """The survey gave nothing that can be measured."""


@dataclass(frozen=True)
class Survey:
    """A survey's document."""

    document: Mapping[str, Any]

    @property
    def couplings(self) -> list[Mapping[str, Any]]:
        """All couplings, of any kind."""
        return list(self.document.get("couplings", []))

    @property
    def modules(self) -> dict[str, Mapping[str, Any]]:
        """The modules by the label of their app."""
        return {one.get("label", one["name"]): one for one in self.document.get("modules", [])}

    def relations(self) -> list[Relation]:
        """The couplings that are relations, as the truth writes them."""
        # A model between two others is told of a survey's many-to-many relations on its own.
        return [
            relation_of(one)
            for one in self.couplings
            if one["kind"] in KINDS and one.get("through") != one["target"]
        ]


def relation_of(coupling: Mapping[str, Any]) -> Relation:
    """A coupling of a relation's kind, in the words of the truth.

    Raises:
        NotSurveyed: its two ends are not named as the format says.
    """
    source = str(coupling["source"]).split(".")
    target = str(coupling["target"]).split(".")
    inherits = coupling["kind"] == "model_inheritance"
    if len(target) != 2 or len(source) not in ((2, 3) if inherits else (3,)):
        raise NotSurveyed(f"no ends of a relation: {coupling['source']} to {coupling['target']}")
    return Relation(
        kind=coupling["kind"],
        app=source[0],
        model=source[1],
        field="" if inherits else source[2],
        target_app=target[0],
        target_model=target[1],
        file=coupling["file"],
        line=coupling["line"],
        on_delete=coupling.get("on_delete"),
        null=coupling.get("null"),
        through=coupling.get("through"),
    )


def survey(root: Path) -> Survey:
    """Run the command on a project's folder, in a process of its own.

    Raises:
        NotSurveyed: the command failed, or its answer is of another format.
    """
    command = [sys.executable, "-m", "banyan.cli", "survey", str(root), "--format", "json"]
    done = subprocess.run(command, capture_output=True, check=False)
    return read_document(done.stdout, done.stderr.decode(errors="replace"))


def read_document(output: bytes, said: str = "") -> Survey:
    """A survey of the text that it wrote.

    Raises:
        NotSurveyed: the text is no survey.
    """
    try:
        document = json.loads(output)
    except ValueError:
        raise NotSurveyed(f"`banyan survey` wrote no JSON: {said.strip()[-400:]}") from None
    if document.get("schema") != SCHEMA:
        raise NotSurveyed(f"the schema is {document.get('schema')}, not {SCHEMA}")
    return Survey(document)
