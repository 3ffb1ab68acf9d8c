"""The way in: `dealtrack` and `python -m dealtrack`."""

import sys


def main() -> None:
    """Run the command line and exit with its code."""
    if sys.argv[1:] == ["--version"]:
        # Asked by scripts and prompts: answered before anything is loaded.
        from dealtrack import __version__  # noqa: PLC0415

        sys.stdout.write(f"dealtrack {__version__}\n")
        return
    # The command line's own imports are most of a short command's time; --version above needs none.
    from dealtrack.cli.app import run  # noqa: PLC0415

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
