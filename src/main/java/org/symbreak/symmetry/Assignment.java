package org.symbreak.symmetry;

import java.util.Arrays;

/**
 * Partners for rows among columns, each column once, at the least total cost: shortest augmenting
 * paths (Jonker and Volgenant, Computing 38, 1987), in n³ steps.
 */
final class Assignment {
  private Assignment() {}

  /**
   * @param cost n × n, finite
   * @return the column of each row
   */
  static int[] of(double[][] cost) {
    int n = cost.length;
    double[] rowPrice = new double[n];
    double[] columnPrice = new double[n];
    int[] rowOf = new int[n];
    Arrays.fill(rowOf, -1);
    for (int free = 0; free < n; free++) {
      augment(cost, free, rowPrice, columnPrice, rowOf);
    }
    int[] columnOf = new int[n];
    for (int column = 0; column < n; column++) {
      columnOf[rowOf[column]] = column;
    }
    return columnOf;
  }

  /** Dijkstra's search on reduced costs from a row without a partner to a column without one. */
  private static void augment(
      double[][] cost, int free, double[] rowPrice, double[] columnPrice, int[] rowOf) {
    int n = cost.length;
    double[] distance = new double[n];
    int[] before = new int[n];
    boolean[] done = new boolean[n];
    Arrays.fill(distance, Double.POSITIVE_INFINITY);
    Arrays.fill(before, -1);
    int row = free;
    int column = -1;
    double shortest = 0;
    do {
      int nearest = -1;
      for (int other = 0; other < n; other++) {
        if (done[other]) {
          continue;
        }
        double through = shortest + cost[row][other] - rowPrice[row] - columnPrice[other];
        if (through < distance[other]) {
          distance[other] = through;
          before[other] = column;
        }
        if (nearest < 0 || distance[other] < distance[nearest]) {
          nearest = other;
        }
      }
      column = nearest;
      shortest = distance[column];
      done[column] = true;
      row = rowOf[column];
    } while (row >= 0);
    for (int other = 0; other < n; other++) {
      if (done[other]) {
        columnPrice[other] += distance[other] - shortest;
        if (rowOf[other] >= 0) {
          rowPrice[rowOf[other]] += shortest - distance[other];
        }
      }
    }
    rowPrice[free] += shortest;
    while (before[column] >= 0) {
      rowOf[column] = rowOf[before[column]];
      column = before[column];
    }
    rowOf[column] = free;
  }
}
