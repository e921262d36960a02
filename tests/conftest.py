"""Settings that must stand before numpy, torch or matplotlib is imported; child processes inherit them."""

import os

os.environ["MPLBACKEND"] = "Agg"
os.environ.setdefault("OMP_NUM_THREADS", "1")

# Files of tests run side by side, in this order: the longest first, or one of them would be last, and alone.
LONGEST = [
    "test_contract",
    "test_ranks",
    "test_sequence_parallel",
    "test_run",
    "test_derivatives",
    "test_scan",
    "test_across",
    "test_lessons",
    "test_python_exercises",
    "test_numpy_exercises",
    "test_hostile",
]


def pytest_collection_modifyitems(items):
    places = {name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.path.stem, len(LONGEST)))
