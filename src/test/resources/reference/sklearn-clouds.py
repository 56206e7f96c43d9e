# Makes sklearn-clouds.json, with scikit-learn 1.2.1 and NumPy 1.24.2: python3 sklearn-clouds.py > sklearn-clouds.json
import json
import numpy as np
from sklearn.datasets import make_circles, make_moons


def flower(noise):
    x, y = np.zeros((40, 2)), np.zeros(40, dtype=int)
    for j in range(2):
        t = np.linspace(j * 3.12, (j + 1) * 3.12, 20) + np.random.randn(20) * noise
        r = 4 * np.sin(t * 4) + np.random.randn(20) * noise
        x[20 * j:20 * j + 20] = np.c_[r * np.sin(t), r * np.cos(t)]
        y[20 * j:20 * j + 20] = j
    return x, y


cases = []


def case(kind, rows, noise, seed, share, factor, make):
    np.random.seed(seed)
    x, y = make()
    cases.append({"kind": kind, "rows": rows, "noise": noise, "seed": seed, "share": share, "factor": factor, "x": x.tolist(), "y": y.tolist()})


for seed in [0, 1, 2, 3, 2**32 - 1]:
    case("circles", 31, 0.05, seed, 0.5, 0.5, lambda: make_circles(31, factor=0.5, noise=0.05))
    case("circles", 30, 0.0, seed, 0.5, 0.8, lambda: make_circles(30))
    case("circles", 50, 0.3, seed, 0.3, 0.8, lambda: make_circles((15, 35), noise=0.3))
    case("moons", 31, 0.2, seed, 0.5, 0.8, lambda: make_moons(31, noise=0.2))
    case("moons", 40, 0.1, seed, 0.6, 0.8, lambda: make_moons((24, 16), noise=0.1))
    case("moons", 2, 0.1, seed, 0.5, 0.8, lambda: make_moons(2, noise=0.1))
    case("flower", 40, 0.2, seed, 0.5, 0.8, lambda: flower(0.2))
print(json.dumps(cases))
