"""Questions at the terminal, answered in the words that the flags take; nothing is written before the last answer."""

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from typer import Abort

from dealtrack.cli.failures import report
from dealtrack.cli.options import Flags, WriteFlags
from dealtrack.cli.words import NAMES_APART, names_in
from dealtrack.domain.problem import Misuse, Problem
from dealtrack.view.safe import safe

# What completes the word typed so far.
Complete = Callable[[str], Iterable[str]]

MANNERS = "Enter leaves out what may be left out; < goes back; Ctrl-C leaves everything as it is."


class Back(Exception):  # noqa: N818 - it is an answer: `<`, to go back to the question before
    """The answer was `<`."""


class Declined(Problem):
    """The last question was answered with no."""

    def __init__(self) -> None:
        super().__init__("not done, as you say", "nothing was changed")


def may_ask(write: WriteFlags) -> bool:
    """Whether there is somebody to ask: both ends are a terminal, and the flags do not forbid it."""
    return not write.no_input and sys.stdin.isatty() and sys.stdout.isatty()


def ask(question: str, complete: Complete | None = None, before: str = "") -> str:
    """One line of an answer, Tab completing it; what was answered `before` stands there to be kept or altered.

    Raises Back for `<`, Abort at the end of input (Ctrl-D).
    """
    _complete_with(complete, before)
    try:
        answer = input(f"{safe(question)} ").strip()
    except EOFError:
        sys.stdout.write("\n")
        raise Abort from None
    except KeyboardInterrupt:
        sys.stdout.write("\n")
        raise
    if answer == "<" or (before and answer == f"{before}<"):
        raise Back
    return answer


def _complete_with(complete: Complete | None, before: str) -> None:
    """Let the line be edited, and Tab complete it, where the system has what that takes (Windows has not)."""
    try:
        # Loaded where somebody is asked: it takes hold of the terminal.
        import readline  # noqa: PLC0415
    except ImportError:
        return
    found: list[str] = []

    def nth(typed: str, at: int) -> str | None:
        bare = typed.lstrip()
        if at == 0:
            found[:] = [word for word in complete(bare) if word.isprintable()] if complete else []
        return typed.removesuffix(bare) + found[at] if at < len(found) else None

    readline.set_startup_hook(lambda: readline.insert_text(before))
    readline.set_completer(nth)
    readline.set_completer_delims(NAMES_APART)
    readline.set_auto_history(False)
    readline.parse_and_bind("bind ^I rl_complete" if "libedit" in (readline.__doc__ or "") else "tab: complete")


def confirm(question: str, *, usual: bool | None = True) -> bool:
    """Whether the answer is yes; Enter is the usual one, if there is one. Raises Back, Abort."""
    choice = {True: "[Y/n]", False: "[y/N]", None: "[y/n]"}[usual]
    while True:
        answer = ask(f"{question} {choice}").casefold()
        if not answer and usual is not None:
            return usual
        if answer in ("y", "yes"):
            return True
        if answer in ("n", "no"):
            return False
        report(f'"{answer}" is neither yes nor no', "type y or n")


def make_sure(question: str, write: WriteFlags, *, usual: bool | None = True) -> None:
    """Go on only when the answer is yes, or was given by --yes. Raises Declined."""
    if write.yes:
        return
    try:
        agreed = confirm(question, usual=usual)
    except Back:
        agreed = False
    if not agreed:
        raise Declined


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked for one flag that was not given; `check` is what reads the flag, and says what is wrong with it."""

    text: str
    flags: object
    name: str
    check: Callable[[str], object]
    complete: Complete | None = None
    required: Callable[[], bool] = bool  # bool() is False: it may be left out
    arises: Callable[[], bool] = lambda: True
    several: bool = False
    check_all: Callable[[list[str]], object] | None = None

    def take(self, answer: str) -> None:
        """Read the answer as the flag's word. Raises Misuse."""
        words = names_in(answer) if self.several else [answer]
        if not any(words):
            if self.required():
                raise Misuse(f"{self.text.partition(' (')[0].lower()}: something is needed", "Ctrl-C to stop")
            setattr(self.flags, self.name, None)
            return
        for word in words:
            self.check(word)
        if self.check_all:
            self.check_all(words)
        setattr(self.flags, self.name, words if self.several else answer)

    def as_typed(self) -> list[str]:
        """The answer as the flag would be typed; what no flag holds is typed as it is."""
        given = getattr(self.flags, self.name)
        words = given if isinstance(given, list) else [given] if given else []
        if not isinstance(self.flags, Flags):
            return words
        flag = self.flags.all()[self.name].names[-1]
        return [part for word in words for part in (flag, word)]

    def forget(self) -> None:
        """Be open again."""
        setattr(self.flags, self.name, None)


class Interview:
    """The questions that are open, asked one after the other, back and forth."""

    def __init__(self, questions: Sequence[Question]) -> None:
        self._questions = questions
        self._open = [question for question in questions if getattr(question.flags, question.name) in (None, [])]
        self._at = 0
        self._asked: list[int] = []
        # What was answered when a question was asked before.
        self._answers: dict[int, str] = {}

    def is_needed(self) -> bool:
        """Whether something is missing that the command cannot do without."""
        return any(question.required() and question.arises() for question in self._open)

    def check_given(self) -> None:
        """What was given by flags is read before anything is asked. Raises Misuse."""
        for question in self._questions:
            given = getattr(question.flags, question.name)
            words = given if isinstance(given, list) else [given] if given else []
            for word in names_in(NAMES_APART.join(words)) if question.several else words:
                question.check(word)

    def go_on(self) -> None:
        """Ask what is left. Raises Abort."""
        while self._at < len(self._open):
            question = self._open[self._at]
            if not question.arises():
                self._at += 1
                continue
            try:
                text = f"{question.text}{'' if question.required() else ' (if any)'}:"
                answer = ask(text, question.complete, self._answers.get(self._at, ""))
                question.take(answer)
            except Back:
                self.go_back()
            except Problem as problem:
                report(problem.what, problem.hint)
            else:
                self._answers[self._at] = answer
                self._asked.append(self._at)
                self._at += 1

    def go_back(self) -> None:
        """Open the question before, if there is one."""
        if self._asked:
            self._at = self._asked.pop()
            self._open[self._at].forget()

    def as_typed(self) -> list[str]:
        """The answers as the words of a command line, for the log."""
        return [word for at in self._asked for word in self._open[at].as_typed()]

    def finish(self, show: Callable[[], tuple[str, bool | None]], write: WriteFlags) -> None:
        """Ask, show what comes of it, and ask what that says, until the answer is yes. Raises Declined, Abort.

        `show` gives the last question, and whether Enter answers it with yes, with no, or not at all.
        """
        self.check_given()
        while True:
            self.go_on()
            try:
                question, usual = show()
                if write.yes or confirm(question, usual=usual):
                    return
            except Back:
                self.go_back()
            except Problem as problem:
                report(problem.what, problem.hint)
                self.go_back()
            else:
                raise Declined


def one_of(words: Iterable[str]) -> Complete:
    """Completes to one of the words."""
    return lambda typed: (word for word in words if word.startswith(typed.casefold()))
