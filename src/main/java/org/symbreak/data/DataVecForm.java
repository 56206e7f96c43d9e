package org.symbreak.data;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.datavec.api.transform.TransformProcess;
import org.datavec.api.transform.condition.ConditionOp;
import org.datavec.api.transform.condition.column.NullWritableColumnCondition;
import org.datavec.api.transform.condition.column.StringColumnCondition;
import org.datavec.api.transform.schema.Schema;
import org.datavec.api.transform.transform.doubletransform.StandardizeNormalizer;
import org.datavec.api.writable.DoubleWritable;
import org.datavec.api.writable.Text;

/** A fitted pipeline in DataVec's own terms, made of stock transforms alone. */
final class DataVecForm {
  private DataVecForm() {}

  /** The columns that are read, the label last; beside dates where in their cycles they are. */
  static Schema schema(FittedPipeline pipeline) {
    Schema.Builder schema = new Schema.Builder();
    for (FittedColumn column : pipeline.columns()) {
      if (column instanceof FittedNumber number) {
        schema.addColumnDouble(number.name());
        number.cycleNames().forEach(schema::addColumnDouble);
      } else {
        schema.addColumnString(column.name());
      }
    }
    return schema
        .addColumnCategorical(pipeline.label(), pipeline.negative(), pipeline.positive())
        .build();
  }

  /** From rows of that schema to the features in their order and the label as 0 or 1. */
  static TransformProcess transformProcess(FittedPipeline pipeline) {
    TransformProcess.Builder process = new TransformProcess.Builder(schema(pipeline));
    for (FittedColumn column : pipeline.columns()) {
      if (column instanceof FittedNumber number) {
        encode(number, process);
      } else if (column instanceof FittedCategory category) {
        encode(category, process);
      }
    }
    return process.categoricalToInteger(pipeline.label()).build();
  }

  private static void encode(FittedNumber number, TransformProcess.Builder process) {
    String name = number.name();
    if (number.indicator()) {
      String indicator = number.featureNames().get(1);
      process.duplicateColumn(name, indicator);
      process.conditionalReplaceValueTransformWithDefault(
          indicator,
          new DoubleWritable(1),
          new DoubleWritable(0),
          new NullWritableColumnCondition(indicator));
    }
    process.conditionalReplaceValueTransform(
        name, new DoubleWritable(number.median()), new NullWritableColumnCondition(name));
    process.transform(new StandardizeNormalizer(name, number.mean(), number.scale()));
  }

  private static void encode(FittedCategory category, TransformProcess.Builder process) {
    String name = category.name();
    List<String> states = new ArrayList<>(category.values());
    String other = unlike(states, "other");
    String missing = category.missing() ? unlike(states, "missing") : other;
    if (category.missing()) {
      states.add(missing);
    }
    process.conditionalReplaceValueTransform(
        name, new Text(missing), new NullWritableColumnCondition(name));
    Set<String> known = new HashSet<>(states);
    process.conditionalReplaceValueTransform(
        name, new Text(other), new StringColumnCondition(name, ConditionOp.NotInSet, known));
    states.add(other);
    process.stringToCategorical(name, states).categoricalToOneHot(name);
    List<String> features = category.featureNames();
    process.renameColumns(
        states.stream().map(state -> name + "[" + state + "]").toList(), features);
  }

  private static String unlike(List<String> texts, String text) {
    return texts.contains(text) ? unlike(texts, text + "*") : text;
  }
}
