"""Check with sqlfluff how SQL files are written.

sqlfluff passes over a model whose statement has more tokens than its parser's default
limit, which dbt itself lifts; here it is lifted too, so that none is passed over.

Examples:
    python scripts/check_sql.py models tests analyses
"""

from __future__ import annotations

import sys

import sqlparse.engine.grouping
from sqlfluff.cli.commands import cli


def main() -> None:
    if len(sys.argv) < 2 or sys.argv[1] in ("-h", "--help"):
        raise SystemExit(__doc__)
    sqlparse.engine.grouping.MAX_GROUPING_TOKENS = None
    cli(["lint", "--processes", "2", "--disable-progress-bar", *sys.argv[1:]])


if __name__ == "__main__":
    main()
