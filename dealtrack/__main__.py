"""The way in: `dealtrack` and `python -m dealtrack`."""

import gc
import os
import sys
from contextlib import suppress


def main() -> None:
    """Run the command line and end the process with its code."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # the caller closed it: `>&-`
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115 - while we run
    if sys.argv[1:] == ["--version"]:
        # Asked by scripts and prompts: answered before anything is loaded.
        from dealtrack import __version__  # noqa: PLC0415

        with suppress(OSError):  # on a full disk, which is told below as of any command
            sys.stdout.write(f"dealtrack {__version__}\n")
            sys.stdout.flush()
            return
    if sys.argv[1:2] == ["completion"] and sys.argv[3:4] == ["--"]:
        # Asked by a shell at every Tab: answered by what loads as little.
        from dealtrack.cli.completing.shells import main as complete  # noqa: PLC0415

        complete([sys.argv[2], *sys.argv[4:]])
        os._exit(0)
    # The command line's own imports are most of a short command's time; --version above needs none. What they make
    # lives as long as the process: looking through it for garbage would take a twentieth of that time.
    gc.disable()
    from dealtrack.cli.app import run  # noqa: PLC0415 - as said above

    gc.freeze()
    gc.enable()
    # An import makes millions of objects and hardly any garbage of the sort that is looked for.
    gc.set_threshold(100_000, 20, 20)
    code = run(sys.argv[1:])
    with suppress(OSError, ValueError):  # what cannot be written has been told of by now
        sys.stdout.flush()
        sys.stderr.flush()
    # All is written and closed: taking apart what was loaded would last a twentieth of a short command's time.
    os._exit(code)


if __name__ == "__main__":
    main()
