"""Runs all checks; one that fails itself keeps none of the others from being made."""

from collections.abc import Callable, Iterator

from cli.doctor.contract_checks import contract_checks
from cli.doctor.file_checks import file_checks
from cli.doctor.installation import Installation
from cli.doctor.key_checks import key_checks
from cli.doctor.machine_checks import machine_checks
from cli.doctor.mail_checks import mail_checks
from cli.doctor.result import CheckResult, fault
from cli.doctor.setting_checks import setting_checks
from cli.doctor.site_checks import site_checks
from cli.doctor.store_checks import store_checks
from cli.exits import failure_of

FAMILIES: dict[str, Callable[[Installation], Iterator[CheckResult]]] = {
    "settings": setting_checks,
    "key": key_checks,
    "store": store_checks,
    "contracts": contract_checks,
    "files": file_checks,
    "mail": mail_checks,
    "site": site_checks,
    "machine": machine_checks,
}


def examine_installation(installation: Installation) -> Iterator[CheckResult]:
    """What each check finds, as soon as it is found."""
    for subject, checks in FAMILIES.items():
        try:
            yield from checks(installation)
        except Exception as error:
            yield fault(subject, failure_of(error).line, "mend that, and look again")
