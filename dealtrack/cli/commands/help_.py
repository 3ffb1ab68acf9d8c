"""`help`: explain a topic, or a command."""

from textwrap import fill
from typing import Annotated

from typer import Argument

from dealtrack.cli import words
from dealtrack.cli.app import ALIASES, VERBS, app, overview
from dealtrack.cli.desk import Desk
from dealtrack.cli.topics import TOPICS

_Topic = Annotated[
    str | None,
    Argument(help=f"A command, or one of: {' '.join(TOPICS)}.", metavar="TOPIC", show_default=False),
]
_Verb = Annotated[
    str | None,
    Argument(help="Of commands under one name, which: merge of company.", metavar="VERB", show_default=False),
]


def run(desk: Desk, topic: _Topic = None, verb: _Verb = None) -> None:
    """Explain a topic with examples, or show what COMMAND --help shows."""
    if topic is None:
        desk.screen.write(f"{overview()}\n{fill(' '.join(TOPICS), 76, initial_indent='Topics: ')}\n")
        return
    is_command = ALIASES.get(topic, topic) in {one.name for one in VERBS}
    if is_command and (verb or topic not in TOPICS):
        app().main(args=[topic, *([verb] if verb else ()), "--help"], prog_name="dealtrack", standalone_mode=False)
        return
    desk.screen.write(TOPICS[words.one_of(" ".join(filter(None, (topic, verb))), tuple(TOPICS), "topic")] + "\n")
    if is_command:
        desk.screen.write(f"\ndealtrack {topic} --help shows the flags of {topic}.\n")
