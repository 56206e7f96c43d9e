package org.symbreak.engine.dl4j;

import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.schedule.ExponentialSchedule;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.InverseSchedule;
import org.nd4j.linalg.schedule.ScheduleType;
import org.nd4j.linalg.schedule.StepSchedule;
import org.symbreak.setting.OptimizerSpec;

/** Optimizers by Deeplearning4j's own names. */
public final class Dl4jUpdaters {
  private Dl4jUpdaters() {}

  /** NoOp for the line-search optimizers, which move the parameters themselves. */
  public static IUpdater of(OptimizerSpec optimizer) {
    IUpdater updater =
        switch (optimizer.kind()) {
          case SGD -> new Sgd(optimizer.learningRate());
          case NESTEROV -> new Nesterovs(optimizer.learningRate(), optimizer.momentum());
          case ADAM ->
              new Adam(
                  optimizer.learningRate(),
                  OptimizerSpec.ADAM_BETA1,
                  OptimizerSpec.ADAM_BETA2,
                  OptimizerSpec.ADAM_EPSILON);
          case LBFGS, CG -> new NoOp();
        };
    if (optimizer.decay().kind() != OptimizerSpec.Decay.Kind.NONE
        && !optimizer.kind().isLineSearch()) {
      updater.setLrAndSchedule(Double.NaN, schedule(optimizer.learningRate(), optimizer.decay()));
    }
    return updater;
  }

  private static ISchedule schedule(double rate, OptimizerSpec.Decay decay) {
    return switch (decay.kind()) {
      case EXPONENTIAL -> new ExponentialSchedule(ScheduleType.ITERATION, rate, decay.gamma());
      case INVERSE ->
          new InverseSchedule(ScheduleType.ITERATION, rate, decay.gamma(), decay.parameter());
      case STEP -> new StepSchedule(ScheduleType.ITERATION, rate, decay.gamma(), decay.parameter());
      case NONE -> throw new AssertionError("no schedule without a decay");
    };
  }
}
