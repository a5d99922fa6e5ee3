"""Asks Pango which characters no font on this machine has."""

from collections.abc import Callable
from functools import cache
from typing import Any


def lacking(text: str) -> frozenset[str]:
    """The characters of `text` that no installed font can draw."""
    if text.isascii():
        return frozenset()
    unknown = _counter()
    if not unknown(text):
        return frozenset()
    return frozenset(char for char in set(text) if not char.isascii() and unknown(char))


@cache
def _counter() -> Callable[[str], int]:
    """Counts the characters of a text for which Pango finds no glyph."""
    # Imported lazily: the start of a Lambda never loads ctypes.
    from ctypes import CDLL, c_char_p, c_int, c_void_p
    from ctypes.util import find_library

    def function(library: str, name: str, result: Any, *arguments: Any) -> Any:
        found = getattr(CDLL(find_library(library)), name)
        found.restype, found.argtypes = result, arguments
        return found

    new_map = function("pangoft2-1.0", "pango_ft2_font_map_new", c_void_p)
    new_context = function("pango-1.0", "pango_font_map_create_context", c_void_p, c_void_p)
    new_layout = function("pango-1.0", "pango_layout_new", c_void_p, c_void_p)
    set_text = function("pango-1.0", "pango_layout_set_text", None, c_void_p, c_char_p, c_int)
    count = function("pango-1.0", "pango_layout_get_unknown_glyphs_count", c_int, c_void_p)
    release = function("gobject-2.0", "g_object_unref", None, c_void_p)

    def unknown(text: str) -> int:
        # A font map belongs to one thread.
        font_map = new_map()
        context = new_context(font_map)
        layout = new_layout(context)
        encoded = text.encode()
        set_text(layout, encoded, len(encoded))
        found: int = count(layout)
        for made in (layout, context, font_map):
            release(made)
        return found

    return unknown
