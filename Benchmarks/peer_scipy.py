"""The peer of the grid benchmark: SciPy's cKDTree over unit vectors, on the same two files.

usage: peer_scipy.py PLACES POINTS [RADIUS_METERS ...]

Prints CPU seconds (user and system, all threads) from coordinates to answers, the sum of the nearest points' row
numbers, and the pairs within each radius, so that the answers can be compared.
"""

import csv
import resource
import sys

import numpy as np
from scipy.spatial import cKDTree

EARTH_RADIUS = 6_371_008.8


def cpu():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def read(path):
    with open(path, newline="", encoding="utf-8") as file:
        return np.array([(float(row["longitude"]), float(row["latitude"])) for row in csv.DictReader(file)])


def vectors(positions):
    x, y = np.radians(positions[:, 0]), np.radians(positions[:, 1])
    return np.stack([np.cos(y) * np.cos(x), np.cos(y) * np.sin(x), np.sin(y)], axis=1)


places, points = read(sys.argv[1]), read(sys.argv[2])
start = cpu()
place_vectors, point_vectors = vectors(places), vectors(points)
tree = cKDTree(point_vectors)
_, rows = tree.query(place_vectors, workers=2)
print(f"nearest {cpu() - start:.3f} rows {int(rows.sum())}")
for radius in map(float, sys.argv[3:]):
    start = cpu()
    chord = 2 * np.sin(radius / EARTH_RADIUS / 2)
    counts = tree.query_ball_point(place_vectors, chord, workers=2, return_length=True)
    print(f"within {radius:.0f} {cpu() - start:.3f} pairs {int(counts.sum())}")
