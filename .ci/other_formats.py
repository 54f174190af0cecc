"""Locks a workbook with a password, and compares what `jixiao` reads of one form in several formats.

Usage: other_formats.py lock WORKBOOK LOCKED
       other_formats.py same JSON JSON...
"""

import json
import sys

import msoffcrypto


def lock(workbook, locked):
    with open(workbook, "rb") as source, open(locked, "wb") as target:
        msoffcrypto.OfficeFile(source).encrypt("mima", target)


def same(*paths):
    forms = [[record["form"] for record in json.load(open(path, encoding="utf-8"))] for path in paths]
    differing = [path for path, form in zip(paths, forms) if form != forms[0] or not form]
    print("\n".join(f"{path} differs from {paths[0]}" for path in differing) or f"{len(paths)} formats read the same")
    sys.exit(1 if differing else 0)


{"lock": lock, "same": same}[sys.argv[1]](*sys.argv[2:])
