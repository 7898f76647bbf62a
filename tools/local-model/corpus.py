"""Gathers the texts that the static token vectors are fitted on.

Usage: corpus.py --vocab VOCAB --wordnet DIR --scowl DIR --comments TSV --out DIR [--summaries FILE.tsv:COLUMN ...]

Writes vocab.txt (the pruned WordPiece vocabulary followed by the added whole words) and texts.tsv (kind and text, shuffled).
"""
import argparse
import collections
import math
import pathlib
import random
import re

from opinions import BLAME, PRAISE, THINGS, reviews
from phrases import generated
from sentences import framed, turned

TOKEN = re.compile(r"^(##)?[a-z0-9]+$|^[!-/:-@\[-`{-~]$")
WORD = re.compile(r"^[a-z]{3,20}$")
SCOWL_LEVELS = (10, 20, 35, 40, 50, 55, 60)
ADDED_WORDS = 12000
FRAMES_PER_WORD = {"adj": 3, "adv": 1, "noun": 1, "verb": 1}


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


def summaries(spec, limit, rng):
    path, column = spec.rsplit(":", 1)
    rows = pathlib.Path(path).read_text(encoding="utf-8", errors="ignore").splitlines()[1:]
    texts = [row.split("\t")[int(column)].strip() for row in rows if row.count("\t") >= int(column)]
    good = [text for text in texts if text.isascii() and 20 < len(text) < 160]
    return rng.sample(good, min(limit, len(good)))


def lemmas_by_part(folder):
    """(part of speech, single word), without repeats."""
    for part in ("noun", "verb", "adj", "adv"):
        for line in (folder / f"data.{part}").read_text(encoding="utf-8").splitlines():
            if line.startswith("  ") or " | " not in line:
                continue
            fields = line.split(" | ", 1)[0].split()
            for i in range(int(fields[3], 16)):
                word = re.sub(r"\(.*\)", "", fields[4 + 2 * i])
                if WORD.match(word):
                    yield part, word


def common_lemmas(wordnet, scowl):
    level = {}
    for step, words in scowl_words(scowl):
        for word in words:
            level.setdefault(word, step)
    return sorted({(part, word) for part, word in lemmas_by_part(wordnet) if level.get(word, 99) <= 60})


def comments(path, rng):
    """GoEmotions' first column, its masks filled in."""
    fill = {"[NAME]": ("john", "mary", "the president", "my boss"), "[RELIGION]": ("christianity",)}
    for line in path.read_text(encoding="utf-8").split("\n")[:-1]:
        yield re.sub(r"\[(?:NAME|RELIGION)\]", lambda mask: rng.choice(fill[mask.group()]), line.split("\t")[0])


def gathered(args, rng):
    """(kind, text), shuffled, no text twice."""
    examples = [text for *_, found in synsets(args.wordnet) for text in found]
    definitions = [f"{names[0]}: {definition}" for names, definition, _ in synsets(args.wordnet)]
    compounds = [name for names, *_ in synsets(args.wordnet) for name in names if " " in name]
    praise, blame = PRAISE.split(), BLAME.split()
    kinds = {
        "examples": rng.sample(examples, 45000),
        "comments": list(comments(args.comments, rng)),
        "frames": list(framed(rng, common_lemmas(args.wordnet, args.scowl), FRAMES_PER_WORD)),
        "turned": list(turned(rng, praise, blame, THINGS.split(), 22000)),
        "reviews": list(reviews(rng, 16000)),
        "generated": list(generated(rng, 34000)),
        "definitions": rng.sample(definitions, 22000),
        "compounds": rng.sample(compounds, 8000),
        "summaries": [text for spec in args.summaries for text in summaries(spec, 6000, rng)],
    }
    texts = {}
    for kind, found in kinds.items():
        for text in found:
            if 2 < len(text.strip()) < 200:
                texts.setdefault(text.strip().replace("\n", " "), kind)
    ordered = [(kind, text) for text, kind in texts.items()]
    rng.shuffle(ordered)
    return ordered


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--vocab", type=pathlib.Path, required=True)
    parser.add_argument("--wordnet", type=pathlib.Path, required=True)
    parser.add_argument("--scowl", type=pathlib.Path, required=True)
    parser.add_argument("--comments", type=pathlib.Path, required=True)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--summaries", nargs="*", default=[])
    args = parser.parse_args()
    rows = gathered(args, random.Random(7))

    tokens = kept_tokens(args.vocab)
    lemmas = {lemma.lower() for names, _, _ in synsets(args.wordnet) for lemma in names}
    words = added_words(tokens, args.scowl, lemmas, {text for _, text in rows})
    args.out.mkdir(parents=True, exist_ok=True)
    (args.out / "vocab.txt").write_text("\n".join(tokens + words) + "\n")
    (args.out / "texts.tsv").write_text("".join(f"{kind}\t{text}\n" for kind, text in rows))
    print(len(tokens), "tokens kept,", len(words), "words added,", len(rows), "texts")


if __name__ == "__main__":
    main()
