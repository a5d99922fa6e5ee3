"""The signature of a receipt: what it says, whose key it is, and what no change survives."""

import json
import os
import subprocess
from base64 import urlsafe_b64decode
from hashlib import sha256
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from functions.cases.ports.ports import Ports
from functions.model.contract.contract import Contract
from functions.model.pages.page_set import KindPages
from functions.model.signature import canonical, content_hash, public_key, sign, thumbprint
from functions.views.case_file import mask
from site_src.errors import NoReceipt
from site_src.places import ROOT
from site_src.receipts.keys import PublishedKeys
from site_src.receipts.verify import problems_of, read_receipt
from tests.conftest import KEY, MORNING, StoppedClock
from tests.helpers.filings import APPEAL, COMPLAINT

CONTENT = "acme / 1 / ACM-1 / 2026-03-02T02:00:00Z\n\n您的话 <b> & 。"


def decoded(text: str) -> bytes:
    """base64url without padding."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def keys(*organisations: str) -> PublishedKeys:
    """The keys that those organisations publish."""
    return PublishedKeys({}).added(KEY, organisations, MORNING)


def receipt_text(client: TestClient, filing: dict[str, str], kind: str = "appeal") -> str:
    """The text file of a filing's receipt."""
    answer = client.post(f"/cases/accreditation-body/{kind}", data=filing, follow_redirects=False)
    link = answer.headers["location"].replace("/receipt?", "/receipt.txt?")
    return client.get(link).text


def verdict(text: str) -> list[str]:
    """What does not match in a receipt of the accreditation body."""
    try:
        receipt = read_receipt(text.encode())
    except NoReceipt as error:
        return [str(error)]
    return [problem.what for problem in problems_of(receipt, keys("accreditation-body"))]


def test_key_derives_by_hkdf() -> None:
    """HKDF-SHA256 and Ed25519 as another library has them, by key, purpose and organisation."""
    info = b"ombud receipt signature 1\0acme"
    seed = HKDF(SHA256(), 32, salt=None, info=info).derive(KEY)
    private = Ed25519PrivateKey.from_private_bytes(seed)
    proof = sign(KEY, "acme", "ACM-1", MORNING, "1", "0" * 32, CONTENT)
    assert decoded(proof.signature) == private.sign(proof.statement.encode())
    assert decoded(public_key(KEY, "acme")) == private.public_key().public_bytes_raw()
    assert public_key(KEY, "acme") != public_key(KEY, "other")
    assert public_key(KEY, "acme") != public_key(KEY[::-1], "acme")


def test_thumbprint_is_rfc_8037() -> None:
    """A key is called by its JWK thumbprint: the example of RFC 8037, A.3."""
    x = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"
    assert thumbprint(x) == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"


def test_statement_is_as_documented() -> None:
    """Eight lines in their order, and the same ones each time."""
    proof = sign(KEY, "acme", "ACM-1", MORNING, "1.2", "0" * 32, CONTENT)
    assert proof.statement == (
        "Ombud-Receipt: 1\nOrganisation: acme\nReference: ACM-1\n"
        "Received: 2026-03-02T02:00:00Z\nPolicy-Version: 1.2\n"
        f"Contract: {'0' * 32}\nContent-SHA256: {sha256(CONTENT.encode()).hexdigest()}\n"
        f"Key: {thumbprint(public_key(KEY, 'acme'))}\n"
    )
    assert proof == sign(KEY, "acme", "ACM-1", MORNING, "1.2", "0" * 32, CONTENT)
    public = Ed25519PublicKey.from_public_bytes(decoded(public_key(KEY, "acme")))
    public.verify(decoded(proof.signature), proof.statement.encode())
    with pytest.raises(InvalidSignature):
        public.verify(decoded(proof.signature), proof.statement.encode() + b" ")


@given(st.text(), st.sampled_from(["\n", "\r\n", "\r"]), st.sampled_from(["", " ", "\t "]))
def test_line_ends_do_not_matter(text: str, end: str, space: str) -> None:
    """Mail and editors may change line ends and spaces at them; nothing else."""
    lines = canonical(text).split("\n")
    changed = (space + end).join(lines)
    assert content_hash(changed) == content_hash(text)
    assert content_hash(text + "x") != content_hash(text)


