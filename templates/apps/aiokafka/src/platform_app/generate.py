"""python -m platform_app.generate: sample events, printed or posted to the producer."""

import argparse
import signal
import sys
from collections.abc import Iterator
from itertools import islice
from math import inf
from urllib.parse import urlsplit

from platform_app.codec import encode
from platform_app.domain import domain
from platform_app.event import AnyDomain
from platform_app.posting import Posting
from platform_app.sampling import Source, with_duplicates


def main(arguments: list[str] | None = None) -> int:
    options = _options(arguments)
    events = with_duplicates(
        islice(samples(domain, options.seed), options.count),
        options.count,
        options.duplicates,
        options.seed,
    )
    if options.print:
        if hasattr(signal, "SIGPIPE"):
            # `... | head` ends us, without a traceback. Windows has no such signal.
            signal.signal(signal.SIGPIPE, signal.SIG_DFL)
        for _, event in events:
            sys.stdout.write(event.decode() + "\n")
        return 0
    outcome = Posting(options.url, options.rate).post_all(events)
    print(f"{outcome.accepted} of {outcome.sent} events accepted", file=sys.stderr)
    for reason, count in outcome.refused.most_common():
        print(f"{count} not accepted: {reason}", file=sys.stderr)
    return 0 if outcome.accepted == outcome.sent else 1


def samples(domain: AnyDomain, seed: int) -> Iterator[tuple[str, bytes]]:
    """Key and JSON of each event, without an end."""
    for event in domain.samples(Source(seed)):
        yield domain.key(event), encode(event)


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="generate", description=__doc__)
    parser.add_argument("--count", type=_at_least_0, default=100, help="how many events")
    parser.add_argument("--seed", type=int, default=1, help="same seed, same events")
    parser.add_argument(
        "--duplicates", type=_percent, default=0, help="so many percent come a second time, later"
    )
    parser.add_argument("--rate", type=_rate, default=0, help="events a second; 0: no limit")
    parser.add_argument(
        "--url", type=_http, default="http://127.0.0.1:8080", help="where the producer is"
    )
    parser.add_argument("--print", action="store_true", help="print, one event a line")
    return parser.parse_args(arguments)


def _at_least_0(text: str) -> int:
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError("must not be negative")
    return number


def _rate(text: str) -> float:
    number = float(text)
    if not 0 <= number < inf:
        raise argparse.ArgumentTypeError("must not be negative")
    return number


def _http(text: str) -> str:
    parts = urlsplit(text)
    # Reading the port checks it.
    if parts.scheme != "http" or not parts.hostname or parts.port == 0:
        raise argparse.ArgumentTypeError("must be http://host:port")
    return text


def _percent(text: str) -> float:
    number = float(text)
    if not 0 <= number <= 100:
        raise argparse.ArgumentTypeError("must be between 0 and 100")
    return number


if __name__ == "__main__":
    sys.exit(main())
