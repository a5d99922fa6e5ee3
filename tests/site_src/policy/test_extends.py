"""A policy that extends another: what it inherits, and what it replaces."""

import shutil
from pathlib import Path

import pytest

from site_src.check.organisation import read_all
from site_src.check.rules import check_edition
from site_src.places import POLICIES
from site_src.policy.finding import Finding
from site_src.policy.load import load
from site_src.policy.model.policy import Policy
from tests.helpers.places import EXAMPLES
from tests.helpers.sample_policies import loaded, mend, write

EXTENDS = 'extends: {policy: base, version: "1"}\n'


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """The folder of the policy to extend."""
    shutil.copytree(EXAMPLES / "shared", tmp_path, dirs_exist_ok=True)
    return tmp_path / "base"


def derived(policies: Path, facts: str = "", text: str = "# 分公司投诉办法\n") -> Path:
    """A policy that extends the base."""
    return write(policies, "branch", EXTENDS + facts, text)


def findings(folder: Path) -> tuple[Finding, ...]:
    """All findings of a policy."""
    return check_edition(loaded(folder))


def policy_of(folder: Path) -> Policy:
    """A policy without findings."""
    assert findings(folder) == ()
    return loaded(folder).policy


def clauses(folder: Path) -> list[str]:
    """The numbers of a policy's clauses, in order."""
    return [clause.id for clause in loaded(folder).clauses]


def test_everything_is_inherited(base: Path) -> None:
    """Without differences, a policy inherits all clauses and facts; its title is its own."""
    branch = derived(base.parent)
    policy, shared = policy_of(branch), policy_of(base)
    assert clauses(branch) == clauses(base)
    assert loaded(branch).procedure.startswith("# 分公司投诉办法")
    assert "总公司" not in loaded(branch).procedure
    for name in ("kinds", "filers", "channels", "categories", "steps", "limits", "provisions"):
        assert getattr(policy, name) == getattr(shared, name)


def test_who_it_is_is_not_inherited(base: Path) -> None:
    """Mailboxes, name and privacy notice are not inherited."""
    policy = policy_of(derived(base.parent))
    assert policy_of(base).role("service").mailbox == "service@base.example.com"
    assert policy.role("service").mailbox is None
    assert policy.organisation.mailbox == "own@branch.example.com"
    assert policy.privacy.contact == "privacy@branch.example.com"


def test_replaced_clause_brings_its_own_facts(base: Path) -> None:
    """A replaced clause loses the base's facts; the policy's own facts take their place."""
    own = """\
roles:
  - {id: service, name: 客服部, duty: 回复, clause: "2.2"}
steps:
  - {id: answer, role: service, action: 回复, clause: "2.2"}
limits:
  - {id: answer, value: 3, unit: day, from: received, role: service, action: 回复, clause: "2.2"}
"""
    branch = derived(base.parent, own, "# 分公司\n\n2.2 客服部收到投诉后，在 3 天内回复。\n")
    policy = policy_of(branch)
    assert [(limit.id, limit.value) for limit in policy.limits] == [("answer", 3), ("check", 2)]
    assert [role.id for role in policy.roles] == ["service", "manager"]
    assert [ground.text.words("zh-CN") for ground in policy.kinds[0].grounds] == ["服务", "记录"]
    assert [category.id for category in policy.categories[0].children] == ["lost"]
    assert clauses(branch) == clauses(base)


def test_replaced_clause_without_facts_is_found(base: Path) -> None:
    """The base's facts do not count for a replaced clause, so it has findings."""
    branch = derived(base.parent, "", "# 分公司\n\n3.1 客服部保存记录三年。\n")
    (found,) = findings(branch)
    assert (found.code, found.file, found.line) == (
        "duration-unclaimed",
        branch / "procedure.md",
        3,
    )


def test_same_words_are_no_replacement(base: Path) -> None:
    """A clause that is repeated word for word still inherits its facts."""
    branch = derived(base.parent, "", "# 分公司\n\n2.2 客服部收到投诉后，在 5 个工作日内答复。\n")
    assert [limit.id for limit in policy_of(branch).limits] == ["answer", "check"]


def test_added_clause(base: Path) -> None:
    """A new clause is at the place of its number, and its facts come last."""
    own = 'provisions:\n  - {topic: cost, text: 不收费, clause: "2.3"}\n'
    branch = derived(base.parent, own, "# 分公司\n\n2.3 处理投诉不收费。\n")
    assert clauses(branch) == ["1", "1.1", "2", "2.1", "2.2", "2.3", "2.10", "3", "3.1"]
    assert [one.topic for one in policy_of(branch).provisions] == ["record", "cost"]


