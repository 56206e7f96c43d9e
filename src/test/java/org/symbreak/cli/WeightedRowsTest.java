package org.symbreak.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbreak.setting.RunJson;

/** The option for rows that count differently, from training to evaluating. */
class WeightedRowsTest {
  @TempDir private Path directory;

  private static String row(int i, int weight) {
    return "%s,%s,%d,%d%n"
        .formatted(i * 7 % 31 / 8.0, i * 5 % 17 / 4.0, weight, i * 7 % 31 > 12 + i % 9 ? 1 : 0);
  }

  @Test
  void evaluateCountsRowsAsItIsTold() throws IOException {
    StringBuilder weighted = new StringBuilder("a,b,w,label\n");
    StringBuilder repeated = new StringBuilder("a,b,w,label\n");
    for (int i = 0; i < 120; i++) {
      weighted.append(row(i, i % 3));
      repeated.append(row(i, 1).repeat(i % 3));
    }
    Path file = Files.writeString(directory.resolve("w.csv"), weighted);
    Path copies = Files.writeString(directory.resolve("r.csv"), repeated);
    Path model = directory.resolve("run");
    CommandRun train =
        CommandRun.of(
            "train",
            file,
            "--weight",
            "w",
            "--hidden",
            "3",
            "--epochs",
            "40",
            "--no-report",
            "--out",
            model);
    assertThat(train.code()).isZero();
    assertThat(train.err()).contains("column 'w': rows count by it");
    CommandRun byWeight =
        CommandRun.of("evaluate", "--model", model, file, "--weight", "w", "--json");
    CommandRun byRows = CommandRun.of("evaluate", "--model", model, copies, "--json");
    for (String figure : new String[] {"logLoss", "auc", "prAuc", "brier", "accuracy", "f1"}) {
      assertThat(number(byWeight, figure))
          .as(figure)
          .isCloseTo(number(byRows, figure), within(1e-10));
    }
    assertThat(byRows.err()).contains("the model was trained with weights: --weight w");
    CommandRun part = CommandRun.of("evaluate", "--model", model, file, "--part", "test");
    assertThat(part.out()).contains("rows         24   (by weights, as many as ");
    assertThat(CommandRun.of("evaluate", "--model", model, file, "--part", "test", "--weight", "w"))
        .matches(run -> run.code() == 2 && run.err().contains("--weight: expected no --part"));
    assertThat(CommandRun.of("evaluate", "--model", model, file, "--weight", "v").err())
        .contains("--weight: expected a column of");
    CommandRun gradient =
        CommandRun.of("gradcheck", file, "--weight", "w", "--hidden", "3", "--engine", "dl4j");
    assertThat(gradient.out()).contains("Right: relative difference");
  }

  @Test
  void evaluateCountsGroupsOfANewFileAsThoseOfTheTestPart() throws IOException {
    StringBuilder all = new StringBuilder("a,b,p,label\n");
    for (int i = 0; i < 240; i++) {
      all.append(
          "%s,%s,p%d,%d%n"
              .formatted(
                  i * 7 % 31 / 8.0, i * 5 % 17 / 4.0, i / 4, i * 7 % 31 > 12 + i % 9 ? 1 : 0));
    }
    Path file = Files.writeString(directory.resolve("g.csv"), all);
    Path model = directory.resolve("run");
    CommandRun train =
        CommandRun.of(
            "train",
            file,
            "--group",
            "p",
            "--hidden",
            "3",
            "--epochs",
            "40",
            "--no-report",
            "--out",
            model);
    assertThat(train.code()).as(train.err()).isZero();
    CommandRun grouped =
        CommandRun.of("evaluate", "--model", model, file, "--group", "p", "--importance");
    assertThat(grouped.out()).contains("rows         240   (in 60 groups, which intervals count)");
    CommandRun apart = CommandRun.of("evaluate", "--model", model, file, "--importance");
    assertThat(apart.err()).contains("the model was trained with groups: --group p");
    assertThat(apart.out()).contains("rows         240\n").isNotEqualTo(grouped.out());
    assertThat(CommandRun.of("evaluate", "--model", model, file, "--part", "test", "--group", "p"))
        .matches(run -> run.code() == 2 && run.err().contains("--group: expected no --part"));
    assertThat(CommandRun.of("evaluate", "--model", model, file, "--group", "q").err())
        .contains("--group: expected a column of");
    Path holes =
        Files.writeString(directory.resolve("h.csv"), "a,b,p,label\n1,2,x,1\n2,1,,0\n3,1,x,0\n");
    CommandRun hole = CommandRun.of("evaluate", "--model", model, holes, "--group", "p");
    assertThat(hole.code()).isEqualTo(2);
    assertThat(hole.err()).contains("line 3").contains("expected a group of rows, found nothing");
  }

  private static double number(CommandRun run, String figure) {
    return RunJson.parse("evaluate", run.out()).path(figure).asDouble();
  }
}
