"""Writes the policy of a draft from the text of its procedure alone."""

import json

_DRAFT = """\
# {title}
# TODO stands where the text does not say what is needed. `build.py check {id}` lists the places.
id: {id}
status: draft
version: "1"
effective_from: TODO
title: {title}
source: {title}
organisation:
  name: TODO
  prefix: TODO
  mailbox: TODO
privacy:
  handler: TODO
  contact: TODO
  purpose: TODO
  method: TODO
  data: TODO
  retention_years: TODO
"""


def propose_facts(procedure: str, language: str, organisation: str) -> str:
    """The YAML of a draft for `policies/<organisation>/policy.yaml`.

    `procedure` is the text of `procedure.md` in `language`, zh-CN or en.
    """
    title = procedure.partition("\n")[0].removeprefix("# ")
    text = _DRAFT.format(id=organisation, title=json.dumps(title, ensure_ascii=False))
    return text if language == "zh-CN" else f"{text}language: {language}\n"
