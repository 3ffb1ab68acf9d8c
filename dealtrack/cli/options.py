"""The flags, each named once: groups of them that a command takes as one value."""

from typing import Any, ClassVar, NamedTuple, Self

Word = str | None
Words = list[str] | None


class Flag(NamedTuple):
    """What the command line says of one flag; without names it is what stands there without a flag before it."""

    names: tuple[str, ...]
    help: str
    metavar: str | None
    usual: bool | None = None


def _flag(*names: str, help: str, metavar: str) -> Any:  # noqa: A002 - Typer's own word
    """A flag with a word, or with several where it is given again; None when it is not given."""
    return Flag(names, help, metavar)


def _switch(*names: str, help: str) -> Any:  # noqa: A002 - likewise
    """A flag that is given or not."""
    return Flag(names, help, None, usual=False)


class Flags:
    """A group of flags with what was given for them. Plain classes: making dataclasses costs a command 8 ms."""

    heading: ClassVar[str]

    def __init__(self, **given: Any) -> None:
        for name, flag in self.all().items():
            setattr(self, name, given.get(name, flag.usual))

    @classmethod
    def all(cls) -> dict[str, Flag]:
        """Every flag of the group, by the name of its attribute."""
        found = (item for base in reversed(cls.__mro__) for item in vars(base).items())
        return {name: flag for name, flag in found if isinstance(flag, Flag)}

    def given(self) -> list[str]:
        """The names of the flags that were given."""
        return [name for name in self.all() if getattr(self, name) not in (None, False, [])]

    def but(self, **changes: Any) -> Self:
        """The same group with some flags given otherwise."""
        return type(self)(**{**vars(self), **changes})


class DeskFlags(Flags):
    """Flags of every command."""

    heading = "Every command"

    ledger: Word = _flag("-l", "--ledger", metavar="FILE", help="The ledger file.")
    color: Word = _flag("--color", metavar="WHEN", help="auto, always or never.")
    ascii: bool = _switch("--ascii", help="Draw with ASCII characters only.")
    quiet: bool = _switch("-q", "--quiet", help="Say less.")
    today: Word = _flag("--today", metavar="DATE", help="The day to take for today.")
    debug: bool = _switch("--debug", help="Show a traceback on failure.")


class WriteFlags(Flags):
    """Flags of every command that changes the ledger."""

    heading = "The change"

    dry_run: bool = _switch("--dry-run", help="Say what would be done; do nothing.")
    create: bool = _switch("--create", help="Make the ledger if there is none.")
    yes: bool = _switch("-y", "--yes", help="Answer every question with yes.")
    no_input: bool = _switch("--no-input", help="Ask nothing, as in a script.")


class DealWriteFlags(WriteFlags):
    """Flags of every command that changes deals."""

    ids: bool = _switch("--ids", help="Print the ids of the deals only.")


class PartyFlags(Flags):
    """Companies by role; they set in `add` and `edit` and match everywhere else."""

    heading = "Parties"

    buyer: Words = _flag("--buyer", metavar="NAME", help="Who buys.")
    lead_investor: Words = _flag("--lead-investor", metavar="NAME", help="Who leads a round.")
    investor: Words = _flag("--investor", metavar="NAME", help="Who invests.")
    target: Words = _flag("--target", metavar="NAME", help="What is bought or invested in.")
    seller: Words = _flag("--seller", metavar="NAME", help="Who sells.")
    partner: Words = _flag("--partner", metavar="NAME", help="A partner among partners.")
    principal: Words = _flag("--principal", metavar="NAME", help="The person behind a party.")
    sponsor: Words = _flag("--sponsor", metavar="NAME", help="The sponsor of a vehicle.")
    financier: Words = _flag("--financier", metavar="NAME", help="Who lends.")
    adviser: Words = _flag("--adviser", metavar="NAME", help="Who advises.")
    regulator: Words = _flag("--regulator", metavar="NAME", help="Who must approve.")


