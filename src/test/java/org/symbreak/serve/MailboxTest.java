package org.symbreak.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;

class MailboxTest {
  private final Mailbox mailbox = new Mailbox();

  /** A page that takes what it is sent when it is told to. */
  private static final class Page implements Content.Sink, Callback {
    private final List<String> got = new ArrayList<>();
    private Callback written;
    private boolean ended;

    @Override
    public void write(boolean last, ByteBuffer bytes, Callback callback) {
      assertThat(written).as("a second write before the first is done").isNull();
      got.add(StandardCharsets.UTF_8.decode(bytes).toString());
      written = callback;
    }

    void take() {
      Callback callback = written;
      written = null;
      callback.succeeded();
    }

    @Override
    public void succeeded() {
      ended = true;
    }

    @Override
    public void failed(Throwable failure) {
      ended = true;
    }
  }

  private Page page() {
    Page page = new Page();
    mailbox.stream(page, page);
    return page;
  }

  private void put(String state) {
    mailbox.put(state.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void keepsTheNewestAloneForASlowPage() {
    put("1\n");
    Page slow = page();
    for (int state = 2; state <= 1000; state++) {
      put(state + "\n");
    }

    slow.take();
    slow.take();

    assertThat(slow.got).containsExactly("1\n", "1000\n");
    assertThat(slow.written).isNull();
  }

  @Test
  void endsWithTheNewestState() {
    put("1\n");
    Page page = page();
    put("2\n");

    mailbox.close();
    page.take();
    assertThat(page.ended).isFalse();
    page.take();

    assertThat(page.got).containsExactly("1\n", "2\n");
    assertThat(page.ended).isTrue();
  }

  @Test
  void sendsTheFirstAwayWhereThereAreTooMany() {
    List<Page> pages = new ArrayList<>();
    for (int i = 0; i <= Mailbox.MOST_READERS; i++) {
      pages.add(page());
    }
    put("1\n");

    assertThat(pages.get(0).ended).isTrue();
    assertThat(pages.get(0).got).isEmpty();
    assertThat(pages.subList(1, pages.size()))
        .allSatisfy(
            page -> {
              assertThat(page.ended).isFalse();
              assertThat(page.got).containsExactly("1\n");
            });
  }

  @Test
  void forgetsAPageThatIsGone() {
    Page page = page();
    mailbox.beat();
    assertThat(page.got).containsExactly("\n");
    assertThat(mailbox.idleNanos()).isZero();

    page.written.failed(new IllegalStateException("gone"));

    assertThat(page.ended).isTrue();
    assertThat(mailbox.idleNanos()).isPositive();
  }
}
