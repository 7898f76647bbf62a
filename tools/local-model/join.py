"""Joins the vectors of distil.py with those of an earlier model file, fitted to another encoder, in one space.

Usage: join.py --in DIR --topics FILE [--weight W]

Reads vocab.txt, texts.tsv and opinions.npz; writes vectors.npz of the same form. Both vectors of a token, scaled so that a
text's are about as long, stand beside one another; the principal components of texts make one of them again.
"""
import argparse
import pathlib

import numpy as np
from distil import word_piece
from pack import read_model

SAMPLE = 8000


def rows_for(vocabulary, topics, vectors):
    """The earlier vector of each token: of what its own tokenizer cuts the token into, where it does not know it."""
    row_of = {token: row for row, token in enumerate(topics)}
    pieces = word_piece(topics)
    joined = np.zeros((len(vocabulary), vectors.shape[1]), np.float32)
    for row, token in enumerate(vocabulary):
        known = row_of.get(token)
        ids = [known] if known is not None else pieces.encode(token.removeprefix("##"), add_special_tokens=False).ids
        joined[row] = vectors[[at for at in ids if at or at == known]].sum(axis=0)
    return joined


def sums(rows, vectors):
    return np.array([vectors[at].sum(axis=0) for at in rows])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--in", dest="folder", type=pathlib.Path, required=True)
    parser.add_argument("--topics", type=pathlib.Path, required=True)
    parser.add_argument("--weight", type=float, default=0.8)
    args = parser.parse_args()

    vocabulary = (args.folder / "vocab.txt").read_text().splitlines()
    fitted = np.load(args.folder / "opinions.npz")
    texts = [line.split("\t", 1)[1] for line in (args.folder / "texts.tsv").read_text().split("\n")[:SAMPLE]]
    encoded = word_piece(vocabulary).encode_batch(texts, add_special_tokens=False)
    rows = [[row for row in text.ids if row] for text in encoded if any(text.ids)]

    parts = [fitted["tokens"], rows_for(vocabulary, *read_model(args.topics))]
    lengths = [np.linalg.norm(sums(rows, part), axis=1).mean() for part in parts]
    both = np.hstack([parts[0] * args.weight / lengths[0], parts[1] / lengths[1]])
    whole = sums(rows, both)
    whole /= np.linalg.norm(whole, axis=1, keepdims=True)
    _, components = np.linalg.eigh(whole.T @ whole)
    size = parts[0].shape[1]
    kept = components[:, ::-1][:, :size]
    # Back from the joint space to the first part and into it again: the two scales cancel.
    seen, added = kept[:size].T @ fitted["seen"], fitted["added"] @ kept[:size]
    np.savez(args.folder / "vectors.npz", tokens=both @ kept, seen=seen, added=added)


if __name__ == "__main__":
    main()
