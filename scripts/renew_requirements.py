"""Renew the pinned versions: the constraints in pyproject.toml and requirements.txt.

The direct dependencies in pyproject.toml are pinned by hand. Everything that they pull
in is pinned by `tool.uv.constraint-dependencies`, which this script writes, together
with requirements.txt (with hashes, without index addresses) for people who use pip.
Run it after changing a direct dependency, and look at the difference before you commit.

Examples:
    uv run python scripts/renew_requirements.py
    uv run python scripts/renew_requirements.py --upgrade
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tomllib
from pathlib import Path

PROJECT = Path(__file__).parents[1]
BEGIN = "# Written by scripts/renew_requirements.py: all that the above pull in."


def resolved_versions(lock: str) -> dict[str, str]:
    """Return the version of each package in a uv.lock, the project itself left out."""
    packages = tomllib.loads(lock)["package"]
    return {
        package["name"]: package["version"]
        for package in packages
        if "virtual" not in package["source"]
    }


def direct_names(pyproject: str) -> set[str]:
    """Return the names that pyproject.toml pins itself, in all its groups."""
    settings = tomllib.loads(pyproject)
    groups = settings.get("dependency-groups", {}).values()
    pins = [*settings["project"]["dependencies"], *(pin for g in groups for pin in g)]
    return {re.split(r"[=<>!~\[; ]", pin)[0].lower() for pin in pins}


def with_constraints(pyproject: str, versions: dict[str, str]) -> str:
    """Return pyproject.toml with the constraints replaced by the versions given."""
    names = sorted(set(versions) - direct_names(pyproject))
    pins = "".join(f'    "{name}=={versions[name]}",\n' for name in names)
    block = f"{BEGIN}\nconstraint-dependencies = [\n{pins}]\n"
    kept = re.sub(
        rf"{re.escape(BEGIN)}\nconstraint-dependencies = \[\n.*?\]\n",
        "",
        pyproject,
        flags=re.DOTALL,
    )
    return kept.replace("[tool.uv]\n", f"[tool.uv]\n{block}", 1)


def run_uv(*arguments: str) -> str:
    """Run uv in the project and return what it prints."""
    done = subprocess.run(
        ["uv", *arguments], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise SystemExit(f"uv {' '.join(arguments)} failed:\n{done.stderr}")
    return done.stdout


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--upgrade", action="store_true", help="take the newest versions allowed"
    )
    options = parser.parse_args()
    path = PROJECT / "pyproject.toml"
    if options.upgrade:
        path.write_text(with_constraints(path.read_text(), {}))
    run_uv("lock", *(["--upgrade"] if options.upgrade else []))
    lock = (PROJECT / "uv.lock").read_text()
    path.write_text(with_constraints(path.read_text(), resolved_versions(lock)))
    exported = run_uv(
        "export",
        "--format=requirements.txt",
        "--all-groups",
        "--no-emit-index-url",
        "--no-emit-find-links",
        "--no-annotate",
        "--no-header",
    )
    (PROJECT / "requirements.txt").write_text(
        "# Written by scripts/renew_requirements.py.\n" + exported
    )
    count = len(resolved_versions(lock))
    print(f"Pinned {count} packages.", file=sys.stderr)


if __name__ == "__main__":
    main()
