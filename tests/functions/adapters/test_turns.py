"""Processes that write one store take turns."""

import subprocess
import sys
from pathlib import Path
from threading import Event, Thread

from functions.adapters.sqlite.turns import Turns

HOLDS = """
import sys
from pathlib import Path
from functions.adapters.sqlite.turns import Turns
Turns(Path(sys.argv[1])).__enter__()
print("holds", flush=True)
sys.stdin.read()
"""


def test_one_after_the_other(tmp_path: Path) -> None:
    """Whoever wants a turn gets it only once the one before has ended."""
    first, second, order, wanted = Turns(tmp_path), Turns(tmp_path), list[str](), Event()

    def take_second() -> None:
        wanted.set()
        with second:
            order.append("second")

    thread = Thread(target=take_second)
    with first:
        thread.start()
        wanted.wait(60)
        order.append("first")
    thread.join(60)
    assert order == ["first", "second"]
    first.close()
    second.close()


def test_process_that_is_killed_ends_its_turn(tmp_path: Path) -> None:
    """A process that dies in its turn keeps nobody waiting."""
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDS, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"holds\n"
    holder.kill()
    holder.communicate()
    turns = Turns(tmp_path)
    with turns:
        pass
    turns.close()
