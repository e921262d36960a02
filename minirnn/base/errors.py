"""The two kinds of error that a user can mend.

The command line prints their one sentence without a traceback and ends with `exit_code`.
"""


class UserError(ValueError):
    """Something failed that the reader can act on: a full disk, a broken file, a lost connection."""

    exit_code = 1


class UsageError(UserError):
    """What was asked for cannot be done as asked: an unknown name, a missing path, a bad number."""

    exit_code = 2
