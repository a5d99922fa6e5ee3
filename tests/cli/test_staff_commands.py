"""The commands `staff list`, `staff add` and `staff revoke`, with a real SQLite store."""

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli import app as cli
from functions.cases.desk.access import find_person
from functions.cases.desk.revocations import is_access_revoked
from functions.cases.ports.ports import Ports
from functions.model.desk.staff import mark
from site_src.authoring.rename import rename
from site_src.publish.build import build
from tests.conftest import KEY, SITE_URL
from tests.helpers.sample_policies import SAMPLE_STAFF, entry, mend, staffed, tree, write_staff

LIN, LU = "lin.yi@sample.example.com", "lu.min@sample.example.com"
NEW = ("--address", "wu.di@sample.example.com", "--name", "吴荻", "--role", "service")


@pytest.fixture
def staff(policies: Path) -> Path:
    """The staff.yaml of the sample, with two people."""
    return write_staff(policies / "sample")


@pytest.fixture
def store(ports: Ports, wired: Path, policies: Path) -> Ports:
    """The environment of a site, whose contracts are those of all samples."""
    return ports


@pytest.fixture
def no_store(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """A data folder without a store, where the environment names none either."""
    monkeypatch.delenv("OMBUD_STORE", raising=False)
    return str(tmp_path / "data")


def run(*arguments: str) -> tuple[int, str]:
    """The exit code and the output of `build.py staff`."""
    result = CliRunner().invoke(cli.app, ("staff", *arguments))
    return result.exit_code, result.output


def test_list_says_who_has_access(staff: Path, store: Ports) -> None:
    """Each person with roles and last day; whether the access has ended or was revoked."""
    past = entry("wu.di@sample.example.com", "service", name="吴荻", until="2020-01-31")
    staff.write_text(SAMPLE_STAFF + past, encoding="utf-8")
    store.lists.revoke("sample", mark(KEY, "sample", LU), store.now())
    code, output = run("list", "sample")
    assert code == 0
    rows = [line.split() for line in output.splitlines()]
    assert rows[0] == ["name", "address", "roles", "last", "day", "access"]
    assert rows[2:] == [
        ["林怡", LIN, "service", "yes"],
        ["陆敏", LU, "manager", "revoked"],
        ["吴荻", "wu.di@sample.example.com", "service", "2020-01-31", "ended"],
    ]


def test_list_without_a_store_says_so(staff: Path, no_store: str) -> None:
    """The list is still there, and says that it does not know of revocations; in Chinese, too."""
    code, output = run("list", "sample", "--data", no_store)
    assert code == 0
    assert LIN in output
    assert "No store is configured here" in output
    assert "看不到撤销记录" in run("list", "sample", "--data", no_store, "--language", "zh-CN")[1]
    assert not Path(no_store).exists()


def test_list_without_the_file(policies: Path, no_store: str) -> None:
    """Nobody is listed, and the command that adds somebody is named."""
    code, output = run("list", "sample", "--data", no_store)
    assert code == 0
    assert "`build.py staff add sample …`" in output


@pytest.mark.parametrize("command", [("list",), ("add", *NEW)])
def test_unknown_organisation_is_wrong_use(
    staff: Path, no_store: str, command: tuple[str, ...]
) -> None:
    """The folders that there are are named, and nothing is written."""
    before = tree(staff.parent.parent)
    code, output = run(command[0], "elsewhere", *command[1:], "--data", no_store)
    assert code == 2
    assert "policies/elsewhere/; the folders are: sample" in output
    assert tree(staff.parent.parent) == before


@pytest.mark.parametrize("command", [("list",), ("add", *NEW)])
def test_broken_file_is_a_finding(staff: Path, no_store: str, command: tuple[str, ...]) -> None:
    """File and line are named, and the exit code is 1."""
    mend(staff, "name: 林怡", "name：林怡")
    code, output = run(command[0], "sample", *command[1:], "--data", no_store)
    assert code == 1
    assert f"{staff}:5:9: yaml-syntax" in output


def test_add_keeps_comments(staff: Path, no_store: str) -> None:
    """The entry is added at the end, everything before stays, and the next step is said."""
    code, output = run(
        "add", "sample", *NEW, "--role", "manager", "--until", "2099-06-30", "--also", "小吴",
        "--data", no_store,
    )  # fmt: skip
    assert code == 0, output
    assert staff.read_text(encoding="utf-8") == SAMPLE_STAFF + (
        "  - address: wu.di@sample.example.com\n"
        "    name: 吴荻\n"
        "    roles: [service, manager]\n"
        "    until: 2099-06-30\n"
        "    also: [小吴]\n"
    )
    assert f"吴荻 was added to {staff}" in output
    assert "Commit staff.yaml, then deploy" in output
    assert "if the person's access was revoked, give this command again" in output
    assert CliRunner().invoke(cli.app, ["check"]).exit_code == 0


def test_add_begins_the_file(policies: Path, no_store: str) -> None:
    """Without a staff.yaml one is written, with the schema for editors; what lacks is said."""
    values = ("--address", LIN, "--name", "林怡", "--role", "manager")
    code, output = run("add", "sample", *values, "--data", no_store)
    assert code == 0
    file = policies / "sample" / "staff.yaml"
    assert file.read_text(encoding="utf-8") == (
        "# yaml-language-server: $schema=../staff.schema.json\n"
        "# 处理案件的人员。写法见 docs/policy-format.zh-CN.md。\n" + staffed(entry(LIN, "manager"))
    )
    assert "still to do: nobody has the role service (客服部)" in output


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("wu.di@sample.example.com", "wu.di", "address: value is not a valid email address"),
        ("wu.di@sample.example.com", "help@sample.example.com", "is a public address"),
        ("wu.di@sample.example.com", "LIN.YI@sample.example.com", f"{Path('staff.yaml')}:4 has"),
        ("吴荻", "吴", "name: String should have at least 2 characters"),
        ("service", "sevrice", "Perhaps you mean `service`."),
    ],
)
def test_what_cannot_be_added_is_wrong_use(
    staff: Path, store: Ports, old: str, new: str, reason: str
) -> None:
    """The reason is said, nothing is written, and the exit code is 2."""
    code, output = run("add", "sample", *(new if value == old else value for value in NEW))
    assert code == 2
    assert reason in output
    assert "Nothing was written." in output
    assert staff.read_text(encoding="utf-8") == SAMPLE_STAFF


