"""Stops a publication before one of its steps, in this process or by SIGKILL in another one.

A step is a file that is written, moved or removed.
"""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import Any
from unittest.mock import patch

from site_src.file_names import LOCK
from site_src.publish.targets import s3_lock
from site_src.publish.targets.folder import FolderTarget, FolderWriter
from site_src.publish.targets.s3 import S3Target
from site_src.publish.targets.target import Target
from tests.helpers.publishing.checkouts import deploy

LOCK_SECONDS = 2
"""How long the lock in S3 lives of a publication that this module kills."""


class Killed(BaseException):
    """The process is gone: nothing handles it."""


@contextmanager
def before_step(target: Target, step: int, stop: Callable[[], None]) -> Iterator[list[str]]:
    """Calls `stop` before that step, counted from 0; yields the names of the steps done."""
    done: list[str] = []

    def counted(work: Callable[..., Any], name_of: Callable[..., str]) -> Callable[..., Any]:
        def call(*arguments: Any, **values: Any) -> Any:
            name = name_of(*arguments, **values)
            if name != LOCK:
                if len(done) == step:
                    stop()
                done.append(name)
            return work(*arguments, **values)

        return call

    if isinstance(target, FolderTarget):
        moved = counted(os.replace, lambda _, to: str(to))
        removed = counted(FolderWriter.remove, lambda _, name: name)
        with patch.object(os, "replace", moved), patch.object(FolderWriter, "remove", removed):
            yield done
    elif isinstance(target, S3Target):
        put, delete = target.s3.put_object, target.s3.delete_object

        def name_of(Bucket: str, Key: str, **_: Any) -> str:  # noqa: N803 - as boto3 calls them
            return f"contracts/{Key}" if Bucket == "contracts" else Key

        with (
            patch.object(target.s3, "put_object", counted(put, name_of)),
            patch.object(target.s3, "delete_object", counted(delete, name_of)),
        ):
            yield done


def die() -> None:
    """Ends in this process as SIGKILL would, for code that does not catch it."""
    raise Killed


def killed_by_signal(policies: Path, target: Target, step: int) -> int:
    """Deploys in another process, which kills itself before the step; returns how it ended."""
    process = get_context("fork").Process(target=_deploy, args=(policies, target, step))
    process.start()
    process.join()
    assert process.exitcode is not None
    return process.exitcode


def _deploy(policies: Path, target: Target, step: int) -> None:
    s3_lock.LOCK_SECONDS = LOCK_SECONDS
    if isinstance(target, S3Target):  # a fork must not use the connections of its parent
        target = S3Target("site", "contracts", None)
    with before_step(target, step, lambda: os.kill(os.getpid(), signal.SIGKILL)):
        deploy(policies, target)
