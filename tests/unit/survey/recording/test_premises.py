"""The recorder is put into interpreters by the environment alone, and goes as it came."""

import os
from pathlib import Path

from banyan.survey.recording.adapters.interpreter import Premises, without


def test_the_environment_is_as_it_was_but_for_the_first_folder_of_modules(tmp_path: Path) -> None:
    given = {"PATH": "/usr/bin", "PYTHONPATH": "src", "SECRET": "x"}
    with Premises(tmp_path) as premises:
        folder, _, rest = premises.environment(given)["PYTHONPATH"].partition(os.pathsep)
        assert rest == "src"
        assert premises.environment(given) == given | {"PYTHONPATH": f"{folder}{os.pathsep}src"}
        assert (Path(folder) / "sitecustomize.py").exists()
        assert premises.recording().djangos == ()
    assert not Path(folder).exists()
    assert list(tmp_path.iterdir()) == []


def test_an_empty_path_of_modules_does_not_become_the_current_folder(tmp_path: Path) -> None:
    with Premises(tmp_path) as premises:
        assert os.pathsep not in premises.environment({})["PYTHONPATH"]


def test_the_programs_of_our_own_environment_are_left_out_where_uvx_puts_them() -> None:
    own = Path("/cache/uv/banyan/bin")
    assert without([str(own), "/usr/bin"], own) == ["/usr/bin"]
    assert without(["/project/bin", str(own)], own) == ["/project/bin", str(own)]
