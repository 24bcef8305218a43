"""Replace a folder as a whole: it is always the old one or the new one, whatever happens in between."""

import errno
import os
import re
import secrets
import shutil
from contextlib import suppress
from pathlib import Path

STALE = 24 * 60 * 60
"""Seconds after which nobody writes any more in what is left of a run that was stopped."""
HERE = -100  # the C library's name for the folder that the program runs in
EXCHANGE = 2  # its word for letting two names change places


def draft_of(folder: Path) -> Path | None:
    """Make an empty folder beside another, to be filled and to take its place.

    Returns:
        None where nothing can take the place of the folder, because it is the root of a disk.

    Raises:
        OSError: the disk refuses.
    """
    target = folder.resolve()
    if os.path.ismount(target):
        return None
    if target.exists() and not target.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.{secrets.token_hex(8)}.draft")
    draft.mkdir()
    return draft


def take_the_place(draft: Path, folder: Path) -> None:
    """Let a draft take the place of a folder. Hidden files that were in the folder, such as Git's, stay in it.

    Raises:
        OSError: the disk refuses; the folder is as it was.
    """
    target = folder.resolve()
    if target.is_dir():
        draft.chmod(target.stat().st_mode)
        _copy_hidden(target, draft)
    while not _placed(draft, target):
        pass  # another run has put its folder there in between
    shutil.rmtree(draft, ignore_errors=True)
    _remove_left_over(target)


def _copy_hidden(target: Path, draft: Path) -> None:
    for path in target.iterdir():
        if path.name.startswith(".") and not os.path.lexists(draft / path.name):
            if path.is_dir() and not path.is_symlink():
                shutil.copytree(path, draft / path.name, symlinks=True)
            else:
                shutil.copy2(path, draft / path.name, follow_symlinks=False)


def _placed(draft: Path, target: Path) -> bool:
    """Put the draft in its place, and what was there away; False if another folder has come in between."""
    if _exchanged(draft, target):
        return True
    aside = draft.with_name(f".{target.name}.{secrets.token_hex(8)}.draft")
    with suppress(FileNotFoundError):
        target.rename(aside)
    try:
        draft.rename(target)
    except OSError as error:
        if error.errno not in (errno.EEXIST, errno.ENOTEMPTY):
            if aside.exists():
                aside.rename(target)
            raise
        return False
    finally:
        if os.path.lexists(target):
            shutil.rmtree(aside, ignore_errors=True)
    return True


def _exchanged(one: Path, other: Path) -> bool:
    """Let two folders change places in one step, where the system can."""
    import ctypes  # only a build needs it

    try:
        exchange = ctypes.CDLL(None).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    return bool(exchange(HERE, os.fsencode(one), HERE, os.fsencode(other), EXCHANGE) == 0)


def _remove_left_over(target: Path) -> None:
    """Remove drafts of the same folder that a run has left which was stopped long ago."""
    form = re.compile(rf"\.{re.escape(target.name)}\.[0-9a-f]{{16}}\.draft")
    with suppress(OSError):
        last = target.stat().st_mtime - STALE
        for path in target.parent.iterdir():
            if form.fullmatch(path.name) and path.stat().st_mtime < last:
                shutil.rmtree(path, ignore_errors=True)
