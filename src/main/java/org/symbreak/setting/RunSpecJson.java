package org.symbreak.setting;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import org.symbreak.data.CsvFormat;
import org.symbreak.data.DataSpec;
import org.symbreak.model.NetworkJson;
import org.symbreak.network.NetworkSpec;
import org.symbreak.setting.OptimizerSpec.Decay;

/**
 * A {@link RunSpec} as JSON; {@code auto} and {@code full} stand for what the budget leaves open
 * and for the full batch.
 */
public final class RunSpecJson {
  private static final String AUTO = "auto";
  private static final String FULL = "full";
  private static final String POSITIVE = "a positive, finite number";

  private RunSpecJson() {}

  public static ObjectNode of(RunSpec spec) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set("data", of(spec.data()));
    json.set("network", NetworkJson.of(spec.network()));
    json.set("optimizer", of(spec.optimizer()));
    json.set("budget", of(spec.budget()));
    return json.put("threshold", spec.threshold())
        .put("seed", spec.seed())
        .put("engine", spec.engine())
        .put("threads", spec.threads());
  }

  /**
   * @throws org.symbreak.problem.InputException with all that is wrong
   */
  public static RunSpec parse(String file, JsonNode json) {
    JsonFields fields = new JsonFields(file, json);
    DataSpec data = data(fields.object("data"));
    NetworkSpec network = fields.other("network", node -> NetworkJson.parse(file, "network", node));
    OptimizerSpec optimizer = optimizer(fields.object("optimizer"));
    BudgetSpec budget = budget(fields.object("budget"));
    String threshold = fields.text("threshold");
    if (!RunSpec.isThreshold(threshold)) {
      fields.refuse("threshold", "a number from 0 to 1 in quotes, or \"f1\"");
    }
    long seed = fields.whole("seed", "a whole number of at most 64 bits", value -> true, 0);
    String engine = fields.text("engine");
    int threads = (int) fields.whole("threads", "a whole number from 1", RunSpecJson::isFromOne, 1);
    fields.refuseOthers();
    fields.throwIfAny();
    return new RunSpec(data, network, optimizer, budget, threshold, seed, engine, threads);
  }

  private static ObjectNode of(DataSpec data) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("file", data.file());
    json.put("separator", String.valueOf(data.format().separator()))
        .put("quote", String.valueOf(data.format().quote()));
    json.put("header", data.format().header());
    texts(json, "missing", data.format().missing());
    if (data.format().decimal() != CsvFormat.DEFAULT.decimal()) {
      json.put("decimal", String.valueOf(data.format().decimal()));
    }
    if (data.format().comment() != CsvFormat.NO_COMMENT) {
      json.put("comment", String.valueOf(data.format().comment()));
    }
    if (!data.format().encoding().equals(CsvFormat.DEFAULT.encoding())) {
      json.put("encoding", data.format().encoding());
    }
    json.put("label", data.label()).put("positive", data.positive());
    texts(json, "numeric", data.numeric());
    texts(json, "categorical", data.categorical());
    texts(json, "ignore", data.ignore());
    json.put("testFile", data.testFile()).put("testFraction", data.testFraction());
    return json.put("validationFraction", data.validationFraction())
        .put("standardize", data.standardize());
  }

  private static void texts(ObjectNode json, String name, List<String> texts) {
    texts.forEach(json.putArray(name)::add);
  }

  private static DataSpec data(JsonFields fields) {
    char separator = fields.character("separator", ',');
    char quote = fields.character("quote", '"');
    if (separator == quote) {
      fields.refuse("quote", "another character than the separator's");
      quote = separator == '"' ? '\'' : '"';
    }
    char decimal = CsvFormat.DEFAULT.decimal();
    if (fields.has("decimal") && fields.is("decimal", ",")) {
      decimal = ',';
    } else if (fields.has("decimal") && !fields.is("decimal", ".")) {
      fields.refuse("decimal", "\".\", \",\" or no such field");
    }
    char comment = CsvFormat.NO_COMMENT;
    if (fields.has("comment")) {
      comment = fields.character("comment", CsvFormat.NO_COMMENT);
      if (comment == separator || comment == quote) {
        fields.refuse("comment", "another character than the separator's and the quote's");
        comment = CsvFormat.NO_COMMENT;
      }
    }
    String encoding = CsvFormat.DEFAULT.encoding();
    if (fields.has("encoding")) {
      encoding = fields.text("encoding");
      if (!CsvFormat.isEncoding(encoding)) {
        fields.refuse("encoding", "the name of an encoding, or no such field");
        encoding = CsvFormat.DEFAULT.encoding();
      }
    }
    CsvFormat format =
        new CsvFormat(
            separator,
            quote,
            fields.truth("header"),
            fields.texts("missing"),
            decimal,
            comment,
            encoding);
    DataSpec data =
        new DataSpec(
            fields.text("file"),
            format,
            fields.textOrNull("label"),
            fields.textOrNull("positive"),
            fields.texts("numeric"),
            fields.texts("categorical"),
            fields.texts("ignore"),
            fields.textOrNull("testFile"),
            fields.number("testFraction", "a share from 0 to below 1", RunSpecJson::isShare, 0),
            fields.number(
                "validationFraction", "a share from 0 to below 1", RunSpecJson::isShare, 0),
            fields.truth("standardize"));
    fields.refuseOthers();
    return data;
  }

  private static ObjectNode of(OptimizerSpec optimizer) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("kind", optimizer.kind().toString())
        .put("learningRate", optimizer.learningRate())
        .put("momentum", optimizer.momentum());
    Decay decay = optimizer.decay();
    json.putObject("decay")
        .put("kind", decay.kind().name().toLowerCase(Locale.ROOT))
        .put("gamma", decay.gamma())
        .put("parameter", decay.parameter());
    return json;
  }

  private static OptimizerSpec optimizer(JsonFields fields) {
    OptimizerSpec.Kind kind = fields.choice("kind", OptimizerSpec.Kind.values());
    double rate = fields.number("learningRate", POSITIVE, RunSpecJson::isPositive, 1);
    double momentum =
        fields.number("momentum", "a share from 0 to below 1", RunSpecJson::isShare, 0);
    JsonFields decay = fields.object("decay");
    Decay.Kind formula = decay.choice("kind", Decay.Kind.values());
    double gamma =
        decay.number(
            "gamma",
            "a finite number from 0",
            value -> value >= 0 && value < Double.POSITIVE_INFINITY,
            1);
    double parameter = decay.number("parameter", POSITIVE, RunSpecJson::isPositive, 1);
    decay.refuseOthers();
    fields.refuseOthers();
    return new OptimizerSpec(kind, rate, momentum, new Decay(formula, gamma, parameter));
  }

  private static ObjectNode of(BudgetSpec budget) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    putOpen(json, "epochs", budget.epochs());
    putOpen(json, "batchSize", budget.batchSize());
    json.put("earlyStopping", budget.earlyStopping());
    putOpen(json, "patience", budget.patience());
    return json.put("balancedClasses", budget.balancedClasses());
  }

  private static void putOpen(ObjectNode json, String name, int number) {
    if (number == BudgetSpec.AUTO) {
      json.put(name, AUTO);
    } else if (number == BudgetSpec.FULL_BATCH) {
      json.put(name, FULL);
    } else {
      json.put(name, number);
    }
  }

  private static BudgetSpec budget(JsonFields fields) {
    BudgetSpec budget =
        new BudgetSpec(
            open(fields, "epochs"),
            fields.is("batchSize", FULL) ? BudgetSpec.FULL_BATCH : open(fields, "batchSize"),
            fields.truth("earlyStopping"),
            open(fields, "patience"),
            fields.truth("balancedClasses"));
    fields.refuseOthers();
    return budget;
  }

  private static int open(JsonFields fields, String name) {
    return fields.is(name, AUTO)
        ? BudgetSpec.AUTO
        : (int) fields.whole(name, "a whole number from 1, or \"auto\"", RunSpecJson::isFromOne, 1);
  }

  private static boolean isFromOne(long value) {
    return value >= 1 && value <= Integer.MAX_VALUE;
  }

  private static boolean isPositive(double value) {
    return value > 0 && value < Double.POSITIVE_INFINITY;
  }

  private static boolean isShare(double value) {
    return value >= 0 && value < 1;
  }
}
