"""A damaged ledger is read right, or is said to be damaged: by each command, and by `check`."""

from ledger.damage import rounds


def test_commands_on_damaged_ledgers_are_right_or_say_why_not() -> None:
    """A short run of what `python tests/ledger/damage.py 300` does at length."""
    came = rounds(60, seed=7, each=3)
    assert came["as of a whole ledger"] > 30
    assert came["refused"] > 30
    assert came["check: faults found"] > 10
