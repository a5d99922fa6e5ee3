"""`build.py keys`, `build.py verify`, and the page that verifies receipts in a browser."""

from pathlib import Path

import httpx2
import pytest
from playwright.sync_api import Browser, Page, expect
from starlette.testclient import TestClient
from typer.testing import CliRunner

from cli import app as cli
from functions.cases.ports.ports import Ports
from site_src.check.organisation import read_all
from site_src.places import POLICIES
from site_src.publish.build import build
from site_src.receipts.keys import KEYS, keys_of
from site_src.render.site_renderer import render
from tests.conftest import KEY, MORNING
from tests.functions.model.test_signature import CHANGES, keys, receipt_text
from tests.helpers.chromium import page_of
from tests.helpers.filings import APPEAL
from tests.helpers.servers.site_server import served_here, server

run = CliRunner().invoke


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sets OMBUD_KEY to the key of the functions."""
    monkeypatch.setenv("OMBUD_KEY", KEY.hex())


@pytest.mark.usefixtures("environment")
def test_keys_are_written_and_published(policies: Path, tmp_path: Path) -> None:
    """`keys` writes each organisation's key once, and the build publishes the file unchanged."""
    result = run(cli.app, ["keys"])
    (key,) = keys("sample").of("sample")
    assert result.exit_code == 0
    assert f"sample {key.kid}" in result.output
    written = (policies / KEYS).read_bytes()
    assert keys_of(policies) == keys("sample")
    assert run(cli.app, ["keys"]).exit_code == 0
    assert (policies / KEYS).read_bytes() == written
    build(policies, tmp_path / "dist")
    assert (tmp_path / "dist" / KEYS).read_bytes() == written
    assert key.kid in (tmp_path / "dist" / "verify" / "index.html").read_text(encoding="utf-8")


@pytest.mark.usefixtures("policies")
def test_keys_need_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without OMBUD_KEY, `keys` writes nothing and names the variable."""
    monkeypatch.delenv("OMBUD_KEY", raising=False)
    result = run(cli.app, ["keys"])
    assert result.exit_code == 3
    assert "OMBUD_KEY is not set" in result.output


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ('{"sample": [{"kid": 1}]}', "sample[0].kid is not what belongs there"),
        ('{"sample": [{"kid": "a"}]}', "sample[0].x is missing"),
        ("[]", "the whole is not what belongs there"),
        ("<<<<<<< HEAD", "it is no JSON"),
    ],
    ids=["wrong", "missing", "list", "merge"],
)
def test_keys_that_are_damaged(policies: Path, tmp_path: Path, content: str, problem: str) -> None:
    """A damaged file of keys stops `build` and `verify` with exit 2, the field and what to do."""
    (policies / KEYS).write_text(content)
    (tmp_path / "receipt.txt").write_text("x")
    commands = (
        ["build", "--out", str(tmp_path / "dist")],
        ["verify", str(tmp_path / "receipt.txt")],
    )
    for command in commands:
        result = run(cli.app, command)
        assert result.exit_code == 2
        assert result.output == (
            f"{policies / KEYS} contains no valid keys: {problem}; restore it from version "
            "control, for only `build.py keys` writes it\n"
        )
    assert not (tmp_path / "dist").exists()


def test_verify_command(client: TestClient, tmp_path: Path) -> None:
    """`verify` exits with 0 and the text, 1 and what does not match, or 2 for wrong use."""
    site, file = tmp_path / "site", tmp_path / "receipt.txt"
    site.mkdir()
    (site / KEYS).write_text(keys("accreditation-body").model_dump_json())
    text = receipt_text(client, APPEAL)

    def verify(content: str, *options: str) -> tuple[int, str]:
        file.write_text(content, encoding="utf-8")
        result = run(cli.app, ["verify", str(file), *options])
        return result.exit_code, result.output

    code, output = verify(text, "--keys", str(site))
    assert code == 0
    assert APPEAL["account"] in output
    assert "Genuine" in output
    code, output = verify(f"{text}\n单位答应赔偿。\n", "--keys", str(site))
    assert code == 0
    assert "赔偿" not in output
    assert "the text above was signed, nothing else was" in output
    code, output = verify(text.replace("没有看", "看了"), "--keys", str(site))
    assert code == 1
    assert "Content-SHA256: the text is not the one that was signed" in output
    code, output = verify(text)
    assert code == 1
    assert "Key: accreditation-body publishes no such key" in output
    code, output = verify("no receipt", "--keys", str(site))
    assert code == 1
    assert "the file contains no proof" in output
    code, output = verify(text[text.index("Ombud-Receipt") :], "--keys", str(site))
    assert code == 0
    assert "does not contain the text it signs" in output
    assert verify(text, "--keys", str(tmp_path / "nowhere"))[0] == 2
    assert run(cli.app, ["verify", str(tmp_path / "nothing.txt")]).exit_code == 2


def test_altered_words_are_never_genuine(client: TestClient, tmp_path: Path) -> None:
    """Whichever line of a receipt is deleted, its altered words are not called genuine."""
    site, file = tmp_path / "site", tmp_path / "receipt.txt"
    site.mkdir()
    (site / KEYS).write_text(keys("accreditation-body").model_dump_json())
    lines = receipt_text(client, APPEAL).replace("没有看", "看了").splitlines()
    for number in range(len(lines)):
        file.write_text("\n".join(lines[:number] + lines[number + 1 :]), encoding="utf-8")
        result = run(cli.app, ["verify", str(file), "--keys", str(site)])
        assert result.exit_code == 1, lines[number]


def test_hostile_file_is_one_line(tmp_path: Path) -> None:
    """What steers a terminal is shown as characters; a file of any bytes gives no traceback."""
    file = tmp_path / "receipt.txt"
    for content in (b"", b"\0", b"\xff\xfe", b"%PDF-", b"%PDF-1.7\n1 0 obj<<>>", b"x" * 1000):
        file.write_bytes(content)
        result = run(cli.app, ["verify", str(file)])
        assert result.exit_code == 1
        assert len(result.output.splitlines()) == 1
    labels = ("Ombud-Receipt", "Organisation", "Reference", "Received", "Policy-Version")
    values = ("1", "\x1b]0;x\x07\x1b[2J", "x", "x", "x")
    text = "".join(f"{label}: {value}\n" for label, value in zip(labels, values, strict=True))
    text += "Contract: x\nContent-SHA256: x\nKey: x\nSignature: x\n"
    file.write_text(text, encoding="utf-8")
    result = run(cli.app, ["verify", str(file)])
    assert result.exit_code == 1
    assert "\x1b" not in result.output
    assert r"\x1b]0;x\x07" in result.output


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The two pages with the keys of the tests, and the files that they load."""
    organisations, _ = read_all(POLICIES, ("accreditation-body", "car-dealer"))
    published = keys("accreditation-body", "car-dealer")
    site = render(organisations, MORNING.date(), "https://ombud.example.com", published)
    folder = tmp_path_factory.mktemp("verify")
    for name, content in site.files.items():
        if name.startswith(("assets/", "verify/", "en/verify/")) or name == KEYS:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)
    return folder


