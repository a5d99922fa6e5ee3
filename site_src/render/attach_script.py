"""Completes `attach.js` with what it shares with the functions: signatures, and words."""

import json

from functions.model.attachment import MEDIA_TYPES
from functions.model.files.signatures import HEAD, NAMED_INSIDE, NO_TEXT, SIGNATURES, TEXT_ENCODINGS
from site_src.compile.messages.vocabulary import attach_words, words
from site_src.languages import site_languages


def attach_script(script: bytes) -> bytes:
    """The script with the constant `shared` before it.

    A page names types by their media types, so the table of signatures does, too.
    """
    shared = {
        "head": HEAD,
        "signatures": [
            [pattern, [MEDIA_TYPES[type_] for type_ in types]] for pattern, types in SIGNATURES
        ],
        "inside": {MEDIA_TYPES[type_]: part for type_, part in NAMED_INSIDE.items()},
        "noText": NO_TEXT,
        "text": MEDIA_TYPES["txt"],
        "encodings": TEXT_ENCODINGS,
        "words": {tongue.language: attach_words(words(tongue)) for tongue in site_languages()},
    }
    written = json.dumps(shared, ensure_ascii=False, separators=(",", ":"))
    return f"const shared={written};".encode() + script
