"""Encodes every token of the vocabulary and every text with the sentence encoder.

Usage: encode.py --model DIR --in DIR [--seconds N]

Reads vocab.txt and texts.txt, writes tokens.npy and texts-*.npy (float16, unit length, in the order of the files). Stops
after N seconds of texts; what was written by then is whole, and a later run goes on from there.
"""
import argparse
import pathlib
import time

import numpy as np
import torch
from sentence_transformers import SentenceTransformer

SHARD = 8192


def encode(model, texts):
    with torch.autocast("cpu", dtype=torch.bfloat16):
        vectors = model.encode(texts, batch_size=128, normalize_embeddings=True, show_progress_bar=False)
    return vectors.astype(np.float16)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", required=True)
    parser.add_argument("--in", dest="folder", type=pathlib.Path, required=True)
    parser.add_argument("--seconds", type=float, default=1e9)
    parser.add_argument("--threads", type=int, default=1)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    model = SentenceTransformer(args.model, device="cpu")
    model.max_seq_length = 96

    tokens_file = args.folder / "tokens.npy"
    if not tokens_file.exists():
        tokens = (args.folder / "vocab.txt").read_text().splitlines()
        np.save(tokens_file, encode(model, [token.removeprefix("##") for token in tokens]))
    texts = (args.folder / "texts.txt").read_text().splitlines()
    end = time.time() + args.seconds
    for start in range(0, len(texts), SHARD):
        file = args.folder / f"texts-{start:07d}.npy"
        if file.exists():
            continue
        if time.time() > end:
            break
        np.save(file, encode(model, texts[start : start + SHARD]))
        print(start + SHARD, "of", len(texts), flush=True)


if __name__ == "__main__":
    main()
