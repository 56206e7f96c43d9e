package org.symbreak.data;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.symbreak.problem.InputException;
import org.symbreak.problem.Problem;

/**
 * A file's rows as numbers, in three parts. Large ones live in a temporary file that goes away on
 * closing, and memory does not grow with them.
 */
public final class Dataset implements AutoCloseable {
  /** Rows that a file must have. */
  static final int FEWEST_ROWS = 10;

  /** The options with which fewer rows will do. */
  private static final String TRAIN_ON_ALL = "--test-fraction 0 --validation-fraction 0";

  /** What each table of rows may take of the heap before it goes to a file: at most this, ... */
  private static final long HEAP_BYTES = 1L << 25;

  /** ... and this share of the largest heap. */
  private static final int HEAP_SHARE = 16;

  private final FittedPipeline pipeline;
  private final EncodedRows train;
  private final EncodedRows validation;
  private final EncodedRows test;
  private final EncodedRows calibration;
  private final List<String> notices;
  private final String sha256;

  /** Null where there is no file. */
  private final DataVecParts dataVec;

  private Dataset(
      FittedPipeline pipeline,
      EncodedRows train,
      EncodedRows validation,
      EncodedRows test,
      EncodedRows calibration,
      List<String> notices,
      String sha256,
      DataVecParts dataVec) {
    this.pipeline = pipeline;
    this.train = train;
    this.validation = validation;
    this.test = test;
    this.calibration = calibration;
    this.notices = List.copyOf(notices);
    this.sha256 = sha256;
    this.dataVec = dataVec;
  }

  /**
   * Reads, splits, fits and encodes.
   *
   * @param spec what and how
   * @param seed of the split
   * @throws InputException where the data have faults, all of them up to a limit
   */
  public static Dataset open(DataSpec spec, long seed) {
    return open(spec, seed, heapBytes());
  }

  private static long heapBytes() {
    return Math.min(HEAP_BYTES, Runtime.getRuntime().maxMemory() / HEAP_SHARE);
  }

  /**
   * @param heapBytes how much of each table may lie on the heap
   */
  static Dataset open(DataSpec spec, long seed, long heapBytes) {
    ColumnReadings readings = new ColumnReadings(spec.categorical());
    while (true) {
      MessageDigest digest = sha256Digest();
      Faults faults = new Faults(new Place(spec.file()));
      try (RawTable table = RawTable.read(spec, readings, digest, faults, heapBytes)) {
        LabelValues.LabelClasses classes = classes(table, spec, faults);
        Traps traps = new Traps(table, table.spec());
        Split split = classes == null ? Split.none(table.rows()) : traps.split(classes, seed);
        PipelineFit fit = new PipelineFit(table, split, table.spec(), readings, traps.indexes());
        fit.findFaults(faults);
        faults.throwIfAny();
        weigh(table, split);
        if (!fit.mustReread()) {
          FittedPipeline pipeline = pipeline(spec, table, classes, fit.fit());
          List<String> notices = new ArrayList<>(table.notices());
          notices.add(describe(table, classes));
          table.labels().spellingNotice(table.label()).ifPresent(notices::add);
          skipped(table).ifPresent(notices::add);
          unlikelyHeader(table, spec.format()).ifPresent(notices::add);
          notices.addAll(fit.notices());
          notices.addAll(traps.notices(split, classes, pipeline));
          return encode(spec, table, classes, split, pipeline, notices, digest, heapBytes);
        }
      }
    }
  }

  /**
   * Reads, splits and encodes a file in the way of a pipeline that was fitted on it before.
   *
   * @throws InputException where the data have faults, all of them up to a limit
   */
  public static Dataset reopen(DataSpec spec, long seed, FittedPipeline pipeline) {
    long heapBytes = heapBytes();
    MessageDigest digest = sha256Digest();
    Faults faults = new Faults(new Place(spec.file()));
    ColumnReadings readings = ColumnReadings.of(pipeline.columns());
    try (RawTable table = RawTable.read(spec, readings, digest, faults, heapBytes)) {
      LabelValues.LabelClasses classes = classes(table, spec, faults);
      faults.throwIfAny();
      Split split = new Traps(table, spec).split(classes, seed);
      weigh(table, split);
      return encode(spec, table, classes, split, pipeline, new ArrayList<>(), digest, heapBytes);
    }
  }

