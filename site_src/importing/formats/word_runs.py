"""Reads the words of one Word paragraph, and keeps apart what is not part of its text."""

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from site_src.bilingual import Bilingual
from site_src.importing import reasons
from site_src.importing.formats.archive import attribute, child, descendants, local

_PRIVATE_USE = range(0xE000, 0xF900)


def is_on(setting: Element | None) -> bool:
    """Whether a setting that is there is not switched off."""
    return setting is not None and attribute(setting, "val") not in ("0", "false", "off")


def _is_struck_out(run: Element) -> bool:
    return any(is_on(child(run, "rPr", line)) for line in ("strike", "dstrike"))


def plain_words(element: Element) -> str:
    """All words below an element, deleted ones too."""
    parts = []
    for part in element.iter():
        match local(part.tag):
            case "t" | "delText":
                parts.append(part.text or "")
            case "tab" | "br" | "cr" | "p":
                parts.append(" ")
    return "".join(parts)


@dataclass
class Runs:
    """The words of a paragraph. `in_contents` is whether a field of contents is still open."""

    in_contents: bool = False
    left_out: list[tuple[str, Bilingual]] = field(default_factory=list)
    inserted: list[str] = field(default_factory=list)
    _words: list[str] = field(default_factory=list)
    _fields: list[str] = field(default_factory=list)

    @property
    def words(self) -> str:
        """The words that count; a line break is a line end."""
        return "".join(self._words)

    def read(self, paragraph: Element) -> None:
        """Reads every run of the paragraph."""
        if self.in_contents:
            self._fields.append("TOC")
        self._read(paragraph, inserted=False)
        self.in_contents = "TOC" in self._fields

    def _read(self, parent: Element, inserted: bool) -> None:
        for element in parent:
            match local(element.tag):
                case "del" | "moveFrom":
                    self._leave_out(element, reasons.DELETED)
                case "ins" | "moveTo":
                    self._read(element, inserted=True)
                case "r" if is_on(child(element, "rPr", "vanish")):
                    self._leave_out(element, reasons.HIDDEN_TEXT)
                case "r" if _is_struck_out(element):
                    self._leave_out(element, reasons.STRUCK_OUT)
                case "rt" | "rubyPr":
                    self._leave_out(element, reasons.RUBY)
                case "AlternateContent":
                    self._read_alternate(element, inserted)
                case "drawing" | "pict" | "object":
                    self._read_drawing(element)
                case "pPr" | "rPr" | "sdtPr" | "instrText" | "delInstrText":
                    pass
                case "fldChar":
                    self._field(attribute(element, "fldCharType"))
                case _:
                    self._read_part(element, inserted)

    def _read_part(self, element: Element, inserted: bool) -> None:
        match local(element.tag):
            case "t":
                self._add(element.text or "", inserted)
            case "tab" | "ptab":
                self._add(" ", inserted)
            case "br":
                plain = attribute(element, "type") in (None, "textWrapping")
                self._add("\n" if plain else " ", inserted)
            case "cr":
                self._add("\n", inserted)
            case "noBreakHyphen":
                self._add("-", inserted)
            case "sym":
                self._symbol(attribute(element, "char") or "", inserted)
            case _:
                if any(local(part.tag) == "instrText" for part in element):
                    self._instruction(element)
                self._read(element, inserted)

    def _instruction(self, run: Element) -> None:
        words = "".join(part.text or "" for part in descendants(run, "instrText"))
        if self._fields and not self._fields[-1]:
            self._fields[-1] = (words.split() or [""])[0].upper()

    def _field(self, type: str | None) -> None:
        if type == "begin":
            self._fields.append("")
        elif type == "end" and self._fields:
            self._fields.pop()

    def _add(self, words: str, inserted: bool) -> None:
        if "TOC" in self._fields:
            if words.strip():
                self.left_out.append((words, reasons.CONTENTS))
            return
        self._words.append(words)
        if inserted:
            self.inserted.append(words)

    def _symbol(self, code: str, inserted: bool) -> None:
        try:
            point = int(code, 16)
        except ValueError:
            point = 0
        if point in _PRIVATE_USE or not 0x20 <= point < 0xD800:
            self.left_out.append((f"U+{code}", reasons.SYMBOL))
        else:
            self._add(chr(point), inserted)

    def _read_alternate(self, element: Element, inserted: bool) -> None:
        """Reads one of several forms of the same: the newest, which every program writes first."""
        chosen = child(element, "Choice")
        if chosen is None:
            chosen = child(element, "Fallback")
        if chosen is not None:
            self._read(chosen, inserted)

    def _read_drawing(self, element: Element) -> None:
        boxes = list(descendants(element, "txbxContent"))
        for box in boxes:
            self._leave_out(box, reasons.TEXT_BOX)
        if not boxes:
            named = next(descendants(element, "docPr"), None)
            self.left_out.append((attribute(named, "descr") or "—", reasons.PICTURE))

    def _leave_out(self, element: Element, reason: Bilingual) -> None:
        words = plain_words(element)
        if words.strip():
            self.left_out.append((words, reason))
