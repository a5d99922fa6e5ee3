"""The states of the inputs that have no version: mailboxes, translations, looks, calendars.

A version's promises are compared one by one. Everything else in an organisation's folder may change
without a new version, so a checkout that is behind is recognised by an earlier state of the whole.
"""

from pathlib import Path

from functions.model.contract.contract import digest
from site_src.file_names import CALENDAR_FOLDER, OPERATOR_FILE
from site_src.policy.load import folders
from site_src.publish.fingerprint import folder_state

SHARED = (OPERATOR_FILE, CALENDAR_FOLDER)
"""The inputs that are no organisation's; no folder may have these names."""


def input_states(policies: Path) -> dict[str, str]:
    """The digest of each organisation's folder, of the operator's settings and of the calendars.

    A missing file or folder has a state, too: somebody may have added it since.
    """
    settings = policies / OPERATOR_FILE
    states = {OPERATOR_FILE: digest(settings.read_bytes() if settings.is_file() else b"")}
    for folder in (policies / CALENDAR_FOLDER, *folders(policies)):
        states[folder.name] = digest(folder_state(folder).content())
    return states