  private static void weigh(RawTable table, Split split) {
    if (table.weights() != null) {
      table.weights().scale(split::trains, table.place());
      for (Split.Part part :
          List.of(Split.Part.VALIDATION, Split.Part.TEST, Split.Part.CALIBRATION)) {
        boolean counts =
            IntStream.range(0, table.rows())
                .anyMatch(row -> split.part(row) == part && table.weights().weight(row) > 0);
        if (split.size(part) > 0 && !counts) {
          throw InputException.of(
              table.place().column(table.weights().column()),
              part.words() + " rows with a weight above 0",
              "none");
        }
      }
    }
  }

  /** Which value is which class; null, and a fault, where that cannot be said. */
  private static LabelValues.LabelClasses classes(RawTable table, DataSpec spec, Faults faults) {
    if (!table.isWhole()) {
      faults.throwIfAny(); // what was not read cannot be judged
    }
    table.totals().ifPresent(faults::throwWith);
    LabelValues labels = table.labels();
    Optional<Problem> values =
        labels.rows() == 0 || labels.missing() > 0 && !spec.rulings().skipMissingLabels()
            ? Optional.empty()
            : labels.problem(table.label(), table.place(), spec.format().missing());
    if (labels.rows() == 0 && faults.isEmpty()) {
      faults.add(
          new Problem(
              table.place().file(), "at least " + FEWEST_ROWS + " rows", "none below the header"));
    } else if (labels.rows() < FEWEST_ROWS && !spec.trainsOnAll() && faults.isEmpty()) {
      faults.add(
          new Problem(
              table.place().file(),
              "at least " + FEWEST_ROWS + " rows, to train on some and test on others",
              String.valueOf(labels.rows()),
              values.isPresent() ? List.of() : List.of(TRAIN_ON_ALL)));
    }
    values.ifPresent(faults::add);
    if (!faults.isEmpty()) {
      return null;
    }
    LabelValues.LabelClasses classes = labels.classes(table.label(), spec.positive(), faults);
    return faults.isEmpty() ? classes : null;
  }

  private static FittedPipeline pipeline(
      DataSpec spec, RawTable table, LabelValues.LabelClasses classes, List<FittedColumn> columns) {
    return new FittedPipeline(
        spec.format(),
        table.fileColumns(),
        table.label(),
        classes.negative(),
        classes.positive(),
        columns);
  }

  private static Dataset encode(
      DataSpec spec,
      RawTable table,
      LabelValues.LabelClasses classes,
      Split split,
      FittedPipeline pipeline,
      List<String> notices,
      MessageDigest digest,
      long heapBytes) {
    EncodedTable[] parts = new EncodedTable[Split.Part.KNOWN.size()];
    try {
      for (int i = 0; i < parts.length; i++) {
        parts[i] = new EncodedTable(pipeline.oneHot(), heapBytes);
      }
      TableEncoder encoder = new TableEncoder(table, pipeline);
      Faults faults = new Faults(table.place());
      for (int row = 0; row < table.rows() && !faults.full(); row++) {
        if (split.part(row) == Split.Part.OUT) {
          continue;
        }
        encoder.encode(row, faults);
        EncodedTable part = parts[split.part(row).ordinal()];
        part.append(
            encoder.numbers(), encoder.ones(), table.labels().label(row, classes), table.line(row));
        if (table.weights() != null) {
          part.weigh(table.weights().weight(row));
        }
        if (table.group() != null) {
          part.belong(table.group().mark(row));
        }
      }
      faults.throwIfAny();
      EncodedTable test = parts[Split.Part.TEST.ordinal()];
      if (spec.testFile() != null) {
        readTestFile(spec, pipeline, table.weights(), digest, test, notices);
      }
      String sha256 = HexFormat.of().formatHex(digest.digest());
      return new Dataset(
          pipeline,
          parts[Split.Part.TRAIN.ordinal()],
          parts[Split.Part.VALIDATION.ordinal()],
          test,
          parts[Split.Part.CALIBRATION.ordinal()],
          notices,
          sha256,
          new DataVecParts(spec, pipeline, parts, sha256, heapBytes));
    } catch (RuntimeException e) {
      close(parts);
      throw e;
    }
  }

