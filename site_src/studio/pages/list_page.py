"""The first page: all organisations, and the import of a document."""

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from starlette.responses import Response

from site_src.authoring.draft_folder import write_draft
from site_src.authoring.new import new_folder
from site_src.bilingual import Bilingual
from site_src.errors import AnswerRefused, OrganisationExists
from site_src.importing.errors import DocumentRefused
from site_src.importing.read import read_document
from site_src.policy.address import is_reserved
from site_src.policy.drafts.marks import is_draft
from site_src.policy.folders import folders
from site_src.proposing.propose import propose_facts
from site_src.studio.context import Asked
from site_src.studio.errors import FilesUnreadable
from site_src.studio.facts.choices import own_words
from site_src.studio.facts.entries import entries
from site_src.studio.files.draft_files import read_files

_NO_FILE = Bilingual(
    "Choose the file of the procedure, then import again.", "请先选择办法的文件，再导入。"
)
_EMPTY_FILE = Bilingual(
    "The file {file} is empty. Open it, save the procedure again, then import that file.",
    "文件 {file} 是空的。请打开办法的文档，重新保存，再导入新文件。",
)
_NO_ADDRESS = Bilingual(
    "“{name}” cannot be the address of a page: use small letters, digits and single dashes, at "
    "most 60 characters, such as city-library.",
    "“{name}”不能用作网页地址：请只用小写字母、数字和单个连字符，最多 60 个字符，"
    "例如 city-library。",
)
_RESERVED = Bilingual(
    "/{name}/ is an address of the site itself. Choose another one.",
    "/{name}/ 是网站自己的地址，请换一个。",
)
_TAKEN = Bilingual(
    "There is an organisation at /{name}/ already. Choose another address, or open its "
    "draft below.",
    "/{name}/ 已经有一个单位。请换一个地址，或者在下面打开它的草稿。",
)


@dataclass(frozen=True)
class ListedDraft:
    """An organisation in the list; `problem` says why its files cannot be read."""

    id: str
    name: str
    is_draft: bool
    undecided: int
    problem: Bilingual | None = None


def show_list(asked: Asked) -> Response:
    """The list, drafts first, and the form to import a document."""
    return _list_page(asked)


def _list_page(asked: Asked, notice: str = "", status: int = 200) -> Response:
    listed = [_listed(asked.studio.policies, folder) for folder in folders(asked.studio.policies)]
    return asked.page(
        "list.html",
        status,
        drafts=[each for each in listed if each.is_draft],
        others=[each for each in listed if not each.is_draft],
        organisation=asked.form.get("organisation"),
        notice=notice,
    )


def _listed(policies: Path, folder: Path) -> ListedDraft:
    try:
        data = read_files(policies, folder.name).document.data
    except FilesUnreadable as error:
        return ListedDraft(folder.name, folder.name, True, 0, error.message)
    own = data.get("organisation")
    name = own_words(own.get("name") if isinstance(own, dict) else "", data.get("language"))
    undecided = sum(entry.proposed is not None for entry in entries(data))
    known = name if name and not name.startswith("TODO") else folder.name
    return ListedDraft(folder.name, known, is_draft(data), undecided)


def import_document(asked: Asked) -> Response:
    """Makes a draft from the document that was sent; says what was left out of its text."""
    form, policies = asked.form, asked.studio.policies
    organisation = form.get("organisation").strip()
    if not form.file:
        empty = _EMPTY_FILE.filled(file=form.file_name) if form.file_name else _NO_FILE
        return _list_page(asked, asked.say(empty), 422)
    try:
        new_folder(policies, organisation)
        with TemporaryDirectory(prefix="ombud-import-") as scratch:
            file = Path(scratch) / (Path(form.file_name.replace("\\", "/")).name or "document")
            file.write_bytes(form.file)
            document = read_document(file)
        facts = propose_facts(document.procedure, document.language, organisation)
        write_draft(policies, organisation, document.procedure, facts)
    except DocumentRefused as error:
        return _list_page(asked, asked.say(error.message), 422)
    except OrganisationExists:
        return _list_page(asked, asked.say(_TAKEN.filled(name=organisation)), 422)
    except AnswerRefused:
        refused = _RESERVED if is_reserved(organisation) else _NO_ADDRESS
        return _list_page(asked, asked.say(refused.filled(name=organisation)), 422)
    if not (document.left_out or document.changed):
        return asked.see(f"{asked.home}{organisation}/")
    return asked.page(
        "imported.html",
        draft=f"{asked.home}{organisation}/",
        left_out=[(one.reason, one.place.words, one.words) for one in document.left_out],
        changed=[(one.how, one.place.words, one.words) for one in document.changed],
    )
