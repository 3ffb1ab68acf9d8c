"""The flags, each named once: groups of them that a command takes as one value."""

import inspect
from collections.abc import Callable
from dataclasses import MISSING, dataclass, fields, is_dataclass
from typing import Annotated, Any

from typer import Argument, Option

Word = str | None
Words = list[str] | None

_DESK = "Every command"
_SHAPE = "Shape of the output"
_FILTER = "Which deals"
_PARTIES = "Parties"
_EVENT = "The event"
_SOURCE = "Where it was read"
_DEAL = "The deal"


def _flag(*names: str, help: str, panel: str, metavar: str | None = None) -> Any:  # noqa: A002 - Typer's own word
    return Option(*names, help=help, rich_help_panel=panel, metavar=metavar, show_default=False)


@dataclass(frozen=True, slots=True)
class DeskFlags:
    """Flags of every command."""

    ledger: Annotated[Word, _flag("-l", "--ledger", help="The ledger file.", panel=_DESK, metavar="FILE")] = None
    color: Annotated[Word, _flag("--color", help="auto, always or never.", panel=_DESK, metavar="WHEN")] = None
    ascii: Annotated[bool, _flag("--ascii", help="Draw with ASCII characters only.", panel=_DESK)] = False
    quiet: Annotated[bool, _flag("-q", "--quiet", help="Say less.", panel=_DESK)] = False
    today: Annotated[Word, _flag("--today", help="The day to take for today.", panel=_DESK, metavar="DATE")] = None
    debug: Annotated[bool, _flag("--debug", help="Show a traceback on failure.", panel=_DESK)] = False


@dataclass(frozen=True, slots=True)
class WriteFlags:
    """Flags of every command that changes the ledger."""

    dry_run: Annotated[bool, _flag("--dry-run", help="Say what would be done; do nothing.", panel=_DESK)] = False
    create: Annotated[bool, _flag("--create", help="Make the ledger if there is none.", panel=_DESK)] = False
    ids: Annotated[bool, _flag("--ids", help="Print ids only.", panel=_SHAPE)] = False


@dataclass(frozen=True, slots=True)
class PartyFlags:
    """Companies by role; they set in `add` and `edit` and match everywhere else."""

    buyer: Annotated[Words, _flag("--buyer", help="Who buys.", panel=_PARTIES, metavar="NAME")] = None
    lead_investor: Annotated[Words, _flag("--lead-investor", help="Who leads a round.", panel=_PARTIES, metavar="NAME")] = None
    investor: Annotated[Words, _flag("--investor", help="Who invests.", panel=_PARTIES, metavar="NAME")] = None
    target: Annotated[Words, _flag("--target", help="What is bought or invested in.", panel=_PARTIES, metavar="NAME")] = None
    seller: Annotated[Words, _flag("--seller", help="Who sells.", panel=_PARTIES, metavar="NAME")] = None
    partner: Annotated[Words, _flag("--partner", help="A partner among partners.", panel=_PARTIES, metavar="NAME")] = None
    principal: Annotated[Words, _flag("--principal", help="The person behind a party.", panel=_PARTIES, metavar="NAME")] = None
    sponsor: Annotated[Words, _flag("--sponsor", help="The sponsor of a vehicle.", panel=_PARTIES, metavar="NAME")] = None
    financier: Annotated[Words, _flag("--financier", help="Who lends.", panel=_PARTIES, metavar="NAME")] = None
    adviser: Annotated[Words, _flag("--adviser", help="Who advises.", panel=_PARTIES, metavar="NAME")] = None
    regulator: Annotated[Words, _flag("--regulator", help="Who must approve.", panel=_PARTIES, metavar="NAME")] = None


