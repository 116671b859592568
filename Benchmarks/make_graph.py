#!/usr/bin/env python3
"""A seeded graph in OR-Library's p-median format (n m p, then edges): make_graph.py FILE NODES P

As Beasley 1985 describes his: a tree that connects all, then edges at random up to n * n / 50, lengths 1 to 100.
"""
import random
import sys


def main():
    file, n, p = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    dice = random.Random(n * 1_000 + p)
    edges = {}
    for node in range(2, n + 1):
        edges[dice.randint(1, node - 1), node] = dice.randint(1, 100)
    while len(edges) < n * n // 50:
        a, b = sorted(dice.sample(range(1, n + 1), 2))
        edges.setdefault((a, b), dice.randint(1, 100))
    with open(file, "w") as out:
        out.write(f"{n} {len(edges)} {p}\n")
        out.writelines(f"{a} {b} {length}\n" for (a, b), length in edges.items())


main()
