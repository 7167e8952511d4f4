"""Gives Envoy its configuration as files that it watches."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any


def write_documents(documents: Mapping[str, Mapping[str, Any]], folder: Path) -> None:
    """Write the documents of a gateway; a running Envoy takes them up within milliseconds.

    Each file is replaced by a rename: Envoy hears of nothing else, and a file that is half
    written would be read half.
    """
    new = folder / ".new"
    new.mkdir(parents=True, exist_ok=True)
    for name, document in documents.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps(document, indent=1)
        if file.is_file() and file.read_text() == text:
            continue
        (new / file.name).write_text(text)
        (new / file.name).replace(file)