@dataclass(frozen=True, slots=True)
class Filters:
    """Which deals: different flags are joined by *and*, the same flag twice or a comma by *or*."""

    words: Annotated[Words, Argument(help="Words that occur in titles, names, summaries or notes.", show_default=False)] = None
    kind: Annotated[Words, _flag("-k", "--kind", help="acquisition,partnership or not:partnership.", panel=_FILTER, metavar="KIND")] = None
    form: Annotated[Words, _flag("--form", help="funding-round, merger ...", panel=_FILTER, metavar="FORM")] = None
    company: Annotated[Words, _flag("-c", "--company", help="A company in any role.", panel=_FILTER, metavar="NAME")] = None
    status: Annotated[Words, _flag("-s", "--status", help="agreed,completed, or a phase: open done dormant dead.", panel=_FILTER, metavar="STATUS")] = None
    on: Annotated[Words, _flag("-d", "--on", help="Any event in the period: 2025, 2024..2025, last-quarter, ytd.", panel=_FILTER, metavar="PERIOD")] = None
    first_seen: Annotated[Words, _flag("--first-seen", help="First seen in the period.", panel=_FILTER, metavar="PERIOD")] = None
    agreed: Annotated[Words, _flag("--agreed", help="Agreed in the period; any or none.", panel=_FILTER, metavar="PERIOD")] = None
    completed: Annotated[Words, _flag("--completed", help="Completed in the period; any or none.", panel=_FILTER, metavar="PERIOD")] = None
    ended: Annotated[Words, _flag("--ended", help="Ended in the period; any or none.", panel=_FILTER, metavar="PERIOD")] = None
    expected: Annotated[Words, _flag("--expected", help="Expected to close in the period; any or none.", panel=_FILTER, metavar="PERIOD")] = None
    value: Annotated[Words, _flag("-a", "--value", help="USD value: 100M.. or ..50M or 100M..1bn; any or none.", panel=_FILTER, metavar="RANGE")] = None
    basis: Annotated[Words, _flag("--basis", help="consideration, enterprise-value ...", panel=_FILTER, metavar="BASIS")] = None
    stake: Annotated[Words, _flag("--stake", help="Percent: 50.. or ..10; any or none.", panel=_FILTER, metavar="RANGE")] = None
    sector: Annotated[Words, _flag("--sector", help="launch,satcom or not:launch.", panel=_FILTER, metavar="SECTOR")] = None
    tag: Annotated[Words, _flag("-t", "--tag", help="A tag, or several by commas.", panel=_FILTER, metavar="TAG")] = None
    milestone: Annotated[Words, _flag("--milestone", help="With an event of that sort.", panel=_FILTER, metavar="SORT")] = None
    source: Annotated[Words, _flag("--source", help="Read there (a site, publisher or key); any or none.", panel=_FILTER, metavar="WHERE")] = None
    disputed: Annotated[bool, _flag("--disputed", help="Where accounts contradict each other.", panel=_FILTER)] = False
    core_only: Annotated[bool, _flag("--core-only", help="The space economy in the narrow sense.", panel=_FILTER)] = False


@dataclass(frozen=True, slots=True)
class Shape:
    """How what is found is put out."""

    format: Annotated[Word, _flag("-O", "--format", help="table, csv, tsv, json or ndjson.", panel=_SHAPE, metavar="FORMAT")] = None
    json: Annotated[bool, _flag("--json", help="The same as -O json.", panel=_SHAPE)] = False
    columns: Annotated[Word, _flag("--columns", help="Which columns, by commas; +NAME adds one.", panel=_SHAPE, metavar="LIST")] = None
    sort: Annotated[Word, _flag("-S", "--sort", help="By which columns; -value is downwards.", panel=_SHAPE, metavar="LIST")] = None
    limit: Annotated[Word, _flag("-n", "--limit", help="How many at most; 0 is all.", panel=_SHAPE, metavar="N")] = None
    ids: Annotated[bool, _flag("--ids", help="Print ids only.", panel=_SHAPE)] = False
    output: Annotated[Word, _flag("-o", "--output", help="Into a file; its suffix names the format.", panel=_SHAPE, metavar="FILE")] = None
    force: Annotated[bool, _flag("--force", help="Write over an existing file.", panel=_SHAPE)] = False


