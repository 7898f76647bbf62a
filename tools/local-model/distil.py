"""Fits one vector a token so that the sum over a text's tokens points where the sentence encoder points.

Usage: distil.py --in DIR [--dimensions 256] [--epochs 6]

Reads vocab.txt, texts.tsv, tokens.npy and texts-*.npy; writes opinions.npz: `tokens` (float32, tokens × dimensions), and
`seen` and `added` (dimensions × rank, rank × dimensions): what a negation adds to the vectors v that it reaches,
v · seen · added, fitted together with them.

The targets are the encoder's principal components, and beside them VALENCE_DIMENSIONS copies of how pleasant the encoder finds
the text: log odds of a logistic regression on its vectors of made-up reviews of one opinion. People ask for that
difference, and few examples must do to find it. The start is model2vec's: every token encoded alone, weighted by its rank.
"""
import argparse
import pathlib
import re

import numpy as np
import torch
from opinions import BLAME, PRAISE
from negation import RANK, reached
from sklearn.linear_model import LogisticRegression
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers
from torch.nn.functional import embedding, normalize

VALENCE_DIMENSIONS = 4
VALENCE_WEIGHT = 0.5
RELATION_WEIGHT = 10
BATCH = 512
LEARNING_RATE = 2e-3
WARM_UP = 0.1
LONGEST = 64


def word_piece(vocabulary):
    ids = {token: row for row, token in enumerate(vocabulary)}
    tokenizer = Tokenizer(models.WordPiece(ids, unk_token="[UNK]", max_input_chars_per_word=100))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return tokenizer


def read_texts(folder):
    """Kinds, texts and vectors of the shards that were encoded."""
    rows = [line.split("\t", 1) for line in (folder / "texts.tsv").read_text().split("\n")[:-1]]
    found, shards = [], []
    for file in sorted(folder.glob("texts-*.npy")):
        shards.append(np.load(file).astype(np.float32))
        start = int(file.stem.split("-")[1])
        found += rows[start : start + len(shards[-1])]
    return [kind for kind, _ in found], [text for _, text in found], np.concatenate(shards)


def valence_by(kinds, texts, vectors):
    """A function from the encoder's vectors to -1..1."""
    praise, blame = set(PRAISE.split()), set(BLAME.split())
    at, sides = [], []
    for row, (kind, text) in enumerate(zip(kinds, texts)):
        words = set(re.findall(r"[a-z-]+", text))
        if kind == "reviews" and bool(words & praise) != bool(words & blame):
            at.append(row)
            sides.append(bool(words & praise))
    fitted = LogisticRegression(C=3, max_iter=300).fit(vectors[at], sides)
    return lambda rows: np.tanh(fitted.decision_function(rows) / 3).astype(np.float32)


class Targets:
    """From the encoder's vectors and valences to what the static vectors are fitted to."""

    def __init__(self, sample, dimensions):
        self.mean = sample.mean(axis=0)
        centered = sample - self.mean
        _, components = np.linalg.eigh(centered.T @ centered)
        self.components = components[:, ::-1][:, : dimensions - VALENCE_DIMENSIONS]

    def of(self, vectors, valences):
        reduced = (vectors - self.mean) @ self.components
        reduced /= np.linalg.norm(reduced, axis=1, keepdims=True)
        share = VALENCE_WEIGHT / np.sqrt(VALENCE_DIMENSIONS)
        joined = np.hstack([reduced, share * np.repeat(valences[:, None], VALENCE_DIMENSIONS, axis=1)])
        return normalize(torch.tensor(joined.astype(np.float32)), dim=1)


def by_rank(count):
    """Weights as of smooth inverse frequency, with Zipf's law in the place of counts."""
    chance = 1 / np.arange(1, count + 1)
    return torch.tensor(1e-3 / (1e-3 + chance / chance.sum()), dtype=torch.float32)[:, None]