def test_wrong_day_is_wrong_use(staff: Path, no_store: str) -> None:
    """A day that is none is refused before anything is written."""
    code, output = run("add", "sample", *NEW, "--until", "2099-02-30", "--data", no_store)
    assert (code, "until:" in output) == (2, True)
    assert staff.read_text(encoding="utf-8") == SAMPLE_STAFF


def test_odd_layout_is_left_to_its_author(staff: Path, no_store: str) -> None:
    """Where an addition would change other lines, nothing is written, and it is said."""
    text = f"staff: [{{address: {LIN}, name: 林怡,\n  roles: [service]}}]\n"
    staff.write_text(text, encoding="utf-8")
    code, output = run("add", "sample", *NEW, "--data", no_store)
    assert (code, "add the entry by hand" in output) == (2, True)
    assert staff.read_text(encoding="utf-8") == text


def test_revoke_ends_access_and_removes_the_entry(staff: Path, store: Ports) -> None:
    """The store has the revocation at once, the file has the entry no more, comments stay."""
    code, output = run("revoke", "sample", LU.upper())
    assert code == 0, output
    assert store.lists.is_revoked("sample", mark(KEY, "sample", LU))
    assert not store.lists.is_revoked("sample", mark(KEY, "sample", LIN))
    text = staff.read_text(encoding="utf-8")
    assert text == SAMPLE_STAFF[: SAMPLE_STAFF.index("  - address: lu.min")]
    assert text.endswith("  # 经理\n")
    assert f"The entry was removed from {staff}" in output
    assert "Commit staff.yaml, then deploy" in output


def test_revoke_says_which_role_is_vacant(staff: Path, store: Ports) -> None:
    """Whoever revokes learns at once that nobody has the role now; access ends all the same."""
    code, output = run("revoke", "sample", LIN)
    assert code == 0
    assert "still to do: nobody has the role service (客服部), and clause 2.2 binds it" in output
    assert is_access_revoked("sample", LIN, store)


