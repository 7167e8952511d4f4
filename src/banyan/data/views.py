"""Which module a view belongs to."""

from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from inspect import unwrap
from types import ModuleType
from typing import Any

from django.contrib.admin import ModelAdmin
from django.db.models import Model
from django.urls import URLResolver, get_resolver

from banyan.modules import Residency

View = Callable[..., Any]


def module_of_view(view: View, urlconf: str | None, residency: Residency) -> str | None:
    """The module of a view's code or, where that is in none, of the URLconf that includes it."""
    for name in _code_of(view):
        if module := residency.module_of(name):
            return module
    for name in _including(urlconf).get(id(view), ()):
        if module := residency.module_of(name):
            return module
    return None


def _code_of(view: View) -> Iterator[str]:
    """The dotted Python modules of the code that a view runs, the most telling one first."""
    plain: Any = view
    while isinstance(plain, partial):
        plain = plain.func
    admin = getattr(plain, "model_admin", None) or getattr(plain, "__self__", None)
    model: type[Model] | None = getattr(admin, "model", None)
    if isinstance(admin, ModelAdmin) and model is not None:
        yield model.__module__
    # Django's class-based views, then those of Django REST framework.
    for attribute in ("view_class", "cls"):
        if isinstance(found := getattr(plain, attribute, None), type):
            yield found.__module__
    for candidate in (plain, unwrap(plain)):
        if isinstance(name := getattr(candidate, "__module__", None), str):
            yield name


@lru_cache(maxsize=16)
def _including(urlconf: str | None) -> dict[int, tuple[str, ...]]:
    """The dotted names of the URLconfs around each view, the innermost first."""
    found: dict[int, tuple[str, ...]] = {}
    _walk(get_resolver(urlconf), (), found)
    return found


def _walk(
    resolver: URLResolver, around: tuple[str, ...], found: dict[int, tuple[str, ...]]
) -> None:
    conf = resolver.urlconf_name
    name = conf.__name__ if isinstance(conf, ModuleType) else conf
    if isinstance(name, str):
        around = (name, *around)
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            _walk(pattern, around, found)
        else:
            # A view that two modules include is anybody's: what both have around it counts.
            known = found.get(id(pattern.callback))
            found[id(pattern.callback)] = (
                around if known is None else tuple(one for one in known if one in around)
            )
