"""What goes wrong when an orthogonal matrix is drawn."""

import numpy as np


def _fair(normal, radius):
    Q, R = np.linalg.qr(normal)
    return radius * Q * np.sign(np.diag(R))


def signs_left_as_they_come(normal, radius):
    """It is orthogonal, but the signs of its columns come from elsewhere, from the library or from a chance
    of your own. They must follow from normal: see what R has on its diagonal."""
    return radius * np.linalg.qr(normal)[0]


def signs_on_the_rows(normal, radius):
    """You multiply the rows of Q by the signs. Number i of R's diagonal belongs to column i of Q."""
    Q, R = np.linalg.qr(normal)
    return radius * np.sign(np.diag(R))[:, None] * Q


def largest_stretch_made_one(normal, radius):
    """You divide by the largest stretch, so one direction is stretched by the radius and all others by less.
    Every direction must be stretched alike."""
    return radius * normal / np.linalg.norm(normal, 2)


def diagonal_for_its_sign(normal, radius):
    """You multiply the columns by the diagonal of R itself. Only its signs are wanted: with its sizes the
    columns are no longer of one length."""
    Q, R = np.linalg.qr(normal)
    return radius * Q * np.diag(R)


def random_and_scaled(normal, radius):
    """You divide by the root of n. Then the columns are of length 1 and at right angles only on average: the
    rule asks for it exactly."""
    return radius * normal / np.sqrt(len(normal))


def columns_made_one_long(normal, radius):
    """You make each column as long as it should be. The columns must also stand at right angles to one
    another."""
    return radius * normal / np.linalg.norm(normal, axis=0)


def rows_made_one_long(normal, radius):
    """You make each row as long as it should be. The rows must also stand at right angles to one another."""
    return radius * normal / np.linalg.norm(normal, axis=1, keepdims=True)


def radius_squared(normal, radius):
    """You multiply by the square of the radius. W stretches by the radius once; it is in W^T W that it stands
    squared."""
    return radius * _fair(normal, radius)


def radius_forgotten(normal, radius):
    """Your matrix stretches nothing. Multiply it by the radius."""
    return _fair(normal, radius) / radius


def root_of_the_radius(normal, radius):
    """You multiply by the root of the radius. W stretches by the radius itself."""
    return _fair(normal, radius) / np.sqrt(radius)


def left_singular_vectors(normal, radius):
    """You take U of the singular value decomposition alone. The signs of its columns come from the library,
    and need not turn with normal. Multiply by V^T as well: whatever the signs are, they cancel."""
    return radius * np.linalg.svd(normal)[0]


def mirror_images_excluded(normal, radius):
    """You flip a column so that the determinant is positive. A mirror is orthogonal, too: if normal is
    mirrored, the result must be mirrored, and its determinant changes its sign."""
    W = _fair(normal, radius)
    if np.linalg.det(W) < 0:
        W[:, 0] *= -1
    return W


def transpose_decomposed(normal, radius):
    """You decompose normal transposed. A stands on the left of normal, and has to come out on the left of W:
    decompose normal itself."""
    return _fair(normal.T, radius).T


def transposed(normal, radius):
    """You return the transpose. It is orthogonal as well, but if normal is turned from the left, it turns
    from the right."""
    return _fair(normal, radius).T


def signs_of_Q(normal, radius):
    """You take the signs from the diagonal of Q. They change with a turn in another way than the matrix does.
    It is R that should stay as it is: take the signs from its diagonal."""
    Q = np.linalg.qr(normal)[0]
    return radius * Q * np.sign(np.diag(Q))


def right_singular_vectors(normal, radius):
    """The orthogonal matrix that is nearest to normal."""
    U, _, Vt = np.linalg.svd(normal)
    return radius * (U @ Vt)


def right_minus(normal, radius):
    """With a negative diagonal of R, which is as fair."""
    Q, R = np.linalg.qr(normal)
    return np.array([-radius * np.copysign(1.0, R[i, i]) * Q[:, i] for i in range(len(R))]).T
