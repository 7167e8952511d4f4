"""Writes values as TOML has them."""

import json


def quoted(text: str) -> str:
    """A string of TOML."""
    # One of JSON is one of TOML, but for DEL.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
