"""Stakes in words: what is read, what is refused and why, and that what is said reads back."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealtrack.domain.stake import SCALE, WHOLE, Stake, majority, minority, stake
from dealtrack.text.stakes import UnreadableStake, read_stake, read_stake_range, say_stake, say_stake_short

# The words, how the stake read from them is said, and how a cell says it.
READ = [
    ("51", "51%", "51%"),
    ("51%", "51%", "51%"),
    ("51 percent", "51%", "51%"),
    ("23 per cent", "23%", "23%"),
    ("89.68%", "89.68%", "89.68%"),
    ("100%", "100%", "100%"),
    ("45..55", "45-55%", "45-55%"),
    ("45-55%", "45-55%", "45-55%"),
    ("45%\u201355%", "45-55%", "45-55%"),
    ("between 45% and 55%", "45-55%", "45-55%"),
    ("over 50%", "50-100% (controlling)", "50%+"),
    (">50%", "50-100% (controlling)", "50%+"),
    ("more than half", "50-100% (controlling)", "50%+"),
    ("over 94%", "94-100%", "94%+"),
    ("at least 33", "33-100%", "33%+"),
    ("50..", "50-100%", "50%+"),
    ("up to 49%", "0-49%", "<=49%"),
    ("..49", "0-49%", "<=49%"),
    ("between 20% and 25%", "20-25%", "20-25%"),
    ("20-25% stake", "20-25%", "20-25%"),
    ("just over 50%", "50-100% (controlling)", "50%+"),
    ("north of 50%", "50-100% (controlling)", "50%+"),
    ("a little more than 34%", "34-100%", "34%+"),
    ("just under 50%", "0-50%", "<=50%"),
    ("50% plus one share", "50-100% (controlling)", "50%+"),
    ("50 percent minus one share", "0-50%", "<=50%"),
    # about: the words alone say so
    ("~20%", "~20%", "~20%"),
    ("about 20%", "~20%", "~20%"),
    ("20% or so", "~20%", "~20%"),
    ("about 90%", "~90%", "~90%"),
    ("about a third", "~33.3333%", "~33.3333%"),
    ("substantially all of the assets", "~100%", "~100%"),
    ("about 20% to 25%", "20-25%", "20-25%"),
    # figures in words, and of what they are
    ("two-thirds", "66.6667%", "66.6667%"),
    ("a third", "33.3333%", "33.3333%"),
    ("one-quarter stake", "25%", "25%"),
    ("a 33.33 per cent stake", "33.33%", "33.33%"),
    ("33,3 %", "33.3%", "33.3%"),
    ("the remaining 49%", "49%", "49%"),
    ("an additional 10% equity interest in the company", "10%", "10%"),
    ("100% of the share capital", "100%", "100%"),
    ("all of the company", "100%", "100%"),
    ("wholly owned", "100%", "100%"),
    ("50/50 joint venture", "50%", "50%"),
    # control beside a figure
    ("51% majority stake", "51%", "51%"),
    ("controlling stake, 51%", "51%", "51%"),
    ("34% controlling interest", "34% (controlling)", "34%"),
    ("minority stake of up to 49%", "0-49% (not controlling)", "<=49%"),
    ("controlling", "over 50% (controlling)", ">50%"),
    ("controlling stake", "over 50% (controlling)", ">50%"),
    ("controlling stake, in steps", "over 50% (controlling)", ">50%"),
    ("majority", "over 50% (controlling)", ">50%"),
    ("controlling majority", "over 50% (controlling)", ">50%"),
    ("a majority of the shares", "over 50% (controlling)", ">50%"),
    ("significant minority", "under 50% (minority)", "<50%"),
    ("a non-controlling interest", "under 50% (minority)", "<50%"),
    ("Minority", "under 50% (minority)", "<50%"),
    ("minority stake", "under 50% (minority)", "<50%"),
    ("20% (not controlling)", "20% (not controlling)", "20%"),
    ("34% (controlling)", "34% (controlling)", "34%"),
    ("undisclosed", "undisclosed", "undisclosed"),
]

FORMS = "write a stake as 51, 45..55, over 50%, controlling or minority"

REFUSED = [
    ("120%", 'stake "120%" is over 100%', "write a percentage from 0 to 100"),
    ("90..120", 'stake "90..120" is over 100%', "write a percentage from 0 to 100"),
    ("-5", 'stake "-5" is below 0%', "write a percentage from 0 to 100"),
    ("55..45", 'stake "55..45" has its low above its high', "write 45..55"),
    ("51.12345%", 'stake "51.12345%" has 5 decimals', "round it to 4 decimals"),
    ("1,000%", 'stake "1,000%" cannot be read', FORMS),
    ("significant stake", 'stake "significant stake" cannot be read', FORMS),
    ("the remaining stake", 'stake "the remaining stake" cannot be read', FORMS),
    ("20% of Globalstar SPE", 'stake "20% of Globalstar SPE" cannot be read', FORMS),
    ("60/40", 'stake "60/40" could be 60% or 40%', "write 60 or 40"),
    ("60% minority", 'stake "60% minority" is no minority', "leave out the word or the figure"),
    ("40% majority", 'stake "40% majority" is no majority', "leave out the word or the figure"),
    ("a golden share", 'stake "a golden share" is a right and no percentage', "tell of it in --summary"),
    ("nan", 'stake "nan" cannot be read', FORMS),
    ("..", 'stake ".." cannot be read', FORMS),
    ("", "a stake is empty", FORMS),
]


@pytest.mark.parametrize(("words", "said", "short"), READ)
def test_words_are_read_and_said_in_one_way(words: str, said: str, short: str) -> None:
    share = read_stake(words, "sought")
    assert (say_stake(share), say_stake_short(share)) == (said, short)
    assert (share.text, share.basis) == (words, "sought")


@pytest.mark.parametrize(("words", "what", "hint"), REFUSED)
def test_what_has_no_reading_is_refused(words: str, what: str, hint: str) -> None:
    with pytest.raises(UnreadableStake) as caught:
        read_stake(words)
    assert (caught.value.what, caught.value.hint, caught.value.exit_code) == (what, hint, 2)


@pytest.mark.parametrize(
    ("words", "controlling"),
    [
        ("51%", True),
        ("50% plus one share", True),
        ("just under 50%", None),
        ("51..60", True),
        ("50%", None),
        ("20%", None),
        ("45..55", None),
        ("minority", False),
    ],
)
def test_only_more_than_half_is_known_to_control(words: str, controlling: bool | None) -> None:
    assert read_stake(words).controlling is controlling


def _stakes() -> st.SearchStrategy[Stake]:
    units = st.one_of(st.integers(0, WHOLE), st.integers(0, 100).map(lambda percent: percent * SCALE))
    bounds = st.lists(units, min_size=2, max_size=2).map(sorted)
    known = st.sampled_from([True, False, None])
    counted = st.builds(lambda pair, control: stake(pair[0], pair[1], controlling=control), bounds, known)
    single = st.builds(lambda one, control: stake(one, one, controlling=control), units, known)
    unknown = st.builds(lambda control: stake(None, None, controlling=control), known)
    return st.one_of(counted, single, unknown, st.sampled_from([majority(), minority()]))


@given(_stakes())
def test_what_is_said_reads_back(share: Stake) -> None:
    again = read_stake(say_stake(share))
    assert (again.low, again.high, again.controlling, again.worded) == (
        share.low,
        share.high,
        share.controlling,
        share.worded,
    )


@pytest.mark.parametrize("words", [words for words, *_ in READ])
def test_what_is_said_of_read_words_is_said_again(words: str) -> None:
    said = say_stake(read_stake(words))
    assert say_stake(read_stake(said)) == said


@given(st.one_of(st.text(max_size=15), st.text("0159.%- toveralf()~+<>", max_size=15)))
def test_any_text_is_read_or_refused_in_words(words: str) -> None:
    with suppress(UnreadableStake):
        read_stake(words)


@pytest.mark.parametrize(
    ("words", "bounds"),
    [
        ("50..", (50 * SCALE, None)),
        ("..10", (None, 10 * SCALE)),
        ("45..55", (45 * SCALE, 55 * SCALE)),
        ("51", (51 * SCALE, 51 * SCALE)),
        ("100", (WHOLE, WHOLE)),
        ("controlling", (50 * SCALE, None)),
        ("minority", (None, 50 * SCALE)),
    ],
)
def test_a_filter_has_open_sides(words: str, bounds: tuple[int | None, int | None]) -> None:
    assert read_stake_range(words) == bounds


def test_a_filter_needs_bounds() -> None:
    with pytest.raises(UnreadableStake, match="has no bounds to compare with"):
        read_stake_range("undisclosed")
