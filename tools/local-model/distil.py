"""Fits one vector a token so that the mean of a text's tokens points where the sentence encoder points.

Usage: distil.py --in DIR [--dimensions 256] [--epochs 3]

Reads vocab.txt, texts.txt, tokens.npy and texts-*.npy; writes vectors.npy (float32, tokens × dimensions).

The targets are the encoder's principal components, and beside them VALENCE_DIMENSIONS copies of how pleasant the text is
(VADER's compound score, with the words of opinions.py): an encoder for similarity puts praise and blame of one thing close together, and people ask for the
difference. The start is model2vec's: every token encoded alone, weighted by its rank.
"""
import argparse
import pathlib

import numpy as np
import torch
from opinions import lexicon
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers
from torch.nn.functional import normalize
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

VALENCE_DIMENSIONS = 4
VALENCE_WEIGHT = 0.5
RELATION_WEIGHT = 10
BATCH = 512
LEARNING_RATE = 2e-3
LONGEST = 64


def word_piece(vocabulary):
    ids = {token: row for row, token in enumerate(vocabulary)}
    tokenizer = Tokenizer(models.WordPiece(ids, unk_token="[UNK]", max_input_chars_per_word=100))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return tokenizer


def valence(texts):
    analyzer = SentimentIntensityAnalyzer()
    analyzer.lexicon.update(lexicon())
    return np.array([analyzer.polarity_scores(text)["compound"] for text in texts], np.float32)


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
        return np.hstack([reduced, share * np.repeat(valences[:, None], VALENCE_DIMENSIONS, axis=1)]).astype(np.float32)


def by_rank(count):
    """Weights as of smooth inverse frequency, with Zipf's law in the place of counts."""
    chance = 1 / np.arange(1, count + 1)
    return 1e-3 / (1e-3 + chance / chance.sum())


def relations(vectors):
    return vectors @ vectors.T


def train(bag, rows, targets, epochs, rng):
    steps = int(len(rows) * epochs / BATCH)
    optimizer = torch.optim.Adam(bag.parameters(), lr=LEARNING_RATE)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, max_lr=LEARNING_RATE, total_steps=steps, pct_start=0.1)
    order, at, mean_loss = rng.permutation(len(rows)), 0, 0.0
    for step in range(steps):
        if at + BATCH > len(order):
            order, at = rng.permutation(len(rows)), 0
        batch = order[at : at + BATCH]
        at += BATCH
        lengths = [len(rows[i]) for i in batch]
        starts = torch.tensor(np.concatenate([[0], np.cumsum(lengths)[:-1]]))
        student = normalize(bag(torch.tensor(np.concatenate([rows[i] for i in batch])), starts), dim=1)
        teacher = normalize(targets[batch], dim=1)
        apart = (1 - (student * teacher).sum(dim=1)).mean()
        loss = apart + RELATION_WEIGHT * (relations(student) - relations(teacher)).square().mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
        mean_loss += 0.02 * (loss.item() - mean_loss)
        if step % 500 == 0:
            print(step, "of", steps, round(mean_loss, 4), flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--in", dest="folder", type=pathlib.Path, required=True)
    parser.add_argument("--dimensions", type=int, default=256)
    parser.add_argument("--epochs", type=float, default=3)
    args = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(7)

    vocabulary = (args.folder / "vocab.txt").read_text().splitlines()
    token_vectors = np.load(args.folder / "tokens.npy").astype(np.float32)
    text_vectors = np.concatenate([np.load(file) for file in sorted(args.folder.glob("texts-*.npy"))]).astype(np.float32)
    texts = (args.folder / "texts.txt").read_text().splitlines()[: len(text_vectors)]

    space = Targets(np.concatenate([text_vectors[:60000], token_vectors[:20000]]), args.dimensions)
    whole = [token if not token.startswith("##") else "" for token in vocabulary]
    token_targets = space.of(token_vectors, valence(whole))
    targets = torch.tensor(np.concatenate([space.of(text_vectors, valence(texts)), token_targets]))

    encoded = word_piece(vocabulary).encode_batch(texts, add_special_tokens=False)
    rows = [np.array([row for row in text.ids if row][:LONGEST] or [0]) for text in encoded]
    rows += [np.array([row]) for row in range(len(vocabulary))]

    bag = torch.nn.EmbeddingBag(len(vocabulary), args.dimensions, mode="mean")
    bag.weight.data = torch.tensor((token_targets * by_rank(len(vocabulary))[:, None]).astype(np.float32))
    train(bag, rows, targets, args.epochs, np.random.default_rng(7))
    np.save(args.folder / "vectors.npy", bag.weight.detach().numpy())


if __name__ == "__main__":
    main()
