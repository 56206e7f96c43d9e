package org.symbreak.data;

/** Some of other rows, in an order of their own. */
public final class ChosenRows implements EncodedRows {
  private final EncodedRows all;
  private final int[] chosen;

  /** What weights are divided by. */
  private final double unit;

  /**
   * @param chosen numbers of rows, from 0
   */
  public ChosenRows(EncodedRows all, int[] chosen) {
    this(all, chosen, 1);
  }

  private ChosenRows(EncodedRows all, int[] chosen, double unit) {
    this.all = all;
    this.chosen = chosen.clone();
    this.unit = unit;
  }

  /** The same rows, their weights divided by a number. */
  ChosenRows weighedBy(double other) {
    return new ChosenRows(all, chosen, other);
  }

  @Override
  public int rows() {
    return chosen.length;
  }

  @Override
  public int features() {
    return all.features();
  }

  @Override
  public void features(int row, double[] into, int offset) {
    all.features(chosen[row], into, offset);
  }

  @Override
  public OneHot oneHot() {
    return all.oneHot();
  }

  @Override
  public void inShort(int row, double[] numbers, int[] ones) {
    all.inShort(chosen[row], numbers, ones);
  }

  @Override
  public int label(int row) {
    return all.label(chosen[row]);
  }

  @Override
  public boolean isWeighted() {
    return all.isWeighted();
  }

  @Override
  public double weight(int row) {
    return all.weight(chosen[row]) / unit;
  }

  @Override
  public boolean isGrouped() {
    return all.isGrouped();
  }

  @Override
  public int group(int row) {
    return all.group(chosen[row]);
  }

  @Override
  public long line(int row) {
    return all.line(chosen[row]);
  }

  @Override
  public EncodedRows throughDataVec() {
    return new ChosenRows(all.throughDataVec(), chosen, unit);
  }
}
