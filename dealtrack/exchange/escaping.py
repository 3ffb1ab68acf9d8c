"""JSON text in which nothing can act on a terminal."""

import json
from typing import Any

# What JSON may hold as it is, and a terminal would act on; each as JSON may hold it too.
_ACTING = {
    code: f"\\u{code:04x}"
    for codes in ((0x7F, 0x9F), (0x200E, 0x200F), (0x2028, 0x202E), (0x2066, 0x2069))
    for code in range(codes[0], codes[1] + 1)
}


# Made once: `json.dumps` would make it for every deal. Nothing that we write holds itself.
_ONE_LINE = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode


def as_json(value: Any, indent: int | None = None) -> str:
    """The value as JSON text in which every character that a terminal could act on is escaped."""
    text = _ONE_LINE(value) if indent is None else json.dumps(value, ensure_ascii=False, indent=indent)
    return harmless_json(text)


def harmless_json(text: str) -> str:
    """JSON text in which every character that a terminal could act on is escaped."""
    # That nothing acts is seen far sooner than each character is looked up.
    harmless = (text.isascii() and "\x7f" not in text) or text.isprintable()
    return text if harmless else text.translate(_ACTING)
