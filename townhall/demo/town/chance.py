"""Random numbers: one stream per subject, so that a change in one part leaves the others as they were."""

from zlib import crc32

import numpy as np

Rng = np.random.Generator


def stream(seed: int, subject: str) -> Rng:
    """A generator that depends on the seed and the subject's name alone."""
    return np.random.default_rng([seed & 0xFFFFFFFF, crc32(subject.encode())])
