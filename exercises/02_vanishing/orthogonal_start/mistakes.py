"""What goes wrong when an orthogonal matrix is drawn."""

import numpy as np


def signs_left_as_they_come(normal, radius):
    """It is orthogonal, but the signs of its columns are those that the library happens to choose. So some
    matrices never come up: see what R has on its diagonal."""
    return radius * np.linalg.qr(normal)[0]


def signs_on_the_rows(normal, radius):
    """You multiply the rows of Q by the signs. Number i of R's diagonal belongs to column i of Q."""
    Q, R = np.linalg.qr(normal)
    return radius * np.sign(np.diag(R))[:, None] * Q


def largest_stretch_made_one(normal, radius):
    """You divide by the largest stretch, so one direction is stretched by the radius and all others by less.
    Every direction must be stretched alike."""
    return radius * normal / np.linalg.norm(normal, 2)


def right_singular_vectors(normal, radius):
    """The orthogonal matrix that is nearest to normal."""
    U, _, Vt = np.linalg.svd(normal)
    return radius * (U @ Vt)


def right_minus(normal, radius):
    """With a negative diagonal of R, which is as fair."""
    Q, R = np.linalg.qr(normal)
    return np.array([-radius * np.copysign(1.0, R[i, i]) * Q[:, i] for i in range(len(R))]).T
