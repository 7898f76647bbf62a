"""Which tokens of a text a negation reaches; the product reads the words from the model file."""

WORDS = """not no never nothing neither nor without hardly lacks isn wasn didn doesn don won wouldn couldn aren weren cannot hasn haven
hadn shouldn ain barely nobody none lack lacking""".split()
JOINTS = ["'", "t"]
ENDS = list(".,;:!?()-") + ["but", "and", "or", "though", "although", "because"]
REACH = 4
RANK = 16


def reached(vocabulary):
    """A function from the rows of a text to one flag a row."""
    row_of = {token: row for row, token in enumerate(vocabulary)}
    negators, joints, ends = ({row_of[token] for token in tokens if token in row_of} for tokens in (WORDS, JOINTS, ENDS))

    def flags(rows):
        found, left = [], 0
        for row in rows:
            here = False
            if row in negators:
                left = REACH
            elif left > 0 and row not in joints:
                here = row not in ends
                left = left - 1 if here else 0
            found.append(here)
        return found

    return flags


def described():
    return {"words": WORDS, "joints": JOINTS, "ends": ENDS, "reach": REACH, "rank": RANK}