class Filters(Flags):
    """Which deals: different flags are joined by *and*, the same flag twice or a comma by *or*."""

    heading = "Which deals"

    words: Words = _flag(metavar="WORDS", help="Words that occur in titles, names, summaries or notes.")
    kind: Words = _flag("-k", "--kind", metavar="KIND", help="acquisition,partnership or not:partnership.")
    form: Words = _flag("--form", metavar="FORM", help="funding-round, merger ...")
    company: Words = _flag("-c", "--company", metavar="NAME", help="A company in any role.")
    status: Words = _flag(
        "-s", "--status", metavar="STATUS", help="agreed,completed, or a phase: open done dormant dead."
    )
    on: Words = _flag(
        "-d", "--on", metavar="PERIOD", help="Any event in the period: 2025, 2024..2025, last-quarter, ytd."
    )
    first_seen: Words = _flag("--first-seen", metavar="PERIOD", help="First seen in the period.")
    agreed: Words = _flag("--agreed", metavar="PERIOD", help="Agreed in the period; any or none.")
    completed: Words = _flag("--completed", metavar="PERIOD", help="Completed in the period; any or none.")
    ended: Words = _flag("--ended", metavar="PERIOD", help="Ended in the period; any or none.")
    expected: Words = _flag("--expected", metavar="PERIOD", help="Expected to close in the period; any or none.")
    value: Words = _flag(
        "-a",
        "--value",
        metavar="RANGE",
        help="What it is worth in USD (or --in): 100M.. or ..50M or 100M..1bn; any or none.",
    )
    basis: Words = _flag("--basis", metavar="BASIS", help="consideration, enterprise-value ...")
    stake: Words = _flag("--stake", metavar="RANGE", help="Percent: 50.. or ..10; any or none.")
    sector: Words = _flag("--sector", metavar="SECTOR", help="launch,satcom or not:launch.")
    tag: Words = _flag("-t", "--tag", metavar="TAG", help="A tag, or several by commas.")
    milestone: Words = _flag("--milestone", metavar="SORT", help="With an event of that sort.")
    source: Words = _flag("--source", metavar="WHERE", help="Read there (a site, publisher or key); any or none.")
    disputed: bool = _switch("--disputed", help="Where accounts contradict each other.")
    core_only: bool = _switch("--core-only", help="The space economy in the narrow sense.")
    exclude: Words = _flag("--exclude", metavar="REF", help="But not this deal, such as an outlier.")


class SourceFilters(Flags):
    """Which sources: different flags are joined by *and*, the same flag twice or a comma by *or*."""

    heading = "Which sources"

    words: Words = _flag(metavar="WORDS", help="Words that occur in a title, a publisher's name or an address.")
    publisher: Words = _flag("--publisher", metavar="NAME", help="Published by, under any of its names; any or none.")
    via: Words = _flag("--via", metavar="OUTLET", help="Relaying its report, at any remove; any or none.")
    reliability: Words = _flag("--reliability", metavar="A-F", help="Graded so: A,B or not:F.")
    kind: Words = _flag("-k", "--kind", metavar="KIND", help="news, press-release, filing, analysis ...")
    published: Words = _flag("--published", metavar="PERIOD", help="Published in the period: 2025; any or none.")
    publishers: bool = _switch("--publishers", help="The publishers instead: usual grade and lag, other names.")


class Clocks(Flags):
    """What is rested on: which day is looked back at, by which clock, and in which money values are counted."""

    heading = "What it rests on"

    as_of: Word = _flag("--as-of", metavar="DATE", help="As it stood: events dated and published by that day.")
    known_on: Word = _flag("--known-on", metavar="DATE", help="As this ledger had it recorded by the end of that day.")
    in_currency: Word = _flag(
        "--in", metavar="CURRENCY", help="Count values in it, at the rate of each deal's own day."
    )
    fx_date: Word = _flag("--fx-date", metavar="DATE", help="At the rates of that day instead.")


class Output(Flags):
    """In which format what is found is put out, how much of it, and where to."""

    heading = "Shape of the output"

    format: Word = _flag(
        "-O",
        "--format",
        metavar="FORMAT",
        help="table, csv, tsv, json, ndjson, md, html, xlsx, parquet, sqlite, ics ...",
    )
    json: bool = _switch("--json", help="The same as -O json.")
    limit: Word = _flag("-n", "--limit", metavar="N", help="How many at most; 0 is all.")
    ids: bool = _switch("--ids", help="Print ids only.")
    output: Word = _flag("-o", "--output", metavar="FILE", help="Into a file; its suffix names the format.")
    force: bool = _switch("--force", help="Write over an existing file.")


