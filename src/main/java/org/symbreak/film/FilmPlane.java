package org.symbreak.film;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The plane in which a film shows rows: the two features themselves, or the principal plane of
 * more.
 *
 * @param points the rows in it
 * @param principal of more than two features; null where the plane is the features themselves
 * @param cells centres of the cells of a frame's field, row after row from the smallest second
 *     coordinate on; none with other than two features
 */
record FilmPlane(History.Points points, PrincipalPlane principal, double[][] cells) {
  /** Share of the rows' extent that is left free at either side. */
  private static final double MARGIN = 0.12;

  /**
   * @param sample at least one row
   * @param side cells of the field along an edge, from 1
   */
  static FilmPlane of(RowSample sample, int side) {
    int features = sample.x()[0].length;
    PrincipalPlane principal = features > 2 ? PrincipalPlane.of(sample.x()) : null;
    double[][] plane = places(sample, principal);
    int shownSide = features == 2 ? side : 0;
    List<Double> bounds = bounds(plane);
    double explained = principal == null ? 1 : principal.explained();
    return new FilmPlane(
        points(sample, plane, explained, bounds, shownSide), principal, cells(bounds, shownSide));
  }

  /** Other rows in the same plane. */
  History.Points others(RowSample sample) {
    return points(
        sample, places(sample, principal), points.explained(), points.bounds(), points.side());
  }

  private static History.Points points(
      RowSample sample, double[][] plane, double explained, List<Double> bounds, int side) {
    return new History.Points(
        History.floats(Arrays.stream(plane).flatMapToDouble(Arrays::stream).toArray()),
        sample.labels(),
        sample.lines(),
        explained,
        bounds,
        side);
  }

  private static double[][] places(RowSample sample, PrincipalPlane principal) {
    return Arrays.stream(sample.x())
        .map(
            row ->
                principal != null
                    ? principal.project(row)
                    : row.length == 1 ? new double[] {row[0], 0} : row)
        .toArray(double[][]::new);
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
