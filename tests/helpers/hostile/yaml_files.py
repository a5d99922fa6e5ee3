"""Policies that would take a reader's time, memory or stack; each must be a finding at once."""

_LAUGHS = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 12)
)
_MERGES = "m0: &m0 {k: v}\n" + "".join(
    f"m{n}: &m{n} {{<<: [{', '.join([f'*m{n - 1}'] * 10)}]}}\n" for n in range(1, 12)
)

YAML = {
    "anchors nested": _LAUGHS,
    "merges nested": _MERGES,
    "list in itself": "limits: &z [*z]\n",
    "mapping in itself": "a: &z {b: *z}\n",
    "key in itself": "? &k [*k]\n: v\n",
    "lists nested": "a: " + "[" * 100_000 + "]" * 100_000,
    "mappings nested": "a: " + "{b: " * 100_000 + "x" + "}" * 100_000,
    "dashes": "a:\n  " + "- " * 100_000 + "x\n",
    "question marks": "? " * 100_000 + "x\n",
    "indents": "".join(" " * n + "a:\n" for n in range(1000)),
    "long number": f"version: {'9' * 5000}\n",
    "wrong number": "version: 0b\nid: 0x\n",
    "wrong time": "a: 2026-99-99T99:99:99Z\nb: .\nc: !!float x\nd: !!int x\n",
    "own tag": "a: !!python/object/apply:os.system ['true']\n",
    "long file": "# " + "x" * 2_000_000,
    "many values": "a: [" + "1," * 100_000 + "]\n",
    "nothing": "",
    "two documents": "a: 1\n---\nb: 2\n",
    "NUL": "a: \0\n",
    "tab": "a:\n\t- b\n",
}

TEXTS = {
    "digits": "1 第一条 " + "1234567890" * 20_000,
    "digits and dots": "1 第一条 " + "1." * 100_000,
    "digits and blanks": "1 第一条 " + "11 " * 66_000,
    "digits and dashes": "1 第一条 " + "11-" * 66_000 + "x",
    "lines of digits": "1 第一条\n" + ("1." * 1_900 + "\n") * 52,
    "lines of days": "1 第一条\n" + ("1天" * 1_900 + "\n") * 52,
    "numerals": "1 第一条 " + "一" * 66_000,
    "numbers of clauses": "1." * 3000 + "\n",
    "addresses": "1 第一条 " + "a@" * 60_000,
    "dots before an at": "1 第一条 " + "a." * 60_000 + "@",
    "brackets": "1 第一条\n" + ("[" * 3_900 + "\n\n") * 50,
    "quotations": "1 第一条\n" + (">" * 3_900 + "\n\n") * 50,
    "blanks": "1 第一条\n" + (" " * 3_900 + "\n") * 50,
}