class Shape(Output):
    """The same, and which columns in which order."""

    columns: Word = _flag("--columns", metavar="LIST", help="Which columns, by commas; +NAME adds one (help columns).")
    sort: Word = _flag("-S", "--sort", metavar="LIST", help="By which columns, by commas; -value is the largest first.")


class ReportShape(Output):
    """The same, and which table of a report."""

    format: Word = _flag(
        "-O", "--format", metavar="FORMAT", help="table, md, html, svg, png, csv, tsv, json or ndjson."
    )
    table: Word = _flag("--table", metavar="KEY", help="One of its tables only; csv, tsv and ndjson hold one.")


class TableFlags(Flags):
    """Which table of the deals is exported, and for what."""

    heading = "Which table"

    flat: bool = _switch("--flat", help="One row a deal (the usual one).")
    events: bool = _switch("--events", help="Their events, one row each.")
    parties: bool = _switch("--parties", help="Who takes part in them, and as what.")
    companies: bool = _switch("--companies", help="The companies that take part.")
    sources: bool = _switch("--sources", help="The sources that their events were read in.")
    publishers: bool = _switch("--publishers", help="Who publishes: usual grade, usual lag, other names.")
    spans: bool = _switch("--spans", help="With the earliest and latest possible day of each date.")
    excel: bool = _switch("--excel", help="csv and tsv as Excel opens them: with a BOM and CRLF.")


class EventFlags(Flags):
    """What an event says."""

    heading = "The event"

    on: Word = _flag("-d", "--on", metavar="DATE", help="When: 2025-12-03, summer 2025, Q3 2025, yesterday.")
    status: Word = _flag(
        "-s", "--status", metavar="STATUS", help="The state it brings: rumored, talks, proposed, agreed, completed ..."
    )
    milestone: Word = _flag(
        "--milestone", metavar="SORT", help="Which step it is, if it brings none: filing, regulatory-approval ..."
    )
    summary: Word = _flag("--summary", metavar="TEXT", help="In a sentence of your own.")
    value: Word = _flag("-a", "--value", metavar="MONEY", help="275M, EUR2.8bn, ~450M, 250M..275M, undisclosed.")
    basis: Word = _flag("--basis", metavar="BASIS", help="What the value is of (consideration, round-size ...).")
    stake: Word = _flag("--stake", metavar="PERCENT", help="Percent: 51, 45..55, controlling, minority.")
    stake_basis: Word = _flag("--stake-basis", metavar="BASIS", help="acquired, sought or owned-after.")
    expected: Word = _flag("--expected", metavar="DATE", help="When closing is expected.")
    credibility: Word = _flag("--credibility", metavar="1-6", help="1 (confirmed) to 6 (cannot be judged).")


class SourceFlags(Flags):
    """Where an event was read."""

    heading = "Where it was read"

    source: Word = _flag("--source", metavar="URL", help="Where it was read: an address, or words.")
    publisher: Word = _flag("--publisher", metavar="NAME", help="Who published it.")
    published: Word = _flag("--published", metavar="DATE", help="When.")
    via: Word = _flag("--via", metavar="OUTLET", help="Whose reporting it relays.")
    reliability: Word = _flag("--reliability", metavar="A-F", help="A (best) to F (cannot be judged).")
    source_kind: Word = _flag("--source-kind", metavar="KIND", help="news, press-release, filing, analysis ...")
    source_title: Word = _flag("--source-title", metavar="TEXT", help="The page's title.")


class DealFlags(Flags):
    """What a deal is, apart from its events and parties."""

    heading = "The deal"

    kind: Word = _flag("-k", "--kind", metavar="KIND", help="equity-stake, acquisition or partnership.")
    form: Word = _flag("--form", metavar="FORM", help="What refines it: funding-round, merger ...")
    sector: Words = _flag("--sector", metavar="SECTOR", help="Its sectors, by commas: launch,satcom.")
    tag: Words = _flag("-t", "--tag", metavar="TAG", help="Its tags, by commas.")
    note: Word = _flag("--note", metavar="TEXT", help="A note on the deal.")
    core_space: Word = _flag(
        "--core-space", metavar="YES/NO", help="Whether it is of the space economy in the narrow sense."
    )
    new_company: bool = _switch("--new-company", help="Let unknown names found companies.")
