"""How near two names are, from 0 to 100: the one measure by which doubles are found and unknown names answered."""

from rapidfuzz.fuzz import ratio

from dealtrack.domain.spelling import Spelling, shared_weight

SAME_LETTERS = 100
_INITIALS = 80
# Abbreviations of fewer letters are near to each other by chance.
_FEWEST = 4
# Names with different numbers, such as funds of one house, are so many hundredths as near as they look.
_OTHER_NUMBERS = 60


def nearness(one: Spelling, other: Spelling) -> int:
    """100 for the same letters; else the greatest likeness in words, in letters, or of initials and name.

    In words it is twice the weight of those in common, of the weight of all (Dice's coefficient). In letters it is
    twice the number of those in common and in order, of the number of all (Indel), and at most that of the words that
    are not in common, so that "Vega Space" and "Lyra Space" are not near for their "Space".
    """
    if one.letters == other.letters:
        return SAME_LETTERS
    score = 200 * shared_weight(one, other) // (one.weight + other.weight)
    fewest = min(len(one.letters), len(other.letters))
    in_letters = ratio(one.letters, other.letters, score_cutoff=score) if fewest >= _FEWEST else 0
    if in_letters > score:
        score = max(score, int(min(in_letters, ratio(_apart(one, other), _apart(other, one)))))
    if score < _INITIALS and (one.letters == other.initials or other.letters == one.initials):
        score = _INITIALS
    return score if one.numbers == other.numbers else score * _OTHER_NUMBERS // 100


def _apart(one: Spelling, other: Spelling) -> str:
    """The letters of the words that the other has not."""
    return "".join([word for word in one.words if word not in other.words])
