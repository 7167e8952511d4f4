"""Somebody at a browser without JavaScript: opens pages, fills in forms by their labels."""

from dataclasses import dataclass, field
from typing import Self
from urllib.parse import urljoin

import requests
from bs4 import BeautifulSoup, Tag

SECONDS = 30


@dataclass
class Page:
    """What the browser shows, and what can be done with it."""

    visitor: "Visitor"
    url: str
    status: int
    soup: BeautifulSoup

    @property
    def text(self) -> str:
        """All that can be read, with single spaces."""
        return " ".join(self.soup.get_text(" ").split())

    @property
    def notes(self) -> str:
        """What the page says to the visitor, apart from its contents."""
        return " ".join(note.get_text(" ", strip=True) for note in self.soup.select(".note"))

    def press(self, button: str, **filled: str) -> Self:
        """Fill in the form that has this button, by its labels, and send it.

        Labels are written as Python names: ``card_number`` is "Card number".
        """
        form = self._form(button)
        values = _as_shown(form)
        for label, value in filled.items():
            values[self._named(form, label.replace("_", " "))] = value
        method = str(form.get("method", "get")).upper()
        to = urljoin(self.url, str(form.get("action", "")) or self.url)
        return self.visitor.send(method, to, values)  # type: ignore[return-value]

    def follow(self, link: str) -> Self:
        """Follow the link that reads so; one in the page itself rather than one in its frame."""
        for one in [*self.soup.select("main a[href]"), *self.soup.select("a[href]")]:
            if one.get_text(" ", strip=True) == link:
                return self.visitor.open(urljoin(self.url, str(one["href"])))  # type: ignore[return-value]
        raise AssertionError(f"No link {link!r} on {self.url}:\n{self.text[:500]}")

    def _form(self, button: str) -> Tag:
        for one in self.soup.select("form button, form input[type=submit]"):
            reads = one.get_text(" ", strip=True) or str(one.get("value", ""))
            if reads.startswith(button) and (form := one.find_parent("form")):
                return form
        raise AssertionError(f"No button {button!r} on {self.url}:\n{self.text[:500]}")

    def _named(self, form: Tag, label: str) -> str:
        for one in form.select("label[for]"):
            reads = one.get_text(" ", strip=True).rstrip(":").replace("-", " ").lower()
            if reads == label:
                field = form.select_one(f"#{one['for']}")
                assert field is not None, f"The label {label!r} on {self.url} names no field."
                return str(field["name"])
        raise AssertionError(f"No field {label!r} on {self.url}:\n{self.text[:500]}")


def _as_shown(form: Tag) -> dict[str, str]:
    """What the form would send if nothing were filled in."""
    values: dict[str, str] = {}
    for one in form.select("input[name]"):
        if one.get("type") not in {"checkbox", "submit"}:
            values[str(one["name"])] = str(one.get("value", ""))
    for one in form.select("textarea[name]"):
        values[str(one["name"])] = one.get_text().removeprefix("\n")
    for one in form.select("select[name]"):
        if chosen := one.select_one("option[selected]"):
            values[str(one["name"])] = str(chosen.get("value", ""))
    return values


@dataclass
class Visitor:
    """One browser, with its cookies.

    Args:
        address: where the shop is.
    """

    address: str
    session: requests.Session = field(default_factory=requests.Session)

    def open(self, path: str) -> Page:
        return self.send("GET", urljoin(self.address, path), {})

    def send(self, method: str, url: str, values: dict[str, str]) -> Page:
        where = {"params": values} if method == "GET" else {"data": values}
        response = self.session.request(method, url, timeout=SECONDS, **where)  # type: ignore[arg-type]
        assert "Traceback" not in response.text, f"A traceback on {url}:\n{response.text[-3000:]}"
        return Page(
            self, response.url, response.status_code, BeautifulSoup(response.text, "html.parser")
        )
