"""Names an event after the function that it tells of: ``place_order`` becomes ``OrderPlaced``."""

from typing import Final

_PARTICIPLES: Final = {
    "begin": "begun",
    "bring": "brought",
    "buy": "bought",
    "cancel": "cancelled",
    "choose": "chosen",
    "find": "found",
    "get": "got",
    "give": "given",
    "hold": "held",
    "leave": "left",
    "make": "made",
    "pay": "paid",
    "put": "put",
    "read": "read",
    "reset": "reset",
    "run": "run",
    "sell": "sold",
    "send": "sent",
    "set": "set",
    "submit": "submitted",
    "take": "taken",
    "write": "written",
}
# As a function of one word they are surely verbs.
_VERBS: Final = {
    *_PARTICIPLES,
    *("accept", "approve", "archive", "close", "complete", "confirm", "create", "delete", "import"),
    *("invite", "move", "open", "place", "publish", "refund", "register", "reject", "remove"),
    *("save", "ship", "update"),
}
_PARTICLES: Final = frozenset({"down", "in", "off", "on", "out", "over", "up"})
_VOWELS: Final = frozenset("aeiou")
_SHORT: Final = 3


def event_named_after(function: str) -> str:
    """What to call the event that says that a function has done its work.

    Names of events are in the past tense. English is guessed by rule: it is a suggestion.
    """
    verb, *rest = [word for word in function.lower().split("_") if word] or ["work"]
    if not rest and verb not in _VERBS:
        return f"{verb.capitalize()}Done"
    done = _participle(verb).capitalize()
    if rest and rest[0] in _PARTICLES:
        return "".join([*map(str.capitalize, rest[1:]), done, rest[0].capitalize()])
    return "".join([*map(str.capitalize, rest), done])


def _participle(verb: str) -> str:
    if verb in _PARTICIPLES:
        return _PARTICIPLES[verb]
    if verb.endswith("e"):
        return f"{verb}d"
    if verb.endswith("y") and verb[-2:-1] not in _VOWELS:
        return f"{verb[:-1]}ied"
    doubles = len(verb) >= _SHORT and verb[-1] not in "wxy" and verb[-1] not in _VOWELS
    if doubles and verb[-2] in _VOWELS and verb[-3] not in _VOWELS and len(verb) <= _SHORT + 1:
        return f"{verb}{verb[-1]}ed"
    return f"{verb}ed"
