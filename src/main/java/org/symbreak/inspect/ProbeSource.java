package org.symbreak.inspect;

import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.symbreak.data.CsvFormat;

/**
 * Where the rows come from on which a network is measured.
 *
 * @param file a CSV file; null for random inputs
 * @param format how it is written, given how the model's training file was
 * @param label for networks without a pipeline: a column of the file that is no input; null without
 *     one
 */
public record ProbeSource(Path file, UnaryOperator<CsvFormat> format, String label) {
  /** Random inputs: within the stored training ranges where there are any, else standard normal. */
  public static final ProbeSource RANDOM = new ProbeSource(null, UnaryOperator.identity(), null);
}
