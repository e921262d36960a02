"""What goes wrong with the matrix of LegS, and other ways to get it right."""

import numpy as np


def _right(N, start=0):
    n = np.arange(start, N + start)
    root = np.sqrt(2.0 * n + 1)
    return -np.tril(np.outer(root, root), -1) - np.diag(n + 1.0), root


def sign_lost(N):
    """Your A has the other sign. A state must forget in order to stay the mean of what came, so all of A is
    negative or 0."""
    A, B = _right(N)
    return -A, B


def upper_triangle(N):
    """Your A is the transposed one. Number n listens to those before it, so what is not 0 stands below the
    diagonal."""
    A, B = _right(N)
    return A.T.copy(), B


def root_on_the_diagonal(N):
    """Your diagonal follows the rule of the other places, which would make it -(2n+1). It has a rule of its
    own, -(n+1)."""
    A, B = _right(N)
    return A - np.diag(np.arange(N) * 1.0), B


def right_entry_by_entry(N):
    """With two loops."""
    A = np.zeros((N, N))
    for n in range(N):
        for k in range(n):
            A[n, k] = -(((2 * n + 1) * (2 * k + 1)) ** 0.5)
        A[n, n] = -n - 1
    return A, np.array([(2 * n + 1) ** 0.5 for n in range(N)])


def right_by_a_mask(N):
    """The outer product where the row is larger, and the diagonal apart."""
    n = np.arange(N)
    A = np.where(n[:, None] > n, -np.sqrt((2.0 * n[:, None] + 1) * (2 * n + 1)), 0)
    A[n, n] = -(n + 1)
    return A, np.sqrt(2 * n + 1)