def test_revoke_without_a_store_does_nothing(staff: Path, no_store: str) -> None:
    """It says what to set and exits with 1; the entry stays, since access would not have ended."""
    code, output = run("revoke", "sample", LIN, "--data", no_store)
    assert code == 1
    assert "No store is configured here, so nothing was done" in output
    assert "OMBUD_STORE" in output
    assert staff.read_text(encoding="utf-8") == SAMPLE_STAFF
    assert not Path(no_store).exists()


def test_revoke_with_the_data_of_serve(
    staff: Path, ports: Ports, no_store: str, tmp_path: Path
) -> None:
    """Without OMBUD_STORE it takes the store and the key that `serve` keeps in its folder."""
    data = Path(no_store)
    data.mkdir()
    ports.store.close()
    shutil.copy(tmp_path / "ombud.db", data / "ombud.db")
    (data / "key").write_text(KEY.hex())
    assert run("revoke", "sample", LIN, "--data", no_store)[0] == 0
    assert run("list", "sample", "--data", no_store)[0] == 0
    code, output = run("add", "sample", "--address", LIN, "--name", "林怡", "--role", "service",
                       "--data", no_store)  # fmt: skip
    assert (code, f"The revocation of {LIN} was taken back." in output) == (0, True)


def test_missing_settings_are_named(
    staff: Path, store: Ports, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a store and without its key, each command exits with 3 and changes nothing."""
    monkeypatch.delenv("OMBUD_KEY")
    for command in (("list", "sample"), ("add", "sample", *NEW), ("revoke", "sample", LIN)):
        code, output = run(*command)
        assert (code, "OMBUD_STORE is set, so OMBUD_KEY must be set too" in output) == (3, True)
    assert staff.read_text(encoding="utf-8") == SAMPLE_STAFF


def test_another_key_is_refused(staff: Path, store: Ports, monkeypatch: pytest.MonkeyPatch) -> None:
    """Under another key than the store's a revocation would hold for nobody, so none is written."""
    store.store.check_key()
    monkeypatch.setenv("OMBUD_KEY", KEY[::-1].hex())
    code, output = run("revoke", "sample", LIN)
    assert (code, "put that key back" in output) == (3, True)
    assert "has ended" not in output
    assert not is_access_revoked("sample", LIN, store)
    assert staff.read_text(encoding="utf-8") == SAMPLE_STAFF


def test_revoke_after_the_entry_is_gone(staff: Path, store: Ports) -> None:
    """An address that nobody has is most likely misspelt: no success is claimed, access ends."""
    code, output = run("revoke", "sample", "wu.di@sample.example.com")
    assert code == 1
    assert "check the spelling" in output
    assert "on every page" not in output
    assert is_access_revoked("sample", "wu.di@sample.example.com", store)


def test_revoke_without_a_checkout(store: Ports, policies: Path) -> None:
    """Where the functions run there are no policies: the published directory knows the person."""
    directory = store.contracts.directory("car-dealer")
    assert directory is not None
    member = directory.staff[0]
    sought = mark(KEY, "car-dealer", member.address)
    assert find_person("car-dealer", sought, store) is not None
    shutil.rmtree(policies)
    code, output = run("revoke", "car-dealer", member.address)
    assert code == 0
    assert "There is no policies/car-dealer/ here" in output
    assert "check the spelling" not in output
    assert find_person("car-dealer", sought, store) is None


@pytest.mark.parametrize("name", ["elsewhere", "../current"])
def test_revoke_for_an_unknown_organisation(store: Ports, policies: Path, name: str) -> None:
    """Neither here nor published: most likely a typing error, so nothing is claimed to be done."""
    code, output = run("revoke", name, LIN)
    assert code == 2
    assert f"There is no organisation '{name}'" in output
    assert not is_access_revoked(name, LIN, store)


def test_revoke_where_contracts_cannot_be_read(
    staff: Path, store: Ports, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A directory that cannot be read keeps nobody from ending an access."""
    folder = tmp_path / "damaged" / "directory"
    folder.mkdir(parents=True)
    (folder / "sample.json").write_text("{")
    monkeypatch.setenv("OMBUD_CONTRACTS", str(folder.parent))
    assert run("revoke", "sample", LIN)[0] == 0
    assert is_access_revoked("sample", LIN, store)


def test_revoke_with_a_broken_file(staff: Path, store: Ports) -> None:
    """Access ends; that the entry must go by hand is said, with file and line, and exits with 1."""
    mend(staff, "name: 陆敏", "name：陆敏")
    code, output = run("revoke", "sample", LIN)
    assert code == 1
    assert "The access has ended already" in output
    assert f"{staff}:9:9: yaml-syntax" in output
    assert is_access_revoked("sample", LIN, store)


def test_revoke_with_an_odd_layout(staff: Path, store: Ports) -> None:
    """Where the entry cannot be taken out without changing others, its line is named."""
    one, two = (f"{{address: {address}, name: 某某, roles: [service]}}" for address in (LIN, LU))
    staff.write_text(f"staff:\n  [{one}, {two}]\n", encoding="utf-8")
    code, output = run("revoke", "sample", LU)
    assert code == 1
    assert f"{staff}:2: the entry could not be removed; remove it by hand" in output
    assert is_access_revoked("sample", LU, store)


def test_revoke_with_a_broken_policy(staff: Path, store: Ports) -> None:
    """A policy.yaml that cannot be read does not keep the entry in staff.yaml."""
    (staff.parent / "policy.yaml").write_text("id：sample\n", encoding="utf-8")
    assert run("revoke", "sample", LU)[0] == 0
    assert LU not in staff.read_text(encoding="utf-8")


def test_last_person_can_be_removed(staff: Path, store: Ports) -> None:
    """A list without anybody is written with brackets, and can be added to again."""
    staff.write_text(staffed(entry(LIN, "service")), encoding="utf-8")
    assert run("revoke", "sample", LIN)[0] == 0
    assert staff.read_text(encoding="utf-8") == "staff: []\n"
    assert run("add", "sample", *NEW)[0] == 0
    assert staff.read_text(encoding="utf-8") == staffed(
        entry("wu.di@sample.example.com", "service", name="吴荻")
    )


def test_add_takes_a_revocation_back(staff: Path, store: Ports) -> None:
    """After a revocation `add` writes the entry again and lets the person in."""
    values = ("--address", LIN, "--name", "林怡", "--role", "service")
    assert run("revoke", "sample", LIN)[0] == 0
    code, output = run("add", "sample", *values)
    assert code == 0
    assert f"The revocation of {LIN} was taken back." in output
    assert not is_access_revoked("sample", LIN, store)
    assert LIN in staff.read_text(encoding="utf-8")


def test_add_of_who_is_listed_only_takes_back(staff: Path, store: Ports) -> None:
    """An entry that is there as it is to be stays as it is; what was revoked is taken back."""
    store.lists.revoke("sample", mark(KEY, "sample", LIN), store.now())
    code, output = run("add", "sample", "--address", LIN, "--name", "林怡", "--role", "service")
    assert code == 0
    assert f"林怡 was in {staff} already" in output
    assert not is_access_revoked("sample", LIN, store)
    assert staff.read_text(encoding="utf-8") == SAMPLE_STAFF


def test_every_command_speaks_chinese(staff: Path, store: Ports) -> None:
    """With --language zh-CN each of the commands answers in Chinese."""
    chinese = ("--language", "zh-CN")
    assert "权限" in run("list", "sample", *chinese)[1]
    assert "什么都没有写入" in run("add", "sample", *NEW[:-1], "x", *chinese)[1]
    assert f"已把吴荻写入 {staff}" in run("add", "sample", *NEW, *chinese)[1]
    assert "权限已撤销，即时生效" in run("revoke", "sample", LIN, *chinese)[1]


def test_renamed_organisation(staff: Path, ports: Ports, wired: Path, policies: Path) -> None:
    """Whose access ends is found under the first id, in the checkout and without one."""
    build(policies, policies.with_name("dist"), site_url=SITE_URL)
    rename(policies, "sample", "northern")
    assert run("revoke", "northern", LU)[0] == 0
    assert is_access_revoked("sample", LU, ports)
    assert not is_access_revoked("northern", LU, ports)
    assert "revoked" not in run("list", "northern")[1]  # the entry is gone
    assert run("add", "northern", "--address", LU, "--name", "陆敏", "--role", "manager")[0] == 0
    assert not is_access_revoked("sample", LU, ports)
