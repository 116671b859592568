"""Judges a KML or KMZ file in Chinese by the schema of OGC KML 2.2 (07-147r2), as fastkml carries it, and by what a globe shows of it.

usage: validate_kml.py FILE
"""

import pathlib
import re
import sys
import zipfile

import fastkml
import lxml.etree as tree

K = {"k": "http://www.opengis.net/kml/2.2"}


def text_of(mark, path):
    node = mark.find(path, K)
    return "" if node is None else node.text or ""


path = sys.argv[1]
archive = zipfile.ZipFile(path) if path.endswith(".kmz") else None
root = tree.fromstring(archive.read("doc.kml") if archive else pathlib.Path(path).read_bytes())
schema = tree.XMLSchema(tree.parse(str(pathlib.Path(fastkml.__file__).parent / "schema" / "ogckml22.xsd")))
schema.assertValid(root)

folders = {text_of(folder, "k:name"): folder for folder in root.iterfind(".//k:Folder", K)}
for name in ("村/社区", "交费网点", "候选点", "未覆盖村/社区", "交费圈", "选址方案"):
    assert name in folders, f"no folder {name}: {list(folders)}"
    assert folders[name].findall("k:Placemark", K), f"{name}: nothing in it"
assert folders["交费圈"].findall(".//k:Polygon", K), "circles are no polygons"
for folder, node in folders.items():
    for mark in node.iterfind("k:Placemark", K):
        assert text_of(mark, "k:name"), f"{folder}: a mark without a name"
        balloon = text_of(mark, "k:description")
        headings = re.findall(r"<th[^>]*>([^<]*)</th>", balloon)
        assert headings and all(re.search("[一-龥]", heading) for heading in headings), (folder, headings)
        assert not re.search(r"<td>[a-z]+_[a-z_]+</td>", balloon), (folder, balloon)

styles = {style.get("id"): style for style in root.iterfind(".//k:Style", K)}
points = folders["交费网点"].findall("k:Placemark", K)
looks = {}
for mark in points:
    kind = text_of(mark, "k:ExtendedData/k:Data[@name='kind']/k:value")
    looks.setdefault(kind, set()).add(text_of(mark, "k:styleUrl"))
assert len(looks) > 5 and all(len(look) == 1 for look in looks.values()), looks
if archive:
    icons = [text_of(styles[look.pop()[1:]], "k:IconStyle/k:Icon/k:href") for look in looks.values()]
    assert len(set(icons)) == len(icons), f"kinds share an icon: {icons}"
print(f"{path.rsplit('/', 1)[-1]}: {len(folders)} folders, {len(points)} points of {len(looks)} kinds, valid KML 2.2")
