"""Everyday texts made from templates: products, reviews, tickets, requests, messages, headlines."""

SLOTS = {
    "product": """water bottle;backpack;phone case;desk lamp;office chair;frying pan;coffee maker;running shoes;yoga mat;winter jacket;
        headphones;keyboard;laptop stand;toothbrush;shampoo;laundry detergent;paper towels;trash bags;shopping bag;lunch box;notebook;pen set;
        garden hose;power drill;tool box;tent;sleeping bag;bicycle helmet;car charger;baby stroller;diapers;dog bed;cat litter;bird feeder;candle;
        picture frame;bed sheets;pillow;blanket;curtains;rug;dining table;bookshelf;mirror;wall clock;vacuum cleaner;blender;toaster;kettle;
        microwave;refrigerator;dishwasher;washing machine;air purifier;heater;fan;light bulb;battery pack;solar panel;camera;tripod;drone;printer;
        router;monitor;tablet;smart watch;video game;board game;puzzle;doll;toy car;guitar;violin;skateboard;football;tennis racket;dumbbell;
        protein powder;vitamins;sunscreen;lipstick;perfume;razor;hair dryer;socks;jeans;t-shirt;dress;suit;belt;wallet;sunglasses;necklace;ring;
        straws;cutlery;plates;cups;napkins;chocolate bar;olive oil;green tea;coffee beans;orange juice;red wine;beer;cheese;bread;frozen pizza""",
    "material": """bamboo;plastic;steel;stainless steel;glass;cotton;organic cotton;wool;leather;vegan leather;wooden;paper;recycled paper;cardboard;
        styrofoam;polyester;nylon;silicone;ceramic;rubber;aluminium;recycled plastic;compostable;hemp;linen;silk;carbon fibre;gold;silver;velvet""",
    "quality": """reusable;disposable;single-use;biodegradable;portable;lightweight;heavy duty;waterproof;rechargeable;solar-powered;wireless;
        foldable;handmade;vintage;luxury;cheap;premium;eco-friendly;sustainable;refillable;organic;energy-efficient;noisy;silent;compact;
        oversized;adjustable;ergonomic;child-safe;non-toxic;fragile;durable;antique;digital;electric;gas-powered;second-hand;spicy;sweet;fresh""",
    "good": """excellent;wonderful;great;brilliant;delightful;amazing;superb;charming;moving;funny;clever;beautiful;impressive;fresh;reliable;
        comfortable;helpful;friendly;fast;sturdy;worth every penny;a joy;touching;engaging;thoughtful;perfect;outstanding;a pleasant surprise""",
    "bad": """terrible;awful;boring;dull;disappointing;slow;broken;rude;useless;predictable;annoying;cheap looking;a waste of money;uncomfortable;
        pointless;messy;shallow;tedious;clumsy;flimsy;noisy;overpriced;defective;painful;forgettable;lifeless;a complete mess;unreliable""",
    "aspect": """service;staff;food;plot;acting;script;direction;story;characters;soundtrack;battery;screen;build quality;packaging;delivery;
        customer support;price;room;bed;location;breakfast;website;app;checkout;camera;sound;design;fit;fabric;taste;smell;dialogue;ending;
        performance;instructions;waiter;doctor;driver;flight;hotel;restaurant;product;book;film;movie;game;song;course;teacher""",
    "problem": """cannot log in;cannot reset my password;was charged twice;did not receive my refund;never got the package;the app crashes on start;
        the page does not load;the payment was declined;the invoice is wrong;the item arrived damaged;the wrong size was sent;my account was locked;
        the screen is cracked;the export button does nothing;emails are not delivered;the server returns an error;search is very slow;
        the discount code does not work;my subscription was cancelled;someone used my card;the data is missing;the update broke everything;
        notifications do not arrive;the address cannot be changed;two-factor codes are rejected;the dashboard shows wrong numbers""",
    "ask": """please help;this is urgent;I need this fixed today;I want my money back;can someone call me;how do I fix this;thanks in advance;
        I am very angry;no hurry;it would be nice to have;when will it be solved;I will cancel my account;could you add this feature""",
    "request": """book a flight to;find a hotel in;what is the weather in;how far is it to;rent a car in;find a restaurant in;what time is it in;
        do I need a visa for;what should I see in;is it safe to travel to;buy a train ticket to;what language do they speak in;call my friend in""",
    "place": """Paris;London;New York;Tokyo;Berlin;Madrid;Rome;Chicago;Boston;Sydney;Toronto;Dublin;India;China;Brazil;Mexico;Canada;Egypt;
        California;Texas;Florida;the airport;the beach;the mountains;downtown;the office;the hospital;my house;the station""",
    "task": """set an alarm for;remind me about;schedule a meeting for;cancel my appointment on;what is on my calendar for;make a to do list for;
        turn off the lights on;pay my bill on;transfer money on;order food for;play music on;send a message on;check my balance on;book a table for""",
    "time": """monday morning;tomorrow;tonight at eight;next week;friday afternoon;noon;the weekend;my birthday;christmas;six in the morning;
        the end of the month;june 3rd;this evening;lunch time;half past nine;new year's eve""",
    "message": """are you coming home for dinner;see you at the station;I am running late sorry;call me when you get this;happy birthday to you;
        did you watch the game last night;can you pick up some milk;I love you so much;let us meet tomorrow;thanks for yesterday;
        what are you doing tonight;I am at work now;good night sleep well;the kids are asleep;how was the exam;I miss you;ok no problem;
        congratulations you have won a prize;claim your free gift now;text stop to unsubscribe;urgent call this number now;
        you have been selected for a cash reward;free ringtone reply yes;win a holiday for two;limited offer ends today;
        your account has been suspended click the link;get a cheap loan today;hot singles in your area;double your income from home""",
    "subject": """the government;the president;the prime minister;scientists;police;the central bank;a local school;doctors;farmers;voters;
        the football team;the striker;the champion;a start-up;the technology company;investors;the court;a judge;hackers;researchers;the army;
        an oil company;the airline;the city council;a famous singer;the actor;an astronaut;parents;students;workers;the union""",
    "event": """raises interest rates;wins the final;loses the election;announces a new vaccine;signs a peace treaty;goes on strike;
        discovers a new planet;releases an album;launches a rocket;cuts thousands of jobs;bans plastic bags;opens a museum;
        warns of floods;reports record profits;is accused of fraud;breaks the world record;unveils a faster chip;scores twice in a draw;
        files for bankruptcy;faces a lawsuit;plants a million trees;approves the budget;cancels flights;finds an ancient city;
        reduces carbon emissions;leaks customer data;treats cancer patients;debates immigration;buys a rival;retires at forty""",
    "criterion": """eco-friendly;environmentally friendly;sustainable;spam;advertising;a complaint;positive;negative;about sports;about politics;
        about travel;urgent;angry;a question;about money;about food;about health;a bug report;a feature request;about technology;dangerous;
        suitable for children;luxury;funny;sad;romantic;a security problem;about billing;about delivery;polite;rude;offensive;praise;
        a recommendation;about family;about animals;about music;related to science;about work;a greeting;personal;harmful to the environment""",
    "number": "2;3;4;5;10;12;20;50;100;250;500;1000",
}

