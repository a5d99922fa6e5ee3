"""edit.py FILE: blocks '### path' then '<<<' old '===' new '>>>'; each old must occur once ('<<<*' = all)."""

import re, sys
from pathlib import Path

path = None
text = ""


def save():
    if path:
        Path(path).write_text(text, encoding="utf-8")


lines = Path(sys.argv[1]).read_text(encoding="utf-8").split("\n")
i = 0
bad = 0
while i < len(lines):
    line = lines[i]
    if line.startswith("### "):
        save()
        path = line[4:].strip()
        text = Path(path).read_text(encoding="utf-8")
    elif line.startswith("<<<"):
        every = line.startswith("<<<*")
        j = lines.index("===", i)
        k = lines.index(">>>", j)
        old, new = "\n".join(lines[i + 1 : j]), "\n".join(lines[j + 1 : k])
        n = text.count(old)
        if n == 0 or (n > 1 and not every):
            print(path, n, "x:", old[:100])
            bad = 1
        else:
            text = text.replace(old, new)
        i = k
    elif line.startswith("~ "):  # word rename in file: ~ old new
        _, old, new = line.split()
        text, n = re.subn(rf"(?<![\w.\"'`]){re.escape(old)}(?![\w\"'`])", new, text)
        if not n:
            print(path, "no word", old)
            bad = 1
    i += 1
save()
sys.exit(bad)
