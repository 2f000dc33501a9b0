"""Bytes → text: by byte order mark, else as strict UTF-8, else as Windows-1252."""

from __future__ import annotations

from typing import Final

from planweave.errors import DocumentError

__all__ = ["decode", "is_binary"]

MARKS: Final = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
"""What a text begins with that says how it is encoded."""

CONTROL: Final = frozenset(map(chr, range(32))) - frozenset("\t\n\f\r")
SAMPLE: Final = 4096
MOST_CONTROL: Final = 0.02


def decode(data: bytes) -> tuple[str, str]:
    """Give the text of a file that is one, with each line ended as Unix does, and say how it was encoded.

    Raises
    ------
    DocumentError
        If the bytes are no text, or a text that is broken or empty.
    """
    marked = next((encoding for mark, encoding in MARKS if data.startswith(mark)), None)
    if marked is None and b"\0" in data:
        raise _no_text()
    text, encoding = _text(data, marked)
    if is_binary(text):
        raise _no_text()
    if not text.strip():
        raise DocumentError("the file is empty", fix="check how it was saved")
    return text.replace("\r\n", "\n").replace("\r", "\n"), encoding


def is_binary(text: str) -> bool:
    """Say whether what was decoded is no text after all."""
    sample = text[:SAMPLE]
    return "\0" in text or sum(letter in CONTROL for letter in sample) > MOST_CONTROL * len(sample)


def _no_text() -> DocumentError:
    return DocumentError("this is binary data, not text", fix="save the plan as plain text first")


def _text(data: bytes, marked: str | None) -> tuple[str, str]:
    """Decode what is not plainly binary, and say as what.

    A text that is UTF-8 but for a broken letter was cut or damaged: read as Windows-1252 it would be
    gibberish.
    """
    encoding = marked or "utf-8"
    try:
        return data.decode(encoding), encoding
    except UnicodeDecodeError as error:
        if marked or not data.decode("utf-8", errors="ignore").isascii():
            name = encoding.removesuffix("-sig").upper()
            raise DocumentError(
                f"the text is {name} with a broken letter",
                where=f"byte {error.start + 1:,}",
                fix="get the file again, whole",
            ) from error
    try:
        return data.decode("cp1252"), "cp1252"
    except UnicodeDecodeError as error:
        raise DocumentError(
            "the text is neither UTF-8 nor Windows-1252",
            where=f"byte {error.start + 1:,}",
            fix="save it as UTF-8",
        ) from error
