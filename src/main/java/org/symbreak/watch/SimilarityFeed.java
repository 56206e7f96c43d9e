package org.symbreak.watch;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where looks go: a line each in the log of the listener, and whoever subscribed. */
final class SimilarityFeed {
  private static final Logger LOG = LoggerFactory.getLogger(HiddenUnitSimilarityListener.class);

  private final List<Consumer<SimilarityRecord>> subscribers = new ArrayList<>();

  void subscribe(Consumer<SimilarityRecord> subscriber) {
    subscribers.add(Objects.requireNonNull(subscriber, "subscriber"));
  }

  void publish(SimilarityRecord similarity) {
    if (LOG.isInfoEnabled()) {
      LOG.info(similarity.toLine());
    }
    subscribers.forEach(subscriber -> subscriber.accept(similarity));
  }
}
