"""Run by a Python that has androguard: its reading of one app's resources, as JSON."""

from __future__ import annotations

import json
import sys
import zipfile

from androguard.core.axml import ARSCParser, AXMLPrinter


def main(path: str) -> None:
    with zipfile.ZipFile(path) as archive:
        manifest, resources = archive.read("AndroidManifest.xml"), archive.read("resources.arsc")
    root = AXMLPrinter(manifest).get_xml_obj()
    elements = [[one.tag, sorted(one.attrib.items())] for one in root.iter() if one.tag]
    strings = ARSCParser(resources).get_resolved_strings()
    sys.stdout.write(json.dumps({"elements": elements, "strings": strings}))


if __name__ == "__main__":
    main(sys.argv[1])