TEMPLATES = """
{quality} {product}|3
{material} {product}|4
{quality} {material} {product}|3
{quality} {material} {product}, pack of {number}|2
this {product} is {good}|2
this {product} is {bad}|2
the {product} is made of {material} and it is {quality}|2
the {aspect} was {good}|2
the {aspect} was {bad}|2
the {aspect} was {good} but the {aspect} was {bad}|2
the {aspect} is {bad} and the {aspect} is {bad}|2
a {good} film with {good} {aspect}|1
a {bad} film whose {aspect} is {bad}|1
not {good}, the {aspect} is {bad}|1
I loved the {aspect}, it was {good} and {good}|2
I hated the {aspect}, it was {bad} and {bad}|2
I bought this {product} for my mother and the {aspect} is {good}|1
I returned the {product} because the {aspect} was {bad}|1
{problem}|1
{problem}, {ask}|3
hello, {problem}. {ask}|2
my {product}: {problem}|1
{request} {place}|3
can you {task} {time}|2
{task} {time}|2
{message}|1
{message}, {message}|3
hey {message}|1
{subject} {event}|4
{subject} {event} in {place}|4
{subject} {event} as {subject} {event}|2
{criterion}|1
this is {criterion}|1
is it {criterion}?|1
not {criterion}|1
{criterion}: {product}|1
{criterion} and {criterion}|1
where can I buy a {quality} {product} in {place}|2
"""


def options(slot):
    return [choice.strip() for choice in SLOTS[slot].split(";")]


def fill(rng, template, choices):
    parts = template.split("{")
    text = parts[0]
    for part in parts[1:]:
        slot, rest = part.split("}", 1)
        text += rng.choice(choices[slot]) + rest
    return text


def generated(rng, count):
    """`count` draws; repeated texts are the caller's to drop."""
    choices = {slot: options(slot) for slot in SLOTS}
    lines = [line.rsplit("|", 1) for line in TEMPLATES.strip().splitlines()]
    weights = [int(weight) for _, weight in lines]
    for template in rng.choices([template for template, _ in lines], weights, k=count):
        yield fill(rng, template, choices)
