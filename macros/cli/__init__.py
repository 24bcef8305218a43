"""The command line, `python -m macros`: one module a command.

Comes in: arguments, the environment and the clock. Goes out: text, files and an exit status.
"""
