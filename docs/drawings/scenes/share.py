"""The picture a link shows when an article has none: the column's name over its phase line."""

from kit import *

NAME = "教育整顿进行时"
INK_, PAPER_, ACCENT = "#181d25", "#fdfdfb", "#a3261c"
SOFT = "#4a515c"
PHASES = ("学习教育", "查纠整改", "总结提升")


def draw():
    w, h = 1200, 630
    c = Canvas(w, h, PAPER_)
    left, right = 72, w - 72
    size = (right - left) / (len(NAME) * 1.04)
    c.text(left - size * 0.04, 322, NAME, size, INK_, 900, spacing=round(size * 0.045, 1))
    # The double rule: thick is done, thin is ahead. No date, so the bar stops inside the first phase.
    y = 402
    third = (right - left) / 3
    done = left + third * 0.62
    c.rect(left, y, right - left, 3, INK_)
    c.rect(left, y - 20, done - left, 13, ACCENT)
    c.rect(done - 5, y - 28, 5, 34, ACCENT)
    for i in (1, 2):
        c.rect(left + i * third, y - 18, 3, 20, INK_)
    for i, name in enumerate(PHASES):
        c.text(left + i * third, y + 66, name, 36, ACCENT if i == 0 else SOFT, 700)
    # a heavy rule above and a hairline below close the sheet as a newspaper's head would
    c.rect(left, 96, right - left, 6, INK_)
    c.rect(left, 534, right - left, 2, "#dcdad4")
    return c
