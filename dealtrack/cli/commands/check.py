"""`check`: find what is wrong with the ledger, or unusual in a deal."""

from typer import Exit

from dealtrack.cli.desk import Desk
from dealtrack.cli.failures import FOUND
from dealtrack.cli.options import DeskFlags
from dealtrack.ledger.soundness import examine_ledger
from dealtrack.view.findings import findings_list


def run(flags: DeskFlags) -> None:
    """Find what is wrong: file, references, facts against events, full text, dates in order, unusual moves."""
    desk = Desk(flags)
    findings = list(examine_ledger(desk.ledger))
    deals = desk.ledger.counts()["deal"]
    if not findings:
        desk.screen.write(f"Checked {deals:,} deals: nothing found.\n")
        return
    desk.screen.show(findings_list([(f.severity, f.code, f.subject, f.sentence) for f in findings], desk.screen))
    faults = sum(finding.severity == "fault" for finding in findings)
    desk.screen.write(f"Checked {deals:,} deals: {faults} faults, {len(findings) - faults} doubts.\n")
    raise Exit(FOUND)
