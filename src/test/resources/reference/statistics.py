"""Made statistics.json: SciPy 1.17.1, NumPy 2. Run: python statistics.py > statistics.json"""
import json
import numpy as np
from scipy import stats

random = np.random.RandomState(6)
# Cureton's plant heights, and samples of Gaussian differences; the last two have ties, then ties and zeros
exact = [[6, 8, 14, 16, 23, 24, 28, 29, 41, -48, 49, 56, 60, -67, 75]]
exact += [(random.randn(n) + shift).tolist() for n, shift in [(5, 0.0), (6, 2.0), (10, 0.5), (30, 0.3), (30, 3.0), (60, -0.2)]]
ties = np.round(random.randn(25) + 0.4, 1)
ties = ties[ties != 0].tolist()
zeros = [6, 8, 14, 16, 23, 24, 28, -29, 41, -48, 49, 56, -60, -67, 75, 0, 0, 8, 8, 8]
medians = [random.lognormal(size=n).tolist() for n in (6, 7, 9, 10, 20, 25, 30, 31, 100)]


def interval(sample):
    test = lambda side: stats.quantile_test(sample, p=0.5, alternative=side).confidence_interval(0.975)
    return [test("greater").low, test("less").high]


print(json.dumps({
    "signedRank": [{"differences": d, "p": stats.wilcoxon(d, method="exact").pvalue} for d in exact],
    "signedRankTies": {"differences": ties, "p": stats.wilcoxon(ties, correction=True, method="asymptotic").pvalue},
    "signedRankZeros": {"differences": zeros, "p": stats.wilcoxon(zeros, zero_method="pratt", correction=True, method="asymptotic").pvalue},
    "medians": [{"values": m, "median": np.median(m), "interval": interval(m)} for m in medians],
}, indent=1))
