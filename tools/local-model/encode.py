"""Encodes every token of the vocabulary and every text with the sentence encoder.

Usage: encode.py --model DIR --in DIR [--seconds N]

Reads vocab.txt and texts.tsv, writes tokens.npy and texts-*.npy (float16, unit length, in the order of the files). Stops
after N seconds of texts; what was written by then is whole, and a later run goes on from there.
"""
import argparse
import pathlib
import time

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

SHARD = 8192
BATCH = 64
LONGEST = 96


class Encoder:
    """bge-small-en-v1.5: the vector of [CLS], scaled to length 1."""

    def __init__(self, folder, threads):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        self.session = onnxruntime.InferenceSession(str(next(folder.glob("*.onnx"))), options)
        self.tokenizer = Tokenizer.from_file(str(next(folder.glob("*tokenizer.json"))))
        self.tokenizer.enable_padding()
        self.tokenizer.enable_truncation(LONGEST)

    def encode(self, texts):
        vectors = [None] * len(texts)
        order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
        for start in range(0, len(texts), BATCH):
            batch = order[start : start + BATCH]
            for at, vector in zip(batch, self.vectors([texts[at] for at in batch])):
                vectors[at] = vector / np.linalg.norm(vector)
        return np.array(vectors, np.float16)

    def vectors(self, texts):
        encoded = self.tokenizer.encode_batch(texts)
        feeds = {
            "input_ids": [text.ids for text in encoded],
            "attention_mask": [text.attention_mask for text in encoded],
            "token_type_ids": [text.type_ids for text in encoded],
        }
        return self.session.run(None, {name: np.array(rows) for name, rows in feeds.items()})[0][:, 0]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", type=pathlib.Path, required=True)
    parser.add_argument("--in", dest="folder", type=pathlib.Path, required=True)
    parser.add_argument("--seconds", type=float, default=1e9)
    parser.add_argument("--threads", type=int, default=1)
    args = parser.parse_args()
    encoder = Encoder(args.model, args.threads)

    tokens_file = args.folder / "tokens.npy"
    if not tokens_file.exists():
        tokens = (args.folder / "vocab.txt").read_text().splitlines()
        np.save(tokens_file, encoder.encode([token.removeprefix("##") for token in tokens]))
    texts = [line.split("\t", 1)[1] for line in (args.folder / "texts.tsv").read_text().split("\n")[:-1]]
    end = time.time() + args.seconds
    for start in range(0, len(texts), SHARD):
        file = args.folder / f"texts-{start:07d}.npy"
        if file.exists():
            continue
        if time.time() > end:
            break
        np.save(file, encoder.encode(texts[start : start + SHARD]))
        print(start + SHARD, "of", len(texts), flush=True)


if __name__ == "__main__":
    main()
