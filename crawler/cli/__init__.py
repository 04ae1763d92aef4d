"""The command line: one verb per command. Errors leave with their exit code and one plain message."""

from crawler.cli.main import main as main