def say(page: Page, text: str) -> str:
    """The verdict of the page on a pasted receipt."""
    page.get_by_label("或者粘贴回执全文").fill(text)
    page.evaluate("document.getElementById('verdict').replaceChildren()")
    page.get_by_role("button", name="核对").click()
    answer = page.locator("#verdict > p")
    answer.wait_for()
    return page.locator("#verdict").inner_text()


NAMED = {
    "Content-SHA256": "文字：",
    "Received": "收到时间：",
    "Policy-Version": "版本：",
    "Reference": "受理编号：",
    "Organisation": "单位：",
    "-----BEGIN OMBUD RECEIPT-----": "缺少“BEGIN OMBUD RECEIPT”",
    "Key": "公钥：",
    "Signature": "签名：",
    "Ombud-Receipt": "本页不认识这种格式",
}


def test_page_checks_offline(
    browser: Browser, ports: Ports, pages: Path, client: TestClient, tmp_path: Path
) -> None:
    """Without the network, the loaded page verifies a receipt and names what each change breaks."""
    text = receipt_text(client, APPEAL)
    file = tmp_path / "receipt.txt"
    file.write_text(text, encoding="utf-8")
    with served_here(ports, pages) as address:
        page = page_of(browser)
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{address}/verify/")
        page.get_by_role("button", name="核对").wait_for()
        page.context.set_offline(True)
        loaded = len(asked)
        page.get_by_label("回执的文本文件").set_input_files(file)
        page.locator("#verdict .good").wait_for()
        expect(page.locator("#verdict")).to_contain_text("真实：", use_inner_text=True)
        expect(page.locator("#verdict pre")).to_contain_text(APPEAL["account"], use_inner_text=True)
        assert "真实：" in say(page, f"\n转发：\n{text}\n")
        assert "没有核对文字" in say(page, text[text.index("Ombud-Receipt") :])
        for before, after, named in CHANGES.values():
            answer = say(page, text.replace(before, after))
            assert "不真实" in answer
            lines = answer.splitlines()[1:]
            assert len([line for line in lines if line.strip()]) == len(named)
            for what in named:
                assert NAMED.get(what, "证明") in answer
        assert len(asked) == loaded
        assert all(url.startswith(address) for url in asked)


def test_page_in_words(browser: Browser, ports: Ports, pages: Path) -> None:
    """Without script or Ed25519, the page says so and names other ways to check."""
    with served_here(ports, pages) as address:
        page = page_of(browser, script=False)
        page.goto(f"{address}/verify/")
        expect(page.locator("#check")).to_be_hidden()
        expect(page.locator("#unable")).to_contain_text("需要打开 JavaScript", use_inner_text=True)
        expect(page.locator("main")).to_contain_text("build.py verify", use_inner_text=True)
        page = page_of(browser)
        page.add_init_script("SubtleCrypto.prototype.importKey = () => Promise.reject(new Error())")
        page.goto(f"{address}/en/verify/")
        page.get_by_text("This browser cannot check").wait_for()
        expect(page.locator("#check")).to_be_hidden()


def test_server_publishes_its_own_key(tmp_path: Path) -> None:
    """The site of `build.py serve` verifies its own receipts, as PDF and as text."""
    with server(tmp_path / "data", tmp_path / "dist") as (address, _):
        filed = httpx2.post(f"{address}/cases/accreditation-body/appeal", json=APPEAL, timeout=60)
        link = f"{address}{filed.headers['location']}"
        for form in ("txt", "pdf"):
            file = tmp_path / f"receipt.{form}"
            copy = link.replace("receipt?", f"receipt.{form}?")
            file.write_bytes(httpx2.get(copy, timeout=60).content)
            result = run(cli.app, ["verify", str(file), "--keys", address])
            assert result.exit_code == 0
            assert filed.json()["reference"] in result.output
