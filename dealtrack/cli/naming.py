"""Which companies the names in a file mean: those of that name or other name, exactly; a close one is never taken."""

from collections.abc import Callable
from typing import NamedTuple

from dealtrack.domain.company import Alias, Company
from dealtrack.domain.name import slug_of
from dealtrack.domain.near import Beside, did_you_mean
from dealtrack.domain.problem import Problem
from dealtrack.ledger.identity import NoSuchCompany
from dealtrack.ledger.writing import WritableLedger

# For so many unknown names it is looked which known ones are close.
_MOST_NEAR = 50


class Answer(NamedTuple):
    """What somebody said of an unknown name: the company that it means, or that it is to be founded, or neither."""

    slug: str | None = None
    found: bool = False


class Names:
    """The names of one import, each looked up once; those that nobody knows are founded where that is allowed."""

    def __init__(self, ledger: WritableLedger, answers: dict[str, Answer], *, may_found: bool) -> None:
        self._ledger = ledger
        self._answers = answers
        self._may_found = may_found
        self._slugs: dict[str, str | Problem] = {}
        self._shown: dict[str, str] = {}
        self._reported: dict[tuple[str, str], str | None] = {}
        self._near = 0
        # By slug, the names that were founded.
        self.founded: dict[str, str] = {}
        # What each of those stands beside.
        self.beside: dict[str, Beside] = {}

    def slug(self, name: str, beside: Callable[[], Beside] = Beside) -> str:
        """The slug of the company meant, which stands beside others in a deal. Raises NoSuchCompany."""
        found = self._slugs.get(name)
        if found is None:
            try:
                found = self._look_up(name, beside)
            except NoSuchCompany as unknown:
                found = unknown
            self._slugs[name] = found
        if isinstance(found, Problem):
            raise found
        return found

    def reported(self, name: str, slug: str) -> str | None:
        """The name that the file has for a company, where it is another than the one that it goes by."""
        if (name, slug) not in self._reported:
            self._reported[name, slug] = None if slug in self.founded else self._ledger.as_reported(name, slug)
        return self._reported[name, slug]

    def shown(self, slug: str) -> str:
        """The present name of a company."""
        if slug not in self._shown:
            self._shown[slug] = self._ledger.company(slug).name
        return self._shown[slug]

    def _look_up(self, name: str, beside: Callable[[], Beside]) -> str:
        slugs = self._ledger.company_slugs(name)
        answer = self._answers.get(name, Answer(found=self._may_found))
        if len(slugs) == 1:
            return slugs[0]
        if slugs:
            raise NoSuchCompany(f'"{name}" could be {" or ".join(slugs)}', "name it by its slug")
        if answer.slug:
            self._ledger.add_alias(answer.slug, Alias(name, "short"))
            return answer.slug
        if answer.found:
            self.beside[name] = beside()
            return self._found(name)
        hint = f"{self._near_to(name, beside)}add --new-company to found it"
        raise NoSuchCompany(f'no company is known as "{name}"', hint)

    def _found(self, name: str) -> str:
        slug = self._ledger.add_company(Company(slug=slug_of(name), name=name))
        self.founded[slug] = name
        self._shown[slug] = name
        return slug

    def _near_to(self, name: str, beside: Callable[[], Beside]) -> str:
        """Known names that are close, to be offered."""
        self._near += 1
        return "" if self._near > _MOST_NEAR else did_you_mean(self._ledger.nearest_companies(name, beside()))
