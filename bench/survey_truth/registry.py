"""Writes the relations of a project's loaded app registry, where it installs: the oracle's oracle.

It is run by the project's own interpreter, so it is one file on Django alone:
`cd PROJECT && DJANGO_SETTINGS_MODULE=… PYTHON …/bench/survey_truth/registry.py > relations.jsonl`
"""

import json
import sys
from pathlib import Path
from typing import Any


def relations(models: Any) -> Any:
    """Yield each relation that is declared on one of the models, as a plain mapping."""
    for model in models:
        options = model._meta
        source = {"app": options.app_label, "model": options.object_name}
        for parent in _parents(model):
            yield {
                **source,
                "kind": "model_inheritance",
                "field": "",
                **_target(parent),
                "is_proxy": options.proxy,
            }
        for one in [*options.local_fields, *options.local_many_to_many]:
            remote = one.remote_field
            if remote is None or (getattr(remote, "parent_link", False) and one.auto_created):
                continue
            kind = (
                "many_to_many" if one.many_to_many else "one_to_one" if one.one_to_one else None
            ) or "foreign_key"
            yield {
                **source,
                "kind": kind,
                "field": one.name,
                **_target(remote.model),
                "on_delete": _on_delete(remote),
                "null": None if one.many_to_many else one.null,
            }


def _parents(model: Any) -> Any:
    """The models that a model inherits from, also by way of abstract ones."""
    for one in model.__bases__:
        if hasattr(one, "_meta"):
            yield from _parents(one) if one._meta.abstract else [one]


def _on_delete(remote: Any) -> Any:
    name = getattr(getattr(remote, "on_delete", None), "__name__", None)
    return "SET" if name == "set_on_delete" else name  # What `SET(…)` makes.


def _target(model: Any) -> Any:
    return {"target_app": model._meta.app_label, "target_model": model._meta.object_name}


if __name__ == "__main__":
    sys.path.insert(0, str(Path.cwd()))
    import django
    from django.apps import apps

    django.setup()
    for relation in relations(apps.get_models()):
        sys.stdout.write(json.dumps(relation) + "\n")
