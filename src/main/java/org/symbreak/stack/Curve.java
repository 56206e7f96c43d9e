package org.symbreak.stack;

import java.util.Locale;
import org.apache.commons.numbers.gamma.Erf;

/**
 * An activation function in double precision, as ONNX and Keras define it.
 *
 * @param form which one
 * @param a its first parameter; 0 where it has none
 * @param b its second
 */
public record Curve(Form form, double a, double b) {
  /** ONNX's operators of these names, but where another source is named. */
  public enum Form {
    IDENTITY {
      @Override
      double value(double z, double a, double b) {
        return z;
      }
    },
    RELU {
      @Override
      double value(double z, double a, double b) {
        return z > 0 ? z : 0;
      }
    },
    /** z, and a z below zero. */
    LEAKYRELU("a") {
      @Override
      double value(double z, double a, double b) {
        return z > 0 ? z : a * z;
      }
    },
    /** z, and a (eᶻ − 1) below zero. */
    ELU("alpha") {
      @Override
      double value(double z, double a, double b) {
        return z > 0 ? z : a * StrictMath.expm1(z);
      }
    },
    /** b z, and b a (eᶻ − 1) below zero. */
    SELU {
      @Override
      double value(double z, double a, double b) {
        return b * (z > 0 ? z : a * StrictMath.expm1(z));
      }
    },
    /** z Φ(z), Φ the normal distribution function. */
    GELU {
      @Override
      double value(double z, double a, double b) {
        return 0.5 * z * (1 + Erf.value(z / Math.sqrt(2)));
      }
    },
    /** Its approximation ½ z (1 + tanh(√(2/π) (z + 0.044715 z³))). */
    GELUTANH {
      @Override
      double value(double z, double a, double b) {
        return 0.5 * z * (1 + StrictMath.tanh(Math.sqrt(2 / Math.PI) * (z + 0.044715 * z * z * z)));
      }
    },
    /** z σ(z), also called SiLU. */
    SWISH {
      @Override
      double value(double z, double a, double b) {
        return z * SIGMOID.value(z, 0, 0);
      }
    },
    TANH {
      @Override
      double value(double z, double a, double b) {
        return StrictMath.tanh(z);
      }
    },
    SIGMOID {
      @Override
      double value(double z, double a, double b) {
        return 1 / (1 + StrictMath.exp(-z));
      }
    },
    SOFTPLUS {
      @Override
      double value(double z, double a, double b) {
        return Math.max(z, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(z)));
      }
    },
    /** a z + b, cut off at 0 and 1. */
    HARDSIGMOID {
      @Override
      double value(double z, double a, double b) {
        return Math.max(0, Math.min(1, a * z + b));
      }
    },
    SOFTSIGN {
      @Override
      double value(double z, double a, double b) {
        return z / (1 + Math.abs(z));
      }
    },
    RELU6 {
      @Override
      double value(double z, double a, double b) {
        return Math.max(0, Math.min(6, z));
      }
    },
    HARDTANH {
      @Override
      double value(double z, double a, double b) {
        return Math.max(-1, Math.min(1, z));
      }
    },
    SOFTMAX {
      @Override
      double value(double z, double a, double b) {
        throw new UnsupportedOperationException("of all units together");
      }
    },
    LOGSOFTMAX {
      @Override
      double value(double z, double a, double b) {
        throw new UnsupportedOperationException("of all units together");
      }
    };

    private final String parameter;

    Form() {
      this(null);
    }

    Form(String parameter) {
      this.parameter = parameter;
    }

    abstract double value(double z, double a, double b);
  }

  /** A function without parameters. */
  public static Curve of(Form form) {
    return new Curve(form, 0, 0);
  }

  /** As Deeplearning4j prints the function of this name. */
  String name() {
    String name = form.name().toLowerCase(Locale.ROOT);
    return form.parameter == null ? name : name + "(" + form.parameter + "=" + a + ")";
  }

  /** Replaces the sums of a layer's units by its values. */
  void apply(double[] z) {
    if (form == Form.SOFTMAX || form == Form.LOGSOFTMAX) {
      normalize(z);
      return;
    }
    for (int i = 0; i < z.length; i++) {
      z[i] = form.value(z[i], a, b);
    }
  }

  private void normalize(double[] z) {
    double largest = Double.NEGATIVE_INFINITY;
    for (double value : z) {
      largest = Math.max(largest, value);
    }
    double sum = 0;
    for (double value : z) {
      sum += StrictMath.exp(value - largest);
    }
    for (int i = 0; i < z.length; i++) {
      z[i] =
          form == Form.SOFTMAX
              ? StrictMath.exp(z[i] - largest) / sum
              : z[i] - largest - StrictMath.log(sum);
    }
  }
}
