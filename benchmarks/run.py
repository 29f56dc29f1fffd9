"""Run every benchmark; those that need the corpora are skipped, and named, without them."""

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
OTHERS = {"run.py", "record.py", "speed.py"}


def main() -> int:
    """Run them one after the other; the exit status is 1 if any failed."""
    corpora = os.environ.get("TELLINGS_CORPORA")
    failed = []
    for path in sorted(HERE.glob("*.py")):
        if path.name in OTHERS or "argparse" not in path.read_text(encoding="utf-8"):
            continue
        if not corpora:
            print(f"{path.name}: skipped; set TELLINGS_CORPORA to the folder of corpora")
            continue
        print(f"== {path.name}", flush=True)
        if subprocess.run([sys.executable, path, "--corpora", corpora], check=False).returncode:
            failed.append(path.name)
    print("== speed.py", flush=True)
    if subprocess.run([sys.executable, HERE / "speed.py", "--briefing"], check=False).returncode:
        failed.append("speed.py")
    if failed:
        print(f"failed: {', '.join(failed)}", file=sys.stderr)
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
