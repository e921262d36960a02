# %% [markdown]
# {{ part "Halves" }}
#
# Begin with a picture or a story: something that a reader has seen. A cake is cut, half of it is eaten, and
# next day half of what is left.
#
# By the third paragraph one real system lives on the idea. Medicine in the blood is halved in the same way,
# because each hour the kidneys take the same share of what is left.
#
# In this lesson you will
#
# {{ objectives }}
#
# ## A number that halves
#
# Write $x_t$ for what is left after $t$ steps. By hand, before any code: 1, then $\frac{1}{2}$, then
# $\frac{1}{4}$.
#
# ??? predict tenth "After how many steps is less than a tenth left?"
#     number: {{ value steps }} steps
#     near: 1
#
#     After {{ value steps }} steps, because three halvings leave an eighth and four a sixteenth.
#
# The fourth step is the first below a tenth, as the table shows.

# %%
from minirnn.base.plots import draw_line
from minirnn.course.figures import picture, show_table, tell

left = [0.5**t for t in range(6)]
tell(steps=next(t for t, x in enumerate(left) if x < 0.1))
show_table([["step", "what is left"], *enumerate(left)])

# %% [markdown]
# !!! sofar
#     Each step keeps a half.
#     After $t$ steps $2^{-t}$ is left.
#
# {{ part "With the hands" }}
#
# ## Now you
#
# An exercise stands where it is needed, and nowhere above it is its answer.
#
# {{ exercise hybrid_mean }}
#
# {{ part "What was measured" }}
#
# ## The experiment
#
# Its conclusion first, in words. Then a figure, then what speaks against it.
#
# ??? predict shape "On paper with equal steps upwards: what does the curve of what is left look like?"
#     - ( ) a straight line
#     - (x) a curve that falls ever more slowly
#
#     It falls ever more slowly, because half of less is less.
#
# The curve falls ever more slowly and never reaches zero.

# %% fold
points = list(enumerate(left))
with picture(
    "A curve that begins at 1 and halves at each step: 0.5, 0.25, and 0.03 after five.",
    table=[["step", "what is left"], *points],
    caption="Half of it, again and again",
) as axes:
    draw_line(axes, 0, points, "what is left")
    axes.set_xlabel("step")
    axes.set_ylabel("what is left")

# %% [markdown]
# ## What to remember
#
# {{ keypoints }}
#
# ## Check yourself
#
# ??? check "What is left after three steps?"
#     One eighth.
#
# ??? check "Is it ever zero?"
#     No, because half of something is something.
#
# ??? check "What if each step keeps a third?"
#     Then $3^{-t}$ is left.
#
# ??? check "Which step is the first with less than a hundredth?"
#     The seventh, because $2^7$ is 128.
#
# ## What comes next
#
# Two or three sentences that lead to another lesson, such as {{ lesson sequences }}.
#
# ## Read on
#
# - A source that carries the lesson further, with a sentence on what it is good for.
#
# ??? teacher "For teachers"
#     What the lesson takes is counted when it is written: `python benchmarks/dry_run.py`. Then the directive
#     `minutes` in double braces, on a line of its own, says it here.
#
#     **Checkpoints**, without the exercises.
#
#     | by minute | where you are |
#     | --- | --- |
#     | 5 | the table |
#
#     **Misconceptions.** What learners think, and what helps.
