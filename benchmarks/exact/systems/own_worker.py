"""Runs texts in one `twofold.Session`: a JSON string on each line of the input, a JSON object on each line of the output."""

import json
import sys
import time

import twofold

READY = 6.0
"""Seconds in which a worker gets ready after its first answer, as it does while a person types."""


def main() -> None:
    with twofold.Session(time=float(sys.argv[1])) as session:
        session.run("integrate(x, x)")
        time.sleep(READY)
        for line in sys.stdin:
            session.reset()  # Names of one task do not live on in the next.
            began = time.perf_counter()
            result = session.run(json.loads(line))[-1]
            seconds = time.perf_counter() - began
            row = {k: getattr(result, k) for k in ("exact", "status", "error", "check", "notes", "conditions")}
            print(json.dumps({**row, "seconds": seconds}), "<END>", flush=True)


main()
