"""Writes the shipped model file from the fitted vectors.

Usage: pack.py --in DIR --out FILE

Layout, little endian: 8 bytes "RVBSTAT1"; uint32 length of the header; header (JSON, UTF-8); then, each at a multiple of 4
from the start, the sections that the header lists with offset and length in bytes:
  vocabulary  UTF-8, one token a line, in the order of the rows
  scales      float32 × tokens: what a row's integers are multiplied by
  vectors     int8 × tokens × dimensions, row by row
  turns       float32 × 2 × rank × dimensions: what a negation does to a sum of vectors, see negation.py and distil.py
"""
import argparse
import json
import pathlib
import struct

import numpy as np
from negation import described

MAGIC = b"RVBSTAT1"


def quantized(vectors):
    scales = np.maximum(np.abs(vectors).max(axis=1), 1e-9) / 127
    return np.round(vectors / scales[:, None]).astype(np.int8), scales.astype("<f4")


def laid_out(sections):
    """(table, bytes) with offsets counted from the first section's start."""
    table, body = {}, b""
    for name, data in sections.items():
        body += b"\0" * (-len(body) % 4)
        table[name] = {"offset": len(body), "length": len(data)}
        body += data
    return table, body


def read_model(path):
    """(vocabulary, vectors) of a model file."""
    data = path.read_bytes()
    body = 12 + struct.unpack("<I", data[8:12])[0]
    header = json.loads(data[12:body])

    def section(name):
        place = header["sections"][name]
        return data[body + place["offset"] : body + place["offset"] + place["length"]]

    rows = np.frombuffer(section("vectors"), np.int8).reshape(header["tokens"], header["dimensions"])
    return section("vocabulary").decode().split("\n"), rows * np.frombuffer(section("scales"), "<f4")[:, None]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--in", dest="folder", type=pathlib.Path, required=True)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    args = parser.parse_args()

    vocabulary = (args.folder / "vocab.txt").read_text().splitlines()
    fitted = np.load(args.folder / "vectors.npz")
    rows, scales = quantized(fitted["tokens"])
    turns = np.concatenate([fitted["seen"].T, fitted["added"]])
    table, body = laid_out(
        {
            "vocabulary": "\n".join(vocabulary).encode(),
            "scales": scales.tobytes(),
            "vectors": rows.tobytes(),
            "turns": turns.astype("<f4").tobytes(),
        }
    )
    header = {
        "name": "rvbbit-static-2",
        "tokens": len(vocabulary),
        "dimensions": rows.shape[1],
        "negation": described(),
        "sections": table,
    }
    head = json.dumps(header).encode()
    head += b" " * (-len(head) % 4)
    args.out.write_bytes(MAGIC + struct.pack("<I", len(head)) + head + body)
    print(args.out, args.out.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
