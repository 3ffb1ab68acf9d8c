"""Where deals are kept: one SQLite file behind one door."""
