package org.symbreak.symmetry;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Connected components of a graph that is told edge by edge (union by smallest member, path
 * halving).
 */
final class Components {
  private final int[] parent;

  Components(int count) {
    parent = new int[count];
    for (int i = 0; i < count; i++) {
      parent[i] = i;
    }
  }

  int find(int member) {
    int at = member;
    while (parent[at] != at) {
      parent[at] = parent[parent[at]];
      at = parent[at];
    }
    return at;
  }

  void join(int a, int b) {
    int rootA = find(a);
    int rootB = find(b);
    parent[Math.max(rootA, rootB)] = Math.min(rootA, rootB);
  }

  /** The components in the order of their first member, members in their order. */
  List<int[]> list() {
    Map<Integer, List<Integer>> components = new LinkedHashMap<>();
    for (int member = 0; member < parent.length; member++) {
      components.computeIfAbsent(find(member), root -> new ArrayList<>()).add(member);
    }
    return components.values().stream().map(UnitGroups::toArray).toList();
  }
}
