# %% [markdown]
# {{ part "Questions hidden in a text" }}
#
# Read this line slowly, one letter at a time, and before each letter guess what it will be.
#
# *if the object is not a string, an exception is raised*
#
# You do not guess equally well everywhere. After `excepti` hardly anything but `o` can come, but at the
# beginning of a word nearly anything can. The picture shows how a small model did, one that has read a manual
# of the language Python and nothing else. From the fourth letter on, a bar stands above each letter: the
# taller it is, the more that letter surprised the model.

# %% fold
import math
import random
from collections import Counter, defaultdict
from functools import cache
from itertools import pairwise

from minirnn.base.plots import INK, LINES, draw_line, label_lines
from minirnn.course.figures import picture, show_table, tell
from minirnn.text import corpus, ngram

import numpy as np

book = corpus.load("pydoc")  # the language reference, which comes with Python itself
text = book.vocabulary.decode(book.train)  # the first nine tenths: to learn from
new_text = book.vocabulary.decode(book.val)  # the last tenth: to be tested on
symbols = "".join(book.vocabulary.symbols)
V = len(symbols)
tell(V=V, die=f"{math.log2(6):.2f}", read=f"{len(text):,}")


@cache
def counts(k):
    """What came after each context of k symbols, and how often: one walk through the text."""
    found = defaultdict(Counter)
    for t in range(k, len(text)):
        found[text[t - k : t]][text[t]] += 1
    return found


def followers(context):
    """How often each symbol came right after this context in the text."""
    return counts(len(context)).get(context, Counter())


def surprise(sentence, k, beta):
    """The bits that each symbol costs a model that sees the k symbols before it."""
    bits = []
    for t in range(k, len(sentence)):
        count = followers(sentence[t - k : t])
        bits.append(-math.log2((count[sentence[t]] + beta) / (count.total() + beta * V)))
    return bits


sentence = "if the object is not a string, an exception is raised"
bits = surprise(sentence, 3, 0.03)
letters = sentence[3:].replace(" ", "·")

with picture(
    "Bars above the letters of a sentence, from the fourth letter on. They are tall where something new "
    "begins, such as at the comma, at the o of object, the n of not and the r of raised, and low from the "
    "third letter of object and the fourth of exception on.",
    caption="How much each letter surprised a model that sees three letters back. A dot stands for a space.",
    table=[["letter", "surprise in bits"], *zip(letters, bits, strict=True)],
    height=3.4,
) as axes:
    axes.bar(range(len(bits)), bits, color=LINES[0][0], width=0.75)
    axes.set_xticks(range(len(bits)), list(letters))
    axes.tick_params(axis="x", length=0)
    axes.set_ylabel("surprise in bits")
    axes.set_xlim(-0.8, len(bits) - 0.2)

# %% [markdown]
# Guessing the next letter sounds like a parlour game, but it is also a job. The words that a phone offers
# above its keyboard are guesses of what you will write next. A large language model, too, is first trained to
# guess the next piece of a text, and when it answers you, it writes one guess after the other.
#
# Play it yourself, against a very small model, which sees one letter back. Each wrong guess costs one
# question.
#
# {{ widget guess-letter }}
#
# In this lesson we play the game with pencil and paper: we count. You need no mathematics but fractions and
# the logarithm, which is explained where it comes in, and at the end you have a complete language model: it
# predicts, it can be measured, and it writes.
#
# In this lesson you will
#
# {{ objectives }}
#
# ??? primer "How to read the code of this page"
#     - `text[t]` is the symbol at place `t`. Places are counted from 0, so `"banana"[1]` is `a`.
#     - `text[2:5]` is the piece from place 2 up to place 5, without place 5: `"banana"[2:5]` is `nan`.
#     - `for t in range(1, 4):` does what stands below it three times, with `t` as 1, 2 and 3.
#     - A dictionary is a list of names with a value each: with `row = {"u": 377, "_": 24}`, `row["u"]` is
#       the number 377. A dictionary of dictionaries is a table: `counts["q"]["u"]` is the number in row `q`,
#       column `u`.
#     - `print(f"V = {V}")` writes the value of `V` in place of `{V}`.