@pytest.mark.parametrize(("email", "shown"), [("zhang@a.example", "z***@a.example")])
def test_address_is_masked(email: str, shown: str) -> None:
    """Of an address only its first character and its domain are shown."""
    assert mask(email) == shown


def test_receipt_is_genuine(client: TestClient) -> None:
    """The text file proves itself, however line ends were changed and whatever stands around."""
    text = receipt_text(client, APPEAL)
    assert verdict(text) == []
    assert verdict("\ufeff" + text.replace("\n", " \r\n") + "\nforwarded by mail\n") == []
    receipt = read_receipt(text.encode())
    assert receipt.content is not None
    assert APPEAL["account"] in receipt.content
    assert "2026年5月6日（星期三）24:00前" in receipt.content
    assert "查询码" not in receipt.content


CHANGES = {
    "word": ("没有看", "看了", ["Content-SHA256"]),
    "promised date": ("2026年5月6日", "2026年6月6日", ["Content-SHA256"]),
    "received": ("Received: 2026-03-02T02", "Received: 2026-03-01T02", ["Received", "Signature"]),
    "version": ("Policy-Version: 1", "Policy-Version: 2", ["Policy-Version", "Signature"]),
    "reference": ("Reference: ACB-", "Reference: ACD-", ["Reference", "Signature"]),
    "hash": ("Content-SHA256: ", "Content-SHA256: 0", ["Content-SHA256", "Signature"]),
    "contract": ("Contract: ", "Contract: 0", ["Signature"]),
    "organisation": (
        "Organisation: accreditation-body",
        "Organisation: car-dealer",
        ["Organisation", "Key"],
    ),
    "key": ("Key: ", "Key: x", ["Key"]),
    "signature": ("Signature: ", "Signature: AAAA", ["Signature"]),
    "not base64": ("Signature: ", "Signature: é!", ["Signature"]),
    "format": ("Ombud-Receipt: 1", "Ombud-Receipt: 2", ["Ombud-Receipt"]),
    "words without their first line": (
        "-----BEGIN OMBUD RECEIPT-----",
        "",
        ["-----BEGIN OMBUD RECEIPT-----"],
    ),
    "damaged": (
        "Contract: ",
        "Vertrag: ",
        ["the proof is damaged: its line Contract is missing"],
    ),
    "no proof": (
        "Ombud-Receipt: 1",
        "",
        ["the file contains no proof: no line starts with Ombud-Receipt"],
    ),
}
"""What is changed in a receipt, and what is then said not to match."""


@pytest.mark.parametrize("change", CHANGES)
def test_change_is_named(change: str, client: TestClient) -> None:
    """A changed character, date, version or hash is found, and what does not match is named."""
    before, after, named = CHANGES[change]
    text = receipt_text(client, APPEAL)
    assert before in text
    assert verdict(text.replace(before, after)) == named


def test_no_filer_forges_a_receipt(client: TestClient) -> None:
    """A proof that stands among somebody's own words is part of these words."""
    earlier = receipt_text(client, APPEAL)
    text = receipt_text(client, APPEAL | {"account": f"another\n{earlier}"})
    assert verdict(text) == []
    content = read_receipt(text.encode()).content
    assert content is not None
    assert "another" in content
    assert earlier.strip() in content
    head, _, tail = text.rpartition("another")
    assert verdict(f"{head}forged{tail}") == ["Content-SHA256"]


def test_openssl_checks_it(client: TestClient, tmp_path: Path) -> None:
    """The commands of docs/operations.md find a receipt genuine, and a changed one not."""
    docs = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    begin, end = docs.index("    sed -n '/^Ombud"), docs.index("says that the lines are signed")
    block = docs[begin:end]
    text = receipt_text(client, APPEAL)
    x = keys("accreditation-body").of("accreditation-body")[0].x

    def openssl(text: str) -> int:
        (tmp_path / "receipt.txt").write_text(text, encoding="utf-8")
        done = subprocess.run(
            ["bash", "-c", block], cwd=tmp_path, env=os.environ | {"X": x}, capture_output=True
        )
        return done.returncode

    assert openssl(text) == 0
    assert openssl(text.replace("Policy-Version: 1", "Policy-Version: 2")) == 1


