"""Checks the settings: unknown names, values that nobody can use, settings that lack another."""

from collections.abc import Iterator

from cli.doctor.installation import Installation
from cli.doctor.result import CheckResult, fault, good, note
from cli.local_settings import refuse_half_set, refuse_nameless_sender
from functions.bootstrap import wrong_in_environment
from functions.model.errors import SettingInvalid

_SUBJECT = "settings"
_REMEDY = "docs/settings.md says what each takes"


def setting_checks(installation: Installation) -> Iterator[CheckResult]:
    """Each setting that is wrong, or that all are well."""
    wrong = [*wrong_in_environment(installation.environment)]
    if installation.stack is None:
        has_sender = "OMBUD_MAIL_FROM" in installation.environment  # else it is told already
        for refuse in (refuse_half_set, *((refuse_nameless_sender,) if has_sender else ())):
            try:
                refuse(installation.set_here)
            except SettingInvalid as error:
                wrong.append(str(error))
    for sentence in wrong:
        yield fault(_SUBJECT, sentence, _REMEDY)
    if installation.parts is None:
        yield note(_SUBJECT, "what they name was not tried: mend them, and look again")
    if wrong:
        return
    if installation.stack:
        yield good(_SUBJECT, f"the stack {installation.stack} tells all of them")
    elif names := sorted(name for name in installation.set_here if name.startswith("OMBUD_")):
        yield good(_SUBJECT, f"{', '.join(names)}; the others as `serve` has them")
    else:
        yield note(_SUBJECT, "none is set, so all are as `serve` has them on one machine")