# %% [markdown]
# ## A text is its own teacher
#
# Some words for what we do. A text is a row of **symbols**: letters, but also spaces, commas and line ends.
# All different symbols together are the **vocabulary**, and we write $V$ for how many there are.
#
# Put a finger somewhere into the text. The symbol under it is the answer, while what stands before it is the
# question, which is called the **context**. How much of it we look at is ours to choose: $k$ symbols, with
# $k = 0, 1, 2, \dots$, and $k$ is called the **order** of the model. In `banana`, with $k = 2$, there are
# four questions: `ba` asks for `n`, `an` for `a`, `na` for `n`, and `an` once more for `a`.
#
# So each text is full of questions with their answers, and nobody had to write the answers down. This is why
# a machine can learn language from any pile of text.
#
# {{ exercise next_pairs }}

# %% [markdown]
# ## The text we use
#
# Python carries its own manual with it, which is what `help()` shows, and we take it because you have it
# already. The first nine tenths are for learning, while the last tenth is put away until we test a model. It
# is split this way throughout the course.

# %%
print(f"to learn from: {len(text):,} symbols. For the test: {len(new_text):,}.")
print(f"vocabulary: V = {V} symbols")
print(symbols[1:])  # the first is the line end
print()
print(text[:330])

# %% [markdown]
# Your numbers may differ a little from ours, because each version of Python has its own manual, and ours is
# that of Python 3.11.
#
# {{ part "From counts to probabilities" }}
#
# ## Count what follows
#
# The simplest way to predict is to look up every place where the context stood before, and to count what came
# after it. For `q` that is a walk through the text with a tally sheet:

# %%
answers = []
for t in range(1, len(text)):
    if text[t - 1] == "q":
        answers.append(text[t])
print("after 'q':", Counter(answers).most_common(6))

# %% [markdown]
# The function `followers`, in the folded code at the top, does the same for a context of any length.
#
# ??? predict easiest "You see `q`, or `t`, or `the`. After which of them do you know best what comes?"
#     - (x) after `q`
#     - ( ) after `t`
#     - ( ) after `the`
#
#     After `q`: {{ value after_q }} of its followers are `u`. After `the` comes a space only in
#     {{ value after_the }}, because a line may end there, and because `the` also begins `then` and `they` and
#     stands inside `other`. After `t` the best guess, `h`, is right only {{ value after_t }} of the time.

# %%
for context in ("q", "t", "the"):
    count = followers(context)
    best = ", ".join(f"{symbol!r} {n}" for symbol, n in count.most_common(6))
    print(f"after {context!r}, {count.total()} places: {best}")

# %% fold
contexts = ("q", "t", "the")
shares = {context: followers(context) for context in contexts}
shares = {context: {x: n / c.total() for x, n in c.items()} for context, c in shares.items()}
tell(**{f"after_{context}": f"{max(shares[context].values()):.0%}" for context in contexts})
# What comes after "the" but a space, as the reason says: line ends, the "e" of "other", "then" and "they".
other = followers("the")["\n"], followers("oth")["e"], followers("the")["n"] + followers("the")["y"]
assert min(other) > 0.1 * (followers("the").total() - followers("the")[" "])
shown = sorted(set().union(*(sorted(s, key=s.get)[-5:] for s in shares.values())))
names = [{" ": "space", "\n": "line\nend"}.get(x, x) for x in shown]

with picture(
    "Bars for what follows q, t and the. After q almost everything is u. After t, h leads with about a "
    "quarter, and a dozen others follow. After the, a space has about three quarters.",
    caption="The share of each symbol among all that came after three contexts.",
    table=[["next symbol", *(f"after {c}" for c in contexts)]]
    + [
        [n.replace("\n", " "), *(shares[c].get(x, 0.0) for c in contexts)]
        for n, x in zip(names, shown, strict=True)
    ],
    height=3.6,
) as axes:
    for i, context in enumerate(contexts):
        heights = [shares[context].get(x, 0.0) for x in shown]
        places = [j + 0.27 * (i - 1) for j in range(len(shown))]
        color = LINES[i][0]
        axes.bar(places, heights, 0.25, color=color, hatch=("", "///", "...")[i])
        top = max(range(len(shown)), key=heights.__getitem__)
        words = f"after {context}"
        axes.annotate(
            words,
            (places[top], heights[top]),
            (0, 3),
            textcoords="offset points",
            ha="center",
            color=color,
        )
    axes.set_xticks(range(len(shown)), names)
    axes.set_xlabel("the next symbol")
    axes.set_ylabel("share")
    axes.set_ylim(0, 1.08)

