# Makes numpy-legacy.json, with NumPy 1.24.2: python3 numpy-legacy.py > numpy-legacy.json
import json
import numpy as np

cases = []
for seed in [0, 1, 2, 3, 42, 2**31, 2**32 - 1, 5_000_000_000, -1]:
    words = [seed & 0xFFFFFFFF, (seed >> 32) & 0xFFFFFFFF]
    np.random.seed(seed if 0 <= seed < 2**32 else words)
    cases.append({
        "seed": seed,
        "words": np.random.randint(0, 2**32, 700).tolist()[::100],
        "doubles": np.random.random_sample(4).tolist(),
        "uniform(-3,5)": np.random.uniform(-3, 5, 3).tolist(),
        "integers(-5,17)": np.random.randint(-5, 17, 9).tolist(),
        "integers(0,10^12)": np.random.randint(0, 10**12, 4).tolist(),
        "permutation(23)": np.random.permutation(23).tolist(),
        "gaussian": np.random.randn(5).tolist(),
        "double after a spare": np.random.random_sample(1).tolist(),
        "the spare": np.random.randn(1).tolist(),
        "far gaussian": np.random.randn(2001)[-1:].tolist(),
    })
print(json.dumps(cases, indent=1))
