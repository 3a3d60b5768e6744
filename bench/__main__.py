"""`make bench`: measure Haven at 10,000 and 100,000 cases (SIZES="10000 100000 1000000" for more), print and keep it.

The databases are kept in HAVEN_BENCH (default: a folder in the user's cache), so that the second run need not fill them.
"""

from __future__ import annotations

import json
import os
import platform
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench import desk, visitors
from tests.machinery.live import free_port
from tests.machinery.trial import Trial

ROOT = Path(__file__).resolve().parent.parent
CLIENTS = (1, 4, 8, 50)
HAVEN = [sys.executable, "-P", "-m", "haven.jobs.cli"]


def main() -> int:
    """Measure every size that SIZES names and write build/bench.json."""
    sizes = [int(size) for size in os.environ.get("SIZES", "10000 100000").split()]
    figures: dict[str, Any] = {"machine": machine(), "at": datetime.now(UTC).isoformat(timespec="seconds"), "sizes": {}}
    print(json.dumps(figures["machine"]))
    for size in sizes:
        figures["sizes"][size] = measure(size)
    out = ROOT / "build" / "bench.json"
    out.parent.mkdir(exist_ok=True)
    out.write_text(json.dumps(figures, indent=1))
    print(f"\nWritten to {out.relative_to(ROOT)}.")
    return 0


def machine() -> dict[str, Any]:
    """Return what this was measured on."""
    memory = next((line.split()[1] for line in Path("/proc/meminfo").open() if line.startswith("MemTotal")), "0")
    return {
        "processor": platform.processor() or platform.machine(),
        "cores": os.cpu_count(),
        "memory_gib": round(int(memory) / 1024 / 1024, 1),
        "python": platform.python_version(),
        "load": os.getloadavg()[0],
    }


def measure(size: int) -> dict[str, Any]:
    """Fill one database if it is not there, start Haven on it and measure reporting, the desk and the duties."""
    print(f"\n== {size:,} cases", flush=True)
    data = folder(size)
    fill(data, size)
    found: dict[str, Any] = {}
    with haven(data) as port:
        visitors.run(port, clients=2, reports=10)
        found["reporting"] = [reporting(port, clients) for clients in CLIENTS]
        found["reporting whole"] = reporting(port, 4, whole=True)
        found["desk"] = desk.measure(port, prepared(data))
        asked = found["queries"] = queries(data)
        for page, row in found["desk"].items():
            print(
                f"  {page:25} p50 {row['p50_ms']:6.1f} ms   p95 {row['p95_ms']:6.1f} ms   {asked[page]:3} queries   "
                f"{row['bytes']:,} bytes"
            )
        print("  queries of the shortest report:", ", ".join(f"{step} {asked[step]}" for step in asked if "/" in step))
        if size <= 100_000 or os.environ.get("DUTIES"):
            found["duties"] = duties(data)
    return found


def folder(size: int) -> Path:
    """Return where the database of this size is kept."""
    base = os.environ.get("HAVEN_BENCH") or Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "haven-bench"
    return Path(base) / str(size)


def fill(data: Path, size: int) -> None:
    """Fill the database of this size once."""
    done = data.parent / f"{size}.filled"
    if done.exists():
        return
    data.parent.mkdir(parents=True, exist_ok=True)
    with haven(data):
        subprocess.run([sys.executable, "-m", "bench.filling", str(size)], env=surroundings(data), cwd=ROOT, check=True)
        subprocess.run([*HAVEN, "duties", "rebuild"], env=surroundings(data), cwd=ROOT, check=True)
    done.touch()


@contextmanager
def haven(data: Path) -> Any:
    """Start the whole of Haven on these data and stop it."""
    trial = Trial(data, free_port()).start()
    try:
        trial.ready(patience=180)
        yield trial.port
    finally:
        trial.send(signal.SIGINT, group=True)
        trial.ended_within(20)


def surroundings(data: Path) -> dict[str, str]:
    """Return the environment of a command that works on these data."""
    return {**os.environ, "HAVEN_DATA": str(data), "PYTHONPATH": str(ROOT)}


def reporting(port: int, clients: int, *, whole: bool = False) -> dict[str, Any]:
    """Measure complete reports by this many people at once."""
    figures = visitors.run(port, clients=clients, reports=max(40 if whole else 200, clients * 5), whole=whole)
    del figures["references"]
    lost = figures["asked"] != figures["different"]
    print(
        f"  {clients:3} people, {figures['way']:10} {figures['reports_a_second']:6} reports/s   a step p50"
        f" {figures['step_p50_ms']:6} ms, p95 {figures['step_p95_ms']:6} ms   {figures['accepted']}/{figures['asked']}"
        f" accepted{'   LOST OR DOUBLED' if lost else ''}",
        flush=True,
    )
    return figures


def prepared(data: Path) -> dict[str, Any]:
    """Prepare a case with much in it, and duties to record."""
    order = [sys.executable, "-m", "bench.preparing"]
    done = subprocess.run(order, env=surroundings(data), cwd=ROOT, check=True, capture_output=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def queries(data: Path) -> dict[str, int]:
    """Count the queries of each page."""
    order = [sys.executable, "-m", "bench.counting"]
    done = subprocess.run(order, env=surroundings(data), cwd=ROOT, check=True, capture_output=True)
    found: dict[str, int] = json.loads(done.stdout.splitlines()[-1])
    return found


def duties(data: Path) -> dict[str, Any]:
    """Measure a rebuild of every duty."""
    began = time.monotonic()
    order = [*HAVEN, "duties", "rebuild", "--from-nothing"]
    done = subprocess.run(order, env=surroundings(data), cwd=ROOT, check=True, capture_output=True)
    took = time.monotonic() - began
    print(f"  all duties rebuilt in {took:.1f} s: {done.stdout.decode().strip()[-100:]}")
    return {"seconds": round(took, 1)}


if __name__ == "__main__":
    sys.exit(main())