# %% [markdown]
# Each language has its habits, and a manual of Python has its own: after `q` comes `u`, but sometimes `_`,
# from names such as `__eq__`.
#
# With one symbol of context the whole model fits on one page. It is a table with a row for each symbol and,
# in the row, a number for each symbol that may follow. Two symbols side by side are called a **bigram**, so
# this is the bigram model. Making the table takes one walk through the text.
#
# {{ exercise count_bigrams }}
#
# Here is our table, for the small letters and the space, where a larger dot means a larger share.
#
# ??? predict vowels "What will the row of a vowel look like, such as that of `o`?"
#     - ( ) one large dot, as after `q`
#     - ( ) large dots at the other vowels
#     - (x) many small dots, and none that is large
#
#     Many small dots. A vowel says little about what follows: after `o` the best guess is right only
#     {{ value after_o }} of the time, and after no vowel more than {{ value after_vowel }}. Some consonants
#     are as vague, but after `h`, `j` and `z` a large dot stands at `e`. And the columns of the space and of
#     `e` are nearly full: they may follow nearly anything.

# %% fold
alphabet = " abcdefghijklmnopqrstuvwxyz"
rows, dots = {}, []
for i, left in enumerate(alphabet):
    count = followers(left)
    rows[left] = {right: count[right] / count.total() for right in alphabet}
    dots += [(j, i, rows[left][right]) for j, right in enumerate(alphabet) if rows[left][right] > 0.01]
names = ["·", *alphabet[1:]]
surest = {left: max(row.values()) for left, row in rows.items()}
tell(after_o=f"{surest['o']:.0%}", after_vowel=f"{max(surest[vowel] for vowel in 'aeiou'):.0%}")

with picture(
    "A square of dots, one row for each symbol and one column for what follows it. The columns of the space "
    "and of e are nearly full. The rows of q and j have one large dot each, at u and at e, and those of h "
    "and z have their largest at e. The rows of vowels have many small dots.",
    caption="Row: the symbol just read. Column: the next one, if it is a small letter or the space, which "
    "comes first. The area of a dot is its share of all that followed.",
    table=[["after", "most likely", "share", "second", "share"]]
    + [
        [name, *(part for x in sorted(row, key=row.get)[:-3:-1] for part in (x.replace(" ", "·"), row[x]))]
        for name, row in zip(names, rows.values(), strict=True)
    ],
    height=6.4,
) as axes:
    across, down, share = zip(*dots, strict=True)
    axes.scatter(across, down, s=[280 * p for p in share], color=LINES[0][0], linewidths=0)
    axes.set_xticks(range(27), names)
    axes.set_yticks(range(27), names)
    axes.xaxis.tick_top()
    axes.set_xlim(-0.8, 26.8)
    axes.set_ylim(26.8, -0.8)
    axes.set_aspect("equal")
    axes.grid(color=INK, alpha=0.15, linewidth=0.5)
    axes.set_axisbelow(True)
    axes.tick_params(length=0)

# %% [markdown]
# This table is a trained model. Keep it in mind, because every network of this course has to beat it.
#
# ## Leave room for what you have not seen
#
# A share looks like a probability, so why not use it as one? Call the context $c$ and a symbol that may
# follow it $x$. Write $n(c, x)$ for how often $x$ came after $c$, and $n(c)$ for how often $c$ came before
# anything. The plain share is
#
# $$p(x \mid c) = \frac{n(c, x)}{n(c)}$$
#
# Read $p(x \mid c)$ as "the probability of $x$, given that $c$ stands before it". In `banana` the symbol `a`
# stands three times, but nothing comes after the last one, so $n(\mathtt{a}) = 2$. Both times `n` followed,
# so $p(\mathtt{n} \mid \mathtt{a}) = 2/2 = 1$.
#
# The probability of a text is the product of the probabilities of its symbols, one after the other. The
# first symbol is given here, because nothing stands before it.
#
# ??? predict qzar "In our text `z` never comes after `q`. What do the plain shares think of `qzar`?"
#     - ( ) It is a rare word.
#     - (x) It can never be written.
#     - ( ) They cannot say anything about it.
#
#     It can never be written. `z` after `q` has the share 0, and a product with one 0 in it is 0, however
#     likely the other letters are.

# %%
for word in ("quit", "qzar"):
    product = 1.0
    for a, b in pairwise(word):  # q u, u i, i t
        count = followers(a)
        share = count[b] / count.total()
        product *= share
        print(f"  {b} after {a}: {count[b]:5} of {count.total():5}, {share:.4f}")
    print(f"{word}: {product:.6f}\n")

