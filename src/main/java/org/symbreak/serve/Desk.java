package org.symbreak.serve;

import java.io.IOException;
import java.util.Map;
import org.symbreak.problem.InputException;

/** Does what a page asks for that may. */
interface Desk extends AutoCloseable {
  /**
   * Does something at once, or where it is no more than an order, orders it.
   *
   * @param what the last part of the address that was asked
   * @param words the keys and values of the request
   * @return the answer, to be written as JSON
   * @throws InputException where it cannot be done as asked
   */
  Object control(String what, Map<String, String> words) throws IOException;

  /** Takes a dropped file, and says what is in it. */
  Object upload(byte[] content) throws IOException;

  /** Where the states come from that a page is sent as they come. */
  Mailbox events(Map<String, String> words);

  /** Is called every few seconds: lets pages know that it is there, and forgets those that went. */
  void tend();

  /** Ends every stream, and whatever is being done. */
  @Override
  void close();
}
