package org.symbreak.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.symbreak.network.DenseShape;

/** Lines through log odds against R's glm. */
class LogitLineTest {
  private static final int ROWS = 40;

  /** Log odds that are too large, and shifted. */
  private static double logit(int i) {
    return Math.round(100 * (3 * Math.sin(1.7 * i) + 0.04 * i - 0.5)) / 100.0;
  }

  private static int label(int i) {
    return (i * 7 + 3) % 10 < 5 + 2 * Math.sin(1.7 * i) ? 1 : 0;
  }

  private static double[] probabilities() {
    double[] p = new double[ROWS];
    Arrays.setAll(p, i -> 1 / (1 + Math.exp(-logit(i))));
    return p;
  }

  private static int[] labels() {
    int[] labels = new int[ROWS];
    Arrays.setAll(labels, LogitLineTest::label);
    return labels;
  }

  private static double[] weights() {
    double[] weights = new double[ROWS];
    Arrays.setAll(weights, i -> 0.5 + i % 4);
    return weights;
  }

  /**
   *
   *
   * <pre>{@code
   * i <- 0:39
   * x <- round(100 * (3 * sin(1.7 * i) + 0.04 * i - 0.5)) / 100
   * y <- as.numeric((i * 7 + 3) %% 10 < 5 + 2 * sin(1.7 * i))
   * m <- glm(y ~ x, binomial, control = list(epsilon = 1e-14, maxit = 100))
   * print(c(coef(m)[2:1], confint.default(m)[2:1, ]), digits = 12)
   * }</pre>
   */
  private static final double[] OF_R = {
    0.197196777325, 0.144050632873, -0.104330665227, -0.496596711511, 0.498724219878, 0.784697977257
  };

  /**
   * Of the same rows.
   *
   * <pre>{@code
   * t <- ifelse(y == 1, (sum(y) + 1) / (sum(y) + 2), 1 / (sum(1 - y) + 2))
   * p <- glm(t ~ x, quasibinomial, control = list(epsilon = 1e-14, maxit = 100))
   * print(coef(p)[2:1], digits = 12)
   * }</pre>
   */
  private static final double[] OF_PLATT = {0.178307013209, 0.146965941910};

  /**
   * Of the same rows with weights; intervals count (Σw)²/Σw² rows.
   *
   * <pre>{@code
   * w <- 0.5 + i %% 4
   * n <- sum(w)^2 / sum(w^2)
   * q <- glm(y ~ x, quasibinomial, weights = w, control = list(epsilon = 1e-14, maxit = 100))
   * s <- sqrt(diag(summary(q, dispersion = sum(w) / n)$cov.scaled))
   * print(c(coef(q)[2:1], s[2:1]), digits = 12)
   * }</pre>
   */
  private static final double[] OF_WEIGHTS = {
    0.218965268218, 0.181293585687, 0.169018025972, 0.378462915347
  };

  @Test
  void slopeAndInterceptAreThoseOfGlm() {
    CalibrationLine line = Evaluation.of(probabilities(), labels(), 0.5).calibrationLine();
    double[] found = {
      line.slope(),
      line.intercept(),
      line.slopeLow(),
      line.interceptLow(),
      line.slopeHigh(),
      line.interceptHigh()
    };
    assertThat(found).containsExactly(OF_R, within(1e-6));
  }

  @Test
  void weightsAndTheRowsThatTheyAreWorth() {
    RowCounts counts = new RowCounts(weights(), null);
    CalibrationLine line = Evaluation.of(probabilities(), labels(), counts, 0.5).calibrationLine();
    double z = 1.959963984540054;
    double[] found = {
      line.slope(),
      line.intercept(),
      (line.slopeHigh() - line.slope()) / z,
      (line.interceptHigh() - line.intercept()) / z
    };
    assertThat(found).containsExactly(OF_WEIGHTS, within(1e-6));
  }

  /** Rows that are there three times, in groups of three, are worth what one of each is. */
  @Test
  void groupsCountAsOne() {
    int[] groups = new int[3 * ROWS];
    double[] p = new double[3 * ROWS];
    int[] labels = new int[3 * ROWS];
    Arrays.setAll(groups, i -> i / 3);
    Arrays.setAll(p, i -> probabilities()[i / 3]);
    Arrays.setAll(labels, i -> label(i / 3));
    int[] own = new int[ROWS];
    Arrays.setAll(own, i -> i);
    Evaluation grouped = Evaluation.of(p, labels, new RowCounts(null, groups), 0.5);
    Evaluation once = Evaluation.of(probabilities(), labels(), new RowCounts(null, own), 0.5);
    assertThat(grouped.effectiveRows()).isEqualTo(ROWS);
    assertThat(grouped.calibrationLine().slopeLow())
        .isCloseTo(once.calibrationLine().slopeLow(), within(1e-9))
        .isLessThan(Evaluation.of(p, labels, 0.5).calibrationLine().slopeLow() - 0.05);
    double[] values = Arrays.stream(p).map(x -> x * x).toArray();
    double[] single = Arrays.stream(probabilities()).map(x -> x * x).toArray();
    assertThat(new RowCounts(null, groups).errorOfMean(values))
        .isCloseTo(RowCounts.SAME.errorOfMean(single), within(1e-12))
        .isGreaterThan(1.5 * RowCounts.SAME.errorOfMean(values));
  }

  @Test
  void plattsTargetsAreSmoothed() {
    LogitLine line = LogitLine.of(new RowPredictions(probabilities(), labels(), RowCounts.SAME));
    assertThat(new double[] {line.slope(), line.intercept()})
        .containsExactly(OF_PLATT, within(1e-6));
    assertThat(line.isHeld()).isFalse();
  }

  /** Log odds that foretell the contrary would turn the network round. */
  @Test
  void theSlopeStaysWithinItsLimits() {
    int[] contrary = Arrays.stream(labels()).map(label -> 1 - label).toArray();
    LogitLine flat = LogitLine.of(new RowPredictions(probabilities(), contrary, RowCounts.SAME));
    assertThat(flat.slope()).isEqualTo(LogitLine.FLATTEST);
    assertThat(flat.isHeld()).isTrue();
    double foretold = 0;
    double targets = 0;
    int ones = Arrays.stream(contrary).sum();
    for (int i = 0; i < ROWS; i++) {
      foretold += 1 / (1 + Math.exp(-(0.1 * logit(i) + flat.intercept())));
      targets += contrary[i] == 1 ? (ones + 1.0) / (ones + 2) : 1.0 / (ROWS - ones + 2);
    }
    assertThat(foretold).isCloseTo(targets, within(1e-9));
    double[] faint = Arrays.stream(probabilities()).map(p -> 0.5 + (p - 0.5) / 500).toArray();
    assertThat(LogitLine.of(new RowPredictions(faint, labels(), RowCounts.SAME)).slope())
        .isEqualTo(LogitLine.STEEPEST);
  }

  @Test
  void theOutputTakesItUp() {
    DenseShape shape = new DenseShape(List.of(2, 1, 1));
    double[] parameters = new double[shape.parameters()];
    Arrays.setAll(parameters, i -> i + 1);
    double[] folded = new LogitLine(2, 0.5).folded(shape, parameters);
    int output = shape.weights(1);
    for (int i = 0; i < output; i++) {
      assertThat(folded[i]).isEqualTo(parameters[i]);
    }
    assertThat(folded[output]).isEqualTo(2 * parameters[output]);
    assertThat(folded[output + 1]).isEqualTo(2 * parameters[output + 1] + 0.5);
  }
}
