"""Runs scenarios through a tallyd of its own, over gRPC.

    conform_server_test.py TALLYD TALLY SCENARIO…
"""

import subprocess
import sys


def main():
    tallyd, tally, *scenarios = sys.argv[1:]
    server = subprocess.Popen(
        [tallyd, "--test-mode", "--listen", "127.0.0.1:0"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        # "listening on" and the address.
        address = server.stdout.readline().split()[-1]
        return subprocess.run(
            [tally, "conform", "--server", address, *scenarios]).returncode
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    sys.exit(main())
