"""Gathers the texts that the static token vectors are fitted on.

Usage: corpus.py --vocab VOCAB --wordnet DIR --scowl DIR --out DIR [--summaries FILE.tsv:COLUMN ...]

Writes vocab.txt (the pruned WordPiece vocabulary followed by the added whole words) and texts.txt (shuffled).
"""
import argparse
import collections
import hashlib
import math
import pathlib
import random
import re

from opinions import reviews
from phrases import generated

TOKEN = re.compile(r"^(##)?[a-z0-9]+$|^[!-/:-@\[-`{-~]$")
WORD = re.compile(r"^[a-z]{3,20}$")
SCOWL_LEVELS = (10, 20, 35, 40, 50, 55, 60)
ADDED_WORDS = 12000


def kept_tokens(path):
    tokens = path.read_text(encoding="utf-8").splitlines()
    return ["[UNK]"] + [token for token in tokens if TOKEN.match(token)]


def scowl_words(folder):
    for level in SCOWL_LEVELS:
        for kind in ("english", "american"):
            file = folder / f"{kind}-words.{level}"
            if file.exists():
                yield level, file.read_text(encoding="latin-1").lower().split()


def added_words(known, scowl, lemmas, texts):
    """Whole words that WordPiece would cut up: lemmas and very common words, by commonness in lists and texts."""
    level = {}
    for step, words in scowl_words(scowl):
        for word in words:
            level.setdefault(word, step)
    counts = collections.Counter(word for text in texts for word in re.findall(r"[a-z]+", text.lower()))
    candidates = (lemmas | {word for word, step in level.items() if step <= 20}) - set(known)

    def commonness(word):
        return math.log1p(counts[word]) + (70 - level.get(word, 70)) / 10

    ranked = sorted(filter(WORD.match, candidates), key=lambda word: (-commonness(word), word))
    return ranked[:ADDED_WORDS]


def synsets(folder):
    """(lemmas, definition, example sentences) of every WordNet synset."""
    for part in ("noun", "verb", "adj", "adv"):
        for line in (folder / f"data.{part}").read_text(encoding="utf-8").splitlines():
            if line.startswith("  ") or " | " not in line:
                continue
            head, gloss = line.split(" | ", 1)
            fields = head.split()
            lemmas = [re.sub(r"\(.*\)", "", fields[4 + 2 * i]).replace("_", " ") for i in range(int(fields[3], 16))]
            examples = re.findall(r'"([^"]+)"', gloss)
            definition = re.sub(r'[;,:]?\s*"[^"]*"?', "", gloss).strip(" ;")
            yield lemmas, definition, examples


def wordnet_texts(folder):
    for lemmas, definition, examples in synsets(folder):
        yield definition
        yield f"{lemmas[0]}: {definition}"
        yield from (lemma for lemma in lemmas if " " in lemma)
        yield from examples


def summaries(spec, limit, rng):
    path, column = spec.rsplit(":", 1)
    rows = pathlib.Path(path).read_text(encoding="utf-8", errors="ignore").splitlines()[1:]
    texts = [row.split("\t")[int(column)].strip() for row in rows if row.count("\t") >= int(column)]
    good = [text for text in texts if text.isascii() and 20 < len(text) < 160]
    return rng.sample(good, min(limit, len(good)))


def hash_of(text):
    return hashlib.sha256(text.encode()).digest()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--vocab", type=pathlib.Path, required=True)
    parser.add_argument("--wordnet", type=pathlib.Path, required=True)
    parser.add_argument("--scowl", type=pathlib.Path, required=True)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--summaries", nargs="*", default=[])
    args = parser.parse_args()
    rng = random.Random(7)

    texts = set(wordnet_texts(args.wordnet)) | set(generated(rng, 90000))
    for spec in args.summaries:
        texts |= set(summaries(spec, 30000, rng))

    tokens = kept_tokens(args.vocab)
    lemmas = {lemma.lower() for names, _, _ in synsets(args.wordnet) for lemma in names}
    words = added_words(tokens, args.scowl, lemmas, texts)
    args.out.mkdir(parents=True, exist_ok=True)
    (args.out / "vocab.txt").write_text("\n".join(tokens + words) + "\n")

    ordered = sorted(text for text in texts if 3 < len(text) < 240)
    rng.shuffle(ordered)
    ordered += sorted(set(reviews(rng, 40000)), key=hash_of)
    (args.out / "texts.txt").write_text("\n".join(ordered) + "\n")
    print(len(tokens), "tokens kept,", len(words), "words added,", len(ordered), "texts")


if __name__ == "__main__":
    main()
