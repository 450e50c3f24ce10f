"""Bytes of a feed into text, and text that was once decoded wrongly told apart from text.

Rules, in order: a byte order mark; valid UTF-8, whatever a label says; UTF-16 by its zero bytes; what the document says
of itself; what HTTP says; what its characters look like. `gb2312` and `gbk` are read as gb18030, which holds both.
"""

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

HEAD = 1024
SAMPLE = 20_000
"""Bytes a guess is made on."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDER = {  # labels as publishers use them -> the superset they mean (WHATWG Encoding, "names and labels")
    "gb2312": "gb18030", "gbk": "gb18030", "hz": "hz", "big5": "big5hkscs", "iso8859-1": "cp1252", "ascii": "cp1252",
    "iso8859-9": "cp1254", "shift_jis": "cp932", "euc_kr": "cp949", "tis-620": "cp874",
}  # fmt: skip
_LABEL = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']\s*([A-Za-z0-9._:-]{2,40})\s*["']""")
_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9._:-]{2,40})""", re.IGNORECASE)
_GUESSES = ("gb18030", "big5hkscs", "cp932", "cp949")
_FREQUENT = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经"
    "十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平"
    "形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党"
    "市项目投资区签约亿元企业省招商县经济团"
    "這個為們來時對會發動過說產種後學經進電裡現實體機當點從業應開還與關線內數問變條沒結無題黨項資區簽約億企縣濟團"
)
"""The most frequent Chinese characters in simplified and traditional writing, and the words of this wire's own news:
a text read with the wrong table has next to none of them."""


CHINESE = 0.12
"""Share of them from which a text reads as Chinese; real news has 0.3 and more."""
FEWEST = 6
"""Foreign characters below which nothing can be said of a text (联通 in GBK is valid UTF-8)."""


@dataclass(frozen=True)
class Decoded:
    """A document as text. `source` says which rule decided: bom, utf-8, utf-16, label, http or guess."""

    text: str
    encoding: str
    source: str


class NotText(ValueError):
    """No encoding fits: bytes that are no text at all."""


def decode(body: bytes, http_charset: str | None = None) -> Decoded:
    """The document as text, without a byte order mark. Raises NotText.

    >>> decode("投资".encode("gb2312"), "gb2312").encoding, decode("投资".encode(), "gb2312").encoding
    ('gb18030', 'utf-8')
    """
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return Decoded(body[len(mark) :].decode(encoding, "replace"), encoding, "bom")
    wide = _utf16_without_mark(body)
    if wide is not None:
        return wide
    whole = _whole_utf8(body)
    if whole is not None:
        return Decoded(whole, "utf-8", "utf-8")
    return _labelled(body, http_charset) or _guessed(body)


def codec_of(label: str) -> str | None:
    """Python's codec for a label, widened to what publishers mean by it; None for an unknown label.

    >>> codec_of("GB_2312-80"), codec_of("x-gbk"), codec_of("latin1"), codec_of("nonsense")
    ('gb18030', 'gb18030', 'cp1252', None)
    """
    cleaned = label.strip().strip("\"'").lower().removeprefix("x-")
    if cleaned.startswith(("gb_2312", "gb2312")):
        return "gb18030"
    try:
        name = codecs.lookup(cleaned).name
        "".encode(name)  # raises for codecs between bytes and bytes, such as hex and zlib
    except (LookupError, TypeError, ValueError, AssertionError):
        return None
    return _WIDER.get(name, name)


def _utf16_without_mark(body: bytes) -> Decoded | None:
    for start, encoding in ((b"<\x00", "utf-16-le"), (b"\x00<", "utf-16-be")):
        if body.startswith(start):
            return Decoded(body.decode(encoding, "replace"), encoding, "utf-16")
    return None


def _whole_utf8(body: bytes) -> str | None:
    """The text when it is UTF-8, allowing for a character cut in two at the very end of a truncated body."""
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start >= len(body) - 3 and error.reason == "unexpected end of data" and error.start > 0:
            return body[: error.start].decode("utf-8")
        return None


def _labelled(body: bytes, http_charset: str | None) -> Decoded | None:
    """What the labels say, in order, unless that reads as nonsense and another table reads as Chinese."""
    head = body[:HEAD]
    labels = [(match[1].decode("ascii"), "label") for match in (_LABEL.search(head), _META.search(head)) if match]
    readings = [
        Decoded(text, encoding, source)
        for label, source in [*labels, (http_charset or "", "http")]
        if (encoding := codec_of(label)) is not None
        and not encoding.startswith(("utf-8", "utf-16", "utf-32"))  # it is not, as was seen before
        and (text := _strictly(body, encoding)) is not None
    ]
    likely = next((one for one in readings if _is_plausible(one)), None)
    if likely is not None or not readings:
        return likely
    text, encoding, share = _as_chinese(body)
    return Decoded(text, encoding, "guess") if share >= CHINESE else readings[0]


def _is_plausible(reading: Decoded) -> bool:
    """Whether a reading needs no second look: few foreign letters, or frequent ones among them."""
    letters = [char for char in reading.text[:SAMPLE] if ord(char) > 0x7F and char.isalpha()]
    return len(letters) < FEWEST or _frequent_share(reading.text) >= CHINESE


def _as_chinese(body: bytes) -> tuple[str, str, float]:
    """The reading with the most frequent characters, its codec and their share."""
    readings = [(text, name, _frequent_share(text)) for name in _GUESSES if (text := _strictly(body, name)) is not None]
    return max(readings, key=lambda reading: reading[2], default=("", "", 0.0))


def _guessed(body: bytes) -> Decoded:
    text, name, share = _as_chinese(body)
    if share >= CHINESE:
        return Decoded(text, name, "guess")
    best = from_bytes(body[:SAMPLE]).best()
    likely = _strictly(body, best.encoding) if best is not None else None
    if best is not None and likely:
        return Decoded(likely, best.encoding, "guess")
    if b"\x00" in body[:HEAD] or not body.lstrip()[:1] == b"<":
        raise NotText(f"{len(body)} bytes that are no text in any known encoding")
    # UTF-8 with a few broken bytes stays readable; what it spoilt is found entry by entry (`looks_garbled`).
    return Decoded(body.decode("utf-8", "replace"), "utf-8", "guess")


def _strictly(body: bytes, encoding: str) -> str | None:
    try:
        return codecs.decode(body, encoding, "strict")
    except UnicodeDecodeError as error:
        if error.start > 0 and error.start >= len(body) - 3:  # a character cut in two by truncation
            return codecs.decode(body[: error.start], encoding, "ignore")
        return None
    except (LookupError, ValueError, AssertionError):
        return None


def _frequent_share(text: str) -> float:
    foreign = [char for char in text[:SAMPLE] if ord(char) > 0x2FF and char.isalpha()]
    return sum(char in _FREQUENT for char in foreign) / len(foreign) if foreign else 0.0


_GARBLED = re.compile(r"锟斤拷|\ufffd{3}")


def looks_garbled(text: str) -> bool:
    """True for mojibake: text that was decoded with the wrong table before it reached us, beyond repair or not.

    A few lost characters are allowed: at most 1 in 50. Text that, written back in the wrong table, is UTF-8 for the
    greater part is not there by chance.

    >>> looks_garbled("锟斤拷"), looks_garbled("投资签约项目".encode().decode("gbk", "replace"))
    (True, True)
    >>> looks_garbled("苏州签约417个项目"), looks_garbled("Café in São Paulo")
    (False, False)
    """
    if not text or text.isascii():
        return False
    if _GARBLED.search(text) or text.count("\ufffd") * 50 > len(text):
        return True
    sample = "".join(char for char in text[:SAMPLE] if ord(char) > 0x7F)
    if len(sample) < FEWEST:
        return False
    return _was_utf8(sample.encode("gb18030", "ignore"), 0x2E80) or _was_utf8(_western(sample), 0x80)


def _western(text: str) -> bytes:
    """Back to bytes as windows-1252, else as Latin-1; characters that neither has are left out."""
    return b"".join(char.encode("cp1252", "ignore") or char.encode("latin-1", "ignore") for char in text)


def _was_utf8(data: bytes, lowest: int) -> bool:
    """Whether most of the bytes are UTF-8 for characters from `lowest` on."""
    read = data.decode("utf-8", "replace")
    good = sum(ord(char) >= lowest and char != "\ufffd" for char in read)
    return good >= 2 and good > 2 * read.count("\ufffd")
