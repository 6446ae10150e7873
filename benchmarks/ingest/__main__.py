"""Prints, for each large file, how fast it loads beside the floor and beside a plain script."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.ingest.made import ged_file, iati_files

TURNS = 3
IATI_JOBS = ("floor", "script", "stabilis_iati")
GED_JOBS = ("polars", "stabilis_ged")


@dataclass(frozen=True)
class Measured:
    """The median of some turns of one job over one file."""

    seconds: float
    cpu_seconds: float
    peak_mb: float


def main() -> None:
    """Measure every file, each job in a process of its own on one core, the jobs in turn."""
    core = min(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {core})
    print(f"one core, {TURNS} turns, medians; load before: {os.getloadavg()[0]:.1f}")
    for path in iati_files():
        _show(path, _measured(path, IATI_JOBS), base="floor")
    if ged := ged_file():
        _show(ged, _measured(ged, GED_JOBS), base="polars")
    else:
        print("\nGED: not measured, the shared real rows are not on this machine")


def _measured(path: Path, jobs: tuple[str, ...]) -> dict[str, Measured]:
    turns: dict[str, list[dict[str, float]]] = {job: [] for job in jobs}
    for _ in range(TURNS):
        for job in jobs:
            turns[job].append(_run(job, path))
    return {
        job: Measured(**{name: median(turn[name] for turn in held) for name in held[0]})
        for job, held in turns.items()
    }


def _run(job: str, path: Path) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.ingest.job", job, str(path)],
        cwd=Path(__file__).resolve().parents[2],
        env=os.environ | {"POLARS_MAX_THREADS": "1"},
        check=True,
        capture_output=True,
        text=True,
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _show(path: Path, jobs: dict[str, Measured], *, base: str) -> None:
    """Print a table; speed and share are by processor time, which other programs do not stretch."""
    megabytes = path.stat().st_size / 1e6
    print(f"\n{path.name}, {megabytes:.0f} MB")
    print(f"{'':16}{'wall s':>10}{'cpu s':>10}{'MB/s':>10}{'of ' + base:>12}{'peak MB':>10}")
    for name, found in jobs.items():
        share = jobs[base].cpu_seconds / found.cpu_seconds
        speed = megabytes / found.cpu_seconds
        print(
            f"{name:16}{found.seconds:10.2f}{found.cpu_seconds:10.2f}"
            f"{speed:10.1f}{share:12.2f}{found.peak_mb:10.0f}"
        )


if __name__ == "__main__":
    main()
