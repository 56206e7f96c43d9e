package org.symbreak.film;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The plane in which a film shows rows: the two features themselves, or the principal plane of
 * more.
 *
 * @param points the rows in it
 * @param cells centres of the cells of a frame's field, row after row from the smallest second
 *     coordinate on; none with other than two features
 */
record FilmPlane(History.Points points, double[][] cells) {
  /** Share of the rows' extent that is left free at either side. */
  private static final double MARGIN = 0.12;

  /**
   * @param sample at least one row
   * @param side cells of the field along an edge, from 1
   */
  static FilmPlane of(RowSample sample, int side) {
    double[][] plane = sample.x();
    double explained = 1;
    int features = sample.x()[0].length;
    if (features == 1) {
      plane = Arrays.stream(plane).map(row -> new double[] {row[0], 0}).toArray(double[][]::new);
    } else if (features > 2) {
      PrincipalPlane principal = PrincipalPlane.of(sample.x());
      plane = Arrays.stream(plane).map(principal::project).toArray(double[][]::new);
      explained = principal.explained();
    }
    int shownSide = features == 2 ? side : 0;
    List<Double> bounds = bounds(plane);
    History.Points points =
        new History.Points(
            History.floats(Arrays.stream(plane).flatMapToDouble(Arrays::stream).toArray()),
            sample.labels(),
            sample.lines(),
            explained,
            bounds,
            shownSide);
    return new FilmPlane(points, cells(bounds, shownSide));
  }

  private static List<Double> bounds(double[][] plane) {
    List<Double> bounds = new ArrayList<>();
    for (int axis = 0; axis < 2; axis++) {
      int a = axis;
      double low = Arrays.stream(plane).mapToDouble(point -> point[a]).min().orElse(0);
      double high = Arrays.stream(plane).mapToDouble(point -> point[a]).max().orElse(0);
      double margin = high > low ? MARGIN * (high - low) : 1;
      bounds.add(low - margin);
      bounds.add(high + margin);
    }
    return bounds;
  }

  private static double[][] cells(List<Double> bounds, int side) {
    double[][] cells = new double[side * side][];
    for (int i = 0; i < cells.length; i++) {
      cells[i] =
          new double[] {
            centre(bounds.get(0), bounds.get(1), i % side, side),
            centre(bounds.get(2), bounds.get(3), i / side, side)
          };
    }
    return cells;
  }

  private static double centre(double low, double high, int cell, int side) {
    return low + (high - low) * (cell + 0.5) / side;
  }
}
