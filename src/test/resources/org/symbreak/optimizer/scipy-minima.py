#!/usr/bin/env python3
"""Writes scipy-minima.json: logistic regressions with L2 and the Rosenbrock function, minimized by SciPy (made with SciPy 1.10.1).

python3 scipy-minima.py > scipy-minima.json
"""
import json
import numpy as np
from scipy.optimize import minimize, rosen, rosen_der

TIGHT = {
    "L-BFGS-B": dict(gtol=1e-8, ftol=1e-15, maxiter=10000, maxfun=100000),
    "CG": dict(gtol=1e-8, maxiter=10000),
}


def logistic(rows, features, l2, scale, seed):
    random = np.random.RandomState(seed)
    x = random.randn(rows, features) * scale ** (np.arange(features) / max(1, features - 1))
    y = (x @ random.randn(features) + random.randn(rows) > 0.3).astype(float)

    def f(p):
        w, b = p[:-1], p[-1]
        z = x @ w + b
        loss = np.mean(np.logaddexp(0, z) - y * z) + l2 / 2 * w @ w
        delta = (1 / (1 + np.exp(-z)) - y) / rows
        return loss, np.append(x.T @ delta + l2 * w, delta.sum())

    return dict(x=x.tolist(), y=y.astype(int).tolist(), l2=l2, start=np.zeros(features + 1).tolist()), f


def solved(f, start):
    found = {}
    for method, options in TIGHT.items():
        result = minimize(f, np.array(start), jac=True, method=method, options=options)
        found[method] = dict(minimum=result.fun, evaluations=int(result.nfev), x=result.x.tolist())
    return found


cases = []
for args in [(60, 4, 0.1, 1, 1), (80, 6, 0.01, 1, 2), (50, 10, 0.001, 1, 3), (100, 5, 0.01, 30, 4), (40, 12, 0.0001, 1, 5)]:
    case, f = logistic(*args)
    case["scipy"] = solved(f, case["start"])
    cases.append(case)
rosenbrock = [-1.2, 1.0, -1.2, 1.0]
print(json.dumps(dict(logistic=cases, rosenbrock=dict(start=rosenbrock, scipy=solved(lambda p: (rosen(p), rosen_der(p)), rosenbrock)))))
