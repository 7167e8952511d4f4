"""Arms the recorder in an interpreter that has just started."""

from __future__ import annotations

import atexit
import importlib.machinery
import importlib.util
import json
import os
import sys
from collections.abc import Callable
from typing import Any

from .hooks import Hooks
from .recorder import Recorder


class Watch:
    """A finder that finds nothing itself: it runs a hook after another has loaded a module."""

    def __init__(self, hooks: dict[str, Callable[[Any], None]], recorder: Recorder) -> None:
        self.hooks = hooks
        self._recorder = recorder

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> Any:
        """The module's own spec, with the hook at the end of its loading."""
        if name not in self.hooks:
            return None
        for finder in sys.meta_path:
            find = getattr(finder, "find_spec", None)
            spec = find(name, path, target) if find and finder is not self else None
            if spec is not None:
                self._follow(name, spec.loader)
                return spec
        return None

    def _follow(self, name: str, loader: Any) -> None:
        load = loader.exec_module

        def exec_module(module: Any) -> None:
            load(module)
            self.run(name, module)

        # A loader of one module, so that nothing else of it changes, as its sources and resources.
        loader.exec_module = exec_module

    def run(self, name: str, module: Any) -> None:
        """Run a module's hook, once."""
        hook = self.hooks.pop(name, None)
        if hook:
            try:
                hook(module)
            except Exception as error:
                self._recorder.failed(error)


def arm(folder: str) -> None:
    """Watch what the project imports; then be what a `sitecustomize` of its own would have been."""
    sys.path[:] = [entry for entry in sys.path if os.path.abspath(entry or ".") != folder]
    with open(os.path.join(folder, "recording.json"), encoding="utf-8") as file:
        told = json.load(file)
    recorder = Recorder(told["root"], told["facts"])
    watch = Watch(Hooks(recorder).by_module, recorder)
    sys.meta_path.insert(0, watch)
    for name in list(watch.hooks):
        if name in sys.modules:
            watch.run(name, sys.modules[name])
    atexit.register(recorder.count)
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=recorder.forget_count)
    _chain()


def _chain() -> None:
    """Load the `sitecustomize` that ours stood before."""
    spec = importlib.machinery.PathFinder.find_spec("sitecustomize", sys.path)
    if spec is not None and spec.loader is not None:
        module = importlib.util.module_from_spec(spec)
        sys.modules["sitecustomize"] = module
        spec.loader.exec_module(module)
