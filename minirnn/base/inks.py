"""The colours and sizes of all figures: on a light page, and what stands for each colour on a dark one."""

from __future__ import annotations

from typing import Any

# Drawn on a light page -> put in its place on a dark one. Text and lines alike have a contrast of 4.5 to 1.
INK = "#3b4048"  # words and numbers
RULE = "#8a919c"  # axes, ticks and other lines that stand behind the data: 3 to 1
GROUND = "#ffffff"
DARK = {
    INK: "#c3c9d5",
    RULE: "#7d8595",
    GROUND: "#1e2129",
    "#1668b0": "#79bdf2",
    "#b54708": "#ffb074",
    "#00695c": "#7fe0b8",
    "#b03a8f": "#ef8fd8",
    "#6b7280": "#a9b0bf",
}
LINES: tuple[tuple[str, Any, str], ...] = (
    ("#1668b0", "-", "o"),
    ("#b54708", "--", "s"),
    ("#00695c", "-.", "D"),
    ("#b03a8f", ":", "^"),
    ("#6b7280", (0, (8, 2, 2, 2)), "v"),
)

# A page shows 6.2 inches (446 units of SVG) as 640 pixels, a phone 3.3 inches as 320: 10 are 13 to 14 pixels.
WIDE, NARROW = 6.2, 3.3
LETTERS, SMALLEST = 9.5, 8.3
LINE_WIDTH = 1.4  # 2 pixels
