"""Shows a draft as the public would see it, and files a case with it for trial."""

from datetime import UTC, datetime

from starlette.exceptions import HTTPException
from starlette.responses import Response

from functions.model.contract.terms import KindId
from site_src.file_names import content_type
from site_src.studio.context import Asked
from site_src.studio.files.draft_files import DraftFiles
from site_src.studio.preview import Preview
from site_src.studio.trial import Trial, trials

_MAIL_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'self'"
"""A mail has its styles in itself, and nothing else that could run or load."""


def show_preview(asked: Asked) -> Response:
    """Two frames beside each other: a phone and a desk."""
    files, preview = _preview(asked)
    if preview is None:
        return _unreadable(asked, files)
    policy = preview.editions.editions[-1].policy
    return asked.draft_page(
        "preview.html",
        files,
        site=f"{asked.draft_home}site{asked.studio.previews.prefix(policy.language)}/",
        kinds=[(kind.id, kind.name.words(policy.language)) for kind in policy.kinds],
    )


def _unreadable(asked: Asked, files: DraftFiles) -> Response:
    found, _ = asked.studio.previews.of(files)
    return asked.draft_page(
        "unreadable.html", files, findings=asked.findings(found.findings, files)
    )


def show_site(asked: Asked) -> Response:
    """A file of the rendered draft."""
    _, preview = _preview(asked)
    path = str(asked.request.path_params["path"])
    content = preview.page(path, f"{asked.draft_home}site/") if preview else None
    if content is None:
        raise HTTPException(404)
    name = path if path and not path.endswith("/") else "index.html"
    return Response(content, media_type=content_type(name))


def show_trial(asked: Asked) -> Response:
    """A trial's dates, receipt and mails, for today and the day before a holiday."""
    files, preview = _preview(asked)
    if preview is None:
        return _unreadable(asked, files)
    kind, made = _trials(asked, preview)
    policy = preview.editions.editions[-1].policy
    return asked.draft_page(
        "trial.html",
        files,
        kind=kind,
        kinds=[(each.id, each.name.words(policy.language)) for each in policy.kinds],
        trials=made,
        days=[asked.studio.previews.words(asked.tongue).day(each.at.date()) for each in made],
    )


def show_trial_part(asked: Asked) -> Response:
    """The receipt of a trial as a page, or one of its mails as HTML."""
    _, preview = _preview(asked)
    part = str(asked.request.path_params["part"])
    number = asked.query("trial")
    if preview is None or number not in ("0", "1"):
        raise HTTPException(404)
    made = _trials(asked, preview)[1]
    if int(number) >= len(made):
        raise HTTPException(404)
    trial = made[int(number)]
    if part == "receipt":
        page = preview.linked(trial.receipt.encode(), f"{asked.draft_home}site/")
        return Response(page, media_type="text/html")
    html = next((mail.html for mail in trial.mails if mail.type == part), None)
    if html is None:
        raise HTTPException(404)
    headers = {"Content-Security-Policy": _MAIL_POLICY}
    return Response(html, media_type="text/html", headers=headers)


def _preview(asked: Asked) -> tuple[DraftFiles, Preview | None]:
    files = asked.studio.drafts.read(asked.organisation)
    return files, asked.studio.previews.of(files)[1]


def _trials(asked: Asked, preview: Preview) -> tuple[KindId, tuple[Trial, ...]]:
    """The trials of the kind that the address names, or of the first."""
    kinds: list[KindId] = [kind.id for kind in preview.editions.editions[-1].policy.kinds]
    kind = next((each for each in kinds if each == asked.query("kind")), kinds[0])
    previews = asked.studio.previews
    return kind, trials(preview, previews, kind, asked.tongue, datetime.now(UTC))
