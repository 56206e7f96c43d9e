package org.symbreak.inspect;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;

/**
 * What mending a model came to.
 *
 * @param model the file that was read
 * @param mended the file that was written
 * @param how {@code merge} or {@code split}
 * @param unitsBefore units of each hidden layer
 * @param unitsAfter likewise
 * @param parametersBefore numbers in the network
 * @param parametersAfter likewise
 * @param largestChange of any output on any of the rows, absolute
 * @param probe the rows, in words
 * @param rows how many
 */
public record MendReport(
    String model,
    String mended,
    String how,
    List<Integer> unitsBefore,
    List<Integer> unitsAfter,
    long parametersBefore,
    long parametersAfter,
    double largestChange,
    String probe,
    int rows) {
  public MendReport {
    unitsBefore = List.copyOf(unitsBefore);
    unitsAfter = List.copyOf(unitsAfter);
  }

  public String toJson() {
    return new ObjectMapper().valueToTree(this).toPrettyString();
  }
}
