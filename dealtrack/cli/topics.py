"""What `help TOPIC` prints; the tests run every example in it."""

from collections.abc import Iterable
from textwrap import fill

from dealtrack.cli.desk import default_path
from dealtrack.cli.subjects import SUBJECTS
from dealtrack.cli.vocabulary import VOCABULARY
from dealtrack.domain.columns import TABLES
from dealtrack.domain.kind import FORMS, KINDS
from dealtrack.domain.money import BASES
from dealtrack.domain.status import MEANING, PHASE_OF
from dealtrack.exchange.own import EXTRA
from dealtrack.exchange.record import EXPANDS, FIELDS
from dealtrack.ledger.selecting import SORTS

_STATES = "\n".join(f"  {status:<11} {PHASE_OF[status]:<8} {meaning}" for status, meaning in MEANING.items())
_FORMS = "\n".join(
    fill(", ".join(FORMS[kind]), 92, initial_indent=f"  {kind:<13} ", subsequent_indent=" " * 16) for kind in KINDS
)


def _wrapped(words: Iterable[str]) -> str:
    return fill(" ".join(words), 92, initial_indent="  ", subsequent_indent="  ")


_TABLES = "\n".join(
    fill(" ".join(one.name for one in columns), 92, initial_indent=f"  {table:<10} ", subsequent_indent=" " * 13)
    for table, columns in TABLES.items()
    if table != "deals"
)

