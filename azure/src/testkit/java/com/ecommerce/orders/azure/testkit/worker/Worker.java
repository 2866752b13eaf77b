package com.ecommerce.orders.azure.testkit.worker;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Stream;

/** A stand-in for the Java worker. It loads the function of a staged app in a separate class loader and invokes it. */
final class Worker {

    private final ClassLoader app;
    private final FunctionInstanceInjector injector;
    private final Class<?> functionClass;
    private final Method function;
    private final Set<String> methods = new HashSet<>();

    private Worker(Path functionJson, long seed) throws IOException, ReflectiveOperationException {
        JsonObject function = read(functionJson);
        Path jar = functionJson.resolveSibling(function.get("scriptFile").getAsString());
        this.app = new URLClassLoader(inRandomOrder(jar.normalize(), seed));
        this.injector = loadInjector();
        String entryPoint = function.get("entryPoint").getAsString();
        int dot = entryPoint.lastIndexOf('.');
        this.functionClass = Class.forName(entryPoint.substring(0, dot), false, app);
        this.function = only(functionClass, entryPoint.substring(dot + 1));
        for (JsonElement method : trigger(function).getAsJsonArray("methods")) {
            methods.add(method.getAsString());
        }
    }

    /** Returns a worker with the function of the app in {@code folder}. */
    static Worker load(Path folder, long seed) throws IOException, ReflectiveOperationException {
        try (Stream<Path> functions = Files.find(folder, 2, (path, is) -> path.endsWith("function.json"))) {
            return new Worker(functions.findFirst().orElseThrow(), seed);
        }
    }

    static JsonObject read(Path json) throws IOException {
        return JsonParser.parseString(Files.readString(json)).getAsJsonObject();
    }

    /** Tells whether the function declares the method. The host itself responds to other methods. */
    boolean declares(String method) {
        return methods.contains(method);
    }

    /** Invokes the function and returns its result. Throws the exception of the function or of its start. */
    Object invoke(HttpRequestMessage<Optional<String>> request) throws Exception {
        Thread.currentThread().setContextClassLoader(app);
        try {
            return function.invoke(injector.getInstance(functionClass), request);
        } finally {
            Thread.currentThread().setContextClassLoader(ClassLoader.getSystemClassLoader());
        }
    }

    /** Returns the jars in random order, because the real worker keeps them in a hash set. */
    private static URL[] inRandomOrder(Path jar, long seed) throws IOException {
        List<URL> urls = new ArrayList<>();
        urls.add(url(jar));
        try (Stream<Path> libraries = Files.list(jar.resolveSibling("lib"))) {
            for (Path library : libraries.sorted().toList()) {
                urls.add(url(library));
            }
        }
        Collections.shuffle(urls, new Random(seed));
        return urls.toArray(URL[]::new);
    }

    private static URL url(Path jar) throws MalformedURLException {
        return jar.toUri().toURL();
    }

    private FunctionInstanceInjector loadInjector() {
        Iterator<FunctionInstanceInjector> found =
                ServiceLoader.load(FunctionInstanceInjector.class, app).iterator();
        if (!found.hasNext()) {
            return new NewInstanceInjector();
        }
        FunctionInstanceInjector first = found.next();
        if (found.hasNext()) {
            throw new IllegalStateException("Customer function app has multiple FunctionInstanceInjector");
        }
        return first;
    }

    /** Creates an object for each invocation, like the worker for an app without an injector. */
    private static final class NewInstanceInjector implements FunctionInstanceInjector {

        @Override
        public <T> T getInstance(Class<T> functionClass) throws Exception {
            return functionClass.getDeclaredConstructor().newInstance();
        }
    }

    private static Method only(Class<?> functionClass, String name) {
        List<Method> named = Stream.of(functionClass.getMethods())
                .filter(method -> method.getName().equals(name))
                .toList();
        if (named.size() != 1) {
            throw new IllegalStateException("Not one method " + name + " in " + functionClass);
        }
        return named.get(0);
    }

    private static JsonObject trigger(JsonObject function) {
        for (JsonElement binding : function.getAsJsonArray("bindings")) {
            if (binding.getAsJsonObject().get("type").getAsString().equals("httpTrigger")) {
                return binding.getAsJsonObject();
            }
        }
        throw new IllegalStateException("No HTTP trigger");
    }
}
