"""Whatever the history of builds, every table is the one of a build from scratch.

Populations that share no identifier are drawn at random: several collectors, shared
devices, merges, late, duplicated, malformed and blocked lines. The files that hold them
come in random order over a random number of builds; some come in an earlier version
first and change; in a fourth of the histories the vars differ at first, in another the
definitions and the tracking plan; some builds are killed at a random moment. At the end
every table must equal, row for row, the one of a single build of what is there then.

THROUGHLINE_TEST_SEED draws others, THROUGHLINE_TEST_POPULATIONS and
THROUGHLINE_TEST_SEQUENCES more: 10000 and 40, say. A failure names the seed and is cut
down to few lines.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from databases import (
    DATABASE_NAME,
    Rows,
    Started,
    begin_dbt,
    differences,
    own_project,
    run_dbt,
)
from histories import FILES, Line, draw_population, write_file

SEED = int(os.environ.get("THROUGHLINE_TEST_SEED", "1"))
POPULATIONS = int(os.environ.get("THROUGHLINE_TEST_POPULATIONS", "300"))
SEQUENCES = int(os.environ.get("THROUGHLINE_TEST_SEQUENCES", "6"))
# Fewer than a build has without its tests.
NODES = 200
NO_TESTS = ("--exclude-resource-type", "test", "unit_test")


@dataclass(frozen=True)
class Step:
    """One build: the files in their versions (early or final), and what differs yet.

    One that is killed is so many nodes from its start, somewhere in the next one.
    """

    early: tuple[int, ...]
    final: tuple[int, ...]
    differing: str
    killed_after: int | None


# -- how it comes ---------------------------------------------------------------------


def draw_steps(draw: random.Random, changing_settings: str) -> list[Step]:
    """A sequence of builds that ends with every file and setting in its final state.

    Other vars, or other definitions, make many tables anew; where neither change, all
    follow keys.
    """
    files = draw.sample(range(FILES), FILES)
    changing = set(draw.sample(range(FILES), 3))
    cuts = sorted(draw.sample(range(1, FILES), draw.randint(1, 2)))
    groups = [files[a:b] for a, b in zip([0, *cuts], [*cuts, FILES], strict=True)]
    settled_from = draw.randint(1, len(groups))
    killed = draw.randrange(len(groups))
    waiting: list[int] = []
    steps = []
    for index, group in enumerate(groups):
        early = tuple(file for file in group if file in changing)
        final = tuple(file for file in group if file not in changing)
        differing = changing_settings if index < settled_from else ""
        after = draw.randrange(NODES) if index == killed else None
        steps.append(Step(early, (*final, *waiting), differing, after))
        waiting = list(early)
    return [*steps, Step((), tuple(waiting), "", None)]


EARLY_VARS = {"identity_policy": "connected_components", "session_timeout_minutes": 20}


def set_definitions(project: Path, final: Path, is_final: bool) -> None:
    """Put definitions in place: the final ones, or others than those in every file."""
    shutil.copytree(final, project / "seeds", dirs_exist_ok=True)
    if is_final:
        return
    replaced = {
        "definitions/funnels.csv": ("purchase,,,7,day", "purchase,,,1,hour"),
        "definitions/non_interaction_events.csv": ("Email Sent", "Product Viewed"),
        "definitions/activities.csv": ("shopping,Order Completed,\n", ""),
        "definitions/named_events.csv": ("greater_than,100", "greater_than,10"),
        "tracking_plan/tracking_plan_policies.csv": (
            "wrong_type,flag",
            "wrong_type,block",
        ),
        "reference/internal_traffic.csv": (
            "description\n",
            "description\nstaff,user_id,equals,u1-0,filter,\n",
        ),
    }
    for name, (old, new) in replaced.items():
        path = project / "seeds" / name
        text = path.read_text()
        assert old in text, name
        path.write_text(text.replace(old, new))


def kill_after(nodes: int, started: Started) -> None:
    """End a build with SIGKILL a moment after so many of its nodes are done."""
    while started.process.is_alive():
        if started.output.exists() and started.output.read_text().count(" OK ") > nodes:
            time.sleep(nodes % 10 / 100)
            started.process.kill()
        time.sleep(0.01)


def run_steps(
    steps: Sequence[Step], lines: Sequence[Line], folder: Path, project: Path
) -> Path:
    """Run a sequence of builds; a killed one is followed by the next as it comes."""
    database = folder / DATABASE_NAME
    for step in steps:
        for file in step.early:
            write_file(folder, file, lines, is_early=True)
        for file in step.final:
            write_file(folder, file, lines, is_early=False)
        set_definitions(project, FINAL_SEEDS, step.differing != "definitions")
        settings = EARLY_VARS if step.differing == "vars" else {}
        arguments = ("build", *NO_TESTS, "--vars", json.dumps(settings))
        place = {"database": database, "events_path": "events/*", "project": project}
        if step.killed_after is not None:
            kill_after(step.killed_after, begin_dbt(*arguments, **place))
        else:
            result = run_dbt(*arguments, **place)
            assert result.returncode == 0, (SEED, result.stdout[-6000:])
    return database


FINAL_SEEDS = Path(__file__).parents[2] / "seeds"
FRESH = [Step((), tuple(range(FILES)), "", None)]


# -- the proof ------------------------------------------------------------------------


def compare(
    steps: Sequence[Step], lines: Sequence[Line], folder: Path, project: Path
) -> dict[str, tuple[Rows, Rows]]:
    """Differences between the end of a sequence of builds and a build from scratch."""
    shutil.rmtree(folder, ignore_errors=True)
    for name, sequence in (("grown", steps), ("fresh", FRESH)):
        (folder / name).mkdir(parents=True)
        run_steps(sequence, lines, folder / name, project)
    return differences(
        folder / "fresh" / DATABASE_NAME, folder / "grown" / DATABASE_NAME
    )


def shrink(
    steps: Sequence[Step], lines: list[Line], folder: Path, project: Path
) -> list[Line]:
    """Fewer lines, of fewer populations, that still make a difference."""
    units: list[list[Line]] = [
        [line for line in lines if line.population == number]
        for number in sorted({line.population for line in lines})
    ]
    for _ in range(2):
        size = (len(units) + 1) // 2
        while size:
            at = 0
            while at < len(units) and len(units) > 1:
                fewer = units[:at] + units[at + size :]
                flat = [line for unit in fewer for line in unit]
                if flat and compare(steps, flat, folder, project):
                    units = fewer
                else:
                    at += size
            size //= 2
        units = [[line] for unit in units for line in unit]
    return [line for unit in units for line in unit]


def test_every_history_ends_in_the_tables_of_a_build_from_scratch(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    draw = random.Random(SEED)
    lines = [
        line for number in range(POPULATIONS) for line in draw_population(number, draw)
    ]
    draw.shuffle(lines)
    sequences = {"fresh": FRESH}
    sequences |= {
        f"sequence {n}": draw_steps(draw, ("", "vars", "", "definitions")[n % 4])
        for n in range(SEQUENCES)
    }
    folder = tmp_path_factory.mktemp("histories")
    projects = [own_project(folder / f"worker_{index}") for index in range(2)]

    def run_share(share: int) -> None:
        for name in list(sequences)[share::2]:
            place = folder / name
            place.mkdir()
            run_steps(sequences[name], lines, place, projects[share])

    with ThreadPoolExecutor(max_workers=2) as pool:
        for done in [pool.submit(run_share, share) for share in range(2)]:
            done.result()
    fresh = folder / "fresh" / DATABASE_NAME
    for name in list(sequences)[1:]:
        found = differences(fresh, folder / name / DATABASE_NAME)
        if found:
            steps = sequences[name]
            print(f"Seed {SEED}, {name}: {found}\n{steps}\nShrinking ...", flush=True)
            few = shrink(steps, lines, folder / "shrunk", projects[0])
            small = "\n".join(str(line) for line in few)
            pytest.fail(f"Seed {SEED}, {name}, differs already for\n{small}")
