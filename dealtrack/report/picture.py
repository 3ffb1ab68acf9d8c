"""A report as a picture in points: the drawing, twice as fine."""

import vl_convert

from dealtrack.domain.contents import Report
from dealtrack.report.drawing import written as drawing

_FINENESS = 2


def written(report: Report) -> bytes:
    """The picture as PNG. Raises NothingDrawn."""
    png: bytes = vl_convert.svg_to_png(drawing(report), scale=_FINENESS)
    return png
