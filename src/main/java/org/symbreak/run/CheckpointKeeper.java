package org.symbreak.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.symbreak.setting.RunSpec;

/** Writes a checkpoint now and then, and when the run is asked to end. Not thread safe. */
final class CheckpointKeeper implements Keeper {
  private final RunSpec spec;
  private final String dataHash;
  private final Path file;
  private final long nanosBetween;
  private final Interruption interruption;
  private long last = System.nanoTime();

  CheckpointKeeper(
      RunSpec spec, String dataHash, Path file, double secondsBetween, Interruption interruption) {
    this.spec = spec;
    this.dataHash = dataHash;
    this.file = file;
    this.nanosBetween = (long) (secondsBetween * 1e9);
    this.interruption = interruption;
  }

  @Override
  public boolean offer(Supplier<RunState> state) {
    boolean ends = interruption.isRequested();
    if (ends || System.nanoTime() - last >= nanosBetween) {
      try {
        new Checkpoint(spec, dataHash, state.get()).save(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      last = System.nanoTime();
    }
    return ends;
  }
}
