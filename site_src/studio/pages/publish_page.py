"""Publishes a draft, opens the next version of a policy, and says what the public will see."""

from starlette.responses import Response

from site_src.authoring.diff import all_added, diff_versions
from site_src.authoring.difference import Change
from site_src.authoring.revise import revise
from site_src.bilingual import Bilingual, author_language_of
from site_src.errors import NothingRevised, NothingToCompare, PoliciesRejected, VersionTaken
from site_src.policy.drafts.marks import STATUS
from site_src.policy.folders import POLICY_FILE
from site_src.publish.build import today
from site_src.studio.checking import Checked, laid_out
from site_src.studio.context import Asked
from site_src.studio.errors import FileChanged, NotReady, StudioError
from site_src.studio.facts.edits import edit_text
from site_src.studio.facts.entries import entries
from site_src.studio.files.draft_files import DraftFiles
from site_src.studio.needed import missing_values

_NOT_READY = Bilingual(
    "The draft was not published: there are still findings, missing values or facts that nobody "
    "has decided. They are listed here.",
    "草稿没有发布：还有问题、未填的内容或者未确认的事项，见下。",
)


def show_publish(asked: Asked) -> Response:
    """What is still in the way, or what the public will see."""
    return _publish_page(asked, asked.studio.drafts.read(asked.organisation))


def _publish_page(asked: Asked, files: DraftFiles, notice: str = "", status: int = 200) -> Response:
    data = files.document.data
    with laid_out(files, asked.studio.policies) as found:
        changes = _changes(asked, found)
        policy = found.editions.editions[-1].policy if found.editions else None
    return asked.draft_page(
        "publish.html",
        files,
        status,
        findings=asked.findings(found.findings, files),
        undecided=[each for each in entries(data) if each.proposed is not None],
        needed=missing_values(files),
        ready=_is_ready(files, found),
        changes=changes,
        policy=policy,
        notice=notice,
    )


def publish_draft(asked: Asked) -> Response:
    """Takes the mark of a draft off, if nothing is in the way."""

    def edit(files: DraftFiles) -> DraftFiles:
        with laid_out(files, asked.studio.policies) as found:
            if not _is_ready(files, found):
                raise NotReady(_NOT_READY)
        without = edit_text(files.facts, lambda data: data.pop(STATUS, None))
        return files.with_text(POLICY_FILE, without)

    try:
        asked.studio.drafts.save(asked.organisation, asked.form.get("digest"), edit, "publish")
    except StudioError as error:
        files = asked.studio.drafts.read(asked.organisation)
        status = 409 if isinstance(error, FileChanged) else 422
        return _publish_page(asked, files, asked.say(error.message), status)
    return asked.see(f"{asked.draft_home}publish")


def open_next_version(asked: Asked) -> Response:
    """Archives the version in the folder and opens the next one, as `build.py revise` does."""
    files = asked.studio.drafts.read(asked.organisation)
    try:
        revise(files.folder, today())
    except (VersionTaken, NothingRevised) as error:
        return _publish_page(asked, files, str(error), 422)
    except PoliciesRejected as error:
        words = " ".join(asked.say(finding.message) for finding in error.findings)
        return _publish_page(asked, files, words, 422)
    return asked.see(asked.draft_home)


def _is_ready(files: DraftFiles, found: Checked) -> bool:
    data = files.document.data
    undecided = any(entry.proposed is not None for entry in entries(data))
    return not (found.findings or undecided or missing_values(files) or found.editions is None)


def _changes(asked: Asked, found: Checked) -> tuple[Change, ...]:
    """What changes for the public against the version before, or that the organisation is new."""
    if found.editions is None:
        return ()
    language = author_language_of(asked.tongue.language)
    try:
        return diff_versions((found.editions,), language)
    except NothingToCompare:
        return all_added((found.editions,), language)
