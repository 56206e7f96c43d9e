package org.symbreak.formats;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.symbreak.data.Pooling;

/**
 * What an exported model came to.
 *
 * @param model the file that was read
 * @param exported the file that was written
 * @param precision in which it computes
 * @param bytes how large it is
 * @param numbers columns that are inputs of doubles
 * @param published the values of each column of texts that stand in the file
 * @param minCategory training rows that a value must be in to be published
 * @param pooled the values of each column that do not stand in it, as fewer rows hold them, and
 *     count as values that the model does not know
 * @param rows on which it was held against the model's own predictions: random, with missing cells
 * @param largestDifference of any probability on them, values being pooled here as there
 * @param pooledRows how many of them hold a pooled value
 * @param largestDifferenceByPooling of any probability on those from that of the model itself; on
 *     all others there is none
 */
public record ExportReport(
    String model,
    String exported,
    String precision,
    int bytes,
    List<String> numbers,
    Map<String, List<String>> published,
    int minCategory,
    Map<String, Pooling.Values> pooled,
    int rows,
    double largestDifference,
    int pooledRows,
    double largestDifferenceByPooling) {
  public String toJson() {
    return new ObjectMapper().valueToTree(this).toPrettyString();
  }
}