class Student:
    def __init__(self, start):
        dimensions = start.shape[1]
        self.tokens = torch.nn.Parameter(start)
        self.seen = torch.nn.Parameter(0.02 * torch.randn(dimensions, RANK))
        self.added = torch.nn.Parameter(torch.zeros(RANK, dimensions))

    def vectors(self, rows, flags):
        of_text = torch.tensor(np.repeat(np.arange(len(rows)), [len(row) for row in rows]))
        vectors = embedding(torch.tensor(np.concatenate(rows)), self.tokens, sparse=True)
        negated = torch.tensor(np.concatenate(flags)).nonzero()[:, 0]
        vectors = vectors.index_add(0, negated, vectors[negated] @ self.seen @ self.added)
        return normalize(torch.zeros(len(rows), vectors.shape[1]).index_add(0, of_text, vectors), dim=1)


def relations(vectors):
    return vectors @ vectors.T


def train(student, rows, flags, targets, epochs, rng):
    steps = int(len(rows) * epochs / BATCH)
    optimizers = [
        torch.optim.SparseAdam([student.tokens], lr=LEARNING_RATE, betas=(0.9, 0.99)),
        torch.optim.Adam([student.seen, student.added], lr=LEARNING_RATE, betas=(0.9, 0.99)),
    ]

    def rate(step):
        return min(1, (step + 1) / (WARM_UP * steps)) * (1 + np.cos(np.pi * max(0, step / steps - WARM_UP) / (1 - WARM_UP))) / 2

    schedules = [torch.optim.lr_scheduler.LambdaLR(optimizer, rate) for optimizer in optimizers]
    order, at, mean_loss = rng.permutation(len(rows)), 0, 0.0
    for step in range(steps):
        if at + BATCH > len(order):
            order, at = rng.permutation(len(rows)), 0
        batch = order[at : at + BATCH]
        at += BATCH
        found = student.vectors([rows[i] for i in batch], [flags[i] for i in batch])
        wanted = targets[batch]
        apart = (1 - (found * wanted).sum(dim=1)).mean()
        loss = apart + RELATION_WEIGHT * (relations(found) - relations(wanted)).square().mean()
        for optimizer in optimizers:
            optimizer.zero_grad()
        loss.backward()
        for step_taker in (*optimizers, *schedules):
            step_taker.step()
        mean_loss += 0.02 * (loss.item() - mean_loss)
        if step % 200 == 0:
            print(step, "of", steps, round(mean_loss, 4), flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--in", dest="folder", type=pathlib.Path, required=True)
    parser.add_argument("--dimensions", type=int, default=256)
    parser.add_argument("--epochs", type=float, default=6)
    args = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(7)

    vocabulary = (args.folder / "vocab.txt").read_text().splitlines()
    token_vectors = np.load(args.folder / "tokens.npy").astype(np.float32)
    kinds, texts, text_vectors = read_texts(args.folder)
    valence = valence_by(kinds, texts, text_vectors)
    space = Targets(np.concatenate([text_vectors[:60000], token_vectors[:20000]]), args.dimensions)
    token_targets = space.of(token_vectors, valence(token_vectors))
    targets = torch.cat([space.of(text_vectors, valence(text_vectors)), token_targets])

    encoded = word_piece(vocabulary).encode_batch(texts, add_special_tokens=False)
    rows = [np.array([row for row in text.ids if row][:LONGEST] or [0]) for text in encoded]
    rows += [np.array([row]) for row in range(len(vocabulary))]
    flags = [np.array(found) for found in map(reached(vocabulary), rows)]

    student = Student(token_targets * by_rank(len(vocabulary)))
    train(student, rows, flags, targets, args.epochs, np.random.default_rng(7))
    names = ("tokens", "seen", "added")
    np.savez(args.folder / "opinions.npz", **{name: getattr(student, name).detach().numpy() for name in names})


if __name__ == "__main__":
    main()
