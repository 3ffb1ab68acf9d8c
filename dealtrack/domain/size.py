"""How large a deal is, in bands, as far as its value says."""

_MILLION = 100 * 10**6

# The first amount in US cents that is no longer in the band, and the band.
_BANDS: tuple[tuple[int, str], ...] = (
    (50 * _MILLION, "under USD 50M"),
    (250 * _MILLION, "USD 50-250M"),
    (1_000 * _MILLION, "USD 250M-1bn"),
)
_LARGEST, _ACROSS, _UNKNOWN = "USD 1bn or more", "across bands", "undisclosed"

SIZES: tuple[str, ...] = (*(name for _, name in _BANDS), _LARGEST, _ACROSS, _UNKNOWN)


def size_of(low: int | None, high: int | None) -> str:
    """The band that holds every amount between `low` and `high` US cents; a value not known in dollars has none."""
    if low is None and high is None:
        return _UNKNOWN
    least = _band(low or 0)
    most = _LARGEST if high is None else _band(high)
    return least if least == most else _ACROSS


def _band(cents: int) -> str:
    return next((name for limit, name in _BANDS if cents < limit), _LARGEST)