  private static Optional<String> skipped(RawTable table) {
    int missing = table.labels().missing();
    return missing == 0
        ? Optional.empty()
        : Optional.of(
            "label %s: %d of %d rows are left out, as they have none"
                .formatted(Place.quoted(table.label()), missing, (long) missing + table.rows()));
  }

  private static String describe(RawTable table, LabelValues.LabelClasses classes) {
    return String.format(
        Locale.ROOT,
        "label %s: %s is positive, %s, in %d of %d rows",
        Place.quoted(table.label()),
        Place.quoted(classes.positive()),
        classes.why(),
        classes.positives(),
        table.rows());
  }

  /** A first row of numbers is a row of data rather than names. */
  private static Optional<String> unlikelyHeader(RawTable table, CsvFormat format) {
    List<String> features = new ArrayList<>(table.fileColumns());
    features.remove(table.label());
    boolean numbers =
        features.stream().noneMatch(name -> Double.isNaN(NumberText.parse(name, format.decimal())));
    return numbers
        ? Optional.of(
            ("line 1: the columns' names are numbers, such as %s; if it is a "
                    + "row of data, add --no-header")
                .formatted(Place.quoted(features.get(0))))
        : Optional.empty();
  }

  private static void readTestFile(
      DataSpec spec,
      FittedPipeline pipeline,
      RowWeights weights,
      MessageDigest digest,
      EncodedTable test,
      List<String> notices) {
    Faults faults = new Faults(new Place(spec.testFile()));
    try (RowStream rows =
        pipeline.open(Path.of(spec.testFile()), spec.format(), LabelUse.REQUIRED, digest)) {
      notices.addAll(rows.notices());
      rows.gatherNotNumbers();
      if (spec.rulings().skipMissingLabels()) {
        rows.skipMissingLabels();
      }
      if (weights != null) {
        rows.weighBy(weights.column());
      }
      while (!faults.full()) {
        try {
          if (!rows.next()) {
            break;
          }
          test.append(rows.numbers(), rows.ones(), rows.label(), rows.line());
          if (weights != null) {
            test.weigh(weights.scaled(rows.weight()));
          }
        } catch (InputException e) {
          faults.addAll(e);
        }
      }
      rows.gathered().forEach(faults::add);
      notices.addAll(rows.unseen());
    }
    if (test.rows() == 0 && faults.isEmpty()) {
      faults.add(new Problem(spec.testFile(), "rows to test on", "none below the header"));
    }
    faults.throwIfAny();
  }

