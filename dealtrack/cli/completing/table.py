"""The commands, their flags and the words that these take, read from the table that is made of the commands.

Loading the commands themselves takes three times as long as all else that a completed word costs.
"""

TYPE_CHECKING = False  # loading `typing` for it takes an eighth of what a word costs
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# Each block begins with what it is of and its name; the lines below it begin with a tab.
_PATH = f"{__file__.rpartition('table.py')[0]}table.tsv"


class Flag:
    """A flag with the names it has, or a word without (`names` is empty); which `values` it takes, "" for none.

    `values` are named, with `,` after it if several are taken, and after that what may stand before one (`not:`, `-`).
    """

    def __init__(self, names: str, values: str, about: str) -> None:
        self.names = names.split()
        self.again = values.endswith("...")
        self.values = values.removesuffix("...")
        self.about = about


class Table:
    """The whole table; what is not asked for is not taken apart."""

    def __init__(self) -> None:
        with open(_PATH, encoding="utf-8") as file:  # noqa: PTH123 - pathlib costs as much as all else
            blocks = file.read().rstrip("\n").split("\n\n")
        parted = (block.partition("\n")[::2] for block in blocks)
        self._rows = {head.partition("\t")[0]: (head, rows) for head, rows in parted}

    def commands(self, path: str) -> list[tuple[str, str]]:
        """The commands right below one, or (of "") the first ones, each with what it does."""
        begin = f"command {path} " if path else "command "
        heads = (
            head.removeprefix(begin).split("\t") for name, (head, _) in self._rows.items() if name.startswith(begin)
        )
        return [(name, about) for name, about, _ in heads if " " not in name]

    def is_command(self, path: str) -> bool:
        """Whether there is a command, or a group of some, of that name."""
        return f"command {path}" in self._rows

    def flags(self, path: str) -> list[Flag]:
        """The flags and words of a command."""
        head, _ = self._rows[f"command {path}"]
        blocks = (f"command {path}", *(f"group {group}" for group in head.split("\t")[2].split()))
        return [Flag(*row) for block in blocks for row in self._cells(block)]

    def words(self, values: str, context: "Iterable[str]" = ()) -> list[tuple[str, str]] | None:
        """The words that are such values, each with what it means; None where they are of no fixed list.

        Which they are may depend on the command or another flag: the first that has some of its own decides.
        """
        for name in (*(f"words {values} @ {one}" for one in context), f"words {values}"):
            if name in self._rows:
                return [(word, about) for word, about in self._cells(name)]
        return None

    def _cells(self, block: str) -> "Iterator[list[str]]":
        rows = self._rows[block][1]
        return (row.removeprefix("\t").split("\t") for row in rows.split("\n") if row)
