"""Lets `python -m haven.jobs.cli` be the command line."""

from haven.jobs.cli import main

main()
