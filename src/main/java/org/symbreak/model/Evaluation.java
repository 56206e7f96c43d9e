package org.symbreak.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * How well probabilities foretell labels, each row by its weight where rows have any. What is
 * undefined is null: the areas where a class is missing, f1 where nobody is positive or called so.
 * What is counted alone (precision, recall, specificity) is written as JSON, and not read.
 *
 * @param rows number of rows, from 1
 * @param threshold from which probability on a row is called positive
 * @param accuracy share of rows called right
 * @param auc area under the receiver operating characteristic: how often a positive row is above a
 *     negative one, ties counting half; or null
 * @param prAuc average precision: precision summed over the steps of recall, ties taken together;
 *     null where no row is positive
 * @param logLoss mean cross-entropy, probabilities clipped to [2⁻⁵², 1 − 2⁻⁵²]
 * @param brier mean squared difference of probability and label
 * @param f1 harmonic mean of precision and recall, or null
 * @param confusion rows by label and call, each counted once
 * @param calibration ten bins of equal width over [0, 1], empty ones left out
 * @param calibrationLine slope and intercept of what came true over what was foretold; null where
 *     there is none, and in what version 0.1.0 wrote
 * @param weighted share of the weight by label and call; null where all rows count the same
 * @param effectiveRows rows, or groups of them, that intervals count; null where they are {@code
 *     rows}
 */
