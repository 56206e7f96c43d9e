package org.symbreak.cli;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;

/**
 * A command that was run within this JVM.
 *
 * @param code exit code
 * @param out what went to standard output
 * @param err what went to standard error
 */
record CommandRun(int code, String out, String err) {
  static CommandRun of(Object... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CommandRun run = into(out, args);
    return new CommandRun(run.code, out.toString(StandardCharsets.UTF_8), run.err);
  }

  /** One whose standard output goes elsewhere. */
  static CommandRun into(OutputStream out, Object... args) {
    StringWriter err = new StringWriter();
    String[] words = new String[args.length];
    for (int i = 0; i < args.length; i++) {
      words[i] = args[i].toString();
    }
    int code = Symbreak.run(new StandardOutput(out), new PrintWriter(err, true), words);
    return new CommandRun(code, "", err.toString());
  }
}