# %% [markdown]
# "I have not seen it" became "it can never happen", and one zero makes a whole text impossible, however good
# the model was everywhere else. A context that was never seen at all is worse still, because $0/0$ says
# nothing.
#
# The cure is to pretend, before we count, that every symbol was seen a little, $\beta$ times, after every
# context. ($\beta$, the Greek letter beta, need not be a whole number, so 0.1 of a time is fine.)
#
# $$p(x \mid c) = \frac{n(c, x) + \beta}{n(c) + \beta V}$$
#
# Why $\beta V$ below the line? Above the line each of the $V$ symbols got $\beta$ more, but the probabilities
# must still add up to 1, so the total grows by $V$ times $\beta$. Try it with `banana`, where $V = 3$, with
# $\beta = 1$ and the context `b`, after which `a` came once. Then `a` gets $(1 + 1)/(1 + 3) = 1/2$, and `b`
# and `n` get $(0 + 1)/(1 + 3) = 1/4$ each. Together that is 1.
#
# In our text something followed `q` {{ value q_places }} times, and {{ value q_u }} times it was `u`.
#
# ??? predict beta "Which is the first of these values of $\beta$ that takes `u` below one half?"
#     - ( ) $\beta = 0.1$
#     - ( ) $\beta = 1$
#     - (x) $\beta = 10$
#
#     $\beta = 10$. Then {{ value pretended }} pretended symbols, $\beta V$, stand against
#     {{ value q_places }} real ones, and they spread evenly over all symbols. With $\beta = 1$ only
#     {{ value V }} are pretended, and `u` keeps {{ value u_at_1 }}.
#
# Move $\beta$ yourself and watch the row of `q`.
#
# {{ widget beta-row }}

# %% fold
row = followers("q")
table = [["beta", "u", "_", "a new line", "z", "sum over all V"]]
for beta in (0, 0.01, 0.1, 1, 10, 1000):
    p = {x: (row[x] + beta) / (row.total() + beta * V) for x in symbols}
    table.append([f"{beta:g}", *(f"{p[x]:.5f}" for x in "u_\nz"), f"{sum(p.values()):.3f}"])
show_table(table, caption="The probability of four symbols after q.")
at_one = (row["u"] + 1) / (row.total() + V)
tell(q_places=row.total(), q_u=row["u"], pretended=f"{10 * V:,}", u_at_1=f"{at_one:.2f}")

# %% [markdown]
# A small $\beta$ believes the counts, while a large one believes that all symbols are equally likely. Which
# is best? We cannot say yet, because we have no way to say what "good" means. That comes next.
#
# {{ exercise smooth_counts }}
#
# !!! sofar
#     A text asks its own questions, and counting answers them with a probability for each symbol.
#     $\beta$ keeps a little room for what was never seen, so that nothing is impossible.

# %% [markdown]
# {{ part "A score: bits" }}
#
# ## A game of guesses: bits
#
# I think of one of 8 symbols, all equally likely, and you may ask questions that I answer with yes or no. How
# many do you need? Three, because each good question halves what is left: 8, 4, 2, 1. For 16 symbols you need
# four. One answer of yes or no is worth one **bit**.
#
# What counts is how often you have to halve, and there is a name for that: the logarithm to base 2. $\log_2 8
# = 3$ because $2 \cdot 2 \cdot 2 = 8$. A symbol of probability $p$ is like one among $1/p$ equal ones, so the
# **surprise** at it is
#
# $$\text{surprise} = \log_2 \frac{1}{p} \quad \text{bits}$$
#
# For $p = 1/8$ that is $\log_2 8 = 3$. (The same number is often written $-\log_2 p$, because turning a
# fraction over changes the sign of its logarithm.)
#
# A good model makes the game shorter, because it asks first about what is likely. If it was sure and right,
# it pays nothing. If it thought impossible what then came, it pays without end, because you never arrive at
# 0, however often you halve. This is why $\beta$ is needed.

# %% fold
table = [["probability p", "surprise in bits", "like ..."]]
for p, like in (
    (1, "the sun rises"),
    (1 / 2, "a coin falls on heads"),
    (1 / 4, "two coins fall on heads"),
    (1 / 6, "a die shows six"),
    (1 / V, f"one of V = {V} symbols, all equally likely"),
    (1 / 1000, "one ticket in a thousand wins"),
):
    table.append([f"{p:.4f}", f"{math.log2(1 / p):.2f}", like])
