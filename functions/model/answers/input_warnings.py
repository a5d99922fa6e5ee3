"""Warns about valid answers that may be slips; the filer is asked, never refused."""

from dataclasses import dataclass
from typing import Literal

from functions.model.answers.email_address import likely_meant
from functions.model.answers.invisible import same_to_the_eye
from functions.model.answers.plate import is_plate
from functions.model.answers.submission import Submission
from functions.model.contract.kind import Kind

_NO_NAMES = frozenset(
    map(
        same_to_the_eye,
        (
            *(
                "不具名",
                "不署名",
                "知情人",
                "知情者",
                "当事人",
                "投诉人",
                "举报人",
                "受害人",
                "受害者",
            ),
            *("无名", "无名氏", "佚名", "路人", "路人甲"),
            *("不告诉", "不填", "不说", "保密"),
            *("无", "没有", "暂无", "略", "未知", "不详", "不知道", "隐名", "化名", "测试"),
            *("一名员工", "一名客户", "一个客户", "普通员工", "员工", "客户", "消费者", "热心群众"),
            *("anonymous", "anon", "n/a", "na", "none", "no name", "nobody", "somebody", "someone"),
            *("unknown", "not given", "withheld", "prefer not to say", "secret", "test", "x", "xx"),
            *("xxx", "xxxx", "john doe", "jane doe"),
        ),
    )
)
"""What people write in place of a name."""
_NO_NAME_BEGINS = ("匿名", "某", "不愿", "不便", "不想", "不方便", "不透露", "不公开")
"""How such words begin: 匿名举报人, 某员工, 不愿透露姓名. No surname does."""
_LONGEST_NO_NAME = 7
"""Longer ones may be the name of a company."""


@dataclass(frozen=True)
class InputWarning:
    """An answer that may be a slip; `meant` is the likely correct value, if known."""

    name: Literal["email", "phone", "plate", "name", "signature"]
    meant: str | None = None


def input_warnings(submission: Submission, kind: Kind) -> tuple[InputWarning, ...]:
    """The warnings to show the filer before the filing is sent."""
    warnings: list[InputWarning] = []
    if submission.email and (meant := likely_meant(submission.email)):
        warnings.append(InputWarning("email", meant))
    if submission.phone and _is_out_of_service(submission.phone):
        warnings.append(InputWarning("phone"))
    if submission.plate and not is_plate(submission.plate):
        warnings.append(InputWarning("plate"))
    if submission.name and not kind.anonymous and _is_no_name(submission.name):
        warnings.append(InputWarning("name"))
    if submission.signature and not _is_signed_by_filer(submission):
        warnings.append(InputWarning("signature"))
    return tuple(warnings)


def _is_out_of_service(phone: str) -> bool:
    from functions.model.answers.telephone import is_in_service

    return not is_in_service(phone)


def _is_no_name(name: str) -> bool:
    """Whether people write it in place of a name, or it has no letter at all."""
    seen = same_to_the_eye(name)
    if seen in _NO_NAMES:
        return True
    if len(seen) <= _LONGEST_NO_NAME and seen.startswith(_NO_NAME_BEGINS):
        return True
    return not any(char.isalpha() for char in name)


def _is_signed_by_filer(submission: Submission) -> bool:
    """Whether the signature is the filer's name, or that of the person they act for."""
    names = filter(None, (submission.name, submission.represented))
    signature = same_to_the_eye(submission.signature or "")
    return submission.name is None or signature in map(same_to_the_eye, names)
