"""How a workbook shows its numbers: which styles make a date or a percentage of them."""

import re
from collections.abc import Iterable
from typing import NamedTuple

# Formats that every Excel has: https://learn.microsoft.com/dotnet/api/documentformat.openxml.spreadsheet.numberingformat
_DATE_FORMATS = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_PERCENT_FORMATS = frozenset((9, 10))


class Styles(NamedTuple):
    """The numbers of the styles that show a number as a date, and of those that show its hundredfold with a %."""

    dates: frozenset[int] = frozenset()
    percents: frozenset[int] = frozenset()


def styles_of(elements: Iterable[tuple[str, dict[str, str]]]) -> Styles:
    """What the elements of the member with the styles say, in their order."""
    codes, used, inside = dict[int, str](), list[int](), False
    for name, told in elements:
        if name == "numFmt":
            codes[int(told["numFmtId"])] = _bare(told.get("formatCode", ""))
        elif name in ("cellXfs", "cellStyleXfs", "cellStyles", "dxfs"):
            inside = name == "cellXfs"
        elif name == "xf" and inside:
            used.append(int(told.get("numFmtId", "0")))
    dates = {number for number, code in codes.items() if re.search(r"[dmyhs]", code) and "general" not in code}
    percents = {number for number, code in codes.items() if "%" in code} - dates
    return Styles(
        _those(used, dates | (_DATE_FORMATS - codes.keys())), _those(used, percents | (_PERCENT_FORMATS - codes.keys()))
    )


def _those(used: Iterable[int], formats: Iterable[int]) -> frozenset[int]:
    wanted = frozenset(formats)
    return frozenset(at for at, number in enumerate(used) if number in wanted)


def _bare(code: str) -> str:
    """The format without its words, escaped signs, paddings, colors and conditions."""
    return re.sub(r'"[^"]*"|\\.|_.|\*.|\[(?!h|m|s)[^\]]*\]', "", code.casefold())
