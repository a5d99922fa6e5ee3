"""A draft as an import leaves it: facts proposed, values still to do, a wrong guess among them."""

from pathlib import Path

PROCEDURE = """\
# 示例图书馆投诉办法

## 第一章 总则

第一条 投诉，是指读者对服务不满意而提出的意见。

第二条 读者可以拨打 400-000-0000 投诉。

## 第二章 办理

第三条 读者服务部收到投诉后，在 5 个工作日内答复。

第四条 对答复不满意的，可以在十五日内请馆长复核。

第五条 投诉记录保存 3 年。
"""

FACTS = """\
# 由导入生成的草稿。
id: city-library
status: draft
version: "1"
effective_from: TODO
title: 示例图书馆投诉办法
source: 示例图书馆投诉办法
organisation:
  name: 示例图书馆
  prefix: TODO # TODO: 编号的前缀
  mailbox: TODO
privacy:
  handler: 示例图书馆
  contact: TODO
  purpose: TODO
  method: TODO
  data: TODO
  retention_years: TODO # TODO: 保存几年
kinds:
  # unsure: 条文只有一个定义
  - {id: complaint, name: 投诉, clause: 第一条, proposed: 投诉}
filers:
  - {id: reader, who: 读者, clause: 第一条, proposed: 读者}
channels:
  - id: telephone
    type: telephone
    name: 电话
    value: 400-000-0000
    clause: 第二条
    proposed: 拨打 400-000-0000
# 两个角色。
roles:
  - {id: service, name: 读者服务部, duty: 答复, clause: 第三条, proposed: 读者服务部} # 看仔细
  - {id: director, name: 馆长, duty: 复核, clause: 第四条, proposed: 馆长}
steps:
  - {id: answer, role: service, action: 答复, clause: 第三条, proposed: 答复}
limits:
  - {id: answer, value: 5, unit: working_day, from: received, role: service, action: 答复,
    clause: 第三条, proposed: 在 5 个工作日内答复}
  - id: review
    value: 15
    unit: day
    from: ruling
    party: filer
    action: 请求复核
    clause: 第四条
    proposed: 在十五日内请馆长复核
  - {id: keep, value: 3, unit: year, from: unstated, action: 保存投诉记录, clause: 第五条,
    proposed: 保存 3 年}
reviews:
  - {inside: true, body: 馆长, text: 请馆长复核, limits: [review], clause: 第四条,
    proposed: 请馆长复核}
"""

VALUES = {
    "organisation.name": "示例图书馆",
    "organisation.prefix": "CTB",
    "organisation.mailbox": "office@library.example.com",
    "effective_from": "2026-01-01",
    "title": "示例图书馆投诉办法",
    "source": "示例图书馆投诉办法",
    "privacy.handler": "示例图书馆",
    "privacy.contact": "privacy@library.example.com",
    "privacy.purpose": "受理投诉",
    "privacy.method": "加密传输",
    "privacy.data": "姓名和联系方式",
    "privacy.retention_years": "3",
}
"""What the form of the organisation is given."""


def write_sample_draft(policies: Path) -> Path:
    """Writes the draft into a folder of policies and returns its own folder."""
    folder = policies / "city-library"
    folder.mkdir(parents=True)
    (folder / "procedure.md").write_text(PROCEDURE, encoding="utf-8")
    (folder / "policy.yaml").write_text(FACTS, encoding="utf-8")
    return folder
