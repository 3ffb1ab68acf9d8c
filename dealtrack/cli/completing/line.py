"""The words of a command line as far as it is typed: quotes are read, and nothing in it is ever run."""

TYPE_CHECKING = False  # loading `typing` for it takes an eighth of what a word costs
if TYPE_CHECKING:
    from collections.abc import Iterator

_BLANK = " \t\n"
# What ends a word and is none itself; the word after the first two is a file.
_REDIRECTIONS = "<>"
_OPERATORS = "&|;"
# What a backslash takes its meaning from between double quotes.
_ESCAPABLE = '$`"\\\n'


class Line:
    """A command line up to the cursor.

    `words` are those before the one at the cursor, of which `typed` is there; `kept` is what of that the shell leaves
    as it stands, since it completes from a colon, an equals sign or an open `quote` on. `computed` says that the shell
    would put something else in its place; `redirected`, that it is the name of a file.
    """

    def __init__(self, text: str, breaks: str = "", *, fish: bool = False) -> None:
        self.words: list[str] = []
        self.typed = self.kept = self.quote = ""
        self.computed = self.redirected = False
        self._breaks = breaks
        self._escapable = {'"': '$"\\\n' if fish else _ESCAPABLE, "'": "'\\" if fish else ""}
        self._begun = False
        self._depth = 0
        signs = iter(text)
        for sign in signs:
            self._take(sign, signs)

    def _take(self, sign: str, signs: "Iterator[str]") -> None:
        if self.quote:
            self._take_quoted(sign, signs)
        elif sign in _BLANK:
            self._end()
        elif sign in _REDIRECTIONS or sign in _OPERATORS:
            # The number of a stream is no word (2>), and another stream no command (>&).
            self._begun &= not (sign in _REDIRECTIONS and self.typed.isdigit())
            self._end()
            self.redirected = sign in _REDIRECTIONS or (self.redirected and sign == "&")
        elif sign == "\\":
            self._add(next(signs, ""))
        elif sign in "\"'":
            self.quote = sign
            self._begun = True
            self.kept = self.typed
        else:
            self._depth += (sign == "(") - (sign == ")")
            self.computed |= sign in "$`" or self._depth > 0
            self._add(sign)
            if sign in self._breaks:
                self.kept = self.typed

    def _take_quoted(self, sign: str, signs: "Iterator[str]") -> None:
        if sign == self.quote:
            self.quote = ""
            # What follows a closed quote in one word is completed by no shell alike: it is left alone.
            self.computed |= bool(self._breaks)
        elif sign == "\\" and self._escapable[self.quote]:
            after = next(signs, "")
            self._add(after if after in self._escapable[self.quote] else sign + after)
        else:
            self.computed |= self.quote == '"' and sign in "$`"
            self._add(sign)

    def _add(self, text: str) -> None:
        self._begun = True
        self.typed += text

    def _end(self) -> None:
        if self._begun and not self.redirected:
            self.words.append(self.typed)
        self.redirected = self.redirected and not self._begun
        self.typed = self.kept = ""
        self._begun = False
        self.computed = self._depth > 0
