"""Hostile and malformed requests, with the expected answer and the expected stored text."""

import gzip
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote_from_bytes, urlencode

from tests.helpers.filings import APPEAL

APPEALS = "/cases/accreditation-body/appeal"
_FORM = "application/x-www-form-urlencoded"
_JSON = "application/json"
_EDGE = "XX-edge"
_PARTS = f"multipart/form-data; boundary={_EDGE}"
_FF = b"\xff\xfe"


@dataclass(frozen=True)
class Hostile:
    """A request with its expected outcome.

    The detail of the answer contains `says`. The store has one case with the account `stored`; if
    that is None, it has no case.
    """

    name: str
    body: bytes
    media: str
    status: int
    says: str = ""
    stored: str | None = None
    headers: tuple[tuple[str, str], ...] = ()
    path: str = APPEALS


def _form(charset: str = "utf-8", **changes: str) -> bytes:
    return urlencode(APPEAL | changes, encoding=charset).encode()


def _raw_form(**changes: str) -> bytes:
    """Returns a form whose values are not percent-encoded, so that a megabyte holds more."""
    return "&".join(f"{name}={value}" for name, value in (APPEAL | changes).items()).encode()


def _json(**changes: object) -> bytes:
    return json.dumps(APPEAL | changes).encode()


def _raw_json(account: str) -> bytes:
    """Returns a filing in JSON; `account` is the JSON text of its account."""
    rest = {name: value for name, value in APPEAL.items() if name != "account"}
    return f'{json.dumps(rest)[:-1]}, "account": {account}}}'.encode()


def _part(name: str, value: bytes, more: bytes = b"") -> bytes:
    head = f'--{_EDGE}\r\nContent-Disposition: form-data; name="{name}"'.encode()
    return head + more + b"\r\n\r\n" + value + b"\r\n"


def _parts(charset: str = "utf-8", end: bytes = b"--XX-edge--\r\n", **changes: bytes) -> bytes:
    filing = {name: value.encode(charset) for name, value in APPEAL.items()} | changes
    return b"".join(_part(name, value) for name, value in filing.items()) + end


def _zip_bomb() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("bomb"), bytes(10_000_000), zipfile.ZIP_DEFLATED)
    return content.getvalue()


def hostile() -> Iterator[Hostile]:
    """Yields all of them."""
    yield from _json_bodies()
    yield from _form_bodies()
    yield from _multipart_bodies()
    yield from _answers()
    yield from _headers()
    yield from _paths()
    yield from _files()
    yield from _steps()


def _json_bodies() -> Iterator[Hostile]:
    def bad(name: str, body: bytes, says: str = "not JSON", status: int = 400) -> Hostile:
        return Hostile(f"json {name}", body, _JSON, status, says)

    yield bad("empty", b"")
    yield bad("deep lists", b"[" * 100_000)
    yield bad("deep objects", b'{"a":' * 100_000)
    yield bad("deep and closed", b'{"account":' + b"[" * 90_000 + b"]" * 90_000 + b"}", "")
    yield bad("deeper than is written back", b'{"a":' * 900 + b"1" + b"}" * 900, "neither")
    yield bad("cut off", _json()[:-9])
    yield bad("two documents", _json() + _json())
    yield bad("NaN", _raw_json("NaN"))
    yield bad("Infinity", _raw_json("-Infinity"))
    yield bad("huge number", _raw_json("9" * 100_000))
    yield bad("number", _raw_json("1e999"), "account is neither")
    yield bad("list", _raw_json('["a"]'), "account is neither")
    yield bad("object", _raw_json('{"$ne": null}'), "account is neither")
    yield bad("comment", b"/* */" + _json())
    yield bad("UTF-16", _json().decode().encode("utf-16"))
    yield bad("UTF-32", _json().decode().encode("utf-32"))
    yield bad("GB 18030", json.dumps(APPEAL, ensure_ascii=False).encode("gb18030"))
    yield bad("bytes", _FF * 100)
    yield bad("gzip without saying so", gzip.compress(_json(), mtime=0))
    yield bad("zip bomb", _zip_bomb())
    yield bad("lone surrogate", _raw_json(r'"a\ud800b"'), "surrogate")
    yield bad("low surrogate first", _raw_json(r'"\udc00\ud800"'), "surrogate")
    yield bad("lone surrogate as name", b'{"\\udead": "a"}', "surrogate")
    yield bad("surrogate as name of a number", b'{"\\udead": 1}', "surrogate")
    yield bad("repeated name", _raw_json('"one", "account": "two"'), "account is sent twice")
    yield bad("repeated name, spelt otherwise", _raw_json(r'"a", "accoun\u0074": "b"'), "twice")
    yield bad("string", b'"account"', "not a JSON object")
    yield bad("unknown name", _json(colour="red"), "", 422)
    yield bad("unknown prototype", _json(__proto__="x"), "", 422)
    yield bad("ten thousand names", json.dumps(dict.fromkeys(map(str, range(10_000)), "")).encode(),
              "more than 200 fields")  # fmt: skip
    yield bad("long names", _json(**{f"{at}" + "n" * 9000: "" for at in range(100)}),
              "far longer than the form takes", 413)  # fmt: skip
    yield Hostile("json with BOM", b"\xef\xbb\xbf" + _json(), _JSON, 201, stored=APPEAL["account"])
    yield Hostile("json pair of surrogates", _raw_json(r'"\ud83d\ude00"'), _JSON, 201, stored="😀")
    yield Hostile("json, media type shouted", _json(), "Application/JSON; Charset=UTF-8", 201,
                  stored=APPEAL["account"])  # fmt: skip
    yield Hostile("json NUL", _json(account="a\0b"), _JSON, 201, stored="ab")
    yield Hostile("json too long", _json(account="长" * 400_000), _JSON, 413, "longer than")


