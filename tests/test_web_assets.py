"""The browser libraries: exactly the files that are wanted, without what belongs to the government's services."""

from __future__ import annotations

import io
import tarfile
from pathlib import Path

import pytest

from planweave.errors import PlanweaveError
from planweave.web import assets

SHEET = (
    "@font-face{font-family:GDS Transport;src:url(/assets/fonts/light.woff2)}"
    ".a{font-family:GDS Transport,arial,sans-serif;color:var(--govuk-link-colour)}"
    ".b{background:url(/assets/images/govuk-crest.svg)}:root{"
    + ";".join(f"--govuk-{name}:#1d70b8" for name in assets.COLOURS)
    + "}"
)


def test_the_style_sheet_loses_what_is_not_ours() -> None:
    """No typeface, no crest, no colour of the government's is left, and everything else is."""
    css = assets.our_style(SHEET)
    for words in ("GDS", "@font-face", "crest", "url(", "#1d70b8"):
        assert words not in css
    assert ".a{font-family:system-ui" in css
    assert "color:var(--govuk-link-colour)" in css
    assert f"--govuk-brand-colour:{assets.COLOURS['brand-colour']}" in css


def test_a_style_sheet_of_another_kind_is_refused() -> None:
    """Where a colour or the typeface stands otherwise than expected, nothing is laid out by halves."""
    with pytest.raises(PlanweaveError, match="has no link-colour"):
        assets.our_style(SHEET.replace("--govuk-link-colour:#1d70b8", ""))
    with pytest.raises(PlanweaveError, match="still has url"):
        assets.our_style(SHEET + ".c{background:url(/assets/other.png)}")


def test_another_file_than_the_wanted_one_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A package whose file has another digest is not taken, and what was there before stays."""

    def packed(package: assets.Package, folder: Path) -> Path:
        archive = folder / "package.tgz"
        with tarfile.open(archive, "w:gz") as out:
            for inside in package.files:
                member = tarfile.TarInfo(f"package/{inside}")
                member.size = 5
                out.addfile(member, io.BytesIO(b"wrong"))
        return archive

    monkeypatch.setattr(assets, "_packed", packed)
    folder = tmp_path / "vendor"
    folder.mkdir()
    (folder / "kept.js").write_text("1")
    with pytest.raises(PlanweaveError, match=r"yasgui.min.js of @zazuko/yasgui 4.6.2 is not the file that is wanted"):
        assets.fetch(folder)
    assert (folder / "kept.js").read_text() == "1"


def test_without_npm_it_is_said_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An npm that cannot fetch ends in one sentence, and the exit code says so."""
    monkeypatch.setattr(assets, "_npm", lambda: ["/nowhere/npm"])
    monkeypatch.setattr(assets, "are_there", lambda: False)
    assert assets.main() == 1
    said = capsys.readouterr().err
    assert said.startswith(
        "planweave: npm could not fetch @zazuko/yasgui@4.6.2; check that its registry can be reached"
    )
    assert said.count("\n") == 1


def test_the_files_are_here_and_are_those() -> None:
    """After make assets the files lie in the package, each with what says under which licence it is."""
    assert assets.are_there(), "run make assets"
    for package in assets.PACKAGES:
        assert all((assets.VENDOR / name).is_file() for name, _ in package.files.values())
        assert (assets.VENDOR / package.name.rpartition("/")[2] / "package.json").is_file()
