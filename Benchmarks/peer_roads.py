"""The peers of the roads benchmark: SciPy's csgraph, and pandana where asked for and installed, on the graph and the questions
that RoadsBenchmark left in a folder.

usage: peer_roads.py FOLDER MODE [SAMPLE [pandana]]

Prints CPU seconds (user and system, all threads), and compares every answer with ours: SciPy's must agree to the
millisecond, or the exit status is 1. Bounded searches are run for SAMPLE points (default 40) and scaled.
"""

import pathlib
import resource
import sys

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

UNREACHED = 0xFFFFFFFF
folder, mode = pathlib.Path(sys.argv[1]), sys.argv[2]
sample = int(sys.argv[3]) if len(sys.argv) > 3 else 40


def read(name):
    return np.fromfile(folder / f"{mode}.{name}.u32", dtype="<u4").astype(np.int64)


def cpu():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def agree(what, theirs, ours):
    """Times in milliseconds; infinity is out of reach."""
    ours = np.where(ours == UNREACHED, np.inf, ours)
    theirs = np.asarray(theirs, dtype=float)
    with np.errstate(invalid="ignore"):
        wrong = int(((theirs != ours) & ~(np.isinf(theirs) & np.isinf(ours))).sum())
    print(f"  {what}: {ours.size - wrong} of {ours.size} agree to the millisecond")
    if wrong:
        sys.exit(1)


start, heads, times = read("start"), read("heads"), read("times")
nodes = len(start) - 1
tails = np.repeat(np.arange(nodes), np.diff(start))
# SciPy adds parallel arcs up, and takes a time of zero for no arc: the fastest is kept, a millionth of a millisecond stands for
# zero, and sums are rounded.
order = np.lexsort((times, heads, tails))
first = np.ones(len(order), dtype=bool)
first[1:] = (np.diff(tails[order]) != 0) | (np.diff(heads[order]) != 0)
keep = order[first]
weights = np.maximum(times[keep].astype(float), 1e-6)
begin = cpu()
reverse = csr_matrix((weights, (heads[keep], tails[keep])), shape=(nodes, nodes))
print(f"SciPy, {mode}: matrix {cpu() - begin:.3f} s")

begin = cpu()
near = dijkstra(reverse, indices=np.unique(read("near.points")), min_only=True)
seconds = cpu() - begin
print(f"SciPy, {mode}: nearest of 1,000 points for every node {seconds * 1000:.1f} ms")
agree("nearest", np.rint(near), read("near"))

points, sizes = read("areas.points"), read("areas.sizes")
begin = cpu()
counts = [int(np.isfinite(dijkstra(reverse, indices=int(p), limit=600_000.4)).sum()) for p in points[:sample]]
seconds = (cpu() - begin) * len(points) / sample
print(f"SciPy, {mode}: ten-minute areas of {len(points)} points {seconds * 1000:.1f} ms (scaled from {sample})")
agree("areas", counts, sizes[:sample])

villages = read("villages")
table = read("table").reshape(len(points), len(villages))
rows = min(sample, 10)
begin = cpu()
found = dijkstra(reverse, indices=points[:rows], limit=3_600_000.4)[:, villages]
seconds = (cpu() - begin) * len(points) / rows
print(f"SciPy, {mode}: matrix within an hour {seconds * 1000:.1f} ms (scaled from {rows} rows)")
agree("matrix", np.rint(found), table[:rows])

if "pandana" not in sys.argv:
    sys.exit(0)
try:
    import pandana
    import pandas
except ImportError:
    print("pandana is not installed: skipped")
    sys.exit(0)

latitudes = read("latitudes").astype(np.uint32).view(np.int32)[:nodes] * 1e-7
longitudes = read("longitudes").astype(np.uint32).view(np.int32)[:nodes] * 1e-7
if len(latitudes) < nodes:
    print("pandana: skipped, the graph has copies of junctions")
    sys.exit(0)
begin = cpu()
network = pandana.Network(
    pandas.Series(longitudes), pandas.Series(latitudes), pandas.Series(tails[keep]), pandas.Series(heads[keep]),
    pandas.DataFrame({"time": weights / 1000}), twoway=False)
print(f"pandana, {mode}: contraction {cpu() - begin:.3f} s")
places = np.unique(read("near.points"))
network.set_pois("points", 1e5, 1, pandas.Series(longitudes[places]), pandas.Series(latitudes[places]))
begin = cpu()
network.nearest_pois(1e5, "points", num_pois=1, imp_name="time")
print(f"pandana, {mode}: nearest of 1,000 points for every node {(cpu() - begin) * 1000:.1f} ms")
