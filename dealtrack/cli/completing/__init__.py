"""What a shell completes at Tab: loads neither Typer nor what draws, so that nobody waits for it."""
