"""Settings that must stand before numpy, torch or matplotlib is imported; child processes inherit them."""

import os

os.environ["MPLBACKEND"] = "Agg"
os.environ.setdefault("OMP_NUM_THREADS", "1")
