"""`check`: find what is wrong with the ledger, or unusual in a deal."""

from typer import Exit

from dealtrack.cli.desk import Desk
from dealtrack.cli.failures import FOUND
from dealtrack.ledger.soundness import examine_ledger
from dealtrack.text.counts import counted
from dealtrack.view.findings import findings_list


def run(desk: Desk) -> None:
    """Find what is wrong: file, references, facts against events, full text, dates in order, unusual moves."""
    findings = list(examine_ledger(desk.ledger, desk.today))
    if findings:
        desk.screen.show(findings_list([(f.severity, f.code, f.subject, f.sentence) for f in findings], desk.screen))
    faults = sum(finding.severity == "fault" for finding in findings)
    found = f"{counted(faults, 'fault')}, {counted(len(findings) - faults, 'doubt')}" if findings else "nothing found"
    desk.screen.write(f"Checked {counted(desk.ledger.counts()['deal'], 'deal')}: {found}.\n")
    if findings:
        raise Exit(FOUND)
