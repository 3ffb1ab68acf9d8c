"""The readers, given what fuzzing has kept and a little more: nothing but values and Problems, and soon."""

from fuzz import searches
from readers import readers

MORE, GIANTS = 100, 4


def test_every_reader_gives_a_value_or_a_problem() -> None:
    with readers() as of:
        begun = searches(of, seed=1)
        for search in begun:
            for _ in range(MORE):
                search.take(search.another())
            for _ in range(GIANTS):
                search.take(search.giant(search.another()))
    assert {search.name: search.found for search in begun if search.found} == {}
