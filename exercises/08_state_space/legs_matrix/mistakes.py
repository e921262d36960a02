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


def counted_from_one(N):
    """You count from 1. Rows and columns begin with 0, so the first number on the diagonal is -1 and the
    first of B is 1."""
    return _right(N, start=1)


def root_forgotten(N):
    """You forget the root below the diagonal. It is the root of (2n+1)(2k+1)."""
    n = np.arange(N)
    odd = 2.0 * n + 1
    return -np.tril(np.outer(odd, odd), -1) - np.diag(n + 1.0), np.sqrt(odd)


def root_of_B_forgotten(N):
    """You forget the root in B. It is the root of 2n+1."""
    return _right(N)[0], 2.0 * np.arange(N) + 1


def whole_numbers(N):
    """You write roots into an array of whole numbers, which cuts off everything behind the point. Make the
    array one of floats."""
    A, B = _right(N)
    return np.trunc(A), B


def both_triangles(N):
    """Your A has the roots above the diagonal, too. Number n listens to those before it and to none after
    it."""
    A, B = _right(N)
    return A + np.tril(A, -1).T, B


def made_normal(N):
    """You have added the product that gives A eigenvectors at right angles. What comes out is where S4D takes
    its eigenvalues from, but it no longer follows the polynomials."""
    A, B = _right(N)
    P = np.sqrt(np.arange(N) + 0.5)
    return A + np.outer(P, P), B


def diagonal_from_0(N):
    """Your diagonal is -n. It is -(n+1): the first number, which is the mean, must move towards what comes
    in."""
    A, B = _right(N)
    return A + np.eye(N), B


def diagonal_empty(N):
    """Your diagonal is empty. There stands -(n+1)."""
    A, B = _right(N)
    return np.tril(A, -1), B


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