def _form_bodies() -> Iterator[Hostile]:
    def bad(name: str, body: bytes, says: str, status: int = 400, media: str = _FORM) -> Hostile:
        return Hostile(f"form {name}", body, media, status, says)

    account = APPEAL["account"]
    raw = "&".join(f"{name}={value}" for name, value in APPEAL.items())
    yield bad("empty", b"", "", 422)
    yield bad("GB 18030 unsaid", _form("gb18030"), "is not UTF-8; name the charset")
    yield bad("raw GB 18030 unsaid", raw.encode("gb18030"), "is not UTF-8; name the charset")
    yield bad("Latin-1", b"account=%E9t%E9", "account is not UTF-8")
    yield bad("overlong NUL", b"account=%C0%80", "account is not UTF-8")
    yield bad("surrogate in UTF-8", b"account=%ED%A0%80", "account is not UTF-8")
    yield bad("name in bytes", b"%FF%FE=a", "the name of a field is not UTF-8")
    yield bad("UTF-16", _form().decode().encode("utf-16"), "")
    yield bad("UTF-7", _form(), "charset is not accepted", 415, f"{_FORM}; charset=utf-7")
    yield bad("charset zip", _form(), "charset is not accepted", 415, f"{_FORM}; charset=zip")
    yield bad("charset undefined", _form(), "charset", 415, f"{_FORM}; charset=undefined")
    yield bad("charset escape", _form(), "charset", 415, f"{_FORM}; charset=unicode_escape")
    yield bad("wrong GB 18030", b"account=%FF%FF", "GB18030", 400, f"{_FORM}; charset=gbk")
    yield bad("repeated", _form() + b"&account=other", "account is sent twice")
    yield bad("repeated consent", _form() + b"&consent=yes", "consent is sent twice")
    yield bad("100,000 fields", b"&".join(b"f%d=" % at for at in range(100_000)), "fields")
    marks = "a" + "\u0315\u0300" * 80_000
    yield bad("160,000 marks in the wrong order", _raw_form(account=marks), "far longer", 413)
    yield bad("160,000 marks of Tibetan", _raw_form(account="\u0f73" * 160_000), "far longer", 413)
    for text in ("长" * 90_000, '"' * 290_000, "<" * 290_000):
        yield bad(f"far too long, {text[0]!a}", _form(account=text), "far longer", 413)
    yield bad("language of no place, at length", _form(language='"' * 290_000, consent=""), "", 422)
    yield bad("browser at length", _form(browser='"' * 290_000, consent=""), "", 422)
    yield bad("contract at length", _form(contract='"' * 290_000), "", 422)
    yield bad("only ampersands", b"&" * 100_000, "fields")
    yield bad("only percent signs", b"%" * 10_000, "", 422)
    yield bad("unknown", _form() + b"&colour=red", "", 422)
    yield bad("brackets", _form() + b"&account[]=x&account[$ne]=x", "", 422)
    yield bad("unknown with markup", _form() + b"&%3Cscript%3E=x", "", 422)
    yield bad("semicolons", _form().replace(b"&", b";"), "", 422)
    for charset in ("gb18030", "GBK", "gb2312"):
        media = f"{_FORM}; charset={charset}"
        yield Hostile(f"form in {charset}", _form("gb18030"), media, 303, stored=account)
        body = raw.encode("gb18030")
        yield Hostile(f"form raw in {charset}", body, media, 303, stored=account)
    yield Hostile("form raw UTF-8", raw.encode(), _FORM, 303, stored=account)
    body = _form() + b"&remedy=" + quote_from_bytes("𠮷".encode()).encode()
    yield Hostile("form beyond the BMP", body, f"{_FORM};charset=utf8", 303, stored=account)


