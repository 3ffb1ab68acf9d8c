"""`report`: what the ledger says of many deals at once."""

import importlib
from typing import Any, NamedTuple

from dealtrack.cli.verbs import LightGroup, command_of


class Name(NamedTuple):
    """A report: its name, which is also its module's under `reports`, and the line that help shows."""

    name: str
    help: str


REPORTS: tuple[Name, ...] = (
    Name("summary", "how many deals, and what they come to, by period and kind"),
    Name("pipeline", "open deals by status and age, expected closings, what is silent or changed"),
    Name("stale", "open deals to verify, the most urgent first"),
    Name("league", "who buys, invests, sells and is bought most"),
    Name("durations", "how long from the first trace to signing to closing, open deals counted too"),
    Name("outcomes", "completion rates, how deals died and why, which came back"),
    Name("conflicts", "where sources disagree, which is believed and why, how belief changed"),
    Name("sources", "whose rumors came true, how early; facts on one page or origin"),
    Name("links", "deals that may belong together and are not linked"),
    Name("stakes", "who holds what of whom, step by step, with contradictions"),
    Name("company", "one company: names, deals on each side, stakes, timeline"),
)


class Reports(LightGroup):
    """A group that loads the module of the report that is asked for, and none for help."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Every name, in help's order."""
        del ctx
        return [report.name for report in REPORTS]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The report of that name, built from its module."""
        del ctx
        if cmd_name not in (report.name for report in REPORTS):
            return None
        module = importlib.import_module(f"dealtrack.cli.reports.{cmd_name}")
        return command_of(cmd_name, module.run)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """The reports by the table above: no module is loaded to say what there is."""
        del ctx
        with formatter.section("Reports"):
            formatter.write_dl([(report.name, report.help) for report in REPORTS])


group = Reports
verbs: dict[str, Any] = {}
