"""What the ledger is meant to reach, held to what was measured."""

import dataclasses
import statistics


@dataclasses.dataclass(frozen=True)
class Target:
    what: str
    measured: str
    reached: bool

    def row(self):
        return (self.what, self.measured,
                "reached" if self.reached else "**not reached**")


STREAM = "Tallystick: streams of 8,000, 2 callers"
SINGLE = "Tallystick: one a call, 64 callers"
HUNDREDS = "Tallystick: 100 a call, 4 callers"
THOUSANDS = "Tallystick: 1,000 a call, 2 callers"
EIGHT_THOUSAND = "Tallystick: 8,000 a call, 2 callers"
MILLION = "Tallystick: streams of 8,000, 1,000,000 accounts"
ONE_BY_ONE = [f"PostgreSQL: one by one, {n} clients" for n in (8, 16, 32)]
SET = "PostgreSQL: set of 8,000, 2 clients"

# What TigerBeetle 0.17.9 did on two cores such as these, in events a second;
# measured before, not in this run. Be at least twice as fast.
TIGERBEETLE = [
    ("one a request, 1 client", 2_800, "Tallystick: one a call, 1 caller"),
    ("one a request, 16 clients", 2_800, "Tallystick: one a call, 16 callers"),
    ("100 a request", 98_000, HUNDREDS),
    ("1,000 a request", 284_000, THOUSANDS),
    ("8,189 a request", 359_000, STREAM),
    ("8,189 a request, random ids", 169_000, STREAM),
    ("8,189 a request, 10^6 accounts", 208_000, MILLION),
]


def targets(rounds, half_load, sustained):
    """`rounds` is a list of results by way; `half_load` a list of results."""
    found = []
    if rounds and SET in rounds[0] and STREAM in rounds[0]:
        found += _against_postgres(rounds)
    for what, way, least in (
            ("streams of 8,000: 1,000,000 events/s, client included", STREAM,
             1_000_000),
            ("100 a call, 4 callers: 250,000 events/s", HUNDREDS, 250_000),
            ("one a call, 64 callers: 25,000 events/s", SINGLE, 25_000)):
        rate = _median(rounds, way)
        if rate:
            found.append(Target(what, f"{rate:,.0f}/s", rate >= least))
    for what, rate, way in TIGERBEETLE:
        ours = _median(rounds, way)
        if ours:
            found.append(Target(
                f"twice TigerBeetle's {rate:,}/s: {what}",
                f"{ours:,.0f}/s, {ours / rate:.2f}×", ours >= 2 * rate))
    found += _latencies(rounds, half_load)
    found += _disk(sustained or (rounds[-1].get(STREAM) if rounds else None))
    if sustained:
        found.append(_sustained(sustained))
    return found


def _median(rounds, way):
    rates = [one[way]["events_per_second"] for one in rounds if way in one]
    return statistics.median(rates) if rates else 0


def _against_postgres(rounds):
    best = [max(one[way]["events_per_second"] for way in ONE_BY_ONE)
            for one in rounds]
    found = []
    for what, least, way, peers in (
            ("streams of 8,000: 60× PostgreSQL one by one", 60, STREAM, best),
            ("streams of 8,000: 10× PostgreSQL's set of 8,000", 10, STREAM,
             [one[SET]["events_per_second"] for one in rounds]),
            ("one a call, 64 callers: 2× PostgreSQL one by one", 2, SINGLE,
             best)):
        ratios = [one[way]["events_per_second"] / peer
                  for one, peer in zip(rounds, peers)]
        median = statistics.median(ratios)
        found.append(Target(
            what, f"{median:.1f}× ({min(ratios):.1f} to {max(ratios):.1f})",
            median >= least))
    return found


def _latencies(rounds, half_load):
    found = []
    for what, results, most in (
            ("one a call, half load: p99 ≤ 5 ms", half_load, 5),
            ("8,000 a call, full load: p99 ≤ 50 ms",
             [one[EIGHT_THOUSAND] for one in rounds if EIGHT_THOUSAND in one],
             50)):
        if results:
            p99 = statistics.median(one["p99_ns"] for one in results) / 1e6
            found.append(Target(what, f"{p99:.2f} ms", p99 <= most))
    return found


def _disk(result):
    if not result or "ledger_bytes" not in result:
        return []
    size = result["ledger_bytes"] / max(1, result["tree_size"])
    return [Target("≤ 400 bytes on disk an event, indexes included",
                   f"{size:.0f}", size <= 400)]


def _sustained(result):
    rates = result["interval_rates"]
    least = min(rates[1:] or rates)
    share = least / rates[0]
    return Target(
        f"{result['accepted']:,} events: each million at 80 % of the first's "
        "rate or more",
        f"{rates[0]:,}/s, least {least:,}/s, {100 * share:.0f} %", share >= 0.8)
