"""Writes the shipped model file from the fitted vectors.

Usage: pack.py --in DIR --out FILE

Layout, little endian: 8 bytes "RVBSTAT1"; uint32 length of the header; header (JSON, UTF-8); then, each at a multiple of 4
from the start, the sections that the header lists with offset and length in bytes:
  vocabulary  UTF-8, one token a line, in the order of the rows
  scales      float32 × tokens: what a row's integers are multiplied by
  vectors     int8 × tokens × dimensions, row by row
"""
import argparse
import json
import pathlib
import struct

import numpy as np

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


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--in", dest="folder", type=pathlib.Path, required=True)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    args = parser.parse_args()

    vocabulary = (args.folder / "vocab.txt").read_text().splitlines()
    vectors = np.load(args.folder / "vectors.npy").astype(np.float32)
    rows, scales = quantized(vectors)
    table, body = laid_out(
        {
            "vocabulary": "\n".join(vocabulary).encode(),
            "scales": scales.tobytes(),
            "vectors": rows.tobytes(),
        }
    )
    header = {"name": "rvbbit-static-1", "tokens": len(vocabulary), "dimensions": int(vectors.shape[1]), "sections": table}
    head = json.dumps(header).encode()
    head += b" " * (-len(head) % 4)
    args.out.write_bytes(MAGIC + struct.pack("<I", len(head)) + head + body)
    print(args.out, args.out.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
