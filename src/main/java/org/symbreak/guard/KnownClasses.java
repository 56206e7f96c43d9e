package org.symbreak.guard;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.symbreak.init.Constant;
import org.symbreak.init.Critical;
import org.symbreak.init.DataDriven;
import org.symbreak.init.Identity;
import org.symbreak.init.LibraryDefault;
import org.symbreak.init.Lsuv;
import org.symbreak.init.NguyenWidrow;
import org.symbreak.init.NumPyGaussian;
import org.symbreak.init.Orthogonal;
import org.symbreak.init.ScaledGaussian;
import org.symbreak.init.Sparse;
import org.symbreak.init.UniformEpsilon;
import org.symbreak.init.VarianceScaling;
import org.symbreak.init.Zeros;
import org.symbreak.network.SigmoidCrossEntropy;

/**
 * Which classes a configuration may name, by the property that names them: all that networks whose
 * numbers can be counted need of Deeplearning4j 1.0.0, and ours. A class that is not here is never
 * looked up, so not even its static initializer runs.
 */
final class KnownClasses {
  private static final String CONF = "org.deeplearning4j.nn.conf.";

  /** Layers whose parameters can be counted. */
  static final Set<String> LAYERS = LayerNumbers.kinds();

  /** Properties that hold a layer. */
  private static final Set<String> HOLD_LAYERS = Set.of("layer", "underlying", "fwd", "bwd");

  /** What joins and parts values in a graph; none of them has numbers of its own. */
  private static final Set<String> VERTICES =
      names(
          CONF + "graph.",
          "ElementWiseVertex",
          "L2NormalizeVertex",
          "L2Vertex",
          "LayerVertex",
          "MergeVertex",
          "PoolHelperVertex",
          "PreprocessorVertex",
          "ReshapeVertex",
          "ScaleVertex",
          "ShiftVertex",
          "StackVertex",
          "SubsetVertex",
          "UnstackVertex",
          "rnn.DuplicateToTimeSeriesVertex",
          "rnn.LastTimeStepVertex",
          "rnn.ReverseTimeSeriesVertex");

  private static final Set<String> PRE_PROCESSORS =
      names(
          CONF + "preprocessor.",
          "Cnn3DToFeedForwardPreProcessor",
          "CnnToFeedForwardPreProcessor",
          "CnnToRnnPreProcessor",
          "FeedForwardToCnn3DPreProcessor",
          "FeedForwardToCnnPreProcessor",
          "FeedForwardToRnnPreProcessor",
          "RnnToCnnPreProcessor",
          "RnnToFeedForwardPreProcessor");

  private static final Set<String> SCHEDULES =
      names(
          "org.nd4j.linalg.schedule.",
          "CycleSchedule",
          "ExponentialSchedule",
          "FixedSchedule",
          "InverseSchedule",
          "MapSchedule",
          "PolySchedule",
          "RampSchedule",
          "SigmoidSchedule",
          "StepSchedule");

  private static final Set<String> UPDATERS =
      Stream.of(Updater.values()).map(Updater::className).collect(Collectors.toUnmodifiableSet());

  private static final Set<String> WEIGHT_INITS =
      union(
          names(
              "org.deeplearning4j.nn.weights.WeightInit",
              "Constant",
              "Distribution",
              "Identity",
              "LecunUniform",
              "Normal",
              "Relu",
              "ReluUniform",
              "SigmoidUniform",
              "Uniform",
              "VarScalingNormalFanAvg",
              "VarScalingNormalFanIn",
              "VarScalingNormalFanOut",
              "VarScalingUniformFanAvg",
              "VarScalingUniformFanIn",
              "VarScalingUniformFanOut",
              "Xavier",
              "XavierLegacy",
              "XavierUniform"),
          ours(
              Constant.class,
              Identity.class,
              LibraryDefault.class,
              Lsuv.class,
              DataDriven.class,
              Critical.class,
              NguyenWidrow.class,
              NumPyGaussian.class,
              Orthogonal.class,
              ScaledGaussian.class,
              Sparse.class,
              UniformEpsilon.class,
              VarianceScaling.class,
              Zeros.class));