def test_omitted_clause_takes_its_facts_along(base: Path) -> None:
    """An omitted clause is not in the text, and its facts are removed, even nested ones."""
    branch = derived(base.parent, 'omits: ["2.10", "3", "3.1"]\n')
    policy = policy_of(branch)
    assert clauses(branch) == ["1", "1.1", "2", "2.1", "2.2"]
    assert [role.id for role in policy.roles] == ["service"]
    assert [step.id for step in policy.steps] == ["answer"]
    assert policy.provisions == ()
    assert [ground.clause for ground in policy.kinds[0].grounds] == ["1.1", "2.2"]


@pytest.mark.parametrize(
    ("base_text", "own", "order"),
    [
        ("第九条 甲\n\n第十条 乙", "第十一条 丙", ["第九条", "第十条", "第十一条"]),
        (
            "第二条 甲\n\n（一）乙\n\n（三）丙\n\n第三条 丁",
            "第二条 甲\n\n（二）新\n\n（十）新",
            ["第二条", "第二条（一）", "第二条（二）", "第二条（三）", "第二条（十）", "第三条"],
        ),
        (
            "## 三、甲\n\n1、乙\n\n## 四、丙\n\n1.9 丁",
            "## 四、丙\n\n1.10 新\n\n## 五、新\n\n1、新",
            ["三", "三、1", "四", "四、1.9", "四、1.10", "五", "五、1"],
        ),
        (
            "## 第一章 甲\n\n第一条 乙\n\n## 第三章 丙\n\n第四条 丁",
            "## 第二章 新\n\n第二条 新\n\n第三条 新",
            ["第一章", "第一条", "第二章", "第二条", "第三条", "第三章", "第四条"],
        ),
        (
            "## 第一章 甲\n\n第一条 乙\n\n## 第二章 丙\n\n第三条 丁",
            "第二条 新\n\n## 第三章 新\n\n第四条 新",
            ["第一章", "第一条", "第二条", "第二章", "第三条", "第三章", "第四条"],
        ),
        ("2.1 甲", "1.2 新\n\n3.1 新", ["1.2", "2.1", "3.1"]),
    ],
)
def test_order_of_clauses(tmp_path: Path, base_text: str, own: str, order: list[str]) -> None:
    """Clauses are ordered by value: 第十一条 comes after 第十条, 1.10 after 1.9."""
    facts = """\
kinds: [{id: complaint, name: 投诉, clause: "0"}]
filers: [{id: customer, who: 客户, clause: "0"}]
roles: [{id: service, name: 客服部, duty: 答复, clause: "0"}]
steps: [{id: answer, role: service, action: 答复, clause: "0"}]
"""
    write(tmp_path, "base", facts, f"# 总\n\n{base_text}\n")
    assert clauses(derived(tmp_path, "", f"# 分\n\n{own}\n")) == order


def test_findings_name_the_file_that_says_it(base: Path) -> None:
    """A finding on a shared clause names the base's file, any other the policy's own file."""
    own = 'provisions:\n  - {topic: cost, text: 不收费, clause: "9.9"}\n'
    branch = derived(base.parent, own)
    mend(base / "policy.yaml", 'name: 丢失, clause: "1.1"', 'name: 丢失, clause: "8.8"')
    inherited, added = sorted(findings(branch), key=lambda found: found.clause or "")
    assert (inherited.file, inherited.field) == (
        base / "policy.yaml",
        "categories[0].children[1].clause",
    )
    assert (
        (base / "policy.yaml")
        .read_text("utf-8")
        .splitlines()[inherited.line - 1][inherited.column - 1 :]
        .startswith('clause: "8.8"')
    )
    assert (added.file, added.field) == (branch / "policy.yaml", "provisions[1].clause")
    assert (
        (branch / "policy.yaml")
        .read_text("utf-8")
        .splitlines()[added.line - 1][added.column - 1 :]
        .startswith('clause: "9.9"')
    )


def test_position_of_a_nested_fact_whose_brother_is_gone(base: Path) -> None:
    """If a nested fact is dropped, the next one keeps its position."""
    mend(base / "policy.yaml", 'name: 丢失, clause: "1.1"', 'name: 丢失, clause: "8.8"')
    branch = derived(base.parent, 'omits: ["2.2"]\n')
    found = next(one for one in findings(branch) if one.clause == "8.8")
    assert found.field == "categories[0].children[0].clause"
    line = (base / "policy.yaml").read_text("utf-8").splitlines()[found.line - 1]
    assert line[found.column - 1 :].startswith('clause: "8.8"')


