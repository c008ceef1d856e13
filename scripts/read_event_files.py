"""Give the lines of raw event files that Spark's own reader would not read rightly.

For use by Spark's workers (TRANSFORM). Reads lines of JSON, one per file, with the key
path (a local path or file: address) and, for a file that lies elsewhere, content (its
bytes in Base64). Writes lines of JSON: of a file that can be read where it lies one
with its path alone; of any other one per line or element of it, with number, reason and
detail (why it is no event; null where it may be one) and text.

Examples:
    echo '{"path": "file:/data/torn.jsonl.gz"}' | python scripts/read_event_files.py
    echo '{"path": "s3a://x/a", "content": "e30K"}' | python scripts/read_event_files.py
"""

from __future__ import annotations

import base64
import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mend_event_files import SEPARATOR, is_readable_in_place, mend


def lines_of(path: str, content: str | None) -> Iterator[dict[str, Any]]:
    """Yield what is to be written of one file."""
    with tempfile.TemporaryDirectory(prefix="throughline-") as folder:
        name = path.removeprefix("file:").replace("//", "/")
        if content:
            name = str(Path(folder, Path(path).name))
            Path(name).write_bytes(base64.b64decode(content))
        # Hadoop's reader of zst needs a native library that pyspark does not bring.
        if not name.endswith(".zst") and is_readable_in_place(name):
            yield {"path": path}
            return
        mended, spooled = Path(folder, "mended"), Path(folder, "spooled")
        mend(name, str(mended), str(spooled))
        with mended.open(encoding="utf-8", newline="\n") as lines:
            for number, text in enumerate(lines, start=1):
                if text := text.strip():
                    yield {"path": path, "number": number, "text": text}
        with spooled.open(encoding="utf-8", newline="\n") as lines:
            for line in lines:
                number, reason, detail, text = line[:-1].split(SEPARATOR, 3)
                yield {
                    "path": path,
                    "number": int(number),
                    "reason": reason or None,
                    "detail": detail or None,
                    "text": text,
                }


def main() -> None:
    for request in map(json.loads, sys.stdin):
        for line in lines_of(request["path"], request.get("content")):
            print(json.dumps(line))


if __name__ == "__main__":
    main()
