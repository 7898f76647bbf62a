"""Words of praise and blame beyond VADER's, and reviews made from them."""

PRAISE = """absorbing accessible accomplished adorable affecting ambitious appealing artful assured atmospheric authentic beautifully
believable bewitching breathtaking breezy bright brisk captivating charismatic cheerful clever cogent comfy compelling complex consistent convincing
courteous crisp crowd-pleasing dazzling deft delectable delicate deliciously delicious dependable diverting durable dynamic earnest effective
efficient effortless elegant eloquent emotional empathetic enchanting endearing engrossing enlightening enthralling entertaining epic evocative
exceptional exhilarating expertly exquisite extraordinary eye-opening fascinating fearless felt finely flawless flavorful fluid fresh fulfilling
generous genuine gorgeous graceful gripping grounded handsome haunting heartbreaking heartfelt heartwarming hilarious honest humane hypnotic
imaginative immaculate immersive incisive infectious ingenious innovative insightful inspired intelligent intense intimate intricate intriguing
inventive invigorating irresistible juicy laugh-out-loud likable lively lovingly luminous lush luxurious magical magnetic majestic masterful
masterfully masterpiece masterly memorable mesmerizing meticulous moving must-see nimble nuanced original penetrating perceptive piercing playful
poetic poignant polished potent powerful powerfully precise profound provocative punctual quirky radiant raw refined refreshing remarkable resonant
responsive revelatory rewarding rich richly riveting robust rousing satisfying savory scrumptious searing seamless sensitive sharp sincere
skillful sleek smart smooth snappy soothing sophisticated soulful sparkling spectacular speedy spirited spotless stirring stunning sturdy stylish
sublime subtle succulent sumptuous suspenseful tasteful tasty tender thorough thought-provoking thrilling timeless touching tour-de-force
transcendent transporting treat triumph triumphant truthful unflinching unforgettable uplifting versatile vibrant visceral vivid warm well-acted
well-crafted well-made whimsical winning wise witty wonderfully zesty"""

BLAME = """abysmal aimless amateurish annoyingly anticlimactic artificial bland bloated bogus botched brainless broken bungled buggy by-the-numbers
careless charmless cheesy cliche cliched clueless clumsy clunky coarse cold confused confusing contrived convoluted corny crappy creaky cringe
crude cumbersome cynical dated deadening defective derivative dilapidated dimwitted dingy disjointed dismal disorganized dodgy dopey drab draggy
dreadful dreary dry dud dull dumb dysfunctional embarrassing emptiness empty erratic excessive exhausting exploitative failed failure familiar
far-fetched faulty feeble filthy flaccid flat flawed flimsy flop forced forgettable formulaic fragmented frustrating fuzzy gimmicky gloomy
glossy gratuitous greasy grating gross half-baked ham-fisted hackneyed haphazard hollow humorless idiotic illogical implausible inane incoherent
incompetent inconsistent indifferent inept inert inferior insipid insufferable insulting irritating jumbled junk laborious lackluster lame laughable lazy
leaden lethargic lifeless limp listless loud lousy ludicrous lukewarm manipulative mawkish meandering mechanical mediocre melodramatic mindless
misfire misguided missed monotonous moronic muddled mundane murky mushy nasty neglected nonsensical obnoxious obvious off-putting outdated
overblown overcooked overdone overlong overpriced overwrought painful painfully patronizing pedestrian phony plodding plotless pointless ponderous
preachy predictable preposterous pretentious rambling recycled redundant repetitive ridiculous rote rotten rushed rusty sappy schmaltzy
self-indulgent shabby shallow shoddy silly simplistic slapdash sleazy sloppy slow sluggish smug soggy soulless spoiled stale static stereotypical
sterile stiff stilted stinker strained stupid substandard superficial tacky tasteless tedious terribly thin tiresome tired torturous trashy trite trivial
turgid ugly unappealing unbearable unconvincing underdeveloped underwhelming unengaging uneven unfocused unfunny unimaginative uninspired
uninteresting uninvolving unoriginal unpleasant unreliable unremarkable unresponsive unsatisfying unwatchable useless vapid vulgar wasted waste weak
wearisome witless wobbly wooden worn-out yawn"""

THINGS = """film movie comedy drama thriller romance documentary sequel story script plot dialogue performance cast direction ending soundtrack
character novel book album song show game restaurant meal dish menu hotel room service staff phone laptop app camera product design course lecture
journey concert play exhibition article"""

TEMPLATES = (
    "a {o} and {o} {t}",
    "{o} and {o}",
    "the {t} is {o}, {o} and {o}",
    "{o} {t} with a {o} {t}",
    "the {t} feels {o}",
    "an often {o} {t} that is never less than {o}",
    "too {o} to be called {o}",
    "i found the {t} {o} and the {t} {o}",
    "what a {o} {t}",
    "as a {t} it is {o}",
    "the {t} may be {o} but it is also {o}",
)


def lexicon():
    """Valence by word, on VADER's scale of -4 to 4."""
    return {**{word: 2.2 for word in PRAISE.split()}, **{word: -2.2 for word in BLAME.split()}}


def reviews(rng, count):
    """`count` draws, each of one opinion."""
    things = THINGS.split()
    for _ in range(count):
        words = rng.choice((PRAISE, BLAME)).split()
        template = rng.choice(TEMPLATES)
        while "{o}" in template:
            template = template.replace("{o}", rng.choice(words), 1)
        while "{t}" in template:
            template = template.replace("{t}", rng.choice(things), 1)
        yield template
