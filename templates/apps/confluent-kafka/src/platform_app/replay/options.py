"""The command line of the replay."""

import argparse
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Options:
    limit: int | None
    dry_run: bool


def parse(arguments: list[str] | None = None) -> Options:
    parser = argparse.ArgumentParser(
        prog="replay", description="Sends dead letters to their topic again."
    )
    parser.add_argument("--limit", type=_at_least_1, help="send at most so many")
    parser.add_argument("--dry-run", action="store_true", help="write and commit nothing")
    parsed = parser.parse_args(arguments)
    return Options(parsed.limit, parsed.dry_run)


def _at_least_1(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number
