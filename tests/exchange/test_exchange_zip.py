"""Zip files of any origin: damaged, encrypted, swollen or strangely named ones are refused, and none writes a file."""

import io
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path

import pytest

from dealtrack.exchange.package import open_package
from dealtrack.exchange.staging import BadPackage

Small = Callable[..., Path]
Refused = Callable[[Path], str]

MEGABYTE = 1024 * 1024


def packed(path: Path, members: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


@pytest.fixture
def members(small: Small) -> dict[str, bytes]:
    """The files of the small package."""
    return {file.name: file.read_bytes() for file in sorted(small().iterdir())}


@pytest.fixture
def peak() -> Iterator[Callable[[], float]]:
    """The most memory in use at any time since, in megabytes."""
    tracemalloc.start()
    yield lambda: tracemalloc.get_traced_memory()[1] / MEGABYTE
    tracemalloc.stop()


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_every_usual_compression_is_read(method: int, members: dict[str, bytes], tmp_path: Path) -> None:
    with closing(open_package(packed(tmp_path / "deals.zip", members, method))) as package:
        assert [deal.slug for deal in package.deals()] == ["rocket-lab-geost-2025", "ses-geost-2024"]


@pytest.mark.parametrize("length", [0, 1, 20, 500, -1, -30])
def test_a_truncated_file_is_refused(length: int, members: dict[str, bytes], refused: Refused, tmp_path: Path) -> None:
    path = packed(tmp_path / "deals.zip", members)
    path.write_bytes(path.read_bytes()[:length])
    assert refused(path) == f'"{path}" is neither a folder nor a zip file'


def test_another_file_is_refused(refused: Refused, tmp_path: Path) -> None:
    path = tmp_path / "deals.csv"
    path.write_text("id,title\n1,Deal\n", encoding="utf-8")
    assert refused(path) == f'"{path}" is neither a folder nor a zip file'


@pytest.mark.parametrize("member", ["datapackage.json", "companies.csv", "links.csv"])
def test_a_damaged_member_is_refused_and_named(
    member: str, members: dict[str, bytes], refused: Refused, tmp_path: Path
) -> None:
    path = packed(tmp_path / "deals.zip", members)
    with zipfile.ZipFile(path) as archive:
        start = archive.getinfo(member).header_offset + 30 + len(member)
    content = bytearray(path.read_bytes())
    content[start : start + 8] = b"\xff" * 8
    path.write_bytes(content)
    assert member in refused(path)


@pytest.mark.parametrize("member", ["datapackage.json", "companies.csv"])
def test_a_member_that_is_not_what_was_packed_is_refused_and_named(
    member: str, members: dict[str, bytes], refused: Refused, tmp_path: Path
) -> None:
    path = packed(tmp_path / "deals.zip", members, zipfile.ZIP_STORED)
    content = path.read_bytes()
    at = content.index(members[member]) + len(members[member]) - 2
    path.write_bytes(content[:at] + b" " + content[at + 1 :])
    assert member in refused(path)


@pytest.mark.parametrize("member", ["datapackage.json", "companies.csv"])
def test_an_encrypted_member_is_refused_and_named(
    member: str, members: dict[str, bytes], refused: Refused, tmp_path: Path
) -> None:
    path = packed(tmp_path / "deals.zip", members)
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        content[archive.getinfo(member).header_offset + 6] |= 1
    content[content.rindex(member.encode()) - 46 + 8] |= 1
    path.write_bytes(content)
    assert member in refused(path)


@pytest.mark.parametrize("member", ["datapackage.json", "companies.csv"])
def test_an_unknown_compression_is_refused_and_named(
    member: str, members: dict[str, bytes], refused: Refused, tmp_path: Path
) -> None:
    path = packed(tmp_path / "deals.zip", members)
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        content[archive.getinfo(member).header_offset + 8] = 99
    content[content.rindex(member.encode()) - 46 + 10] = 99
    path.write_bytes(content)
    assert member in refused(path)


def test_a_package_within_a_folder_of_the_file_is_not_guessed(
    members: dict[str, bytes], refused: Refused, tmp_path: Path
) -> None:
    path = packed(tmp_path / "deals.zip", {f"deals/{name}": content for name, content in members.items()})
    assert refused(path) == f'"{path}" holds no datapackage.json'


def test_names_that_lead_out_of_the_file_write_nothing(members: dict[str, bytes], tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    names = ("../evil.txt", "../../evil.txt", f"{tmp_path}/evil.txt", "..\\evil.txt", "C:\\evil.txt", "links.csv/evil")
    path = packed(inner / "deals.zip", members | dict.fromkeys(names, b"evil"))
    before = sorted(tmp_path.rglob("*"))
    with closing(open_package(path)) as package:
        assert len(list(package.deals())) == 2
    assert sorted(tmp_path.rglob("*")) == before


# What swells to 64 megabytes, each in another way.
SWOLLEN = {
    "a descriptor of blanks": ("datapackage.json", b"{" + b" " * 64 * MEGABYTE),
    "a line without an end": ("companies.csv", b"x" * 64 * MEGABYTE),
    "a cell without an end": ("companies.csv", b'"' + (b"x" * MEGABYTE + b"\n") * 64),
    "a row of commas": ("companies.csv", b"," * 64 * MEGABYTE),
    "a header of columns": ("companies.csv", b"a," * 32 * MEGABYTE),
}


@pytest.mark.parametrize("way", SWOLLEN)
def test_a_member_that_swells_is_refused_before_it_fills_the_memory(
    way: str, members: dict[str, bytes], tmp_path: Path, peak: Callable[[], float]
) -> None:
    name, content = SWOLLEN[way]
    path = packed(tmp_path / "bomb.zip", members | {name: content})
    assert path.stat().st_size < MEGABYTE
    before = peak()
    tracemalloc.reset_peak()
    with pytest.raises(BadPackage) as told:
        open_package(path)
    assert name in told.value.what
    assert peak() - before < 96


def test_many_lines_are_staged_without_being_held(
    members: dict[str, bytes], tmp_path: Path, peak: Callable[[], float]
) -> None:
    lines = io.BytesIO(members["aliases.csv"])
    lines.seek(0, io.SEEK_END)
    for number in range(400):
        lines.write(f"rocket-lab,{number} {'x' * 100_000},brand\n".encode())
    path = packed(tmp_path / "deals.zip", members | {"aliases.csv": lines.getvalue()})
    lines.close()
    before = peak()
    tracemalloc.reset_peak()
    with closing(open_package(path)):
        assert peak() - before < 16
