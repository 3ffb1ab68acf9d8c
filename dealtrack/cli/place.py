"""Where the usual ledger is, told without loading anything: a shell that completes words asks for it at every Tab."""

import os
import sys


def usual_place() -> str:
    """The ledger in the user's data folder, where each system keeps such things."""
    home = os.path.expanduser("~")  # noqa: PTH111 - pathlib costs as much as all else that completes a word
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or os.path.join(home, "AppData", "Local")  # noqa: PTH118 - as above
    elif sys.platform == "darwin":
        base = os.path.join(home, "Library", "Application Support")  # noqa: PTH118 - as above
    else:
        base = os.environ.get("XDG_DATA_HOME") or os.path.join(home, ".local", "share")  # noqa: PTH118 - as above
    return os.path.join(base, "dealtrack", "deals.db")  # noqa: PTH118 - as above
