package org.symbreak.guard;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How many numbers a layer has, by its configuration alone, as Deeplearning4j 1.0.0-M2.1 counts
 * them ({@code ParamInitializer.numParams} of each kind).
 *
 * @param parameters all of them
 * @param biases of these
 * @param fixed of these, such as a batch normalization's running means, that no optimizer changes
 * @param variables their names, as Deeplearning4j lists them once it has made them
 */
record LayerNumbers(long parameters, long biases, long fixed, List<String> variables) {
  private static final String LAYERS = "org.deeplearning4j.nn.conf.layers.";
  private static final LayerNumbers NONE = new LayerNumbers(0, 0, 0, List.of());

  /** Kinds with numbers, by class. */
  private static final Map<String, Function<LayerFields, LayerNumbers>> COUNTED =
      Map.ofEntries(
          Map.entry(LAYERS + "DenseLayer", LayerNumbers::dense),
          Map.entry(LAYERS + "OutputLayer", LayerNumbers::output),
          Map.entry(LAYERS + "RnnOutputLayer", LayerNumbers::output),
          Map.entry(LAYERS + "EmbeddingLayer", LayerNumbers::output),
          Map.entry(LAYERS + "EmbeddingSequenceLayer", LayerNumbers::output),
          Map.entry(LAYERS + "ConvolutionLayer", LayerNumbers::convolution),
          Map.entry(LAYERS + "Deconvolution2D", LayerNumbers::convolution),
          Map.entry(LAYERS + "Convolution3D", LayerNumbers::convolution),
          Map.entry(LAYERS + "Convolution1DLayer", LayerNumbers::convolutionOverTime),
          Map.entry(LAYERS + "DepthwiseConvolution2D", LayerNumbers::depthwise),
          Map.entry(LAYERS + "SeparableConvolution2D", LayerNumbers::separable),
          Map.entry(LAYERS + "BatchNormalization", LayerNumbers::normalization),
          Map.entry(LAYERS + "LSTM", fields -> lstm(fields, 0)),
          Map.entry(LAYERS + "GravesLSTM", fields -> lstm(fields, 3)),
          Map.entry(LAYERS + "recurrent.SimpleRnn", LayerNumbers::recurrent),
          Map.entry(LAYERS + "recurrent.LastTimeStep", LayerNumbers::lastTimeStep),
          Map.entry(LAYERS + "recurrent.Bidirectional", LayerNumbers::bidirectional));

  /** Kinds that have none. */
  private static final Set<String> PLAIN =
      Stream.of(
              "ActivationLayer",
              "CnnLossLayer",
              "DropoutLayer",
              "GlobalPoolingLayer",
              "LocalResponseNormalization",
              "LossLayer",
              "RnnLossLayer",
              "Subsampling1DLayer",
              "Subsampling3DLayer",
              "SubsamplingLayer",
              "Upsampling1D",
              "Upsampling2D",
              "Upsampling3D",
              "ZeroPadding1DLayer",
              "ZeroPadding3DLayer",
              "ZeroPaddingLayer",
              "convolutional.Cropping1D",
              "convolutional.Cropping2D",
              "convolutional.Cropping3D")
          .map(LAYERS::concat)
          .collect(Collectors.toUnmodifiableSet());

  private static final Set<String> WRAPPERS =
      Set.of(LAYERS + "recurrent.LastTimeStep", LAYERS + "recurrent.Bidirectional");