@dataclass(frozen=True, slots=True)
class EventFlags:
    """What an event says."""

    on: Annotated[Word, _flag("-d", "--on", help="When: 2025-12-03, summer 2025, Q3 2025, yesterday.", panel=_EVENT, metavar="DATE")] = None
    status: Annotated[Word, _flag("-s", "--status", help="What state it brings.", panel=_EVENT, metavar="STATUS")] = None
    milestone: Annotated[Word, _flag("--milestone", help="What sort of step it is, if no state.", panel=_EVENT, metavar="SORT")] = None
    summary: Annotated[Word, _flag("--summary", help="In a sentence of your own.", panel=_EVENT, metavar="TEXT")] = None
    value: Annotated[Word, _flag("-a", "--value", help="275M, EUR2.8bn, ~450M, 250M..275M, undisclosed.", panel=_EVENT, metavar="MONEY")] = None
    basis: Annotated[Word, _flag("--basis", help="What the value is of (consideration, round-size ...).", panel=_EVENT, metavar="BASIS")] = None
    stake: Annotated[Word, _flag("--stake", help="Percent: 51, 45..55, controlling, minority.", panel=_EVENT, metavar="PERCENT")] = None
    stake_basis: Annotated[Word, _flag("--stake-basis", help="acquired, sought or owned-after.", panel=_EVENT, metavar="BASIS")] = None
    expected: Annotated[Word, _flag("--expected", help="When closing is expected.", panel=_EVENT, metavar="DATE")] = None
    credibility: Annotated[Word, _flag("--credibility", help="1 (confirmed) to 6 (cannot be judged).", panel=_EVENT, metavar="1-6")] = None
    source: Annotated[Word, _flag("--source", help="Where it was read: an address, or words.", panel=_SOURCE, metavar="URL")] = None
    publisher: Annotated[Word, _flag("--publisher", help="Who published it.", panel=_SOURCE, metavar="NAME")] = None
    published: Annotated[Word, _flag("--published", help="When.", panel=_SOURCE, metavar="DATE")] = None
    via: Annotated[Word, _flag("--via", help="Whose reporting it relays.", panel=_SOURCE, metavar="OUTLET")] = None
    reliability: Annotated[Word, _flag("--reliability", help="A (best) to F (cannot be judged).", panel=_SOURCE, metavar="A-F")] = None
    source_kind: Annotated[Word, _flag("--source-kind", help="news, press-release, filing, analysis ...", panel=_SOURCE, metavar="KIND")] = None
    source_title: Annotated[Word, _flag("--source-title", help="The page's title.", panel=_SOURCE, metavar="TEXT")] = None


@dataclass(frozen=True, slots=True)
class DealFlags:
    """What a deal is, apart from its events and parties."""

    kind: Annotated[Word, _flag("-k", "--kind", help="equity-stake, acquisition or partnership.", panel=_DEAL, metavar="KIND")] = None
    form: Annotated[Word, _flag("--form", help="What refines it: funding-round, merger ...", panel=_DEAL, metavar="FORM")] = None
    sector: Annotated[Words, _flag("--sector", help="Its sectors.", panel=_DEAL, metavar="SECTOR")] = None
    tag: Annotated[Words, _flag("-t", "--tag", help="Its tags.", panel=_DEAL, metavar="TAG")] = None
    note: Annotated[Word, _flag("--note", help="A note on the deal.", panel=_DEAL, metavar="TEXT")] = None
    core_space: Annotated[Word, _flag("--core-space", help="yes or no: in the narrow sense?", panel=_DEAL, metavar="YES/NO")] = None
    new_company: Annotated[bool, _flag("--new-company", help="Let unknown names found companies.", panel=_DEAL)] = False


def flattened(function: Callable[..., None]) -> Callable[..., None]:
    """The same command with the flags of its groups as parameters of its own, as Typer wants them."""
    groups: dict[str, type] = {}
    parameters: list[inspect.Parameter] = []
    for name, parameter in inspect.signature(function).parameters.items():
        if is_dataclass(parameter.annotation):
            groups[name] = parameter.annotation
            parameters += _parameters(parameter.annotation)
        else:
            parameters.append(parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY))

    def run(**values: Any) -> None:
        taken = {name: group(**{f.name: values.pop(f.name) for f in fields(group)}) for name, group in groups.items()}
        function(**taken, **values)

    run.__name__ = function.__name__
    run.__doc__ = function.__doc__
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]  # what inspect.signature reads first
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return run


def _parameters(group: Any) -> list[inspect.Parameter]:
    return [
        inspect.Parameter(
            field.name,
            inspect.Parameter.KEYWORD_ONLY,
            default=inspect.Parameter.empty if field.default is MISSING else field.default,
            annotation=field.type,
        )
        for field in fields(group)
    ]