  private static final Set<String> DISTRIBUTIONS =
      names(
          CONF + "distribution.",
          "BinomialDistribution",
          "ConstantDistribution",
          "GaussianDistribution",
          "LogNormalDistribution",
          "NormalDistribution",
          "OrthogonalDistribution",
          "TruncatedNormalDistribution",
          "UniformDistribution");

  private static final Set<String> REGULARIZATIONS =
      names(
          "org.nd4j.linalg.learning.regularization.",
          "L1Regularization",
          "L2Regularization",
          "WeightDecay");

  private static final Set<String> ACTIVATIONS =
      names(
          "org.nd4j.linalg.activations.impl.Activation",
          "Cube",
          "ELU",
          "GELU",
          "HardSigmoid",
          "HardTanH",
          "Identity",
          "LReLU",
          "Mish",
          "RReLU",
          "RationalTanh",
          "ReLU",
          "ReLU6",
          "RectifiedTanh",
          "SELU",
          "Sigmoid",
          "SoftPlus",
          "SoftSign",
          "Softmax",
          "Swish",
          "TanH",
          "ThresholdedReLU");

  private static final Map<String, Set<String>> BY_PROPERTY =
      Map.ofEntries(
          Map.entry("layer", LAYERS),
          Map.entry("underlying", LAYERS),
          Map.entry("fwd", LAYERS),
          Map.entry("bwd", LAYERS),
          Map.entry("vertex", VERTICES),
          Map.entry("preProcessor", PRE_PROCESSORS),
          Map.entry("activationFn", ACTIVATIONS),
          Map.entry("gateActivationFn", ACTIVATIONS),
          Map.entry(
              "lossFn",
              union(
                  names(
                      "org.nd4j.linalg.lossfunctions.impl.Loss",
                      "BinaryXENT",
                      "CosineProximity",
                      "FMeasure",
                      "Hinge",
                      "KLD",
                      "L1",
                      "L2",
                      "MAE",
                      "MAPE",
                      "MCXENT",
                      "MSE",
                      "MSLE",
                      "MultiLabel",
                      "NegativeLogLikelihood",
                      "Poisson",
                      "SparseMCXENT",
                      "SquaredHinge",
                      "Wasserstein"),
                  ours(SigmoidCrossEntropy.class))),
          Map.entry("iupdater", UPDATERS),
          Map.entry("biasUpdater", UPDATERS),
          Map.entry("weightInitFn", WEIGHT_INITS),
          Map.entry("weightInitFnRecurrent", WEIGHT_INITS),
          Map.entry("dist", DISTRIBUTIONS),
          Map.entry("distribution", DISTRIBUTIONS),
          Map.entry("regularization", REGULARIZATIONS),
          Map.entry("regularizationBias", REGULARIZATIONS),
          Map.entry(
              "idropout",
              names(
                  CONF + "dropout.",
                  "AlphaDropout",
                  "Dropout",
                  "GaussianDropout",
                  "GaussianNoise")),
          Map.entry("weightNoise", names(CONF + "weightnoise.", "DropConnect", "WeightNoise")),
          Map.entry(
              "constraints",
              names(
                  CONF + "constraint.",
                  "MaxNormConstraint",
                  "MinMaxNormConstraint",
                  "NonNegativeConstraint",
                  "UnitNormConstraint")),
          Map.entry(
              "stepFunction",
              names(
                  CONF + "stepfunctions.",
                  "DefaultStepFunction",
                  "GradientStepFunction",
                  "NegativeDefaultStepFunction",
                  "NegativeGradientStepFunction")));

  private KnownClasses() {}

  /** Names of classes that may stand in a property; where it has none of its own, a schedule. */
  static Set<String> of(String property) {
    return BY_PROPERTY.getOrDefault(property, SCHEDULES);
  }

  /** Whether what stands in a property has numbers that must be counted. */
  static boolean isCounted(String property) {
    return HOLD_LAYERS.contains(property) || property.equals("vertex");
  }

  private static Set<String> names(String prefix, String... names) {
    return Stream.of(names).map(prefix::concat).collect(Collectors.toUnmodifiableSet());
  }

  private static Set<String> ours(Class<?>... classes) {
    return Stream.of(classes).map(Class::getName).collect(Collectors.toUnmodifiableSet());
  }

  private static Set<String> union(Set<String> a, Set<String> b) {
    Set<String> all = new HashSet<>(a);
    all.addAll(b);
    return Set.copyOf(all);
  }
}