def _multipart_bodies() -> Iterator[Hostile]:
    def bad(
        name: str, body: bytes, says: str = "", status: int = 400, media: str = _PARTS
    ) -> Hostile:
        return Hostile(f"multipart {name}", body, media, status, says)

    whole, last = _parts(), b"--XX-edge--\r\n"
    yield bad("no boundary", whole, "boundary", 400, "multipart/form-data")
    yield bad("empty boundary", whole, "boundary", 400, "multipart/form-data; boundary=")
    yield bad("other boundary", whole, "", 400, "multipart/form-data; boundary=other")
    yield bad("long boundary", whole, "boundary", 400, _PARTS + "x" * 5000)
    yield bad("bytes as boundary", whole, "boundary", 400, "multipart/form-data; boundary=\xe9")
    yield bad("empty", b"", "ends before")
    yield bad("cut off in the last value", whole[: -len(last) - 2], "ends before")
    yield bad("cut off before its last boundary", _parts(end=b""), "ends before")
    yield bad("cut off inside its last boundary", whole[:-5], "ends before")
    yield bad("no name", whole.replace(b'; name="name"', b""), "name")
    yield bad("no headers", b"--XX-edge\r\n\r\nx\r\n" + whole, "")
    yield bad("broken header", whole.replace(b"Content-Disposition:", b"Content Disposition", 1))
    yield bad("bare line feeds", whole.replace(b"\r\n", b"\n"))
    yield bad("10,000 parts", b"".join(_part(f"f{at}", b"") for at in range(10_000)) + last, "200")
    yield bad("repeated", _part("account", b"other") + whole, "account is sent twice")
    yield bad("unknown", _part("colour", b"red") + whole, "", 422)
    yield bad("GB 18030 unsaid", _parts("gb18030"), "is not UTF-8")
    yield bad("bytes", _parts(account=_FF), "account is not UTF-8")
    yield bad("charset base64", whole, "charset", 415, f"{_PARTS}; charset=base64")
    yield bad("charset with NUL", whole, "charset", 415, f"{_PARTS}; charset=a%00b")
    nested = b"Content-Type: multipart/mixed; boundary=in\r\n\r\n--in\r\n\r\nx\r\n--in--"
    yield bad("nested instead of a field", _part("nested", nested) + whole, "", 422)
    yield Hostile(
        "multipart in GBK", _parts("gbk"), f"{_PARTS}; charset=gbk", 303, stored=APPEAL["account"]
    )
    yield Hostile(
        "multipart quoted boundary", whole, f'multipart/form-data; boundary="{_EDGE}"', 303,
        stored=APPEAL["account"],
    )  # fmt: skip
    yield Hostile(
        "multipart with preamble of line ends", b"\r\n" + whole, _PARTS, 303,
        stored=APPEAL["account"],
    )  # fmt: skip


