"""Judges GeoJSON files with geojson-pydantic, and by the rules of RFC 7946 that it leaves out.

usage: validate_geojson.py FILE...
"""

import json
import sys

from geojson_pydantic import FeatureCollection


def signed_area(ring):
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:]))


def check(path):
    text = open(path, encoding="utf-8").read()
    document = json.loads(text, parse_constant=lambda name: sys.exit(f"{path}: {name} is not JSON"))
    FeatureCollection.model_validate(document)
    assert "crs" not in document, f"{path}: a crs member"
    west, south, east, north = document["bbox"] if document["features"] else (0, 0, 0, 0)
    for feature in document["features"]:
        geometry = feature["geometry"]
        if geometry["type"] == "Point":
            positions = [geometry["coordinates"]]
        else:
            polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
            for polygon in polygons:
                for number, ring in enumerate(polygon):
                    assert (signed_area(ring) > 0) == (number == 0), f"{path}: a ring winds the wrong way"
            positions = [position for polygon in polygons for ring in polygon for position in ring]
        for x, y in positions:
            assert west <= x <= east and south <= y <= north, f"{path}: {x}, {y} outside the bbox"
            for value in (x, y):
                assert len(repr(value).partition(".")[2]) <= 7, f"{path}: {value} has more than 7 decimals"
    print(f"{path.rsplit('/', 1)[-1]}: {len(document['features'])} features, valid")


for path in sys.argv[1:]:
    check(path)
