"""How fast and how large: prints JSON and keeps it in `results/speed.json`.

    python benchmarks/speed.py [--briefing]

Each figure is the best of several runs in fresh processes; the machine is noisy, so compare
ratios within one run. `--briefing` adds the time of `make briefing` with the environment built.
"""

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path

from record import keep

ROOT = Path(__file__).parent.parent

IMPORT = """
import time; t = time.perf_counter(); import pandas; a = time.perf_counter()
import analysis; b = time.perf_counter()
import json; print(json.dumps({"pandas": a - t, "analysis_beyond_pandas": b - a}))
"""

TABLES = """
import json, resource, time
import analysis as an
from analysis import language
from analysis.briefing import all_tables
t = time.perf_counter(); nlp = language.pipeline(); nlp("Warm."); loaded = time.perf_counter() - t
t = time.perf_counter(); story = an.load("seeds"); parsed = time.perf_counter() - t
t = time.perf_counter(); tables = all_tables(story); first = time.perf_counter() - t
t = time.perf_counter(); all_tables(an.load("seeds")); second = time.perf_counter() - t
print(json.dumps({
    "language_model": loaded, "load_seeds": parsed, "tables_of_seeds": first,
    "load_and_tables_again": second, "tables": len(tables),
    "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
}))
"""


def run(code: str, times: int) -> dict:
    """Best of `times` runs of `code` in fresh processes, figure by figure."""
    results = [
        json.loads(
            subprocess.run(
                [sys.executable, "-W", "ignore", "-c", code],
                cwd=ROOT,
                capture_output=True,
                text=True,
                check=True,
            ).stdout.splitlines()[-1]
        )
        for _ in range(times)
    ]
    return {name: round(min(r[name] for r in results), 3) for name in results[0]}


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--briefing", action="store_true")
    options = parser.parse_args()
    figures = {"seconds_to_import": run(IMPORT, 5), "seeds": run(TABLES, 3)}
    if options.briefing:
        begin = time.perf_counter()
        subprocess.run(["make", "briefing"], cwd=ROOT, check=True, capture_output=True)
        figures["make_briefing_seconds"] = round(time.perf_counter() - begin, 1)
    keep("speed", figures)


if __name__ == "__main__":
    main()
