package dev.upkeep.cli.command;

import dev.upkeep.infra.Platform;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A platform that answers as a test says, and notes what it is called for. Of a stack that nothing changes, unless told otherwise. */
final class FakePlatform {

    private final Map<String, Object> answers = new HashMap<>(Map.of("current", Optional.empty()));
    private final Map<String, Exception> failures = new HashMap<>();
    private final List<String> calls = new ArrayList<>();
    private final List<Object> given = new ArrayList<>();

    FakePlatform answering(String method, Object answer) {
        answers.put(method, answer);
        return this;
    }

    FakePlatform failing(String method, Exception failure) {
        failures.put(method, failure);
        return this;
    }

    Platform opened() {
        return (Platform) Proxy.newProxyInstance(
                Platform.class.getClassLoader(), new Class<?>[] {Platform.class}, (proxy, method, args) -> {
                    calls.add(method.getName());
                    if (args != null) {
                        given.add(args[0]);
                    }
                    return answer(method);
                });
    }

    private Object answer(Method method) throws Exception {
        if (failures.containsKey(method.getName())) {
            throw failures.get(method.getName());
        }
        return method.getReturnType() == void.class ? null : answers.get(method.getName());
    }

    /** The methods that were called, in order. */
    List<String> calls() {
        return List.copyOf(calls);
    }

    /** The first arguments of all calls, in order. */
    List<Object> given() {
        return List.copyOf(given);
    }
}
