#!/usr/bin/env python3
"""Seeded instances of places and sites for SitingBenchmark: demand.csv (id,x,y,w), sites.csv (id,x,y), meta.json.

usage: make_siting.py FOLDER uni|vil PLACES SITES [everyone]

uni: both anywhere in a square of 100. vil: towns by Zipf's law, places around them and hamlets between, sites at places, heavy
tailed weights. The radius lets a place see 15 sites on average. With `everyone`, places that no site covers are moved to one.
The draws are in the order of the generator that the peers were measured with, so that the instances are the same (seed 7).
"""
import json
import math
import os
import sys

import numpy as np
from scipy.spatial import cKDTree

SIDE, COVER, SEED = 100.0, 15.0, 7


def uniform(rng, places, sites):
    spots = rng.random((places, 2)) * SIDE
    chosen = rng.random((sites, 2)) * SIDE
    return spots, rng.integers(1, 101, places), chosen


def villages(rng, places, sites):
    towns = max(20, int(round(math.sqrt(places))))
    centers = rng.random((towns, 2)) * SIDE
    size = 1.0 / np.arange(1, towns + 1) ** 0.9
    size /= size.sum()
    town = rng.choice(towns, places, p=size)
    spread = (0.4 + 2.2 * np.sqrt(size / size[0])) * SIDE / 100
    spots = centers[town] + rng.standard_normal((places, 2)) * spread[town][:, None]
    rural = rng.random(places) < 0.35
    spots[rural] = rng.random((rural.sum(), 2)) * SIDE
    spots = np.clip(spots, 0, SIDE)
    weights = np.maximum(1, np.minimum(5000, np.exp(rng.normal(3.6, 1.0, places)))).astype(int)
    pick = rng.choice(places, sites, replace=False)
    return spots, weights, np.clip(spots[pick] + rng.normal(0, 0.15 * SIDE / 100, (sites, 2)), 0, SIDE)


def main():
    folder, family, places, sites = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    rng = np.random.Generator(np.random.PCG64(SEED))
    spots, weights, chosen = (uniform if family == "uni" else villages)(rng, places, sites)
    radius = SIDE * math.sqrt(COVER / (math.pi * sites))
    if family == "vil":
        tree, sample = cKDTree(chosen), spots[rng.choice(places, min(places, 4000), replace=False)]
        low, high = radius / 8, radius * 4
        for _ in range(40):
            middle = (low + high) / 2
            if np.mean(tree.query_ball_point(sample, middle, return_length=True)) < COVER:
                low = middle
            else:
                high = middle
        radius = round(high, 4)
    spots, chosen, radius = np.round(spots, 6), np.round(chosen, 6), round(radius, 6)
    if "everyone" in sys.argv[5:]:
        distance, nearest = cKDTree(chosen).query(spots)
        far = distance > radius * 0.999
        step = (spots[far] - chosen[nearest[far]]) * (0.9 * radius / distance[far])[:, None]
        spots[far] = np.round(chosen[nearest[far]] + step, 6)
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "demand.csv"), "w") as file:
        file.write("id,x,y,w\n")
        file.writelines(f"{i},{x:.6f},{y:.6f},{w}\n" for i, ((x, y), w) in enumerate(zip(spots.tolist(), weights.tolist())))
    with open(os.path.join(folder, "sites.csv"), "w") as file:
        file.write("id,x,y\n")
        file.writelines(f"{i},{x:.6f},{y:.6f}\n" for i, (x, y) in enumerate(chosen.tolist()))
    count = max(1, round(sites / COVER))
    with open(os.path.join(folder, "meta.json"), "w") as file:
        json.dump({"family": family, "demand": places, "sites": sites, "radius": radius, "p": count, "seed": SEED}, file)


main()