public record Evaluation(
    int rows,
    double threshold,
    double accuracy,
    Double auc,
    Double prAuc,
    double logLoss,
    double brier,
    Double f1,
    Confusion confusion,
    List<CalibrationBin> calibration,
    CalibrationLine calibrationLine,
    @JsonInclude(JsonInclude.Include.NON_NULL) Calls weighted,
    @JsonInclude(JsonInclude.Include.NON_NULL) Double effectiveRows) {
  private static final int BINS = 10;

  /** How far log loss keeps probabilities away from 0 and 1: 2⁻⁵². */
  public static final double CLIP = Math.ulp(1.0);

  public Evaluation {
    calibration = List.copyOf(calibration);
  }

  /** Share of rows whose label is positive. */
  public double positiveShare() {
    Calls calls = calls();
    return (calls.truePositives + calls.falseNegatives) / calls.sum();
  }

  private Calls calls() {
    return weighted != null
        ? weighted
        : new Calls(
            confusion.truePositives,
            confusion.falsePositives,
            confusion.trueNegatives,
            confusion.falseNegatives);
  }

  /** Share of the rows called positive that are; null where none is called so. */
  @JsonProperty(access = JsonProperty.Access.READ_ONLY)
  public Double precision() {
    return share(calls().truePositives, calls().falsePositives);
  }

  /** Share of the positive rows called so, the sensitivity; null where none is positive. */
  @JsonProperty(access = JsonProperty.Access.READ_ONLY)
  public Double recall() {
    return share(calls().truePositives, calls().falseNegatives);
  }

  /** Share of the negative rows called so; null where none is negative. */
  @JsonProperty(access = JsonProperty.Access.READ_ONLY)
  public Double specificity() {
    return share(calls().trueNegatives, calls().falsePositives);
  }

  private static Double share(double of, double others) {
    return of + others == 0 ? null : of / (of + others);
  }

  /** Rows by label and call. */
  public record Confusion(
      int truePositives, int falsePositives, int trueNegatives, int falseNegatives) {}

  /** What rows by label and call amount to. */
  public record Calls(
      double truePositives, double falsePositives, double trueNegatives, double falseNegatives) {
    double sum() {
      return truePositives + falsePositives + trueNegatives + falseNegatives;
    }

    double accuracy() {
      return (truePositives + trueNegatives) / sum();
    }

    Double f1() {
      double denominator = 2 * truePositives + falsePositives + falseNegatives;
      return denominator == 0 ? null : 2 * truePositives / denominator;
    }
  }

  /**
   * Rows whose probabilities lie in [from, to), the last bin's in [from, to].
   *
   * @param rows number of rows, from 1
   * @param meanProbability what was foretold, on average
   * @param positiveShare what came true
   */
  public record CalibrationBin(
      double from, double to, int rows, double meanProbability, double positiveShare) {}

  /**
   * Cross-entropy of one row, the probability clipped to [2⁻⁵², 1 − 2⁻⁵²].
   *
   * @param label 0 or 1
   */
  public static double logLoss(double probability, int label) {
    double p = Math.min(Math.max(probability, CLIP), 1 - CLIP);
    return label == 1 ? -StrictMath.log(p) : -StrictMath.log1p(-p);
  }

  /**
   * @param probabilities of the positive class, each in [0, 1]
   * @param labels 1 for positive, 0 for negative, in the same order
   * @param threshold from which probability on a row is called positive
   */
  public static Evaluation of(double[] probabilities, int[] labels, double threshold) {
    return of(probabilities, labels, RowCounts.SAME, threshold);
  }

  /**
   * @param probabilities of the positive class, each in [0, 1]
   * @param labels 1 for positive, 0 for negative, in the same order
   * @param counts how much the rows count, at least one of them, and which belong together
   * @param threshold from which probability on a row is called positive
   */
  public static Evaluation of(
      double[] probabilities, int[] labels, RowCounts counts, double threshold) {
    requireRows(probabilities, labels);
    Confusion confusion = confusion(probabilities, labels, threshold);
    Calls calls = calls(probabilities, labels, counts, threshold);
    Ranking ranking = Ranking.of(probabilities, labels, counts);
    double all = counts.total(labels.length);
    double logLoss = 0;
    double brier = 0;
    for (int i = 0; i < labels.length; i++) {
      double weight = counts.weight(i);
      logLoss += weight * logLoss(probabilities[i], labels[i]);
      brier += weight * ((probabilities[i] - labels[i]) * (probabilities[i] - labels[i]));
    }
    return new Evaluation(
        labels.length,
        threshold,
        calls.accuracy(),
        ranking.auc(),
        ranking.averagePrecision(),
        logLoss / all,
        brier / all,
        calls.f1(),
        confusion,
        calibration(probabilities, labels, counts),
        CalibrationLine.of(
            logits(probabilities), IntStream.of(labels).asDoubleStream().toArray(), counts),
        counts.isWeighted() ? calls : null,
        counts.equals(RowCounts.SAME) ? null : counts.effective(labels.length));
  }

  /** Log odds, of probabilities clipped as those of the log loss are. */
  static double[] logits(double[] probabilities) {
    return DoubleStream.of(probabilities)
        .map(p -> Math.min(Math.max(p, CLIP), 1 - CLIP))
        .map(p -> StrictMath.log(p / (1 - p)))
        .toArray();
  }

  /**
   * The threshold that makes f1 largest: halfway between the two probabilities that it separates,
   * so that rounding does not turn rows over; of several the one nearest to 0.5; 0.5 where no row
   * is positive.
   */
  public static double bestF1Threshold(double[] probabilities, int[] labels) {
    return bestF1Threshold(probabilities, labels, RowCounts.SAME);
  }

  static double bestF1Threshold(double[] probabilities, int[] labels, RowCounts counts) {
    requireRows(probabilities, labels);
    return Ranking.of(probabilities, labels, counts).bestF1Threshold();
  }

  private static void requireRows(double[] probabilities, int[] labels) {
    if (labels.length == 0 || probabilities.length != labels.length) {
      throw new IllegalArgumentException(
          "expected as many labels as probabilities, at least one, found "
              + labels.length
              + " and "
              + probabilities.length);
    }
    for (int i = 0; i < labels.length; i++) {
      if (!(probabilities[i] >= 0 && probabilities[i] <= 1) || labels[i] < 0 || labels[i] > 1) {
        throw new IllegalArgumentException(
            "expected probabilities in [0, 1] and labels 0 or 1, found "
                + probabilities[i]
                + " and "
                + labels[i]
                + " at index "
                + i);
      }
    }
  }

  private static Confusion confusion(double[] probabilities, int[] labels, double threshold) {
    int[][] counts = new int[2][2];
    for (int i = 0; i < labels.length; i++) {
      counts[labels[i]][probabilities[i] >= threshold ? 1 : 0]++;
    }
    return new Confusion(counts[1][1], counts[0][1], counts[0][0], counts[1][0]);
  }

  private static Calls calls(
      double[] probabilities, int[] labels, RowCounts counts, double threshold) {
    double[][] sums = new double[2][2];
    for (int i = 0; i < labels.length; i++) {
      sums[labels[i]][probabilities[i] >= threshold ? 1 : 0] += counts.weight(i);
    }
    return new Calls(sums[1][1], sums[0][1], sums[0][0], sums[1][0]);
  }

  private static List<CalibrationBin> calibration(
      double[] probabilities, int[] labels, RowCounts counts) {
    int[] rows = new int[BINS];
    double[] weights = new double[BINS];
    double[] positives = new double[BINS];
    double[] sums = new double[BINS];
    for (int i = 0; i < labels.length; i++) {
      int bin = Math.min((int) (probabilities[i] * BINS), BINS - 1);
      double weight = counts.weight(i);
      rows[bin]++;
      weights[bin] += weight;
      positives[bin] += weight * labels[i];
      sums[bin] += weight * probabilities[i];
    }
    List<CalibrationBin> bins = new ArrayList<>();
    for (int bin = 0; bin < BINS; bin++) {
      if (weights[bin] > 0) {
        bins.add(
            new CalibrationBin(
                (double) bin / BINS,
                (bin + 1.0) / BINS,
                rows[bin],
                sums[bin] / weights[bin],
                positives[bin] / weights[bin]));
      }
    }
    return bins;
  }

  /**
   * Distinct probabilities from the highest down, and how many rows of each class have at least
   * that one.
   *
   * @param scores distinct probabilities, descending
   * @param positives weight of positive rows down to and including each score
   * @param negatives of negative rows likewise
   */
  private record Ranking(double[] scores, double[] positives, double[] negatives) {
    static Ranking of(double[] probabilities, int[] labels, RowCounts counts) {
      OfClass ones = OfClass.of(probabilities, labels, counts, 1);
      OfClass zeros = OfClass.of(probabilities, labels, counts, 0);
      double[] scores = new double[labels.length];
      double[] positives = new double[labels.length];
      double[] negatives = new double[labels.length];
      int distinct = 0;
      int onesBelow = ones.scores.length;
      int zerosBelow = zeros.scores.length;
      while (onesBelow + zerosBelow > 0) {
        double score = Math.max(ones.last(onesBelow), zeros.last(zerosBelow));
        while (ones.last(onesBelow) == score) {
          onesBelow--;
        }
        while (zeros.last(zerosBelow) == score) {
          zerosBelow--;
        }
        scores[distinct] = score;
        positives[distinct] = ones.from(onesBelow);
        negatives[distinct] = zeros.from(zerosBelow);
        distinct++;
      }
      return new Ranking(
          Arrays.copyOf(scores, distinct),
          Arrays.copyOf(positives, distinct),
          Arrays.copyOf(negatives, distinct));
    }

    /**
     * The probabilities of one class, ascending: numbers alone, of which there may be millions.
     *
     * @param weightFrom of each, its weight and that of all above it; null where all count the same
     */
    private record OfClass(double[] scores, double[] weightFrom) {
      static OfClass of(double[] probabilities, int[] labels, RowCounts counts, int label) {
        if (counts.isWeighted()) {
          return weighted(probabilities, labels, counts, label);
        }
        double[] ofClass = new double[labels.length];
        int count = 0;
        for (int i = 0; i < labels.length; i++) {
          if (labels[i] == label) {
            ofClass[count++] = probabilities[i];
          }
        }
        double[] sorted = Arrays.copyOf(ofClass, count);
        Arrays.sort(sorted);
        return new OfClass(sorted, null);
      }

      /** Without the rows that do not count. */
      private static OfClass weighted(
          double[] probabilities, int[] labels, RowCounts counts, int label) {
        int[] sorted =
            IntStream.range(0, labels.length)
                .filter(i -> labels[i] == label && counts.weight(i) > 0)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> probabilities[i]))
                .mapToInt(i -> i)
                .toArray();
        double[] from = new double[sorted.length];
        double sum = 0;
        for (int i = sorted.length - 1; i >= 0; i--) {
          sum += counts.weight(sorted[i]);
          from[i] = sum;
        }
        return new OfClass(IntStream.of(sorted).mapToDouble(i -> probabilities[i]).toArray(), from);
      }

      double last(int count) {
        return count == 0 ? Double.NEGATIVE_INFINITY : scores[count - 1];
      }

      /** Weight of all but the first so many. */
      double from(int below) {
        return below == scores.length
            ? 0
            : weightFrom == null ? scores.length - below : weightFrom[below];
      }
    }

    private int last() {
      return scores.length - 1;
    }

    Double auc() {
      double pairs = positives[last()] * negatives[last()];
      double won = 0;
      for (int i = 0; i <= last(); i++) {
        double newNegatives = negatives[i] - (i == 0 ? 0 : negatives[i - 1]);
        double newPositives = positives[i] - (i == 0 ? 0 : positives[i - 1]);
        won += newNegatives * (positives[i] - 0.5 * newPositives);
      }
      return pairs == 0 ? null : won / pairs;
    }

    Double averagePrecision() {
      double all = positives[last()];
      double sum = 0;
      for (int i = 0; i <= last(); i++) {
        double newPositives = positives[i] - (i == 0 ? 0 : positives[i - 1]);
        sum += newPositives / all * positives[i] / (positives[i] + negatives[i]);
      }
      return all == 0 ? null : sum;
    }

    double bestF1Threshold() {
      double all = positives[last()];
      double best = 0.5;
      double bestF1 = 0;
      for (int i = 0; i <= last(); i++) {
        double f1 = 2.0 * positives[i] / (positives[i] + negatives[i] + all);
        double threshold = i == last() ? scores[i] : scores[i] + (scores[i + 1] - scores[i]) / 2;
        if (f1 > bestF1 || f1 == bestF1 && Math.abs(threshold - 0.5) < Math.abs(best - 0.5)) {
          best = threshold;
          bestF1 = f1;
        }
      }
      return best;
    }
  }
}
