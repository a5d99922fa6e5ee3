"""Publishes two hundred times from eight processes into one site, and counts what is lost.

`python -m tests.commands.concurrent_publications` uses a folder, `--s3` the emulator;
`--processes 50 --publications 100` is fifty repositories, each of which publishes twice. One in
`--kill-every` publications is killed at a random moment and made again. Exits with 1 if anything is
lost; docs/reliability.md has figures.
"""

import argparse
import os
import platform
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import boto3

from tests.helpers.publishing.checkouts import record_at
from tests.helpers.publishing.concurrent import Site, checkouts, losses, publish_all
from tests.helpers.servers.listening import free_port
from tests.helpers.servers.ministack import emulator


@contextmanager
def _site(folder: Path, on_s3: bool) -> Iterator[Site]:
    if not on_s3:
        yield Site(str(folder / "www"))
        return
    with emulator(folder / "ministack.log", free_port()) as address:
        os.environ.pop("AWS_CA_BUNDLE", None)
        os.environ |= {
            "AWS_ENDPOINT_URL": address,
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
        }
        for bucket in ("site", "contracts"):
            boto3.client("s3").create_bucket(Bucket=bucket)
        yield Site("s3://site", "s3://contracts")


def main() -> int:
    """Publishes, counts, and returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--processes", type=int, default=8)
    parser.add_argument("--publications", type=int, default=200)
    parser.add_argument("--kill-every", type=int, default=0, metavar="N")
    parser.add_argument("--s3", action="store_true")
    options = parser.parse_args()
    times = options.publications // options.processes
    with (
        tempfile.TemporaryDirectory() as name,
        _site(Path(name), options.s3) as site,
    ):
        made = checkouts(Path(name), options.processes, times)
        start = time.monotonic()
        killed = publish_all(site, made, options.kill_every)
        seconds = time.monotonic() - start
        found = losses(site, made)
        number = record_at(site.target()).number
    print(
        f"{times * options.processes} publications of {options.processes} processes into "
        f"{'S3' if options.s3 else 'a folder'}, {killed} more killed, in {seconds:.0f} s on "
        f"{os.cpu_count()} processors, Python {platform.python_version()}; the record counts "
        f"{number}; lost: {len(found)}"
    )
    for each in found:
        print(f"  {each}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