def _answers() -> Iterator[Hostile]:
    """Answers that a later program may interpret; most are stored as text, some are refused."""
    for name, sent, kept in (
        ("bidi", "a\u202egpj.exe\u2066b", "agpj.exeb"),
        ("C1 controls", "a\x9b31mb\x1b[2J", "a31mb[2J"),
        ("line separators", "a\u2028b\x85c\u2029d", "a\nb\nc\nd"),
        ("mail headers", "a\r\nBcc: all@example.com\r\n\r\nb", "a\nBcc: all@example.com\n\nb"),
        ("formula", "=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0"),
        ("slot", "\ue000access_code\ue001", "\ue000access_code\ue001"),
        ("braces", "{reference} {0.__class__} %s {{7*7}}", "{reference} {0.__class__} %s {{7*7}}"),
        ("markup", "</textarea><script>alert(1)</script>", "</textarea><script>alert(1)</script>"),
        ("SQL", "'; DROP TABLE cases; --", "'; DROP TABLE cases; --"),
        ("combining", "Z" + "\u0335" * 3000, "Z" + "\u0335" * 3000),
        ("noncharacters", "\ufffe\uffff\U0010ffff", "\ufffe\uffff\U0010ffff"),
        ("receipt in a receipt", "-----BEGIN OMBUD PROOF-----", "-----BEGIN OMBUD PROOF-----"),
    ):
        yield Hostile(f"words: {name}", _json(account=sent), _JSON, 201, stored=kept)
    for address in (
        "a@example.com\r\nBcc: b@example.com",
        "a@example.com, b@example.com",
        "x <a@example.com>, <b@example.com>",
        "a@example.com, <b@example.com>",
        "a@example.com <b@example.com>",
        '"a@example.com" <b@example.com>',
        "x; y <b@example.com>",
        "a" * 65 + "@example.com",
        "张" * 22 + "@example.com",
        '"a\r\nb"@example.com',
        "a@[127.0.0.1]",
        "a@localhost",
        "a@exa\0mple.com b",
        "a@" + "b." * 130 + "com",
        "аdmin@-.com",
    ):
        yield Hostile(f"address {address[:30]!a}", _json(email=address), _JSON, 422)
    for day in ("0001-01-01", "2026-02-30", "９９９９-01-01", "-1", "2026-W99-1", "1e9", "\ud7ff"):
        yield Hostile(f"day {day!a}", _json(decided_on=day), _JSON, 422)
    stored = APPEAL["account"]
    yield Hostile("day of 1900", _json(decided_on="1900-01-01"), _JSON, 201, stored=stored)
    yield Hostile("unknown choice", _json(category="../../other"), _JSON, 422)
    yield Hostile("consent as a word", _json(consent="true"), _JSON, 422)
    yield Hostile("consent withheld", _json(consent=False), _JSON, 422)
    yield Hostile("only blanks", _json(account=" \u3000\u2028\0"), _JSON, 422)
    yield Hostile("one too many", _json(account="字" * 5001), _JSON, 422)


def _headers() -> Iterator[Hostile]:
    account = APPEAL["account"]
    for media in ("text/plain", "text/xml", "", "application/json-patch+json", "x" * 5000, "\xe9"):
        yield Hostile(f"media type {media[:30]!a}", _json(), media, 415, "send one of")
    for coding in ("gzip", "deflate", "br", "identity, gzip", "x"):
        yield Hostile(
            f"content coding {coding}", gzip.compress(_json(), mtime=0), _JSON, 415,
            "Content-Encoding", headers=(("content-encoding", coding),),
        )  # fmt: skip
    for name, value in (
        ("accept-language", "en;q=9,;;,*-*" + ",zh" * 2000),
        ("accept-language", "\xff\xfe"),
        ("idempotency-key", "k" * 5000),
        ("idempotency-key", ""),
        ("idempotency-key", "\xff\0".replace("\0", "")),
        ("x-forwarded-for", "<script>"),
        ("x-forwarded-port", "no port"),
        ("x-forwarded-host", "evil.example.com"),
        ("cloudfront-viewer-address", ":::"),
        ("cookie", "=;=;=" * 500),
        ("range", "bytes=0-0"),
        ("expect", "100-continue"),
    ):
        yield Hostile(
            f"header {name}: {value[:12]!a}", _json(), _JSON, 201, stored=account,
            headers=((name, value),),
        )  # fmt: skip
    yield Hostile("language of no place", _json(language="x" * 9999), _JSON, 201, stored=account)
    yield Hostile("contract up the tree", _json(contract="../" * 9 + "etc/passwd"), _JSON, 422)
    yield Hostile("contract with NUL", _json(contract="current\0.json"), _JSON, 422)
    yield Hostile("contract of another name", _json(contract="current"), _JSON, 422)
    yield Hostile("contract too long", _json(contract="a" * 9999), _JSON, 422)