  /**
   * Rows that are at hand as arrays, taken as they are: nothing is standardized. Features are
   * called x1, x2, ... and the label's values 0 and 1.
   *
   * @param trainX rows × features, finite; at least one row
   * @param trainY 0 or 1 a row
   */
  public static Dataset ofArrays(
      double[][] trainX,
      int[] trainY,
      double[][] validationX,
      int[] validationY,
      double[][] testX,
      int[] testY) {
    if (trainX.length == 0) {
      throw new IllegalArgumentException("at least one training row is needed");
    }
    int features = trainX[0].length;
    EncodedRows train = new ArrayRows(trainX, trainY, features);
    EncodedRows validation = new ArrayRows(validationX, validationY, features);
    EncodedRows test = new ArrayRows(testX, testY, features);
    List<FittedColumn> columns = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int j = 0; j < features; j++) {
      double[] sorted = new double[trainX.length];
      for (int row = 0; row < sorted.length; row++) {
        sorted[row] = trainX[row][j];
      }
      Arrays.sort(sorted);
      names.add("x" + (j + 1));
      columns.add(
          new FittedNumber(
              names.get(j),
              null,
              sorted[sorted.length / 2],
              0,
              1,
              sorted[0],
              sorted[sorted.length - 1],
              false,
              false,
              List.of()));
    }
    names.add("label");
    FittedPipeline pipeline =
        new FittedPipeline(CsvFormat.DEFAULT, names, "label", "0", "1", columns);
    return new Dataset(
        pipeline,
        train,
        validation,
        test,
        new ArrayRows(new double[0][], new int[0], features),
        List.of(),
        sha256(train, validation, test),
        null);
  }

  private static String sha256(EncodedRows... parts) {
    MessageDigest digest = sha256Digest();
    for (EncodedRows part : parts) {
      double[] features = new double[part.features()];
      ByteBuffer bytes = ByteBuffer.allocate(Double.BYTES * features.length + 1);
      for (int row = 0; row < part.rows(); row++) {
        part.features(row, features, 0);
        bytes.clear().asDoubleBuffer().put(features);
        digest.update(bytes.put(Double.BYTES * features.length, (byte) part.label(row)));
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  static MessageDigest sha256Digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * The same data with some training rows held out for validation, in place of any others; shares
   * their memory and must not be closed.
   *
   * @param heldOut whether a training row is held out
   */
  public Dataset holdingOut(IntPredicate heldOut) {
    int[] all = IntStream.range(0, train.rows()).toArray();
    ChosenRows others = new ChosenRows(train, IntStream.of(all).filter(heldOut.negate()).toArray());
    ChosenRows held = new ChosenRows(train, IntStream.of(all).filter(heldOut).toArray());
    if (!(others.totalWeight() > 0) || held.rows() > 0 && !(held.totalWeight() > 0)) {
      throw InputException.of(
          "--weight", "weights above 0 on both sides where rows are held out", "none on one");
    }
    double unit = others.totalWeight() / others.rows();
    return new Dataset(
        pipeline,
        others.weighedBy(unit),
        held.weighedBy(unit),
        test,
        calibration,
        notices,
        sha256,
        null);
  }

  /**
   * Of each training row, from 0, one of so many folds of whole groups, alike in size and classes.
   *
   * @throws InputException where there are fewer groups
   */
  public int[] foldsOfGroups(int parts, long seed) {
    Map<Integer, Integer> numbers = new HashMap<>();
    byte[] labels = new byte[train.rows()];
    int[] groups = new int[labels.length];
    for (int row = 0; row < labels.length; row++) {
      labels[row] = (byte) train.label(row);
      groups[row] = numbers.computeIfAbsent(train.group(row), group -> numbers.size());
    }
    if (numbers.size() < parts) {
      throw InputException.of(
          "--members",
          "at least as many groups as members, those for the test aside",
          numbers.size() + " for " + parts + " members");
    }
    return new Parting(Rulings.NONE, labels, groups, numbers.size(), null, seed).folds(parts);
  }

  /** What was fitted on the training rows. */
  public FittedPipeline pipeline() {
    return pipeline;
  }

  public EncodedRows train() {
    return train;
  }

  /** May have no rows. */
  public EncodedRows validation() {
    return validation;
  }

  /** May have no rows. */
  public EncodedRows test() {
    return test;
  }

  /** For what is settled once a network is trained; has rows only where a run sets some aside. */
  public EncodedRows calibration() {
    return calibration;
  }

  /** Number of rows of all parts. */
  public long rows() {
    return (long) train.rows() + validation.rows() + test.rows() + calibration.rows();
  }

  /**
   * Decisions that the user should know of, a sentence each: the positive class, dropped columns,
   * missing cells.
   */
  public List<String> notices() {
    return notices;
  }

  /**
   * SHA-256, in hexadecimal digits, of the file's bytes, followed by the test file's if there is
   * one; of the numbers where there is no file.
   */
  public String sha256() {
    return sha256;
  }

  @Override
  public void close() {
    close(train, validation, test, calibration);
    if (dataVec != null) {
      dataVec.close();
    }
  }

  private static void close(EncodedRows... parts) {
    for (EncodedRows part : parts) {
      if (part instanceof EncodedTable table) {
        table.close();
      }
    }
  }
}
