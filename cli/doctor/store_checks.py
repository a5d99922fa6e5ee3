"""Checks the store: what it is, whether the key opens it, whether it takes a filing, its disk."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from shutil import disk_usage

from cli.doctor.installation import Installation
from cli.doctor.result import CheckResult, fault, good, note, warning
from functions.bootstrap import WiredAdapters, examine_store
from functions.cases.key_note import check_noted_key
from functions.cases.ports.store_state import (
    StoreAbsent,
    StoreForeign,
    StoreOlder,
    StoreReady,
)
from functions.model.errors import KeyMismatch, SettingInvalid, StoreError

_LONG_OWED = timedelta(hours=1)
_OLDEST_MAILS = 20
_LITTLE, _TOO_LITTLE = 1_000_000_000, 100_000_000
"""Bytes free on the disk of the store."""


def store_checks(installation: Installation) -> Iterator[CheckResult]:
    """What is at OMBUD_STORE; a store of another form is not opened."""
    address = installation.environment.get("OMBUD_STORE", "")
    is_file = address.startswith("sqlite:")
    try:
        state = examine_store(address)
    except (SettingInvalid, StoreError) as error:
        yield fault("store", str(error), "see that the store can be reached with these rights")
        return
    match state:
        case StoreAbsent() if is_file:
            yield note("store", f"none yet: the first start makes {address.partition(':')[2]}")
        case StoreAbsent():
            yield fault("store", f"there is no {address}", "deploy the stack, or correct the name")
        case StoreForeign(why=why):
            yield fault("store", why, "do what the sentence says")
        case StoreOlder(how=how):
            remedy = "`build.py backup FILE`, then start" if is_file else "update the stack"
            yield warning("store", f"{address}: {how}", remedy)
        case StoreReady(remarks=remarks):
            for remark in remarks:
                says, _, remedy = remark.partition(": ")
                yield warning("store", says, remedy)
            if installation.parts is not None:
                yield from _opened(installation.parts, address, installation)
    if is_file:
        yield from _room(Path(address.partition(":")[2]))


def _opened(
    parts: WiredAdapters, address: str, installation: Installation
) -> Iterator[CheckResult]:
    """Whether the key is the store's, and whether a filing could be stored; nothing stays of it."""
    store, settings = parts.store, parts.settings
    try:
        store.check_key()
        check_noted_key(store, (settings.key, *settings.earlier_keys))
        store.look_for_damage()
        store.probe()
        since = store.owed_since()
        unreadable = store.unreadable_mails(_OLDEST_MAILS)
    except KeyMismatch as error:
        yield fault("key", str(error), "put the store's own key back")
        return
    except StoreError as error:
        yield fault("store", f"{address}: {error}", "docs/operations.md, Restore")
        return
    finally:
        store.close()
    yield good("store", f"{address} takes a filing, and the key opens it")
    if unreadable:
        yield fault(
            "mail",
            f"{unreadable} of the oldest owed mails cannot be decrypted",
            "put the earlier key below the current one within three days",
        )
    if since is not None and (age := installation.now - since) > _LONG_OWED:
        hours = int(age.total_seconds() // 3600)
        yield warning(
            "mail",
            f"a mail has been owed for {hours} h",
            "look for `deferred by` in the log: it has what the mail server answered",
        )


def _room(file: Path) -> Iterator[CheckResult]:
    """How much of the store's disk is free."""
    folder = next(place for place in file.resolve().parents if place.is_dir())
    free = disk_usage(folder).free
    says = f"{free // 1_000_000} MB are free below {folder}"
    remedy = "make room, or move the store"
    if free < _TOO_LITTLE:
        yield fault("disk", says, remedy)
    elif free < _LITTLE:
        yield warning("disk", says, remedy)
    else:
        yield good("disk", says)
