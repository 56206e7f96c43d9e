#!/usr/bin/env python3
"""advice-table.py FILE...: what the lines of scripts/advice come to, as a table in Markdown.

For each set: mean test log loss of the usual network and of what was advised, the gain and its standard error over the test parts, how
many test losses lie within the interval that was promised for such a file, and the median width of that interval over one of the test
losses' own spread (2 · 1.96 standard deviations). Below, the mean gain over the sets with its 95 % interval.
"""
import csv
import math
import statistics
import sys

T_95 = {4: 2.776, 5: 2.571, 6: 2.447, 7: 2.365, 8: 2.306, 9: 2.262, 10: 2.228, 11: 2.201, 12: 2.179, 13: 2.160, 14: 2.145, 15: 2.131}


def main():
    sets = {}
    for name in sys.argv[1:]:
        with open(name, newline="") as lines:
            for row in csv.reader(lines):
                sets.setdefault(row[0], []).append(row)
    print("| set | rows to advise on | parts | usual | advised | gain | standard error | within | width |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|---:|")
    gains, within, parts, widths = [], 0, 0, []
    for name, rows in sets.items():
        usual = [float(row[4]) for row in rows]
        advised = [float(row[5]) for row in rows]
        gain = [a - b for a, b in zip(usual, advised)]
        inside = sum(float(row[9]) <= loss <= float(row[10]) for row, loss in zip(rows, advised))
        width = statistics.median(float(row[10]) - float(row[9]) for row in rows) / (2 * 1.96 * statistics.stdev(advised))
        error = statistics.stdev(gain) / math.sqrt(len(gain))
        print(f"| {name} | {rows[0][2]} | {len(rows)} | {statistics.mean(usual):.4f} | {statistics.mean(advised):.4f} | {statistics.mean(gain):.4f} | {error:.4f} | {inside} | {width:.2f} |")
        gains.append(statistics.mean(gain))
        widths.append(width)
        within += inside
        parts += len(rows)
    mean = statistics.mean(gains)
    half = T_95[len(gains) - 1] * statistics.stdev(gains) / math.sqrt(len(gains))
    print(f"\nMean gain over {len(gains)} sets: {mean:.4f} (95 % interval {mean - half:.4f} to {mean + half:.4f}). Within the interval: {within} of {parts}. Median width: {statistics.median(widths):.2f}.")


if __name__ == "__main__":
    main()
