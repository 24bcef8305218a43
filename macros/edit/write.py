"""Write a file as a whole or not at all. Every command that writes goes through this module."""

import errno
import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path

REASONS = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT), "the disk is full"),
    **dict.fromkeys((errno.EACCES, errno.EPERM, errno.EROFS), "this place may not be written to"),
    errno.ENAMETOOLONG: "its name is too long",
    errno.ELOOP: "its links lead in a circle",
    errno.EFBIG: "it is too large for this disk",
    **dict.fromkeys((errno.EEXIST, errno.ENOTDIR, errno.EISDIR), "a file and a folder have the same name"),
}
NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS}  # what a disk says that knows no links


class NotWritten(OSError):
    """A file was not written, and is as it was before; says why in one sentence."""

    def __str__(self) -> str:
        reason = REASONS.get(self.errno or 0, f"the system says: {self.strerror}")
        return f"{self.filename} was not written and is as it was before: {reason}."


def said(error: OSError) -> str:
    """Say in a sentence what a disk has refused."""
    if isinstance(error, NotWritten) or not error.strerror:
        return str(error)
    denied = dict.fromkeys((errno.EACCES, errno.EPERM), "access is denied")
    reasons = {**REASONS, **denied, errno.ENOENT: "there is no such file"}
    return f"{error.filename or 'The output'}: {reasons.get(error.errno or 0, f'the system says: {error.strerror}')}."


def write_whole(path: Path, content: bytes, *, new: bool = False, synced: bool = True) -> None:
    """Write a file so that it is always the old one or the new one, whatever happens in between.

    A draft beside it is written first and then takes its place. The mode of a file that is there is kept, a link
    is followed, and folders that are missing are made.

    Args:
        new: Whether the file must not exist yet.
        synced: Whether to wait for the disk. It is not worth the time for many files that can be made again.

    Raises:
        FileExistsError: it exists and should be new.
        NotWritten: it is as it was before, and no draft is left.
    """
    if new and _there(path):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
    try:
        target = path.resolve()
    except RuntimeError:  # what Python before 3.13 says of links in a circle
        raise NotWritten(errno.ELOOP, os.strerror(errno.ELOOP), str(path)) from None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _write(target, content, new=new, synced=synced)
    except OSError as error:
        if new and error.errno == errno.EEXIST and _there(target):
            raise
        raise NotWritten(error.errno, error.strerror, str(path)) from error


def _write(target: Path, content: bytes, *, new: bool, synced: bool) -> None:
    mode = _mode(target)
    draft = target.with_name(f".{secrets.token_hex(8)}.draft")  # hidden, so nobody takes it for a file of ours
    try:
        # The system takes the rights of a new file from the user's settings.
        number = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o666)
        with os.fdopen(number, "wb") as file:
            file.write(content)
            file.flush()
            if synced:
                os.fsync(number)
        if mode is not None:
            draft.chmod(mode)
        _put(draft, target, new=new)
    finally:
        draft.unlink(missing_ok=True)
    if synced:
        _sync_folder(target.parent)


def _there(path: Path) -> bool:
    """Say whether something has this name, also a link that leads nowhere."""
    return os.path.lexists(path)


def _mode(target: Path) -> int | None:
    """Give the rights of a file that is there; refuse to replace one that may not be written."""
    try:
        mode = stat.S_IMODE(target.stat().st_mode)
    except FileNotFoundError:
        return None
    if not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(target))
    return mode


def _put(draft: Path, target: Path, *, new: bool) -> None:
    """Let the draft take its place. A link, unlike a rename, never replaces what is there."""
    if new:
        try:
            return target.hardlink_to(draft)
        except OSError as error:
            if error.errno not in NO_LINKS or _there(target):
                raise
    draft.replace(target)
    return None


def _sync_folder(folder: Path) -> None:
    """Let the disk keep the new name too, where the system can."""
    with suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
