#!/usr/bin/env python3
"""Holds what SitingBenchmark printed against the targets, and beside the peers of the same run.

usage: siting_targets.py OURS.txt [PEERS.jsonl]
"""
import json
import os
import re
import sys


def read(path):
    runs = {}
    with open(path, encoding="utf-8") as file:
        for line in file:
            name, _, rest = line.partition(":")
            numbers = {key: float(value) for key, value in re.findall(r"\b(solve|whole|value|bound|gap) ([\d.]+)", rest)}
            memory = re.search(r"([\d.]+) MB", rest)
            numbers["memory"] = float(memory[1]) if memory else 0
            numbers["isProven"] = "proven" in rest.split(" of ")[0] and "bound" not in rest.split("value")[-1].replace(
                f"bound {numbers.get('value', 0):.0f}", "")
            numbers["line"] = line.strip()
            runs[name] = numbers
    return runs


def main():
    runs = read(sys.argv[1])
    peers = {}
    if len(sys.argv) > 2 and os.path.exists(sys.argv[2]):
        with open(sys.argv[2], encoding="utf-8") as file:
            peers = {row["tag"]: row for row in map(json.loads, file)}

    def say(what, isMet, figure):
        print(f"{'met   ' if isMet else 'MISSED'} {what}: {figure}")

    def one(name, what, test, figure):
        run = runs.get(name)
        if run:
            say(what, test(run), figure(run))

    def solve(run):
        return f"{run['solve']:.3f} s, {run['memory']:.0f} MB, value {run['value']:.0f}" + (" proven" if run["isProven"] else f", gap {run.get('gap', 0)} %")

    for tag, name, factor in [("uni-1k", "uni-1k p=7", 10), ("vil-1k", "vil-1k p=7", 10), ("vil-10k", "vil-10k p=33", 10), ("all-vil", "all-vil everyone", 1)]:
        run, peer = runs.get(name), peers.get(tag)
        if not run:
            continue
        say(f"{name} is proven", run["isProven"], solve(run))
        if peer:
            cpu, memory = peer["cpu_s"] / run["whole"], peer["peak_mb"] / run["memory"]
            result = peer.get("res", {})
            say(
                f"{name}, files to answer: 100 times less CPU than {result.get('peer', 'the peer')}" + (", 10 times less memory" if factor > 1 else ""),
                cpu >= 100 and memory >= factor,
                f"{run['whole']:.3f} s beside {peer['cpu_s']:.1f} s: {cpu:.0f} times; {run['memory']:.0f} MB beside {peer['peak_mb']} MB: "
                f"{memory:.1f} times; its value {result.get('obj')}")
    one("vil-100k p=67", "100,000 x 1,000 proven in 5 s", lambda r: r["isProven"] and r["solve"] < 5, solve)
    one("uni-10k p=33", "uniform 10,000 x 500: 458,806, gap 1.2 % in 15 s", lambda r: r["value"] >= 458_806 and r.get("gap", 0) <= 1.2 and r["solve"] < 15.2, solve)
    one("vil-1m p=667", "1,000,000 x 10,000: gap 0.5 % in 120 s and 2 GB", lambda r: r.get("gap", 0) <= 0.5 and r["solve"] <= 120 and r["memory"] < 2_000, solve)
    one("all-uni everyone", "uniform 10,000 x 1,000: at most 100 sites", lambda r: r["value"] <= 100, lambda r: r["line"])
    for places, limit in [(10_000, 1), (100_000, 1), (1_000_000, 5)]:
        family = [r for name, r in runs.items() if name.startswith(f"cordeau-{places}-")]
        if family:
            worst = max(r["solve"] for r in family)
            say(
                f"Cordeau-Furini-Ljubić at {places:,}: proven, each under {limit} s", worst < limit and all(r["isProven"] for r in family),
                f"{sum(r['isProven'] for r in family)} of {len(family)} proven, longest {worst:.3f} s, together {sum(r['solve'] for r in family):.1f} s")
    known = [r for name, r in runs.items() if name.startswith("francisco")]
    small = [r for name, r in runs.items() if re.match(r"pmed(1|2|3|4|5|6|11|16) .*median", name)]
    for what, family in [("San Francisco", known), ("verified medians of OR-Library", small)]:
        if family:
            say(
                f"{what}: as known, each under 20 ms", all("as known" in r["line"] and r["solve"] < 0.02 for r in family),
                f"{sum('as known' in r['line'] for r in family)} of {len(family)}, longest {1_000 * max(r['solve'] for r in family):.1f} ms")
    for kind, limit in [("median", 60), ("center", None)]:
        family = [r for name, r in runs.items() if re.match(rf"pmed\d+ .*{kind}", name)]
        if family:
            total = sum(r["solve"] for r in family)
            isKnown = kind == "center" or all("as known" in r["line"] for r in family)
            say(
                f"OR-Library, p-{kind}: all proven" + (f", together under {limit} s" if limit else ""),
                all(r["isProven"] for r in family) and isKnown and (limit is None or total < limit),
                f"{sum(r['isProven'] for r in family)} of {len(family)} proven, together {total:.2f} s")
    judged = {name.removeprefix("judge of "): r for name, r in runs.items() if name.startswith("judge of ")}
    family = {name: r for name, r in runs.items() if name.startswith("cap-")}
    if family:
        # No plan costs less than any bound says, so whoever is near the greatest is as near the optimum; divided customers cost no more
        # than whole ones of the same instance.
        def greatest(name):
            same = (name, name.replace(".txt", "-split.txt"))
            return max([family[name]["bound"]] + [judged[n]["bound"] for n in same if n in judged])

        gaps = {name: r["value"] / greatest(name) - 1 for name, r in family.items()}
        alone = {name: family[name]["value"] / r["bound"] - 1 for name, r in judged.items()}
        worst = max(gaps, key=gaps.get)
        say(
            "capacities, 200 x 50: within 1 % of the optimum, by proven lower bounds", gaps[worst] <= 0.01,
            f"{len(family)} instances, at most {100 * gaps[worst]:.2f} % above the better of HiGHS's bound and our own ({worst}); "
            f"above HiGHS's alone, {len(alone)} instances: "
            + ", ".join(f"{name.removeprefix('cap-').removesuffix('.txt')} {100 * gap:.2f} %" for name, gap in alone.items())
            + f"; better than HiGHS's plan in {sum(0 < family[n]['value'] < r['value'] or r['value'] == 0 for n, r in judged.items())}, "
            f"the same in {sum(family[n]['value'] == r['value'] for n, r in judged.items())}; longest {max(r['solve'] for r in family.values()):.1f} s")
    family = [r for name, r in runs.items() if re.match(r"graph-\d+-\d+ .*median", name)]
    if family:
        print(f"       graphs of 500 to 900 nodes: {sum(r['isProven'] for r in family)} of {len(family)} proven, together {sum(r['solve'] for r in family):.1f} s")


main()
