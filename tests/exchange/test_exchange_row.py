"""Rows of files say where they stand."""

from dealtrack.exchange.row import Place, RowError


class TestPlaces:
    def test_a_place_is_named_as_compilers_name_it(self) -> None:
        assert str(Place("deals.csv", 12)) == "deals.csv:12"

    def test_what_is_wrong_names_its_column_where_it_has_one(self) -> None:
        place = Place("deals.csv", 12)
        assert str(RowError(place, "agreed", "no date", "")) == "deals.csv:12, column agreed: no date"
        assert str(RowError(place, "", "3 cells", "")) == "deals.csv:12: 3 cells"