  /** Names of the classes whose numbers can be counted. */
  static Set<String> kinds() {
    return Stream.concat(COUNTED.keySet().stream(), PLAIN.stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * @return empty where the layer is of no known kind
   */
  static Optional<LayerNumbers> of(LayerFields layer) {
    String kind = layer.json().path("@class").asText();
    return PLAIN.contains(kind)
        ? Optional.of(NONE)
        : Optional.ofNullable(COUNTED.get(kind)).map(counting -> counting.apply(layer));
  }

  private static LayerNumbers dense(LayerFields layer) {
    boolean isNormalized = layer.flag("hasLayerNorm", false);
    long units = layer.size("nout");
    return of(
        layer,
        layer.times(layer.size("nin"), units) + (isNormalized ? units : 0),
        isNormalized ? List.of("W", "b", "g") : List.of("W", "b"));
  }

  private static LayerNumbers output(LayerFields layer) {
    return of(layer, layer.times(layer.size("nin"), layer.size("nout")), List.of("W", "b"));
  }

  private static LayerNumbers convolution(LayerFields layer) {
    return of(
        layer,
        layer.times(layer.size("nin"), layer.size("nout"), layer.product("kernelSize")),
        List.of("W", "b"));
  }

  private static LayerNumbers convolutionOverTime(LayerFields layer) {
    return of(
        layer,
        layer.times(layer.size("nin"), layer.size("nout"), layer.first("kernelSize")),
        List.of("W", "b"));
  }

  private static LayerNumbers depthwise(LayerFields layer) {
    return of(
        layer,
        layer.times(layer.size("nin"), layer.size("depthMultiplier"), layer.product("kernelSize")),
        List.of("W", "b"));
  }

  private static LayerNumbers separable(LayerFields layer) {
    long channels = layer.times(layer.size("nin"), layer.size("depthMultiplier"));
    return of(
        layer,
        layer.times(channels, layer.product("kernelSize"))
            + layer.times(channels, layer.size("nout")),
        List.of("W", "pW", "b"));
  }

  /** Scale and shift, unless they are locked, then mean and deviation. */
  private static LayerNumbers normalization(LayerFields layer) {
    long units = layer.size("nout");
    boolean isLocked = layer.flag("lockGammaBeta", false);
    String deviation = layer.flag("useLogStd", false) ? "log10stdev" : "var";
    return new LayerNumbers(
        (isLocked ? 2 : 4) * units,
        0,
        2 * units,
        isLocked ? List.of("mean", deviation) : List.of("gamma", "beta", "mean", deviation));
  }

  /** Four gates, each of inputs and outputs before; peepholes where there are some. */
  private static LayerNumbers lstm(LayerFields layer, int peepholes) {
    long units = layer.size("nout");
    return new LayerNumbers(
        layer.times(4, units, layer.size("nin") + units + 1) + peepholes * units,
        4 * units,
        0,
        List.of("W", "RW", "b"));
  }

  private static LayerNumbers recurrent(LayerFields layer) {
    long units = layer.size("nout");
    boolean isNormalized = layer.flag("hasLayerNorm", false);
    return new LayerNumbers(
        layer.times(units, layer.size("nin") + units + 1) + (isNormalized ? 2 * units : 0),
        units,
        0,
        isNormalized ? List.of("W", "RW", "b", "g") : List.of("W", "RW", "b"));
  }

  private static LayerNumbers lastTimeStep(LayerFields layer) {
    return inner(layer, "underlying");
  }

  private static LayerNumbers bidirectional(LayerFields layer) {
    LayerNumbers forwards = inner(layer, "fwd");
    LayerNumbers backwards = inner(layer, "bwd");
    return new LayerNumbers(
        forwards.parameters + backwards.parameters,
        forwards.biases + backwards.biases,
        0,
        Stream.concat(
                forwards.variables.stream().map("f"::concat),
                backwards.variables.stream().map("b"::concat))
            .toList());
  }

  /** One layer within another, no deeper. */
  private static LayerNumbers inner(LayerFields layer, String property) {
    LayerFields inner = layer.within(property);
    String kind = inner.json().path("@class").asText();
    return Optional.of(inner)
        .filter(fields -> !WRAPPERS.contains(kind))
        .flatMap(LayerNumbers::of)
        .orElseThrow(() -> inner.place().refusal("a recurrent layer", EntryPlace.printable(kind)));
  }

  /** Weights, and a bias a unit unless there are none; the names of biases go with them. */
  private static LayerNumbers of(LayerFields layer, long weights, List<String> variables) {
    boolean isBiased = layer.flag("hasBias", true);
    long biases = isBiased ? layer.size("nout") : 0;
    return new LayerNumbers(
        weights + biases,
        biases,
        0,
        isBiased ? variables : variables.stream().filter(name -> !name.equals("b")).toList());
  }
}
