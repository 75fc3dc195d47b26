"""A fixed piece of work that has nothing to do with brochures, to read the other figures against."""

from __future__ import annotations

import hashlib

ROUNDS = 400_000
MEGABYTES = 64


def work() -> str:
    """Arithmetic and a dictionary in plain Python, then hashing: about what a build is made of."""
    seen: dict[int, float] = {}
    value = 1.0
    for at in range(ROUNDS):
        value = value * 1.0000001 + at % 7
        seen[at % 997] = seen.get(at % 991, 0.0) + value
    digest = hashlib.sha256(repr(sum(seen.values())).encode())
    block = bytes(1024 * 1024)
    for _ in range(MEGABYTES):
        digest.update(block)
    return digest.hexdigest()


if __name__ == "__main__":
    work()
