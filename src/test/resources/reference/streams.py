# Makes streams.json, from the papers alone: python3 streams.py > streams.json
# SplitMix64: Steele, Lea, Flood, Fast splittable pseudorandom number generators, OOPSLA 2014,
# with the finalizer's variant 13 of Stafford. L64X128Mix: Steele, Vigna, LXM: better splittable
# pseudorandom number generators (and almost as fast), OOPSLA 2021; how a seed becomes its state is
# the JDK's.
import json

WORD = 2**64 - 1
GOLDEN = 0x9E3779B97F4A7C15  # 2^64 over the golden ratio, odd
SILVER = 0x6A09E667F3BCC909


def rotated(x, bits):
    return (x << bits | x >> 64 - bits) & WORD


def stafford13(z):
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9 & WORD
    z = (z ^ z >> 27) * 0x94D049BB133111EB & WORD
    return z ^ z >> 31


def murmur(z):
    z = (z ^ z >> 33) * 0xFF51AFD7ED558CCD & WORD
    z = (z ^ z >> 33) * 0xC4CEB9FE1A85EC53 & WORD
    return z ^ z >> 33


def lea(z):
    z = (z ^ z >> 32) * 0xDABA0B6EB09322E3 & WORD
    z = (z ^ z >> 32) * 0xDABA0B6EB09322E3 & WORD
    return z ^ z >> 32


def splitmix(seed, i):
    """The output number i, from 0, of SplitMix64."""
    return stafford13(seed + (i + 1) * GOLDEN & WORD)


def stream(seed, keys):
    state = splitmix(seed & WORD, 0)
    for key in keys:
        state = splitmix(state, key & WORD)
    return state


def lxm(seed, n):
    seed ^= SILVER
    a, s = murmur(seed) | 1, 1
    x0, x1 = stafford13(seed), stafford13(seed + GOLDEN & WORD)
    for _ in range(n):
        yield lea(s + x0 & WORD)
        s = (0xD1342543DE82EF95 * s + a) & WORD
        x1 ^= x0
        x0 = rotated(x0, 24) ^ x1 ^ x1 << 16 & WORD
        x1 = rotated(x1, 37)


def signed(x):
    return x - 2**64 if x >> 63 else x


cases = []
for seed in [0, 1, 42, 1234567, 2**63 - 1, -(2**63), -1]:
    for keys in [[], [0], [1, 0], [2, 7, 100], [-1]]:
        value = stream(seed, keys)
        longs = [signed(x) for x in lxm(value, 4)]
        doubles = [(x >> 11) * 2.0**-53 for x in lxm(value, 2)]
        cases.append(
            {"seed": seed, "keys": keys, "stream": signed(value), "longs": longs, "doubles": doubles}
        )
print(json.dumps(cases, indent=1))