def test_proof_without_words(client: TestClient) -> None:
    """The block of the receipt page alone is checked too, and says nothing of the words."""
    answer = client.post("/cases/accreditation-body/appeal", data=APPEAL)
    block = answer.text.partition('aria-label="证明">')[2].partition("</pre>")[0]
    receipt = read_receipt(block.encode())
    assert receipt.content is None
    assert problems_of(receipt, keys("accreditation-body")) == ()
    assert receipt.lines["Received"] == "2026-03-02T02:00:00Z"


def test_key_that_was_replaced(client: TestClient, clock: StoppedClock) -> None:
    """A receipt under a key that was given up before is refused, an earlier one is genuine."""
    name = ("accreditation-body",)
    known = PublishedKeys({}).added(KEY, name, MORNING)
    assert known.added(KEY, name, MORNING) == known
    earlier = receipt_text(client, APPEAL)
    clock.forward(days=1)
    replaced = known.added(KEY[::-1], name, clock.at)
    old, new = replaced.of(name[0])
    assert (old.until, new.until) == (clock.at, None)
    later = receipt_text(client, APPEAL | {"account": "又一次"})
    assert problems_of(read_receipt(earlier.encode()), replaced) == ()
    (problem,) = problems_of(read_receipt(later.encode()), replaced)
    assert problem.what == "Key"
    assert "was retired" in problem.why


def test_page_says_whom_the_mail_goes_to(client: TestClient) -> None:
    """The receipt names the masked address, or says that no mail follows."""
    page = client.post("/cases/accreditation-body/appeal", data=APPEAL).text
    owed, none = "我们还会发一封确认邮件", "您没有留邮箱，我们不会发邮件"
    assert "<b>z***@example.com</b>" in page
    assert f"<p>{owed}" in page
    assert f'<p class="notice" hidden>{none}' in page
    page = client.post("/cases/securities-brokerage/complaint", data=COMPLAINT).text
    assert f"<p hidden>{owed}" in page
    assert f'<p class="notice">{none}' in page


def test_program_gets_the_proof(client: TestClient) -> None:
    """JSON holds the signed lines, their signature and the words that were hashed."""
    answer = client.post("/cases/accreditation-body/appeal", json=APPEAL | {"language": "en"})
    proof = answer.json()["proof"]
    said = dict(line.split(": ", 1) for line in proof["statement"].splitlines())
    assert said["Reference"] == answer.json()["reference"]
    assert said["Content-SHA256"] == sha256(proof["content"].encode()).hexdigest()
    assert APPEAL["account"] in proof["content"]
    public = Ed25519PublicKey.from_public_bytes(decoded(public_key(KEY, "accreditation-body")))
    public.verify(decoded(proof["signature"]), proof["statement"].encode())


def test_contract_of_before_has_no_proof(
    client: TestClient, ports: Ports, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A case under a contract without these skeletons keeps its receipt, without proof or PDF."""

    def pages(digest: str, of: object = ports.contracts.pages) -> KindPages:
        whole = json.loads(of(digest).model_dump_json())  # type: ignore[operator]
        for kind in whole["kinds"].values():
            del kind["receipt_content"], kind["paper"]
        return KindPages.model_validate(whole)

    monkeypatch.setattr(ports.contracts, "pages", pages)
    answer = client.post("/cases/accreditation-body/appeal", json=APPEAL)
    assert answer.status_code == 201
    assert "proof" not in answer.json()
    link = answer.headers["location"]
    assert client.get(link).status_code == 200
    assert client.get(link.replace("receipt?", "receipt.txt?")).status_code == 200
    assert client.get(link.replace("receipt?", "receipt.pdf?")).status_code == 404


def test_contract_is_named(client: TestClient, built: Path) -> None:
    """The proof names the very contract that the case was filed under."""
    lines = read_receipt(receipt_text(client, APPEAL).encode()).lines
    content = (built / "contracts" / f"{lines['Contract']}.json").read_text(encoding="utf-8")
    contract = Contract.model_validate_json(content)
    assert (contract.organisation, contract.version) == ("accreditation-body", "1")
