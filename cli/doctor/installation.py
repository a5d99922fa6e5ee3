"""What doctor examines: the settings of this machine or of a stack on AWS, and where things lie."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cli.local_settings import local_environment
from cli.serving.sample_login import is_local
from functions.bootstrap import WiredAdapters, environment_settings, stack_settings
from functions.model.errors import SecretUnavailable, SettingInvalid

_ANY_KEY = "00" * 32
"""Stands for a key that is not there yet, so that the other settings can be read."""


def _is_public(environment: Mapping[str, str]) -> bool:
    """Whether it is for others: then the server has no defaults for its address and its mail."""
    return not is_local(environment.get("OMBUD_SITE_URL") or "http://localhost")


@dataclass(frozen=True)
class Installation:
    """An installation as its settings name it; `parts` is None if they cannot be used.

    `environment` has the defaults of `serve` for what is not set. `stack` is the stack on AWS that
    the settings come from; `set_here` is what the environment of this process has. It is `fresh`
    before the first start, which makes key and store.
    """

    environment: Mapping[str, str]
    set_here: Mapping[str, str]
    data: Path
    out: Path
    policies: Path
    now: datetime
    stack: str | None = None
    parts: WiredAdapters | None = None
    mail_to: str | None = None
    fresh: bool = False

    @property
    def is_local(self) -> bool:
        """Whether the site's address is this machine's, as where nobody else uses it yet."""
        return is_local(self.environment.get("OMBUD_SITE_URL", ""))


def installation(
    data: Path, out: Path, policies: Path, stack: str | None, mail_to: str | None
) -> Installation:
    """Reads the settings; makes and changes nothing. Raises StackUnavailable, SettingInvalid."""
    environment = dict(
        stack_settings(stack)
        if stack
        else local_environment(out, data, os.environ, public=_is_public(os.environ))
    )
    fresh = not (stack or os.environ.get("OMBUD_KEY") or os.environ.get("OMBUD_STORE")) and not any(
        (data / name).exists() for name in ("key", "ombud.db")
    )
    if fresh:
        environment["OMBUD_KEY"] = _ANY_KEY
    try:
        parts = WiredAdapters(environment_settings(environment))
    except (SettingInvalid, SecretUnavailable):
        parts = None
    return Installation(
        environment=environment,
        set_here=dict(os.environ),
        data=data,
        out=out,
        policies=policies,
        now=datetime.now(UTC),
        stack=stack,
        parts=parts,
        mail_to=mail_to,
        fresh=fresh,
    )
