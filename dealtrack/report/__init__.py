"""What reports say, as plain data."""
