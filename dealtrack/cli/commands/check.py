"""`check`: find what is wrong with the ledger, or unusual in a deal."""

from typing import Annotated

from typer import Exit, Option

from dealtrack.cli.desk import Desk
from dealtrack.cli.failures import FOUND
from dealtrack.cli.options import WriteFlags
from dealtrack.ledger.soundness import examine_ledger
from dealtrack.text.counts import counted
from dealtrack.view.findings import findings_list

_Fix = Annotated[bool, Option("--fix", help="First mend what is derived: kept facts and the full-text index.")]


def run(desk: Desk, fix: _Fix = False) -> None:
    """Find what is wrong: file, references, history, facts against events, full text, dates, unusual moves.

    With --fix what is derived is made anew first; what was entered is never altered.
    """
    if fix:
        with desk.recording(WriteFlags(), "check --fix") as work:
            mended = work.ledger.mend_facts()
            work.sum_up(f"Mended the facts of {counted(mended, 'deal')}")
        desk.writable(WriteFlags()).mend_index()
    findings = list(examine_ledger(desk.ledger, desk.today))
    if findings:
        desk.screen.show(findings_list([(f.severity, f.code, f.subject, f.sentence) for f in findings], desk.screen))
    faults = sum(finding.severity == "fault" for finding in findings)
    found = f"{counted(faults, 'fault')}, {counted(len(findings) - faults, 'doubt')}" if findings else "nothing found"
    desk.screen.write(f"Checked {counted(desk.ledger.counts()['deal'], 'deal')}: {found}.\n")
    if findings:
        raise Exit(FOUND)
