package org.symbreak.experiment;

import java.util.StringJoiner;
import org.symbreak.run.LossAside;
import org.symbreak.watch.RunLook;
import org.symbreak.watch.RunObserver;

/**
 * The training loss of all rows over a run, penalty left out, at a few moments that are evenly
 * spread on the axis of log(1 + step) up to the end of the budget: the same moments in every run of
 * a comparison.
 */
final class LossCurve implements RunObserver {
  private static final int MOMENTS = 30;

  private final LossAside train;
  private final StringJoiner text = new StringJoiner(" ");

  LossCurve(LossAside train) {
    this.train = train;
  }

  @Override
  public boolean looksAt(long iteration) {
    return iteration == 0 || slot(iteration) > slot(iteration - 1);
  }

  private long slot(long iteration) {
    double last = StrictMath.log1p(Math.max(1, train.lastStep()));
    return (long) Math.floor(MOMENTS * StrictMath.log1p(iteration) / last + 1e-9);
  }

  @Override
  public void observe(RunLook look) {
    if (looksAt(look.iteration())) {
      double loss = train.at(look.parameters());
      if (Double.isFinite(loss)) {
        text.add(look.iteration() + ":" + (float) loss);
      }
    }
  }

  /** {@code step:loss} of each moment, with spaces between; without those that are not finite. */
  @Override
  public String toString() {
    return text.toString();
  }
}
