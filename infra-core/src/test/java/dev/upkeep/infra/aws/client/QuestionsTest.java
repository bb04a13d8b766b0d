package dev.upkeep.infra.aws.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upkeep.infra.failure.AwsException;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QuestionsTest {

    private final Questions questions = new Questions();

    @AfterEach
    void close() {
        questions.close();
    }

    @Test
    void severalAreAskedAtOnce() {
        CyclicBarrier all = new CyclicBarrier(3);

        Supplier<String> first = questions.ask(() -> after(all, "one"));
        Supplier<String> second = questions.ask(() -> after(all, "two"));

        assertThat(after(all, "three") + first.get() + second.get()).isEqualTo("threeonetwo");
    }

    private static String after(CyclicBarrier all, String answer) {
        try {
            all.await();
            return answer;
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatAQuestionThrowsIsThrownToWhoWantsTheAnswer() {
        AwsException denied = new AwsException("look", "nothing", "", "AccessDenied", null);

        Supplier<String> answer = questions.ask(() -> {
            throw denied;
        });

        assertThatThrownBy(answer::get).isSameAs(denied);
    }

    @Test
    void whoIsInterruptedWaitsNoLongerAndTheQuestionIsGivenUp() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch givenUp = new CountDownLatch(1);
        Supplier<String> answer = questions.ask(() -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
                return "never";
            } catch (InterruptedException e) {
                givenUp.countDown();
                return "interrupted";
            }
        });

        begun.await();
        Thread.currentThread().interrupt();

        assertThatThrownBy(answer::get).isInstanceOf(AwsException.class).hasMessageContaining("it was interrupted");
        assertThat(Thread.interrupted()).isTrue();
        givenUp.await();
    }
}
