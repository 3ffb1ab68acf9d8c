"""How people write what registers call a company: `lei:5493...`, `wikidata:Q193701`, `domain:www.example.com`."""

import re
from collections.abc import Callable

from dealtrack.domain.company import IdentifierKind
from dealtrack.domain.problem import Misuse


class NoIdentifier(Misuse):
    """What was written is no identifier of its kind."""


def read_identifier(kind: IdentifierKind, words: str) -> str:
    """The identifier as it is kept. Raises NoIdentifier."""
    return _READERS[kind](words.strip())


def _lei(words: str) -> str:
    from stdnum import lei  # noqa: PLC0415 - loaded where there is one: few companies have it, and every import asks
    from stdnum.exceptions import ValidationError  # noqa: PLC0415 - as above

    try:
        return str(lei.validate(words))
    except ValidationError as error:
        hint = "a legal entity identifier has 18 letters or digits and two check digits"
        raise NoIdentifier(f'"{words}" is no LEI: {str(error).rstrip(".").lower()}', hint) from error


def _like(pattern: str, example: str, make: Callable[[str], str] = str) -> Callable[[str], str]:
    """The reader of what a pattern describes."""
    form = re.compile(pattern)

    def read(words: str) -> str:
        made = make(words)
        if not form.fullmatch(made):
            raise NoIdentifier(f'"{words}" is not of the form {example}', f"write it as {example}")
        return made

    return read


def _host(words: str) -> str:
    """`https://www.Example.com/about` is at example.com."""
    return words.casefold().rpartition("://")[2].partition("/")[0].removeprefix("www.").rstrip(".")


_LABEL = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
_UUID = "-".join(f"[0-9a-f]{{{length}}}" for length in (8, 4, 4, 4, 12))

_READERS: dict[IdentifierKind, Callable[[str], str]] = {
    "lei": _lei,
    "cik": _like("[0-9]{10}", "0001819994", lambda words: words.zfill(10) if words else ""),
    "wikidata": _like("Q[1-9][0-9]{0,11}", "Q193701", str.upper),
    "opencorporates": _like("[a-z]{2}(_[a-z]{2})?/[A-Za-z0-9_.-]{1,40}", "us_de/3374421"),
    "domain": _like(rf"({_LABEL}\.)+{_LABEL}", "example.com", _host),
    "crunchbase": _like(_UUID, "0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f", str.casefold),
}