def test_shared_fault_is_told_once(base: Path) -> None:
    """A finding on a clause that ten policies share is listed once."""
    derived(base.parent)
    mend(base / "procedure.md", "5 个工作日", "6 个工作日")
    assert [found.code for found in read_all(base.parent)[1]] == [
        "limit-not-in-text",
        "duration-unclaimed",
    ]


def test_archived_version_can_be_extended(base: Path) -> None:
    """An archived version can still be extended."""
    branch = derived(base.parent)
    before = loaded(branch)
    archive = base / "revisions" / "1"
    archive.mkdir(parents=True)
    for name in ("policy.yaml", "procedure.md"):
        (archive / name).write_bytes((base / name).read_bytes())
    mend(base / "policy.yaml", 'version: "1"', 'version: "2"')
    mend(base / "procedure.md", "3.1 客服部保存记录。", "3.1 客服部永久保存记录。")
    after = loaded(branch)
    assert after.digest == before.digest
    assert after.clause("3.1") != loaded(base).clause("3.1")
    clause = after.clause("3.1")
    assert clause is not None
    assert clause.lines[0].file == archive / "procedure.md"


def test_archived_version_can_extend(base: Path) -> None:
    """An archived version can still extend another policy."""
    branch = derived(base.parent)
    archive = branch / "revisions" / "1"
    archive.mkdir(parents=True)
    for name in ("policy.yaml", "procedure.md"):
        (archive / name).write_bytes((branch / name).read_bytes())
    assert clauses(archive) == clauses(base)
    assert findings(archive) == ()


@pytest.mark.parametrize(
    ("facts", "code", "field"),
    [
        ('omits: ["9.9"]\n', "clause-unknown", None),
        ("omits: 2.1\n", "wrong-value", "omits"),
        ("omits: [2.1]\n", "wrong-value", "omits[0]"),
        ("omits:\n", "wrong-value", "omits"),
        ("channels:\n", "wrong-value", "channels"),
        ("steps: [answer]\n", "wrong-value", "steps[2]"),
    ],
)
def test_differences_that_cannot_be_read(
    base: Path, facts: str, code: str, field: str | None
) -> None:
    """A typing mistake in the differences is a finding in the policy's own file."""
    branch = derived(base.parent, facts)
    found = load(branch)
    assert isinstance(found, tuple)
    assert (found[0].code, found[0].field) == (code, field)
    assert found[0].file == branch / "policy.yaml"


def test_omits_needs_extends(base: Path) -> None:
    """`omits` without `extends` is a finding."""
    path = base / "policy.yaml"
    path.write_text(path.read_text("utf-8") + 'omits: ["2.1"]\n', "utf-8")
    found = load(base)
    assert isinstance(found, tuple)
    assert [one.code for one in found] == ["base-unknown"]


def test_base_that_cannot_be_read(base: Path) -> None:
    """A finding of the base is reported as the base's."""
    branch = derived(base.parent)
    mend(base / "policy.yaml", '  - {id: customer, who: 客户, clause: "1.1"}', "  - {id: customer}")
    found = load(branch)
    assert isinstance(found, tuple)
    assert [(one.code, one.file) for one in found] == [("missing-key", base / "policy.yaml")] * 2


def test_circle_is_a_finding(base: Path) -> None:
    """Two policies that extend each other are a finding."""
    derived(base.parent)
    path = base / "policy.yaml"
    path.write_text(path.read_text("utf-8") + 'extends: {policy: branch, version: "1"}\n', "utf-8")
    found = load(base)
    assert isinstance(found, tuple)
    assert [(one.code, one.file.parent.name) for one in found] == [("base-unknown", "branch")]


def test_real_policies() -> None:
    """Of the two that share car-dealer's clauses, one replaces a clause and one omits five."""
    dealer = loaded(POLICIES / "car-dealer")
    whole = {clause.id: clause.words for clause in dealer.clauses}
    longer = {clause.id: clause.words for clause in loaded(POLICIES / "car-dealer-24h").clauses}
    trading = {clause.id: clause.words for clause in loaded(POLICIES / "trading-company").clauses}
    assert [id for id in whole if longer[id] != whole[id]] == ["四、1.4"]
    assert whole.keys() - trading.keys() == {"三、6", "三、7", "三、8", "四、1.3", "四、1.4"}
    assert trading["三、2"] == whole["三、2"]