def _paths() -> Iterator[Hostile]:
    for path, status in (
        ("/cases/accreditation-body/..%2f..%2fappeal", 404),
        ("/cases/%2e%2e/appeal", 404),
        ("/cases/accreditation-body%00/appeal", 404),
        ("/cases/%ff%fe/appeal", 404),
        ("/cases/accreditation-body/appeal%0d%0aSet-Cookie:%20a=b", 404),
        ("/cases/Accreditation-Body/appeal", 404),
        ("/cases/accreditation-body/appeal;x=y", 404),
        ("/cases//appeal", 404),
        ("/cases/" + "a" * 6000 + "/appeal", 404),
        ("/cases/current/complaint", 404),
        ("/cases/health/complaint", 404),
    ):
        yield Hostile(f"path {path[:50]}", _json(), _JSON, status, path=path)
    for path in ("/cases/status", "/cases/status/withdraw", "/cases/status/information"):
        for name, value in (
            ("reference", "ＡＣＢ-２２２２２-２２２２２"),
            ("reference", "АСВ-22222-22222"),
            ("reference", "2" * 100_000),
            ("reference", "\0"),
            ("access_code", "\u202e" * 1000),
        ):
            body = json.dumps({"reference": "", "access_code": "", name: value}).encode()
            title = f"{path} {name} {value[:12]!a}"
            yield Hostile(title, body, _JSON, 404, path=path)
        for session in ("", "a.b", "....", "\x00", "é" * 999):
            body = json.dumps({"session": session}).encode()
            yield Hostile(f"{path} session {session[:9]!a}", body, _JSON, 410, path=path)
    for token in ("", "a.b.c", "\x00", "ACB-22222-22222.1.\u0661"):
        body = urlencode({"handling": token}).encode()
        yield Hostile(f"staff link {token!a}", body, _FORM, 410, path="/cases/handle")


def _file(name: bytes, content: bytes, field: bytes = b"files") -> bytes:
    head = b'--XX-edge\r\nContent-Disposition: form-data; name="' + field + b'"; ' + name
    return head + b"\r\nContent-Type: image/png\r\n\r\n" + content + b"\r\n"