TOPICS: dict[str, str] = {
    "dates": """\
Dates keep their precision: nothing is rounded, and what is uncertain stays a span.

  2025-12-03        a day                 3 Dec 2025, Dec 3 2025, yesterday, 3w ago
  2025-12           a month               Dec 2025
  2025-22           a season (21-24)      summer 2025
  2025-35           a quarter (33-36)     Q3 2025
  2025-40           a half (40, 41)       H1 2025
  2025              a year                2025
  2025-12~          about                 about Dec 2025
  2025-12?          uncertain             Dec 2025?
  2024/2025         from one to another   2024..2025, 2024 to 2025
  ../2025-12-03     by a day              ..2025-12-03, by 2025-12-03
  2025/..           from a day on         2025.., since 2025

Also mid 2026, late March or early April 2025, March-April 2025, 2025-W12, week of 3 March 2025,
as early as March 2025, no later than 2027. A fiscal year begins when its company says: write
its months.

These are EDTF (ISO 8601-2). As a filter, a date is a period, and every date that may lie in
it matches: 2025, 2024..2025, last-quarter, ytd, 30d.

  dealtrack list --on 2025-12
  dealtrack list --first-seen 2024..2025 --status open
  dealtrack list --completed last-year

Months may have their German, French, Spanish or Italian names: 17. Juli 2025, 3 marzo 2025.
A date with two readings is refused with both shown: 03/04/2025.""",
    "amounts": f"""\
Amounts keep their uncertainty, their currency and the words they were read in.

  275M  $275M  USD 275M      exact (without a currency: US dollars)
  ~450M  "about $450M"       about
  250M..275M                 between two bounds
  100M..  "at least 100M"    no upper bound
  ..1.2bn  "up to $1.2bn"    no lower bound; "just under 1.2bn" is no more precise
  "billions of dollars"      an order of magnitude: 1bn or more; "nine-figure": 100M or more
  "$1bn plus $300M earn-out" what is sure, to all that may be earned: 1bn..1.3bn
  "half a billion"           numbers in words
  "$4.10 per share"          says what it is of itself; so do a valuation, a round, a contract
  undisclosed                known not to be told; never zero in a total
  EUR2.8bn  2.8bn EUR        ISO 4217 codes; k M bn tn, crore, lakh, Mio. Mrd.

In a shell a dollar sign wants quotes ('$300M'), or leave it off: 300M. As a filter, an
amount is a range of US dollars, and every value that may lie in it matches. Other currencies
count at the European Central Bank's rate of the day the terms became known; where it publishes
none, at a rate of yours (dealtrack fx import RATES.csv), and without one not at all.
--in EUR counts, filters and totals in another currency, at the rate of each deal's own day;
--fx-date 2026-01-02 takes the rate of that day for all.

  dealtrack list --value 100M..1bn --kind acquisition
  dealtrack list --value 100M.. --in EUR --sector launch
  dealtrack list --value none --status completed

What an amount may be of (--basis):
{_wrapped(BASES)}
A valuation, a price per share, debt or proceeds are shown, and are never the value of the deal.

Stakes are percentages: 51, 45..55, 50.., ~20, "a third", "just over 50%", "51% majority stake",
"50% plus one share", controlling (over 50), minority (below 50).

  dealtrack list --stake 50.. --status completed""",
    "filters": f"""\
The flags that describe a deal set it in add, update and edit, and match it in list, timeline
and export. The same flag twice, or a comma, is OR; different flags are AND; not: excludes.

  dealtrack list --sector launch --status open
  dealtrack list --kind acquisition,partnership --form not:merger
  dealtrack list --company rocket-lab --status done
  dealtrack list lightspeed

Words search titles, names, other names, summaries and notes. A company goes by its slug,
name, any alias or its ticker. any and none ask whether a fact is known: --agreed none.

States and their phases (a phase stands for its states):
{_STATES}

Kinds and forms:
{_FORMS}""",
    "columns": f"""\
--columns names what a table or file shows; +NAME adds to the usual columns.

  dealtrack list --columns id,deal,value,stake,status --limit 5
  dealtrack list --columns +completed --status completed --limit 5

On a screen and in files:
{_wrapped(EXPANDS)}
In files:
{_wrapped(FIELDS)}

In files of other tables (export --events and the like):
{_TABLES}

--sort orders by one or more; a leading hyphen is downwards, and what is not known comes last.

  dealtrack list --sort -value,since --limit 10

To sort by:
{_wrapped(SORTS)}""",
    **VOCABULARY,
    **SUBJECTS,
    "formats": """\
-O names the format, on every command that finds deals; with -o FILE its suffix decides. An
existing file is written over only with --force, and has its name only when it is whole.

  table     on a terminal
  csv tsv   a row a deal (tsv: in a pipe); --excel adds what Excel wants: a BOM and CRLF
  json      an array of objects (--json for short)          ndjson  an object a line
  md html   a plain table in words: Markdown, or a web page that runs and loads nothing
  xlsx      a workbook: Deals, Events, Companies, Sources and what it was made of
  parquet   typed columns for programs: decimals, lists, days (pip install 'dealtrack[parquet]')
  sqlite    a ledger of its own, of these deals and all that belongs to them (-o part.db)
  ics       a calendar: expected closings, and when silence makes an open deal stale
  package   everything, to be imported again (export package -o FOLDER or FILE.zip)

  dealtrack list --status open --json
  dealtrack export csv --kind acquisition
  dealtrack export json --on 2025
  dealtrack export md --sector launch --columns since,deal,value,agreed

What is exported is what list finds: the same deals, order and columns, and never cut off.
--events, --parties, --companies and --sources export those of the same deals instead, in any
format of rows; --spans adds the earliest and latest possible day of each date.

  dealtrack export csv --events --status agreed
  dealtrack export ndjson --companies --sector launch

Timelines and reports are pages and pictures too: md, html (one file that needs no network), svg,
and png (into a file). What they are made with is an extra: pip install 'dealtrack[pages]'.

  dealtrack timeline --company rocket-lab -O md
  dealtrack timeline openai-stoke-space-2025 -O svg

Files are UTF-8 with LF. In CSV several names in a cell are joined by "; "; a text that a
spreadsheet could take for a formula gets an apostrophe before it. In a workbook days are days
and amounts numbers where they are exact, and texts where they are not; nothing is a formula. In
Parquet amounts are decimals in units of their currency, and each date is EDTF text with the
earliest and latest day that it may mean beside it.
In JSON every key is always there, null when not known; amounts and percentages are decimal
strings, dates EDTF, times UTC.""",
    "import": f"""\
import shows its plan before anything is written, and asks; off a terminal it wants --yes.
--dry-run shows the plan and ends; --json gives it to programs.

  new         a deal that nobody knew         unchanged   known, and says nothing else
  changed     field by field                  kept        you changed or removed it: it stays
  left out    may be a deal that is here; was changed here and in the file; cannot be read

A row is known again by its id in its sort of files, else by kind, parties and first date:
whatever the file is called, however it is sorted, and whatever other rows are in it.

Files are csv, tsv, xlsx, json or ndjson, or - for standard input: commas, semicolons, tabs or
bars, UTF-8 or UTF-16 (else --encoding). Of workbooks, sheets that are to be seen are read.
A file of your own has columns of an export, or these:
{_wrapped(EXTRA)}
An export that you edited is known by id, slug, created and updated: its edited cells are
corrected. Status, value and stake are those of the event that decides them; a date that is
filled in where there was none is news, and becomes an event.

Companies go by their names and other names, exactly. Unknown ones are asked about, or founded
by --new-company. Rows left out are written to FILE.rejected.csv with the reason: mend them
there, or say in the column same_as which deal a row is (its id, or new), and import the file.""",
    "mapping": """\
import knows files of other publishers by their header, whatever the order of the columns:

  crunchbase-acquisitions, crunchbase-rounds + crunchbase-investments    bulk export
  crunchbase-web-acquisitions, crunchbase-web-rounds                     web export
  crunchbase-api-acquisitions, crunchbase-api-rounds                     answers of the API
  pitchbook                                                              CSV or workbook
  pitchbook-data + pitchbook-data-investors, pitchbook-data-sellers      data feed
  sdc                                                                    LSEG/SDC Platinum
  zephyr                                                                 Zephyr

Files joined by + go into one import, in any order. Every other file wants a map: --map NAME or
FILE. import --suggest FILE > map.toml drafts one from a header and rows; it is TOML:

  empty = ["n.a.", "-"]                    words that stand for nothing
  regroup = true                           rows with the same identity are one deal

  [reading]
  dates = "dmy"                            or "mdy", "ymd"; without it, two readings are refused
  century = 1970                           years of two digits are 1970 to 2069
  decimal = ","                            thousands = "." follows

  [deal]
  identity = "Deal no"                     known again by it, in whichever file
  type = { column = "Kind", words = { "Merger*" = "acquisition/merger", IPO = "equity-stake/ipo" } }
  title = "Headline"                       also note, summary, sectors, tags, core_space

  [parties]                                a role, and who has it
  buyer = { column = "Bidders", parted = ";" }
  target = ["Target", "Company"]           the first that is filled
  lead-investor = { column = "Investor", when = { "Is lead" = "yes" } }

  [status]                                 or is = "completed" for all of them
  column = "Status"
  words = { Signed = "agreed", Assumed = { status = "completed", credibility = 4 } }

  [dates]                                  rumored, announced, completed, assumed, ended, last,
  announced = "Announced"                  expected

  [[value]]                                several: the first that is filled
  column = "Value (EUR mil)"
  currency = "EUR"                         or the column that names it
  unit = "millions"                        ones, thousands, millions, billions
  about_when = { Size = "Estimated" }      then it is ~

  [stake] column, [source] url, title, publisher, published, reliability, kind

{ is = "..." } stands for a column wherever it is always the same. A state without a date of its
own is dated as some day since the last date of its row. A word that no map knows leaves its row
out, with the reason.""",
    "environment": f"""\
  DEALTRACK_LEDGER     the ledger file, unless --ledger names one; else, on this machine,
                       {default_path()}
  DEALTRACK_USER       who you are in the log, else USER
  NO_COLOR             no color, unless --color always
  CLICOLOR_FORCE, FORCE_COLOR   color in a pipe too; 0 is off
  COLUMNS              how wide to draw

The ledger is one SQLite file. Any SQLite tool can read it: the views deals_flat,
events_flat and parties_flat have the columns you would expect.""",
    "completion": """\
At Tab a shell completes commands, flags and their values, once a line of its startup file asks for
the script that dealtrack prints:

  bash  ~/.bashrc                    eval "$(dealtrack completion bash)"
  zsh   ~/.zshrc                     eval "$(dealtrack completion zsh)"
  fish  ~/.config/fish/config.fish   dealtrack completion fish | source

Deals are completed by slug, from its beginning or by any part that only one has, and by the first
digits of an id; companies by slug or name; and statuses, forms of the kind that is given, sectors,
tags, columns, tables of a report, keys of sources, events, changes and all other words of flags,
after a comma too. zsh and fish say beside each what it is, bash where it lists several.

The ledger is the one that the command would read, by -l or DEALTRACK_LEDGER. It is only looked at:
what is busy, older or damaged completes no values, and nothing waits for it.""",
    "exit-codes": """\
  0    all went well, also when nothing matched
  1    it failed: a file, a disk, a ledger
  2    the command could not be understood
  3    no such deal, or several
  4    check found something, or an import left something as it was
  5    the ledger is busy
  130  interrupted by Ctrl-C""",
}
