"""A ledger of space-industry deals: every fact dated, sourced, graded and undoable."""

# A literal, because asking the installed metadata costs more than a whole listing.
__version__ = "0.3.0"