def _files() -> Iterator[Hostile]:
    account, whole = APPEAL["account"], _parts()
    html = b"<!doctype html><script>alert(1)</script>"
    for name, content in (
        (b'filename="a.png"', html),
        (b'filename="a.png"', b"GIF89a/*" + html + b"*/"),
        (b'filename="a.svg"', b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        (b'filename="a.docx"', _zip_bomb()),
        (b'filename="a.pdf"', gzip.compress(bytes(10_000_000), mtime=0)),
        (b'filename="a.png"', b""),
        (b'filename="a.txt"', _FF * 1000),
        (b'filename="a.txt"', b"MZ\x90\0" + b"\0" * 100),
    ):
        title = f"file {name.decode()} of {content[:12]!a}"
        yield Hostile(title, _file(name, content) + whole, _PARTS, 422)
    text = "收据".encode()
    for name in (
        b'filename="../../../etc/passwd"',
        b'filename="C:\\\\Windows\\\\a.exe"',
        b'filename="a.png\\x00.exe"',
        b'filename="' + "\u202egnp.txt".encode() + b'"',
        b'filename="' + b"a" * 3000 + b'.txt"',
        b"filename=\"a.txt\"; filename*=UTF-8''..%2F..%2Fb.txt",
        b'filename="a\\"; name=\\"account.txt"',
        b'filename="=cmd.txt"',
        b'filename="<script>alert(1)</script>"',
        b'filename="."',
    ):
        title = f"file name {name[9:40]!a}"
        yield Hostile(title, _file(name, text) + whole, _PARTS, 303, stored=account)
    gbk_name = 'filename="证据.txt"'.encode("gbk")
    yield Hostile("file name in GBK", _file(gbk_name, text) + _parts("gbk"),
                  f"{_PARTS}; charset=gbk", 303, stored=account)  # fmt: skip
    yield Hostile("file name in GBK unsaid", _file(gbk_name, text) + whole, _PARTS, 400,
                  "the name of a file is not UTF-8")  # fmt: skip
    yield Hostile("21 files", _file(b'filename="a.txt"', text) * 21 + whole, _PARTS, 400, "files")
    yield Hostile("file cut off", whole[:-12] + b"\r\n" + _file(b'filename="a.txt"', text)[:-4],
                  _PARTS, 400, "ends before")  # fmt: skip
    account_as_file = _file(b'filename="a.txt"', text, b"account")
    without = b"".join(
        _part(field, value.encode()) for field, value in APPEAL.items() if field != "account"
    )
    end = b"--XX-edge--\r\n"
    yield Hostile("answer as a file", account_as_file + without + end, _PARTS, 422)
    for uploads in ("x", {"a": 1}, [1], [None], [["a"]]):
        yield Hostile(f"vouchers {uploads!r}", _json(uploads=uploads), _JSON, 400, "uploads")
    for token in ("", ".", "a.b", "\0", "é.é", "=" * 5000, "e30=.e30="):
        yield Hostile(f"voucher {token[:9]!a}", _json(uploads=[token]), _JSON, 422)
    for most in (21, 10_000, 240_000):
        yield Hostile(f"{most} vouchers", _json(uploads=["a.b"] * most)[:999_999], _JSON, 400,
                      "more than 20" if most < 240_000 else "")  # fmt: skip
    yield Hostile("240,000 empty vouchers", b'{"uploads":[""' + b',""' * 240_000 + b"]}", _JSON,
                  400, "more than 20 vouchers")  # fmt: skip
    body = _form() + b"&upload=" * 21
    yield Hostile("21 vouchers in a form", body, _FORM, 400, "more than 20 vouchers")
    yield Hostile("20 vouchers in a form", _form() + b"&upload=" * 20, _FORM, 422)
    ask, take = "/cases/uploads/accreditation-body/appeal", "/cases/uploads"
    good = {"name": "a.txt", "size": 4, "sha256": "0" * 64}
    for change in (
        {"name": 1}, {"name": "a" * 2000}, {"size": -1}, {"size": "4.5"}, {"size": 1e99},
        {"sha256": "../" * 21 + "a"}, {"sha256": "0" * 63 + "\n"}, {"more": 1},
        {"language": "x" * 99},
    ):  # fmt: skip
        body = json.dumps(good | change).encode()
        yield Hostile(f"voucher asked for with {change!r:.40}", body, _JSON, 400, "wrong",
                      path=ask)  # fmt: skip
    for size in (0, 10**12):
        body = json.dumps(good | {"size": size}).encode()
        yield Hostile(f"voucher for {size} bytes", body, _JSON, 422, path=ask)
    yield Hostile("voucher asked for in depth", b"[" * 9000, _JSON, 400, "wrong", path=ask)
    yield Hostile("voucher for nobody", json.dumps(good).encode(), _JSON, 404,
                  path="/cases/uploads/x/appeal")  # fmt: skip
    yield Hostile("file without voucher", _file(b'filename="a"', text, b"file") + end, _PARTS, 400,
                  "voucher", path=take)  # fmt: skip
    forged = _part("upload", b"e30=.e30=") + _file(b'filename="a"', text, b"file") + end
    yield Hostile("file with a forged voucher", forged, _PARTS, 400, path=take)
    yield Hostile("file in an odd charset", forged, f"{_PARTS}; charset=undefined", 415, "charset",
                  path=take)  # fmt: skip
    yield Hostile("file without multipart", text, "text/plain", 415, "multipart", path=take)


def _steps() -> Iterator[Hostile]:
    """Steps that do not exist, that programs send or that are sent twice; odd telephones."""
    for step in ("Send", "send ", "0", "\0"):
        yield Hostile(f"step {step!a}", _form(step=step), _FORM, 422)
    yield Hostile("step by a program", _json(step="send"), _JSON, 422)
    yield Hostile(
        "two steps", _form(step="check") + b"&step=send", _FORM, 400, "step is sent twice"
    )
    yield Hostile("full-width telephone", _json(phone="４００-０００-００００"), _JSON, 201,
                  stored=APPEAL["account"])  # fmt: skip
    for phone in ("1" * 190, "+", "+86 (", "٠١٢٣٤٥٦٧٨٩", "400-000-0000;ext=1;phone-context=evil",
                  "tel:\r\nBcc: a@example.com", "400\u202eabc"):  # fmt: skip
        yield Hostile(f"telephone {phone[:12]!a}", _json(phone=phone), _JSON, 422)


HOSTILE = tuple(hostile())
