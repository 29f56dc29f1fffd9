"""A folder that appears whole or not at all."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..errors import OutputError

MANIFEST = "manifest.json"
# What desktops and office programs leave in any folder they show.
_STRAY = (".DS_Store", "Thumbs.db", "desktop.ini")
_LOCKS = (".~lock.", "~$")


@contextmanager
def whole_folder(out: Path) -> Iterator[Path]:
    """Give a temporary folder beside `out`; at the end it takes the place of `out`.

    Says where an edited briefing was kept.

    If anything fails, `out` is as it was and the temporary folder is gone. A briefing that
    stands at `out` is replaced; one whose files were changed or added to since it was written is
    kept under another name.

    Raises
    ------
    OutputError
        If `out` cannot be written, or is neither empty nor a briefing.
    """
    _check(out)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    except OSError as error:
        raise _cannot(out, error) from error
    try:
        work.chmod(0o777 & ~_umask())
        yield work
        _swap(work, out)
    except OSError as error:
        raise _cannot(out, error) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _cannot(out: Path, error: OSError) -> OutputError:
    if isinstance(error, OutputError):
        return error
    why = {
        errno.ENOSPC: "the disk is full",
        errno.EACCES: "permission denied",
        errno.EROFS: "it is read-only",
    }.get(error.errno or 0, error.strerror or str(error))
    return OutputError(
        f"the briefing cannot be written to {out}: {why}; nothing was changed there, "
        "expected a folder that can be written"
    )


def _check(out: Path) -> None:
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise OutputError(f"{out} is not a folder; expected a folder, or a name that is free")
    if out.is_dir() and any(_kept(out)) and not (out / MANIFEST).is_file():
        raise OutputError(
            f"folder {out} holds files that are no briefing; "
            "expected an empty folder, a briefing, or a name that is free"
        )


def _kept(out: Path) -> Iterator[Path]:
    """Files of a folder, without what desktops leave there."""
    for path in sorted(out.rglob("*")):
        if path.is_file() and path.name not in _STRAY and not path.name.startswith(_LOCKS):
            yield path


def touched(out: Path) -> list[str]:
    """Names of files that were changed or added since the briefing was written."""
    try:
        written = json.loads((out / MANIFEST).read_text(encoding="utf-8"))["files"]
    except (OSError, ValueError, KeyError, TypeError):
        return [MANIFEST]
    return [
        path.relative_to(out).as_posix()
        for path in _kept(out)
        if path.name != MANIFEST and written.get(path.relative_to(out).as_posix()) != digest(path)
    ]


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _swap(work: Path, out: Path) -> None:
    if not out.exists():
        work.rename(out)
        return
    keep = any(_kept(out)) and bool(touched(out))
    aside = _free(out) if keep else Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    if not keep:
        aside.rmdir()
    out.rename(aside)
    try:
        work.rename(out)
    except OSError:
        aside.rename(out)
        raise
    if keep:
        print(f"The briefing that stood there had been edited; it is kept in {aside}")
    else:
        shutil.rmtree(aside, ignore_errors=True)


def _free(out: Path) -> Path:
    """A free name beside `out` for a briefing that somebody has worked on."""
    number = 1
    while (path := out.with_name(f"{out.name}-kept-{number}")).exists():
        number += 1
    return path
