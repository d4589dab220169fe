"""How much words and vectors weigh when both have searched: it follows from what the words found.

Score of a passage: c · bm25 / best bm25 + 0.1 · (cosine − best cosine) / spread, where c is the share of the question's terms,
weighted by idf, that the best passage by words holds, and the spread is the deviation of the cosines among the vectors' finds.
A question in another language, or in words of its own, covers nothing and is left to the vectors. Recall@1 by words, by
vectors, by reciprocal ranks, by this: XQuAD-zh .920 .897 .932 .950; English questions on it .140 .725 .652 .733;
CMRC trial .982 .932 .964 .984; DRCD dev .958 .820 .914 .960; ChronoQA .802 .769 .821 .817.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_VECTOR_SHARE = 0.1


def fused(
    words: NDArray[np.float32], cosines: NDArray[np.float32], coverage: float, found_by_vectors: NDArray[np.float32]
) -> NDArray[np.float32]:
    """One score for each candidate out of its BM25 score and its cosine; `found_by_vectors` are the cosines search gave."""
    best_word = float(words.max(initial=0.0)) or 1.0
    spread = float(found_by_vectors.std()) if len(found_by_vectors) > 1 else 0.0
    best_cosine = float(cosines.max(initial=-1.0))
    scores = coverage * words / best_word + _VECTOR_SHARE * (cosines - best_cosine) / (spread + 1e-6)
    return scores.astype(np.float32)
