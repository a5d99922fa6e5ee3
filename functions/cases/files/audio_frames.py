"""Recognises MP3, AAC and AMR by their frames, because other formats begin with the same tags."""

_ID3_HEADER = 10
_SEARCHED = 4096
"""Bytes after a tag in which the first frame must begin: some programs leave padding there."""

_KBITS = {
    True: (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    False: (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
"""Bit rates of layer III by their index less one, for MPEG-1 (True) and its lower rates."""

_HERTZ = (44_100, 48_000, 32_000)
_MPEG_1, _RESERVED, _LAYER_3 = 3, 1, 1
_SHIFTS = {3: 0, 2: 1, 0: 2}
"""MPEG-2 halves the sampling rates, MPEG-2.5 quarters them."""

_ADTS_HEADER = 7
_LAST_ADTS_RATE = 12
"""The indices of sampling rates end here."""

_AMR = {
    b"#!AMR\n": (13, 14, 16, 18, 20, 21, 27, 32, 6),
    b"#!AMR-WB\n": (18, 24, 33, 37, 41, 47, 51, 59, 61, 6),
}
"""Bytes of a frame by its type, for narrow and wide band (RFC 4867, section 5)."""

_AMR_NO_DATA = (14, 15)
_AMR_FRAMES = 50
"""Frames that are looked at: a second of speech."""


def is_mp3(content: bytes) -> bool:
    """Whether two frames of MPEG audio layer III follow one another after the tags, if any."""
    start = _end_of_tags(content)
    if start == 0:
        return _begins_frames(content, 0)
    first = len(content) - len(content[start:].lstrip(b"\0"))
    return any(_begins_frames(content, at) for at in range(first, first + _SEARCHED))


def is_aac(content: bytes) -> bool:
    """Whether two frames of AAC in ADTS follow one another (ISO/IEC 13818-7, 6.2)."""
    length = _adts_length(content, 0)
    return length is not None and (
        length == len(content) or _adts_length(content, length) is not None
    )


def is_amr(content: bytes) -> bool:
    """Whether speech frames follow the header of AMR."""
    for header, sizes in _AMR.items():
        if content.startswith(header):
            return _are_speech_frames(content, len(header), sizes)
    return False


def _end_of_tags(content: bytes) -> int:
    """Where the tags of ID3 version 2 end that stand at the beginning."""
    at = 0
    while content[at : at + 3] == b"ID3" and len(content) >= at + _ID3_HEADER:
        size = 0
        for byte in content[at + 6 : at + _ID3_HEADER]:
            size = size << 7 | byte & 0x7F
        at += _ID3_HEADER + size
    return at


def _begins_frames(content: bytes, at: int) -> bool:
    length = _frame_length(content, at)
    if length is None:
        return False
    following = at + length
    return following == len(content) or _frame_length(content, following) is not None


def _frame_length(content: bytes, at: int) -> int | None:
    """The bytes of the frame of layer III at `at`; None if there is no header of one."""
    header = int.from_bytes(content[at : at + 4], "big")
    version, layer, rate = header >> 19 & 3, header >> 17 & 3, header >> 10 & 3
    kbits_index = header >> 12 & 15
    if header >> 21 != 0x7FF or version == _RESERVED or layer != _LAYER_3:
        return None
    if not 0 < kbits_index < 15 or rate == len(_HERTZ):
        return None
    kbits = _KBITS[version == _MPEG_1][kbits_index - 1]
    hertz = _HERTZ[rate] >> _SHIFTS[version]
    samples = 144_000 if version == _MPEG_1 else 72_000
    return samples * kbits // hertz + (header >> 9 & 1)


def _adts_length(content: bytes, at: int) -> int | None:
    """The bytes of the frame of ADTS at `at`; None if there is no header of one."""
    header = int.from_bytes(content[at : at + 7], "big")
    length = header >> 13 & 0x1FFF
    if header >> 44 != 0xFFF or header >> 41 & 3 or header >> 34 & 15 > _LAST_ADTS_RATE:
        return None
    return length if length > _ADTS_HEADER else None


def _are_speech_frames(content: bytes, at: int, sizes: tuple[int, ...]) -> bool:
    for number in range(_AMR_FRAMES):
        if at >= len(content):
            return number > 0
        type_, padding = content[at] >> 3 & 15, content[at] & 0x83
        if padding or not (type_ < len(sizes) or type_ in _AMR_NO_DATA):
            return False
        at += sizes[type_] if type_ < len(sizes) else 1
    return True
