"""Writes a synthetic nation: 660,000 places and 1,000,000 points clustered over China's extent, as import files.

usage: make_nation.py FOLDER
"""

import random
import sys

folder = sys.argv[1]
rng = random.Random(2015)
towns = [(rng.uniform(80, 125), rng.uniform(20, 48), rng.uniform(0.01, 0.1)) for _ in range(4000)]


def position():
    if rng.random() < 0.15:
        return rng.uniform(80, 125), rng.uniform(20, 48)
    x, y, spread = rng.choice(towns)
    return rng.gauss(x, spread), rng.gauss(y, spread)


def write(name, header, rows):
    with open(f"{folder}/{name}", "w", encoding="utf-8") as file:
        file.write(header + "\n")
        for row in rows:
            file.write(",".join(map(str, row)) + "\n")


def place(i):
    x, y = position()
    setting, terrain = ("town", "village", "village")[i % 3], ("plain", "hill", "mountain")[i % 3]
    return (f"v{i:07d}", f"村庄第{i}号", setting, f"{x:.6f}", f"{y:.6f}", rng.randint(20, 900), f"乡镇{i // 300}",
            f"村{i // 2}", 410000000000 + i // 2, terrain, f"0.{i % 10}", "0.2")


def point(i):
    x, y = position()
    kind, hours = ("shop", "bank", "village_committee")[i % 3], ("24/7", "Mo-Fr 08:30-17:30", "")[i % 3]
    return (f"p{i:07d}", f"网点第{i}号", kind, f"{x:.6f}", f"{y:.6f}", f"运营方{i % 50}", "cash;qr", hours, 1,
            f"v{rng.randrange(660_000):07d}" if i % 2 else "")


PLACES = ("place_id,name,setting,longitude,latitude,customers,township,village,village_code,terrain,"
          "fee_control_share,elderly_share")
write("places.csv", PLACES, map(place, range(660_000)))
write("million.csv", PLACES, map(place, range(1_000_000)))
write("points.csv", "point_id,name,kind,longitude,latitude,operator,methods,hours,counters,place_id",
      map(point, range(1_000_000)))
