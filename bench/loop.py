"""A fixed workload that is independent of the program: a reference for the other figures."""

from __future__ import annotations

import hashlib

ROUNDS = 400_000
MEGABYTES = 64


def run_workload() -> str:
    """Do arithmetic and dictionary updates in plain Python, then hash 64 MB; return the digest."""
    sums: dict[int, float] = {}
    value = 1.0
    for index in range(ROUNDS):
        value = value * 1.0000001 + index % 7
        sums[index % 997] = sums.get(index % 991, 0.0) + value
    digest = hashlib.sha256(repr(sum(sums.values())).encode())
    block = bytes(1024 * 1024)
    for _ in range(MEGABYTES):
        digest.update(block)
    return digest.hexdigest()


if __name__ == "__main__":
    run_workload()
