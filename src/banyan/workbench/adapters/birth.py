"""A script on the standard library alone: it becomes a part, after tying its life to others'.

It tells the guardian of itself before anything else, so that no moment is left in which the
supervisor could die and leave a process that nobody knows. (Popen's ``preexec_fn`` would do, but
forks a threaded process, which Python warns of.)
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1  # Source: linux/prctl.h


def main() -> None:
    """``birth.py GUARDIAN_FD PARENT_PID COMMAND…``"""
    guardian, parent, command = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
    os.write(guardian, b"+%d\n" % os.getpid())
    os.close(guardian)
    if sys.platform == "linux":
        # Outlives exec. SIGTERM and not SIGKILL, so that a server can end its own workers.
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        sys.exit("The supervisor ended before this part began.")
    try:
        os.execvp(command[0], command)  # noqa: S606 - becoming the command is the purpose
    except OSError as error:
        sys.exit(f"{command[0]} cannot be started: {error.strerror}.")


if __name__ == "__main__":
    main()
