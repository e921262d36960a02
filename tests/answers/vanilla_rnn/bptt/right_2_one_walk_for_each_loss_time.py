# verdict: right
# what: for each time s the direct gradient grad_h[:, s] walks back on its own to the start, and all walks are added up (quadratic in time, same numbers).
# diagnosis: none
import numpy as np


def bptt(
    x: np.ndarray, h: np.ndarray, grad_h: np.ndarray, W: np.ndarray, U: np.ndarray, h0: np.ndarray
) -> dict[str, np.ndarray]:
    W64, U64 = W.astype(np.float64), U.astype(np.float64)
    x64, h64 = x.astype(np.float64), h.astype(np.float64)
    gW, gU = np.zeros(W.shape), np.zeros(U.shape)
    gb, gh0 = np.zeros(W.shape[0]), np.zeros(h0.shape)
    slopes = 1.0 - h64**2
    for s in range(x.shape[1]):
        arrow = grad_h[:, s].astype(np.float64)
        for t in range(s, -1, -1):
            arrow = arrow * slopes[:, t]
            old = h64[:, t - 1] if t >= 1 else h0.astype(np.float64)
            gW += (arrow[:, :, None] * old[:, None, :]).sum(axis=0)
            gU += (arrow[:, :, None] * x64[:, t][:, None, :]).sum(axis=0)
            gb += arrow.sum(axis=0)
            arrow = (W64.T @ arrow.T).T
        gh0 += arrow
    kind = x.dtype
    return dict(W=gW.astype(kind), U=gU.astype(kind), b=gb.astype(kind), h0=gh0.astype(kind))
