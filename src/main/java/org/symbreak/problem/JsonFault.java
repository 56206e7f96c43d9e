package org.symbreak.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.util.stream.Collectors;

/** What is wrong with a text that should be JSON or YAML, without a word of the library's own. */
public final class JsonFault {
  private JsonFault() {}

  /** What was found, for a refusal. */
  public static String words(JsonProcessingException fault) {
    if (fault instanceof UnrecognizedPropertyException unknown) {
      return "an unknown field '" + unknown.getPropertyName() + "'";
    }
    if (fault instanceof JsonMappingException mapping) {
      String path =
          mapping.getPath().stream()
              .map(step -> step.getFieldName() != null ? step.getFieldName() : "" + step.getIndex())
              .collect(Collectors.joining("."));
      String why =
          fault.getCause() instanceof IllegalArgumentException illegal
              ? illegal.getMessage()
              : null;
      return (why != null ? why : "a value of another kind")
          + (path.isEmpty() ? "" : " at '" + path + "'");
    }
    String words = fault.getOriginalMessage();
    if (fault instanceof StreamConstraintsException) {
      return words.replaceAll(",? from `[^`]*`", "");
    }
    return words
        .replaceAll(" \\(start marker at \\[[^\\]]*\\]\\)", "")
        .replaceAll("`?\\b(com|org|java)\\.[\\w.$]+`?", "a value");
  }
}
