"""Takes files ahead of their filing: gives a voucher first, then takes the file."""

import logging
from datetime import datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import Base64Bytes, Field, ValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from functions.cases.files.attach import SentFile, is_promised, new_upload
from functions.cases.files.file_types import examine_head
from functions.cases.files.uploads import Upload, open_upload, seal_upload
from functions.cases.ports.ports import Ports
from functions.cases.quotas import count_voucher
from functions.model.attachment import MEGABYTE, AttachmentRules, Flaw, display_name
from functions.model.errors import FileMissing, TokenInvalid
from functions.model.frozen import Frozen
from functions.model.language import Language, chosen
from functions.model.pages.vocabulary import Vocabulary
from functions.views.wording.words import flaw_words
from functions.web.body import MULTIPART, form_items, media_type, once
from functions.web.forms.form_contract import FormContract, find_contract
from functions.web.request import client_address, read_body, wanted_languages
from functions.web.response import problem_details, retry_after
from functions.web.routing.threads import run_in_threadpool

log = logging.getLogger("ombud.uploads")

_LONGEST_REQUEST = 10_000
_LARGEST_BODY = 26 * MEGABYTE
"""The largest file that any policy may allow, and the multipart around it."""


class UploadRequest(Frozen):
    """The file that a client wants to upload: `size` in bytes, `sha256` in hexadecimal.

    With `head`, its first bytes in base64, a file of a wrong type is refused before it is sent.
    `contract` and `language` are those of the page; without them the current contract applies
    and the browser's language.
    """

    name: Annotated[str, Field(max_length=1000)]
    size: Annotated[int, Field(ge=0)]
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    head: Base64Bytes | None = None
    contract: str | None = None
    language: Language | None = None


class UploadRoutes:
    """Gives vouchers, and takes the files if file storage is on this machine."""

    def __init__(self, ports: Ports) -> None:
        self._ports = ports

    def routes(self) -> list[Route]:
        """Returns the routes of vouchers, for each kind of filing, and of files."""
        vouchers = Route("/cases/uploads/{organisation}/{kind}", self.voucher, methods=["POST"])
        return [vouchers, Route("/cases/uploads", self.take, methods=["POST"])]

    async def voucher(self, request: Request) -> Response:
        """Returns a voucher and where to send the file: POST `fields`, then `file`, to `url`."""
        body = await read_body(request, _LONGEST_REQUEST)
        try:
            upload = UploadRequest.model_validate_json(body)
        except ValidationError as error:
            places = (detail["loc"] for detail in error.errors())
            fields = ", ".join(str(place[0]) for place in places if place)
            raise HTTPException(400, f"name, size or sha256 is wrong: {fields}") from error
        return await run_in_threadpool(self._voucher, request, upload)

    def _voucher(self, request: Request, upload: UploadRequest) -> Response:
        address, kind = request.path_params["organisation"], request.path_params["kind"]
        form, rules = self._rules(address, kind, upload.contract)
        digest, organisation = form.digest, form.contract.organisation
        if flaw := _early_flaw(upload, rules):
            words = self._words(request, upload, digest)
            detail = flaw_words(words, rules, flaw)
            return problem_details(422, words.say("rejected"), detail)
        if again := count_voucher(client_address(request), upload.size, self._ports):
            log.warning("voucher refused: its address has reached a quota")
            return self._too_many(again, request, upload, digest)
        voucher = new_upload(upload.name, upload.size, upload.sha256, organisation, self._ports)
        token = seal_upload(self._ports.tokens, voucher)
        ticket = self._ports.shelf.ticket(voucher.place, voucher.size, voucher.sha256, token)
        return JSONResponse({"upload": token, "url": ticket.url, "fields": ticket.fields}, 201)

    def _too_many(
        self, again: datetime, request: Request, upload: UploadRequest, digest: str
    ) -> Response:
        words = self._words(request, upload, digest)
        timezone = self._ports.contracts.contract(digest).timezone
        time = again.astimezone(ZoneInfo(timezone))
        detail = words.say("too_many_files", name=display_name(upload.name), time=f"{time:%H:%M}")
        wait = retry_after(again, self._ports.now())
        return problem_details(429, words.say("http_429_files"), detail, headers=wait)

    def _words(self, request: Request, upload: UploadRequest, digest: str) -> Vocabulary:
        """Returns the words in the language of the page, or else of the browser."""
        page = (upload.language,) if upload.language else ()
        contracts = self._ports.contracts
        wanted = (*page, *wanted_languages(request))
        language = chosen(wanted, contracts.contract(digest).pages, contracts.language())
        return contracts.pages(digest, language).words

    def _rules(
        self, address: str, kind: str, wanted: str | None
    ) -> tuple[FormContract, AttachmentRules]:
        """Returns the wanted contract, or else the current one, and its file rules.

        Raises HTTPException 404 if the kind does not exist or takes no files.
        """
        contracts = self._ports.contracts
        form = find_contract(address, wanted, contracts.current(), contracts)
        found = form.kind(kind) if form and form.in_force else None
        if form is None or found is None or found[1].attachments is None:
            raise HTTPException(404)
        return form, found[1].attachments

    async def take(self, request: Request) -> Response:
        """Stores the file of a voucher; 404 if another origin takes the files."""
        if self._ports.shelf.origin:
            raise HTTPException(404)
        body = await read_body(request, _LARGEST_BODY)
        header = request.headers.get("content-type", "")
        if media_type(header) != MULTIPART:
            raise HTTPException(415, f"send {MULTIPART}")
        sent = once(form_items(header, body, 1, _LONGEST_REQUEST))
        token, file = sent.get("upload"), sent.get("file")
        if not isinstance(token, str) or not isinstance(file, SentFile):
            raise HTTPException(400, "send the fields of the voucher and `file`")
        await run_in_threadpool(self._take, token, file.content)
        return Response(status_code=204)

    def _take(self, token: str, content: bytes) -> None:
        try:
            voucher = open_upload(self._ports.tokens, token, None, self._ports.now())
        except TokenInvalid as error:
            raise HTTPException(400, str(error)) from error
        if not is_promised(voucher, content):
            raise HTTPException(400, "the file does not match its voucher")
        if not self._is_stored(voucher):
            self._ports.shelf.put(voucher.place, content)

    def _is_stored(self, voucher: Upload) -> bool:
        """Whether the file is there: a voucher that is sent again and again writes nothing."""
        try:
            return is_promised(voucher, self._ports.shelf.read(voucher.place))
        except FileMissing:
            return False


def _early_flaw(upload: UploadRequest, rules: AttachmentRules) -> Flaw | None:
    """Why the file would not be accepted, as far as its size and its first bytes show."""
    name = display_name(upload.name)
    if upload.size == 0:
        return Flaw(name, "empty")
    if upload.size > rules.most_bytes:
        return Flaw(name, "too_large")
    return examine_head(name, upload.head, rules) if upload.head else None
