package org.symbreak.formats;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;

/**
 * What an exported model came to.
 *
 * @param model the file that was read
 * @param exported the file that was written
 * @param precision in which it computes
 * @param bytes how large it is
 * @param numbers columns that are inputs of doubles
 * @param published the values of each column of texts that stand in the file
 * @param rows on which it was held against the model's own predictions: random, with missing cells
 * @param largestDifference of any probability on them
 */
public record ExportReport(
    String model,
    String exported,
    String precision,
    int bytes,
    List<String> numbers,
    Map<String, List<String>> published,
    int rows,
    double largestDifference) {
  public String toJson() {
    return new ObjectMapper().valueToTree(this).toPrettyString();
  }
}