show_table(table)

# %% [markdown]
# How can a die cost {{ value die }} bits, when questions are whole? Six lies between 4 and 8, so one throw
# takes 2 or 3 questions. If many throws are asked about together, the mean comes down to {{ value die }}.
#
# Look at rows two and three: probabilities are **multiplied**, while surprises are **added**, which is why we
# use the logarithm. So the surprise of a whole text is the sum of the surprises of its symbols.
#
# The score of a model is the mean of them, its **bits per character**, where less is better. Two marks help
# to judge it.
#
# - A model that knows nothing gives each symbol the probability $1/V$ and pays $\log_2 V$ for each.
# - A file on your disk spends 8 bits on each English letter, so a model with 2 bits per character could pack
#   it into a quarter of the space. Predicting and packing are the same skill.
#
# !!! history "How far down can it go?"
#     Claude Shannon let people play the game of this lesson, and published in 1951 what he concluded:
#     English, in 26 letters and the space, costs between 0.6 and 1.3 bits per letter if the guesser sees 100
#     letters back.
#
# {{ exercise bits_per_character }}
#
# ### Find the fault
#
# Now you know all the rules of a model that counts. Somebody brings you tables that break one of them, but
# the program runs in each case, so you have to look at the numbers.
#
# {{ exercise broken_rule }}
#
# ??? info "Bits and nats"
#     In training, people use another logarithm, the natural one, which {{ lesson vanilla_rnn }} introduces,
#     and call the unit **nat**. One nat is 1.443 bits. It is like metres and feet.

# %% [markdown]
# {{ part "How much context?" }}
#
# ## How long should the context be?
#
# Now we can ask which model is best. We count with contexts of $k = 0$ to $8$ symbols and score each model
# twice, on the text it has counted and on the one that was put away. Each time we take the best of five
# values of $\beta$. What they have counted, the models know better and better: with $k = 0$ they pay
# {{ value old_0 }} bits, with $k = 3$ {{ value old_3 }}, and with $k = 8$ {{ value old_8 }}.
#
# That was the text they have read. Now the new one.
#
# ??? predict turn "Draw how the score on new text goes on as the context gets longer."
#     curve: new_scores
#     across: symbols of context, k
#     up: bits per character, new text
#     given: 2
#
#     It falls until $k =$ {{ value best_k }} and then rises again. A long context is a sharp question, but
#     the model has seen it too rarely to know the answer.


# %%
def in_bits(nats):
    return nats / math.log(2)


on_new = ngram.baselines(book.train, book.val, V, range(9))
on_old = ngram.baselines(book.train, book.train, V, range(9))

table = [["k", "beta, new text", "bits, new text", "bits, text it has read"]]
for new, old in zip(on_new, on_old, strict=True):
    table.append([new.order, new.beta, f"{in_bits(new.nats):.3f}", f"{in_bits(old.nats):.3f}"])
show_table(table, caption="Counting with contexts of k symbols.")
best = min(on_new, key=lambda model: model.nats)
print(f"best on new text, k = {best.order}, pays {in_bits(best.nats):.3f} bits")
print(f"knowing nothing pays {math.log2(V):.3f} bits")

# %% fold
new_curve = [(m.order, in_bits(m.nats)) for m in on_new]
old_curve = [(m.order, in_bits(m.nats)) for m in on_old]
tell(new_scores=new_curve, best_k=best.order)
tell(**{f"old_{k}": f"{old_curve[k][1]:.2f}" for k in (0, 3, 8)})

# What it is worth to have read the text, with each of its ten tenths put away in turn.
everything, worth = np.concatenate([book.train, book.val]), {1: [], 2: []}
for tenth in np.array_split(np.arange(len(everything)), 10):
    rest = np.delete(everything, tenth)
    unread, known = (ngram.baselines(rest, ids, V, worth) for ids in (everything[tenth], rest))
    for new, old in zip(unread, known, strict=True):
        worth[new.order].append(in_bits(new.nats - old.nats))
tell(**{f"worth_{k}": f"{sum(bits) / 10:.2f}" for k, bits in worth.items()})

