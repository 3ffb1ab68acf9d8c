"""How deals come in and go out as files."""
