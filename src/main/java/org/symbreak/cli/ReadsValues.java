package org.symbreak.cli;

import java.io.IOException;
import java.util.List;
import org.symbreak.problem.Problem;

/** A verb that reads values of its options itself, so that picocli does not find what is wrong. */
interface ReadsValues {
  /** What is wrong with them, and with the files that are named. */
  List<Problem> wrongValues() throws IOException;
}