with picture(
    "Two curves of bits per character over the length of the context. On text that was read the curve falls "
    "all the way. On new text it falls until about three symbols and then rises again.",
    caption="With a longer context the model knows the past better, and in the end nothing but the past.",
    table=[["k", "new text", "text it has read"]]
    + [[k, new, old] for (k, new), (_, old) in zip(new_curve, old_curve, strict=True)],
) as axes:
    draw_line(axes, 0, new_curve, "new text")
    draw_line(axes, 1, old_curve, "text it has read")
    axes.set_xlabel("symbols of context, k")
    axes.set_ylabel("bits per character")
    axes.set_ylim(bottom=0)
    label_lines(axes)

# %% [markdown]
# At $k = 0$ and $1$ the new text is even the easier one, and at $k = 2$ it hardly helps to have read the
# text. That is a trait of this last tenth and no law. With each tenth of the text put away in turn, having
# read it is worth {{ value worth_1 }} bits at $k = 1$ and {{ value worth_2 }} at $k = 2$ in the mean. From
# then on the curves part, and the lower one is a warning. If you test a model on what it has read, the
# longest memory always looks best. A model that learned the book by heart would score 0, but be of no use for
# the next book, so only the upper curve counts.
#
# It rises because long contexts were seen too rarely, but the table has a deeper fault, too. With $k = 4$ it
# looks up `list is` in the row `t is` and `tuple is` in the row `e is`, so what it learned from one, it does
# not know of the other. It has no idea that lists and tuples are much alike, and a bracket that was opened 30
# symbols ago does not exist for it at all.
#
# Each point of the curves is the mean of a list like the one that `surprise` made for the first picture: one
# line of code in a loop. The library counts all orders at once, which is faster but harder to read.
#
# ??? note "The library's code for these numbers"
#     {{ source minirnn/text/ngram.py Baseline baselines }}
#
# ??? info "The same experiment on Shakespeare"
#     Much of this course is measured on *tiny Shakespeare*, a million letters from the plays with $V = 65$,
#     cut nine to one as here. Here is the same table for it, each score with its best $\beta$. Later lessons
#     count in nats, and a nat is 1.443 bits:
#
#     | $k$ | 0 | 1 | 2 | 3 | 4 | 5 |
#     | --- | --- | --- | --- | --- | --- | --- |
#     | bits | 4.8 | 3.6 | 3.0 | 2.6 | **2.5** | 2.9 |
#     | nats | 3.347 | 2.482 | 2.046 | 1.779 | **1.750** | 1.979 |
#
#     So 1.750 nats is what counting reaches there, and what a network has to beat. You can make these numbers
#     yourself: `minirnn train --corpus shakespeare` fetches the text and prints them when the training ends.
#
# ### And which beta?
#
# With $k = 5$ most contexts were seen only a few times, and with $\beta = 1$ as many as {{ value V }}
# pretended symbols stand against those few real ones. So a long context should want a smaller $\beta$ than a
# short one, and it does. (In the table above, the longest contexts even took the smallest of the five
# values.)

# %% fold
betas = (10, 1, 0.1, 0.01, 0.001)
table = [["beta", "k = 1", "k = 3", "k = 5"]]
for beta in betas:
    models = ngram.baselines(book.train, book.val, V, (1, 3, 5), (beta,))
    table.append([f"{beta:g}", *(f"{in_bits(m.nats):.2f}" for m in models)])
show_table(table, caption="Bits per character on new text.")

# %% [markdown]
# Both directions hurt, and the longer the context, the more it matters. Too much $\beta$ drowns a few counts
# in pretended ones, while too little makes each new thing a shock.
#
# ## Let it write
#
# A model that predicts can also write: choose the next symbol at random with the predicted probabilities, add
# it to the text, and go on from there. In 1948 Shannon did this without a computer, and without a table. Open
# a book at a random place, read on until you find your context, write down the symbol that follows it there,
# and do it again. Try it with a book and a neighbour: it takes a few minutes for a line.

# %% fold
START = "The value of the "


def write_like_shannon(k, length, seed):
    die = random.Random(seed)
    written = START
    while len(written) < length:
        context = written[len(written) - k :]
        place = text.find(context, die.randrange(len(text)), len(text) - 1)
        if place < 0:  # not between here and the end: go on at the beginning
            place = text.find(context)
        written += text[place + k]
    return written


def longest_copy(written):
    """How long the longest piece is that stands in the text word for word."""
    longest = 0
    for start in range(len(written)):
        end = start + longest + 1
        while end <= len(written) and written[start:end] in text:
            longest, end = longest + 1, end + 1
    return longest


