"""`python -m brochure`: the command line."""

from __future__ import annotations

from brochure.cli import main

if __name__ == "__main__":
    main()
