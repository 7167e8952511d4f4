"""Runs the blocks of one page, from top to bottom, in a project of their own."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import tomllib
from pathlib import Path
from types import TracebackType

from tests.documentation.blocks import ROOT, Block

from banyan.findings import FindingsError
from banyan.modules import load

SHELL = {"bash", "console", "sh", "shell"}
SHOWN = {"text", "http"}
# A fragment of a banyan.toml may speak of modules and apps that it does not show.
OF_ANOTHER_PLACE = {"banyan.E007", "banyan.E008"}
# `./dev run X` of a page, without an environment inside of the tests' own.
DEV = '#!/bin/sh\n[ "$1" = run ] && shift && exec "$@"\nexec "{root}/dev" "$@"\n'


class Broken(Exception):
    """A block does not do what the page says."""

    def __init__(self, block: Block, problem: str) -> None:
        super().__init__(f"{block.place}: {problem}")


class Scenario:
    """A clone with nothing in it but the page's example, where its blocks are run in turn."""

    def __init__(self, clone: Path, example: str) -> None:
        self.clone = clone
        self.folder = clone / example if example else clone
        self.servers: list[subprocess.Popen[bytes]] = []
        self.interpreter: subprocess.Popen[str] | None = None
        if example:
            left_out = shutil.ignore_patterns("__pycache__", "*.sqlite3*", ".banyan")
            shutil.copytree(ROOT / example, self.folder, ignore=left_out)
        (clone / "dev").write_text(DEV.format(root=ROOT))
        (clone / "dev").chmod(0o755)

    def __enter__(self) -> "Scenario":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.interpreter:
            self.interpreter.communicate()
        for server in self.servers:
            server.send_signal(signal.SIGTERM)
            try:
                server.wait(30)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()

    def run(self, block: Block) -> None:
        """Do what the block says.

        Raises:
            Broken: it does not work.
        """
        if block.language == "toml":
            self._toml(block)
        if block.language == "diff":
            self._diff(block)
        elif block.file:
            self._write(block)
        elif block.language in SHELL:
            self._shell(block)
        elif block.language == "python":
            self._python(block)
        elif block.language == "json":
            json.loads(block.text)
        elif block.language not in SHOWN | {"toml"}:
            raise Broken(block, f"a block of {block.language or 'no language'} can't be checked")

    def _write(self, block: Block) -> None:
        file = self.folder / block.file
        file.parent.mkdir(parents=True, exist_ok=True)
        if block.is_appended and not file.exists():
            raise Broken(block, f"there is no {block.file} to add to")
        with file.open("a" if block.is_appended else "w") as end:
            end.write(("\n" if block.is_appended else "") + block.text)
        if file.suffix == ".py":
            compile(file.read_text(), block.place, "exec")
            for folder in list(file.relative_to(self.folder).parents)[:-1]:
                (self.folder / folder / "__init__.py").touch()

    def _diff(self, block: Block) -> None:
        done = subprocess.run(
            ["git", "apply", "--verbose", "-"],
            cwd=self.folder,
            env={**os.environ, "GIT_CEILING_DIRECTORIES": str(self.clone)},
            input=block.text,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise Broken(block, f"the change does not apply:\n{done.stderr}")

    def _toml(self, block: Block) -> None:
        document = tomllib.loads(block.text)
        if not {"project", "modules", "topology", "gateway"} & set(document):
            return
        text = block.text
        if "project" not in document:
            text = f'[project]\nname = "example"\n\n{text}'
        folder = self.clone / ".toml"
        folder.mkdir(exist_ok=True)
        (folder / "banyan.toml").write_text(text)
        try:
            load(folder / "banyan.toml")
        except FindingsError as error:
            findings = [one for one in error.findings if one.id not in OF_ANOTHER_PLACE]
            if findings:
                raise Broken(block, "\n".join(map(str, findings))) from error

    def _python(self, block: Block) -> None:
        if self.interpreter is None:
            self.interpreter = subprocess.Popen(
                [sys.executable, "-W", "error", str(Path(__file__).with_name("interpreter.py"))],
                cwd=self.folder,
                env={
                    **os.environ,
                    "DJANGO_SETTINGS_MODULE": self._settings(),
                    "PYTHONPATH": os.pathsep.join([str(self.folder), str(ROOT)]),
                },
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        assert self.interpreter.stdin
        assert self.interpreter.stdout
        self.interpreter.stdin.write(json.dumps([block.place, block.text]) + "\n")
        self.interpreter.stdin.flush()
        answer = self.interpreter.stdout.readline()
        if problem := json.loads(answer or '"the interpreter ended"'):
            raise Broken(block, problem)

    def _settings(self) -> str:
        file = self.folder / "banyan.toml"
        if file.exists() and (name := tomllib.loads(file.read_text())["project"].get("settings")):
            return str(name)
        return "tests.in_django.project.settings"

    def _shell(self, block: Block) -> None:
        for command, expected in commands_of(block):
            if block.stays:
                self._serve(block, command)
                continue
            done = subprocess.run(
                ["bash", "-euo", "pipefail", "-c", command],
                cwd=self.folder,
                env=self._variables(),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                timeout=180,
                check=False,
            )
            if done.returncode:
                raise Broken(block, f"`{command}` ended with {done.returncode}:\n{done.stdout}")
            if expected and not re.fullmatch(pattern_of(expected), done.stdout.strip(), re.DOTALL):
                raise Broken(block, f"`{command}` printed:\n{done.stdout}\ninstead of:\n{expected}")

    def _serve(self, block: Block, command: str) -> None:
        """Start what stays running, and wait until it says that it is up."""
        log = self.clone / f"server-{len(self.servers)}.log"
        with log.open("w") as output:
            server = subprocess.Popen(
                ["bash", "-c", f"exec env {command}"],
                cwd=self.folder,
                env=self._variables(),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        self.servers.append(server)
        deadline = time.monotonic() + 90
        while block.stays not in log.read_text():
            if server.poll() is not None or time.monotonic() > deadline:
                raise Broken(block, f"`{command}` never said {block.stays!r}:\n{log.read_text()}")
            time.sleep(0.1)

    def _variables(self) -> dict[str, str]:
        variables = {**os.environ, "NO_COLOR": "1", "COLUMNS": "100"}
        variables.pop("DJANGO_SETTINGS_MODULE", None)
        folder = str(Path(sys.executable).parent)
        variables["PATH"] = os.pathsep.join([folder, variables.get("PATH", "")])
        return variables


def commands_of(block: Block) -> list[tuple[str, str]]:
    """The commands of a block, each with the output that the page shows, if it shows one."""
    if block.language != "console":
        return [(block.text, "")]
    commands: list[tuple[str, str]] = []
    for line in block.text.splitlines():
        if line.startswith("$ "):
            commands.append((line[2:], ""))
        elif commands and commands[-1][0].endswith("\\"):
            commands[-1] = (f"{commands[-1][0]}\n{line}", "")
        elif commands:
            command, output = commands[-1]
            commands[-1] = (command, f"{output}{line}\n")
    return commands


def pattern_of(expected: str) -> str:
    """A pattern of an output in which `…` stands for anything."""
    return ".*".join(re.escape(part) for part in expected.strip().split("…"))