copied = {
    k: max(longest_copy(write_like_shannon(k, 240, seed)[len(START) :]) for seed in range(3))
    for k in (0, 1, 3, 5, 12)
}
tell(length=240 - len(START), copied_3=copied[3], copied_12=copied[12])

# %%
for k in (0, 1, 3, 5, 12):
    print(f"--- k = {k}")
    print(write_like_shannon(k, 240, seed=1))

# %% [markdown]
# With $k = 0$ only the share of letters is right. With $k = 3$ there are words that should exist. With $k =
# 12$ it reads well, in fact too well, because it copies. In three such texts of {{ value length }} symbols,
# the longest piece that stands in the manual word for word has {{ value copied_12 }}; with $k = 3$ it has
# {{ value copied_3 }}. This is the lower curve again: the model of long contexts does not write about Python,
# it quotes.
#
# {{ exercise sample_text }}
#
# ## Where counting runs out
#
# Why does a longer context stop helping? Because we have seen it too rarely to know what follows.
#
# Take a place in the new text, and the 5 symbols before it. Did these 5 ever stand together in the text we
# learned from?
#
# ??? predict never "At how many of 100 places did they never stand together there?"
#     number: {{ value never_5 }} of 100 places
#     near: 5
#
#     {{ value never_5 }} of 100, although the text we learned from has {{ value read }} symbols. And at
#     {{ value rarely_5 }} of 100 places the 5 symbols were seen fewer than 10 times.

# %% fold
table = [["k", "possible", "in the text", "never seen", "fewer than 10 times"]]
for k in range(1, 9):
    times = Counter(text[t - k : t] for t in range(k, len(text)))
    asked = [times[new_text[t - k : t]] for t in range(k, len(new_text))]
    never, rarely = (sum(n < m for n in asked) / len(asked) for m in (1, 10))
    table.append([k, f"{V**k:,}", f"{len(times):,}", f"{never:.1%}", f"{rarely:.1%}"])
    if k == 3:  # so says the exercise count_bigrams
        assert len(times) / 4 < sum(n == 1 for n in times.values()) < len(times) / 3
    if k == 5:
        tell(never_5=round(100 * never), rarely_5=round(100 * rarely))
show_table(table, caption="How often the contexts of the new text were seen before.")

scores = []
for part in (100, 1):
    n = len(book.train) // part
    models = ngram.baselines(book.train[-n:], book.val, V, range(6))
    scores.append(min(models, key=lambda model: model.nats))
few, all_of_it = scores
tell(part=f"{len(book.train) // 100:,}", k_few=few.order, k_all=all_of_it.order)
tell(bits_few=f"{in_bits(few.nats):.2f}", bits_all=f"{in_bits(all_of_it.nats):.2f}")

# %% [markdown]
# The possible contexts grow by a factor of $V$ with each symbol, but the text does not grow at all. So would
# more text help? It would, but it takes very much of it. With a hundredth of our text, {{ value part }}
# symbols, the best context has {{ value k_few }} symbols and pays {{ value bits_few }} bits. A hundred times
# that text takes the best context from {{ value k_few }} to {{ value k_all }} symbols, and what it pays to
# {{ value bits_all }} bits.
#
# ??? info "Better ways of counting"
#     Ours is the simplest cure for unseen symbols. One that mixes long contexts with short ones, and trusts
#     each as far as it was seen, does clearly better (Kneser and Ney 1995; Chen and Goodman 1999 compare
#     many). When this course says that a network beats counting, it means the table above. Such mixtures
#     would be harder to beat.

