"""Runs a page's Python blocks one after another in one namespace, in a Django project.

Reads a JSON string per line, runs it, and answers with a line: its traceback, or nothing.
"""

import json
import os
import sys
import traceback


def main() -> None:
    sys.path.insert(0, os.getcwd())  # noqa: PTH109
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what the blocks print is no answer
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    namespace: dict[str, object] = {"__name__": "page"}
    for line in sys.stdin:
        place, source = json.loads(line)
        problem = ""
        try:
            exec(compile(source, place, "exec"), namespace)  # noqa: S102
        except BaseException:
            problem = traceback.format_exc()
        answers.write(json.dumps(problem) + "\n")
        answers.flush()


main()
