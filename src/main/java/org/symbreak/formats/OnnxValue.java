package org.symbreak.formats;

/**
 * A ValueInfoProto of onnx.proto3.
 *
 * @param rank number of its dimensions; −1 where it does not say
 * @param type data type of its elements; 0 where it does not say
 */
record OnnxValue(String name, int rank, int type) {
  static OnnxValue of(Wire message, Budget budget) {
    budget.item(message.place());
    String name = "";
    int rank = -1;
    int type = 0;
    Wire fields = message.again();
    while (fields.next()) {
      if (fields.field() == 1) {
        name = fields.text();
      } else if (fields.field() == 2) {
        Wire typed = fields.message();
        while (typed.next()) {
          if (typed.field() == 1) {
            Wire tensor = typed.message();
            while (tensor.next()) {
              if (tensor.field() == 1) {
                type = (int) tensor.number();
              } else if (tensor.field() == 2) {
                rank = dimensions(tensor.message());
              }
            }
          }
        }
      }
    }
    return new OnnxValue(name, rank, type);
  }

  private static int dimensions(Wire shape) {
    int count = 0;
    while (shape.next()) {
      count += shape.field() == 1 ? 1 : 0;
    }
    return count;
  }

  /**
   * A value as ONNX writes it.
   *
   * @param sizes of each dimension; negative ones are left open
   */
  static WireWriter write(String name, int type, long... sizes) {
    WireWriter shape = new WireWriter();
    for (long size : sizes) {
      WireWriter dimension = new WireWriter();
      shape.message(1, size < 0 ? dimension.text(2, "N") : dimension.number(1, size));
    }
    WireWriter tensor = new WireWriter().number(1, type).message(2, shape);
    return new WireWriter().text(1, name).message(2, new WireWriter().message(1, tensor));
  }
}
