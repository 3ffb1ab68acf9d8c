"""Sources in words: an address, or a title."""

from urllib.parse import urlsplit

from dealtrack.domain.problem import Misuse
from dealtrack.domain.source import Source


def read_source(words: str) -> Source:
    """The source that an address or a title names; of an address, the site is taken for the publisher."""
    is_url = "://" in words
    if is_url and not (words.isprintable() and words.split() == [words]):
        raise Misuse(f'"{words}" is no address: it holds blanks', "put the address in quotes, or percent-encode it")
    return Source(
        key="",
        url=words if is_url else None,
        title=None if is_url else words or None,
        publisher=site_of(words) if is_url else None,
        published=None,
        kind="news",
        via=None,
        reliability="F",
        reliability_derived=True,
    )


def site_of(url: str) -> str:
    """The site of an address: `https://www.wsj.com/x` -> `wsj.com`."""
    return (urlsplit(url).hostname or url).removeprefix("www.")
