"""Everyday sentences in which one word or two opinions decide: for what a mean of words would miss."""

ADJECTIVE_FRAMES = (
    "{a} {w} film",
    "the service was {w}",
    "it was really {w}",
    "{a} {w} person",
    "it is not {w}",
    "the plot is {w} but the acting is {x}",
    "my day was {w}",
    "{w}",
)
ADVERB_FRAMES = ("{w} made", "it works {w}", "a {w} funny story", "{w}")
NOUN_FRAMES = ("{w}", "it is about {w}", "{a} {w}", "the film has {w}", "no {w}")
VERB_FRAMES = ("to {w}", "they {w}", "it will {w} you", "do not {w}")

NEGATIONS = (
    "it is not {o}",
    "the {t} is not {o}",
    "the {t} isn't {o} at all",
    "not {o}, but {p}",
    "never {o} and never {o}",
    "there is nothing {o} about this {t}",
    "i would not call the {t} {o}",
    "the {t} was neither {o} nor {o}",
    "this {t} could have been {o}",
    "the {t} tries to be {o} but it is {p}",
    "despite {a} {o} {t}, it is {p}",
    "although the {t} is {o}, the {t} is {p}",
    "the {t} is hardly {o}",
    "i did not find it {o}",
    "without being {o}, the {t} is {p}",
    "far from {o}",
    "less {o} than the first one",
    "not only {o} but {o}",
    "if only the {t} were more {o}",
    "i wish the {t} had been {o}",
    "i didn't think it was {o}",
    "it lacks {a} {o} {t}",
    "it is too {o}",
    "so {o} that i watched it twice",
    "so {o} that i left early",
)


def article(word):
    return "an" if word[:1] in "aeiou" else "a"


def framed(rng, words, per_word):
    """Each (part, word) in so many of the frames of its part of speech; words beside it are of the same part."""
    frames = {"adj": ADJECTIVE_FRAMES, "adv": ADVERB_FRAMES, "noun": NOUN_FRAMES, "verb": VERB_FRAMES}
    by_part = {part: [word for other, word in words if other == part] for part in frames}
    for part, word in words:
        for frame in rng.sample(frames[part], min(per_word[part], len(frames[part]))):
            yield frame.format(w=word, a=article(word), x=rng.choice(by_part[part]))


def turned(rng, praise, blame, things, count):
    """`count` draws of opinions that a negation or a contrast turns round; {p} is of the other side than {o}."""
    for _ in range(count):
        sides = [praise, blame]
        rng.shuffle(sides)
        text = rng.choice(NEGATIONS)
        while "{o}" in text:
            word = rng.choice(sides[0])
            text = text.replace("{a} {o}", f"{article(word)} {word}", 1) if "{a} {o}" in text else text.replace("{o}", word, 1)
        while "{p}" in text:
            text = text.replace("{p}", rng.choice(sides[1]), 1)
        while "{t}" in text:
            text = text.replace("{t}", rng.choice(things), 1)
        yield text