# %% [markdown]
# ## What to remember
#
# {{ keypoints }}
#
# ## Check yourself
#
# ??? check "In `banana`, what is $n(\mathtt{a})$, and why is it not 3?"
#     It is 2. The last `a` has nothing after it, so it asks no question.
#
# ??? check "What does a model pay that gave $1/16$ to the symbol that came? And one that gave 0?"
#     4 bits, because 16 is halved four times: 8, 4, 2, 1. With probability 0 it pays without end.
#
# ??? check "Your model scores 0.9 bits per character on the text it has counted. Is it a good model?"
#     Nobody knows yet. A model that learned the text by heart scores well there. Test it on text that it has
#     not read.
#
# ??? check "Why does a context of 8 symbols predict new text worse than one of 3?"
#     Most contexts of 8 symbols were never seen, or only a few times. Then the counts say little, and the
#     model falls back on "all symbols are equally likely", or on luck.
#
# ## What comes next
#
# The keyboard of a phone and the large models do what you did here: a probability for each next symbol, a
# score in bits, and a roll of a die. What they do not do is look up a longer and longer table. We would like
# a model that reads on and on, keeps a short summary of all it has read, and is free to decide what to keep:
# not a window, but a memory. {{ Lesson vanilla_rnn }} builds one from a loop.
#
# ## Where papers and programs differ
#
# !!! note "Where papers and programs differ"
#     Bits per character can be compared only for the same text, the same symbols and the same cut. Shannon's
#     letters have no capitals and no commas, so his numbers and ours are of two different games. Karpathy's
#     program `char-rnn` cuts tiny Shakespeare 95 to 5; nanoGPT, and we, cut it 90 to 10. Papers on text8
#     train on 90 of its 100 million letters, choose on 5 and report the last 5. And our best $\beta$ is
#     chosen on the very text that we report, which flatters the counts a little.
#
# ## Read on
#
# - C. E. Shannon, *A Mathematical Theory of Communication*, Bell System Technical Journal 27, 1948. Section 3
#   writes English with longer and longer contexts, as you did above.
# - C. E. Shannon, *Prediction and Entropy of Printed English*, Bell System Technical Journal 30, 1951. The
#   game of guesses, and how bits are read off from it.
# - R. Kneser and H. Ney, *Improved backing-off for m-gram language modeling*, ICASSP 1995.
# - S. F. Chen and J. Goodman, *An empirical study of smoothing techniques for language modeling*, Computer
#   Speech and Language 13, 1999.
# - A. Karpathy, *The Unreasonable Effectiveness of Recurrent Neural Networks*, blog post, 2015. Tiny
#   Shakespeare comes from the program that goes with it.

# %% [markdown]
# ??? teacher "For teachers"
#     **In one sentence.** The class finds out that a text asks its own questions, that counting answers them,
#     that bits score the answers, and that no table can be long enough.
#
#     **Board plan.** Left, stays for the whole lesson: the word `banana` with arrows from each context to its
#     answer ($k = 2$). Middle: the tally sheet of `banana`, then the same with $+\beta$, then as fractions
#     that add up to 1. Right: a line of halvings 16, 8, 4, 2, 1 with "bits" under it; at the end the sketch
#     of the two curves, upper one in colour.
#
#     {{ minutes }}
#
#     **Checkpoints**, school track, without the exercises (a class may do the first three together on paper).
#
#     | in part | the class has |
#     | --- | --- |
#     | 1 | guessed the sentence of the first picture aloud, letter by letter, hands up for each |
#     | 1 | named context, symbol, vocabulary; found the questions in `banana` |
#     | 2 | counted a line of any book on a tally sheet and predicted from it |
#     | 2 | met the zero, and repaired it with beta |
#     | 3 | played the game of 16 symbols and read a score in bits |
#     | 4 | drawn the two curves before seeing them |
#     | 4 | written a line by Shannon's method with a book |
#     | 4 | said in their own words why a longer and longer table is no memory |
#
#     **What learners get wrong.**
#
#     - *The context contains the answer.* One place too far in the slice, and the quiz is trivial. Ask: what
#       do you know before you lift your finger?
#     - *Pairs do not overlap.* They cut the text into pieces of two. Walk two fingers through `aaaa`: three
#       pairs.
#     - *A pair counts once.* They use a set, or a dictionary that forgets. How often is the whole point.
#     - *Rows and columns.* "What came before $x$" instead of "what came after $c$". In `banana`, `b` has a
#       row and no column.
#     - *Beta above the line only*, or once below it. Let them add up their fractions: the sum gives it away.
#     - *V is what I have seen in this row.* No: $V$ is all there is. The unseen ones need their share most.
#     - *A mean of probabilities.* The mean comes after the logarithm. One terrible guess must hurt.
#     - *More context is always better.* They think of people, who understand. The table cannot see that two
#       contexts are alike.
#     - *A good writer picks the likeliest symbol.* Then it runs in circles. Try it with a bigram row on the
#       board.
#
#     **If time is short.** Let one pupil play against the bigram for all. Do not leave out the two curves.
#
#     **A subtle point for those who are early.** Shannon's book trick is not exactly fair: an occurrence that
#     stands after a long gap is found more often than one in a crowd. How would one repair it? (Number all
#     occurrences and throw a die among them; or use the probabilities, as `sample_text` does.)
