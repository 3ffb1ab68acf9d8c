"""Files of rates: what is read of them, and how each fault is told with its place."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealtrack.domain.problem import Misuse
from dealtrack.exchange.ratefile import BadRates, GivenRate, read_rates


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "rates.csv"


def test_a_rate_is_dollars_for_one_unit_or_units_for_a_dollar(file: Path) -> None:
    file.write_text(
        "\ufeffDate,Currency,USD,Origin\n2023-12-19,aed,0.272294,Central Bank of the UAE\n", encoding="utf-8"
    )
    day = date(2023, 12, 19)
    assert read_rates(file) == [GivenRate("AED", day, Decimal("0.272294"), "Central Bank of the UAE")]
    file.write_text("currency,per_usd,date\nSAR,3.75,2023-12-19\n", encoding="utf-8")
    assert read_rates(file) == [GivenRate("SAR", day, Decimal("0.266666666667"), None)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", ":1: one column date is needed"),
        ("date,currency\n", ":1: one column usd or per_usd is needed"),
        ("date,currency,usd,per_usd\n", ":1: one column usd or per_usd is needed"),
        ("date,currency,usd\n2023-02-30,AED,1\n", ":2: there is no day 2023-02-30"),
        ("date,currency,usd\n03/04/2023,AED,1\n", ':2: "03/04/2023" is no day'),
        ("date,currency,usd\n2023-02-01,AED,0,27\n", ":2: more cells than columns"),
        ("date,currency,usd\n2023-02-01,AED,\n", ':2: "" is no rate'),
        ("date,currency,usd\n2023-02-01,AED,1e5\n", ':2: "1e5" is no rate'),
        ("date,currency,usd\n2023-02-01,AED,-1\n", ':2: "-1" is no rate'),
        ("date,currency,usd\n2023-02-01\n", ':2: currency "" is not in ISO 4217'),
        ("date,currency,usd\n2023-02-01,QQQ,1\n", ':2: currency "QQQ" is not in ISO 4217'),
        ("date,currency,usd\n2023-02-01,USD,1\n", ":2: a dollar is a dollar"),
        ("date,currency,per_usd\n2023-02-01,AED,0.0\n", ":2: a rate is more than nothing"),
        ("date,currency,usd\n2023-02-01,AED,1\n\n2023-02-01,aed,2\n", ":4: AED on 2023-02-01 is in line 2 too"),
        ('date,currency,usd\n2023-02-01,"AED,1\n', ":2: unexpected end of data"),
    ],
)
def test_a_fault_is_told_with_its_line(file: Path, text: str, told: str) -> None:
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadRates) as refused:
        read_rates(file)
    assert refused.value.what.startswith(f"{file}{told}")
    assert refused.value.hint


def test_what_is_no_text_is_said(file: Path) -> None:
    file.write_bytes(b"date,currency,usd\n\xff\xfe")
    with pytest.raises(BadRates, match="not UTF-8"):
        read_rates(file)
    with pytest.raises(BadRates, match="no such file"):
        read_rates(file.with_name("other.csv"))


@given(text=st.text(max_size=200))
def test_no_file_is_too_odd(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    file = tmp_path_factory.getbasetemp() / "odd.csv"
    file.write_bytes(f"date,currency,usd\n{text}".encode("utf-8", "surrogatepass"))
    try:
        read_rates(file)
    except Misuse:
        return
