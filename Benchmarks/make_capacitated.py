#!/usr/bin/env python3
"""Seeded instances of sites with limited capacity, and what HiGHS (scipy.optimize.milp) makes of them.

usage: make_capacitated.py make FILE KIND CUSTOMERS SITES RATIO SEED [split]
       make_capacitated.py judge FILE [SECONDS]

KIND `fixed`, after Cornuejols, Sridharan and Thizy 1991 ("A comparison of heuristics and relaxations for the capacitated plant location
problem", EJOR 50): customers and sites anywhere in the unit square, demands 5...35, capacities 10...160 scaled so that all together are
RATIO times all demand, opening costs U(0, 90) + U(100, 110) * sqrt(capacity), a unit's way 10 times its length; all costs times 100,
to the nearest whole number. KIND `median`, after Osman and Christofides 1994 ("Capacitated clustering problems by hybrid simulated
annealing and tabu search"): demands 1...20, no opening costs, and a quarter of the sites, whose capacities, all alike, are together
RATIO times all demand. Random numbers by numpy's PCG64.

The file: customers, sites, 1 where split, how many sites at most; demands; what a unit costs that finds no place; capacity, cost and
price of each site; and a row of unit costs for each customer.
"""
import math
import os
import sys
import time

import numpy as np


def make(path, kind, customers, sites, ratio, seed, split):
    rng = np.random.Generator(np.random.PCG64(seed))
    places, spots = rng.random((customers, 2)), rng.random((sites, 2))
    distance = np.sqrt(((places[:, None, :] - spots[None, :, :]) ** 2).sum(axis=2))
    unit = np.rint(1000 * distance).astype(int)
    if kind == "fixed":
        demand = rng.integers(5, 36, customers)
        raw = rng.uniform(10, 160, sites)
        capacity = np.maximum(36, np.rint(raw * ratio * demand.sum() / raw.sum())).astype(int)
        opening = np.rint(100 * (rng.uniform(0, 90, sites) + rng.uniform(100, 110, sites) * np.sqrt(capacity))).astype(int)
        price, limit = np.zeros(sites, int), sites
    else:
        demand = rng.integers(1, 21, customers)
        limit = sites // 4
        capacity = np.full(sites, int(np.ceil(ratio * demand.sum() / limit)))
        opening, price = np.zeros(sites, int), np.ones(sites, int)
    with open(path, "w") as file:
        print(customers, sites, int(split), limit, file=file)
        print(*demand, file=file)
        print(*[10 * int(unit.max())] * customers, file=file)
        for row in zip(capacity, opening, price):
            print(*row, file=file)
        for row in unit:
            print(*row, file=file)


def judge(path, seconds):
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import lil_matrix

    numbers = list(map(int, open(path).read().split()))
    n, m, split, limit = numbers[:4]
    demand, base = np.array(numbers[4:4 + n]), np.array(numbers[4 + n:4 + 2 * n])
    sizes = np.array(numbers[4 + 2 * n:4 + 2 * n + 3 * m]).reshape(m, 3)
    unit = np.array(numbers[4 + 2 * n + 3 * m:]).reshape(n, m)
    # x of customer i at site j: i * m + j; no place: n * m + i; sites open: n * m + n + j.
    size = n * m + n + m
    cost = np.concatenate([(unit * demand[:, None]).ravel(), base * demand, sizes[:, 1]]).astype(float)
    once, fits, opens = lil_matrix((n, size)), lil_matrix((m, size)), lil_matrix((n * m, size))
    for i in range(n):
        once[i, i * m:(i + 1) * m] = 1
        once[i, n * m + i] = 1
        for j in range(m):
            fits[j, i * m + j] = demand[i]
            opens[i * m + j, i * m + j] = 1
            opens[i * m + j, n * m + n + j] = -1
    most = lil_matrix((1, size))
    for j in range(m):
        fits[j, n * m + n + j] = -sizes[j, 0]
        most[0, n * m + n + j] = sizes[j, 2]
    whole = np.concatenate([np.full(n * m + n, 0 if split else 1), np.ones(m)])
    start = time.process_time()
    answer = milp(
        cost, integrality=whole, bounds=Bounds(0, 1), options={"time_limit": seconds, "mip_rel_gap": 1e-6},
        constraints=[LinearConstraint(once.tocsr(), 1, 1), LinearConstraint(fits.tocsr(), -np.inf, 0),
                     LinearConstraint(opens.tocsr(), -np.inf, 0), LinearConstraint(most.tocsr(), -np.inf, limit)])
    # Costs are whole, so a bound may be rounded up; a value may be off by what HiGHS tolerates.
    value = 0 if answer.fun is None else round(answer.fun)
    bound = math.ceil(answer.mip_dual_bound * (1 - 1e-9))
    print(f"judge of {os.path.basename(path)}: HiGHS value {value}, bound {bound}, {time.process_time() - start:.1f} s")


def main():
    if sys.argv[1] == "make":
        path, kind, customers, sites, ratio, seed = sys.argv[2:8]
        make(path, kind, int(customers), int(sites), float(ratio), int(seed), "split" in sys.argv[8:])
    else:
        judge(sys.argv[2], float(sys.argv[3]) if len(sys.argv) > 3 else 120)


main()
