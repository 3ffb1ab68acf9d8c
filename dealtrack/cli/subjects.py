"""What `help` says of companies, sources, links and reports."""

from dealtrack.domain.kind import INVERSE, READS
from dealtrack.domain.source import RELIABILITY_MEANING

_RELATIONS = "\n".join(f"  {relation:<14} {READS[relation]:<14} {INVERSE[relation]}" for relation in READS)
_GRADES = "\n".join(f"  {grade}  {meaning}" for grade, meaning in RELIABILITY_MEANING.items())

SUBJECTS: dict[str, str] = {
    "companies": """\
A company goes by its slug, its name with or without its legal form, any other name, its ticker or
an identifier. What has two readings is refused with both; an unknown name is answered with those
that are near, and never taken for one of them.

  dealtrack company list orbital
  dealtrack company show rocket-lab
  dealtrack list --company SES

An unknown name in add, update or import is asked about, or founded with --new-company. A deal
keeps the name that its source had.

  alias SLUG NAME --kind former --until 2017     another name, and when it went by it
  edit SLUG --name NAME --since 2021             a new name; the old one is kept
  parent SLUG OWNER --from 2019                  who it belongs to
  duplicates                                     which may be the same, and what speaks for it
  merge A B, split B, distinct A B, unsure A B   judgements: who, when, why

A merge rewrites no deal: both names stand for one company from then on, everywhere, until split or
undo takes it back. What contradicts an earlier judgement is refused.""",
    "sources": f"""\
A source is a page that was read. It has a publisher, a day, a kind, and a grade of its reliability:

{_GRADES}

An account that is read there has a credibility of its own, 1 (best) to 6; together they are the
grade of an event: B2. Events of credibility 5 and 6 are shown and decide nothing.

--via tells whose report a page relays: forty pages that relay one newspaper are one origin, and
count once. How many origins a fact has, and what speaks against it, stands beside it; show --why
says what decided each fact and why the rest lost. What only one side has told so far awaits
confirmation for as long as the others usually take; after that it is disputed if they still differ.

Publishers have a usual grade, which pages without one of their own follow, and a usual lag.

  dealtrack source list --reliability A --limit 5
  dealtrack source list --publishers
  dealtrack source show s-0019
  dealtrack show redwire-edge-autonomy-2024 --why
  dealtrack list --source spacenews.com --limit 5
  dealtrack report conflicts --limit 3
  dealtrack report sources --limit 3

source grade s-0123 D says that a source is worth less; whatever rests on it is weighed anew.
edit DEAL --pin value:3 has event 3 decide the value; --pin value:none leaves it to the rules again.""",
    "links": f"""\
A link is read as a sentence, and from either deal:

{_RELATIONS}

link 151 led-to 152 makes one, unlink 151 led-to 152 takes it back. report links suggests rival
bids, bids made again, later rounds, and what led to a takeover; nothing is linked by itself.

  dealtrack report links
  dealtrack show openai-stoke-space-2025
  dealtrack timeline lockheed-martin-terran-orbital-2024
  dealtrack timeline --target inmarsat

show tells how each linked deal stands. timeline DEAL draws them as lanes beside it, with the whole
chain of what led to it or came of it. timeline --target COMPANY sets the bids for a company side
by side: how each went, which lost to which, who won.""",
    "reports": """\
A report counts many deals. It takes the filters of list, and says on what it rests: which deals,
as of when, at which rates, by which rule. dealtrack report -h names them all.

  dealtrack report summary --by year --first-seen 2020..
  dealtrack report pipeline --sector launch
  dealtrack report durations --kind acquisition
  dealtrack report outcomes --table rivals
  dealtrack report stakes --target hispasat
  dealtrack report company rocket-lab

On a terminal it is a table with what to read beside it. -O md, html or svg makes a page or a
picture, as timeline does; json holds all of it, and csv one table, named by --table.
--as-of and --known-on look back, --in EUR counts in another currency (help amounts).""",
}
